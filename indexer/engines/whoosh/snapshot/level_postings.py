"""What holds a term at each level: passages, sections, chapters, documents, or what stands under headings with it.

Postings are kept by level once they were asked for; of few members is counted in the occurrences, of which as much is
decoded as lies around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import ArrayCache, Numbers
from indexer.engines.whoosh.segments.layout import DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.posting import Posting, changes, tallied
from indexer.engines.whoosh.segments.postings import LONG
from indexer.engines.whoosh.segments.ranges import Ranges
from indexer.engines.whoosh.segments.span_finder import SpanFinder
from indexer.engines.whoosh.snapshot.levels import HEADINGS, Levels
from indexer.engines.whoosh.snapshot.members import Members

# Finding where a member begins and ends among occurrences takes as long as going through so many of them.
_FEW = 8
# Of sections under a heading, which are ranges, so many; of long lists, which have skip data, so many.
_FEW_OF_HEADINGS, _FEW_OF_LONG = 32, 2


class LevelPostings:
    """The postings of a segment at all of its levels."""

    def __init__(self, levels: Levels) -> None:
        self._reader, self._levels = levels.reader, levels

    def prepare(self) -> None:
        """Derive what terms are counted by."""
        self.frequency(HEADINGS, layout.PAIRS, "的字")

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
            return [self._headed(term).holding(places, self._levels.size(level)) for term in terms]
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
        rows, size = self._reader.rows_of_term(field, term), self._levels.size(level)
        if level == PASSAGES:
            firsts = changes(rows)
            found = Posting.of(rows[firsts], np.diff(firsts, append=len(rows)), size)
        else:
            found = Posting.counted(self._levels.of_rows(level, rows), size)
        return found.counts, found.members

    def _in_documents(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Of a pair, whose occurrences are known by position."""
        finder, size = self._document_finder, self._levels.size(DOCUMENTS)
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
            ranges = self._levels.ranges(level, deleted, of_positions=field == layout.PAIRS)
            return stored - int(np.count_nonzero(ranges.counts(self._occurrences(field, term))))
        if field == layout.PAIRS and level == PASSAGES:
            return len(self._reader.rows_holding(term))
        return self.posting(level, field, term).number(None if self._reader.all_live else self._levels.live(level))

    def _deleted(self, level: str) -> Numbers:
        """The members that hold no live passage, nor are one; of the others no passage is deleted."""
        (deleted,) = self._reader.cache.get(("deleted", level), lambda: (np.flatnonzero(~self._levels.live(level)),))
        return deleted

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
        before = np.zeros(self._levels.size(SECTIONS) + 1, dtype=np.int32)
        before[self._reader.sections.places + 1] = self._levels.live(SECTIONS)
        return np.cumsum(before, out=before)


def _few(level: str, frequency: int) -> int:
    """So many members that hold a term are gone through in the time that counting takes in one of those asked for."""
    if level == HEADINGS:
        return _FEW_OF_HEADINGS
    return _FEW if frequency < LONG else _FEW_OF_LONG
