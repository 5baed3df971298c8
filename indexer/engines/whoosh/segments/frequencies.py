"""In how many passages, sections, chapters and documents the frequent terms of a segment stand: told as it is written,
so that nobody has to go through their posting lists for it.

{field}.frequent           numbers of the terms that occur ``FREQUENT`` times and more
{field}.frequent.{level}   in how many members of a level each of them stands

Absent in segments of older programs, which pass over them: then it is counted (``snapshot.levels``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.postings import Occurrences
from indexer.engines.whoosh.segments.row_finder import RowFinder
from indexer.engines.whoosh.segments.section_tree import chapters_of

# A term of fewer occurrences is gone through in no time.
FREQUENT = 2_000


@dataclass(frozen=True)
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


class FrequencyWriter:
    """Counts in how many members of each level the frequent terms of one field stand."""

    def __init__(self, field: str, rows: RowLevels) -> None:
        self._field, self._rows = field, rows
        self._terms = 0
        self._numbers: list[int] = []
        self._found: dict[str, list[int]] = {level: [] for level in layout.COUNTED[field]}

    @cached_property
    def _members(self) -> Mapping[str, tuple[np.ndarray, int]]:
        """Of each level the members that rows are in, and how many there are."""
        members = {level: self._rows.members(level) for level in self._found}
        return {level: (of_rows, int(of_rows.max()) + 1) for level, of_rows in members.items()}

    @cached_property
    def _finder(self) -> RowFinder:
        return RowFinder(self._rows.starts)

    def add(self, occurrences: Occurrences) -> None:
        """Take in the next terms."""
        ends = np.cumsum(occurrences.sizes)
        for number in np.flatnonzero(occurrences.sizes >= FREQUENT).tolist():
            self._numbers.append(self._terms + number)
            self._count(occurrences.postings[ends[number] - occurrences.sizes[number] : ends[number]])
        self._terms += len(occurrences.terms)

    def _count(self, postings: Numbers) -> None:
        rows = self._finder.rows_at(postings) if self._field == layout.PAIRS else postings
        for level, (members, size) in self._members.items():
            held = np.zeros(size, dtype=bool)
            held[members.take(rows)] = True
            self._found[level].append(int(np.count_nonzero(held)))

    def write(self, writer: ArrayWriter) -> None:
        """Write what was counted."""
        writer.add(_name(self._field), np.array(self._numbers, dtype=np.int64))
        for level, found in self._found.items():
            writer.add(_name(self._field, level), np.array(found, dtype=np.int64))


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
