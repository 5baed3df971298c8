"""One commit as it is read: searches over the records that count, and what every request needs of all of them."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from indexer.engines.definition.rows import Row
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import KEEP_ALIVE, Cluster, Json, Refused
from indexer.engines.opensearch.heads import Head
from indexer.engines.opensearch.queries import EVERYTHING, all_of, one_of, term
from indexer.engines.opensearch.records import Owner, owner_of, passage_of
from indexer.errors import IndexUnavailable
from indexer.model import AnalyzedPassage

# Records of one answer; the cluster gives 10,000 at most.
BATCH = 5_000
# Document frequencies and records of documents that are kept for later requests to the same commit.
_KEPT_FREQUENCIES = 100_000
_KEPT_DOCUMENTS = 2_000

READING_ORDER: tuple[Json, ...] = ({"reading": "asc"}, {"ordinal": "asc"})
ORDER_OF_IDS: tuple[Json, ...] = ({"document": "asc"}, {"ordinal": "asc"})


@dataclass(frozen=True, slots=True)
class Totals:
    """How many records there are, and how long they are together."""

    passages: int
    sections: int
    chapters: int
    documents: int
    words: int
    characters: int
    headings: int
    depth: int


@dataclass
class Snapshot:
    """The records of one commit.

    Attributes:
        point: names the state of all shards that is searched, whatever comes after it; None for the latest.
    """

    cluster: Cluster
    head: Head
    point: str | None = None
    _frequencies: dict[tuple[str, str], int] = field(default_factory=dict)
    _owners: OrderedDict[str, Owner] = field(default_factory=OrderedDict)

    def kept(self) -> Snapshot:
        """The same for as long as it is asked for, whatever comes; itself where the cluster keeps too many already."""
        try:
            made = self.cluster.send("POST", f"/{self.head.physical}/_search/point_in_time", keep_alive=KEEP_ALIVE)
        except IndexUnavailable:
            return self
        kept = copy(self)
        kept.__dict__["totals"] = self.totals  # worked out once, not by each copy
        kept.point = str(made["pit_id"])
        return kept

    def let_go(self) -> None:
        """Let the cluster forget what it kept."""
        if self.point is not None:
            with suppress(IndexUnavailable, Refused):  # it expires by itself
                self.cluster.send("DELETE", "/_search/point_in_time", {"pit_id": [self.point]})

    def records(self, kind: str, *queries: Json) -> Json:
        """A query for the records of a kind that count and pass ``queries``."""
        return all_of([term("record", kind), self.head.live(), *(query for query in queries if query != EVERYTHING)])

    def passages(self, *queries: Json) -> Json:
        """A query for passages."""
        return self.records(mapping.PASSAGE, *queries)

    def searches(self, bodies: Sequence[Json]) -> list[Json]:
        """The answers to searches."""
        return self.cluster.searches(self.head.physical, bodies, self.point)

    def search(self, body: Json) -> Json:
        """The answer to one search."""
        return self.searches([body])[0]

    def count(self, query: Json) -> int:
        """How many records a query finds."""
        found: int = self.search({"size": 0, "track_total_hits": True, "query": query})["hits"]["total"]["value"]
        return found

    def walk(self, query: Json, sort: Sequence[Json], most: int | None = None, **body: Any) -> Iterator[Json]:
        """The records that a query finds in order, at most so many; ``body`` says what is wanted of each."""
        after: dict[str, Any] = {}
        left = most
        while left is None or left > 0:
            size = BATCH if left is None else min(BATCH, left)
            asked = {"query": query, "sort": [*sort], "size": size, "track_total_hits": False}
            hits = self.search(asked | body | after)["hits"]["hits"]
            yield from hits
            if len(hits) < size:
                return
            left = None if left is None else left - size
            after = {"search_after": hits[-1]["sort"]}

    def last(self, query: Json, sort: Sequence[Json], number: int) -> list[Any]:
        """The sort values of the last of the first ``number`` records that a query finds."""
        (last,) = deque(self.walk(query, sort, number, _source=False), maxlen=1)
        values: list[Any] = last["sort"]
        return values

    def values(self, field_name: str, query: Json) -> Iterator[str]:
        """The distinct values of a keyword over the records that a query finds."""
        after: dict[str, Any] = {}
        while True:
            source = {"size": 2 * BATCH, "sources": [{"value": {"terms": {"field": field_name}}}], **after}
            asked = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"all": {"composite": source}}}
            found = self.search(asked)["aggregations"]["all"]
            yield from (bucket["key"]["value"] for bucket in found["buckets"])
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}

    def rows(self, hits: Iterable[Json]) -> list[Row]:
        """Hits that came with their records, as rows; those of one document share it."""
        sources = [hit["_source"] for hit in hits]
        owners = self.owners(source["document"] for source in sources)
        tokens = [passage_of(source, owners[source["document"]].document.id) for source in sources]
        of_document: dict[str, list[AnalyzedPassage]] = {}
        for source, each in zip(sources, tokens, strict=True):
            of_document.setdefault(source["document"], []).append(each)
        made = {key: owners[key].with_passages(known) for key, known in of_document.items()}
        return [Row(made[source["document"]], each) for source, each in zip(sources, tokens, strict=True)]

    def owners(self, keys: Iterable[str]) -> Mapping[str, Owner]:
        """Documents by their keyword; those that there are none of are left out."""
        wanted = list(dict.fromkeys(keys))
        kept = self._owners
        at_hand = ((key, kept.get(key)) for key in wanted)
        found = {key: owner for key, owner in at_hand if owner is not None}
        missing = [key for key in wanted if key not in found]
        for at in range(0, len(missing), BATCH):
            query = self.records(mapping.DOCUMENT, one_of("document", missing[at : at + BATCH]))
            answer = self.search({"query": query, "size": BATCH, "track_total_hits": False})
            sources = (hit["_source"] for hit in answer["hits"]["hits"])
            found.update((source["document"], owner_of(source)) for source in sources)
        kept.update(found)
        while len(kept) > _KEPT_DOCUMENTS:
            kept.popitem(last=False)
        return found

    @cached_property
    def totals(self) -> Totals:
        """Figures of the whole commit."""
        kinds = (mapping.PASSAGE, mapping.SECTION, mapping.CHAPTER, mapping.DOCUMENT)
        sums = {name: {"sum": {"field": name}} for name in ("words_count", "chars_count", "headings_count")}
        aggs = {
            kind: {"filter": term("record", kind), "aggs": {**sums, "depth": {"max": {"field": "depth"}}}}
            for kind in kinds
        }
        aggs["with_passages"] = {"filter": {"range": {"passages_count": {"gt": 0}}}}
        found = self.search({"size": 0, "track_total_hits": False, "query": self.head.live(), "aggs": aggs})
        said = found["aggregations"]
        passages, sections = said[mapping.PASSAGE], said[mapping.SECTION]
        return Totals(
            passages=passages["doc_count"],
            sections=sections["doc_count"],
            chapters=said[mapping.CHAPTER]["doc_count"],
            documents=said["with_passages"]["doc_count"],
            words=int(passages["words_count"]["value"]),
            characters=int(passages["chars_count"]["value"]),
            headings=int(sections["headings_count"]["value"]),
            depth=int(passages["depth"]["value"] or 0),
        )

    def frequencies(self, wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        """How many records hold each term, given with its field."""
        asked = list(dict.fromkeys(wanted))
        if len(self._frequencies) > _KEPT_FREQUENCIES:
            self._frequencies.clear()
        at_hand = ((each, self._frequencies.get(each)) for each in asked)
        found = {each: count for each, count in at_hand if count is not None}
        missing = [each for each in asked if each not in found]
        for at in range(0, len(missing), 500):
            part = missing[at : at + 500]
            filters = {"filters": [term(*each) for each in part]}
            body = {"size": 0, "track_total_hits": False, "query": self.head.live()}
            buckets = self.search(body | {"aggs": {"terms": {"filters": filters}}})["aggregations"]["terms"]["buckets"]
            found.update(zip(part, (bucket["doc_count"] for bucket in buckets), strict=True))
        self._frequencies.update(found)
        return found
