"""Which row of a segment a position is in."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.segments.array_cache import ArrayCache, Numbers

# So many positions are found in a table faster than by halving.
_MANY = 64
# The table takes as long to be made as one position to be found by halving for so many rows.
_PAID = 8
# Positions of a block are 2 to the power of this: each has a bit of the lower half of an entry.
_BLOCK_BITS = 5
_WITHIN = (1 << _BLOCK_BITS) - 1
_HALF = np.uint64(32)
_ONE = np.uint64(1)
# For each position of a block the bits of those up to it.
_UP_TO = (np.uint64(2) << np.arange(1 << _BLOCK_BITS, dtype=np.uint64)) - _ONE


class RowFinder:
    """Finds rows by position.

    Args:
        starts: the position of each row's first character, and the one after all rows.
        cache: keeps the table.
    """

    def __init__(self, starts: Numbers, cache: ArrayCache) -> None:
        self._starts, self._cache = starts, cache
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
        (table,) = self._cache.get("rows of positions", self._make_table)
        entries = table.take(positions >> _BLOCK_BITS)  # nothing else is looked up all over
        begun = np.bitwise_count(entries & _UP_TO.take(positions & _WITHIN))
        entries >>= _HALF
        entries += begun
        entries -= _ONE
        rows: Numbers = entries.view(np.int64)
        return rows

    def _make_table(self) -> tuple[np.ndarray]:
        """For each block of positions how many rows begin before it, and as bits where in it rows begin."""
        starts = self._starts[:-1]
        entries = np.zeros((int(self._starts[-1]) >> _BLOCK_BITS) + 1, dtype=np.uint64)
        np.add.at(entries, starts >> _BLOCK_BITS, _ONE << (starts & _WITHIN).astype(np.uint64))
        counts = np.bitwise_count(entries)
        entries |= (np.cumsum(counts, dtype=np.uint64) - counts) << _HALF
        return (entries,)
