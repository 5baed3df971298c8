"""Which row of a segment a position is in."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers

# So many positions are found in a table of blocks, of 2 to the power of so many positions each, faster than by halving.
_MANY = 64
_BLOCK_BITS = 5
# The table takes as long to be made as one position to be found by halving for so many rows.
_PAID = 16


class RowFinder:
    """Finds rows by position.

    Args:
        starts: the position of each row's first character, and the one after all rows.
    """

    def __init__(self, starts: Numbers) -> None:
        self._starts = starts
        self._sought = 0

    def prepare(self) -> None:
        """Make the table, which a process that asks once does without."""
        self._sought = len(self._starts)
        self.rows_at(self._starts[:-1])

    def rows_at(self, positions: Numbers) -> Numbers:
        """The row of each position."""
        starts = self._starts
        self._sought += len(positions)
        if len(positions) < _MANY or self._sought * _PAID < len(starts):  # a process may ask once
            found: Numbers = starts.searchsorted(positions.astype(starts.dtype, copy=False), side="right") - 1
            return found
        ends = starts[1:]
        rows = self._rows_of_blocks.take(positions >> _BLOCK_BITS)
        rows += ends.take(rows) <= positions  # after that few are wrong
        wrong = np.flatnonzero(ends.take(rows) <= positions)
        while len(wrong):
            rows[wrong] += 1
            wrong = wrong[ends.take(rows[wrong]) <= positions[wrong]]
        return rows

    @cached_property
    def _rows_of_blocks(self) -> np.ndarray:
        """The row in which each block of positions begins."""
        # a row is the first to be looked at in the blocks that begin in it
        first_of = (self._starts[:-1] + (1 << _BLOCK_BITS) - 1) >> _BLOCK_BITS
        begun = np.bincount(first_of, minlength=(int(self._starts[-1]) >> _BLOCK_BITS) + 1)
        rows = np.cumsum(begun, dtype=np.int32)
        rows -= 1
        return rows
