"""The contract, kept by a cluster: a folder points to an index there, whose last commit is looked up every time."""

from __future__ import annotations

import secrets
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

from indexer.engines.connection import Connection
from indexer.engines.contract import DEFAULT_CACHE_BYTES, MEMORY, Change, RemoteEngine
from indexer.engines.definition.answers import answer, count
from indexer.engines.definition.scores import PartScores
from indexer.engines.opensearch import mapping, pointer
from indexer.engines.opensearch.answers import Asked
from indexer.engines.opensearch.cluster import Cluster, Json, Refused
from indexer.engines.opensearch.commit import Commit
from indexer.engines.opensearch.heads import Head, Heads
from indexer.engines.opensearch.queries import all_of, term
from indexer.engines.opensearch.records import Record, document_of, passage_of, prepare, section_key
from indexer.engines.opensearch.snapshot import ORDER_OF_IDS, READING_ORDER, Snapshot
from indexer.engines.requests import Answer, Counts, Request
from indexer.errors import IndexDamaged, IndexMissing, IndexUnavailable, rebuild_hint
from indexer.model import Document, IndexStats, Passage, SectionVector

T = TypeVar("T")

# How often a question is put again because a commit came in between.
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class _Replacement:
    """What ``replace`` was given."""

    manifest: str
    confirm: Callable[[], None]


class OpenSearchEngine(RemoteEngine):
    """An index in a cluster, pointed to by a folder."""

    name: ClassVar[str] = "opensearch"
    between_looks: ClassVar[float] = 2.0  # each is a request

    def __init__(
        self, path: Path, connection: Connection | None = None, replacement: _Replacement | None = None
    ) -> None:
        self._path = path
        self._connection = connection
        self._replacement = replacement
        self._clusters: dict[Connection, Cluster] = {}
        self._last: Snapshot | None = None
        self._taking_up = threading.Lock()
        self._pinned = threading.local()
        if replacement is None:
            self._current()

    @classmethod
    def create(cls, path: Path, manifest: str, connection: Connection | None = None) -> OpenSearchEngine:
        """See the contract; ``connection`` leads to the cluster, by default as the environment says."""
        engine = cls.replace(path, manifest, lambda: None, connection)
        engine._commit((), manifest, even_empty=True)
        return engine

    @classmethod
    def replace(
        cls, path: Path, manifest: str, confirm: Callable[[], None], connection: Connection | None = None
    ) -> OpenSearchEngine:
        """See the contract and ``create``."""
        return cls(path, connection, _Replacement(manifest, confirm))

    @property
    def replacing(self) -> bool:
        """See the contract."""
        return self._replacement is not None

    @classmethod
    def open(
        cls, path: Path, cache_bytes: int = DEFAULT_CACHE_BYTES, connection: Connection | None = None
    ) -> OpenSearchEngine:
        """See the contract; next to nothing is kept here. Without a ``connection`` the folder says where the cluster is
        and the environment who logs in.
        """
        return cls(path, connection)

    prepare = staticmethod(prepare)

    # ── commits ──────────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, changes: Iterable[Change], manifest: str, memory: int = MEMORY) -> None:
        """See the contract."""
        self._commit(changes, manifest)

    def _commit(self, changes: Iterable[Change], manifest: str, *, even_empty: bool = False) -> None:
        replacement = self._replacement
        target, is_new = self._target()
        cluster = self._cluster(target)
        heads = Heads(cluster)
        with self._refusals_named(), heads.lock(target.index) as generation:
            base = self._base(heads, target.index)
            commit = Commit(cluster, heads, target.index, generation, base, anew=replacement is not None)
            try:
                commit.begin()
                for change in self.prepared(changes):
                    commit.carry_out(change)
                same = base is not None and replacement is None and manifest == base.manifest
                if not commit.changed and not even_empty and (same or replacement is not None):
                    commit.abort()
                    return

                def confirm() -> None:
                    if not is_new:
                        self._require(target.index)
                    if replacement is not None:
                        replacement.confirm()

                commit.complete(manifest, confirm)
            except BaseException:
                commit.abort()
                raise
        if is_new:
            target.write(self._path)
        self._replacement = None
        self._current()

    def _target(self) -> tuple[pointer.Pointer, bool]:
        """Where to commit to, and whether the folder does not point there yet."""
        if self._replacement is None:
            return pointer.read(self._path), False
        there: pointer.Pointer | None
        try:
            there = pointer.read(self._path)
        except (IndexMissing, IndexDamaged):
            there = None
        if there is not None and (self._connection is None or there.is_at(self._connection)):
            return there, False
        connection = self._connection or Connection.from_environment()
        return pointer.Pointer.to(secrets.token_hex(8), connection), True

    def _base(self, heads: Heads, index: str) -> Head | None:
        try:
            return heads.read(index)
        except IndexMissing:
            if self._replacement is None:
                raise
            return None

    def _require(self, index: str) -> None:
        """See that the folder still points where it did."""
        try:
            there = pointer.read(self._path).index == index
        except IndexMissing:
            there = False
        if not there:
            message = f"索引目录 {self._path} 在写的时候被删掉或换掉了，这次什么也没有提交。"
            raise IndexUnavailable(message, "请再运行一次。")

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _cluster(self, target: pointer.Pointer) -> Cluster:
        connection = target.connection(self._connection)
        if connection not in self._clusters:
            self._clusters[connection] = Cluster(connection)
        return self._clusters[connection]

    def _current(self) -> Snapshot:
        """The last commit of what the folder points to."""
        target = pointer.read(self._path)
        cluster = self._cluster(target)
        heads = Heads(cluster)
        with self._taking_up:
            identity = heads.identity(target.index)
            if self._last is None or self._last.head.identity != identity or self._last.cluster is not cluster:
                self._last = Snapshot(cluster, heads.read(target.index))
            return self._last

    def _ask(self, question: Callable[[Snapshot], T]) -> T:
        """The answer of one commit: a question that another commit came into is put to that one."""
        if self._pin is not None:
            return self._ask_pinned(self._pin, question)
        for _ in range(_ATTEMPTS):
            snapshot = self._current()
            try:
                with self._refusals_named():
                    answered = question(snapshot)
            except IndexUnavailable:
                if self._current() is snapshot:
                    raise
                continue
            if self._current() is snapshot:
                return answered
        raise IndexUnavailable("索引正在不停地更新，读不到一个完整的状态。", "请稍后再试。")

    def _ask_pinned(self, pinned: Snapshot, question: Callable[[Snapshot], T]) -> T:
        """The answer of the commit that is kept; where a node went that kept it, it is kept anew if still the last."""
        with self._refusals_named():
            try:
                return question(pinned)
            except IndexUnavailable:
                current = self._current()
                if current.head.identity != pinned.head.identity:
                    raise
                self._pinned.snapshot = current.kept()
                return question(self._pinned.snapshot)

    @contextmanager
    def one_commit(self) -> Iterator[None]:
        """See the contract: the state of all shards at this moment is kept for the questions."""
        if self._replacement or self._pin is not None:
            yield
            return
        snapshot = self._ask(Snapshot.kept)
        self._pinned.snapshot = snapshot if snapshot.point else None
        try:
            yield
        finally:
            kept, self._pinned.snapshot = self._pin or snapshot, None
            kept.let_go()

    @property
    def _pin(self) -> Snapshot | None:
        """The commit that this thread asks, whatever has come after it."""
        pinned: Snapshot | None = getattr(self._pinned, "snapshot", None)
        return pinned

    @contextmanager
    def _refusals_named(self) -> Iterator[None]:
        """What the cluster refuses because the index is not as it was made becomes an error of ours."""
        try:
            yield
        except Refused as refused:
            message = f"OpenSearch 里的索引 {self._path} 不完整：{refused}。"
            raise IndexDamaged(message, rebuild_hint(self._path)) from refused

    def search(self, request: Request) -> Answer:
        """See the contract."""
        if self._replacement:
            return answer((), request, PartScores(request, {}, {}))
        return self._ask(lambda snapshot: Asked(snapshot, request).answer())

    def count(self, request: Request) -> Counts:
        """See the contract."""
        if self._replacement:
            return count((), request)
        return self._ask(lambda snapshot: Asked(snapshot, request).counts())

    def document(self, document_id: str) -> Document | None:
        """See the contract."""
        key = mapping.keyword(document_id)
        if self._replacement:
            return None
        found = self._ask(lambda snapshot: snapshot.owners([key]))
        return found[key].document if key in found else None

    def documents(self) -> tuple[Document, ...]:
        """See the contract."""
        found = (document_of(source) for source in self._records(mapping.DOCUMENT))
        return tuple(sorted(found, key=lambda document: (document.path, document.id)))

    def _records(self, kind: str) -> list[Record]:
        def read(snapshot: Snapshot) -> list[Record]:
            return [hit["_source"] for hit in snapshot.walk(snapshot.records(kind), ORDER_OF_IDS[:1])]

        return [] if self._replacement else self._ask(read)

    def passages(
        self, document_id: str, section: tuple[str, ...] | None = None, ordinals: range | None = None
    ) -> tuple[Passage, ...]:
        """See the contract."""
        wanted = [term("document", mapping.keyword(document_id))]
        if section is not None:
            wanted.append(term("section", section_key(document_id, section)))
        if ordinals is not None:
            wanted.append({"range": {"ordinal": {"gte": ordinals.start, "lt": ordinals.stop}}})

        def read(snapshot: Snapshot) -> tuple[Passage, ...]:
            hits = snapshot.walk(snapshot.passages(all_of(wanted)), READING_ORDER[1:])
            return tuple(passage_of(hit["_source"], document_id).passage for hit in hits)

        return () if self._replacement else self._ask(read)

    def vectors(self, document_id: str) -> tuple[SectionVector, ...]:
        """See the contract. A cluster keeps none: what is asked of it is found by words alone."""
        return ()

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """See the contract."""
        counted: Counter[str] = Counter()
        for source in self._records(mapping.VOCABULARY):
            counted.update(source["stored"]["words"])
        yield from counted.items()

    def manifest(self) -> str:
        """See the contract."""
        if self._replacement:
            return self._replacement.manifest
        if self._pin is not None:
            return self._pin.head.manifest
        return self._current().head.manifest

    def stats(self) -> IndexStats:
        """See the contract."""
        if self._replacement:
            return IndexStats(self.name, 0, 0, {}, 0, 0, self.generation, {})
        return self._ask(self._stats)

    def _stats(self, snapshot: Snapshot) -> IndexStats:
        kinds = {"terms": {"field": "kind", "size": 100}}
        body = {"size": 0, "track_total_hits": False, "query": snapshot.passages(), "aggs": {"kinds": kinds}}
        found = snapshot.search(body)["aggregations"]["kinds"]["buckets"]
        sizes = snapshot.cluster.send("GET", f"/{snapshot.head.physical}/_stats/store")
        return IndexStats(
            engine=self.name,
            documents=snapshot.count(snapshot.records(mapping.DOCUMENT)),
            passages=snapshot.totals.passages,
            kinds={bucket["key"]: bucket["doc_count"] for bucket in sorted(found, key=lambda each: each["key"])},
            characters=snapshot.totals.characters,
            bytes=sizes["_all"]["primaries"]["store"]["size_in_bytes"],
            generation=snapshot.head.identity,
            fingerprint={},
        )

    def check(self) -> Sequence[str]:
        """See the contract."""
        return () if self._replacement else self._ask(lambda snapshot: [*_problems(snapshot)])

    @property
    def generation(self) -> str:
        """See the contract."""
        last = self._pin or self._last
        return last.head.identity if last else ""

    def close(self) -> None:
        """See the contract."""
        self._last = None
        for cluster in self._clusters.values():
            cluster.close()
        self._clusters.clear()


def _problems(snapshot: Snapshot) -> Iterator[str]:
    """What the records of documents say against the passages that are there."""
    counted: OrderedDict[str, int] = OrderedDict()
    digests: Json = {"docvalue_fields": ["text"]}
    for hit in snapshot.walk(snapshot.passages(), READING_ORDER, **digests):
        source = hit["_source"]
        counted[source["document"]] = counted.get(source["document"], 0) + 1
        chars = passage_of(source, "").chars
        if mapping.digest(chars) != hit["fields"]["text"][0]:
            yield f"段落 {source['document']}-{source['ordinal']} 的文本与建索引时不同。"
    fields: Json = {"docvalue_fields": ["passages_count"]}
    for hit in snapshot.walk(snapshot.records(mapping.DOCUMENT), READING_ORDER[:1], **fields):
        key = hit["_source"]["document"]
        if counted.pop(key, 0) != hit["fields"]["passages_count"][0]:
            yield f"文档 {key} 的段落数与登记的不符。"
    for key in counted:
        yield f"段落所属的文档 {key} 没有登记。"
