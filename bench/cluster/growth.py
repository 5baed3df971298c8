"""``python -m bench.cluster.growth``: the same passages in Whoosh, and in a cluster on one shard and on three.

Of each: what building took, bytes, and what questions of each class cost: milliseconds until the answer, and of CPU in
this process and in all nodes. On a machine that others use only the CPU tells anything, and that is too high.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import indexer
from bench import ROOT, SHARED
from bench.asking import ask_ours
from bench.cluster import connection_to, running
from bench.peers import Query, Row
from bench.queries import classes
from bench.speed import machine, save
from indexer.analysis import Analyzer
from indexer.engines.contract import DEFAULT_CACHE_BYTES, Engine
from indexer.index.folder import prepare, read_marker
from indexer.index.location import Location
from indexer.index.session import analyzer_of
from indexer.model import AnalyzedDocument, Document
from indexer.model.manifest import Manifest
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


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents of an index, always the same.

    Attributes:
        source: the engine of that index.
        documents: those, in an order by chance.
    """

    source: Engine
    analyzer: Analyzer
    documents: Sequence[Document]

    def analyzed(self) -> Iterator[AnalyzedDocument]:
        """They as tokens."""
        for document in self.documents:
            yield self.analyzer.analyze(document, self.source.passages(document.id))

    def rows(self) -> Iterator[Row]:
        """Their passages, for questions to be drawn from."""
        for document in self.analyzed():
            for tokens in document.passages:
                yield Row(tokens.words, tokens.passage.text, "".join(tokens.passage.section[:1]))

    def build(self, location: Location) -> None:
        """Make an index of them."""
        prepare(location.folder, replace_existing=False)
        location.replace(self.source.manifest()).apply(self.analyzed(), self.source.manifest())


def parts(index: Path, sizes: Sequence[int]) -> Iterator[tuple[int, Part]]:
    """The passages and the documents of each size, the larger ones holding the smaller."""
    engine = Location(index, read_marker(index)).open(DEFAULT_CACHE_BYTES)
    analyzer = analyzer_of(Manifest.loads(engine.manifest(), index), index)
    documents = list(engine.documents())
    random.Random(1).shuffle(documents)
    counts = list(accumulate(len(engine.passages(document.id)) for document in documents))
    for size in sizes:
        end = min(bisect_left(counts, size) + 1, len(counts))
        yield counts[end - 1], Part(engine, analyzer, documents[:end])


def measure_engine(
    part: Part, location: Location, cluster: Cluster | None, by_class: dict[str, list[Query]]
) -> dict[str, Any]:
    """Figures of an index of some documents."""
    with measured(cluster) as build:
        part.build(location)
    with indexer.open_index(location.folder, connection=location.connection) as index:
        size = index.stats().bytes / 1e6
        asked = {name: _asked(index, queries, cluster) for name, queries in by_class.items()}
    return {"build": {**build, "MB": size}, "queries": asked}


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


def measure(folder: Path, part: Part, cluster: Cluster, wanted: int) -> dict[str, Any]:
    """Figures of some documents, by engine."""
    by_class = classes(list(part.rows()), wanted)
    places = {"whoosh": Location(folder / "whoosh", "whoosh")}
    for shards in SHARDS:
        there = connection_to(cluster, shards, timeout_s=300)
        places[f"opensearch, {shards} shard{'s' if shards > 1 else ''}"] = Location(
            folder / f"{shards}", "opensearch", there
        )
    return {
        name: measure_engine(part, place, cluster if place.connection else None, by_class)
        for name, place in places.items()
    }


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
    parser.add_argument("--index", type=Path, help="to take documents from; by default one of the laws is made")
    parser.add_argument("--queries", type=int, default=10, help="of each class")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--heap", type=int, default=_HEAP, help="megabytes of each node")
    parser.add_argument("--save", type=Path, default=None, help="file for the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = options.index or _made(folder / "source")
        figures: dict[str, Any] = {"machine": machine(source.name), "nodes": options.nodes}
        (folder / "nodes").mkdir()
        with running(folder / "nodes", options.nodes, options.heap, starts_quickly=False) as cluster:
            for passages, part in parts(source, options.sizes):
                row = measure(folder / f"{passages}", part, cluster, options.queries)
                show(passages, row)
                figures[f"{passages} passages"] = row | {"load": os.getloadavg()[0]}
                save(figures, options.save)


def _made(place: Path) -> Path:
    """An index of the laws if they are there, else of the handbook."""
    found = [path for name in ("just-laws", "laws-large") if (path := SHARED / "corpora" / name).is_dir()]
    with indexer.create_index(place) as index:
        index.update(found or [ROOT / "docs"])
    return place


if __name__ == "__main__":
    main()
