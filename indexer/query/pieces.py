"""A folded run as what must be present of it: words, numbers with their measure, and what they are called otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Protocol

from indexer.analysis.measures import equal_measures
from indexer.analysis.number_spellings import Unit, find_units
from indexer.analysis.wordings import LONGEST, beginnings_of_wordings, other_wordings
from indexer.model.records import record

# What counts even where a word goes on with it: 3 of 3月份 is no number without it.
_OF_DATES = "年月日天时"
# What a number of days stands after that is the day of a date.
_BEFORE_DAY = ("月", "第")


class Cutter(Protocol):
    """What cuts folded text: the analyzer, or what remembers its cuts."""

    def cut(self, chars: str) -> list[str]:
        """Return all pieces of folded text, marks included."""

    def knows(self, word: str) -> bool:
        """Tell whether a folded word stands in a dictionary."""


@record
class Piece:
    """A piece of a run; all pieces of a run, one after the other, are the run.

    Attributes:
        text: folded characters.
        is_unit: whether it is a number with its measure, which no other number may be a part of.
        article: of a paragraph of an article the article, which alone has a number in a text; else empty.
        others: what it is called otherwise.
        equals: of an amount, a share or a time of day what says as much in another measure.
        documents: of a name the ids of the documents that it means.
    """

    text: str
    is_unit: bool = False
    article: str = ""
    others: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def pieces_of(run: str, cutter: Cutter, *, regional: bool = True) -> list[Piece]:
    """Return a folded run as pieces, marks included."""
    pieces: list[Piece] = []
    position = 0
    for unit in units_of(run, cutter):
        pieces += _words(run[position : unit.start], cutter, regional=regional)
        pieces.append(_unit(run, unit))
        position = unit.end
    return [*pieces, *_words(run[position:], cutter, regional=regional)]


def _unit(run: str, unit: Unit) -> Piece:
    text = run[unit.start : unit.end]
    is_of_date = run[: unit.start].rstrip(" ").endswith(_BEFORE_DAY)
    return Piece(
        text,
        is_unit=True,
        article=run[unit.start : unit.article_end] if unit.article_end else "",
        equals=() if is_of_date else equal_measures(text),
    )


def units_of(run: str, cutter: Cutter) -> Iterator[Unit]:
    """Yield the units of a folded run but those that are part of a word, or end in one: 一次 of 一次性, 图3 of 地图3,
    5处 of 5处理.
    """
    units = find_units(run)
    if not units:
        return
    known = [(start, end) for start, end in _edges(cutter.cut(run)) if cutter.knows(run[start:end])]
    for unit in units:
        inside = (
            start < unit.start < end
            or (start <= unit.start and unit.end < end)
            or (unit.start < start < unit.end < end and run[start] not in _OF_DATES)
            for start, end in known
        )
        if not any(inside):
            yield unit


def _words(chars: str, cutter: Cutter, *, regional: bool) -> Iterator[Piece]:
    """Yield segmented pieces; those that only together are a word with another wording are made one."""
    pieces = cutter.cut(chars)
    beginnings = beginnings_of_wordings() if regional else frozenset()
    at = start = 0
    while at < len(pieces):
        size = _size_with_wordings(pieces, at) if chars[start : start + 2] in beginnings else 0
        text = "".join(pieces[at : at + size]) if size else pieces[at]
        yield Piece(text, others=other_wordings()[text] if size else (), equals=equal_measures(text))
        at += size or 1
        start += len(text)


def _size_with_wordings(pieces: Sequence[str], at: int) -> int:
    """Return how many pieces from ``at`` are the longest word that has another wording; 0 for none."""
    text, found = "", 0
    for size, piece in enumerate(pieces[at : at + LONGEST], 1):
        text += piece
        if len(text) > LONGEST:
            break
        if text in other_wordings():
            found = size
    return found


def _edges(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    return pairwise(accumulate(map(len, pieces), initial=0))
