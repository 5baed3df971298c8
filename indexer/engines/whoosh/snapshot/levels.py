"""Sections, chapters and documents as wholes: what they hold, summed from the postings of their passages.

A section is a node of the tree of headings, a chapter all sections right under one node (named by it, and holding its
own passages too where it is a root), a document all of its nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import (
    NO_ROWS,
    ArrayCache,
    Mask,
    Numbers,
    Weights,
    as_index,
    mark,
    numbers_between,
)
from indexer.engines.whoosh.segments.array_file import narrowest
from indexer.engines.whoosh.segments.layout import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.postings import LONG, Posting, changes, tallied
from indexer.engines.whoosh.segments.ranges import Ranges
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import marked
from indexer.engines.whoosh.segments.section_tree import chapters_of
from indexer.engines.whoosh.segments.span_finder import SpanFinder
from indexer.model.records import record

# What terms are counted in, besides the levels of ``layout``: the title and headings above a passage.
HEADINGS = "headings"
# So many numbers are put in order while one member of a level is marked, and marks are gone through.
_SORTED = 64
# While one number is found among those in order, the places of so many members are listed.
_SEARCHED = 256
# Finding where a member begins and ends among occurrences takes as long as going through so many of them.
_FEW = 8
# Of sections under a heading, which are ranges, so many; of long lists, which have skip data, so many.
_FEW_OF_HEADINGS, _FEW_OF_LONG = 32, 2
# In so many ranges, and lists of so many postings, what several lists have is counted together.
_TOGETHER = 1_000
# So many occurrences of a member are looked at before it is found where they end, if there are so many members.
_STEPS, _STEPPED = 3, 500


@record
class MemberRanges:
    """Where members stand among postings: the ranges of one after those of the one before.

    Attributes:
        begins, ends: of each range.
        sizes: how many ranges each member has; None for one each.
    """

    begins: np.ndarray
    ends: np.ndarray
    sizes: Numbers | None

    def counts(self, postings: np.ndarray) -> Numbers:
        """How many of some postings, which ascend, are in the ranges of each member."""
        kind = postings.dtype  # of another type would all postings be converted
        found = _counts_between(postings, self.begins.astype(kind, copy=False), self.ends.astype(kind, copy=False))
        return found if self.sizes is None else _summed(found, self.sizes)

    def counts_of_each(self, lists: Sequence[np.ndarray], span: int) -> Sequence[Numbers]:
        """The same for each of several lists, all of them below ``span``."""
        if len(lists) == 1 or max(len(self.begins), *map(len, lists)) > _TOGETHER:
            return list(map(self.counts, lists))
        offsets = np.arange(len(lists), dtype=np.int64) * span
        joined = np.concatenate(lists) + np.repeat(offsets, list(map(len, lists)))
        begins, ends = (np.add.outer(offsets, each).ravel() for each in (self.begins, self.ends))
        found = _counts_between(joined, begins, ends)
        if self.sizes is not None:
            found = _summed(found, np.tile(self.sizes, len(lists)))
        return list(found.reshape(len(lists), -1))


class Around:
    """The postings around members, as far as they were asked for: those of long lists are decoded in parts."""

    def __init__(self, ranges: MemberRanges) -> None:
        self._ranges = ranges
        self._found: dict[tuple[str, str], np.ndarray] = {}

    def postings(self, reader: SegmentReader, field: str, term: str) -> np.ndarray:
        """Where a term of a field occurs in the ranges of the members, and other places where it does."""
        key = field, term
        if key not in self._found:
            self._found[key] = reader.postings_near(field, term, self._ranges.begins, self._ranges.ends)
        return self._found[key]


@dataclass(eq=False, repr=False)
class Members:
    """Some members of a level, which some rows or sections are, or are in.

    Attributes:
        size: how many members the level has.
        numbers: which they are, each once.
        places: for each of the rows or sections the place of its member among them.
        find_ranges: gives the ranges of members by their numbers.
        within: other members, of a wider level, that all of them are in, if their postings are asked for too.
    """

    size: int
    numbers: Numbers
    places: np.ndarray
    find_ranges: Callable[[Numbers], MemberRanges]
    within: Members | None = None

    @cached_property
    def around(self) -> Around:
        """The postings around them."""
        return self.within.around if self.within else Around(self.ranges)

    @classmethod
    def of(cls, size: int, numbers: Numbers, find_ranges: Callable[[Numbers], MemberRanges]) -> Members:
        """Members by their numbers, which may be there several times."""
        if len(numbers) * _SORTED < size:
            return cls(size, *np.unique(numbers, return_inverse=True), find_ranges)
        members = cls(size, marked(mark(np.zeros(size, dtype=bool), numbers)), NO_ROWS, find_ranges)
        members.places = members._place_of.take(numbers).astype(np.intp)
        return members

    @cached_property
    def ranges(self) -> MemberRanges:
        """Where they stand among postings."""
        return self.find_ranges(self.numbers)

    def places_of(self, numbers: np.ndarray) -> np.ndarray:
        """The place among them of each of some members of the level; -1 of others."""
        if len(numbers) * _SEARCHED > self.size:
            return self._place_of.take(numbers)
        at = self.numbers.searchsorted(numbers, sorter=self._order)
        places = self._order.take(at, mode="clip")
        return np.where(self.numbers.take(places) == numbers, places, -1)

    @cached_property
    def _place_of(self) -> np.ndarray:
        """The place among them of every member of the level; -1 of others."""
        kind = np.min_scalar_type(-len(self.numbers) - 1)  # the fewer bytes, the less is to be filled
        place_of = np.full(self.size, -1, dtype=kind)
        place_of[self.numbers] = np.arange(len(self.numbers), dtype=kind)
        return place_of

    @cached_property
    def _order(self) -> np.ndarray:
        """What sorts their numbers."""
        return self.numbers.argsort(kind="stable")

    def spread(self, values: Weights) -> Weights:
        """For each of the rows or sections the value of its member."""
        return values.take(self.places)


class Levels:
    """The passages, sections, chapters, documents and headings of a segment; those of one level are its members."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader

    def prepare(self) -> None:
        """Derive what terms are counted by."""
        self.rows_of_sections(NO_ROWS)
        self.of_nodes(CHAPTERS)
        self.frequency(HEADINGS, layout.PAIRS, "的字")

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
        """The number of the chapter or document of each node."""
        return self._chapters[1] if level == CHAPTERS else self._reader.sections.owners

    def _of_rows(self, level: str, rows: Numbers | None = None) -> Numbers:
        """The number of the section (``SECTIONS``), chapter or document of some rows, or of all; where one is no
        passage, any number.
        """
        nodes = self._reader.nodes if rows is None else self._reader.nodes.take(rows)
        return nodes if level == SECTIONS else self.of_nodes(level).take(nodes)

    @cached_property
    def _chapters(self) -> tuple[Numbers, Numbers]:
        return chapters_of(self._reader.sections.parents)

    def live(self, level: str) -> Mask:
        """Which members hold a live passage, or are one."""
        if level == PASSAGES:
            return self._reader.live
        (live,) = self._reader.cache.get(("live", level), lambda: (self._total(level, PASSAGES) > 0,))
        return live

    def lengths(self, level: str, field: str) -> np.ndarray:
        """Words (``WORDS``) or folded characters of each live member, by its live passages; of ``HEADINGS`` those of
        title and headings.
        """
        if level == HEADINGS:
            return self._reader.cache.get((HEADINGS, "lengths"), lambda: (self._heading_lengths(),))[0]
        if level == PASSAGES:
            return self._reader.word_counts if field == layout.WORDS else narrowest(self._reader.char_counts)
        return self._total(level, field)

    def whole_length(self, level: str, field: str) -> int:
        """All ``lengths`` together: every passage is in one member of each level that passages are in."""
        if level == HEADINGS:
            return int(self.lengths(level, field).sum())
        return int(self._reader.section_totals(layout.WORDS if field == layout.WORDS else layout.CHARS).sum())

    def members_of(self, level: str, numbers: Numbers) -> Members:
        """Members by their numbers, which may be there several times."""
        # pairs alone are counted in documents
        find_ranges = partial(self._ranges, level, of_positions=level == DOCUMENTS)
        return Members.of(self.size(level), numbers, find_ranges)

    def rows_as_members(self, rows: Numbers, sections: Members | None = None) -> Members:
        """Rows, each there once, as members of ``PASSAGES``; ``sections`` are those they stand in, if these are asked
        for the same terms.
        """
        find_ranges = partial(self._ranges, PASSAGES, of_positions=False)
        return Members(self._reader.size, as_index(rows), np.arange(len(rows)), find_ranges, sections)

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

    def _ranges(self, level: str, numbers: Numbers, *, of_positions: bool) -> MemberRanges:
        """Where some members of a level stand among rows, or positions."""
        begins, ends, sizes = self._ranges_of_rows(level, numbers)
        if of_positions:
            begins, ends = self._reader.starts[begins], self._reader.starts[ends]
        return MemberRanges(begins, ends, sizes)

    def _ranges_of_rows(self, level: str, numbers: Numbers) -> tuple[np.ndarray, np.ndarray, Numbers | None]:
        """Where the rows of some members begin and end, and how many such ranges each has; None for one each."""
        match level:
            case "passages":
                rows = numbers.astype(np.int32)
                return rows, rows + np.int32(1), None
            case "documents":
                bounds = self._reader.document_bounds
                return bounds[numbers], bounds[numbers + 1], None
        firsts, ends, runs, _ = self._runs(level)
        numbers = self._reader.sections.places.take(numbers) if level == SECTIONS else numbers
        own = numbers_between(runs[numbers], runs[numbers + 1])
        return firsts[own], ends[own], runs[numbers + 1] - runs[numbers]

    def _runs(self, level: str) -> tuple[np.ndarray, ...]:
        """Rows in a line that are of one section or chapter, by the place of that or its number: where they begin and
        end; where those of each begin there; and which do not begin where the ones before them end.
        """
        return self._reader.stored.get(("runs", level), lambda: self._find_runs(level))

    def _find_runs(self, level: str) -> tuple[np.ndarray, ...]:
        members = self._of_rows(level)
        firsts = changes(members)
        ends = np.append(firsts[1:], len(members))
        members = self._reader.sections.places.take(members[firsts]) if level == SECTIONS else members[firsts]
        order = np.argsort(members, kind="stable")
        runs = np.concatenate(([0], np.cumsum(np.bincount(members, minlength=self.size(level)))))
        firsts, ends = firsts[order], ends[order]
        breaks = np.flatnonzero(firsts[1:] != ends[:-1]) + 1
        return tuple(each.astype(np.int32) for each in (firsts, ends, runs, breaks))

    # ── what holds a term ────────────────────────────────────────────────────────────────────────────────────────

    def postings_for(
        self, members: int, level: str, field: str, terms: Sequence[tuple[str, int]]
    ) -> list[Posting | None]:
        """The ``posting`` of each of some terms, given with the number of members that hold it, to look up ``members``
        of these in; None where it is at hand for nobody, and finding these few among the occurrences takes less time
        than making it.
        """
        kept = self._cache_of(level).kept_all([(level, field, term) for term, _ in terms])
        return [
            Posting(*own) if own else self._posting_for(members, frequency, level, field, term)
            for own, (term, frequency) in zip(kept, terms, strict=True)
        ]

    def _posting_for(self, members: int, frequency: int, level: str, field: str, term: str) -> Posting | None:
        pays = members * _few(level, frequency) >= frequency
        return self.posting(level, field, term) if pays else None

    def _cache_of(self, level: str) -> ArrayCache:
        """What keeps the postings of a level; titles of deleted documents are not known."""
        return self._reader.cache if level == HEADINGS else self._reader.stored

    def counts_in(self, members: Members, level: str, field: str, terms: Sequence[str]) -> Sequence[np.ndarray]:
        """How often each of some members of a level holds each of ``terms``, by its occurrences."""
        if level == HEADINGS:
            places = self._reader.sections.places.take(members.numbers)
            return [self._headed(term).holding(places, self.size(level)) for term in terms]
        ranges = members.ranges
        lists = [members.around.postings(self._reader, field, term) for term in terms]
        return ranges.counts_of_each(lists, self._reader.span(field))

    def _occurrences(self, field: str, term: str) -> np.ndarray:
        """Positions of a pair, rows of any other term."""
        return self._reader.positions(term) if field == layout.PAIRS else self._reader.rows_of_term(field, term)

    def posting(self, level: str, field: str, term: str) -> Posting:
        """The members that hold ``term``, deleted ones included; title and headings hold it once or not at all."""
        return Posting(*self._cache_of(level).get((level, field, term), lambda: self._find(level, field, term)))

    def _find(self, level: str, field: str, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Counts and members."""
        if level == HEADINGS:
            return self._in_headings(term)
        if field == layout.PAIRS:
            return self._in_documents(term)
        rows, size = self._reader.rows_of_term(field, term), self.size(level)
        if level == PASSAGES:
            firsts = changes(rows)
            found = Posting.of(rows[firsts], np.diff(firsts, append=len(rows)), size)
        else:
            found = Posting.counted(self._of_rows(level, rows), size)
        return found.counts, found.members

    def _in_documents(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Of a pair, whose occurrences are known by position."""
        finder, size = self._document_finder, self.size(DOCUMENTS)
        documents = finder.spans_at(self._reader.positions(term))
        if len(documents) < size:
            found = Posting.counted(documents, size)
        else:
            counts = tallied(documents, size)
            holding = np.flatnonzero(counts)
            found = Posting.of(holding, counts[holding], size)
        return found.counts, found.members

    @cached_property
    def _document_finder(self) -> SpanFinder:
        """Finds documents by position."""
        return SpanFinder(self._reader.starts[self._reader.document_bounds])

    def _in_headings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        headed, sections = self._headed(term), self._reader.sections
        nodes = sections.listed(headed)
        found = Posting.of(nodes, np.ones(len(nodes), dtype=np.uint8), len(sections))
        return found.counts, found.members

    def frequency(self, level: str, field: str, term: str) -> int:
        """How many live members hold ``term``."""
        if level == HEADINGS:
            return self._heading_frequency(term)
        stored = self._reader.stored_frequency(level, field, term)
        if stored is not None and self._reader.all_live:
            return stored
        if stored is not None and len(deleted := self._deleted(level)) * _FEW < self._reader.size_of_term(field, term):
            ranges = self._ranges(level, deleted, of_positions=field == layout.PAIRS)
            return stored - int(np.count_nonzero(ranges.counts(self._occurrences(field, term))))
        if field == layout.PAIRS and level == PASSAGES:
            return len(self._reader.rows_holding(term))
        return self.posting(level, field, term).number(None if self._reader.all_live else self.live(level))

    def _deleted(self, level: str) -> Numbers:
        """The members that hold no live passage, nor are one; of the others no passage is deleted."""
        (deleted,) = self._reader.cache.get(("deleted", level), lambda: (np.flatnonzero(~self.live(level)),))
        return deleted

    # ── what is known of members ─────────────────────────────────────────────────────────────────────────────────

    def have_context(self, sections: Numbers) -> Weights:
        """1.0 for each of some sections in a document of several, else 0.0."""
        return self._have_several_sections.take(self._reader.sections.owners.take(sections))

    @cached_property
    def _have_several_sections(self) -> Weights:
        """1.0 for each document of several sections, else 0.0."""
        owners = self._reader.sections.owners
        sections = np.bincount(owners[self.live(SECTIONS)], minlength=len(self._reader.documents))
        return (sections > 1).astype(np.float64)

    def _total(self, level: str, counted: str) -> np.ndarray:
        """Live passages (``PASSAGES``), their words (``WORDS``) or folded characters in each member."""
        of_sections = self._reader.section_totals(layout.CHARS if counted == layout.PAIRS else counted)
        if level in (SECTIONS, HEADINGS) or not len(of_sections):
            return of_sections
        return np.bincount(self.of_nodes(level), of_sections, minlength=self.size(level)).astype(np.int64)

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
        before = np.zeros(self.size(SECTIONS) + 1, dtype=np.int32)
        before[self._reader.sections.places + 1] = self.live(SECTIONS)
        return np.cumsum(before, out=before)

    def _heading_lengths(self) -> np.ndarray:
        folded = self._reader.every_document.columns.folded
        titles = np.array(list(map(len, folded)), dtype=np.int64) * self._reader.live_documents
        lengths = self._reader.sections.lengths + titles.take(self._reader.sections.owners)
        return narrowest(np.where(self.live(SECTIONS), lengths, 0))


def _few(level: str, frequency: int) -> int:
    """So many members that hold a term are gone through in the time that counting takes in one of those asked for."""
    if level == HEADINGS:
        return _FEW_OF_HEADINGS
    return _FEW if frequency < LONG else _FEW_OF_LONG


def _counts_between(postings: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> Numbers:
    """How many of some postings, which ascend, are in each range. Most have a few, which are looked at one by one: that
    takes less time than finding where they end.
    """
    if not len(postings):
        return np.zeros(len(begins), dtype=np.int64)
    begun = postings.searchsorted(begins)
    if len(begins) < _STEPPED:
        return postings.searchsorted(ends) - begun
    counts = np.zeros(len(begins), dtype=np.int64)
    for step in range(_STEPS):
        counts += postings.take(begun + step, mode="clip") < ends
    many = np.flatnonzero(counts == _STEPS)
    counts[many] = postings.searchsorted(ends.take(many)) - begun.take(many)
    return np.minimum(counts, len(postings) - begun)  # the last one was looked at again


def _summed(counts: Numbers, sizes: Numbers) -> Numbers:
    """The sums of counts, so many of them for each."""
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return np.bincount(owners, weights=counts, minlength=len(sizes)).astype(np.int64)


def _in_order(begins: Numbers, ends: Numbers) -> Ranges:
    """Ranges that lie apart from each other."""
    order = np.argsort(begins, kind="stable")
    return Ranges(begins[order], ends[order])
