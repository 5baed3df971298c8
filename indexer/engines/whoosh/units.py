"""Sections, chapters and documents as wholes: what they hold, summed from the postings of their passages.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Mask, Numbers, Weights

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
    """Passages, sections, chapters, documents and headings of a segment as units that terms are counted in."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader

    def of_nodes(self, unit: str) -> Numbers:
        """The number of the section (``SECTIONS``, ``HEADINGS``), chapter or document of each node."""
        sections = self._reader.sections
        if unit == CHAPTERS:
            return sections.parents
        return sections.owners if unit == DOCUMENTS else self._themselves

    @cached_property
    def _themselves(self) -> Numbers:
        return np.arange(len(self._reader.sections))

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

    @cached_property
    def has_context(self) -> Weights:
        """1.0 for each node in a document of several sections, else 0.0."""
        owners = self._reader.sections.owners
        sections = np.bincount(owners[self.live(SECTIONS)], minlength=len(self._reader.documents))
        return (sections > 1)[owners].astype(np.float64)

    def _size(self, unit: str) -> int:
        return len(self._reader.documents) if unit == DOCUMENTS else len(self._reader.sections)

    def _total(self, unit: str, values: np.ndarray) -> Numbers:
        """Sum of the rows' values in each unit; rows that are no passages have none."""
        size = self._size(unit)
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
