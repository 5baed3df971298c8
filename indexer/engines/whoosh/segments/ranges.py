"""Numbers as ranges: places of sections, rows."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, numbers_between
from indexer.model.records import record

# Bits of a number.
_BITS = 32
# Finding a number among ranges takes as long as marking so many numbers that are in some.
_SEARCHED = 32


@record
class Ranges:
    """Numbers as ranges in order, apart from each other: where each begins and ends."""

    begins: Numbers
    ends: Numbers

    @classmethod
    def outermost(cls, begins: Numbers, ends: Numbers) -> Ranges:
        """Those that lie in no other; of two that share a number one lies in the other."""
        order = ((begins.astype(np.int64) << _BITS) - ends).argsort()  # of two that begin alike the longer one first
        begins, ends = begins[order], ends[order]
        kept = begins >= np.concatenate(([0], np.maximum.accumulate(ends)[:-1])) if len(ends) else ends > 0
        return cls(begins[kept], ends[kept])

    def as_arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Begins and ends."""
        return self.begins, self.ends

    def __len__(self) -> int:
        """How many numbers there are in them."""
        return int((self.ends - self.begins).sum())

    @property
    def numbers(self) -> Numbers:
        """All of them, in order."""
        return numbers_between(self.begins, self.ends)

    def mask(self, size: int) -> Mask:
        """Which of the numbers below ``size`` are in them."""
        bounds = np.stack((self.begins, self.ends), axis=1).ravel()
        inside = np.arange(len(bounds) + 1) % 2 == 1
        found: Mask = np.repeat(inside, np.diff(bounds, prepend=0, append=size))
        return found

    def holding(self, numbers: Numbers, size: int) -> Mask:
        """Which of some ``numbers``, all below ``size``, are in them."""
        if len(numbers) * _SEARCHED > size:
            return self.mask(size).take(numbers)
        latest = self.begins.searchsorted(numbers.astype(self.begins.dtype, copy=False), side="right")
        found: Mask = np.concatenate(([0], self.ends)).take(latest) > numbers
        return found
