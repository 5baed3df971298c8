"""Sections, chapters and documents as wholes: what they hold, summed from the postings of their passages.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeAlias

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, Weights, numbers_between
from indexer.engines.whoosh.segments.postings import changes
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.section_tree import Ranges

# What terms are counted in: a passage, its section, the sections under the same parent heading, its document, the title
# and headings above it.
PASSAGES = "passages"
SECTIONS = "sections"
CHAPTERS = "chapters"
DOCUMENTS = "documents"
HEADINGS = "headings"

# Fewer rows than this share of a level are put in order, as they nearly are; of more, the level is gone through.
_FEW = 4


Counter: TypeAlias = "Callable[[FewMembers], np.ndarray]"


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
        """The nodes that name a chapter, in order, and the number of each node's own among them."""
        parents = self._reader.sections.parents
        is_name = np.zeros(len(parents), dtype=bool)
        is_name[parents] = True
        return np.flatnonzero(is_name), (np.cumsum(is_name) - 1)[parents]

    def live(self, level: str) -> Mask:
        """Which members hold a live passage."""
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

    def posting(self, level: str, field: str, term: str) -> tuple[Numbers, np.ndarray]:
        """The members that hold ``term``, in order, and how often each does.

        Title and headings (``HEADINGS``) hold it once or not at all.
        """
        if level == PASSAGES:
            return self._reader.posting(field, term)
        make = self._in_headings if level == HEADINGS else self._aggregated
        members, counts = self._reader.cache.get((level, field, term), lambda: make(level, field, term))
        return members, counts

    def frequency(self, level: str, field: str, term: str) -> int:
        """How many members hold ``term``."""
        if level == HEADINGS:
            return self._heading_frequency(term)
        if known := self._reader.cache.peek((level, field, term)):
            return len(known[0])
        if level in (CHAPTERS, DOCUMENTS):  # they are summed for scores anyway
            return len(self.posting(level, field, term)[0])
        rows, _ = self._reader.posting(field, term)
        return len(rows) if level == PASSAGES else _distinct(self.of_rows(level)[rows], self.size(level))

    def counter(self, level: str, field: str, term: str) -> Counter:
        """What tells how often ``term`` stands in each of a few members, all live."""
        if level == HEADINGS:
            headed, places = self._headed(term), self._reader.sections.places
            return lambda wanted: headed.holding(places[wanted.numbers])
        if level == PASSAGES:
            rows, counts = self._reader.posting(field, term)
            return lambda wanted: counts_of(wanted.numbers, rows, counts)
        occurrences, by_position = self._reader.occurrences_of(field, term)
        return lambda wanted: wanted.counts(occurrences, by_position)

    def few(self, level: str, numbers: Numbers) -> FewMembers:
        """Members by their numbers, ready to be counted in; of ``HEADINGS`` and ``SECTIONS`` alike."""
        starts = self._reader.starts
        if level == PASSAGES:
            return FewMembers(numbers, numbers, numbers + 1, starts)
        firsts, ends, runs = self._runs(level)
        counts = runs[numbers + 1] - runs[numbers]
        own = numbers_between(runs[numbers], runs[numbers + 1])
        return FewMembers(numbers, firsts[own], ends[own], starts, None if (counts == 1).all() else counts)

    def rows_of_sections(self, numbers: Numbers) -> Numbers:
        """The rows of a few sections, in order, deleted ones included."""
        firsts, ends, runs = self._runs(SECTIONS)
        own = numbers_between(runs[numbers], runs[numbers + 1])
        own = own[np.argsort(firsts[own])]
        return numbers_between(firsts[own], ends[own])

    def _runs(self, level: str) -> tuple[np.ndarray, ...]:
        """Rows in a line that are of one member: where they begin and end, by member; and where its own begin there."""
        level = SECTIONS if level == HEADINGS else level
        return self._reader.stored.get(("runs", level), lambda: self._find_runs(level))

    def _find_runs(self, level: str) -> tuple[np.ndarray, ...]:
        members = self.of_rows(level)
        firsts = changes(members)
        ends = np.append(firsts[1:], len(members))
        order = np.argsort(members[firsts], kind="stable")
        runs = np.bincount(members[firsts], minlength=self.size(level))
        return firsts[order], ends[order], np.concatenate(([0], np.cumsum(runs)))

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

    def _aggregated(self, level: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        rows, counts = self._reader.posting(field, term)
        members, size = self.of_rows(level)[rows], self.size(level)
        if len(rows) * _FEW < size:
            found, inverse = np.unique(members, return_inverse=True)
            return found, np.bincount(inverse, weights=counts, minlength=len(found))
        totals = np.bincount(members, weights=counts)
        found = np.flatnonzero(totals)
        return found, totals[found]

    def _in_headings(self, level: str, field: str, term: str) -> tuple[np.ndarray, ...]:
        headed = self._headed(term).holding(self._reader.sections.places) & self.live(SECTIONS)
        nodes = np.flatnonzero(headed)
        return nodes, np.ones(len(nodes), dtype=np.int64)

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
        titles = np.array([len(owned.title) if owned else 0 for owned in self._reader.documents], dtype=np.int64)
        lengths: Numbers = self._reader.sections.lengths + titles[self._reader.sections.owners]
        return lengths


def counts_of(wanted: Numbers, rows: Numbers, counts: Numbers) -> Numbers:
    """How often a term stands in each of the ``wanted`` rows, given those that hold it, and how often each does."""
    if not len(rows):
        return np.zeros(len(wanted), dtype=np.int64)
    at = rows.searchsorted(wanted)
    holding = rows.take(at, mode="clip") == wanted
    found: Numbers = counts.take(at, mode="clip") * holding
    return found


def _distinct(numbers: Numbers, size: int) -> int:
    """How many numbers there are, all below ``size``, repetitions aside."""
    present = np.zeros(size, dtype=bool)
    present[numbers] = True
    return int(np.count_nonzero(present))


class FewMembers:
    """Members of a level, and the rows that are theirs.

    Args:
        numbers: which they are.
        firsts, ends: where rows in a line that are of one of them begin and end.
        starts: where each row begins.
        runs: how many such lines each has; None where each has one.
    """

    def __init__(
        self, numbers: Numbers, firsts: Numbers, ends: Numbers, starts: Numbers, runs: Numbers | None = None
    ) -> None:
        self.numbers = numbers
        self._rows = np.concatenate([firsts, ends])
        self._starts, self._runs = starts, runs

    def counts(self, occurrences: Numbers, by_position: bool) -> np.ndarray:
        """How often a term stands in each of them, given all its rows or positions in order (``occurrences_of``)."""
        before = occurrences.searchsorted(self._positions if by_position else self._rows)
        half = len(before) // 2
        found: Numbers = before[half:] - before[:half]
        if self._runs is None:
            return found
        summed: np.ndarray = np.bincount(self._lines, weights=found, minlength=len(self._runs))
        return summed

    @cached_property
    def _positions(self) -> Numbers:
        positions: Numbers = self._starts[self._rows]
        return positions

    @cached_property
    def _lines(self) -> Numbers:
        """For each line the member that it is of."""
        lines: Numbers = np.arange(len(self.numbers)).repeat(self._runs) if self._runs is not None else NO_ROWS
        return lines
