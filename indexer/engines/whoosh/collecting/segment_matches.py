"""Scores, order and facet counts over the segments of a snapshot, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.contract import Facet, Request, Scored
from indexer.engines.whoosh.collecting.segment_scores import SegmentScores
from indexer.engines.whoosh.matching.evaluator import TreeEvaluator
from indexer.engines.whoosh.matching.row_sets import RowSet, difference, union
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, Weights, nth_largest
from indexer.engines.whoosh.segments.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.model import Filters, QueryWarning, Tier
from indexer.model.years import passes_years

TIERS = tuple(Tier)
_SOME = TIERS.index(Tier.SOME)
# More scores than the first number are not put in order before a sample of about the second has told which can lead.
_SAMPLED = 4_000
_SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A hit of one segment, with its score and the parts of it; ``tier`` is a number."""

    matches: SegmentMatches
    row: int
    tier: int
    score: float
    parts: Mapping[str, float]

    def scored(self) -> Scored:
        """As the contract wants it."""
        reader = self.matches.reader
        owned = reader.documents[int(reader.owners[self.row])]
        if owned is None:
            raise ValueError(f"row {self.row} has no document")
        return Scored(owned.document, reader.passage(self.row), self.score, TIERS[self.tier], self.parts)


class SegmentMatches:
    """What one request finds in one segment.

    Attributes:
        found: the rows of each tier, whatever the filters; none is in two of them.
        scores: how they are scored.
    """

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self.reader = reader
        self._request = request
        self._evaluator = TreeEvaluator(reader, request.scope)
        self.found = self._find()
        self.scores = SegmentScores(reader, snapshot, request)
        self._filters = {name: self._filter(name, request.filters) for name in _active(request.filters)}

    @property
    def warnings(self) -> Sequence[QueryWarning]:
        """What was bounded."""
        return self._evaluator.warnings

    @cached_property
    def hits(self) -> Sequence[RowSet]:
        """The rows of each tier that pass all filters."""
        return self._passing("")

    @cached_property
    def tier_counts(self) -> Numbers:
        """Hits of each tier."""
        return np.array([len(hits) for hits in self.hits])

    def count(self) -> Numbers:
        """Hits of each tier, counted without telling which passage of a section is its hit, so that none is scored."""
        if not self._filters and self._request.scope != "section":
            return self.tier_counts
        return np.array([self._count(self._filtered(found.rows, self._filters.values())) for found in self.found])

    def counted(self, name: str) -> tuple[Numbers, Numbers]:
        """The hits that a facet counts, under all filters but its own: of ``exact`` and ``all``, and of ``some``."""
        return self._parted(self._passing(name)) if name in self._filters else self._parted_hits

    @cached_property
    def _parted_hits(self) -> tuple[Numbers, Numbers]:
        return self._parted(self.hits)

    def _parted(self, hits: Sequence[RowSet]) -> tuple[Numbers, Numbers]:
        return union(hits[:_SOME], self.reader.size).rows, hits[_SOME].rows

    def _passing(self, without: str) -> Sequence[RowSet]:
        """The rows of each tier that pass all filters but ``without``."""
        filters = [passes for name, passes in self._filters.items() if name != without]
        if not filters and self._request.scope != "section":
            return self.found
        return [RowSet(self.reader.size, rows=self._kept(found.rows, filters)) for found in self.found]

    def _kept(self, rows: Numbers, filters: Iterable[Callable[[Numbers], Mask]]) -> Numbers:
        rows = self._filtered(rows, filters)
        return self._best_of_sections(rows) if self._request.scope == "section" else rows

    def _filtered(self, rows: Numbers, filters: Iterable[Callable[[Numbers], Mask]]) -> Numbers:
        for passes in filters:
            rows = rows[passes(rows)]
        return rows

    def _count(self, rows: Numbers) -> int:
        """How many hits there are in rows that pass all filters."""
        return len(np.unique(self.reader.nodes[rows])) if self._request.scope == "section" else len(rows)

    def _find(self) -> Sequence[RowSet]:
        found = {tier: RowSet(self.reader.size) for tier in TIERS}
        better: list[RowSet] = []
        for tier, tree in self._request.tiers:
            rows = self._evaluator.rows(tree)
            for other in better:
                rows = difference(rows, other)
            found[tier] = rows
            better.append(rows)
        return list(found.values())

    def _best_of_sections(self, rows: Numbers) -> Numbers:
        """The best-scored row of each section; all rows of a section are of one tier."""
        nodes = self.reader.nodes[rows]
        order = np.lexsort((rows, -self.scores.first_stage(rows), nodes))
        first = np.ones(len(order), dtype=bool)
        first[1:] = nodes[order][1:] != nodes[order][:-1]
        return np.sort(rows[order[first]])

    # ── filters ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _filter(self, name: str, filters: Filters) -> Callable[[Numbers], Mask]:
        """Which of some rows pass a filter."""
        reader = self.reader
        match name:
            case "section":
                nodes = np.logical_or.reduce([reader.sections.below(path) for path in filters.section])
                return lambda rows: nodes[reader.nodes[rows]]
            case "topic":
                wanted = frozenset(filters.topic)
                topics = reader.topics.where(lambda own: not wanted.isdisjoint(own), reader.topics.originals)
                return lambda rows: topics[reader.topics.numbers[rows]]
            case "kind":
                codes = [layout.KIND_CODES[kind] for kind in filters.kind]
                return lambda rows: np.isin(reader.kinds[rows], codes)
        passing = (owned is not None and _document_passes(owned, name, filters) for owned in reader.documents)
        kept = np.fromiter(passing, dtype=bool, count=len(reader.documents))
        return lambda rows: kept[reader.owners[rows]]


def find(snapshot: Snapshot, request: Request) -> list[SegmentMatches]:
    """What a request finds, segment by segment."""
    return [SegmentMatches(reader, snapshot, request) for reader in snapshot.searched]


def summed(counts: Iterable[Numbers]) -> dict[Tier, int]:
    """Hits of each tier over all segments, from those of each."""
    total = sum(counts, np.zeros(len(TIERS), dtype=np.int64))
    return dict(zip(TIERS, total.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Order:
    """Hits in order, as columns.

    Attributes:
        owners: which segment each is of.
        places, ordinals: what breaks ties.
        close: parts of the second stage, of those that took part in it.
    """

    owners: np.ndarray
    rows: Numbers
    tiers: np.ndarray
    scores: np.ndarray
    places: Numbers
    ordinals: Numbers
    close: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    def taken(self, order: np.ndarray, close: Mapping[int, Mapping[str, float]] | None = None) -> Order:
        """The hits at the places that ``order`` lists."""
        columns = (self.owners, self.rows, self.tiers, self.scores, self.places, self.ordinals)
        owners, rows, tiers, scores, places, ordinals = (column[order] for column in columns)
        return Order(owners, rows, tiers, scores, places, ordinals, close or {})


def page(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> list[Placed]:
    """The hits of the page asked for, in order."""
    if not request.limit:
        return []
    end = request.offset + request.limit
    order = ordered(snapshot, matches, request, request.offset, end)
    return placed(matches, order, range(request.offset, min(end, len(order.rows))))


def ordered(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request, start: int, end: int) -> Order:
    """Hits in order, right from ``start`` to ``end`` at least."""
    by_relevance = request.sort == "relevance"
    order = _order(snapshot, matches, request, end)
    pairs = snapshot.pair_weights(request.terms.pairs) if by_relevance else {}
    return _rescored(matches, order, pairs) if pairs and start < scoring.RESCORED else order


def _rescored(matches: Sequence[SegmentMatches], order: Order, pairs: Mapping[str, float]) -> Order:
    """The same after the second stage."""
    scores = order.scores.copy()
    close: dict[int, Mapping[str, float]] = {}
    first = np.arange(min(scoring.RESCORED, len(order.rows)))
    for owner, each in enumerate(matches):
        own = first[order.owners[first] == owner]
        if len(own):
            scores[own], parts = each.scores.rescored(order.rows[own], pairs)
            close |= dict(zip(own.tolist(), parts, strict=True))
    keys = (order.ordinals[first], order.places[first], -scores[first], order.tiers[first])
    moved = np.concatenate((np.lexsort(keys), np.arange(len(first), len(order.rows))))
    moved_close = {at: close[old] for at, old in enumerate(moved[: len(first)].tolist())}
    return replace(order, scores=scores).taken(moved, moved_close)


def placed(matches: Sequence[SegmentMatches], order: Order, wanted: Sequence[int]) -> list[Placed]:
    """Some hits of an order, with all parts of their scores."""
    placed: dict[int, Placed] = {}
    for owner, each in enumerate(matches):
        own = [at for at in wanted if order.owners[at] == owner]
        for at, parts in zip(own, each.scores.parts(order.rows[own]) if own else (), strict=True):
            row, tier = int(order.rows[at]), int(order.tiers[at])
            placed[at] = Placed(each, row, tier, float(order.scores[at]), {**parts, **order.close.get(at, {})})
    return [placed[at] for at in wanted]


def _order(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request, wanted: int) -> Order:
    """The first ``wanted`` hits by the first stage, with the others of their tiers that the second may put among them;
    or by the order asked for.
    """
    if request.sort == "relevance":
        order = _leading_hits(snapshot, matches, wanted)
        keys = [-order.scores, order.tiers]
        wanted = max(wanted, scoring.RESCORED)
    else:
        order = _columns(snapshot, matches, request.sort, [each.hits for each in matches])
        keys = [order.tiers == _SOME]
    ordered = order.taken(np.lexsort((order.ordinals, order.places, *keys))[:wanted])
    return ordered if request.sort == "relevance" else _scored(matches, ordered)


def _leading_hits(snapshot: Snapshot, matches: Sequence[SegmentMatches], wanted: int) -> Order:
    """A superset of the first ``wanted`` hits by tier and score; of their tiers, and of no worse one, also of the first
    ``RESCORED``. All ties with the last one are included.
    """
    taken: list[list[RowSet]] = [[] for _ in matches]
    scores: list[list[Weights]] = [[] for _ in matches]
    counted = 0
    for tier in range(len(TIERS)):
        if counted >= wanted:
            break
        found = [each.scores.first_stage(each.hits[tier].rows) for each in matches]
        least = _least_of_largest(_joined(found), max(wanted, scoring.RESCORED) - counted)
        for at, (each, own) in enumerate(zip(matches, found, strict=True)):
            kept = np.flatnonzero(own >= least)
            taken[at].append(RowSet(each.reader.size, rows=each.hits[tier].rows[kept]))
            scores[at].append(own[kept])
        counted += sum(map(len, found))
    order = _columns(snapshot, matches, "relevance", taken)
    return replace(order, scores=_joined([_joined(own) for own in scores]))


def _columns(
    snapshot: Snapshot, matches: Sequence[SegmentMatches], sort: str, hits: Sequence[Sequence[RowSet]]
) -> Order:
    """Hits of each segment, tier by tier, as columns; without scores."""
    lists = [[found.rows for found in own] for own in hits]
    owners = np.repeat(np.arange(len(lists)), [sum(map(len, own)) for own in lists])
    rows = _joined([part for own in lists for part in own])
    tiers = np.repeat([tier for own in lists for tier in range(len(own))], [len(part) for own in lists for part in own])
    places, ordinals = _places(snapshot, matches, sort, owners, rows)
    return Order(owners, rows, tiers, np.zeros(len(rows)), places, ordinals)


def _scored(matches: Sequence[SegmentMatches], order: Order) -> Order:
    """The same with the scores of its hits, which had no part in it."""
    scores = np.zeros(len(order.rows))
    for owner, each in enumerate(matches):
        own = order.owners == owner
        scores[own] = each.scores.first_stage(order.rows[own])
    return replace(order, scores=scores)


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return parts[0] if len(parts) == 1 else np.concatenate([NO_ROWS, *parts])


def _places(
    snapshot: Snapshot, matches: Sequence[SegmentMatches], sort: str, owner: np.ndarray, rows: Numbers
) -> tuple[Numbers, Numbers]:
    """What breaks ties between hits of several segments: the rank of their document in a sort, and their ordinal."""
    ranks = snapshot.orders[sort]
    places, ordinals = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.int64)
    for at, each in enumerate(matches):
        own = owner == at
        places[own] = ranks[id(each.reader)][each.reader.owners[rows[own]]]
        ordinals[own] = each.reader.ordinals[rows[own]]
    return places, ordinals


def _least_of_largest(scores: Weights, wanted: int) -> float:
    """A number that at least ``wanted`` of the scores reach, if there are so many, and not many more."""
    if wanted >= len(scores):
        return -np.inf
    if len(scores) <= _SAMPLED:
        return nth_largest(scores, wanted)
    # A bound from a sample leaves few to be put in order; too high a one is told by its count.
    sample = np.sort(scores[:: len(scores) // _SAMPLE])
    for share in (2, 8):
        bound = float(sample[max(0, len(sample) - 2 - share * wanted * len(sample) // len(scores))])
        kept = scores[scores >= bound]
        if wanted <= len(kept):
            return nth_largest(kept, wanted)
    return nth_largest(scores, wanted)


def count_facet(snapshot: Snapshot, matches: Sequence[SegmentMatches], name: str, request: Request) -> Facet:
    """A facet's counts over all segments."""
    table = snapshot.facet_table(name, request.facet_depth)
    return table.facet([(each.reader, each.counted(name)) for each in matches], request.facet_limit)


def count_chapters(snapshot: Snapshot, matches: Sequence[SegmentMatches], limit: int) -> Facet:
    """Hits in each chapter over all segments, in reading order."""
    table = snapshot.facet_table("chapter", 1)
    return table.facet_in_order([(each.reader, each.counted("chapter")) for each in matches], limit)


def _active(filters: Filters) -> list[str]:
    return [name for name in filters.__slots__ if getattr(filters, name)]


def _document_passes(owned: OwnedDocument, name: str, filters: Filters) -> bool:
    document = owned.document
    match name:
        case "document":
            return document.id in filters.document or document.path in filters.document
        case "tag":
            return not set(filters.tag).isdisjoint(document.tags)
    return passes_years(document.year, filters.year)
