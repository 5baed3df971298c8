"""Values that repeat: numbered as they are written, and looked into once for all rows that have them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Mask

Value = TypeVar("Value", bound=Hashable)
# Whether a place counts: the texts, and where in them it begins and ends.
PlaceTest: TypeAlias = Callable[[str, int, int], bool]
# Parts the texts; folding lets no lone surrogate pass, so that no text and no query holds it.
_END = "\udfff"


class Numbering(dict[Value, int]):
    """Numbers values from 0 as they are first asked for; iterating gives them in that order."""

    def __missing__(self, value: Value) -> int:
        number = self[value] = len(self)
        return number


@dataclass(frozen=True)
class ValueTable:
    """A column whose values repeat: the distinct values, original and folded, and the value number of each row."""

    originals: Sequence[tuple[str, ...]]
    folded: Sequence[tuple[str, ...]]
    numbers: np.ndarray

    def where(self, test: Callable[[Sequence[str]], bool], values: Sequence[tuple[str, ...]]) -> Mask:
        """Which of ``values`` (``originals`` or ``folded``) pass ``test``."""
        return np.fromiter(map(test, values), dtype=bool, count=len(values))


class JoinedTexts:
    """Folded texts in one string, so that looking into all of them is one search."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._text = "".join(text + _END for text in texts)
        self._starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]

    def containing(self, spelling: str, test: PlaceTest | None = None) -> Mask:
        """Which texts contain ``spelling``; only where ``test`` lets it, if given."""
        found = np.zeros(self._size, dtype=bool)
        starts = [
            start
            for start in _occurrences(self._text, spelling)
            if test is None or test(self._text, start, start + len(spelling))
        ]
        if starts:
            found[np.searchsorted(self._starts, starts, side="right") - 1] = True
        return found

    def containing_all(self, pieces: Sequence[Sequence[str]]) -> Mask:
        """Which texts contain one of the spellings of each of ``pieces``."""
        found = np.ones(self._size, dtype=bool)
        for spellings in pieces:
            found &= np.logical_or.reduce([self.containing(spelling) for spelling in spellings])
        return found


def _occurrences(text: str, spelling: str) -> Iterator[int]:
    start = text.find(spelling)
    while start >= 0:
        yield start
        start = text.find(spelling, start + 1)
