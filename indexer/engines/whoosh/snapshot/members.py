"""Some members of a level, such as the sections that the hits of a query stand in: where they stand among postings, and
how often these are in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers, Weights, mark
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import marked
from indexer.model.records import record

# So many numbers are put in order while one member of a level is marked, and marks are gone through.
_SORTED = 64
# While one number is found among those in order, the places of so many members are listed.
_SEARCHED = 256
# In so many ranges, and lists of so many postings, what several lists have is counted together.
_TOGETHER = 1_000
# So many occurrences of a member are looked at before it is found where they end, if there are so many members.
_STEPS, _STEPPED = 3, 500


@record
class MemberRanges:
    """Where members stand among postings: the ranges of one after those of the one before.

    Attributes:
        begins, ends: of each range.
        sizes: how many ranges each member has; None for one each.
    """

    begins: np.ndarray
    ends: np.ndarray
    sizes: Numbers | None

    def counts(self, postings: np.ndarray) -> Numbers:
        """How many of some postings, which ascend, are in the ranges of each member."""
        kind = postings.dtype  # of another type would all postings be converted
        found = _counts_between(postings, self.begins.astype(kind, copy=False), self.ends.astype(kind, copy=False))
        return found if self.sizes is None else _summed(found, self.sizes)

    def counts_of_each(self, lists: Sequence[np.ndarray], span: int) -> Sequence[Numbers]:
        """The same for each of several lists, all of them below ``span``."""
        if len(lists) == 1 or max(len(self.begins), *map(len, lists)) > _TOGETHER:
            return list(map(self.counts, lists))
        offsets = np.arange(len(lists), dtype=np.int64) * span
        joined = np.concatenate(lists) + np.repeat(offsets, list(map(len, lists)))
        begins, ends = (np.add.outer(offsets, each).ravel() for each in (self.begins, self.ends))
        found = _counts_between(joined, begins, ends)
        if self.sizes is not None:
            found = _summed(found, np.tile(self.sizes, len(lists)))
        return list(found.reshape(len(lists), -1))


class Around:
    """The postings around members, as far as they were asked for: those of long lists are decoded in parts."""

    def __init__(self, ranges: MemberRanges) -> None:
        self._ranges = ranges
        self._found: dict[tuple[str, str], np.ndarray] = {}

    def postings(self, reader: SegmentReader, field: str, term: str) -> np.ndarray:
        """Where a term of a field occurs in the ranges of the members, and other places where it does."""
        key = field, term
        if key not in self._found:
            self._found[key] = reader.postings_near(field, term, self._ranges.begins, self._ranges.ends)
        return self._found[key]


@dataclass(eq=False, repr=False)
class Members:
    """Some members of a level, which some rows or sections are, or are in.

    Attributes:
        size: how many members the level has.
        numbers: which they are, each once.
        places: for each of the rows or sections the place of its member among them.
        find_ranges: gives the ranges of members by their numbers.
        within: other members, of a wider level, that all of them are in, if their postings are asked for too.
    """

    size: int
    numbers: Numbers
    places: np.ndarray
    find_ranges: Callable[[Numbers], MemberRanges]
    within: Members | None = None

    @cached_property
    def around(self) -> Around:
        """The postings around them."""
        return self.within.around if self.within else Around(self.ranges)

    @classmethod
    def of(cls, size: int, numbers: Numbers, find_ranges: Callable[[Numbers], MemberRanges]) -> Members:
        """Members by their numbers, which may be there several times."""
        if len(numbers) * _SORTED < size:
            return cls(size, *np.unique(numbers, return_inverse=True), find_ranges)
        members = cls(size, marked(mark(np.zeros(size, dtype=bool), numbers)), NO_ROWS, find_ranges)
        members.places = members._place_of.take(numbers).astype(np.intp)
        return members

    @cached_property
    def ranges(self) -> MemberRanges:
        """Where they stand among postings."""
        return self.find_ranges(self.numbers)

    def places_of(self, numbers: np.ndarray) -> np.ndarray:
        """The place among them of each of some members of the level; -1 of others."""
        if len(numbers) * _SEARCHED > self.size:
            return self._place_of.take(numbers)
        at = self.numbers.searchsorted(numbers, sorter=self._order)
        places = self._order.take(at, mode="clip")
        return np.where(self.numbers.take(places) == numbers, places, -1)

    @cached_property
    def _place_of(self) -> np.ndarray:
        """The place among them of every member of the level; -1 of others."""
        kind = np.min_scalar_type(-len(self.numbers) - 1)  # the fewer bytes, the less is to be filled
        place_of = np.full(self.size, -1, dtype=kind)
        place_of[self.numbers] = np.arange(len(self.numbers), dtype=kind)
        return place_of

    @cached_property
    def _order(self) -> np.ndarray:
        """What sorts their numbers."""
        return self.numbers.argsort(kind="stable")

    def spread(self, values: Weights) -> Weights:
        """For each of the rows or sections the value of its member."""
        return values.take(self.places)


def _counts_between(postings: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> Numbers:
    """How many of some postings, which ascend, are in each range. Most have a few, which are looked at one by one: that
    takes less time than finding where they end.
    """
    if not len(postings):
        return np.zeros(len(begins), dtype=np.int64)
    begun = postings.searchsorted(begins)
    if len(begins) < _STEPPED:
        return postings.searchsorted(ends) - begun
    counts = np.zeros(len(begins), dtype=np.int64)
    for step in range(_STEPS):
        counts += postings.take(begun + step, mode="clip") < ends
    many = np.flatnonzero(counts == _STEPS)
    counts[many] = postings.searchsorted(ends.take(many)) - begun.take(many)
    return np.minimum(counts, len(postings) - begun)  # the last one was looked at again


def _summed(counts: Numbers, sizes: Numbers) -> Numbers:
    """The sums of counts, so many of them for each."""
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return np.bincount(owners, weights=counts, minlength=len(sizes)).astype(np.int64)
