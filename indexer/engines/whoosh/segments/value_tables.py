"""Values that repeat: numbered as they are written, and looked into once for all rows that have them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeAlias, TypeVar

import numpy as np

from indexer.engines import budget
from indexer.engines.whoosh.segments.array_cache import Mask
from indexer.engines.whoosh.segments.posting import changes
from indexer.model import Glob, Literal
from indexer.query.spans import Value, holds, is_typed, spans, surely_written

Numbered = TypeVar("Numbered", bound=Hashable)
# Whether a place counts: the texts, and where in them it begins and ends.
PlaceTest: TypeAlias = Callable[[str, int, int], bool]
# Parts the texts; folding lets no lone surrogate pass, so that no text and no query holds it.
_END = "\udfff"
_CODE_BITS = 21
# Putting pairs of characters in order takes as long as going through the texts so many times.
_PAID = 20


class Numbering(dict[Numbered, int]):
    """Numbers values from 0 as they are first asked for; iterating gives them in that order."""

    def __missing__(self, value: Numbered) -> int:
        number = self[value] = len(self)
        return number


@dataclass(eq=False, repr=False)
class ValueTable:
    """A column whose values repeat: the distinct values, original and folded, and the value number of each row."""

    originals: Sequence[tuple[str, ...]]
    folded: Sequence[tuple[str, ...]]
    numbers: np.ndarray

    def containing(self, spelling: str, test: PlaceTest | None = None) -> Mask:
        """Which values have a folded text that contains ``spelling``; only where ``test`` lets it, if given."""
        return self._with(self._texts.containing(spelling, test))

    def holding(self, leaf: Literal | Glob) -> Mask:
        """Which values have a text that holds ``leaf``."""
        return self._with(self._texts.holding(leaf))

    def _with(self, texts: Mask) -> Mask:
        """The values that have any of ``texts``."""
        found = np.zeros(len(self.folded), dtype=bool)
        found[self._owners[texts]] = True
        return found

    @cached_property
    def _texts(self) -> ValueTexts:
        return ValueTexts(list(chain.from_iterable(self.originals)), list(chain.from_iterable(self.folded)))

    @cached_property
    def _owners(self) -> np.ndarray:
        """The value that each of the texts is of."""
        return np.repeat(np.arange(len(self.folded)), list(map(len, self.folded)))

    def where(self, test: Callable[[Sequence[str]], bool], values: Sequence[tuple[str, ...]]) -> Mask:
        """Which of ``values`` (``originals`` or ``folded``) pass ``test``."""
        return np.fromiter(map(test, values), dtype=bool, count=len(values))


class ValueTexts:
    """Texts that are not segmented, original and folded. What they hold is told of all at once wherever it can be; only
    the others are looked at one by one.
    """

    def __init__(self, originals: Sequence[str], folded: Sequence[str]) -> None:
        self._originals, self._folded = originals, folded

    def prepare(self) -> None:
        """See ``JoinedTexts.prepare``."""
        self._joined.prepare()

    def containing(self, spelling: str, test: PlaceTest | None = None) -> Mask:
        """Which texts contain ``spelling``, folded; only where ``test`` lets it, if given."""
        return self._joined.containing(spelling, test)

    def holding(self, leaf: Literal | Glob) -> Mask:
        """Which texts hold ``leaf``."""
        if isinstance(leaf, Glob) and not (leaf.is_bound or is_typed(leaf)):
            return self._joined.holding(leaf)
        tried = self._joined.containing_all([leaf.spellings] if isinstance(leaf, Literal) else budget.pieces(leaf))
        holding = tried & self._written(leaf)
        for number in np.flatnonzero(tried & ~holding).tolist():
            holding[number] = holds(self._value(number), leaf)
        return holding

    def _written(self, leaf: Literal | Glob) -> Mask:
        """Which texts hold the very characters that were typed, without white space among them."""
        if isinstance(leaf, Literal) and (written := surely_written(leaf)):
            return self._joined_originals.containing(written)
        return np.zeros(len(self._folded), dtype=bool)

    def _value(self, number: int) -> Value:
        folded = self._folded[number]
        return Value(folded, self._originals[number], (len(folded),))

    @cached_property
    def _joined(self) -> JoinedTexts:
        return JoinedTexts(self._folded)

    @cached_property
    def _joined_originals(self) -> JoinedTexts:
        return JoinedTexts(self._originals)


class JoinedTexts:
    """Folded texts in one string, so that looking into all of them is one search."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._text = "".join(text + _END for text in texts)
        self._starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
        self._sought = 0

    def prepare(self) -> None:
        """Put the pairs of characters in order, which a process that asks once does without."""
        self._sought = _PAID
        self._occurrences("字")

    def containing(self, spelling: str, test: PlaceTest | None = None) -> Mask:
        """Which texts contain ``spelling``; only where ``test`` lets it, if given."""
        found = np.zeros(self._size, dtype=bool)
        starts = self._occurrences(spelling)
        if test is not None:
            passing = (test(self._text, start, start + len(spelling)) for start in starts.tolist())
            starts = starts[np.fromiter(passing, dtype=bool, count=len(starts))]
        found[np.searchsorted(self._starts, starts, side="right") - 1] = True
        return found

    def holding(self, glob: Glob) -> Mask:
        """Which texts hold a glob that is bound to no end of a word: no wild character stands for what parts them."""
        found = np.zeros(self._size, dtype=bool)
        starts = [start for start, _ in spans(Value(self._text), glob)]
        found[np.searchsorted(self._starts, starts, side="right") - 1] = True
        return found

    def _occurrences(self, spelling: str) -> np.ndarray:
        """Where ``spelling`` begins."""
        if not spelling:
            return np.arange(len(self._text))
        self._sought += 1
        if self._sought <= _PAID:  # a process may ask once
            return np.array([*_beginnings(self._text, spelling)], dtype=np.int64)
        codes = _codes(spelling)
        keys, firsts, order = self._pairs
        bounds = _pairs_beginning_with(codes[:2])  # after the last character of a text stands what parts the texts
        starts = order[slice(*firsts[np.searchsorted(keys, bounds)])]
        starts = starts[starts + len(codes) <= len(self._text)]
        for offset, code in enumerate(codes[2:], 2):
            if not len(starts):
                break
            starts = starts[self._codes[starts + offset] == code]
        return starts

    @cached_property
    def _codes(self) -> np.ndarray:
        return _codes(self._text)

    @cached_property
    def _pairs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The distinct pairs of adjacent characters, in order; where in the last those of each begin, and at the end
        how many there are; where pairs begin in the text, by pair.
        """
        keys = _pair_keys(self._codes)
        order = np.argsort(keys, kind="stable").astype(np.int32)
        sorted_keys = keys[order]
        firsts = changes(sorted_keys)
        return sorted_keys[firsts], np.append(firsts, len(keys)), order

    def containing_all(self, pieces: Sequence[Sequence[str]]) -> Mask:
        """Which texts contain one of the spellings of each of ``pieces``."""
        found = np.ones(self._size, dtype=bool)
        for spellings in pieces:
            found &= np.logical_or.reduce([self.containing(spelling) for spelling in spellings])
        return found


def _beginnings(text: str, spelling: str) -> Iterator[int]:
    at = text.find(spelling)
    while at >= 0:
        yield at
        at = text.find(spelling, at + 1)


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _pairs_beginning_with(codes: np.ndarray) -> tuple[int, int]:
    """The key of the first pair that begins with one or two characters, and the one after the last such."""
    first, *second = codes.tolist()
    if not second:
        return first << _CODE_BITS, (first + 1) << _CODE_BITS
    key = (first << _CODE_BITS) | second[0]
    return key, key + 1


def _pair_keys(codes: np.ndarray) -> np.ndarray:
    keys: np.ndarray = (codes[:-1].astype(np.int64) << _CODE_BITS) | codes[1:]
    return keys
