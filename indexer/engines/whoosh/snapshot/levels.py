"""Sections, chapters and documents as wholes: what they hold, summed from the postings of their passages.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, Weights
from indexer.engines.whoosh.segments.reader import SegmentReader

# What terms are counted in: a passage, its section, the sections under the same parent heading, its document, the title
# and headings above it.
PASSAGES = "passages"
SECTIONS = "sections"
CHAPTERS = "chapters"
DOCUMENTS = "documents"
HEADINGS = "headings"


class Levels:
    """The passages, sections, chapters, documents and headings of a segment; those of one level are its members."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader

    def size(self, level: str) -> int:
        """How many members a level has in the segment, deleted ones included."""
        match level:
            case "passages":
                return self._reader.size
            case "chapters":
                return len(self._chapters[0])
            case "documents":
                return len(self._reader.documents)
        return len(self._reader.sections)

    def of_nodes(self, level: str) -> Numbers:
        """The number of the section (``SECTIONS``, ``HEADINGS``), chapter or document of each node."""
        if level == CHAPTERS:
            return self._chapters[1]
        return self._reader.sections.owners if level == DOCUMENTS else self._themselves

    def of_rows(self, level: str) -> Numbers:
        """The same for each row; where it is no passage, any number."""
        if level in (SECTIONS, HEADINGS):
            return self._reader.nodes
        (members,) = self._reader.cache.get(("of rows", level), lambda: (self.of_nodes(level)[self._reader.nodes],))
        return members

    @cached_property
    def _themselves(self) -> Numbers:
        return np.arange(len(self._reader.sections))

    @cached_property
    def _chapters(self) -> tuple[Numbers, Numbers]:
        """The nodes that name a chapter, in order, and the number of each node's own among them."""
        names, numbers = np.unique(self._reader.sections.parents, return_inverse=True)
        return names, numbers

    def live(self, level: str) -> Mask:
        """Which members hold a live passage."""
        (live,) = self._reader.cache.get(("live", level), lambda: (self._total(level, self._reader.live) > 0,))
        return live

    def lengths(self, level: str, field: str) -> Numbers:
        """Words (``WORDS``) or folded characters of each member, live passages only; of ``HEADINGS`` those of title and
        headings.
        """
        (lengths,) = self._reader.cache.get(("lengths", level, field), lambda: (self._lengths(level, field),))
        return lengths

    def posting(self, level: str, field: str, term: str) -> tuple[Numbers, Numbers]:
        """The members that hold ``term``, in order, and how often each does.

        Title and headings (``HEADINGS``) hold it once or not at all.
        """
        if level == PASSAGES:
            return self._reader.posting(field, term)
        make = self._in_headings if level == HEADINGS else self._aggregated
        members, counts = self._reader.cache.get((level, field, term), lambda: make(level, field, term))
        return members, counts

    def has_context(self, level: str) -> Weights:
        """1.0 for each section, chapter or document in a document of several sections, else 0.0."""
        (has,) = self._reader.cache.get(("has context", level), lambda: (self._has_context(level),))
        return has

    def _has_context(self, level: str) -> Weights:
        owners = self._reader.sections.owners
        sections = np.bincount(owners[self.live(SECTIONS)], minlength=len(self._reader.documents))
        several = (sections > 1).astype(np.float64)
        if level == DOCUMENTS:
            return several
        return several[owners[self._chapters[0]] if level == CHAPTERS else owners]

    def _total(self, level: str, values: np.ndarray) -> Numbers:
        """Sum of the rows' values in each member; rows that are no passages have none."""
        size = self.size(level)
        if not size:
            return np.zeros(0, dtype=np.int64)
        totals = np.bincount(self._reader.nodes, weights=values, minlength=len(self._reader.sections))
        return np.bincount(self.of_nodes(level), weights=totals, minlength=size).astype(np.int64)

    def _lengths(self, level: str, field: str) -> Numbers:
        if level == HEADINGS:
            return np.where(self.live(SECTIONS), self._heading_lengths(), 0)
        counts = self._reader.word_counts if field == layout.WORDS else self._reader.char_counts
        lengths = np.where(self._reader.live, counts, 0)
        return lengths if level == PASSAGES else self._total(level, lengths)

    def _aggregated(self, level: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        rows, counts = self._reader.posting(field, term)
        totals = np.bincount(self.of_nodes(level)[self._reader.nodes[rows]], weights=counts)
        members = np.flatnonzero(totals)
        return members, totals[members].astype(np.int64)

    def _in_headings(self, level: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        sections = self._reader.sections
        titled = self._reader.titles.containing(term)
        headed = (sections.containing(term) | titled[sections.owners]) & self.live(SECTIONS)
        nodes = np.flatnonzero(headed)
        return nodes, np.ones(len(nodes), dtype=np.int64)

    def _heading_lengths(self) -> Numbers:
        titles = np.array([len(owned.title) if owned else 0 for owned in self._reader.documents], dtype=np.int64)
        lengths: Numbers = self._reader.sections.lengths + titles[self._reader.sections.owners]
        return lengths
