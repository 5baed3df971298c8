"""The segments of one commit and what is known of them together: statistics and the orders of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, repeat
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from indexer.engines import scoring
from indexer.engines.contract import Titled
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.layout import PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.stored_documents import Columns, OwnedDocument
from indexer.engines.whoosh.snapshot.facet_tables import FacetTable, make_table
from indexer.engines.whoosh.snapshot.levels import HEADINGS, Levels
from indexer.engines.whoosh.snapshot.term_scores import PARTS, CountedPart, LengthNorms, Part, WeighedTerm
from indexer.model import Terms
from indexer.model.tokens import Abbreviations

# Frequencies of terms that are kept, one of a level each; about 200 bytes.
_KEPT = 100_000


class PlacedDocument(NamedTuple):
    """A document by its segment, the columns of that, and its number in it; and what it is sorted by."""

    reader: SegmentReader
    columns: Columns
    number: int
    document_id: str
    path: str
    date: str | None

    def titled(self) -> Titled:
        """What it is called; with a work that its title lacks it is folded as one with that."""
        title, work = self.columns.titles[self.number], self.columns.works[self.number]
        is_full = not work or work in title  # as of ``Document.full_title``, without making it
        return Titled(self.document_id, title, work, self.columns.folded[self.number] if is_full else None)


@dataclass
class Snapshot:
    """The segments of one commit and what is known of them together.

    Attributes:
        identity: of the commit, among those of all indexes.
        readers: its segments.
    """

    identity: str
    readers: Sequence[SegmentReader]
    _averages: dict[tuple[str, str], float] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _told: dict[tuple[str, str, str], tuple[int, float]] = field(default_factory=dict)
    _norms: dict[tuple[int, str], LengthNorms] = field(default_factory=dict)
    _facets: dict[tuple[str, int], FacetTable] = field(default_factory=dict)
    _orders: dict[str, dict[int, np.ndarray]] = field(default_factory=dict)

    def warm(self) -> Iterator[None]:
        """Derive what no question has asked for yet, one thing after the other."""
        for reader in self.searched:
            yield from reader.warm()
        for part in PARTS:
            for reader in self.searched:
                self._norms_of(reader, part)
            yield
        for reader in self.searched:
            self.levels_of(reader).prepare()
            yield

    @cached_property
    def passages(self) -> int:
        """Live passages."""
        return sum(int(np.count_nonzero(reader.live)) for reader in self.readers)

    @cached_property
    def searched(self) -> list[SegmentReader]:
        """The segments with live passages."""
        return [reader for reader in self.readers if reader.live.any()]

    @cached_property
    def _levels(self) -> dict[int, Levels]:
        return {id(reader): Levels(reader) for reader in self.readers}

    def levels_of(self, reader: SegmentReader) -> Levels:
        """The passages, sections, chapters and documents of one of its segments."""
        return self._levels[id(reader)]

    def document(self, document_id: str) -> tuple[SegmentReader, OwnedDocument] | None:
        """The live document of an id, with its segment."""
        reader, number = self._places.get(document_id, (None, 0))
        owned = reader.documents[number] if reader else None
        return (reader, owned) if reader and owned else None

    @cached_property
    def _places(self) -> dict[str, tuple[SegmentReader, int]]:
        """Live documents by their id: their segment, and their number in it."""
        return {each.document_id: (each.reader, each.number) for each in self.live_documents()}

    def live_documents(self) -> Iterator[PlacedDocument]:
        """Live documents, segment by segment."""
        for reader in self.readers:
            columns, count = reader.every_document.columns, len(reader.documents)
            every = zip(repeat(reader, count), repeat(columns), range(count), columns.ids, columns.paths, columns.dates)
            yield from map(PlacedDocument._make, compress(every, reader.live_documents.tolist()))

    def by_path(self) -> list[PlacedDocument]:
        """Live documents in the order of their paths."""
        return _by_path(self.live_documents())

    def abbreviations(self, most: int) -> list[Abbreviations] | None:
        """See ``Engine.abbreviations``."""
        told: list[tuple[str, str, int, Abbreviations]] = []
        for reader in self.searched:
            if reader.abbreviations is None:
                return None
            columns = reader.every_document.columns
            live = [(row, int(reader.owners[row]), each) for row, each in reader.abbreviations if reader.live[row]]
            told += ((columns.paths[owner], columns.ids[owner], row, each) for row, owner, each in live)
        return [each for *_, each in sorted(told)[:most]]

    def part(self, reader: SegmentReader, part: Part, terms: Terms) -> CountedPart:
        """A part of the score, for live members of its level in a segment."""
        return CountedPart(
            part=part,
            terms=self._weighed(part.level, part.field, part.terms(terms), terms),
            norms=self._norms_of(reader, part),
        )

    def _weighed(self, level: str, field_name: str, counted: Iterable[str], terms: Terms) -> list[WeighedTerm]:
        """Those of the terms of a query that any member of a level holds."""
        told = [(term, *self._frequency_and_idf(level, field_name, term)) for term in counted]
        return [WeighedTerm(term, idf * terms.factor(term), frequency) for term, frequency, idf in told if frequency]

    def _norms_of(self, reader: SegmentReader, part: Part) -> LengthNorms:
        """The ``length_norm`` of each member of a part's level."""
        key = id(reader), part.name
        if key not in self._norms:
            lengths = self.levels_of(reader).lengths(part.level, part.field)
            self._norms[key] = LengthNorms.of(lengths, self._average(part.level, part.field), part.shape)
        return self._norms[key]

    def _frequency_and_idf(self, level: str, field_name: str, term: str) -> tuple[int, float]:
        """How many live passages, sections, chapters or documents hold a term, and its idf among these."""
        key = level, field_name, term
        told = self._told.get(key)
        if told is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            frequency = sum(self.levels_of(reader).frequency(*key) for reader in self.searched)
            told = self._told[key] = frequency, scoring.idf(self._member_count(level), frequency)
        return told

    def pair_weights(self, terms: Terms) -> dict[str, float]:
        """What those pairs of a query count that stand in any passage: their idf among these."""
        return {each.term: each.idf for each in self._weighed(PASSAGES, layout.PAIRS, terms.pairs, terms)}

    def facet_table(self, name: str, depth: int) -> FacetTable:
        """The values of a facet; of sections ``depth`` levels, or as many as there are."""
        key = name, min(depth, self._deepest) if name == "section" else 0
        if key not in self._facets:
            self._facets[key] = make_table(self.searched, *key)
        return self._facets[key]

    @cached_property
    def _deepest(self) -> int:
        """Levels of sections, at least one."""
        return max((int(reader.sections.depths.max(initial=1)) for reader in self.searched), default=1)

    def order(self, sort: str) -> dict[int, np.ndarray]:
        """For each segment (by ``id``) the rank of each document: by id (``relevance``), path (``order``), date, and
        latest date.
        """
        if sort not in self._orders:
            self._orders[sort] = self._ranks(_SORTED[sort](self.live_documents()))
        return self._orders[sort]

    def _member_count(self, level: str) -> int:
        """Live passages, sections, chapters or documents."""
        if level == PASSAGES:
            return self.passages
        if level not in self._counts:
            name = SECTIONS if level == HEADINGS else level
            self._counts[level] = sum(int(np.count_nonzero(each.live(name))) for each in self._levels.values())
        return self._counts[level]

    def _average(self, level: str, field_name: str) -> float:
        """Mean length of a member in words or folded characters; 0 without any."""
        if (level, field_name) not in self._averages:
            total = sum(self.levels_of(reader).whole_length(level, field_name) for reader in self.readers)
            count = self._member_count(level)
            self._averages[level, field_name] = total / count if count else 0.0
        return self._averages[level, field_name]

    def _ranks(self, ordered: Iterable[PlacedDocument]) -> dict[int, np.ndarray]:
        ranks = {id(reader): np.zeros(len(reader.documents) + 1, dtype=np.int64) for reader in self.readers}
        for rank, each in enumerate(ordered):
            ranks[id(each.reader)][each.number] = rank
        return ranks


def _by_id(documents: Iterable[PlacedDocument]) -> list[PlacedDocument]:
    return sorted(documents, key=attrgetter("document_id"))


def _by_path(documents: Iterable[PlacedDocument]) -> list[PlacedDocument]:
    return sorted(documents, key=attrgetter("path", "document_id"))


def _by_date(documents: Iterable[PlacedDocument]) -> list[PlacedDocument]:
    """By date, undated last, each day by path."""
    return sorted(_by_path(documents), key=lambda each: (not each.date, each.date or ""))


def _latest_first(documents: Iterable[PlacedDocument]) -> list[PlacedDocument]:
    """By date downwards, undated last, each day by path: a stable sort reversed keeps equal ones in order."""
    dated = sorted(_by_path(documents), key=lambda each: each.date or "", reverse=True)
    return sorted(dated, key=lambda each: not each.date)


_SORTED = {"relevance": _by_id, "order": _by_path, "date": _by_date, "-date": _latest_first}
