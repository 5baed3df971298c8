"""Scores, order and facet counts over the segments of a snapshot, as arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.base import FacetKey, Request, in_year
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.leaves import TreeEvaluator
from indexer.engines.whoosh.reader import Mask, OwnedDocument, SegmentReader
from indexer.model import Filters, Literal, QueryWarning, Tier, Zone

TIERS = tuple(Tier)
NO_TIER = len(TIERS)
_SOME = TIERS.index(Tier.SOME)
_KIND_WEIGHTS = np.array([scoring.KIND_WEIGHTS[kind] for kind in layout.KINDS])


@dataclass
class Snapshot:
    """The segments of one commit and what is known of them together."""

    generation: int
    readers: Sequence[SegmentReader]
    cache: dict[str, object] = field(default_factory=dict)

    @cached_property
    def passages(self) -> int:
        """Live passages."""
        return sum(int(reader.live.sum()) for reader in self.readers)

    def average(self, name: str) -> float:
        """Mean of a count over live passages, 0 without any."""
        total = sum(int(reader.counts(name)[reader.live].sum()) for reader in self.readers)
        return total / self.passages if self.passages else 0.0

    @cached_property
    def averages(self) -> dict[str, float]:
        """Mean word and character counts.

        Raises:
            ValueError: the counts are not those of the passages.
        """
        averages = {name: self.average(name) for name in ("word_count", "char_count")}
        if self.passages and not averages["char_count"]:
            raise ValueError("passages without characters")
        return averages

    @cached_property
    def owned(self) -> list[tuple[SegmentReader, int, OwnedDocument]]:
        """Live documents with their segment and their number in it."""
        return [
            (reader, number, owned)
            for reader in self.readers
            for number, owned in enumerate(reader.documents)
            if owned is not None
        ]

    def weights(self, terms: Iterable[str], field_name: str) -> dict[str, float]:
        """The idf of each term by its live frequency."""
        return {
            term: scoring.idf(self.passages, sum(len(reader.posting(field_name, term)[0]) for reader in self.readers))
            for term in terms
        }

    @cached_property
    def orders(self) -> dict[str, dict[int, np.ndarray]]:
        """For each sort and segment (by ``id``) the rank of each document: by id, path, date, and latest date."""
        by_path = sorted(self.owned, key=lambda item: (item[2].document.path, item[2].document.id))
        by_date = sorted(by_path, key=lambda item: (not item[2].document.date, item[2].document.date or ""))
        return {
            "relevance": self._ranks(sorted(self.owned, key=lambda item: item[2].document.id)),
            "order": self._ranks(by_path),
            "date": self._ranks(by_date),
            "-date": self._ranks(_latest_first(by_path)),
        }

    def _ranks(self, ordered: Iterable[tuple[SegmentReader, int, OwnedDocument]]) -> dict[int, np.ndarray]:
        ranks = {id(reader): np.zeros(len(reader.documents) + 1, dtype=np.int64) for reader in self.readers}
        for rank, (reader, number, _) in enumerate(ordered):
            ranks[id(reader)][number] = rank
        return ranks


def _latest_first(
    by_path: Sequence[tuple[SegmentReader, int, OwnedDocument]],
) -> list[tuple[SegmentReader, int, OwnedDocument]]:
    """By date downwards, undated last, each day by path: a stable sort reversed keeps equal ones in order."""
    dated = sorted(by_path, key=lambda item: item[2].document.date or "", reverse=True)
    return sorted(dated, key=lambda item: not item[2].document.date)


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
        self.scores = self._score(snapshot)
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

    def _score(self, snapshot: Snapshot) -> np.ndarray:
        """Scores of all rows, summed in the order ``scoring`` prescribes."""
        reader, request = self.reader, self._request
        scores = np.zeros(reader.size)
        if not (request.words or request.grams):
            return scores
        word_weights = snapshot.weights(request.words, layout.WORDS)
        gram_weights = snapshot.weights(request.grams, layout.GRAMS)
        fields = (
            (layout.WORDS, "word_count", word_weights, 1.0),
            (layout.GRAMS, "char_count", gram_weights, scoring.GRAM_WEIGHT),
        )
        for field_name, counted, weights, share in fields:
            lengths, average = reader.counts(counted), snapshot.averages[counted]
            for term, weight in weights.items():
                rows, counts = reader.posting(field_name, term)
                scores[rows] += share * scoring.bm25(counts.astype(np.float64), lengths[rows], average, weight)
        for word, weight in word_weights.items():
            scores[self._headed_by(word)] += scoring.HEADING_WEIGHT * weight
        weighted: np.ndarray = scores * _KIND_WEIGHTS[np.minimum(reader.kinds, len(_KIND_WEIGHTS) - 1)]
        return weighted

    def _headed_by(self, word: str) -> np.ndarray:
        return self._evaluator.leaf_rows(Literal((word,), (Zone.SECTION, Zone.TITLE)))

    def _best_of_sections(self, rows: np.ndarray) -> np.ndarray:
        order = np.lexsort((rows, -self.scores[rows], self.reader.groups[rows]))
        groups = self.reader.groups[rows][order]
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


def page(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> list[tuple[SegmentMatches, int]]:
    """The rows of the page asked for, in order."""
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
    keep = _leading(primary, secondary, request.offset + request.limit)
    keys = (np.concatenate(ordinals)[keep], np.concatenate(places)[keep], secondary[keep], primary[keep])
    order = keep[np.lexsort(keys)][request.offset : request.offset + request.limit]
    numbers = np.concatenate(rows)
    return [(matches[int(owner[at])], int(numbers[at])) for at in order]


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
