"""What one request finds in one segment: the rows of each tier, before and after the filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from indexer.engines import filters
from indexer.engines.requests import Request
from indexer.engines.whoosh.collecting.best_of_sections import best_of_sections
from indexer.engines.whoosh.collecting.nearest import NearestSections, nearest_of
from indexer.engines.whoosh.collecting.segment_scores import SegmentScores
from indexer.engines.whoosh.matching.candidates import Candidates
from indexer.engines.whoosh.matching.evaluator import Evaluator
from indexer.engines.whoosh.matching.forms import Forms
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, concatenated, mark
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import RowSet, intersection, union
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.model import Filters, Literal, Tier, Zone

TIERS = tuple(Tier)


class _Asked:
    """The trees of a request in their forms: those of its grades, and those of its precedence."""

    def __init__(self, request: Request) -> None:
        self.forms = Forms()
        self.grades = [self.forms.of(tree) for _, tree in request.tiers]
        self.precedence = list(map(self.forms.of, request.precedence))


class SegmentMatches:
    """What one request finds in one segment.

    Attributes:
        found: the rows of each grade of the request's tiers, whatever the filters; none is in two of them.
        scores: how they are scored.
        nearest: which sections are nearest to the query in meaning; None where it has no vector.
    """

    def __init__(
        self, reader: SegmentReader, snapshot: Snapshot, request: Request, asked: _Asked, candidates: Candidates
    ) -> None:
        self.reader = reader
        self._request = request
        self._asked = asked
        self._evaluator = Evaluator(reader, snapshot.levels_of(reader), request.scope, asked.forms, candidates)
        self.found: Sequence[RowSet] = self._evaluator.grades(asked.grades)
        self.scores = SegmentScores(reader, snapshot, request)
        self._filters = {name: self._filter(name, request.filters) for name in filters.active(request.filters)}
        self._unlisted = 0
        self.nearest: NearestSections | None = None

    def tier_of(self, grade: int) -> Tier:
        """The tier of a grade."""
        return self._request.tiers[grade][0]

    @property
    def trees_of_precedence(self) -> int:
        """How many trees ``precedence`` has."""
        return len(self._request.precedence)

    def ranks(self, rows: Numbers) -> Numbers:
        """How far back ``precedence`` puts each of ``rows`` within its grade: the first tree counts most."""
        ranks = np.zeros(len(rows), dtype=np.int64)
        for leads in self._leading:
            ranks = 2 * ranks + ~leads.take(rows)
        return ranks

    @cached_property
    def _leading(self) -> Sequence[Mask]:
        """For each tree of ``precedence`` the rows that it is true for."""
        return [self._evaluator.rows(form).mask for form in self._asked.precedence]

    @cached_property
    def hits(self) -> Sequence[RowSet]:
        """The rows of each grade that pass all filters."""
        return self._passing("")

    def hits_of(self, grade: int) -> RowSet:
        """The rows of one grade that pass all filters. Where a page is all that is asked for, the passages of sections
        of other grades are not scored for that.
        """
        if self._request.scope != "section" or self._needs_all_hits:
            return self.hits[grade]
        found = [self._filtered_set(self.found[grade], self._filters.values())]
        return best_of_sections(self.reader, self.scores, found)[0]

    @property
    def _needs_all_hits(self) -> bool:
        """Whether more than a page is asked for."""
        request = self._request
        return bool(request.facets or request.chapters or not request.collapse == request.group == "none")

    @cached_property
    def tier_counts(self) -> Numbers:
        """Hits of each tier, whether listed or not; which passage of a section is its hit need not be told for that."""
        if self._request.scope != "section" or self._needs_all_hits:
            return self._with_unlisted(self._by_tier(map(len, self.hits)))
        counts = (self._count(self._filtered(found.rows, self._filters.values())) for found in self.found)
        return self._with_unlisted(self._by_tier(counts))

    @property
    def listed(self) -> int:
        """Hits that are listed."""
        return int(self.tier_counts.sum()) - self._unlisted

    def _with_unlisted(self, counts: Numbers) -> Numbers:
        counts[TIERS.index(Tier.NEAR)] += self._unlisted
        return counts

    def take_nearest(self, nearest: NearestSections) -> None:
        """Let of what words do not find only that be a hit which stands for one of the nearest sections. Before all
        other questions.
        """
        self.nearest, grade = nearest, self._request.by_meaning
        if grade is not None:
            others = union(self.found[:grade], self.reader.size)
            rows = nearest.standing_for(others.mask, self.found[grade].mask)
            self.found = [*self.found[:grade], intersection([self.found[grade], RowSet(self.reader.size, rows=rows)])]

    def unlist_near(self) -> None:
        """Count the hits of ``near`` and let none of them be listed. Before all other questions."""
        of_near = [tier is Tier.NEAR for tier, _ in self._request.tiers]
        near = union([found for found, is_near in zip(self.found, of_near, strict=True) if is_near], self.reader.size)
        self._unlisted = self._count(self._filtered(near.rows, self._filters.values()))
        nothing = RowSet(self.reader.size)
        self.found = [nothing if is_near else found for found, is_near in zip(self.found, of_near, strict=True)]

    @cached_property
    def passing(self) -> Mask:
        """The live rows that pass all filters, found or not."""
        rows = self._filtered(np.flatnonzero(self.reader.live), self._filters.values())
        return RowSet(self.reader.size, rows=rows).mask

    def _by_tier(self, counts: Iterable[int]) -> Numbers:
        """The counts of each tier, from those of its grades."""
        summed = np.zeros(len(TIERS), dtype=np.int64)
        for (tier, _), count in zip(self._request.tiers, counts, strict=True):
            summed[TIERS.index(tier)] += count
        return summed

    def counted(self, name: str) -> tuple[Numbers, Numbers]:
        """What a facet counts, in any order, under all filters but its own: hits of ``exact`` and ``all``, others."""
        return self._parted(self._passing(name)) if name in self._filters else self._parted_hits

    @cached_property
    def _parted_hits(self) -> tuple[Numbers, Numbers]:
        return self._parted(self.hits)

    def _parted(self, hits: Sequence[RowSet]) -> tuple[Numbers, Numbers]:
        parts: dict[bool, list[Numbers]] = {True: [], False: []}
        for (tier, _), own in zip(self._request.tiers, hits, strict=True):
            parts[tier.is_whole].append(own.rows)
        return concatenated(parts[True]), concatenated(parts[False])  # no row is in two grades

    def _passing(self, without: str) -> Sequence[RowSet]:
        """The rows of each grade that pass all filters but ``without``."""
        tests = [passes for name, passes in self._filters.items() if name != without]
        found = [self._filtered_set(each, tests) for each in self.found]
        return best_of_sections(self.reader, self.scores, found) if self._request.scope == "section" else found

    def _filtered_set(self, found: RowSet, tests: Collection[Callable[[Numbers], Mask]]) -> RowSet:
        return RowSet(self.reader.size, rows=self._filtered(found.rows, tests)) if tests else found

    def _filtered(self, rows: Numbers, tests: Iterable[Callable[[Numbers], Mask]]) -> Numbers:
        for passes in tests:
            rows = rows[passes(rows)]
        return rows

    def _count(self, rows: Numbers) -> int:
        """How many hits there are in rows that pass all filters."""
        if self._request.scope != "section":
            return len(rows)
        hit = mark(np.zeros(len(self.reader.sections), dtype=bool), self.reader.nodes.take(rows))
        return int(np.count_nonzero(hit))

    # ── filters ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _filter(self, name: str, wanted: Filters) -> Callable[[Numbers], Mask]:
        """Which of some rows pass a filter."""
        reader = self.reader
        match name:
            case "section":
                nodes = np.logical_or.reduce(list(map(self._below, wanted.section)))
                return lambda rows: nodes[reader.nodes[rows]]
            case "topic":
                topics = reader.topics.where(lambda own: filters.has_any(own, wanted.topic), reader.topics.originals)
                return lambda rows: topics[reader.topics.numbers[rows]]
            case "kind":
                codes = [layout.KIND_CODES[kind] for kind in wanted.kind]
                return lambda rows: np.isin(reader.kinds[rows], codes)
        passing = (
            owned is not None and filters.document_passes(owned.document, name, wanted) for owned in reader.documents
        )
        kept = np.fromiter(passing, dtype=bool, count=len(reader.documents))
        return lambda rows: kept[reader.owners_of(rows)]

    def _below(self, path: tuple[str, ...]) -> Mask:
        """The nodes at a path and below it."""
        (nodes,) = self.reader.stored.get(("below", path), lambda: (self.reader.sections.below(path),))
        return nodes


def merged_tiers(grades: np.ndarray, request: Request) -> Numbers:
    """For each of some grades what its tier is merged into where the order is not by relevance: 0 for ``exact`` and
    ``all``, 1 for ``some``, 2 for ``near``.
    """
    merged = [0 if tier.is_whole else 1 if tier is Tier.SOME else 2 for tier, _ in request.tiers]
    return np.array(merged, dtype=np.int64)[grades.astype(np.int64)]  # of none the type is not told


def counted_alone(request: Request) -> Request:
    """The same where nothing is asked for but how many hits there are."""
    return replace(request, facets=(), chapters=0, collapse="none", group="none")


def only_characters(request: Request) -> str | None:
    """What texts must hold, in folded characters, if a request of one tier asks for nothing else: what is planned is
    mostly looked up so, and then needs no trees.
    """
    match request.tiers:
        case ((_, Literal((chars,), (Zone.TEXT,), "", _, ())),) if not filters.active(request.filters):
            return None if request.vector or request.scope == "section" else chars
    return None


def find(snapshot: Snapshot, request: Request, candidates: Candidates) -> list[SegmentMatches]:
    """What a request finds, segment by segment."""
    asked = _Asked(request)
    matches = [SegmentMatches(reader, snapshot, request, asked, candidates) for reader in snapshot.searched]
    if request.vector:
        nearest_sections = nearest_of(snapshot, [each.passing for each in matches], request.vector)
        for each, nearest in zip(matches, nearest_sections, strict=True):
            each.take_nearest(nearest)
    if not request.lists_near:
        for each in matches:
            each.unlist_near()
    return matches


def summed(counts: Iterable[Numbers]) -> dict[Tier, int]:
    """Hits of each tier over all segments, from those of each."""
    total = sum(counts, np.zeros(len(TIERS), dtype=np.int64))
    return dict(zip(TIERS, total.tolist(), strict=True))
