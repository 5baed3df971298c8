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
from itertools import groupby
from operator import itemgetter

from indexer.engines import budget, scoring
from indexer.engines.definition.answers import answer
from indexer.engines.definition.trees import grades_of
from indexer.engines.opensearch import scores
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.facets import FacetCounter
from indexer.engines.opensearch.lowering import Lowering
from indexer.engines.opensearch.queries import EVERYTHING, all_of, any_of, filter_queries, one_of
from indexer.engines.opensearch.sections import SectionTiers
from indexer.engines.opensearch.snapshot import ORDER_OF_IDS, READING_ORDER, Snapshot
from indexer.engines.requests import Answer, CountedFacet, Counts, Request, Scored
from indexer.model import Filters, QueryWarning, Tier

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
    def _grades(self) -> list[tuple[Tier, Json]]:
        """A query for the passages of each grade, which are those of its tree and of none before."""
        graded = enumerate(zip(self.request.tiers, self._trees, strict=True))
        return [(tier, all_of([query], but=self._trees[:at])) for at, ((tier, _), query) in graded]

    @cached_property
    def _trees(self) -> list[Json]:
        return [self._lowering.query(tree) for _, tree in self.request.tiers]

    @cached_property
    def _filters(self) -> list[Json]:
        return filter_queries(self.request.filters)

    @cached_property
    def _grade_counts(self) -> list[int]:
        queries = [self.snapshot.passages(query, *self._filters) for _, query in self._grades]
        bodies = [{"size": 0, "track_total_hits": True, "query": query} for query in queries]
        return [found["hits"]["total"]["value"] for found in self.snapshot.searches(bodies)]

    @cached_property
    def _counts(self) -> dict[Tier, int]:
        counted = dict.fromkeys(Tier, 0)
        for (tier, _), count in zip(self._grades, self._grade_counts, strict=True):
            counted[tier] += count
        return counted

    def _facets(self) -> dict[str, CountedFacet]:
        names = [*self.request.facets, *(["chapters"] if self.request.chapters else [])]
        return FacetCounter(self.snapshot, self.request, *self._halves).count(names)

    @cached_property
    def _shown(self) -> list[tuple[Tier, Json, Json, int]]:
        """Of each grade that is listed its tier, the query of its tree, that of its passages, and how many they are."""
        every = zip(self.request.tiers, self._trees, self._grades, self._grade_counts, strict=True)
        shown = ((tier, tree, query, count) for (tier, _), tree, (_, query), count in every)
        return [grade for grade in shown if self.request.lists_near or grade[0] is not Tier.NEAR]

    @property
    def _halves(self) -> tuple[Json, Json]:
        """Queries for the hits of ``exact`` and ``all``, and for those of ``some`` and ``near``."""
        # what finds nothing under no filter, finds nothing under any
        found = [(not tier.is_whole, tree) for tier, tree, _, count in self._shown if count or self._filters]
        main: list[Json] = []
        some: list[Json] = []
        for is_some, group in groupby(found, key=itemgetter(0)):  # trees of a kind in a row are one
            earlier = [any_of(main)] * bool(main) if is_some else [any_of(some)] * bool(some)
            (some if is_some else main).append(all_of([any_of(query for _, query in group)], but=earlier))
        return any_of(main), any_of(some)

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _listed(self) -> Answer:
        """The answer as far as it is the list."""
        request, total = self.request, sum(count for *_, count in self._shown)
        if request.collapse != "none" or request.group != "none":
            listed = self._defined([*self._hits(0, LISTED)], request)
            return replace(listed, warnings=(WARNING,), at_least=True) if total > LISTED else listed
        begin, end = request.offset, request.offset + request.limit
        if request.sort != "relevance":
            return Answer({}, self._scored([*self._hits(begin, request.limit)]), {}, total)
        ranked = self._ranked() if begin < RANKED and begin < end else ()
        beyond = max(begin, RANKED)
        rest = self._scored([*self._hits(beyond, end - beyond)]) if end > beyond and total > beyond else ()
        return Answer({}, (*ranked[begin:end], *rest), {}, total)

    def _ranked(self) -> tuple[Scored, ...]:
        """The first hits in their exact order."""
        request = replace(self.request, offset=0, limit=RANKED)
        return self._defined([*self._hits(0, RANKED)], request).hits

    def _defined(self, hits: Sequence[Json], request: Request) -> Answer:
        """The list that ``definition`` makes of hits."""
        rows = self.snapshot.rows(hits)
        bare = replace(request, facets=(), chapters=0, filters=Filters())
        return answer(rows, bare, scores.Scores(self.snapshot, rows, request, self._terms))

    def _scored(self, hits: Sequence[Json]) -> tuple[Scored, ...]:
        """Hits in the order they came in."""
        rows = self.snapshot.rows(hits)
        known = scores.Scores(self.snapshot, rows, self.request, self._terms)
        grades = grades_of(rows, self.request.tiers, None, {})
        tiers = {row: self.request.tiers[grade][0] for row, grade in grades.items()}
        return tuple(
            Scored(row.owner.document, row.tokens.passage, known[row], tiers[row], known.parts(row)) for row in rows
        )

    def _hits(self, offset: int, limit: int) -> Iterator[Json]:
        """Hits in the cluster's order, after the first ``offset`` and so many at most."""
        for count, query, sort in self._runs():
            if offset < count and limit > 0:
                for hit in self._skip(query, sort, offset, min(limit, count - offset)):
                    yield hit
                    limit -= 1
            offset = max(0, offset - count)

    def _skip(self, query: Json, sort: Sequence[Json], offset: int, limit: int) -> Iterator[Json]:
        after: dict[str, object] = {}
        if offset:
            after = {"search_after": self.snapshot.last(query, sort, offset)}
        return self.snapshot.walk(query, sort, limit, **after)

    def _runs(self) -> Iterator[tuple[int, Json, Sequence[Json]]]:
        """What the list is made of, one after the other: how many hits, a query for them, and what sorts them."""
        if self.request.sort == "relevance":
            for _, _, query, count in self._shown:
                yield count, self._ranking(self.snapshot.passages(query, *self._filters)), _RELEVANCE
            return
        for tiers in ((Tier.EXACT, Tier.ALL), (Tier.SOME,), (Tier.NEAR,)):
            shown = [(query, count) for tier, _, query, count in self._shown if tier in tiers]
            query = any_of([query for query, _ in shown])
            yield (
                sum(count for _, count in shown),
                self.snapshot.passages(query, *self._filters),
                _SORTS[self.request.sort],
            )

    @cached_property
    def _terms(self) -> scores.Terms:
        return scores.Terms(self.snapshot, self.request)

    def _ranking(self, query: Json) -> Json:
        """A query with about the scores of the first stage, and what leads ahead of them."""
        precedence = self.request.precedence
        ahead = [
            {"constant_score": {"filter": self._lowering.query(tree), "boost": _AHEAD * 2 ** (len(precedence) - at)}}
            for at, tree in enumerate(precedence)
        ]
        said = [{"constant_score": {"filter": EVERYTHING, "boost": 1}}, *scores.ranking(self._terms, self.request)]
        ranked: Json = {"bool": {"should": said}}
        if self.request.weights.kind and not self.request.rank_headings:
            kinds = one_of("kind", sorted(kind.value for kind in scoring.HEADING_KINDS))
            ranked = {"boosting": {"positive": ranked, "negative": kinds, "negative_boost": 0.001}}
        return {"bool": {"filter": [query], "should": [ranked, *ahead]}}

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
        made = answer(rows, self.request, scores.Scores(self.snapshot, rows, self.request, self._terms))
        bounded, exceeded = len(hits) > LISTED, self._lowering.exceeded
        return replace(
            made,
            counts=self._sections.counts(),
            warnings=(*((budget.WARNING,) if exceeded else ()), *((WARNING,) if bounded else ())),
            at_least=exceeded or bounded,
        )
