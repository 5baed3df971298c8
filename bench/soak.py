"""``make soak``: the server under a steady load on loopback: latencies, memory at every quarter of the run, and which
share of an answer's time passes outside the engine.

100 requests a second for 60 seconds by default, each another query, over kept-alive connections of a process of its own
(``soak_client.py``). What that takes of the processors is printed: of two cores it is lost to two servers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import indexer
import webui
from bench import ROOT, corpus
from bench.queries import classes, mixed
from bench.speed import rows_of
from indexer.engines.contract import DEFAULT_CACHE_BYTES
from indexer.engines.requests import Answer, Request

# For each process that answers.
CONNECTIONS = 4
# Requests from which the share outside the engine is told.
_TIMED = 300


def memory(process: int) -> float:
    """Resident megabytes of a process and those it has started, what they share counted once, by /proc."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    shares = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in (process, *children))
    return sum(int(re.findall(r"Pss:\s+(\d+)", each)[0]) for each in shares) / 1e3


def cpu_seconds(process: int) -> float:
    """Processor seconds of a process and those it has started, by /proc."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    stats = (Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in (process, *children))
    return sum(int(each[11]) + int(each[12]) for each in stats) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """How the server bore its load.

    Attributes:
        times: ms from when a request was due to its answer, ascending.
        seconds: that all of it took.
        client: processor seconds of those who asked.
        servers: processor seconds of those who answered.
        sizes: MB before, and after each quarter of the answers.
    """

    times: list[float]
    failed: int
    seconds: float
    client: float
    servers: float
    sizes: list[float]

    @property
    def a_second(self) -> float:
        """Requests answered in a second."""
        return len(self.times) / self.seconds


def load(server: subprocess.Popen[str], queries: list[str], rate: float, connections: int) -> Load:
    """Send all queries at their times."""
    assert server.stdout is not None
    port = int(re.findall(r":(\d+)/", server.stdout.readline())[0])
    told = {
        "port": port,
        "rate": rate,
        "connections": connections,
        "targets": [f"/api/v1/search?q={quote(query)}" for query in queries],
    }
    sizes, before = [memory(server.pid)], cpu_seconds(server.pid)
    command = [sys.executable, "-m", "bench.soak_client"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as client:
        assert client.stdin is not None and client.stdout is not None
        client.stdin.write(json.dumps(told))
        client.stdin.close()
        for _ in range(3):
            client.stdout.readline()
            sizes.append(memory(server.pid))
        report = json.loads(client.stdout.read())
    sizes.append(memory(server.pid))
    servers = cpu_seconds(server.pid) - before
    return Load(sorted(report["times"]), report["failed"], report["seconds"], report["cpu"], servers, sizes)


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


def put_load(folder: str, queries: list[str], workers: int, options: argparse.Namespace) -> Load:
    """Serve an index with so many processes, and put the load on them."""
    command = [sys.executable, "-m", "indexer", "serve", "--index", folder, "--port", "0"]
    command += ["--cache-mb", str(options.cache_mb), "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            return load(server, queries, options.rate, CONNECTIONS * workers)
        finally:
            server.terminate()


def print_load(done: Load) -> None:
    """Print how it was borne."""
    times, count = done.times, len(done.times)
    print(f"{count} requests in {done.seconds:.1f} s, {done.a_second:.0f} a second, {done.failed} failed")
    print(f"median {statistics.median(times):.1f}  p99 {times[int(0.99 * count)]:.1f}  worst {times[-1]:.1f} ms")
    print(f"memory at the start and after each quarter: {', '.join(f'{size:.0f}' for size in done.sizes)} MB")
    print(
        f"processor: servers {done.servers:.1f} s, {count / done.servers:.0f} requests for each, "
        f"{done.servers / done.seconds:.2f} of a core; client {done.client:.1f} s, {done.client / count * 1e3:.2f} ms "
        f"a request, {done.client / done.seconds:.2f} of a core",
        flush=True,
    )


def print_ratio(one: Load, more: Load) -> None:
    """Print how many times the requests of one process several answer, under a load that neither can bear."""
    cores = os.cpu_count() or 1
    given_back = cores / (cores - more.client / more.seconds)
    ratio = more.a_second / one.a_second
    print(f"× {ratio:.2f} of one process; were the client on another machine, × {ratio * given_back:.2f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=100.0, help="requests a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--cache-mb", type=int, default=DEFAULT_CACHE_BYTES >> 20, help="as of serve")
    parser.add_argument("--workers", type=int, default=1, help="as of serve; several are held against one")
    options = parser.parse_args()
    wanted = int(options.rate * options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        with indexer.create_index(folder) as index:
            index.update([corpus()])
        by_class = classes(list(rows_of(corpus())), 200)
        texts = [query.text for query in mixed(by_class) if query.scope == "passage"]
        random.Random(1).shuffle(texts)
        queries = (texts * (wanted // len(texts) + 1))[:wanted]
        loads = []
        for workers in sorted({1, options.workers}):
            loads.append(put_load(folder, queries, workers, options))
            print_load(loads[-1])
        if len(loads) > 1:
            print_ratio(*loads)
        with indexer.open_index(folder) as index:
            whole, outside = share_outside(index, queries[:_TIMED])
    print(f"alone and warm: {whole:.1f} ms a request, {outside:.1f} ms ({outside / whole:.0%}) outside the engine")


if __name__ == "__main__":
    main()
