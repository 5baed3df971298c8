"""Facets and chapters counted in the cluster: values with most hits first, as ``definition.facets`` orders them.

Every facet is one ``terms`` aggregation ordered by the hits of its two filters, then by value; a heading path is a
chain of them, one for each level. With several shards such an order is exact only where no shard kept any value back;
else it is asked for again, with more values of each.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.queries import FIELDS, filter_queries
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.requests import CountedFacet, FacetCount, Request

_CHAPTERS = "chapters"
# Values that each of several shards is asked for at first, and at most: what the cluster lets one answer hold.
_VALUES = 1_000
_MOST_VALUES = 60_000


class FacetCounter:
    """Counts the hits of two queries, those of ``exact`` and ``all`` and those of ``some``, which never share one."""

    def __init__(self, snapshot: Snapshot, request: Request, main: Json, some: Json) -> None:
        self._snapshot = snapshot
        self._request = request
        self._tiers = {"main": main, "some": some}
        self._depth = min(request.facet_depth, max(1, snapshot.totals.depth))

    def count(self, names: Sequence[str]) -> dict[str, CountedFacet]:
        """The facets of those names, ``chapters`` among them."""
        counted: dict[str, CountedFacet] = {}
        left, most = list(names), _VALUES
        while left:
            found = self._ask(left, most)
            kept_back = [name for name in left if self._snapshot.head.shards > 1 and _kept_back(found[name])]
            inexact = kept_back if most < _MOST_VALUES else []
            counted.update((name, self._facet(name, found[name])) for name in left if name not in inexact)
            left, most = inexact, min(_MOST_VALUES, most * 10)
        return {name: counted[name] for name in names}

    def _ask(self, names: Sequence[str], most: int) -> dict[str, Json]:
        """What the cluster counts for each facet; those that are counted under the same filters by one search."""
        together: dict[str, list[str]] = {}
        filters = {name: filter_queries(self._request.filters, without=name) for name in names}
        for name in names:
            together.setdefault(json.dumps(filters[name]), []).append(name)
        hits = {"bool": {"should": [*self._tiers.values()], "minimum_should_match": 1}}
        bodies = [
            {
                "size": 0,
                "track_total_hits": False,
                "query": self._snapshot.passages(hits, *filters[own[0]]),
                "aggs": {name: self._values(name, most) for name in own},
            }
            for own in together.values()
        ]
        answers = self._snapshot.searches(bodies)
        return {name: found for answer in answers for name, found in answer["aggregations"].items()}

    def _values(self, name: str, most: int) -> Json:
        if name == "section":
            return self._level(1, most)
        field = {_CHAPTERS: "chapter_rank", "document": "reading"}.get(name) or FIELDS[name]
        return self._terms(field, self._limit(name), most)

    def _limit(self, name: str) -> int:
        return self._request.chapters if name == _CHAPTERS else self._request.facet_limit

    def _level(self, depth: int, most: int) -> Json:
        made = self._terms(f"levels.{depth}", self._request.facet_limit, most)
        if depth < self._depth:
            made["aggs"]["below"] = self._level(depth + 1, most)
        return made

    def _terms(self, field: str, limit: int, most: int) -> Json:
        size = limit + 1 if self._snapshot.head.shards == 1 else max(limit + 1, most)
        order = [{"main": "desc"}, {"some": "desc"}, {"_key": "asc"}]
        wanted = {"field": field, "size": size, "shard_size": size, "order": order}
        return {"terms": wanted, "aggs": {name: {"filter": query} for name, query in self._tiers.items()}}

    def _facet(self, name: str, found: Json) -> CountedFacet:
        if name == "section":
            return self._sections(found, 1)
        limit, buckets = self._limit(name), found["buckets"]
        shown = buckets[:limit]
        if name == _CHAPTERS:
            shown = sorted(shown, key=lambda bucket: bucket["key"])
        values = tuple(FacetCount(_key(name, bucket["key"]), *_counts(bucket)) for bucket in shown)
        return CountedFacet(values, len(buckets) > limit)

    def _sections(self, found: Json, depth: int) -> CountedFacet:
        limit, buckets = self._request.facet_limit, found["buckets"]
        values = []
        for bucket in buckets[:limit]:
            below = self._sections(bucket["below"], depth + 1) if "below" in bucket else CountedFacet(())
            path = tuple(bucket["key"].split(mapping.PARTER))
            values.append(FacetCount(path, *_counts(bucket), below.values, below.truncated))
        return CountedFacet(tuple(values), len(buckets) > limit)


def _counts(bucket: Json) -> tuple[int, int]:
    return bucket["main"]["doc_count"], bucket["some"]["doc_count"]


def _key(name: str, value: str) -> str | tuple[str, ...]:
    parts = value.split(mapping.PARTER)
    if name == _CHAPTERS:
        _, document_id, _, *chapter = parts
        return (document_id, *chapter)
    return parts[1] if name == "document" else value


def _kept_back(found: Json) -> bool:
    """Whether a shard may know of values that are not counted, here or below."""
    below = (bucket["below"] for bucket in found["buckets"] if "below" in bucket)
    return bool(found["sum_other_doc_count"]) or any(map(_kept_back, below))
