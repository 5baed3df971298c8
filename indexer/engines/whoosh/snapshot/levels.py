"""Sections, chapters and documents as wholes: what they hold, summed from the postings of their passages.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, Weights

if TYPE_CHECKING:
    from indexer.engines.whoosh.segments.reader import SegmentReader

# What terms are counted in: a passage, its section, the sections under the same parent heading, its document, the title
# and headings above it.
PASSAGES = "passages"
SECTIONS = "sections"
CHAPTERS = "chapters"
DOCUMENTS = "documents"
HEADINGS = "headings"


class Units:
    """Passages, sections, chapters, documents and headings of a segment as units that terms are counted in."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader

    def size(self, unit: str) -> int:
        """How many units there are in the segment, deleted ones included."""
        match unit:
            case "passages":
                return self._reader.size
            case "chapters":
                return len(self._chapters[0])
            case "documents":
                return len(self._reader.documents)
        return len(self._reader.sections)

    def of_nodes(self, unit: str) -> Numbers:
        """The number of the section (``SECTIONS``, ``HEADINGS``), chapter or document of each node."""
        if unit == CHAPTERS:
            return self._chapters[1]
        return self._reader.sections.owners if unit == DOCUMENTS else self._themselves

    def of_rows(self, unit: str) -> Numbers:
        """The same for each row; where it is no passage, any number."""
        if unit in (SECTIONS, HEADINGS):
            return self._reader.nodes
        (units,) = self._reader.cache.get(("of rows", unit), lambda: (self.of_nodes(unit)[self._reader.nodes],))
        return units

    @cached_property
    def _themselves(self) -> Numbers:
        return np.arange(len(self._reader.sections))

    @cached_property
    def _chapters(self) -> tuple[Numbers, Numbers]:
        """The nodes that name a chapter, in order, and the number of each node's own among them."""
        names, numbers = np.unique(self._reader.sections.parents, return_inverse=True)
        return names, numbers

    def live(self, unit: str) -> Mask:
        """Which units hold a live passage."""
        (live,) = self._reader.cache.get(("live", unit), lambda: (self._total(unit, self._reader.live) > 0,))
        return live

    def lengths(self, unit: str, field: str) -> Numbers:
        """Words (``WORDS``) or folded characters of each unit, live passages only; of ``HEADINGS`` those of title and
        headings.
        """
        (lengths,) = self._reader.cache.get(("lengths", unit, field), lambda: (self._lengths(unit, field),))
        return lengths

    def posting(self, unit: str, field: str, term: str) -> tuple[Numbers, Numbers]:
        """The units that hold ``term``, in order, and how often each does.

        Title and headings (``HEADINGS``) hold it once or not at all.
        """
        if unit == PASSAGES:
            return self._reader.posting(field, term)
        make = self._in_headings if unit == HEADINGS else self._aggregated
        units, counts = self._reader.cache.get((unit, field, term), lambda: make(unit, field, term))
        return units, counts

    def has_context(self, unit: str) -> Weights:
        """1.0 for each section, chapter or document in a document of several sections, else 0.0."""
        (has,) = self._reader.cache.get(("has context", unit), lambda: (self._has_context(unit),))
        return has

    def _has_context(self, unit: str) -> Weights:
        owners = self._reader.sections.owners
        sections = np.bincount(owners[self.live(SECTIONS)], minlength=len(self._reader.documents))
        several = (sections > 1).astype(np.float64)
        if unit == DOCUMENTS:
            return several
        return several[owners[self._chapters[0]] if unit == CHAPTERS else owners]

    def _total(self, unit: str, values: np.ndarray) -> Numbers:
        """Sum of the rows' values in each unit; rows that are no passages have none."""
        size = self.size(unit)
        if not size:
            return np.zeros(0, dtype=np.int64)
        totals = np.bincount(self._reader.nodes, weights=values, minlength=len(self._reader.sections))
        return np.bincount(self.of_nodes(unit), weights=totals, minlength=size).astype(np.int64)

    def _lengths(self, unit: str, field: str) -> Numbers:
        if unit == HEADINGS:
            return np.where(self.live(SECTIONS), self._heading_lengths(), 0)
        counts = self._reader.word_counts if field == layout.WORDS else self._reader.char_counts
        lengths = np.where(self._reader.live, counts, 0)
        return lengths if unit == PASSAGES else self._total(unit, lengths)

    def _aggregated(self, unit: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        rows, counts = self._reader.posting(field, term)
        totals = np.bincount(self.of_nodes(unit)[self._reader.nodes[rows]], weights=counts)
        units = np.flatnonzero(totals)
        return units, totals[units].astype(np.int64)

    def _in_headings(self, unit: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        sections = self._reader.sections
        titled = self._reader.titles.containing([term])
        headed = (sections.containing([term]) | titled[sections.owners]) & self.live(SECTIONS)
        nodes = np.flatnonzero(headed)
        return nodes, np.ones(len(nodes), dtype=np.int64)

    def _heading_lengths(self) -> Numbers:
        titles = np.array([len(owned.title) if owned else 0 for owned in self._reader.documents], dtype=np.int64)
        lengths: Numbers = self._reader.sections.lengths + titles[self._reader.sections.owners]
        return lengths
