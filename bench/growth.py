"""``python -m bench.growth``: build and queries over 20,000, 80,000 and all passages of the laws, side by side.

Beside each class of queries stand the passages it finds in the mean: what grows with them is the price of ranking and
counting hits; what grows faster than they do is not.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import indexer
from bench import ROOT, SHARED
from bench.asking import ask_ours, milliseconds
from bench.peers import Query
from bench.queries import classes
from bench.speed import build_ours, machine, rows_of, save

SIZES = (20_000, 80_000, 1_000_000)


def files(sources: Sequence[Path]) -> Iterator[tuple[Path, int]]:
    """All files in an order by chance, the same at every run, and the passages of each."""
    found = sorted(file for source in sources for file in source.rglob("*.md"))
    random.Random(1).shuffle(found)
    for file in found:
        yield file, sum(len(passages) for _, passages in indexer.read([file]))


def measure(folder: Path, texts: Path, wanted: int) -> dict[str, Any]:
    """Figures of an index of all that is in ``texts``."""
    built = build_ours(texts, folder)
    by_class = classes(list(rows_of(texts)), wanted)
    with indexer.open_index(folder) as index:
        asked = {name: _asked(index, queries) for name, queries in by_class.items()}
    return {"build": built, "queries": asked}


def _asked(index: indexer.Index, queries: Sequence[Query]) -> dict[str, float]:
    found = [index.search(query.text, scope=query.scope, limit=0, facets=()).tiers for query in queries]
    best = milliseconds(partial(ask_ours, index, facets=()), queries) or [0.0]
    whole = milliseconds(partial(ask_ours, index), queries) or [0.0]
    return {
        "hits": statistics.mean(sum(tiers.values()) for tiers in found),
        "best ms": statistics.median(best),
        "whole ms": statistics.median(whole),
    }


def show(table: dict[int, dict[str, Any]]) -> None:
    """Print sizes side by side, and how much the last is of the first."""
    for passages, row in table.items():
        built = row["build"]
        print(
            f"{passages:>9,} passages: {built['seconds']:.1f} s, {built['seconds'] / passages * 1e6:.0f} µs each, "
            f"{built['MB']:.1f} MB, peak {built['peak MB']:.0f} MB"
        )
    columns = [f"{passages:,}" for passages in table]
    for measure_name in ("hits", "best ms", "whole ms"):
        print(f"\n{measure_name:<26}" + "".join(f"{column:>11}" for column in columns) + f"{'growth':>9}")
        for name in next(iter(table.values()))["queries"]:
            values = [row["queries"][name][measure_name] for row in table.values()]
            growth = f"×{values[-1] / values[0]:.1f}" if values[0] else "-"
            print(f"{name:<26}" + "".join(f"{value:>11,.2f}" for value in values) + f"{growth:>9}")


def main() -> None:
    """Print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=25, help="of each class")
    parser.add_argument("--save", type=Path, default=None, help="file for the figures as JSON")
    options = parser.parse_args()
    there = [path for name in ("just-laws", "laws-large") if (path := SHARED / "corpora" / name).is_dir()]
    sources = there or [ROOT / "docs"]
    table: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        texts, copied, waiting = Path(name) / "texts", 0, files(sources)
        for size in SIZES:
            for file, passages in waiting:
                target = texts / file.relative_to(file.anchor)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
                copied += passages
                if copied >= size:
                    break
            if copied not in table:
                table[copied] = measure(Path(name) / f"index-{size}", texts, options.queries)
    show(table)
    figures = {f"{passages} passages": row for passages, row in table.items()}
    save(figures | {"machine": machine(" + ".join(source.name for source in sources))}, options.save)


if __name__ == "__main__":
    main()
