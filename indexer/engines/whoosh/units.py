"""Sections and documents as wholes: what they hold, summed from the postings of their passages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.columns import Mask, Numbers, Rows

if TYPE_CHECKING:
    from indexer.engines.whoosh.reader import SegmentReader

# What terms are counted in: a passage, its section, the sections under the same parent heading, its document, the title
# and headings above it.
PASSAGES = "passages"
SECTIONS = "sections"
CHAPTERS = "chapters"
DOCUMENTS = "documents"
HEADINGS = "headings"


class Units:
    """Passages, sections, documents and headings of a segment as units that terms are counted in."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader

    @property
    def groups(self) -> Numbers:
        """A number for each row that rows of the same document and section path share: its section."""
        return self._sections[1]

    def of_rows(self, unit: str) -> Numbers:
        """The number of each row's section (``SECTIONS``, ``HEADINGS``), chapter or document."""
        if unit == CHAPTERS:
            return self._chapters
        return self._reader.owners if unit == DOCUMENTS else self.groups

    def live(self, unit: str) -> Mask:
        """Which sections or documents hold a live passage."""
        (live,) = self._reader.cache.get(("live", unit), lambda: (self._total(unit, self._reader.live) > 0,))
        return live

    def lengths(self, unit: str, counted: str) -> Numbers:
        """``word_count`` or ``char_count`` of each passage, section or document, live passages only.

        Of ``HEADINGS`` the folded characters of title and headings.
        """

        def lengths() -> tuple[np.ndarray, ...]:
            if unit == HEADINGS:
                return (np.where(self.live(SECTIONS), self._heading_lengths(), 0),)
            counts = np.where(self._reader.live, self._reader.counts(counted), 0)
            return (counts if unit == PASSAGES else self._total(unit, counts),)

        (result,) = self._reader.cache.get(("lengths", unit, counted), lengths)
        return result

    def posting(self, unit: str, field: str, term: str) -> tuple[Rows, np.ndarray]:
        """The passages, sections or documents that hold ``term``, in order, and how often each does.

        Title and headings (``HEADINGS``) hold it once or not at all.
        """
        if unit == PASSAGES:
            return self._reader.posting(field, term)
        make = self._heading_posting if unit == HEADINGS else self._aggregated
        units, counts = self._reader.cache.get((unit, field, term), lambda: make(unit, field, term))
        return units, counts

    @cached_property
    def has_context(self) -> Mask:
        """Which rows stand in a document of several sections."""
        first, _ = self._sections
        live = self.live(SECTIONS)
        sections = np.bincount(self._reader.owners[first[live]], minlength=len(self._reader.documents) + 1)
        return (sections > 1)[self._reader.owners]

    @cached_property
    def _sections(self) -> tuple[Numbers, Numbers]:
        """The first row of each section, and the section of each row."""
        keys = self._reader.owners * (len(self._reader.sections.originals) + 1) + self._reader.sections.numbers
        _, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
        return first, numbers

    @cached_property
    def _chapters(self) -> Numbers:
        """The chapter of each row: its document and its heading path without the deepest."""
        paths = self._reader.sections.originals
        above: dict[tuple[str, ...], int] = {}
        numbers = np.array([above.setdefault(path[:-1], len(above)) for path in paths] or [0], dtype=np.int64)
        keys = self._reader.owners * (len(above) + 1) + numbers[self._reader.sections.numbers]
        chapters: Numbers = np.unique(keys, return_inverse=True)[1]
        return chapters

    def _total(self, unit: str, values: np.ndarray) -> Numbers:
        """Sum of the rows' values in each section or document; the last document is the -1 of rows before the first."""
        size = len(self._reader.documents) + 1 if unit == DOCUMENTS else int(self.of_rows(unit).max(initial=-1)) + 1
        totals = np.bincount(self.of_rows(unit) % size, weights=values, minlength=size)
        return totals.astype(np.int64)

    def _aggregated(self, unit: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        rows, counts = self._reader.posting(field, term)
        totals = np.bincount(self.of_rows(unit)[rows], weights=counts)
        units = np.flatnonzero(totals)
        return units.astype(np.int32), totals[units].astype(np.int64)

    def _heading_posting(self, unit: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        reader, (first, _) = self._reader, self._sections
        titled = np.array([owned is not None and term in owned.title for owned in reader.documents] + [False])
        headed = reader.sections.values_containing([term])[reader.sections.numbers[first]]
        headed |= titled[reader.owners[first]]
        sections = np.flatnonzero(headed & self.live(SECTIONS)).astype(np.int32)
        return sections, np.ones(len(sections), dtype=np.int64)

    def _heading_lengths(self) -> Numbers:
        reader, (first, _) = self._reader, self._sections
        titles = np.array([len(owned.title) if owned else 0 for owned in reader.documents] + [0])
        lengths: Numbers = reader.sections.lengths[reader.sections.numbers[first]] + titles[reader.owners[first]]
        return lengths
