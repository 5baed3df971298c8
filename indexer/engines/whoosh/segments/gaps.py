"""Differences of postings: in how few bytes they stand in a file, and how they are summed."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, numbers_between

# A term whose differences are below this on average takes that many bytes each; of 1 and 2 bytes a quarter is spared
# for the longest gaps.
_WIDEST_GAP = {1: 128, 2: 1 << 14}
ESCAPE = {1: 0xFF, 2: 0xFFFF}
# The same for all widths; what takes 3 or 4 bytes is never escaped.
ESCAPES = np.array([0, 0xFF, 0xFFFF, 1 << 32, 1 << 32], dtype=np.int64)
# For each width the four bytes of a number, 1 for those that are kept.
_LOWEST = np.array([0, 1, 0x101, 0x10101, 0x1010101], dtype="<u4")
# Differences of one byte are summed in runs of so many, whose sums take 16 bits.
RUN = 16
# Fewer of them are summed one by one as fast.
_MANY = 1 << 14
# A number of 64 bits times this: of four of 16 bits the first is in all of them, the second in three, and so on.
_SUMS = np.uint64(0x0001_0001_0001_0001)


def widths_of(sizes: Numbers, span: int) -> np.ndarray:
    """Bytes of each difference, for each term."""
    widths = np.full(len(sizes), 3 if span <= 1 << 24 else 4, dtype=np.uint8)
    widths[sizes * _WIDEST_GAP[2] >= span] = 2
    widths[sizes * _WIDEST_GAP[1] >= span] = 1
    return widths


def packed(gaps: Numbers, widths: np.ndarray) -> np.ndarray:
    """The lowest bytes of each number, as many as its width says."""
    return np.compress(_held(widths), gaps.astype("<u4").view(np.uint8))


def unpacked(data: np.ndarray, widths: np.ndarray) -> Numbers:
    """The inverse of ``packed``."""
    octets = np.zeros(4 * len(widths), dtype=np.uint8)
    octets[_held(widths)] = data
    return octets.view("<u4").astype(np.int64)


def unpacked_alike(data: np.ndarray, width: int) -> np.ndarray:
    """The same of numbers that all take ``width`` bytes; of three in four of their own, others as they stand."""
    if width != 3:
        return data.view(f"<u{width}")
    octets = np.zeros((len(data) // 3, 4), dtype=np.uint8)
    octets[:, :3] = data.reshape(-1, 3)
    return octets.ravel().view("<u4")


def _held(widths: np.ndarray) -> Mask:
    """Which of the four bytes of each number are kept: as many of the lowest as its width says."""
    held: Mask = _LOWEST.take(widths).view(bool)
    return held


def summed(gaps: np.ndarray, escaped: Numbers, large: np.ndarray, kind: DTypeLike) -> Numbers:
    """What differences sum up to, each with all before it.

    Args:
        gaps: the differences as they are stored, of one or two bytes; wider ones unpacked.
        escaped: the places of those that are escaped.
        large: these.
        kind: the type of the sums, in which they fit.
    """
    if gaps.itemsize == 1 and len(gaps) >= _MANY:
        runs = Runs(gaps, escaped, large)
        return runs.sums(runs.heads(kind))[: len(gaps)]
    if len(escaped):
        gaps = gaps.astype(np.uint32)  # which holds all of the file's; wider arrays take longer to be had
        gaps[escaped] = large
    sums: Numbers = np.cumsum(gaps, dtype=kind)
    return sums


class Runs:
    """Differences of one byte that are summed four at a time, run by run: one by one each waits for the one before.

    Args:
        gaps: as they are stored.
        escaped: the places of those that are escaped.
        large: these.
    """

    def __init__(self, gaps: np.ndarray, escaped: Numbers, large: np.ndarray) -> None:
        if len(gaps) % RUN:
            gaps = np.concatenate((gaps, np.zeros(-len(gaps) % RUN, dtype=np.uint8)))
        self._sums = _sums_in_runs(gaps)
        self._escaped, self._more = escaped, large.astype(np.int64) - ESCAPE[1]

    def heads(self, kind: DTypeLike) -> Numbers:
        """What all before each run sum up to."""
        totals = self._sums[RUN - 1 :: RUN].astype(kind)
        np.add.at(totals, self._escaped // RUN, self._more.astype(kind))
        heads: Numbers = totals.cumsum(dtype=kind)
        heads -= totals
        return heads

    def sums(self, heads: Numbers) -> Numbers:
        """What each sums up to with all before it, the padding of the last run with them."""
        sums: Numbers = heads.repeat(RUN)
        sums += self._sums
        if len(self._escaped):
            ends = (self._escaped // RUN + 1) * RUN
            later = numbers_between(self._escaped, ends)
            np.add.at(sums, later, self._more.astype(sums.dtype).repeat(ends - self._escaped))
        return sums


def _sums_in_runs(gaps: np.ndarray) -> np.ndarray:
    """For each difference of one byte its sum with those before it in its run, of 16 bits."""
    sums = gaps.astype(np.uint16)
    fours = sums.view(np.uint64)
    fours *= _SUMS
    totals = sums[3::4].copy()
    before = (totals.view(np.uint64) * _SUMS).view(np.uint16)
    before -= totals
    fours += before * _SUMS
    return sums
