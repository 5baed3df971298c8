"""The segments of one commit and what is known of them together: statistics and the orders of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, compress
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from indexer.engines import scoring
from indexer.engines.contract import IndexedFile, Titled
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.layout import PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.stored_documents import OwnedDocument
from indexer.engines.whoosh.snapshot.facet_tables import FacetTable, make_table
from indexer.engines.whoosh.snapshot.frequent_terms import decode_frequent
from indexer.engines.whoosh.snapshot.level_postings import LevelPostings
from indexer.engines.whoosh.snapshot.levels import HEADINGS, Levels
from indexer.engines.whoosh.snapshot.term_scores import PARTS, CountedPart, LengthNorms, Part, WeighedTerm
from indexer.model import Terms
from indexer.model.tokens import Abbreviations

# Terms of each level and field that are kept with what they count; about 200 bytes each.
_KEPT = 12_500


class PlacedDocument(NamedTuple):
    """A document by its segment, and its number in it."""

    reader: SegmentReader
    number: int


@dataclass(eq=False, repr=False)
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
    _weighed_terms: dict[tuple[str, str], dict[str, WeighedTerm]] = field(default_factory=dict)
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
        rows = sum(reader.size for reader in self.searched)
        for reader in self.searched:
            postings = self.postings_of(reader)
            for prepare in (self.levels_of(reader).prepare, postings.prepare):
                prepare()
                yield
            yield from decode_frequent(reader, postings, reader.size / rows)

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

    @cached_property
    def _postings(self) -> dict[int, LevelPostings]:
        return {key: LevelPostings(levels) for key, levels in self._levels.items()}

    def postings_of(self, reader: SegmentReader) -> LevelPostings:
        """What holds a term in one of its segments, at each level."""
        return self._postings[id(reader)]

    def document(self, document_id: str) -> tuple[SegmentReader, OwnedDocument] | None:
        """The live document of an id, with its segment."""
        place = self.place(document_id)
        return (place.reader, place.reader.every_document[place.number]) if place else None

    def place(self, document_id: str) -> PlacedDocument | None:
        """Where the live document of an id is."""
        for reader in self.readers:
            for number in reader.every_document.numbers_of((document_id,)):
                if reader.live_documents[number]:
                    return PlacedDocument(reader, number)
        return None

    def _of_live_documents(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Some of the ``Columns`` of live documents, segment by segment."""
        for reader in self.readers:
            columns = (getattr(reader.every_document.columns, name) for name in names)
            yield from compress(zip(*columns, strict=True), reader.live_documents.tolist())

    def indexed_files(self) -> list[IndexedFile]:
        """What live documents were read from, by path, then id."""
        return sorted(
            chain.from_iterable(
                compress(reader.every_document.files, reader.live_documents.tolist()) for reader in self.readers
            )
        )

    def titled(self) -> list[Titled]:
        """What live documents are called, in the order of their paths; one with a work that its title lacks is folded
        with that.
        """
        every = sorted(self._of_live_documents("paths", "ids", "titles", "works", "folded"), key=itemgetter(0, 1))
        return [
            Titled(document_id, title, work, None if work and work not in title else folded)
            for _, document_id, title, work, folded in every
        ]

    def columns(self) -> set[str]:
        """The names of the user's own columns."""
        return set(chain.from_iterable(names for (names,) in self._of_live_documents("fields")))

    def abbreviations(self, most: int) -> list[Abbreviations] | None:
        """See ``Engine.abbreviations``."""
        told: list[tuple[str, str, int, Abbreviations]] = []
        for reader in self.searched:
            if reader.abbreviations is None:
                return None
            columns = reader.every_document.columns
            live = [(row, reader.owner_of(row), each) for row, each in reader.abbreviations if reader.live[row]]
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
        known = self._weighed_terms.setdefault((level, field_name), {})
        weighed = [known.get(term) or self._weigh(known, level, field_name, term) for term in counted]
        if terms.lighter:
            weighed = [(term, idf * terms.factor(term), frequency) for term, idf, frequency in weighed]
        return [each for each in weighed if each[2]]

    def _norms_of(self, reader: SegmentReader, part: Part) -> LengthNorms:
        """The ``length_norm`` of each member of a part's level."""
        key = id(reader), part.name
        if key not in self._norms:
            lengths = self.levels_of(reader).lengths(part.level, part.field)
            self._norms[key] = LengthNorms.of(lengths, self._average(part.level, part.field), part.shape)
        return self._norms[key]

    def _weigh(self, known: dict[str, WeighedTerm], level: str, field_name: str, term: str) -> WeighedTerm:
        """A term among live passages, sections, chapters or documents, from now on ``known``."""
        if len(known) >= _KEPT:
            known.clear()
        frequency = sum(self.postings_of(reader).frequency(level, field_name, term) for reader in self.searched)
        weighed = known[term] = term, scoring.idf(self._member_count(level), frequency), frequency
        return weighed

    def pair_weights(self, terms: Terms) -> dict[str, float]:
        """What those pairs of a query count that stand in any passage: their idf among these."""
        return {pair: idf for pair, idf, _ in self._weighed(PASSAGES, layout.PAIRS, terms.pairs, terms)}

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
            ids, paths, dates = [*zip(*self._of_live_documents("ids", "paths", "dates"), strict=True)] or [()] * 3
            self._orders[sort] = self._ranks(_SORTED[sort](ids, paths, dates))
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

    def _ranks(self, ordered: Sequence[int]) -> dict[int, np.ndarray]:
        """For each segment the rank of each document, by the order of all live ones; of others, and of none (-1), 0."""
        every = np.empty(len(ordered), dtype=np.int64)
        every[np.array(ordered, dtype=np.intp)] = np.arange(len(ordered))
        ranks, begin = {}, 0
        for reader in self.readers:
            live = np.flatnonzero(reader.live_documents)
            ranks[id(reader)] = np.zeros(len(reader.documents) + 1, dtype=np.int64)
            ranks[id(reader)][live] = every[begin : begin + len(live)]
            begin += len(live)
        return ranks


# What live documents are sorted by: ids, paths, dates.
_Ids: TypeAlias = Sequence[str]
_Dates: TypeAlias = Sequence[str | None]


def _by_id(ids: _Ids, paths: _Ids, dates: _Dates) -> list[int]:
    return sorted(range(len(ids)), key=ids.__getitem__)


def _by_path(ids: _Ids, paths: _Ids, dates: _Dates) -> list[int]:
    return sorted(range(len(ids)), key=lambda at: (paths[at], ids[at]))


def _by_date(ids: _Ids, paths: _Ids, dates: _Dates) -> list[int]:
    """By date, undated last, each day by path."""
    return sorted(_by_path(ids, paths, dates), key=lambda at: (not dates[at], dates[at] or ""))


def _latest_first(ids: _Ids, paths: _Ids, dates: _Dates) -> list[int]:
    """By date downwards, undated last, each day by path: a stable sort reversed keeps equal ones in order."""
    dated = sorted(_by_path(ids, paths, dates), key=lambda at: dates[at] or "", reverse=True)
    return sorted(dated, key=lambda at: not dates[at])


_SORTED = {"relevance": _by_id, "order": _by_path, "date": _by_date, "-date": _latest_first}
