"""Scores, order and facet counts over the segments of a snapshot, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.base import Facet, Request, Scored, in_year
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Mask, Numbers
from indexer.engines.whoosh.leaves import TreeEvaluator
from indexer.engines.whoosh.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.scores import SegmentScores
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.model import Filters, QueryWarning, Tier

TIERS = tuple(Tier)
NO_TIER = len(TIERS)
_SOME = TIERS.index(Tier.SOME)


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
        tiers: tier number of each row, ``NO_TIER`` where it is no hit whatever the filters.
        scores: how its rows are scored.
    """

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self.reader = reader
        self._request = request
        self._evaluator = TreeEvaluator(reader, request.scope)
        self.tiers = self._find_tiers()
        self.scores = SegmentScores(reader, snapshot, request)
        self._filters = {name: self._filter(name, request.filters) for name in _active(request.filters)}

    @property
    def warnings(self) -> Sequence[QueryWarning]:
        """What was bounded."""
        return self._evaluator.warnings

    @cached_property
    def hits(self) -> Numbers:
        """Rows that are hits under all filters."""
        return self._passing("")

    @cached_property
    def tier_counts(self) -> Numbers:
        """Hits of each tier."""
        return np.bincount(self.tiers[self.hits], minlength=len(TIERS))

    def counted(self, name: str) -> tuple[Numbers, Numbers]:
        """The hits that a facet counts, under all filters but its own: of ``exact`` and ``all``, and of ``some``."""
        return self._parted(self._passing(name)) if name in self._filters else self._parted_hits

    @cached_property
    def _parted_hits(self) -> tuple[Numbers, Numbers]:
        return self._parted(self.hits)

    def _parted(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        some = self.tiers[rows] == _SOME
        return rows[~some], rows[some]

    def _passing(self, without: str) -> Numbers:
        """Rows that are hits under all filters but ``without``."""
        mask = self.tiers < NO_TIER
        for name, passing in self._filters.items():
            if name != without:
                mask &= passing
        rows = np.flatnonzero(mask)
        return self._best_of_sections(rows) if self._request.scope == "section" else rows

    def _find_tiers(self) -> np.ndarray:
        tiers = np.full(self.reader.size, NO_TIER, dtype=np.uint8)
        for tier, tree in reversed(self._request.tiers):
            np.copyto(tiers, TIERS.index(tier), where=self._evaluator.mask(tree))
        np.copyto(tiers, NO_TIER, where=~self.reader.live)
        return tiers

    def _best_of_sections(self, rows: Numbers) -> Numbers:
        nodes = self.reader.nodes[rows]
        order = np.lexsort((rows, -self.scores.first_stage(rows), nodes))
        first = np.ones(len(order), dtype=bool)
        first[1:] = nodes[order][1:] != nodes[order][:-1]
        return np.sort(rows[order[first]])

    # ── filters ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _filter(self, name: str, filters: Filters) -> Mask:
        reader = self.reader
        match name:
            case "section":
                nodes = [reader.sections.below(path) for path in filters.section]
                return (
                    np.logical_or.reduce(nodes)[reader.nodes] if len(reader.sections) else np.zeros(reader.size, bool)
                )
            case "topic":
                wanted = frozenset(filters.topic)
                return self._where(
                    reader.topics.rows_where(lambda own: not wanted.isdisjoint(own), reader.topics.originals)
                )
            case "kind":
                codes = [layout.KIND_CODES[kind] for kind in filters.kind]
                return np.isin(reader.kinds, codes)
        kept = [owned is not None and _document_passes(owned, name, filters) for owned in reader.documents]
        return np.array([*kept, False])[reader.owners]  # the last for rows before the first document, number -1

    def _where(self, rows: np.ndarray) -> Mask:
        mask = np.zeros(self.reader.size, dtype=bool)
        mask[rows] = True
        return mask


def find(snapshot: Snapshot, request: Request) -> list[SegmentMatches]:
    """What a request finds, segment by segment."""
    return [SegmentMatches(reader, snapshot, request) for reader in snapshot.readers]


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
    order = _order(snapshot, matches, request, max(end, scoring.RESCORED) if by_relevance else end)
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
    """The first ``wanted`` hits by the first stage, or by the order asked for."""
    by_relevance = request.sort == "relevance"
    rows = _worth_scoring(matches, wanted) if by_relevance else [each.hits for each in matches]
    owners = np.repeat(np.arange(len(matches)), list(map(len, rows)))
    tiers = _joined([each.tiers[part] for each, part in zip(matches, rows, strict=True)])
    scores = _joined([each.scores.first_stage(part) for each, part in zip(matches, rows, strict=True)])
    primary = tiers if by_relevance else tiers == _SOME
    secondary = -scores if by_relevance else np.zeros(len(scores))
    keep = _leading(primary, secondary, wanted) if by_relevance else np.arange(len(primary))
    owners, numbers = owners[keep], _joined(rows).astype(np.int64)[keep]
    places, ordinals = _places(snapshot, matches, request.sort, owners, numbers)
    order = np.lexsort((ordinals, places, secondary[keep], primary[keep]))[:wanted]
    return Order(owners, numbers, tiers[keep], scores[keep], places, ordinals).taken(order)


def _worth_scoring(matches: Sequence[SegmentMatches], wanted: int) -> list[Numbers]:
    """The hits of each segment without the tiers that no hit among the first ``wanted`` can be of."""
    found = sum(each.tier_counts for each in matches)
    worst = int(np.searchsorted(np.cumsum(found), wanted)) if len(matches) else NO_TIER
    return [each.hits[each.tiers[each.hits] <= worst] for each in matches]


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0)


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


def _leading(primary: np.ndarray, secondary: np.ndarray, wanted: int) -> np.ndarray:
    """Indices of a superset of the first ``wanted`` by (primary, secondary), all ties with the last one included."""
    if wanted >= len(primary):
        return np.arange(len(primary))
    cut = np.partition(primary, wanted)[wanted]
    before = np.count_nonzero(primary < cut)
    within = np.flatnonzero(primary == cut)
    bound = np.partition(secondary[within], wanted - before)[wanted - before]
    return np.flatnonzero((primary < cut) | ((primary == cut) & (secondary <= bound)))


def count_facet(snapshot: Snapshot, matches: Sequence[SegmentMatches], name: str, request: Request) -> Facet:
    """A facet's counts over all segments."""
    table = snapshot.facet_table(name, request.facet_depth)
    counted = [(each.reader, each.counted(name)) for each in matches]
    count, some = (table.counts([(reader, rows[part]) for reader, rows in counted], name) for part in (0, 1))
    return table.facet(count, some, request.facet_limit)


def count_chapters(snapshot: Snapshot, matches: Sequence[SegmentMatches], limit: int) -> Facet:
    """Hits in each chapter over all segments, in reading order."""
    table = snapshot.facet_table("chapter", 1)
    counted = [(each.reader, each.counted("chapter")) for each in matches]
    count, some = (table.counts([(reader, rows[part]) for reader, rows in counted], "chapter") for part in (0, 1))
    return table.facet_in_order(count, some, limit)


def _active(filters: Filters) -> list[str]:
    return [name for name in filters.__slots__ if getattr(filters, name)]


def _document_passes(owned: OwnedDocument, name: str, filters: Filters) -> bool:
    document = owned.document
    match name:
        case "document":
            return document.id in filters.document or document.path in filters.document
        case "tag":
            return not set(filters.tag).isdisjoint(document.tags)
    return any(in_year(document.year, wanted) for wanted in filters.year)
