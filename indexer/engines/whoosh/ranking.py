"""Scores, order and facet counts over the segments of a snapshot, as arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.engines import scoring
from indexer.engines.base import FacetKey, Request, Scored, in_year
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Mask
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
    """A hit of one segment, with its score and the parts of it; ``tier`` is a number, ``place`` breaks ties."""

    matches: SegmentMatches
    row: int
    tier: int
    place: tuple[int, int]
    score: float
    parts: Mapping[str, float]

    def rescored(self, pair_weights: Mapping[str, float]) -> Placed:
        """The same after the second stage."""
        score, parts = self.matches.rescored(self.row, pair_weights)
        return replace(self, score=score, parts=parts)

    def scored(self) -> Scored:
        """As the contract wants it."""
        passage = self.matches.reader.passage(self.row)
        owned = self.matches.reader.documents[int(self.matches.reader.owners[self.row])]
        if owned is None:
            raise ValueError(f"row {self.row} has no document")
        return Scored(owned.document, passage, self.score, TIERS[self.tier], self.parts)


class SegmentMatches:
    """What one request finds in one segment.

    Attributes:
        tiers: tier number of each row, ``NO_TIER`` where it is no hit whatever the filters.
        scores: score of each row.
    """

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self.reader = reader
        self._request = request
        self._evaluator = TreeEvaluator(reader, request.scope)
        self.tiers = self._find_tiers()
        self._scores = SegmentScores(reader, snapshot, request)
        self.scores = self._scores.first_stage()
        self._filters = {name: self._filter(name, request.filters) for name in _active(request.filters)}

    @property
    def warnings(self) -> Sequence[QueryWarning]:
        """What was bounded."""
        return self._evaluator.warnings

    def hits(self, without: str = "") -> np.ndarray:
        """Rows that are hits under all filters but ``without``."""
        mask = self.tiers < NO_TIER
        for name, passing in self._filters.items():
            if name != without:
                mask &= passing
        rows = np.flatnonzero(mask)
        return self._best_of_sections(rows) if self._request.scope == "section" else rows

    def placed(self, row: int, place: tuple[int, int]) -> Placed:
        """A hit with what the first stage knows of it."""
        return Placed(self, row, int(self.tiers[row]), place, float(self.scores[row]), self._scores.parts_of(row))

    def rescored(self, row: int, pair_weights: Mapping[str, float]) -> tuple[float, Mapping[str, float]]:
        """Score and parts of a row after the second stage."""
        return self._scores.rescored(row, pair_weights)

    def facet(self, name: str) -> Iterator[tuple[FacetKey, int, int]]:
        """Values of a facet, their hits in ``exact`` and ``all``, and in ``some``."""
        rows = self.hits(without=name)
        some = self.tiers[rows] == _SOME
        numbers, keys = self._facet_values(name)
        size = len(keys)
        both = [np.bincount(numbers[part], minlength=size) for part in (rows[~some], rows[some])]
        for number in np.flatnonzero(both[0] + both[1]).tolist():
            for key in keys[number]:
                yield key, int(both[0][number]), int(both[1][number])

    def _find_tiers(self) -> np.ndarray:
        tiers = np.full(self.reader.size, NO_TIER, dtype=np.uint8)
        for tier, tree in reversed(self._request.tiers):
            tiers[self._evaluator.mask(tree)] = TIERS.index(tier)
        tiers[~self.reader.live] = NO_TIER
        return tiers

    def _best_of_sections(self, rows: np.ndarray) -> np.ndarray:
        order = np.lexsort((rows, -self.scores[rows], self.reader.units.groups[rows]))
        groups = self.reader.units.groups[rows][order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = groups[1:] != groups[:-1]
        return np.sort(rows[order[first]])

    # ── filters ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _filter(self, name: str, filters: Filters) -> Mask:
        reader = self.reader
        match name:
            case "section":
                paths = filters.section
                return self._where(
                    reader.sections.rows_where(
                        lambda own: any(own[: len(p)] == p for p in paths), reader.sections.originals
                    )
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

    # ── facets ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _facet_values(self, name: str) -> tuple[np.ndarray, Sequence[Sequence[FacetKey]]]:
        """A value number for each row, and the facet's keys under each number."""
        reader = self.reader
        match name:
            case "section":
                return reader.sections.numbers, [(path,) if path else () for path in reader.sections.originals]
            case "topic":
                return reader.topics.numbers, [tuple(dict.fromkeys(topics)) for topics in reader.topics.originals]
            case "kind":
                return reader.kinds, [(kind.value,) for kind in layout.KINDS]
        return reader.owners, [_document_keys(owned, name) for owned in reader.documents]


def find(snapshot: Snapshot, request: Request) -> list[SegmentMatches]:
    """What a request finds, segment by segment."""
    return [SegmentMatches(reader, snapshot, request) for reader in snapshot.readers]


def page(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> list[Placed]:
    """The hits of the page asked for, in order."""
    by_relevance = request.sort == "relevance"
    end = request.offset + request.limit
    order = _order(snapshot, matches, request, max(end, scoring.RESCORED) if by_relevance else end)
    pairs = snapshot.pair_weights(request.terms.pairs) if by_relevance and request.limit else {}
    if pairs and request.offset < scoring.RESCORED:
        rescored = [placed.rescored(pairs) for placed in order[: scoring.RESCORED]]
        rescored.sort(key=lambda placed: (placed.tier, -placed.score, placed.place))
        order[: scoring.RESCORED] = rescored
    return order[request.offset : end]


def _order(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request, wanted: int) -> list[Placed]:
    """The first ``wanted`` hits by the first stage, or by the order asked for."""
    rows = [each.hits() for each in matches]
    owner = np.concatenate([np.full(len(part), at) for at, part in enumerate(rows)]) if rows else np.empty(0)
    if not len(owner):
        return []
    tiers = np.concatenate([each.tiers[part] for each, part in zip(matches, rows, strict=True)])
    scores = np.concatenate([each.scores[part] for each, part in zip(matches, rows, strict=True)])
    ranks = snapshot.orders[request.sort]
    places = [ranks[id(each.reader)][each.reader.owners[part]] for each, part in zip(matches, rows, strict=True)]
    ordinals = [each.reader.ordinals[part] for each, part in zip(matches, rows, strict=True)]
    by_relevance = request.sort == "relevance"
    primary = tiers if by_relevance else tiers == _SOME
    secondary = -scores if by_relevance else np.zeros(len(scores))
    keep = _leading(primary, secondary, wanted)
    numbers, place, ordinal = np.concatenate(rows), np.concatenate(places), np.concatenate(ordinals)
    order = keep[np.lexsort((ordinal[keep], place[keep], secondary[keep], primary[keep]))][:wanted]
    return [matches[int(owner[at])].placed(int(numbers[at]), (int(place[at]), int(ordinal[at]))) for at in order]


def _leading(primary: np.ndarray, secondary: np.ndarray, wanted: int) -> np.ndarray:
    """Indices of a superset of the first ``wanted`` by (primary, secondary), all ties with the last one included."""
    if wanted >= len(primary):
        return np.arange(len(primary))
    cut = np.partition(primary, wanted)[wanted]
    before = np.count_nonzero(primary < cut)
    within = np.flatnonzero(primary == cut)
    bound = np.partition(secondary[within], wanted - before)[wanted - before]
    return np.flatnonzero((primary < cut) | ((primary == cut) & (secondary <= bound)))


def count_facet(matches: Iterable[SegmentMatches], name: str) -> dict[FacetKey, tuple[int, int]]:
    """A facet's counts over all segments."""
    totals: dict[FacetKey, list[int]] = defaultdict(lambda: [0, 0])
    for each in matches:
        for key, count, some in each.facet(name):
            totals[key][0] += count
            totals[key][1] += some
    return {key: (both[0], both[1]) for key, both in totals.items()}


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


def _document_keys(owned: OwnedDocument | None, name: str) -> tuple[FacetKey, ...]:
    if owned is None:
        return ()
    match name:
        case "document":
            return (owned.document.id,)
        case "tag":
            return tuple(dict.fromkeys(owned.document.tags))
    return (owned.document.year or "none",)
