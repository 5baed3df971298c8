"""One commit: records of a generation that nobody sees yet, then the head that names it, then what it replaced goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer.engines.contract import Removal, Upsert
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.bulk_writer import BulkWriter
from indexer.engines.opensearch.cluster import PATIENCE_S, Cluster, Json, Refused
from indexer.engines.opensearch.heads import Head, Heads, new_identity
from indexer.engines.opensearch.queries import TERMS, all_of, one_of, term
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.errors import IndexMissing, IndexUnavailable


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
        else:
            self.base = self._forget(self.base)

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
            self._writer.flush()
            self._delete(all_of([term("document", mapping.keyword(document_id)), term("generation", self.generation)]))
        self._touched[document_id] = None
        if isinstance(change, Removal):
            return
        self._writer.write(change.prepared.lines(document_id, self.generation))

    def complete(self, manifest: str, confirm: Callable[[], None]) -> None:
        """Make it the last commit; ``confirm`` is asked before."""
        self._writer.flush()
        self._writer.stop()
        self._refresh()
        confirm()
        written = self.heads.write(self.name, self._head(manifest), self.base)
        with suppress(IndexUnavailable, Refused):  # it stands; the next one tidies up
            if self.anew:
                self._drop_others()
            self._forget(written)

    def _head(self, manifest: str) -> Head:
        if self.anew or self.base is None:
            shards = self.cluster.connection.shards
            return Head(self.physical, self.generation, new_identity(), manifest=manifest, shards=shards)
        dead, base = tuple(self._replaced(self.base)), self.base
        return Head(self.physical, self.generation, new_identity(), dead, manifest, base.shards, base.generation)

    def abort(self) -> None:
        """Take back what was written, as far as the cluster lets us and unless it stands; what stays is not seen."""
        self._writer.stop()
        with suppress(IndexUnavailable, Refused):
            if self._stands():
                return
            if self.anew or self.base is None:
                self._drop(self.physical)
            else:
                self._delete(term("generation", self.generation))

    def _stands(self) -> bool:
        """Whether the head names it, though the answer to that may have been lost."""
        try:
            return self.heads.read(self.name).generation == self.generation
        except IndexMissing:
            return False

    def _forget(self, head: Head) -> Head:
        """Delete the records that count no more with a commit, and take them from its head."""
        for query in head.gone():
            self._delete(query, refreshed=True)
        if not head.gone():
            return head
        return self.heads.write(self.name, replace(head, dead=(), void_after=None), head)

    def _replaced(self, base: Head) -> Iterator[str]:
        """Those of the touched documents that were there before."""
        before = Snapshot(self.cluster, base)
        touched = [*map(mapping.keyword, self._touched)]
        for at in range(0, len(touched) if self._holds_any(before) else 0, TERMS):
            found = before.records(mapping.DOCUMENT, one_of("document", touched[at : at + TERMS]))
            yield from before.values("document", found)

    def _holds_any(self, before: Snapshot) -> bool:
        return before.count(before.records(mapping.DOCUMENT)) > 0

    @cached_property
    def _writer(self) -> BulkWriter:
        return BulkWriter(self.cluster, self.physical)

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
