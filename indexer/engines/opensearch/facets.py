"""Facets and chapters counted in the cluster: values with most hits first, as ``definition.facets`` orders them.

Every facet is one ``terms`` aggregation ordered by the hits of its two filters, then by value; a heading path is a
chain of them, one for each level. With several shards such an order is exact only where no shard kept any value back;
else it is asked for again, with more values of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.queries import FIELDS, filter_queries
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.requests import CountedFacet, FacetCount, Request

_CHAPTERS = "chapters"
# Values that shards are asked for at most: what the cluster lets one answer hold.
_MOST_VALUES = 60_000


class FacetCounter:
    """Counts the hits of two queries, those of ``exact`` and ``all`` and those of ``some``, which never share one."""

    def __init__(self, snapshot: Snapshot, request: Request, main: Json, some: Json) -> None:
        self._snapshot = snapshot
        self._request = request
        self._tiers = {"main": main, "some": some}
        self._depth = min(request.facet_depth, max(1, snapshot.totals.depth))

    def bodies(self, names: Sequence[str], more: int = 0) -> list[Json]:
        """A search for each facet; ``more`` values of it are looked at than are shown."""
        return [self._body(name, more) for name in names]

    def count(self, names: Sequence[str]) -> dict[str, CountedFacet]:
        """The facets of those names, ``chapters`` among them."""
        counted: dict[str, CountedFacet] = {}
        left, more = list(names), 0
        while left:
            answers = self._snapshot.searches(self.bodies(left, more))
            found = {name: answer["aggregations"]["values"] for name, answer in zip(left, answers, strict=True)}
            inexact = [name for name in left if self._is_inexact(found[name], more)]
            counted.update((name, self._facet(name, found[name])) for name in left if name not in inexact)
            left, more = inexact, min(_MOST_VALUES, max(1_000, more * 10))
        return {name: counted[name] for name in names}

    def _body(self, name: str, more: int) -> Json:
        filters = filter_queries(self._request.filters, without=name)
        wanted = self._snapshot.passages(_either(self._tiers), *filters)
        return {
            "size": 0,
            "track_total_hits": False,
            "query": wanted,
            "aggs": {"values": self._values(name, more)},
        }

    def _values(self, name: str, more: int) -> Json:
        if name == "section":
            return self._level(1, more)
        field = {_CHAPTERS: "chapter_rank", "document": "reading"}.get(name) or FIELDS[name]
        limit = self._request.chapters if name == _CHAPTERS else self._request.facet_limit
        return self._terms(field, limit, more)

    def _level(self, depth: int, more: int) -> Json:
        made = self._terms(f"levels.{depth}", self._request.facet_limit, more)
        if depth < self._depth:
            made["aggs"]["below"] = self._level(depth + 1, more)
        return made

    def _terms(self, field: str, limit: int, more: int) -> Json:
        wanted = {"field": field, "size": limit + 1, "order": [{"main": "desc"}, {"some": "desc"}, {"_key": "asc"}]}
        if self._snapshot.head.shards > 1:
            wanted["shard_size"] = max(limit + 1, 200, more)
        counts = {name: {"filter": query} for name, query in self._tiers.items()}
        return {"terms": wanted, "aggs": counts}

    def _is_inexact(self, found: Json, more: int) -> bool:
        several = self._snapshot.head.shards > 1 and more < _MOST_VALUES
        return several and _kept_back(found)

    def _facet(self, name: str, found: Json) -> CountedFacet:
        if name == "section":
            return self._sections(found, 1)
        limit = self._request.chapters if name == _CHAPTERS else self._request.facet_limit
        buckets = found["buckets"]
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


def _either(tiers: Mapping[str, Json]) -> Json:
    return {"bool": {"should": [*tiers.values()], "minimum_should_match": 1}}


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
