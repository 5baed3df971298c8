"""The posting lists of several segments put together, for who merges them into one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from indexer.engines.whoosh.segments.occurrences import Occurrences, parted
from indexer.engines.whoosh.segments.postings import PostingField


class MergedFields:
    """The posting lists of one field of several segments, put together a bounded number of occurrences at a time.

    Args:
        fields: the lists of each segment.
        moved: for each, gives the occurrences that are left of some, as they are numbered in the new segment.
    """

    def __init__(self, fields: Sequence[PostingField], moved: Sequence[Callable[[Occurrences], Occurrences]]) -> None:
        self._fields, self._moved = fields, moved
        self._terms = [field.all_terms() for field in fields]
        distinct_terms, numbers = np.unique(np.concatenate(self._terms), return_inverse=True)
        self._numbers = np.split(numbers, np.cumsum(list(map(len, self._terms)))[:-1])
        sizes = np.bincount(numbers, weights=np.concatenate([field.sizes for field in fields]))
        self._bounds = parted(sizes, len(distinct_terms))

    def __iter__(self) -> Iterator[Occurrences]:
        """The lists of the first terms, then of the next ones, and so on."""
        return (Occurrences.merge(list(self._between(*bounds))) for bounds in pairwise(self._bounds))

    def _between(self, first: int, end: int) -> Iterator[Occurrences]:
        """What each segment has of the terms from number ``first`` to before ``end``."""
        for field, terms, numbers, moved in zip(self._fields, self._terms, self._numbers, self._moved, strict=True):
            own = slice(*np.searchsorted(numbers, (first, end)).tolist())
            yield moved(Occurrences(terms[own], field.sizes[own], field.of_numbers(own.start, own.stop)))
