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
# Places of a passage where a fragment may begin that are tried, and ends for each of them.
_STARTS, _ENDS = 24, 6
# Characters of a page, without white space, over which a fragment may reach that begins in a passage before.
_REACH = 600


@dataclass(frozen=True, slots=True)
class Spot:
    """What leads to a passage.

    Attributes:
        anchor: the nearest id at it, around it or before it; empty where its page has none.
        start, end: the range of its text that is looked for, in code points; empty where the id must do.
        before: what must stand right before that, where it stands on the page more than once.
        since: what stands once on the page a little before it, where not even that tells it.
    """

    anchor: str = ""
    start: int = 0
    end: int = 0
    before: str = ""
    since: str = ""

    def as_json(self) -> list[Any]:
        """Return it as the export holds it, without what is empty at its end."""
        values: list[Any] = [self.anchor, self.start, self.end, self.before, self.since]
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
    finder = _Finder(page)
    anchors: set[str | None] = {"", None}
    for passage in passages:
        spot = finder.spot(passage.text, passage.anchor or "")
        is_target = passage.kind in (Kind.HEADING, Kind.TITLE) and passage.anchor not in anchors
        yield Spot(spot.anchor) if is_target else spot
        anchors.add(passage.anchor)


class _Finder:
    """Goes through the passages of a page in order."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._end = 0  # of the last passage, on the page
        self._before = ""  # its text
        self._once: tuple[str, int] | None = None  # the last text that stands on the page once, and where it ends

    def spot(self, text: str, anchor: str) -> Spot:
        at = self._advance(text)
        spot = self._alone(text, anchor) or self._beside(text, anchor) or self._after(text, at, anchor)
        self._before = text
        return spot or Spot(anchor)

    def _advance(self, text: str) -> int:
        """Return where a passage begins on the page; -1 where it is shown in another way than it was read."""
        whole = squeezed(text)
        at = self._page.find(whole, self._end)
        self._end = at + len(whole) if at >= 0 else self._end
        return at

    def _alone(self, text: str, anchor: str) -> Spot | None:
        """Return a piece of a passage that stands on the page once."""
        for start, ends in islice(_clauses(text, _SHORTEST), _STARTS):
            if self._is_once(text[start : ends[-1]]):
                end = next(end for end in ends if self._is_once(text[start:end]))
                found = squeezed(text[start:end])
                self._once = text[start:end], self._page.index(found) + len(found)
                return Spot(anchor, start, end)
        return None

    def _beside(self, text: str, anchor: str) -> Spot | None:
        """Return its beginning, where that stands once after what is right before it."""
        start, ends = next(_clauses(text, 1), (-1, ()))
        for before in _last_words(self._before) if start == 0 else ():
            for end in ends:
                if self._is_once(before + text[:end]):
                    return Spot(anchor, 0, end, before)
        return None

    def _after(self, text: str, at: int, anchor: str) -> Spot | None:
        """Return a piece of it that is the first of its kind after the last text that stands on the page once."""
        if self._once is None or not self._once[1] <= at <= self._once[1] + _REACH:
            return None
        since, end_of_since = self._once
        for start, ends in islice(_clauses(text, 1), _ENDS):
            there = at + len(squeezed(text[:start]))
            for end in ends:
                if self._page.find(squeezed(text[start:end]), end_of_since) == there:
                    return Spot(anchor, start, end, since=since)
        return None

    def _is_once(self, text: str) -> bool:
        wanted = squeezed(text)
        at = self._page.find(wanted)
        return at >= 0 and self._page.find(wanted, at + 1) < 0


def _clauses(text: str, shortest: int) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield where clauses begin, each with where a piece of one line or cell may end that begins there."""
    at = 0
    for edge in (*_EDGES.finditer(text), None):
        line_end = edge.start() if edge else len(text)
        starts, ends = _cuts(text, at, line_end)
        for start in starts:
            if fitting := [end for end in ends if start + shortest <= end <= start + _LONGEST][:_ENDS]:
                yield start, fitting
        at = edge.end() if edge else line_end


def _cuts(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return where clauses of a line begin, and where they end."""
    gaps = list(_GAPS.finditer(text, start, end))
    starts = [start] if not gaps or gaps[0].start() > start else []
    starts += [gap.end() for gap in gaps if gap.end() < end]
    return starts, [*(gap.start() for gap in gaps if gap.start() > start), *([end] if end > start else [])]


def _last_words(text: str) -> Iterator[str]:
    """Yield the ends of a text that begin between words of its last line, the shortest first."""
    line = _EDGES.split(text.rstrip())[-1]
    starts, _ = _cuts(line, 0, len(line))
    yield from (line[start:] for start in starts[: -_ENDS - 1 : -1] if len(line) - start <= _LONGEST)
