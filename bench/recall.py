"""``make recall``: random pieces of passages, 1 to 30 characters long, plain and quoted.

Every passage that literally holds a piece must be found and called ``exact``; of a quoted piece nothing else may be.
The truth is a scan over the folded text of all passages that asks no engine.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import indexer
from bench import ROOT, SHARED
from indexer.analysis.fold import fold_key
from indexer.query.run_trees import spelled
from indexer.query.spans import Value, holds

LONGEST = 30
# Pages of so many hits are read before the rest is only counted.
PAGES = 3


class Scan:
    """All passages, folded: which of them hold a piece."""

    def __init__(self, index: indexer.Index) -> None:
        self.passages = [passage for document in index.documents() for passage in index.passages(document.id)]
        self._folded = [fold_key(passage.text) for passage in self.passages]

    def holding(self, piece: str) -> set[str]:
        """Ids of the passages that hold ``piece`` in any of its spellings."""
        wanted = spelled(fold_key(piece))
        rows = zip(self.passages, self._folded, strict=True)
        return {passage.id for passage, folded in rows if holds(Value(folded), wanted)}


def pieces(scan: Scan, length: int, wanted: int, random_: random.Random) -> Iterator[str]:
    """Random pieces of ``length`` code points that fold to something."""
    while wanted:
        text = random_.choice(scan.passages).text
        if len(text) < length:
            continue
        start = random_.randrange(len(text) - length + 1)
        piece = text[start : start + length]
        if fold_key(piece):
            wanted -= 1
            yield piece


def found(index: indexer.Index, query: str) -> tuple[set[str], int]:
    """Ids of the first pages of exact hits, and how many there are."""
    ids: set[str] = set()
    for page in range(PAGES):
        results = index.search(
            query, match="exact", sort="order", facets=(), offset=page * indexer.MAX_LIMIT, limit=indexer.MAX_LIMIT
        )
        ids |= {hit.passage.id for hit in results.hits}
        if len(ids) == results.total:
            break
    return ids, results.total


def _built(stack: contextlib.ExitStack) -> indexer.Index:
    """An index of the laws beside the project, else of the handbook."""
    source = SHARED / "corpora" / "just-laws"
    index = indexer.create_index(Path(stack.enter_context(tempfile.TemporaryDirectory())))
    index.update([source if source.is_dir() else ROOT / "docs"])
    return index


def main() -> None:
    """Print recall and precision per length, and each miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=20, help="of each length")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--index", type=Path, help="ask this one, of any engine, instead of a new one")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    with contextlib.ExitStack() as stack:
        index = stack.enter_context(indexer.open_index(options.index) if options.index else _built(stack))
        scan = Scan(index)
        print(f"{len(scan.passages)} passages, {options.pieces} pieces of each length, plain and quoted")
        totals: Counter[str] = Counter()
        for length in range(1, LONGEST + 1):
            counts: Counter[str] = Counter()
            for piece in pieces(scan, length, options.pieces, random_):
                truth = scan.holding(piece)
                quoted = '"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"'
                for query in (piece, quoted):
                    ids, total = found(index, query)
                    complete = total >= len(truth) and (ids >= truth or total > len(ids))
                    counts["wanted"] += len(truth)
                    counts["found"] += len(truth) if complete else len(ids & truth)
                    counts["more"] += (query == quoted and total > len(truth)) * (total - len(truth))
                    if not complete:
                        print(f"  missed: {query!r} holds {len(truth)}, found {total}, e.g. {sorted(truth - ids)[:3]}")
            totals += counts
            print(f"{length:>3} characters  recall {counts['found'] / counts['wanted']:.4f}  more: {counts['more']}")
        print(f"all            recall {totals['found'] / totals['wanted']:.4f}  of {totals['wanted']} places")


if __name__ == "__main__":
    main()
