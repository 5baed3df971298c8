"""One request put to the cluster.

Counts, facets and the order of the list are the cluster's. What it cannot tell is worked out over rows that it names:
the scores of the first ``RANKED`` by its own ranking, which are put into their exact order, so that only hits beyond
them stand as the cluster ranks them; entries of collapsed and grouped lists, over the first ``LISTED`` hits; and whole
sections with ``scope="section"``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count as count_from
from itertools import groupby
from operator import itemgetter

from indexer.engines import budget, scoring
from indexer.engines.definition.answers import answer, arrange
from indexer.engines.definition.rows import Row
from indexer.engines.definition.trees import grades_of
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.facets import FacetCounter
from indexer.engines.opensearch.lowering import Lowering
from indexer.engines.opensearch.queries import EVERYTHING, all_of, any_of, filter_queries, one_of, same_score
from indexer.engines.opensearch.scores import Scorer
from indexer.engines.opensearch.sections import SectionTiers
from indexer.engines.opensearch.snapshot import ORDER_OF_IDS, READING_ORDER, Snapshot
from indexer.engines.requests import Answer, CountedFacet, Counts, Request, Scored
from indexer.model import QueryWarning, Tier

# Hits that are put into the exact order of their scores.
RANKED = 500
# Hits whose entries are told apart, and passages of sections that are looked at.
LISTED = 10_000

WARNING = QueryWarning(
    "engine_bound",
    f"命中太多：合并、分组和按小节检索在 OpenSearch 上只看排在最前的 {LISTED} 个段落，列表和其中的数目是“至少”。"
    "请用筛选缩小范围。",
)
_SORTS: Mapping[str, tuple[Json, ...]] = {
    "order": READING_ORDER,
    "date": ({"date": {"order": "asc", "missing": "_last"}}, *READING_ORDER),
    "-date": ({"date_backwards": {"order": "asc", "missing": "_last"}}, *READING_ORDER),
}
_RELEVANCE: tuple[Json, ...] = ({"_score": "desc"}, *ORDER_OF_IDS)
# What a tree of ``precedence`` counts beside any score of the cluster's ranking.
_AHEAD = 1_024.0


@dataclass(frozen=True, slots=True)
class _Grade:
    """The passages that a tree is true for and none before it.

    Attributes:
        number: of the tree among those of the request.
        tree: a query for the passages that it is true for.
        count: how many are of the grade.
    """

    number: int
    tier: Tier
    tree: Json
    count: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Hits that stand together in the list.

    Attributes:
        count: how many there are.
        query: what finds and scores them.
        sort: what they are sorted by.
        grade: of all of them; None where there are several.
    """

    count: int
    query: Json
    sort: Sequence[Json]
    grade: int | None = None


@dataclass
class Asked:
    """A request, put to one commit."""

    snapshot: Snapshot
    request: Request

    def counts(self) -> Counts:
        """See ``Engine.count``."""
        counted = self._sections.counts() if self._by_section else self._counts
        return Counts(counted, self._lowering.exceeded)

    def answer(self) -> Answer:
        """See ``Engine.search``."""
        if self._by_section:
            return self._answer_of_sections()
        counted = self._facets()
        listed = self._listed()
        exceeded = self._lowering.exceeded
        return replace(
            listed,
            counts=self._counts,
            facets={name: counted[name] for name in self.request.facets},
            chapters=counted.get("chapters", CountedFacet(())),
            warnings=(*((budget.WARNING,) if exceeded else ()), *listed.warnings),
            at_least=exceeded or listed.at_least,
        )

    # ── trees ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _by_section(self) -> bool:
        return self.request.scope == "section"

    @cached_property
    def _lowering(self) -> Lowering:
        return Lowering(self.snapshot, self.request.tiers)

    @cached_property
    def _grades(self) -> list[_Grade]:
        trees = self._trees
        queries = [all_of([tree], but=trees[:at]) for at, tree in enumerate(trees)]
        counted = [self.snapshot.passages(query, *self._filters) for query in queries]
        bodies = [{"size": 0, "track_total_hits": True, "query": query} for query in counted]
        counts = [found["hits"]["total"]["value"] for found in self.snapshot.searches(bodies)]
        tiers = (tier for tier, _ in self.request.tiers)
        return [*map(_Grade, count_from(), tiers, trees, counts)]

    @cached_property
    def _trees(self) -> list[Json]:
        return [self._lowering.query(tree) for _, tree in self.request.tiers]

    @cached_property
    def _filters(self) -> list[Json]:
        return filter_queries(self.request.filters)

    @cached_property
    def _counts(self) -> dict[Tier, int]:
        counted = dict.fromkeys(Tier, 0)
        for grade in self._grades:
            counted[grade.tier] += grade.count
        return counted

    def _facets(self) -> dict[str, CountedFacet]:
        names = [*self.request.facets, *(["chapters"] if self.request.chapters else [])]
        return FacetCounter(self.snapshot, self.request, *self._halves).count(names)

    @cached_property
    def _shown(self) -> list[_Grade]:
        """The grades that are listed and find anything: what finds nothing under no filter, finds nothing under any."""
        found = (grade for grade in self._grades if grade.count or self._filters)
        return [grade for grade in found if self.request.lists_near or grade.tier is not Tier.NEAR]

    def _passages_of(self, grade: _Grade) -> Json:
        """A query for the passages of a grade that is listed."""
        earlier = [other.tree for other in self._shown if other.number < grade.number]
        return self.snapshot.passages(all_of([grade.tree], but=earlier), *self._filters)

    @property
    def _halves(self) -> tuple[Json, Json]:
        """Queries for the hits of ``exact`` and ``all``, and for those of ``some`` and ``near``."""
        found = [(not grade.tier.is_whole, grade.tree) for grade in self._shown]
        main: list[Json] = []
        some: list[Json] = []
        for is_some, group in groupby(found, key=itemgetter(0)):  # trees of a kind in a row are one
            earlier = [any_of(main)] * bool(main) if is_some else [any_of(some)] * bool(some)
            (some if is_some else main).append(all_of([any_of(query for _, query in group)], but=earlier))
        return any_of(main), any_of(some)

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _listed(self) -> Answer:
        """The answer as far as it is the list."""
        request, total = self.request, sum(grade.count for grade in self._shown)
        if self._is_put_together:
            listed = self._arranged(LISTED, request)
            return replace(listed, warnings=(WARNING,), at_least=True) if total > LISTED else listed
        begin, end = request.offset, request.offset + request.limit
        if request.sort != "relevance":
            return Answer({}, self._scored(self._graded(begin, request.limit)), {}, total)
        ranked = self._ranked() if begin < RANKED and begin < end else ()
        beyond = max(begin, RANKED)
        rest = self._scored(self._graded(beyond, end - beyond)) if end > beyond and total > beyond else ()
        return Answer({}, (*ranked[begin:end], *rest), {}, total)

    @property
    def _is_put_together(self) -> bool:
        return self.request.collapse != "none" or self.request.group != "none"

    def _ranked(self) -> tuple[Scored, ...]:
        """The first hits in their exact order."""
        return self._arranged(RANKED, replace(self.request, offset=0, limit=RANKED)).hits

    def _arranged(self, most: int, request: Request) -> Answer:
        """The list that ``definition`` makes of the first hits."""
        grades = self._graded(0, most)
        return arrange([*grades], request, grades, self._scorer.score([*grades]))

    def _scored(self, grades: Mapping[Row, int]) -> tuple[Scored, ...]:
        """Hits in the order they came in."""
        known = self._scorer.score([*grades])
        tiers = self.request.tiers
        return tuple(
            Scored(row.owner.document, row.tokens.passage, known[row], tiers[grade][0], known.parts(row))
            for row, grade in grades.items()
        )

    def _graded(self, offset: int, limit: int) -> dict[Row, int]:
        """Hits in the cluster's order, after the first ``offset`` and so many at most, with the tree of each."""
        found = [*self._hits(offset, limit)]
        rows = self.snapshot.rows(hit for _, hit in found)
        graded = {row: grade for row, (grade, _) in zip(rows, found, strict=True) if grade is not None}
        others = (row for row in rows if row not in graded)
        return graded | grades_of(others, self.request.tiers, None, {})

    def _hits(self, offset: int, limit: int) -> Iterator[tuple[int | None, Json]]:
        """The same as records, each with the grade of its run."""
        for run in self._runs():
            if offset < run.count and limit > 0:
                for hit in self._skip(run, offset, min(limit, run.count - offset)):
                    yield run.grade, hit
                    limit -= 1
            offset = max(0, offset - run.count)

    def _skip(self, run: _Run, offset: int, limit: int) -> Iterator[Json]:
        after: dict[str, object] = {}
        if offset:
            after = {"search_after": self.snapshot.last(run.query, run.sort, offset)}
        return self.snapshot.walk(run.query, run.sort, limit, **after)

    def _runs(self) -> Iterator[_Run]:
        """What the list is made of, one after the other."""
        if self.request.sort == "relevance":
            yield from self._runs_by_relevance()
            return
        for tiers in ((Tier.EXACT, Tier.ALL), (Tier.SOME,), (Tier.NEAR,)):
            shown = [grade for grade in self._shown if grade.tier in tiers]
            query = any_of([self._passages_of(grade) for grade in shown])
            yield _Run(sum(grade.count for grade in shown), query, _SORTS[self.request.sort])

    def _runs_by_relevance(self) -> Iterator[_Run]:
        """A run for each grade; those need no ranking that are put into their exact order as a whole."""
        until, most = 0, LISTED if self._is_put_together else RANKED
        for grade in self._shown:
            until += grade.count
            query, sort = self._passages_of(grade), ORDER_OF_IDS
            if until > most:
                query, sort = self._ranking(query), _RELEVANCE
            yield _Run(grade.count, query, sort, grade.number)

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.snapshot, self.request)

    def _ranking(self, query: Json) -> Json:
        """A query with about the scores of the first stage, and what leads ahead of them."""
        precedence = self.request.precedence
        ahead = [
            same_score(self._lowering.query(tree), _AHEAD * 2 ** (len(precedence) - at))
            for at, tree in enumerate(precedence)
        ]
        said = [same_score(EVERYTHING, 1), *self._said]
        ranked: Json = {"bool": {"should": said}}
        if self.request.weights.kind and not self.request.rank_headings:
            kinds = one_of("kind", sorted(kind.value for kind in scoring.HEADING_KINDS))
            ranked = {"boosting": {"positive": ranked, "negative": kinds, "negative_boost": 0.001}}
        return {"bool": {"filter": [query], "should": [ranked, *ahead]}}

    @cached_property
    def _said(self) -> list[Json]:
        return self._scorer.ranking()

    # ── whole sections ───────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _sections(self) -> SectionTiers:
        return SectionTiers(self.snapshot, self.request, self._lowering)

    def _answer_of_sections(self) -> Answer:
        """The answer that ``definition`` makes of whole sections."""
        query = self._sections.passages()
        ranking = self._ranking(query) if self.request.sort == "relevance" else query
        sort = _RELEVANCE if self.request.sort == "relevance" else _SORTS[self.request.sort]
        hits = [*self.snapshot.walk(ranking, sort, LISTED + 1)]
        rows = self.snapshot.rows(hits[:LISTED])
        made = answer(rows, self.request, self._scorer.score(rows))
        bounded, exceeded = len(hits) > LISTED, self._lowering.exceeded
        return replace(
            made,
            counts=self._sections.counts(),
            warnings=(*((budget.WARNING,) if exceeded else ()), *((WARNING,) if bounded else ())),
            at_least=exceeded or bounded,
        )
