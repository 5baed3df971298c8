"""Passage + tree → the character ranges that put it into its tier. No markup.

Ranges are half open, in code points of the original text, in order and not touching each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from indexer.analysis import Analyzer, fold
from indexer.model import (
    Document,
    Glob,
    Literal,
    OfDocuments,
    Passage,
    QueryNode,
    Range,
    TextLeaf,
    Within,
    Years,
    Zone,
    leaves,
)
from indexer.query.spans import Value, spans


@dataclass(frozen=True, slots=True)
class Highlights:
    """What is matched in a passage's text, in its headings (by index), and in its document's title and work."""

    text: tuple[Range, ...]
    path: tuple[tuple[int, int, int], ...]
    title: tuple[Range, ...]
    work: tuple[Range, ...]


def highlight(passage: Passage, document: Document, tree: QueryNode, analyzer: Analyzer) -> Highlights:
    """The ranges of every leaf of ``tree`` that is not under a negation.

    The title is sought as it is matched, after the work where ``document.titles`` names it: what straddles the two is
    marked in both, each to its end.
    """
    ranges = partial(_ranges, sought=_sought(tree), analyzer=analyzer)
    titles = ranges(document.full_title, Zone.TITLE)
    length = len(document.full_title)
    start = length - len(document.title)
    path = ((index, heading) for index, heading in enumerate(passage.section))
    return Highlights(
        text=highlight_text(passage, tree, analyzer),
        path=tuple((index, *span) for index, heading in path for span in ranges(heading, Zone.SECTION)),
        title=_inside(titles, start, length),
        work=_inside(titles, 0, max(0, start - 1)),  # a space is between them
    )


def highlight_text(passage: Passage, tree: QueryNode, analyzer: Analyzer) -> tuple[Range, ...]:
    """What is matched in a passage's text alone."""
    return _ranges(passage.text, Zone.TEXT, sought=_sought(tree), analyzer=analyzer)


def _sought(tree: QueryNode) -> list[TextLeaf]:
    return [leaf for leaf in leaves(tree) if not isinstance(leaf, Years | OfDocuments)]


def _zones(leaf: TextLeaf) -> tuple[Zone, ...]:
    match leaf:
        case Literal() | Glob():
            return leaf.zones
        case Within():
            return (Zone.TEXT,)


def _ranges(text: str, zone: Zone, *, sought: Sequence[TextLeaf], analyzer: Analyzer) -> tuple[Range, ...]:
    """Where any of the leaves stands in ``text``, a value of ``zone``."""
    sought = [leaf for leaf in sought if zone in _zones(leaf)]
    if not sought:
        return ()
    folded = fold(text)
    bound = zone is Zone.TEXT and any(isinstance(leaf, Glob) and leaf.is_bound for leaf in sought)
    lengths = [len(piece) for piece in analyzer.cut(folded.text)] if bound else (len(folded.text),)
    value = Value(folded.text, text, lengths)
    found = {folded.original(*span) for leaf in sought for span in spans(value, leaf)}
    return tuple(_merged(sorted(found)))


def _inside(ranges: Iterable[Range], start: int, end: int) -> tuple[Range, ...]:
    """The parts of ranges that are between two offsets, counted from the first."""
    parts = ((max(a, start) - start, min(b, end) - start) for a, b in ranges)
    return tuple((a, b) for a, b in parts if a < b)


def _merged(ranges: Iterable[Range]) -> Iterator[Range]:
    """Ordered ranges with those that overlap or touch made one."""
    start = end = -1
    for a, b in ranges:
        if a <= end:
            end = max(end, b)
            continue
        if end >= 0:
            yield start, end
        start, end = a, b
    if end >= 0:
        yield start, end
