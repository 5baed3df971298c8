"""What leads to a passage on its page: the nearest id, and a text fragment that stands on the page once.

A text fragment (``#:~:text=``, https://wicg.github.io/scroll-to-text-fragment/) is found by its characters, whatever
their case and width, in one paragraph or cell, and only where a word begins and ends. Words of Chinese are what the
browser's dictionary says, so that a fragment here ends only at a mark, at white space, or where the paragraph does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from indexer.documents.squeezing import squeezed
from indexer.model import Kind, Passage

# What no fragment crosses: the ends of lines and cells.
_EDGES = re.compile(r"[\t\n]+")
# Between words in any case: white space, and marks that are no part of a number or a name.
_GAPS = re.compile(r"[\s，。！？；：、…—（）【】《》〈〉「」『』“”‘’·]+")
# Code points of a fragment: what is too short is unlikely to be found once, what is too long makes long addresses.
_SHORTEST, _LONGEST = 4, 60
# Beginnings of a passage that are tried, and fragments from each of them.
_STARTS, _ENDS = 12, 6


@dataclass(frozen=True, slots=True)
class Spot:
    """What leads to a passage.

    Attributes:
        anchor: the nearest id at it, around it or before it; empty where its page has none.
        start, end: the range of its text that is looked for, in code points; empty where the id must do.
        before: what must stand right before that, where it stands on the page more than once.
    """

    anchor: str = ""
    start: int = 0
    end: int = 0
    before: str = ""

    def as_json(self) -> list[Any]:
        """Return it as the export holds it, without what is empty at its end."""
        values: list[Any] = [self.anchor, self.start, self.end, self.before]
        while values and not values[-1]:
            values.pop()
        return values


@dataclass
class SiteLinks:
    """Where the pages and passages of an export are, in the order of its rows.

    Attributes:
        root: of the site, seen from the folder of the export.
        addresses: of the pages, below the root.
        spots: of the passages.
    """

    root: str
    addresses: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def spots_of(passages: Sequence[Passage], page: str) -> Iterator[Spot]:
    """Yield what leads to each passage of a page.

    Args:
        passages: of the page, in order.
        page: all that it shows, ``squeezed``.
    """
    before = ""
    anchors: set[str | None] = set()
    for passage in passages:
        anchor = passage.anchor or ""
        if passage.kind in (Kind.HEADING, Kind.TITLE) and anchor and anchor not in anchors:
            yield Spot(anchor)
        else:
            start, end, context = _fragment(passage.text, before, page)
            yield Spot(anchor, start, end, context)
        anchors.add(anchor)
        before = passage.text


def _fragment(text: str, before: str, page: str) -> tuple[int, int, str]:
    """Return a range of a text that stands on the page once, with what is before it where only that tells it."""
    for start, end in _ranges(text):
        if page.count(squeezed(text[start:end])) == 1:
            return start, end, ""
    context = _last_clause(before)
    for start, end in islice(_ranges(text, shortest=1), _ENDS):
        if context and start == _first(text) and page.count(squeezed(context + text[start:end])) == 1:
            return start, end, context
    return 0, 0, ""


def _ranges(text: str, shortest: int = _SHORTEST) -> Iterator[tuple[int, int]]:
    """Yield ranges that begin and end between words, in one line or cell, from the beginning on."""
    at = 0
    for edge in (*_EDGES.finditer(text), None):
        end = edge.start() if edge else len(text)
        starts, ends = _cuts(text, at, end)
        for start in starts[:_STARTS]:
            fitting = (each for each in ends if start + shortest <= each <= start + _LONGEST)
            yield from ((start, each) for each in islice(fitting, _ENDS))
        at = edge.end() if edge else end


def _cuts(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return where clauses of a line begin, and where they end."""
    gaps = list(_GAPS.finditer(text, start, end))
    starts = [start, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), end]
    if gaps and gaps[0].start() == start:
        starts = starts[1:]
    return [each for each in starts if each < end], ends


def _first(text: str) -> int:
    """Return where the first clause of a text begins."""
    gap = _GAPS.match(text)
    return gap.end() if gap else 0


def _last_clause(text: str) -> str:
    """Return the last words of a text, from between two words on."""
    line = _EDGES.split(text.rstrip())[-1]
    starts, _ = _cuts(line, 0, len(line))
    short = [start for start in starts if _SHORTEST <= len(line) - start <= _LONGEST]
    return line[short[-1] :] if short else ""
