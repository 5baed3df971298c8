"""The sections of a snapshot that are nearest to a query in meaning: every vector is looked at, in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, Weights, nth_largest
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.snapshot.snapshot import Snapshot

_IS_HEADING = np.array([kind in scoring.HEADING_KINDS for kind in layout.KINDS])


class NearestSections:
    """What the sections of one segment are to a query.

    Args:
        reader: of the segment.
        passing: its rows that pass all filters.
        query: the query's vector.

    Attributes:
        numbers: those of the vectors that are among the nearest of the snapshot.
        best: the cosine of the nearest vector of the snapshot.
    """

    def __init__(self, reader: SegmentReader, passing: Mask, query: bytes) -> None:
        self._reader, self._passing = reader, passing
        self._cosines = reader.vectors.cosines(query)
        self.numbers: Numbers = NO_ROWS
        self.best = 0.0

    def candidates(self) -> tuple[Weights, Numbers]:
        """The cosine and the number of each vector that tells of a row that passes."""
        before = np.concatenate(([0], np.cumsum(self._passing)))
        begins, ends = self._reader.rows_of_vectors
        numbers = np.flatnonzero(before[ends] > before[begins])
        return self._cosines[numbers], numbers

    @cached_property
    def rows(self) -> Mask:
        """The rows of the nearest sections, as far as they pass."""
        mask = np.zeros(self._reader.size, dtype=bool)
        for rows in self._rows_of(self.numbers):
            mask[rows] = True
        return mask

    def standing_for(self, better: Mask, near: Mask) -> Numbers:
        """The rows that stand for the nearest sections that are near enough: of each that has no ``better`` row the
        first ``near`` one, and of these the first that is no heading, if there is one.
        """
        enough = self.numbers[self._cosines[self.numbers] >= scoring.NEAR_SHARE * self.best]
        found = (rows[near[rows]] for rows in self._rows_of(enough) if not better[rows].any())
        return np.unique(np.array([self._first(rows) for rows in found if len(rows)], dtype=np.int64))

    def meanings(self, rows: Numbers) -> Weights:
        """For each of ``rows`` the best cosine of the vectors that tell of it."""
        begins, ends = self._reader.rows_of_vectors
        firsts, lasts = np.searchsorted(ends, rows, side="right"), np.searchsorted(begins, rows, side="right")
        best = np.zeros(len(rows))
        for step in range(int((lasts - firsts).max(initial=0))):
            held = firsts + step < lasts
            best[held] = np.maximum(best[held], self._cosines[(firsts + step)[held]])
        return best

    def _rows_of(self, numbers: Numbers) -> list[Numbers]:
        """The rows that each of some vectors tells of, as far as they pass."""
        begins, ends = self._reader.rows_of_vectors
        ranges = (np.arange(begins[number], ends[number]) for number in numbers)
        return [rows[self._passing[rows]] for rows in ranges]

    def _first(self, rows: Numbers) -> int:
        texts = rows[~_IS_HEADING[self._reader.kinds[rows]]]
        return int((texts if len(texts) else rows)[0])


def nearest_of(snapshot: Snapshot, passing: Sequence[Mask], query: bytes) -> list[NearestSections]:
    """The nearest sections, for each segment that is searched; of equals the first by document id, then in order."""
    found = [NearestSections(reader, own, query) for reader, own in zip(snapshot.searched, passing, strict=True)]
    candidates = [each.candidates() for each in found]
    segments = np.repeat(np.arange(len(found)), [len(numbers) for _, numbers in candidates])
    cosines = np.concatenate([np.empty(0), *(own for own, _ in candidates)])
    numbers = np.concatenate([NO_ROWS, *(own for _, own in candidates)])
    if len(cosines) > scoring.NEAREST:
        kept = cosines >= nth_largest(cosines, scoring.NEAREST)
        segments, cosines, numbers = segments[kept], cosines[kept], numbers[kept]
    ranks = np.zeros(len(numbers), dtype=np.int64)
    for at, reader in enumerate(snapshot.searched):
        own = segments == at
        ranks[own] = snapshot.order("relevance")[id(reader)][reader.vectors.documents[numbers[own]]]
    first = np.lexsort((numbers, ranks, -cosines))[: scoring.NEAREST]
    for at, each in enumerate(found):
        each.numbers = numbers[first[segments[first] == at]]
        each.best = float(cosines.max(initial=0.0))
    return found
