"""Passages as tokens → posting lists, a whole segment at once, without a loop over characters.

The lists of a field are made in parts, of some terms each: what sorts a million occurrences stays in the caches of a
processor, and takes little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers
from indexer.engines.whoosh.segments.occurrences import Occurrences, in_portions, parted
from indexer.engines.whoosh.segments.prepared import PreparedRows
from indexer.engines.whoosh.segments.stored_texts import Strings
from indexer.engines.whoosh.segments.value_tables import Numbering

# Code points of the longest text that is a number, and bits of each.
_PACKED, _BITS = 4, 16
# Makes the posting lists of some terms of a field; what sorts them lets other threads go on.
Part: TypeAlias = Callable[[], Occurrences]


class Inverter:
    """Gathers the tokens of rows that come in order.

    Attributes:
        characters: folded characters so far; what it holds in memory grows with them.
    """

    def __init__(self) -> None:
        self.characters = 0
        self._codes: list[np.ndarray] = [np.empty(0, dtype=np.uint8)]
        self._rows: list[Numbers] = [NO_ROWS]
        self._lengths: list[Numbers] = [NO_ROWS]
        self._vocabularies: list[Strings] = []
        self._vocabulary_size = np.int32(0)
        self._words: list[np.ndarray] = [np.empty(0, dtype=np.int32)]
        self._word_counts: list[Numbers] = [NO_ROWS]

    def add(self, first: int, rows: PreparedRows, codes: np.ndarray) -> None:
        """Append the tokens of rows that get the numbers from ``first``; ``codes`` are their folded code points."""
        self._rows.append(np.arange(first, first + len(rows)))
        self._lengths.append(rows.folded.lengths)
        self._codes.append(codes.astype(np.min_scalar_type(codes.max(initial=0))))
        self._words.append(rows.words + self._vocabulary_size)
        self._vocabularies.append(rows.vocabulary)
        self._vocabulary_size += len(rows.vocabulary.lengths)
        self._word_counts.append(rows.columns["words"])
        self.characters += len(codes)

    def parts(self, field: str, starts: Numbers) -> Iterator[Part]:
        """What makes the posting lists of a field, some terms after the other.

        Args:
            field: one of ``layout.FIELDS``.
            starts: the positions of all rows' first characters.
        """
        if field == layout.WORDS:
            vocabulary, keys = self._ranked_words()
            make = partial(_in_rows, vocabulary, keys, self._rows_of(self._word_counts))
            return _Shares.of(keys, len(vocabulary)).parts(make, len(keys))
        distinct, numbers, rows = self._characters
        if field == layout.CHARS:
            return self._shares.parts(partial(_in_rows, distinct, numbers, rows), len(numbers))
        pairs = max(0, len(numbers) - 1)
        return self._shares.parts(partial(_pairs, distinct, numbers, rows, self._shifts(starts)), pairs)

    @cached_property
    def _characters(self) -> tuple[Numbers, np.ndarray, np.ndarray]:
        """The distinct code points, and for each character the number of its own among them and its row."""
        return *_compact(np.concatenate(self._codes)), self._rows_of(self._lengths)

    @cached_property
    def _shares(self) -> _Shares:
        """The characters shared out; pairs go with their first."""
        distinct, numbers, _ = self._characters
        return _Shares.of(numbers, len(distinct))

    def _rows_of(self, counts: Sequence[Numbers]) -> np.ndarray:
        """The row of each occurrence, of which each row has so many."""
        return np.repeat(np.concatenate(self._rows).astype(np.int32), np.concatenate(counts))

    def _shifts(self, starts: Numbers) -> np.ndarray:
        """For each row by how much the positions of its characters are beyond their places among all characters."""
        rows, lengths = np.concatenate(self._rows), np.concatenate(self._lengths)
        shifts = np.zeros(len(starts), dtype=np.int32 if starts[-1] <= np.iinfo(np.int32).max else np.int64)
        shifts[rows] = starts[rows] - (np.cumsum(lengths) - lengths)
        return shifts

    def _ranked_words(self) -> tuple[np.ndarray, np.ndarray]:
        """The distinct words in order, and for each word of the rows the number of its own among them."""
        distinct, numbers = ranked(Strings.joining(self._vocabularies))
        return distinct, numbers.take(np.concatenate(self._words))


def ranked(texts: Strings) -> tuple[np.ndarray, np.ndarray]:
    """The distinct texts in order, and for each text the number of its own among them.

    Short ones are sorted as numbers: looking up a million words of documents one by one takes three times as long.
    """
    codes, ends = texts.codes(), np.cumsum(texts.lengths)
    is_short = texts.lengths <= _PACKED
    is_short[ends.searchsorted(np.flatnonzero((codes == 0) | (codes >> _BITS > 0)), side="right")] = False
    packed, numbers = np.unique(_pack(codes, ends[is_short], texts.lengths[is_short]), return_inverse=True)
    long: Numbering[str] = Numbering()
    bounds = np.stack([ends - texts.lengths, ends], axis=1)[~is_short].tolist()
    long_numbers = [long[texts.joined[start:end]] for start, end in bounds]
    distinct = [*_unpack(packed), *long]
    order = sorted(range(len(distinct)), key=distinct.__getitem__)
    ranks = np.empty(len(distinct), dtype=np.int32)
    ranks[order] = np.arange(len(distinct))
    ranked_texts = np.empty(len(ends), dtype=np.int32)
    ranked_texts[is_short] = ranks[numbers]
    ranked_texts[~is_short] = ranks[len(packed) :][long_numbers]
    return np.array([distinct[number] for number in order], dtype=object), ranked_texts


def _pack(codes: np.ndarray, ends: Numbers, lengths: Numbers) -> np.ndarray:
    """A number for each short text, none of whose code points is 0 or takes more than ``_BITS``."""
    packed = np.zeros(len(ends), dtype=np.uint64)
    for at in range(_PACKED):
        held = lengths > at
        packed[held] |= codes[(ends - lengths)[held] + at].astype(np.uint64) << _BITS * (_PACKED - 1 - at)
    return packed


def _unpack(packed: np.ndarray) -> list[str]:
    """The inverse of ``_pack``."""
    shifts = np.arange(_PACKED - 1, -1, -1, dtype=np.uint64) * _BITS
    codes = (packed[:, None] >> shifts & (1 << _BITS) - 1).astype(np.uint32)
    texts: list[str] = codes.view(f"<U{_PACKED}").ravel().tolist()
    return texts


@dataclass(frozen=True)
class _Shares:
    """Occurrences shared out, some terms to a part.

    Attributes:
        bounds: the number of the first term of each part, and the one after all.
        part_of: the part of each occurrence.
    """

    bounds: list[int]
    part_of: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, count: int) -> _Shares:
        """Share out occurrences whose terms ``keys`` say, by their numbers below ``count``."""
        counts = sum(
            (np.bincount(some, minlength=count) for some in in_portions(keys)), np.zeros(count, dtype=np.int64)
        )
        bounds = parted(counts, count)
        part_of_term = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)).astype(np.min_scalar_type(len(bounds)))
        part_of = np.concatenate([part_of_term[:0], *(part_of_term.take(some) for some in in_portions(keys))])
        return cls(bounds, part_of)

    def parts(self, make: Callable[[int, int, np.ndarray], Occurrences], count: int) -> Iterator[Part]:
        """What makes the lists of each part, of the first ``count`` occurrences: ``make`` gets the first of some terms,
        the one after the last, and the places of their occurrences.
        """
        for number, (first, end) in enumerate(pairwise(self.bounds)):
            yield partial(_part, self.part_of[:count], number, partial(make, first, end))


def _part(part_of: np.ndarray, number: int, make: Callable[[np.ndarray], Occurrences]) -> Occurrences:
    return make(np.flatnonzero(part_of == number))


def _in_rows(
    terms: np.ndarray, keys: np.ndarray, rows: np.ndarray, first: int, end: int, places: np.ndarray
) -> Occurrences:
    """The occurrences at ``places`` of terms from number ``first``, by the row of each."""
    found = Occurrences.in_order(keys[places] - first, rows[places])
    return Occurrences(terms[first:end][found.terms], found.sizes, found.postings)


def _pairs(
    distinct: np.ndarray,
    numbers: np.ndarray,
    rows: np.ndarray,
    shifts: np.ndarray,
    first: int,
    end: int,
    places: np.ndarray,
) -> Occurrences:
    """The pairs at ``places`` whose first character has a number from ``first``, by the position of each: of characters
    next to each other in one row.
    """
    places = places[rows[places] == rows[places + 1]]
    count = len(distinct)
    keys = (numbers[places] - first).astype(np.uint32 if (end - first) * count <= 1 << 32 else np.int64)
    np.multiply(keys, count, out=keys)
    np.add(keys, numbers[places + 1], out=keys)
    found = Occurrences.in_order(keys, (places + shifts.take(rows[places])).astype(shifts.dtype))
    one, other = np.divmod(found.terms.astype(np.int64), max(1, count))
    return Occurrences(layout.pair_key(1, 0) * distinct[one + first] + distinct[other], found.sizes, found.postings)


def _compact(codes: np.ndarray) -> tuple[Numbers, np.ndarray]:
    """The distinct code points in order, and for each character the number of its own among them, in few bytes."""
    present = np.zeros(0x110000, dtype=bool)
    for some in in_portions(codes):
        present[some.astype(np.intp)] = True
    distinct = np.flatnonzero(present)
    numbers = np.cumsum(present, dtype=np.int32) - 1
    return distinct, numbers.astype(np.uint16 if len(distinct) <= 1 << 16 else np.int32).take(codes)
