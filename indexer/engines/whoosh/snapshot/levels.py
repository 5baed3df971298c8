"""Sections, chapters and documents as wholes: what they hold, summed from the postings of their passages.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, Weights, numbers_between
from indexer.engines.whoosh.segments.postings import Posting, changes
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.section_tree import Ranges, chapters_of

# What terms are counted in: a passage, its section, the sections under the same parent heading, its document, the title
# and headings above it.
PASSAGES = "passages"
SECTIONS = "sections"
CHAPTERS = "chapters"
DOCUMENTS = "documents"
HEADINGS = "headings"

# In what the terms of each field are counted, headings aside.
_COUNTED = {
    layout.WORDS: (PASSAGES, SECTIONS, CHAPTERS),
    layout.CHARS: (PASSAGES, SECTIONS),
    layout.PAIRS: (DOCUMENTS,),
}


@dataclass(frozen=True, slots=True)
class Members:
    """Some members of a level, which some rows or sections are, or are in.

    Attributes:
        numbers: which they are, each once.
        places: for each of the rows or sections the place of its member among them.
        place_of: the same for every member of the level; -1 for others.
    """

    numbers: Numbers
    places: np.ndarray
    place_of: np.ndarray

    def spread(self, values: Weights) -> Weights:
        """For each of the rows or sections the value of its member."""
        return values.take(self.places)


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
        (members,) = self._reader.stored.get(("of rows", level), lambda: (self.of_nodes(level)[self._reader.nodes],))
        return members

    @cached_property
    def _themselves(self) -> Numbers:
        return np.arange(len(self._reader.sections))

    @cached_property
    def _chapters(self) -> tuple[Numbers, Numbers]:
        return chapters_of(self._reader.sections.parents)

    def live(self, level: str) -> Mask:
        """Which members hold a live passage, or are one."""
        if level == PASSAGES:
            return self._reader.live
        (live,) = self._reader.cache.get(("live", level), lambda: (self._total(level, self._reader.live) > 0,))
        return live

    def lengths(self, level: str, field: str) -> Numbers:
        """Words (``WORDS``) or folded characters of each member, live passages only; of ``HEADINGS`` those of title and
        headings.
        """
        if level == HEADINGS:
            return np.where(self.live(SECTIONS), self._heading_lengths(), 0)
        counts = self._reader.word_counts if field == layout.WORDS else self._reader.char_counts
        lengths = np.where(self._reader.live, counts, 0)
        return lengths if level == PASSAGES else self._total(level, lengths)

    def members_of(self, level: str, numbers: Numbers) -> Members:
        """Members by their numbers, which may be there several times."""
        distinct = _distinct(numbers, self.size(level))
        place_of = self._places(level, distinct)
        return Members(distinct, place_of.take(numbers).astype(np.intp), place_of)

    def rows_as_members(self, rows: Numbers) -> Members:
        """Rows, each there once, as members of ``PASSAGES``."""
        return Members(rows, np.arange(len(rows)), self._places(PASSAGES, rows))

    def _places(self, level: str, numbers: Numbers) -> np.ndarray:
        place_of = np.full(self.size(level), -1, dtype=np.int32)
        place_of[numbers] = np.arange(len(numbers), dtype=np.int32)
        return place_of

    def rows_of_sections(self, numbers: Numbers) -> Numbers:
        """The rows of a few sections, in order, deleted ones included."""
        firsts, ends, runs = self._section_runs
        own = numbers_between(runs[numbers], runs[numbers + 1])
        own = own[np.argsort(firsts[own])]
        return numbers_between(firsts[own], ends[own])

    @property
    def _section_runs(self) -> tuple[np.ndarray, ...]:
        """Rows in a line that are of one section: where they begin and end, by section; where its own begin there."""
        return self._reader.stored.get("section runs", self._find_runs)

    def _find_runs(self) -> tuple[np.ndarray, ...]:
        members = self.of_rows(SECTIONS)
        firsts = changes(members)
        ends = np.append(firsts[1:], len(members))
        order = np.argsort(members[firsts], kind="stable")
        runs = np.bincount(members[firsts], minlength=self.size(SECTIONS))
        return firsts[order], ends[order], np.concatenate(([0], np.cumsum(runs)))

    # ── what holds a term ────────────────────────────────────────────────────────────────────────────────────────

    def posting(self, level: str, field: str, term: str) -> Posting:
        """The members that hold ``term``, deleted ones included; title and headings hold it once or not at all."""
        if level == HEADINGS:  # titles of deleted documents are not known
            return Posting(*self._reader.cache.get((level, term), lambda: self._in_headings(term)))
        arrays = self._reader.stored.get(("postings", field, term), lambda: self._postings(field, term))
        at = 2 * _COUNTED[field].index(level)
        return Posting(*arrays[at : at + 2])

    def _postings(self, field: str, term: str) -> tuple[np.ndarray, ...]:
        """Counts and members of each level that the terms of a field are counted in."""
        if field == layout.PAIRS:
            return self._in_documents(term)
        rows, counts = self._reader.row_counts(field, term)
        wider = (
            Posting.summed(self.of_rows(level).take(rows), counts, self.size(level)) for level in _COUNTED[field][1:]
        )
        found = [Posting.of(rows, counts, self._reader.size), *wider]
        return tuple(chain.from_iterable((each.counts, each.members) for each in found))

    def _in_documents(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Of a pair, whose occurrences are known by position."""
        begins, positions = self._begins, self._reader.positions(term)
        if len(positions) < len(begins):
            documents = begins.searchsorted(positions, side="right") - 1
            found = Posting.summed(documents, np.ones(len(documents), dtype=np.int64), len(begins))
        else:
            counts = np.diff(positions.searchsorted(begins), append=len(positions))
            holding = np.flatnonzero(counts)
            found = Posting.of(holding, counts[holding], len(begins))
        return found.counts, found.members

    @cached_property
    def _begins(self) -> Numbers:
        """The position where each document begins."""
        begins: Numbers = self._reader.starts[self._reader.document_bounds[:-1]]
        return begins

    def _in_headings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        headed, sections = self._headed(term), self._reader.sections
        nodes = sections.listed(headed)
        found = Posting.of(nodes, np.ones(len(nodes), dtype=np.uint8), len(sections))
        return found.counts, found.members

    def frequency(self, level: str, field: str, term: str) -> int:
        """How many live members hold ``term``."""
        if level == HEADINGS:
            return self._heading_frequency(term)
        if field == layout.PAIRS and level == PASSAGES:
            return len(self._reader.rows_holding(term))
        return self.posting(level, field, term).number(None if self._reader.all_live else self.live(level))

    # ── what is known of members ─────────────────────────────────────────────────────────────────────────────────

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

    def _headed(self, term: str) -> Ranges:
        """The places of the nodes with ``term`` in the title of their document or in a heading."""
        sections, titles = self._reader.sections, self._reader.titles

        def make() -> tuple[np.ndarray, ...]:
            return sections.under(sections.holding(term), titles.containing(term)).as_arrays()

        return Ranges(*self._reader.cache.get((HEADINGS, "places", term), make))

    def _heading_frequency(self, term: str) -> int:
        headed, before = self._headed(term), self._live_before
        return int((before[headed.ends] - before[headed.begins]).sum())

    @cached_property
    def _live_before(self) -> np.ndarray:
        """How many live sections stand before each place of the preorder, and before its end."""
        live = np.zeros(self.size(SECTIONS), dtype=np.int32)
        live[self._reader.sections.places] = self.live(SECTIONS)
        return np.concatenate(([0], np.cumsum(live, dtype=np.int32)))

    def _heading_lengths(self) -> Numbers:
        folded = self._reader.every_document.columns.folded
        titles = np.array(list(map(len, folded)), dtype=np.int64) * self._reader.live_documents
        lengths: Numbers = self._reader.sections.lengths + titles[self._reader.sections.owners]
        return lengths


def _distinct(numbers: Numbers, size: int) -> Numbers:
    """Numbers, all below ``size``, in order, each once."""
    present = np.zeros(size, dtype=bool)
    present[numbers] = True
    return np.flatnonzero(present)
