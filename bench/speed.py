"""``make bench``: build, size, memory and queries beside stock Whoosh, SQLite FTS5 and Tantivy, in one run.

The passages, words and queries are the same for all. Ratios are what counts: they hold when the machine is busy.
Results also go to ``bench/results`` as JSON, of which ``bench.history`` draws a picture.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

import indexer
from bench import ROOT, SHARED
from bench.goals import goals, print_goals
from bench.peers import PEERS, Peer, Query, Row
from bench.queries import classes, mixed
from indexer.analysis import Analyzer
from webui.allocator import settle

_WARM = 2
# A class of queries takes a peer so many seconds at most, but for the first queries: stock Whoosh needs one for each
# question of 30 characters.
_PEER_SECONDS = 15.0
_AT_LEAST = 8
# Mixed queries that a process has answered when its memory is told.
_ASKED = 1_000


def timed(action: Callable[[], object]) -> float:
    """Seconds an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


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


def ask_ours(index: indexer.Index, query: Query, **options: Any) -> object:
    """The ten best, with text."""
    return index.search(**in_our_terms(query), **options)


def in_our_terms(query: Query) -> dict[str, Any]:
    """What ``Index.search`` is given."""
    section = [indexer.section_value((query.chapter,))] if query.chapter else []
    return {"query": query.text, "section": section, "scope": query.scope}


def milliseconds(
    ask: Callable[[Query], object], queries: Sequence[Query], seconds: float = math.inf
) -> list[float] | None:
    """Each query's time with its terms warm; None where it cannot be asked.

    Args:
        ask: what is timed.
        queries: all of them; fewer are asked once ``seconds`` are over.
        seconds: what all may take.
    """
    if ask(queries[0]) is None:
        return None
    end = time.perf_counter() + seconds
    times = []
    for number, query in enumerate(queries):
        if number >= _AT_LEAST and time.perf_counter() > end:
            break
        ask(query)
        times.append(min(timed(partial(ask, query)) for _ in range(_WARM)) * 1e3)
    return times


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
    print(f"\nmixed, whole answers: n {row['n']}  {_spread(row)}")
    return row


def once_each(ask: Callable[[Query], object], queries: Sequence[Query]) -> dict[str, float]:
    """Milliseconds of queries that are each asked once."""
    times = sorted(timed(partial(ask, query)) * 1e3 for query in queries)
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    at = {name: times[int(share * len(times))] for name, share in shares.items()}
    return {"n": len(times), **at, "worst": times[-1]}


def _spread(row: dict[str, float]) -> str:
    return "  ".join(f"{name} {row[name]:.1f}" for name in ("median", "p95", "p99", "worst")) + " ms"


def large_table(path: Path, by_class: dict[str, list[Query]]) -> dict[str, Any]:
    """Mixed words on an index of many more passages, half of them for the ten best, half for the whole answer, each
    asked once; and the first answer of the command.
    """
    queries = by_class["mixed words"]
    with indexer.open_index(path) as index:
        index.warm()
        settle()
        table: dict[str, Any] = {
            "passages": index.stats().passages,
            "ten": once_each(partial(ask_ours, index, facets=()), queries[::2]),
            "whole": once_each(partial(ask_ours, index), queries[1::2]),
        }
    table |= {"first answer s": first_answer(path), "anonymous MB": anonymous_memory(path, list(mixed(by_class)))}
    print(
        f"\n{table['passages']} passages, mixed words asked once; first answer {table['first answer s']:.2f} s;"
        f" {table['anonymous MB']:.0f} MB anonymous after {_ASKED:,} mixed queries"
    )
    for name in ("ten", "whole"):
        print(f"{name:<8}{_spread(table[name])}")
    return table


def anonymous_memory(path: Path, queries: Sequence[Query]) -> float:
    """MB that a process of its own holds, mapped files aside, once an index is warm and has answered ``_ASKED`` mixed
    queries, as a server does it.
    """
    code = (
        "import json,sys,indexer\n"
        "from webui import allocator\n"
        "index=indexer.open_index(sys.argv[1]); index.warm(); allocator.settle()\n"
        "for line in sys.stdin: index.search(**json.loads(line))\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('RssAnon')))"
    )
    asked = "".join(json.dumps(in_our_terms(query)) + "\n" for query in queries[:_ASKED])
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    return int(done.stdout) / 1e3


def first_answer(path: Path) -> float:
    """Seconds that the command takes for one answer, the least of three."""
    command = [sys.executable, "-m", "indexer", "search", "数据安全 监督管理", "--index", str(path)]
    quiet = partial(subprocess.run, command, check=True, capture_output=True, cwd=ROOT, env=_compiling())
    return min(timed(quiet) for _ in range(3))


def _compiling() -> dict[str, str]:
    """An environment in which modules are compiled once, as those of an installed program are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cold_table(folder: Path) -> dict[str, float]:
    """Fresh processes: importing, and the first answer of the command."""
    bare = min(timed(partial(subprocess.run, [sys.executable, "-c", "pass"], check=True)) for _ in range(3))
    importing = partial(subprocess.run, [sys.executable, "-c", "import indexer"], check=True, env=_compiling())
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
