"""The levels that terms are counted at: what their members are, how long, and which rows they have; no term.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from functools import cached_property, partial

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, Weights, as_index, numbers_between
from indexer.engines.whoosh.segments.array_file import narrowest
from indexer.engines.whoosh.segments.layout import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.posting import changes
from indexer.engines.whoosh.segments.ranges import Ranges
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.section_tree import chapters_of
from indexer.engines.whoosh.snapshot.members import MemberRanges, Members

# What terms are counted in, besides the levels of ``layout``: the title and headings above a passage.
HEADINGS = "headings"


class Levels:
    """The passages, sections, chapters, documents and headings of a segment; those of one level are its members.

    Attributes:
        reader: of the segment.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader

    def prepare(self) -> None:
        """Derive what questions need."""
        self.rows_of_sections(NO_ROWS)
        self.of_nodes(CHAPTERS)

    def size(self, level: str) -> int:
        """How many members a level has in the segment, deleted ones included."""
        match level:
            case "passages":
                return self.reader.size
            case "chapters":
                return len(self._chapters[0])
            case "documents":
                return len(self.reader.documents)
        return len(self.reader.sections)

    def of_nodes(self, level: str) -> Numbers:
        """The number of the chapter or document of each node."""
        return self._chapters[1] if level == CHAPTERS else self.reader.sections.owners

    def of_rows(self, level: str, rows: Numbers | None = None) -> Numbers:
        """The number of the section (``SECTIONS``), chapter or document of some rows, or of all; where one is no
        passage, any number.
        """
        nodes = self.reader.nodes if rows is None else self.reader.nodes.take(rows)
        return nodes if level == SECTIONS else self.of_nodes(level).take(nodes)

    @cached_property
    def _chapters(self) -> tuple[Numbers, Numbers]:
        return chapters_of(self.reader.sections.parents)

    def live(self, level: str) -> Mask:
        """Which members hold a live passage, or are one."""
        if level == PASSAGES:
            return self.reader.live
        (live,) = self.reader.cache.get(("live", level), lambda: (self._total(level, PASSAGES) > 0,))
        return live

    def lengths(self, level: str, field: str) -> np.ndarray:
        """Words (``WORDS``) or folded characters of each live member, by its live passages; of ``HEADINGS`` those of
        title and headings.
        """
        if level == HEADINGS:
            return self.reader.cache.get((HEADINGS, "lengths"), lambda: (self._heading_lengths(),))[0]
        if level == PASSAGES:
            return self.reader.word_counts if field == layout.WORDS else narrowest(self.reader.char_counts)
        return self._total(level, field)

    def whole_length(self, level: str, field: str) -> int:
        """All ``lengths`` together: every passage is in one member of each level that passages are in."""
        if level == HEADINGS:
            return int(self.lengths(level, field).sum())
        return int(self.reader.section_totals(layout.WORDS if field == layout.WORDS else layout.CHARS).sum())

    def members_of(self, level: str, numbers: Numbers) -> Members:
        """Members by their numbers, which may be there several times."""
        # pairs alone are counted in documents
        find_ranges = partial(self.ranges, level, of_positions=level == DOCUMENTS)
        return Members.of(self.size(level), numbers, find_ranges)

    def rows_as_members(self, rows: Numbers, sections: Members | None = None) -> Members:
        """Rows, each there once, as members of ``PASSAGES``; ``sections`` are those they stand in, if these are asked
        for the same terms.
        """
        find_ranges = partial(self.ranges, PASSAGES, of_positions=False)
        return Members(self.reader.size, as_index(rows), np.arange(len(rows)), find_ranges, sections)

    def rows_of_sections(self, numbers: Numbers) -> Numbers:
        """The rows of a few sections, in order, deleted ones included."""
        begins, ends, _ = self._ranges_of_rows(SECTIONS, numbers)
        return _in_order(begins, ends).numbers

    def rows_at_places(self, places: Ranges) -> Ranges:
        """The rows of the sections at places in preorder, deleted ones included."""
        begins, ends, runs, breaks = self._runs(SECTIONS)
        firsts, lasts = runs[places.begins], runs[places.ends]
        inside = breaks[Ranges(firsts, lasts).holding(breaks, len(begins))]
        firsts, lasts = np.sort(np.concatenate((firsts, inside))), np.sort(np.concatenate((lasts, inside)))
        some = firsts < lasts
        return _in_order(begins[firsts[some]], ends[lasts[some] - 1])

    def ranges(self, level: str, numbers: Numbers, *, of_positions: bool) -> MemberRanges:
        """Where some members of a level stand among rows, or positions."""
        begins, ends, sizes = self._ranges_of_rows(level, numbers)
        if of_positions:
            begins, ends = self.reader.starts[begins], self.reader.starts[ends]
        return MemberRanges(begins, ends, sizes)

    def _ranges_of_rows(self, level: str, numbers: Numbers) -> tuple[np.ndarray, np.ndarray, Numbers | None]:
        """Where the rows of some members begin and end, and how many such ranges each has; None for one each."""
        match level:
            case "passages":
                rows = numbers.astype(np.int32)
                return rows, rows + np.int32(1), None
            case "documents":
                bounds = self.reader.document_bounds
                return bounds[numbers], bounds[numbers + 1], None
        firsts, ends, runs, _ = self._runs(level)
        numbers = self.reader.sections.places.take(numbers) if level == SECTIONS else numbers
        own = numbers_between(runs[numbers], runs[numbers + 1])
        return firsts[own], ends[own], runs[numbers + 1] - runs[numbers]

    def _runs(self, level: str) -> tuple[np.ndarray, ...]:
        """Rows in a line that are of one section or chapter, by the place of that or its number: where they begin and
        end; where those of each begin there; and which do not begin where the ones before them end.
        """
        return self.reader.stored.get(("runs", level), lambda: self._find_runs(level))

    def _find_runs(self, level: str) -> tuple[np.ndarray, ...]:
        members = self.of_rows(level)
        firsts = changes(members)
        ends = np.append(firsts[1:], len(members))
        members = self.reader.sections.places.take(members[firsts]) if level == SECTIONS else members[firsts]
        order = np.argsort(members, kind="stable")
        runs = np.concatenate(([0], np.cumsum(np.bincount(members, minlength=self.size(level)))))
        firsts, ends = firsts[order], ends[order]
        breaks = np.flatnonzero(firsts[1:] != ends[:-1]) + 1
        return tuple(each.astype(np.int32) for each in (firsts, ends, runs, breaks))

    def have_context(self, sections: Numbers) -> Weights:
        """1.0 for each of some sections in a document of several, else 0.0."""
        return self._have_several_sections.take(self.reader.sections.owners.take(sections))

    @cached_property
    def _have_several_sections(self) -> Weights:
        """1.0 for each document of several sections, else 0.0."""
        owners = self.reader.sections.owners
        sections = np.bincount(owners[self.live(SECTIONS)], minlength=len(self.reader.documents))
        return (sections > 1).astype(np.float64)

    def _total(self, level: str, counted: str) -> np.ndarray:
        """Live passages (``PASSAGES``), their words (``WORDS``) or folded characters in each member."""
        of_sections = self.reader.section_totals(layout.CHARS if counted == layout.PAIRS else counted)
        if level in (SECTIONS, HEADINGS) or not len(of_sections):
            return of_sections
        return np.bincount(self.of_nodes(level), of_sections, minlength=self.size(level)).astype(np.int64)

    def _heading_lengths(self) -> np.ndarray:
        folded = self.reader.every_document.columns.folded
        titles = np.array(list(map(len, folded)), dtype=np.int64) * self.reader.live_documents
        lengths = self.reader.sections.lengths + titles.take(self.reader.sections.owners)
        return narrowest(np.where(self.live(SECTIONS), lengths, 0))


def _in_order(begins: Numbers, ends: Numbers) -> Ranges:
    """Ranges that lie apart from each other."""
    order = np.argsort(begins, kind="stable")
    return Ranges(begins[order], ends[order])
