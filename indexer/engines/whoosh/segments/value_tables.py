"""Values that repeat: numbered as they are written, and looked into once for all rows that have them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Mask

Value = TypeVar("Value", bound=Hashable)
# Whether a place counts: the texts, and where in them it begins and ends.
PlaceTest: TypeAlias = Callable[[str, int, int], bool]
# Parts the texts; folding lets no lone surrogate pass, so that no text and no query holds it.
_END = "\udfff"
_CODE_BITS = 21


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

    def containing(self, spelling: str, test: PlaceTest | None = None) -> Mask:
        """Which values have a folded text that contains ``spelling``; only where ``test`` lets it, if given."""
        found = np.zeros(len(self.folded), dtype=bool)
        found[self._owners[self._joined.containing(spelling, test)]] = True
        return found

    @cached_property
    def _joined(self) -> JoinedTexts:
        return JoinedTexts([text for texts in self.folded for text in texts])

    @cached_property
    def _owners(self) -> np.ndarray:
        """The value that each of the texts is of."""
        return np.repeat(np.arange(len(self.folded)), list(map(len, self.folded)))

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
        starts = self._occurrences(spelling)
        if test is not None:
            passing = (test(self._text, start, start + len(spelling)) for start in starts.tolist())
            starts = starts[np.fromiter(passing, dtype=bool, count=len(starts))]
        found[np.searchsorted(self._starts, starts, side="right") - 1] = True
        return found

    def _occurrences(self, spelling: str) -> np.ndarray:
        """Where ``spelling`` begins."""
        codes = _codes(spelling)
        if len(codes) < 2:
            return np.flatnonzero(self._codes == codes[0]) if len(codes) else np.arange(len(self._text))
        order, keys = self._pairs
        key = _pair_keys(codes[:2])[0]
        starts = order[np.searchsorted(keys, key) : np.searchsorted(keys, key, side="right")]
        starts = starts[starts + len(codes) <= len(self._text)]
        for offset, code in enumerate(codes[2:], 2):
            starts = starts[self._codes[starts + offset] == code]
        return starts

    @cached_property
    def _codes(self) -> np.ndarray:
        return _codes(self._text)

    @cached_property
    def _pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Where pairs of adjacent characters begin, by pair; and the pairs in order."""
        keys = _pair_keys(self._codes)
        order = np.argsort(keys, kind="stable").astype(np.int32)
        return order, keys[order]

    def containing_all(self, pieces: Sequence[Sequence[str]]) -> Mask:
        """Which texts contain one of the spellings of each of ``pieces``."""
        found = np.ones(self._size, dtype=bool)
        for spellings in pieces:
            found &= np.logical_or.reduce([self.containing(spelling) for spelling in spellings])
        return found


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _pair_keys(codes: np.ndarray) -> np.ndarray:
    keys: np.ndarray = (codes[:-1].astype(np.int64) << _CODE_BITS) | codes[1:]
    return keys
