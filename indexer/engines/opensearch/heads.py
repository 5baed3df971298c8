"""The last commit of each index, as one document that changes whole, and the lock of its builder.

A head names the index of the cluster that holds the records, and the generation up to which they count: what a builder
writes is of a later one, and so unseen until the head names that. ``dead`` are the documents whose records of earlier
generations count no more; they are deleted after the commit. Heads are told apart by sequence numbers, so that of two
builders one is refused.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from indexer.engines.opensearch.cluster import Cluster, Json, Refused
from indexer.engines.opensearch.queries import TERMS
from indexer.errors import IndexBusy, IndexMissing, IndexUnavailable

# A builder that is alive renews its lock so often; seconds. What is older than ``_EXPIRY`` has no owner any more.
_RENEWAL = 20.0
_EXPIRY = 120.0


@dataclass(frozen=True, slots=True)
class Head:
    """A commit.

    Attributes:
        physical: the index of the cluster that its records are in.
        generation: the latest that counts.
        identity: names this commit among all.
        dead: documents, as keywords, of which only records of that very generation count.
        shards: of the index.
        version: sequence number and primary term, by which a writer proves that it has seen it.
    """

    physical: str
    generation: int
    identity: str
    dead: tuple[str, ...] = ()
    manifest: str = ""
    shards: int = 1
    version: tuple[int, int] = (0, 0)

    def live(self) -> Json:
        """A query for the records that count."""
        return {
            "bool": {
                "filter": [{"range": {"generation": {"lte": self.generation}}}],
                "must_not": self.gone() if self.dead else [],
            }
        }

    def gone(self) -> list[Json]:
        """Queries for those of earlier commits that count no more."""
        before = {"range": {"generation": {"lt": self.generation}}}
        parts = (self.dead[at : at + TERMS] for at in range(0, len(self.dead), TERMS))
        return [{"bool": {"filter": [before, {"terms": {"document": [*part]}}]}} for part in parts]


class Heads:
    """The heads of all indexes with one prefix."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._index = f"{cluster.connection.prefix}-heads"

    def identity(self, name: str) -> str:
        """What the last commit of an index is called. Raises as ``read`` does."""
        return str(self._head(name, _source_includes="identity")["_source"]["identity"])

    def read(self, name: str) -> Head:
        """The head of an index.

        Raises:
            IndexMissing: there is none.
        """
        found = self._head(name)
        said = found["_source"]
        return Head(
            said["physical"],
            said["generation"],
            said["identity"],
            tuple(said["dead"]),
            said.get("manifest", ""),
            said["shards"],
            (found["_seq_no"], found["_primary_term"]),
        )

    def _head(self, name: str, **parameters: Any) -> Json:
        found = self._get(f"head-{name}", **parameters)
        if found is None:
            raise IndexMissing("OpenSearch 里没有这个索引了。", "请重建：xunzhang index 目录 --index 目录 --rebuild")
        return found

    def write(self, name: str, head: Head, after: Head | None) -> Head:
        """Make a head the last one, if ``after`` still is; None where there must be none.

        Raises:
            IndexBusy: another one has come in between.
        """
        body = {key: getattr(head, key) for key in ("physical", "generation", "identity", "dead", "manifest", "shards")}
        seen: dict[str, Any] = {"op_type": "create"}
        if after is not None:
            seen = {"if_seq_no": after.version[0], "if_primary_term": after.version[1]}
        try:
            written = self._cluster.send("PUT", f"/{self._index}/_doc/head-{name}", body, **seen)
        except Refused as refused:
            if refused.status != 409:
                raise
            found = self._get(f"head-{name}")
            # an answer that was lost on its way, after which it was sent again
            if found is None or found["_source"]["identity"] != head.identity:
                raise IndexBusy("索引刚刚由另一个任务改过。", "请再运行一次。") from None
            written = found
        return replace(head, version=(written["_seq_no"], written["_primary_term"]))

    @contextmanager
    def lock(self, name: str) -> Iterator[int]:
        """Keep other builders of an index out; yields a generation that is later than that of any lock before.

        Raises:
            IndexBusy: another builder is alive.
        """
        owner = secrets.token_hex(10)
        generation = self._take(name, owner)
        ended = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(name, owner, ended), daemon=True)
        renewing.start()
        try:
            yield generation
        finally:
            ended.set()
            renewing.join()
            self._release(name, owner)

    def _take(self, name: str, owner: str) -> int:
        self._make()
        held = self._get(f"lock-{name}")
        if held and held["_source"]["owner"] != owner and time.time() - held["_source"]["renewed"] < _EXPIRY:
            raise _busy()
        seen: dict[str, Any] = {"op_type": "create"}
        if held:
            seen = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        try:
            written = self._cluster.send("PUT", f"/{self._index}/_doc/lock-{name}", _held_by(owner), **seen)
        except Refused as refused:
            found = self._get(f"lock-{name}")
            if refused.status != 409 or found is None or found["_source"]["owner"] != owner:
                raise _busy() from None
            written = found
        return int(written["_seq_no"])

    def _renew(self, name: str, owner: str, ended: threading.Event) -> None:
        while not ended.wait(_RENEWAL):
            with suppress(Refused, IndexUnavailable):  # the head tells whether the commit may still stand
                found = self._get(f"lock-{name}")
                if found is not None and found["_source"]["owner"] == owner:
                    self._cluster.send("PUT", f"/{self._index}/_doc/lock-{name}", _held_by(owner), **_seen(found))

    def _release(self, name: str, owner: str) -> None:
        with suppress(Refused, IndexUnavailable):  # it expires by itself
            found = self._get(f"lock-{name}")
            if found is not None and found["_source"]["owner"] == owner:
                self._cluster.send("DELETE", f"/{self._index}/_doc/lock-{name}", **_seen(found))

    def _get(self, key: str, **parameters: Any) -> Json | None:
        found: Json = self._cluster.send("GET", f"/{self._index}/_doc/{key}", ignore=404, **parameters)
        return found if found.get("found") else None

    def _make(self) -> None:
        """See to the index that heads are in: of one shard, whose sequence numbers they share."""
        if self._cluster.send("HEAD", f"/{self._index}"):
            return
        settings = {"number_of_shards": 1, "number_of_replicas": self._cluster.connection.replicas}
        body = {"settings": {"index": settings}, "mappings": {"enabled": False}}
        try:
            self._cluster.send("PUT", f"/{self._index}", body)
        except Refused as refused:
            if refused.kind != "resource_already_exists_exception":
                raise


def new_identity() -> str:
    """A name for a commit that no other has."""
    return secrets.token_hex(10)


def _held_by(owner: str) -> Mapping[str, object]:
    return {"owner": owner, "renewed": time.time()}


def _seen(found: Json) -> dict[str, Any]:
    return {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}


def _busy() -> IndexBusy:
    return IndexBusy("另一个建索引的任务正在进行。", "请等它结束后再试；它若已经中断，两分钟后锁会自己失效。")
