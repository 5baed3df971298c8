"""``make bench``: build, size, memory and queries beside stock Whoosh, SQLite FTS5 and Tantivy, in one run.

The passages, words and queries are the same for all. Ratios are what counts: they hold when the machine is busy.
Results also go to ``bench/results`` as JSON, of which ``bench.history`` draws a picture.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

import indexer
from bench import ROOT, SHARED
from bench.asking import ask_ours, milliseconds, once_each, spread, timed
from bench.fresh import compiling, first_answer, once_in_a_process
from bench.goals import goals, print_goals
from bench.peers import PEERS, Peer, Query, Row
from bench.queries import classes, mixed
from indexer.analysis import Analyzer
from webui.allocator import settle

# A class of queries takes a peer so many seconds at most, but for the first queries: stock Whoosh needs one for each
# question of 30 characters.
_PEER_SECONDS = 15.0
# Mixed queries that a process has answered when its memory is told.
_ASKED = 1_000


def rows_of(source: Path) -> Iterator[Row]:
    """The passages of a folder, read and segmented as 寻章 does it."""
    analyzer = Analyzer()
    for document, passages in indexer.read([source]):
        for passage, tokens in zip(passages, analyzer.analyze(document, passages).passages, strict=True):
            yield Row(tokens.words, passage.text, passage.section[0] if passage.section else "")


def build_ours(source: Path, folder: Path) -> dict[str, float]:
    """Build in a process of its own, so that its memory can be told: seconds, MB on disk, MB at the peak."""
    code = (
        "import indexer,resource,sys,time\n"
        "index=indexer.create_index(sys.argv[2]); started=time.perf_counter()\n"
        "report=index.update([sys.argv[1]])\n"
        "print(time.perf_counter()-started, report.passages, index.stats().bytes/1e6,"
        " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1e3)"
    )
    done = subprocess.run([sys.executable, "-c", code, source, folder], capture_output=True, text=True, check=True)
    seconds, passages, size, peak = map(float, done.stdout.split())
    return {"seconds": seconds, "passages": passages, "MB": size, "peak MB": peak}


def build_table(source: Path, folder: Path) -> tuple[dict[str, Any], list[Peer]]:
    """Build all; what each took, and the peers ready to be asked."""
    table: dict[str, Any] = {"寻章": build_ours(source, folder / "ours")}
    count = table["寻章"]["passages"]
    peers = []
    for kind in PEERS:
        place = folder / kind.__name__
        place.mkdir()
        peer = kind()
        table[peer.name] = {
            "seconds": timed(partial(peer.build, rows_of(source), place)),
            "MB": sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) / 1e6,
        }
        peers.append(peer)
    ours = table["寻章"]["seconds"]
    for name, row in table.items():
        print(
            f"build  {name:<14}{count / row['seconds']:>9,.0f} passages/s {row['seconds']:>7.1f} s"
            f"  ×{row['seconds'] / ours:>5.2f} of ours  {row['MB']:>7.1f} MB"
            + (f"  peak {row['peak MB']:.0f} MB" if "peak MB" in row else ""),
            flush=True,
        )
    return table, peers


def machine(source: str) -> dict[str, Any]:
    """What figures were measured on."""
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "source": source,
        **{package: metadata.version(package) for package in ("numpy", "whoosh3", "rjieba", "tantivy")},
    }


def save(figures: dict[str, Any], file: Path | None) -> None:
    """Keep figures as JSON, if a file is named."""
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


def query_table(index: indexer.Index, peers: Sequence[Peer], by_class: dict[str, list[Query]]) -> dict[str, Any]:
    """Medians by class: same work (ten best, no facets), and our whole answer beside FTS5's ten best and its count."""
    table: dict[str, Any] = {}
    fts5 = next(peer for peer in peers if peer.name == "FTS5")
    names = [peer.name for peer in peers]
    print(
        f"\n{'median ms':<26}{'寻章':>7}"
        + "".join(f"{name:>14}{'ratio':>7}" for name in names)
        + "   whole: ours FTS5+count"
    )
    for name, queries in by_class.items():
        ours = milliseconds(partial(ask_ours, index, facets=()), queries) or [0.0]
        row: dict[str, Any] = {"寻章": statistics.median(ours), "worst": max(ours)}
        line = f"{name:<26}{row['寻章']:>8.2f}"
        for peer in peers:
            theirs = milliseconds(peer.ask, queries, _PEER_SECONDS)
            row[f"{peer.name} queries"] = len(theirs or ())
            row[peer.name] = statistics.median(theirs) if theirs else None
            line += f"{row[peer.name]:>14.2f}{row[peer.name] / row['寻章']:>7.2f}" if theirs else f"{'-':>14}{'-':>7}"
        full = milliseconds(partial(ask_ours, index), queries) or [0.0]
        row |= {"whole": statistics.median(full), "whole worst": max(full)}
        both = milliseconds(lambda query: (fts5.ask(query), fts5.count_chapters(query)), queries)
        row["FTS5 whole"] = statistics.median(both) if both and by_class[name][0].scope == "passage" else None
        line += f"   {row['whole']:>10.2f}" + (f"{row['FTS5 whole']:>10.2f}" if row["FTS5 whole"] else f"{'-':>10}")
        print(line, flush=True)
        table[name] = row
    return table


def mixed_table(index: indexer.Index, by_class: dict[str, list[Query]]) -> dict[str, float]:
    """1,000 mixed queries, each once, whole answers of a warm process; terms as warm as the others left them."""
    index.warm()
    settle()
    row = once_each(partial(ask_ours, index), list(mixed(by_class)))
    print(f"\nmixed, whole answers: n {row['n']}  {spread(row)}")
    return row


def large_table(path: Path, by_class: dict[str, list[Query]]) -> dict[str, Any]:
    """Mixed words on an index of many more passages, half of them for the ten best, half for the whole answer, each
    asked once; the first answer of the command; and what a warm process holds after many mixed queries.
    """
    queries = by_class["mixed words"]
    once = once_in_a_process(path, ten=queries[::2], whole=queries[1::2])
    many = once_in_a_process(path, whole=list(mixed(by_class))[:_ASKED])
    with indexer.open_index(path) as index:
        passages = index.stats().passages
    table: dict[str, Any] = {"passages": passages, "ten": once["ten"], "whole": once["whole"]}
    table |= {"first answer s": first_answer(path), "anonymous MB": many["anonymous MB"]}
    print(
        f"\n{passages} passages, mixed words asked once; first answer {table['first answer s']:.2f} s;"
        f" {table['anonymous MB']:.0f} MB anonymous after {_ASKED:,} mixed queries"
    )
    for name in ("ten", "whole"):
        print(f"{name:<8}{spread(table[name])}")
    return table


def cold_table(folder: Path) -> dict[str, float]:
    """Fresh processes: importing, and the first answer of the command."""
    bare = min(timed(partial(subprocess.run, [sys.executable, "-c", "pass"], check=True)) for _ in range(3))
    importing = partial(subprocess.run, [sys.executable, "-c", "import indexer"], check=True, env=compiling())
    imported = min(timed(importing) for _ in range(3))
    row = {"import s": imported - bare, "first answer s": first_answer(folder / "ours")}
    print(f"cold: import {row['import s']:.3f} s, first answer of the command {row['first answer s']:.2f} s")
    return row


def update_table(sources: Sequence[Path], folder: Path) -> dict[str, float]:
    """One changed file in an index of all corpora."""
    texts = folder / "texts"
    for source in sources:
        shutil.copytree(source, texts / source.name)
    index = indexer.create_index(folder / "all")
    index.update([texts])
    changed = sorted(file for file in texts.rglob("*.md"))[0]
    changed.write_text(changed.read_text("utf-8") + "\n\n另加一段。\n", "utf-8")
    seconds = timed(partial(index.update, [texts]))
    row = {"passages": index.stats().passages, "update s": seconds}
    print(f"update: one changed file of {row['passages']} passages {seconds:.2f} s")
    return row


def main() -> None:
    """Print the tables and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=None, help="folder to index; the largest corpus that is there")
    parser.add_argument("--queries", type=int, default=85, help="of each class")
    parser.add_argument("--large", type=Path, default=None, help="an index of many more passages of the same kind")
    parser.add_argument("--save", type=Path, default=None, help="file for the figures as JSON")
    options = parser.parse_args()
    there = [path for name in ("laws-large", "just-laws") if (path := SHARED / "corpora" / name).is_dir()]
    source = options.source or (there[0] if there else ROOT / "docs")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built, peers = build_table(source, folder)
        by_class = classes(list(rows_of(source)), options.queries)
        with indexer.open_index(folder / "ours") as index:
            asked = query_table(index, peers, by_class)
        with indexer.open_index(folder / "ours") as index:
            figures = {"mixed": mixed_table(index, by_class), "cold": cold_table(folder)}
        figures |= {"build": built, "queries": asked, "update": update_table(there or [source], folder)}
        if options.large:
            figures["large"] = large_table(options.large, by_class)
    print_goals(goals(figures))
    save(figures | {"machine": machine(source.name)}, options.save)


if __name__ == "__main__":
    main()
