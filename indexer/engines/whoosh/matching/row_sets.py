"""Sets of rows (or of sections): ascending numbers while they are few, a mask over all of them where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, in_order
from indexer.engines.whoosh.segments.postings import changes

# So many numbers are put in order faster than a mask over a segment is read through.
_FEW = 1_000
# Sets of more than a segment's size by this number are united and intersected as masks.
_DENSE = 32
# Finding a number among others in order takes as long as marking so many in a mask; clearing so many, as marking one.
_SEARCHED, _CLEARED = 32, 128


class RowSet:
    """A set of numbers from 0 to below ``size``. Made once, then only read."""

    __slots__ = ("_mask", "_rows", "size")

    def __init__(self, size: int, *, rows: Numbers | None = None, mask: Mask | None = None) -> None:
        self.size = size
        self._rows = NO_ROWS if rows is None and mask is None else rows
        self._mask = mask

    @classmethod
    def of_array(cls, size: int, array: np.ndarray) -> RowSet:
        """The set that ``as_array`` was told of."""
        return cls(size, mask=array) if array.dtype == bool else cls(size, rows=array)

    def as_array(self) -> np.ndarray:
        """Its members, in as few bytes as they take: in order, or a mask."""
        return self.rows if len(self) * NO_ROWS.itemsize < self.size else self.mask

    @property
    def rows(self) -> Numbers:
        """Its members in order."""
        if self._rows is None:
            self._rows = np.flatnonzero(self.mask)
        return self._rows

    @property
    def mask(self) -> Mask:
        """For each number whether it is a member."""
        if self._mask is None:
            self._mask = np.zeros(self.size, dtype=bool)
            self._mask[self.rows] = True
        return self._mask

    @property
    def is_listed(self) -> bool:
        """Whether its members are known as a list, so that it costs nothing to go through them."""
        return self._rows is not None

    @property
    def is_short(self) -> bool:
        """Whether it is listed, and a few at most."""
        return self._rows is not None and len(self._rows) <= _FEW

    def __len__(self) -> int:
        return len(self._rows) if self._rows is not None else int(np.count_nonzero(self.mask))

    @property
    def is_empty(self) -> bool:
        """Whether it has no member."""
        return not (len(self._rows) if self._rows is not None else self.mask.any())

    def holding(self, numbers: Numbers) -> Mask:
        """Which of ``numbers`` are members."""
        if self._mask is None and len(numbers) * _SEARCHED < len(self.rows) + self.size // _CLEARED:
            return members(self.rows, numbers)
        found: Mask = self.mask[numbers]
        return found

    @property
    def is_dense(self) -> bool:
        """Whether it is handled as a mask: it is known as such alone, or has many members."""
        return self._rows is None or len(self._rows) * _DENSE > self.size

    def add_to(self, taken: Mask) -> None:
        """Mark its members in a mask."""
        if self.is_dense:
            np.logical_or(taken, self.mask, out=taken)
        else:
            taken[self.rows] = True


def intersection(sets: Sequence[RowSet]) -> RowSet:
    """What is in all of ``sets``, at least one."""
    if all(each.is_dense for each in sets):
        first, *others = (each.mask for each in sets)
        return RowSet(sets[0].size, mask=reduce(np.logical_and, others, first))
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
    if all(each.is_listed for each in kept) and sum(len(each.rows) for each in kept) < _FEW:
        rows = in_order([each.rows for each in kept])
        return RowSet(size, rows=rows[changes(rows)])
    mask = np.zeros(size, dtype=bool)
    for each in kept:
        each.add_to(mask)
    return RowSet(size, mask=mask)


def difference(minuend: RowSet, subtrahend: RowSet) -> RowSet:
    """What is in the first and not in the second."""
    if subtrahend.is_listed and subtrahend.is_empty:
        return minuend
    if minuend.is_dense:
        return RowSet(minuend.size, mask=np.greater(minuend.mask, subtrahend.mask))
    return RowSet(minuend.size, rows=minuend.rows[~subtrahend.holding(minuend.rows)])


def members(ascending: Numbers, wanted: Numbers) -> Mask:
    """Which of ``wanted`` stand in ``ascending``."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=bool)
    found: Mask = ascending[np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)] == wanted
    return found
