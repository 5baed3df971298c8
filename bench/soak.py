"""``make soak``: the server under a steady load on loopback: latencies, memory at every quarter of the run, and which
share of an answer's time passes outside the engine.

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
import webui
from bench import ROOT, corpus
from bench.queries import classes, mixed
from bench.speed import rows_of
from indexer.engines.requests import Answer, Request

CONNECTIONS = 4
# Requests from which the share outside the engine is told.
_TIMED = 300


def memory(process: int) -> float:
    """Resident megabytes of a process and those it has started, what they share counted once, by /proc."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    shares = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in (process, *children))
    return sum(int(re.findall(r"Pss:\s+(\d+)", each)[0]) for each in shares) / 1e3


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
) -> tuple[list[Client], float, list[float]]:
    """Send all queries at their times; the clients, seconds taken, and memory before and after each quarter of them."""
    assert server.stdout is not None
    port = int(re.findall(r":(\d+)/", server.stdout.readline())[0])
    sizes = [memory(server.pid)]
    started = time.perf_counter() + 0.5
    clients = [Client(port, queries, first, options.rate, started) for first in range(CONNECTIONS)]
    for client in clients:
        client.start()
    while any(client.is_alive() for client in clients):
        time.sleep(0.2)
        answered = sum(len(client.times) for client in clients)
        if len(sizes) < 4 and answered >= len(queries) * len(sizes) / 4:
            sizes.append(memory(server.pid))
    return clients, time.perf_counter() - started, [*sizes, memory(server.pid)]


def share_outside(index: indexer.Index, queries: list[str]) -> tuple[float, float]:
    """Milliseconds of a request without the socket, and of these outside the engine, in the mean."""
    engine = index._engine
    search, inside = engine.search, [0.0]

    def timed(request: Request) -> Answer:
        started = time.perf_counter()
        try:
            return search(request)
        finally:
            inside[0] += time.perf_counter() - started

    engine.search = timed  # type: ignore[method-assign]
    client = webui.create_app(index).test_client()
    for query in queries:
        client.get(f"/api/v1/search?q={quote(query)}")
    inside[0], started = 0.0, time.perf_counter()
    for query in queries:
        client.get(f"/api/v1/search?q={quote(query)}")
    whole = (time.perf_counter() - started) / len(queries) * 1e3
    return whole, whole - inside[0] / len(queries) * 1e3


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=100.0, help="requests a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--cache-mb", type=int, default=256, help="as of serve")
    parser.add_argument("--workers", type=int, default=1, help="as of serve")
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
        command += ["--cache-mb", str(options.cache_mb), "--workers", str(options.workers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
            try:
                clients, took, sizes = load(server, queries, options)
            finally:
                server.terminate()
        with indexer.open_index(folder) as index:
            whole, outside = share_outside(index, queries[:_TIMED])
    times = sorted(value * 1e3 for client in clients for value in client.times)
    failed = sum(client.failed for client in clients)
    print(f"{len(times)} requests in {took:.1f} s, {failed} failed")
    print(f"median {statistics.median(times):.1f}  p99 {times[int(0.99 * len(times))]:.1f}  worst {times[-1]:.1f} ms")
    print(f"memory at the start and after each quarter: {', '.join(f'{size:.0f}' for size in sizes)} MB")
    print(f"alone and warm: {whole:.1f} ms a request, {outside:.1f} ms ({outside / whole:.0%}) outside the engine")


if __name__ == "__main__":
    main()
