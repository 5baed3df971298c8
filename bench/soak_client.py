"""The load of ``bench.soak``, in a process of its own, as cheap as it can be, so that the servers have the machine.

It is told on its standard input what to send, as JSON, prints a line after each quarter of the answers, and at last,
as JSON, how long after its time each answer was there, and what processor time all of it took. Bare sockets, kept
alive: a request is made of bytes once, an answer is read to its length and passed over.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Sequence

# Answers that one connection takes before it is closed, as visitors come and go: which of several processes answers
# is decided as a connection is made.
_OF_A_VISIT = 20
_SECONDS = 30.0
_BUFFER = 1 << 16


class Visitors(threading.Thread):
    """Sends every n-th request at its time, and notes how long after that time the answer was there, in ms."""

    def __init__(self, port: int, requests: Sequence[bytes], rate: float, started: float) -> None:
        super().__init__()
        self._port, self._requests, self._rate, self._begin = port, requests, rate, started
        self._buffer = bytearray(_BUFFER)
        self.times: list[float] = []
        self.failed = 0

    def run(self) -> None:
        """Work through the requests."""
        for first in range(0, len(self._requests), _OF_A_VISIT):
            with socket.create_connection(("127.0.0.1", self._port), _SECONDS) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for at in range(first, min(first + _OF_A_VISIT, len(self._requests))):
                    due = self._begin + at / self._rate
                    time.sleep(max(0.0, due - time.perf_counter()))
                    connection.sendall(self._requests[at])
                    self.failed += not self._is_answered(connection)
                    self.times.append((time.perf_counter() - due) * 1e3)

    def _is_answered(self, connection: socket.socket) -> bool:
        """Read an answer; whether it is one that was asked for."""
        head = b""
        while b"\r\n\r\n" not in head:
            received = connection.recv(_BUFFER)
            if not received:
                raise ConnectionError("the server has closed the connection")
            head += received
        head, _, body = head.partition(b"\r\n\r\n")
        missing = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) - len(body)
        while missing > 0:
            missing -= connection.recv_into(self._buffer)
        return head.startswith(b"HTTP/1.1 200 ")


def main() -> None:
    """Send what standard input says."""
    told = json.load(sys.stdin)
    count = told["connections"]
    host = f"HTTP/1.1\r\nHost: 127.0.0.1:{told['port']}\r\n\r\n"
    requests = [f"GET {target} {host}".encode() for target in told["targets"]]
    started = time.perf_counter() + 0.2
    visitors = [
        Visitors(told["port"], requests[at::count], told["rate"] / count, started + at / told["rate"])
        for at in range(count)
    ]
    before = time.process_time()
    for each in visitors:
        each.start()
    quarter = 1
    while any(each.is_alive() for each in visitors):
        time.sleep(0.1)
        if quarter < 4 and sum(len(each.times) for each in visitors) >= len(requests) * quarter / 4:
            print(flush=True)
            quarter += 1
    print("\n" * (4 - quarter), end="")
    report = {
        "times": [spent for each in visitors for spent in each.times],
        "failed": sum(each.failed for each in visitors),
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - before,
    }
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
