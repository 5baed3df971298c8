"""``python -m bench.cluster.growth``: the same passages in Whoosh, and in a cluster on one shard and on three.

Of each: what building took, bytes, and what questions of each class cost: milliseconds until the answer, and of CPU in
this process and in all nodes. On a machine that others use only the CPU tells anything, and that is too high.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import indexer
from bench import ROOT, SHARED
from bench.cluster import connection_to, running
from bench.growth import files
from bench.peers import Query
from bench.queries import classes
from bench.speed import ask_ours, machine, rows_of, save
from tools.opensearch.cluster import Cluster

SIZES = (20_000, 80_000, 1_000_000)
SHARDS = (1, 3)
# Megabytes of each node's heap.
_HEAP = 1024
_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(cluster: Cluster) -> float:
    """Seconds of CPU that all nodes have taken so far."""
    return sum(map(_cpu_of, (node.pid for node in cluster.nodes)))


def _cpu_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def measured(cluster: Cluster | None) -> Iterator[dict[str, float]]:
    """What the context took, in seconds, once it has ended."""
    took: dict[str, float] = {}
    started, own, nodes = time.perf_counter(), time.process_time(), cpu_of(cluster) if cluster else 0.0
    yield took
    took["s"] = time.perf_counter() - started
    took["CPU here s"] = time.process_time() - own
    took["CPU nodes s"] = cpu_of(cluster) - nodes if cluster else 0.0


def measure_engine(
    make: Callable[[], indexer.Index], cluster: Cluster | None, by_class: dict[str, list[Query]]
) -> dict[str, Any]:
    """Figures of an index that ``make`` builds."""
    with measured(cluster) as build, make() as index:
        stats = index.stats()
    with indexer.open_index(index.path) as index:
        asked = {name: _asked(index, queries, cluster) for name, queries in by_class.items()}
    return {"build": {**build, "MB": stats.bytes / 1e6}, "queries": asked}


def _asked(index: indexer.Index, queries: Sequence[Query], cluster: Cluster | None) -> dict[str, float]:
    """Milliseconds of one whole answer in the mean, the first asked once before: the ten best and all facets."""
    ask_ours(index, queries[0])
    waited = []
    with measured(cluster) as took:
        for query in queries:
            started = time.perf_counter()
            ask_ours(index, query)
            waited.append(time.perf_counter() - started)
    return {
        "ms": statistics.median(waited) * 1e3,
        "CPU here ms": took["CPU here s"] / len(queries) * 1e3,
        "CPU nodes ms": took["CPU nodes s"] / len(queries) * 1e3,
    }


def measure(folder: Path, texts: Path, cluster: Cluster, wanted: int) -> dict[str, Any]:
    """Figures of all that is in ``texts``, by engine; the clusters are given what Whoosh holds."""
    by_class = classes(list(rows_of(texts)), wanted)
    source = folder / "whoosh"
    with indexer.create_index(source) as index:
        index.update([texts])
    found = {"whoosh": measure_engine(partial(indexer.copy_index, source, folder / "copy"), None, by_class)}
    for shards in SHARDS:
        there = connection_to(cluster, shards, timeout_s=300)
        make = partial(indexer.copy_index, source, folder / f"{shards}", "opensearch", connection=there)
        found[f"opensearch, {shards} shards"] = measure_engine(make, cluster, by_class)
    return found


def show(size: int, row: dict[str, Any]) -> None:
    """Print the figures of one size."""
    print(f"\n{size:,} passages; load of the machine {os.getloadavg()[0]:.0f}", flush=True)
    for name, figures in row.items():
        built = figures["build"]
        print(
            f"{name:<22} built in {built['s']:.0f} s, CPU here {built['CPU here s']:.0f} s, "
            f"nodes {built['CPU nodes s']:.0f} s; {built['MB']:.0f} MB"
        )
    names = list(row)
    print(f"{'CPU ms, here + nodes':<26}" + "".join(f"{name:>24}" for name in names))
    for kind in row[names[0]]["queries"]:
        cells = (row[name]["queries"][kind] for name in names)
        told = (f"{each['CPU here ms']:.0f} + {each['CPU nodes ms']:.0f} ({each['ms']:.0f} ms)" for each in cells)
        print(f"{kind:<26}" + "".join(f"{cell:>24}" for cell in told), flush=True)


def main() -> None:
    """Print the tables and keep them."""
    parser = argparse.ArgumentParser(prog="python -m bench.cluster.growth", description=__doc__)
    parser.add_argument("--queries", type=int, default=10, help="of each class")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="passages")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--save", type=Path, default=None, help="file for the figures as JSON")
    options = parser.parse_args()
    there = [path for name in ("just-laws", "laws-large") if (path := SHARED / "corpora" / name).is_dir()]
    figures: dict[str, Any] = {"machine": machine(" + ".join(source.name for source in there))}
    with tempfile.TemporaryDirectory() as name:
        folder, texts, copied = Path(name), Path(name) / "texts", 0
        waiting = files(there or [ROOT / "docs"])
        (folder / "nodes").mkdir()
        with running(folder / "nodes", options.nodes, _HEAP, starts_quickly=False) as cluster:
            for size in sorted({min(size, options.most) for size in SIZES}):
                for file, passages in waiting:
                    target = texts / file.relative_to(file.anchor)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, target)
                    copied += passages
                    if copied >= size:
                        break
                row = measure(folder / f"{size}", texts, cluster, options.queries)
                show(copied, row)
                figures[f"{copied} passages"] = row | {"load": os.getloadavg()[0]}
                save(figures, options.save)


if __name__ == "__main__":
    main()
