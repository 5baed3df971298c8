"""``make soak``: the server under a steady load on loopback: latencies, and memory at the beginning and at the end.

100 requests a second for 60 seconds by default, each another query, from this process over kept-alive connections.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import indexer
from bench import ROOT, corpus
from bench.queries import classes, mixed
from bench.speed import rows_of

CONNECTIONS = 4


def memory(process: int) -> float:
    """Resident megabytes of a process, by /proc."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1e3


class Client(threading.Thread):
    """Sends every n-th request at its time, and notes how long after that time the answer was there."""

    def __init__(self, port: int, queries: list[str], first: int, rate: float, started: float) -> None:
        super().__init__()
        self._port, self._queries, self._first, self._rate, self._begin = port, queries, first, rate, started
        self.times: list[float] = []
        self.failed = 0

    def run(self) -> None:
        """Work through the queries."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        for at in range(self._first, len(self._queries), CONNECTIONS):
            due = self._begin + at / self._rate
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("GET", f"/api/v1/search?q={quote(self._queries[at])}")
            answer = connection.getresponse()
            answer.read()
            self.failed += answer.status != 200
            self.times.append(time.perf_counter() - due)
        connection.close()


def load(
    server: subprocess.Popen[str], queries: list[str], options: argparse.Namespace
) -> tuple[list[Client], float, tuple[float, float, float]]:
    """Send all queries at their times; the clients, seconds taken, and memory before, at half time and after."""
    assert server.stdout is not None
    port = int(re.findall(r":(\d+)/", server.stdout.readline())[0])
    before, middle = memory(server.pid), 0.0
    started = time.perf_counter() + 0.5
    clients = [Client(port, queries, first, options.rate, started) for first in range(CONNECTIONS)]
    for client in clients:
        client.start()
    while any(client.is_alive() for client in clients):
        time.sleep(0.2)
        if not middle and time.perf_counter() - started > options.seconds / 2:
            middle = memory(server.pid)
    return clients, time.perf_counter() - started, (before, middle, memory(server.pid))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=100.0, help="requests a second")
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    wanted = int(options.rate * options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        with indexer.create_index(folder) as index:
            index.update([corpus()])
        by_class = classes(list(rows_of(corpus())), 200)
        texts = [query.text for query in mixed(by_class) if query.scope == "passage"]
        random.Random(1).shuffle(texts)
        queries = (texts * (wanted // len(texts) + 1))[:wanted]
        command = [sys.executable, "-m", "indexer", "serve", "--index", folder, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
            try:
                clients, took, sizes = load(server, queries, options)
            finally:
                server.terminate()
    times = sorted(value * 1e3 for client in clients for value in client.times)
    failed = sum(client.failed for client in clients)
    print(f"{len(times)} requests in {took:.1f} s, {failed} failed")
    print(f"median {statistics.median(times):.1f}  p99 {times[int(0.99 * len(times))]:.1f}  worst {times[-1]:.1f} ms")
    before, middle, after = sizes
    print(f"memory: {before:.0f} MB at the start, {middle:.0f} MB at half time, {after:.0f} MB at the end")


if __name__ == "__main__":
    main()
