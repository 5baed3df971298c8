"""What holds one term, and how often: from numbers that are there several times, each once with its count."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers, as_index
from indexer.model.records import record

# What at least one in so many members holds is kept as a number for each of them.
_MOST = 16


@record
class Posting:
    """What holds one term: rows, or what rows are in.

    Attributes:
        counts: how often each holds it.
        members: their numbers; none where ``counts`` has a number for every one there is, 0 of those that do not.
    """

    counts: np.ndarray
    members: np.ndarray

    @property
    def is_full(self) -> bool:
        """Whether ``counts`` has a number for every one there is."""
        return len(self.counts) > len(self.members)

    @classmethod
    def of(cls, members: np.ndarray, counts: np.ndarray, size: int) -> Posting:
        """In as few bytes as needed; ``members``, all below ``size``, are there once each."""
        narrow = counts.astype(np.min_scalar_type(counts.max(initial=0)))
        if len(members) * _MOST < size:
            return cls(narrow, members.astype(np.int32))
        every = np.zeros(size, dtype=narrow.dtype)
        every[as_index(members)] = narrow
        return cls(every, NO_ROWS)

    @classmethod
    def counted(cls, members: np.ndarray, size: int) -> Posting:
        """From a member for each occurrence, in any order."""
        if len(members) * _MOST < size:
            return cls.of(*distinct(np.sort(members, kind="stable")), size)  # quick, for most are in order
        return cls(tallied(members, size), NO_ROWS)

    def number(self, live: np.ndarray | None = None) -> int:
        """How many hold the term; with a mask of all there are, how many of those that it has."""
        if not self.is_full:
            return len(self.members) if live is None else int(np.count_nonzero(live[self.members]))
        held = self.counts != 0
        return int(np.count_nonzero(held if live is None else held & live))


def tallied(numbers: np.ndarray, size: int) -> np.ndarray:
    """How often each number below ``size`` is among ``numbers``, in as few bytes as needed. ``np.bincount`` counts in
    eight bytes each, which takes four times as long where there are many more numbers than stand there.
    """
    counts = np.zeros(size, dtype=np.min_scalar_type(len(numbers)))
    np.add.at(counts, as_index(numbers), counts.dtype.type(1))
    return counts.astype(np.min_scalar_type(counts.max(initial=0)), copy=False)


def distinct(postings: Numbers) -> tuple[Numbers, Numbers]:
    """Ascending postings without repetition, and how often each stands there."""
    firsts = changes(postings)
    return postings[firsts], np.diff(firsts, append=len(postings))


def changes(numbers: np.ndarray) -> Numbers:
    """Where each run of equal numbers begins."""
    begins = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
    return np.flatnonzero(begins)
