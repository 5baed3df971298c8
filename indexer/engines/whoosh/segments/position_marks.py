"""What is known of each position of a segment: a bit each, and what stands at those that have one.

    breaks            no word character stands there (``may_be_wild``), as at the free position after each row
    edges             a segmented piece begins there, or a row has ended
    otherwise         the character is written otherwise than it folds
    otherwise.codes   as what code point, for each of these positions; ``UNKNOWN`` where only the text tells

Eight positions take a byte, the first its lowest bit, up to a whole number of words of 64 beyond the last position. In
segments of programs that did not write them, they are derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import ArrayCache, Mask, Numbers
from indexer.query.spans import may_be_wild

CODE_POINTS = 0x110000
_WORD = 64
# The code point of a character that only the text tells: of all, it alone folds to what no position has.
UNKNOWN = 0
_NOT_ASKED, _FAILED, _PASSED = range(3)


class CharacterTest:
    """A test of characters, each of which is put to it once."""

    def __init__(self, test: Callable[[str], bool]) -> None:
        self._test = test
        self._results = np.zeros(CODE_POINTS, dtype=np.uint8)  # none is asked

    def __call__(self, codes: np.ndarray) -> Mask:
        """Which of these code points pass it."""
        results = self._results.take(codes)
        if not results.all():
            for code in np.unique(codes[results == _NOT_ASKED]).tolist():
                self._results[code] = _PASSED if self._test(chr(code)) else _FAILED
            results = self._results.take(codes)
        passed: Mask = results == _PASSED
        return passed


_may_be_wild = CharacterTest(may_be_wild)


class Bits:
    """A set of positions.

    Args:
        octets: as they stand in a file.
        name: of the set.
        cache: keeps how many positions it has before each word.
    """

    def __init__(self, octets: np.ndarray, name: str, cache: ArrayCache) -> None:
        self._octets, self._name, self._cache = octets, name, cache

    def holding(self, positions: Numbers) -> Mask:
        """Which of ``positions``, all of them in the segment, it has."""
        held: Mask = (self._octets[positions >> 3] >> (positions & 7).astype(np.uint8) & 1).astype(bool)
        return held

    def before(self, positions: Numbers) -> Numbers:
        """How many it has before each of ``positions``, all of them in the segment, or where it ends."""
        words = positions // _WORD
        below = (np.uint64(1) << (positions % _WORD).astype(np.uint64)) - np.uint64(1)
        (before_words,) = self._cache.get(("before words", self._name), self._before_words)
        counts: Numbers = before_words[words] + np.bitwise_count(self._words[words] & below)
        return counts

    @property
    def _words(self) -> np.ndarray:
        return self._octets.view("<u8")

    def _before_words(self) -> tuple[np.ndarray]:
        counts = np.bitwise_count(self._words)
        return (np.cumsum(counts, dtype=np.int32) - counts,)


class BitWriter:
    """Puts together a set of positions of which masks tell, one after the other."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []
        self._rest = np.zeros(0, dtype=bool)
        self._size = 0

    def extend(self, mask: Mask) -> None:
        """Append positions."""
        marks = np.concatenate((self._rest, mask))
        whole = len(marks) & ~7
        self._parts.append(np.packbits(marks[:whole], bitorder="little"))
        self._rest, self._size = marks[whole:], self._size + len(mask)

    @classmethod
    def of(cls, masks: Iterable[Mask]) -> BitWriter:
        """Put all of them together."""
        writer = cls()
        for mask in masks:
            writer.extend(mask)
        return writer

    def octets(self) -> np.ndarray:
        """What stands in a file."""
        rest = np.packbits(self._rest, bitorder="little")
        joined = np.concatenate([*self._parts, rest])
        octets = np.zeros((self._size // _WORD + 1) * (_WORD // 8), dtype=np.uint8)
        octets[: len(joined)] = joined
        return octets


def breaks_of(codes: np.ndarray, lengths: Numbers) -> Mask:
    """The breaks of some rows, by the code points of their folded texts, which stand end to end, and their lengths."""
    return with_free_positions(~_may_be_wild(codes), lengths, value=True)


def edges_of(pieces: bytes, sizes: Numbers, lengths: Numbers) -> Mask:
    """The edges of some rows.

    Args:
        pieces: what ``layout.encode_lengths`` made of the pieces of each, end to end.
        sizes: bytes of each row's.
        lengths: folded characters of each.
    """
    own, counts = layout.decode_all_lengths(pieces, np.cumsum(sizes, dtype=np.int64))
    is_edge = np.zeros(int(lengths.sum()) + len(lengths), dtype=bool)
    own_ends = np.cumsum(own, dtype=np.int64)
    is_edge[own_ends - own + np.repeat(np.arange(len(lengths)), counts)] = True
    is_edge[np.cumsum(lengths + 1) - 1] = True
    return is_edge


def with_free_positions(mask: Mask, lengths: Numbers, *, value: bool) -> Mask:
    """What a mask of the characters of some rows is for their positions, ``value`` being that of the free ones."""
    is_character = np.ones(len(mask) + len(lengths), dtype=bool)
    is_character[np.cumsum(lengths + 1) - 1] = False
    of_all = np.full(len(is_character), value)
    of_all[is_character] = mask
    return of_all
