"""Which row of a segment, or which document, a position is in."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers, as_index

# So many positions are found in a table of blocks faster than by halving.
_MANY = 64
# The table takes as long to be made as one position to be found by halving for so many spans.
_PAID = 16


class SpanFinder:
    """Finds spans of positions, which follow each other, by the positions in them.

    Args:
        starts: the first position of each span, and the one after all of them.
    """

    def __init__(self, starts: Numbers) -> None:
        self._starts = starts
        self._sought = 0

    def prepare(self) -> None:
        """Make the table, which a process that asks once does without."""
        self._sought = len(self._starts)
        self.spans_at(self._starts[:-1])

    def spans_at(self, positions: Numbers) -> Numbers:
        """The span of each position, by its number."""
        starts = self._starts
        self._sought += len(positions)
        if len(positions) < _MANY or self._sought * _PAID < len(starts):  # a process may ask once
            found: Numbers = starts.searchsorted(positions.astype(starts.dtype, copy=False), side="right") - 1
            return found
        ends = starts[1:]
        spans = as_index(self._spans_of_blocks.take(positions >> self._block_bits))
        (wrong,) = (ends.take(spans) <= positions).nonzero()
        while len(wrong):
            later = spans.take(wrong) + 1
            spans[wrong] = later
            wrong = wrong[ends.take(later) <= positions.take(wrong)]
        return spans

    @cached_property
    def _block_bits(self) -> int:
        """Blocks are of 2 to the power of so many positions: of as many as a span at most."""
        return max(1, int(self._starts[-1]) // (len(self._starts) - 1)).bit_length() - 1

    @cached_property
    def _spans_of_blocks(self) -> np.ndarray:
        """The span in which each block of positions begins."""
        # a span is the first to be looked at in the blocks that begin in it
        bits = self._block_bits
        first_of = (self._starts[:-1] + (1 << bits) - 1) >> bits
        begun = np.bincount(first_of, minlength=(int(self._starts[-1]) >> bits) + 1)
        spans = np.cumsum(begun, dtype=np.int32)
        spans -= 1
        return spans
