"""Facets and chapters counted in the cluster: values with most hits first, as ``definition.facets`` orders them.

Every facet is one ``terms`` aggregation ordered by the hits of its two filters, then by value; a heading path is a
chain of them, one for each level. With several shards such an order is exact only where no shard kept any value back,
which is told by a plain count of all values beside it; else it is asked for again, with more values of each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.queries import FIELDS, filter_queries
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.requests import CountedFacet, FacetCount, Request

_CHAPTERS = "chapters"
# The level under a value.
_BELOW = "below"
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
        enough = self._snapshot.facet_values
        left = list(names)
        while left:
            found = self._ask(left, {name: enough.get(name, _VALUES) for name in left})
            inexact = [name for name in left if enough.get(name, _VALUES) < _MOST_VALUES and _kept_back(name, found)]
            counted.update((name, self._facet(name, found[name])) for name in left if name not in inexact)
            enough.update({name: min(_MOST_VALUES, enough.get(name, _VALUES) * 10) for name in inexact})
            left = inexact
        return {name: counted[name] for name in names}

    def _ask(self, names: Sequence[str], most: Mapping[str, int]) -> dict[str, Json]:
        """What the cluster counts for each facet, of so many values a shard; those that are counted under the same
        filters by one search.
        """
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
                "aggs": {label: made for name in own for label, made in self._values(name, most[name]).items()},
            }
            for own in together.values()
        ]
        answers = self._snapshot.searches(bodies)
        return {name: found for answer in answers for name, found in answer["aggregations"].items()}

    def _values(self, name: str, most: int) -> Json:
        if name == "section":
            return self._level(name, 1, most)
        field = {_CHAPTERS: "chapter_rank", "document": "reading"}.get(name) or FIELDS[name]
        return self._terms(name, field, self._limit(name), most)

    def _limit(self, name: str) -> int:
        return self._request.chapters if name == _CHAPTERS else self._request.facet_limit

    def _level(self, name: str, depth: int, most: int) -> Json:
        made = self._terms(name, f"levels.{depth}", self._request.facet_limit, most)
        if depth < self._depth:
            made[name]["aggs"] |= self._level(_BELOW, depth + 1, most)
        return made

    def _terms(self, name: str, field: str, limit: int, most: int) -> Json:
        """The values with most hits by ``name``, and where several shards count them a count of all beside it."""
        is_one = self._snapshot.head.shards == 1
        order = [{"main": "desc"}, {"some": "desc"}, {"_key": "asc"}]
        wanted = {"field": field, "size": limit + 1, "order": order}
        wanted["shard_size"] = limit + 1 if is_one else max(limit + 1, most)
        first = {"terms": wanted, "aggs": {tier: {"filter": query} for tier, query in self._tiers.items()}}
        every = {"terms": {"field": field, "size": most, "shard_size": most}}
        return {name: first} if is_one else {name: first, _every(name): every}

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
            below = self._sections(bucket[_BELOW], depth + 1) if _BELOW in bucket else CountedFacet(())
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


def _every(name: str) -> str:
    """The name of the count of all values."""
    return f"every {name}"


def _kept_back(name: str, found: Json) -> bool:
    """Whether a shard may know of values that are not counted, here or below."""
    every = found.get(_every(name))
    if every is None:  # there is one shard
        return False
    below = (bucket for bucket in found[name]["buckets"] if _BELOW in bucket)
    return bool(every["sum_other_doc_count"]) or any(_kept_back(_BELOW, bucket) for bucket in below)
