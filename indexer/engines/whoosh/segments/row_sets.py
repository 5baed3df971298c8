"""Sets of rows (or of sections): ascending numbers while they are few, a bit for each where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, in_order, mark
from indexer.engines.whoosh.segments.posting import changes

# So many numbers are put in order faster than a mask over a segment is read through.
_FEW = 1_000
# Sets of more than a segment's size by this number are united and intersected as bits.
_DENSE = 32
# Finding a number among others in order takes as long as marking so many in a mask; clearing so many, as marking one.
# So many are found among bits before a mask of them is made.
_SEARCHED, _CLEARED, _LOOKED_UP = 32, 128, 256
# Bits of a word of ``RowSet.bits``, and those of an octet, the first number's first.
_WORD = 64
_ONES = np.array([128, 64, 32, 16, 8, 4, 2, 1], dtype=np.uint8)
# Of so many numbers one is added to bits in the time that all take to be made a mask of, and that to be made bits.
_ADDED = 40
# Where fewer than one of so many are marked, NumPy takes 10 to 40 ns to find each, and where more are, a ns to look at
# one; where fewer than one of so many are, packing all takes longer than finding them.
_SPARSE, _RARE = 10, 160
# Of a mask up to this size, that is less than what else would be done.
_SMALL = 1 << 14


class RowSet:
    """A set of numbers from 0 to below ``size``, known by at least one of ``rows``, ``mask`` and ``bits``; the others
    are made of it when they are asked for. Made once, then only read.
    """

    __slots__ = ("_bits", "_mask", "_rows", "size")

    def __init__(
        self,
        size: int,
        *,
        rows: Numbers | None = None,
        mask: Mask | None = None,
        bits: NDArray[np.uint64] | None = None,
    ) -> None:
        self.size = size
        self._rows = NO_ROWS if rows is None and mask is None and bits is None else rows
        self._mask = mask
        self._bits = bits

    @classmethod
    def of_array(cls, size: int, array: np.ndarray) -> RowSet:
        """The set that ``as_array`` was told of."""
        return cls(size, bits=array) if array.dtype == np.uint64 else cls(size, rows=array)

    @classmethod
    def of_occurrences(cls, size: int, rows: Numbers) -> RowSet:
        """The set of ``rows``, which ascend, some of them there several times."""
        if len(rows) <= max(_FEW, size // _DENSE):
            return cls(size, rows=rows[changes(rows)])
        return cls(size, mask=mark(np.zeros(size, dtype=bool), rows))  # which is what becomes of many

    def as_array(self) -> np.ndarray:
        """Its members in few bytes: in order, or of many a bit for each number."""
        return self.bits if len(self) > max(_FEW, self.size // _DENSE) else self.rows.astype(np.int32)

    @property
    def rows(self) -> Numbers:
        """Its members in order."""
        if self._rows is None:
            self._rows = self._list()
        elif self._rows.dtype != np.intp:  # other types are converted at every use
            self._rows = self._rows.astype(np.intp)
        return self._rows

    def _list(self) -> Numbers:
        """Its members, of which the mask or the bits are known."""
        if self._bits is None or len(self) * _SPARSE >= self.size:
            return marked(self.mask)
        return _numbers_of(self._bits.view(np.uint8))

    @property
    def listed(self) -> Numbers:
        """The same as they are kept: numbers that others are not found by."""
        return self.rows if self._rows is None else self._rows

    @property
    def mask(self) -> Mask:
        """For each number whether it is a member."""
        if self._mask is None and self._bits is not None:
            self._mask = np.unpackbits(self._bits.view(np.uint8), count=self.size).view(np.bool_)
        elif self._mask is None:
            self._mask = mark(np.zeros(self.size, dtype=bool), self.rows)
        return self._mask

    @property
    def bits(self) -> NDArray[np.uint64]:
        """The mask, a bit for each number: an eighth of the bytes to be gone through."""
        if self._bits is None:
            bits = np.zeros(-(-self.size // _WORD), dtype=np.uint64)
            if self._mask is None and self._rows is not None and len(self._rows) * _ADDED < self.size:
                _add(bits, self._rows)
            else:
                packed = np.packbits(self.mask)
                bits.view(np.uint8)[: len(packed)] = packed
            self._bits = bits
        return self._bits

    @property
    def is_listed(self) -> bool:
        """Whether its members are known as a list, so that it costs nothing to go through them."""
        return self._rows is not None

    @property
    def is_short(self) -> bool:
        """Whether it is listed, and a few at most."""
        return self._rows is not None and len(self._rows) <= _FEW

    def __len__(self) -> int:
        return len(self._rows) if self._rows is not None else int(np.bitwise_count(self.bits).sum())

    @property
    def is_empty(self) -> bool:
        """Whether it has no member."""
        return not (len(self._rows) if self._rows is not None else self.bits.any())

    def holding(self, numbers: Numbers) -> Mask:
        """Which of ``numbers`` are members."""
        if self._mask is None and self._rows is not None:
            if len(numbers) * _SEARCHED < len(self._rows) + self.size // _CLEARED:
                return members(self._rows, numbers)
        elif self._mask is None and self._bits is not None and len(numbers) * _LOOKED_UP < self.size:
            octets = self._bits.view(np.uint8).take(numbers >> 3)
            held: Mask = (octets << (numbers & 7).astype(np.uint8)) >> 7 == 1
            return held
        found: Mask = self.mask.take(numbers)
        return found

    @property
    def is_dense(self) -> bool:
        """Whether it is handled as bits: it is not known as a list, or has many members."""
        return self._rows is None or len(self._rows) * _DENSE > self.size


def intersection(sets: Sequence[RowSet]) -> RowSet:
    """What is in all of ``sets``, at least one."""
    if all(each.is_dense for each in sets):
        return RowSet(sets[0].size, bits=reduce(np.bitwise_and, [each.bits for each in sets]))
    shortest = min((each for each in sets if not each.is_dense), key=len)
    rows = shortest.rows
    for each in sets:
        if each is not shortest:
            rows = rows[each.holding(rows)]
    return RowSet(shortest.size, rows=rows)


def union(sets: Sequence[RowSet], size: int) -> RowSet:
    """What is in any of ``sets``, none or more of them."""
    kept = [each for each in sets if not (each.is_listed and each.is_empty)]
    if len(kept) <= 1:
        return kept[0] if kept else RowSet(size)
    if all(each.is_listed for each in kept) and sum(map(len, kept)) < _FEW:
        rows = in_order([each.listed for each in kept])
        return RowSet(size, rows=rows[changes(rows)])
    dense = [each.bits for each in kept if each.is_dense]
    found = RowSet(size, bits=reduce(np.bitwise_or, dense)) if dense else RowSet(size)
    sparse = [each.listed for each in kept if not each.is_dense]
    return _with_rows(found, sparse) if sparse else found


def _with_rows(found: RowSet, others: Sequence[Numbers]) -> RowSet:
    """A set and other members, each of ``others`` without repetition."""
    if sum(map(len, others)) * _ADDED < found.size:
        bits = found.bits.copy()
        for rows in others:
            _add(bits, rows)
        return RowSet(found.size, bits=bits)
    mask = found.mask  # nobody else has it
    for rows in others:
        mark(mask, rows)
    return RowSet(found.size, mask=mask)


def _add(bits: NDArray[np.uint64], rows: Numbers) -> None:
    """Add members, each there once, to a set's ``bits``."""
    octets, at, ones = bits.view(np.uint8), rows >> 3, _ONES.take(rows & 7)
    (missing,) = ((octets.take(at) & ones) == 0).nonzero()
    np.add.at(octets, at.take(missing), ones.take(missing))  # which NumPy has made quick, unlike others of its kind


def difference(minuend: RowSet, subtrahend: RowSet) -> RowSet:
    """What is in the first and not in the second."""
    if subtrahend.is_listed and subtrahend.is_empty:
        return minuend
    if minuend.is_dense:
        return RowSet(minuend.size, bits=minuend.bits & ~subtrahend.bits)
    return RowSet(minuend.size, rows=minuend.rows[~subtrahend.holding(minuend.rows)])


def marked(mask: Mask) -> Numbers:
    """The numbers that are marked in a mask, in order."""
    size, count = len(mask), np.count_nonzero(mask)
    is_thin = size >= _SMALL and count * _SPARSE < size < count * _RARE
    return _numbers_of(np.packbits(mask)) if is_thin else np.flatnonzero(mask)


def _numbers_of(octets: NDArray[np.uint8]) -> Numbers:
    """The same of a mask of bits: only those that stand with a marked one are looked at."""
    (held,) = (octets != 0).nonzero()  # ten times as quick as of numbers
    (places,) = np.unpackbits(octets.take(held)).view(np.bool_).nonzero()
    numbers: Numbers = (held << 3).take(places >> 3) + (places & 7)
    return numbers


def members(ascending: Numbers, wanted: Numbers) -> Mask:
    """Which of ``wanted`` stand in ``ascending``."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=bool)
    places = ascending.searchsorted(wanted.astype(ascending.dtype, copy=False))  # another type would convert all
    found: Mask = ascending[np.minimum(places, len(ascending) - 1)] == wanted
    return found
