"""In how many passages, sections, chapters and documents the frequent terms of a segment stand: told as it is written,
so that nobody has to go through their posting lists for it.

{field}.frequent           numbers of the terms that occur ``FREQUENT`` times and more
{field}.frequent.{level}   in how many members of a level each of them stands

Absent in segments of older programs, which pass over them: then it is counted (``snapshot.levels``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, ArrayCache, Numbers
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.occurrences import Occurrences
from indexer.engines.whoosh.segments.row_finder import RowFinder
from indexer.engines.whoosh.segments.section_tree import chapters_of
from indexer.model.records import record

# A term of fewer occurrences is gone through in no time.
FREQUENT = 2_000


@record
class RowLevels:
    """What each row of a segment is in.

    Attributes:
        starts, kinds, nodes: columns of rows, as in ``layout``.
        parents: as of ``section_tree.Sections``.
    """

    starts: Numbers
    kinds: np.ndarray
    nodes: np.ndarray
    parents: np.ndarray

    def members(self, level: str) -> np.ndarray:
        """The passage, section, chapter or document of each row that is a passage."""
        match level:
            case layout.SECTIONS:
                return self.nodes
            case layout.CHAPTERS:
                chapters: np.ndarray = chapters_of(self.parents)[1].astype(np.int32)[self.nodes]
                return chapters
            case layout.DOCUMENTS:
                return np.cumsum(self.kinds == layout.DOCUMENT_ROW, dtype=np.int32) - 1
        return np.arange(len(self.kinds), dtype=np.int32)


@record
class PartFrequencies:
    """What is told of some terms of a field.

    Attributes:
        terms: how many they are.
        frequent: the numbers of the frequent ones among them.
        found: in how many members of each level these stand.
    """

    terms: int
    frequent: Numbers
    found: Mapping[str, Sequence[int]]


class FrequencyCounter:
    """Counts in how many members of each level the frequent terms of one field stand; several threads may ask it."""

    def __init__(self, field: str, rows: RowLevels) -> None:
        self._field, self._rows = field, rows

    @cached_property
    def _members(self) -> Mapping[str, tuple[np.ndarray, int]]:
        """Of each level the members that rows are in, and how many there are."""
        members = {level: self._rows.members(level) for level in layout.COUNTED[self._field]}
        return {level: (of_rows, int(of_rows.max()) + 1) for level, of_rows in members.items()}

    @cached_property
    def _finder(self) -> RowFinder:
        return RowFinder(self._rows.starts, ArrayCache())

    def count(self, occurrences: Occurrences) -> PartFrequencies:
        """Count the frequent ones of some terms."""
        frequent = np.flatnonzero(occurrences.sizes >= FREQUENT)
        ends = np.cumsum(occurrences.sizes)[frequent].tolist()
        sizes = occurrences.sizes[frequent].tolist()
        rows = [self._rows_of(occurrences.postings[end - size : end]) for end, size in zip(ends, sizes, strict=True)]
        found = {level: [self._count(level, each) for each in rows] for level in layout.COUNTED[self._field]}
        return PartFrequencies(len(occurrences.terms), frequent, found)

    def _rows_of(self, postings: Numbers) -> Numbers:
        return self._finder.rows_at(postings) if self._field == layout.PAIRS else postings

    def _count(self, level: str, rows: Numbers) -> int:
        members, size = self._members[level]
        held = np.zeros(size, dtype=bool)
        held[members.take(rows).astype(np.intp)] = True
        return int(np.count_nonzero(held))


def write_frequencies(writer: ArrayWriter, field: str, parts: Sequence[PartFrequencies]) -> None:
    """Write what was counted of a field's terms, some after the other."""
    firsts = np.cumsum([0, *(part.terms for part in parts)])
    numbers = [part.frequent + first for part, first in zip(parts, firsts.tolist(), strict=False)]
    writer.add(_name(field), np.concatenate([NO_ROWS, *numbers]))
    for level in layout.COUNTED[field]:
        found = [count for part in parts for count in part.found[level]]
        writer.add(_name(field, level), np.array(found, dtype=np.int64))


class Frequencies:
    """What is told of the terms of one field.

    Args:
        file: of the segment.
        field: the name of the field.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        there = _name(field) in file
        self._numbers = file[_name(field)] if there else np.empty(0, dtype=np.uint8)
        self._found = {level: file[_name(field, level)] for level in layout.COUNTED[field]} if there else {}

    def of(self, number: int, level: str) -> int | None:
        """In how many members of a level the term at ``number`` stands, deleted ones included; None where that is not
        told.
        """
        at = int(self._numbers.searchsorted(number))
        is_told = at < len(self._numbers) and self._numbers[at] == number
        return int(self._found[level][at]) if is_told else None


def _name(field: str, level: str = "") -> str:
    return f"{field}.frequent.{level}" if level else f"{field}.frequent"
