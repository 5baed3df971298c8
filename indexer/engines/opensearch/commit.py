"""One commit: records of a generation that nobody sees yet, then the head that names it, then what it replaced goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from indexer.engines.contract import Removal, Upsert
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import BULK_BYTES, PATIENCE_S, Cluster, Json, Refused
from indexer.engines.opensearch.heads import Head, Heads, new_identity
from indexer.engines.opensearch.queries import TERMS, all_of, one_of, term
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.errors import IndexUnavailable


@dataclass
class Commit:
    """Writes into an index, or makes a new one that will take its place.

    Attributes:
        cluster: where.
        heads: of all indexes.
        name: of the index.
        generation: of what is written.
        base: the last commit; None where there is none.
        anew: whether a new index of the cluster is made.
        changed: whether anything was written.
    """

    cluster: Cluster
    heads: Heads
    name: str
    generation: int
    base: Head | None
    anew: bool
    changed: bool = False
    _touched: dict[str, None] = field(default_factory=dict)
    _waiting: list[tuple[Json, bytes]] = field(default_factory=list)
    _bytes: int = 0

    def begin(self) -> None:
        """See to the index, and delete what an earlier commit left behind."""
        if self.anew or self.base is None:
            connection = self.cluster.connection
            body = mapping.index_body(connection.shards, connection.replicas)
            try:
                self.cluster.send("PUT", f"/{self.physical}", body)
            except Refused as refused:
                if refused.kind != "resource_already_exists_exception":  # as it is when it was sent twice
                    raise
        elif self.base.dead:
            self._forget(self.base)

    @property
    def physical(self) -> str:
        """The index of the cluster that is written."""
        if self.anew or self.base is None:
            return f"{self.cluster.connection.prefix}-{self.name}-{self.generation}"
        return self.base.physical

    def carry_out(self, change: Upsert | Removal) -> None:
        """Put a document in or take it out."""
        self.changed = True
        document_id = change.document_id
        if document_id in self._touched:
            self._flush()
            self._delete(all_of([term("document", mapping.keyword(document_id)), term("generation", self.generation)]))
        self._touched[document_id] = None
        if isinstance(change, Removal):
            return
        for line in change.prepared.lines(document_id, self.generation):
            self._waiting.append(line)
            self._bytes += len(line[1])
            if self._bytes > BULK_BYTES:
                self._flush()

    def complete(self, manifest: str, confirm: Callable[[], None]) -> None:
        """Make it the last commit; ``confirm`` is asked before."""
        self._flush()
        self._refresh()
        if not self.anew and self.base is not None:
            between = {"gt": self.base.generation, "lt": self.generation}
            self._delete({"range": {"generation": between}}, refreshed=True)  # what builders left that died
        confirm()
        dead = () if self.anew or self.base is None else tuple(self._replaced(self.base))
        is_new = self.anew or self.base is None
        shards = self.cluster.connection.shards if is_new or self.base is None else self.base.shards
        head = Head(self.physical, self.generation, new_identity(), dead, manifest, shards)
        written = self.heads.write(self.name, head, self.base)
        if self.anew:
            self._drop_others()
        elif dead:
            self._forget(written)

    def abort(self) -> None:
        """Take back what was written, as far as the cluster lets us; what stays is seen by nobody."""
        try:
            if self.anew or self.base is None:
                self._drop(self.physical)
            else:
                self._delete(term("generation", self.generation))
        except (IndexUnavailable, Refused):
            pass

    def _forget(self, head: Head) -> None:
        """Delete the dead records of a commit, and take them from its head."""
        for query in head.gone():
            self._delete(query, refreshed=True)
        cleared = self.heads.write(self.name, replace(head, dead=()), head)
        if self.base is not None and self.base.identity == head.identity:
            self.base = cleared

    def _replaced(self, base: Head) -> Iterator[str]:
        """Those of the touched documents that were there before."""
        before = Snapshot(self.cluster, base)
        touched = [*map(mapping.keyword, self._touched)]
        for at in range(0, len(touched) if self._holds_any(before) else 0, TERMS):
            found = before.records(mapping.DOCUMENT, one_of("document", touched[at : at + TERMS]))
            yield from before.values("document", found)

    def _holds_any(self, before: Snapshot) -> bool:
        return before.count(before.records(mapping.DOCUMENT)) > 0

    def _flush(self) -> None:
        if self._waiting:
            self.cluster.bulk(self.physical, self._waiting)
        self._waiting, self._bytes = [], 0

    def _refresh(self) -> None:
        self.cluster.send("POST", f"/{self.physical}/_refresh", timeout=PATIENCE_S)

    def _delete(self, query: Json, *, refreshed: bool = False) -> None:
        if not refreshed:
            self._refresh()
        self.cluster.delete_where(self.physical, query)

    def _drop_others(self) -> None:
        """Delete what this index was before, and what rebuilds of it left that died."""
        for physical in self.cluster.send("GET", f"/{self.cluster.connection.prefix}-{self.name}-*/_alias"):
            if physical != self.physical:
                self._drop(physical)

    def _drop(self, physical: str) -> None:
        self.cluster.send("DELETE", f"/{physical}", ignore_unavailable="true")
