"""Documents in a dict, of which every passage is looked at. Nothing is kept on disk."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from indexer.engines.contract import MEMORY, Change, Engine, Removal
from indexer.engines.definition.answers import answer, count
from indexer.engines.definition.rows import rows_of
from indexer.engines.memory.scores import score
from indexer.engines.requests import Answer, Counts, Request
from indexer.errors import IndexBusy, IndexMissing
from indexer.model import AnalyzedDocument, Document, IndexStats, Passage, SectionVector


class MemoryEngine(Engine):
    """Keeps analysed documents in a dict and looks at all of them for every request."""

    name: ClassVar[str] = "memory"

    def __init__(self, manifest: str) -> None:
        self._manifest = manifest
        self._documents: dict[str, AnalyzedDocument] = {}
        self._generation = secrets.token_hex(10)
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path, manifest: str) -> MemoryEngine:
        """Make an empty index; ``path`` is not touched."""
        return cls(manifest)

    @classmethod
    def replace(cls, path: Path, manifest: str, confirm: Callable[[], None]) -> MemoryEngine:
        """Nothing outlives the process, so that there is nothing to replace."""
        return cls(manifest)

    @property
    def replacing(self) -> bool:
        """Never."""
        return False

    @classmethod
    def open(cls, path: Path, cache_bytes: int = 0) -> MemoryEngine:
        """There is never anything to open."""
        raise IndexMissing(f"{path} 是内存索引，进程结束后不再存在。", "请用默认引擎 whoosh 建索引。")

    def apply(self, changes: Iterable[Change], manifest: str, memory: int = MEMORY) -> None:
        """See the contract."""
        if not self._lock.acquire(blocking=False):
            raise IndexBusy("另一个建索引的任务正在进行。", "请等它结束后再试。")
        try:
            documents = dict(self._documents)
            changed = manifest != self._manifest
            for change in self.prepared(changes):
                changed = True
                if isinstance(change, Removal):
                    documents.pop(change.document_id, None)
                else:
                    documents[change.document_id] = replace(change.prepared, vectors=change.vectors)
            if changed:
                self._documents, self._manifest = documents, manifest
                self._generation = secrets.token_hex(10)
        finally:
            self._lock.release()

    def search(self, request: Request) -> Answer:
        """See the contract."""
        rows = rows_of(self._documents.values())
        return answer(rows, request, score(rows, request))

    def count(self, request: Request) -> Counts:
        """See the contract."""
        return count(rows_of(self._documents.values()), request)

    def document(self, document_id: str) -> Document | None:
        """See the contract."""
        owner = self._documents.get(document_id)
        return owner.document if owner else None

    def documents(self) -> tuple[Document, ...]:
        """See the contract."""
        owners = (owner.document for owner in self._documents.values())
        return tuple(sorted(owners, key=lambda document: (document.path, document.id)))

    def passages(
        self, document_id: str, section: tuple[str, ...] | None = None, ordinals: range | None = None
    ) -> tuple[Passage, ...]:
        """See the contract."""
        owner = self._documents.get(document_id)
        passages = (tokens.passage for tokens in owner.passages) if owner else ()
        return tuple(
            passage
            for passage in passages
            if section in (None, passage.section) and (ordinals is None or passage.ordinal in ordinals)
        )

    def vectors(self, document_id: str) -> tuple[SectionVector, ...]:
        """See the contract."""
        owner = self._documents.get(document_id)
        return owner.vectors if owner else ()

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """See the contract."""
        passages = (tokens for owner in self._documents.values() for tokens in owner.passages)
        yield from Counter(word for tokens in passages for word in tokens.words).items()

    def manifest(self) -> str:
        """See the contract."""
        return self._manifest

    def stats(self) -> IndexStats:
        """See the contract."""
        passages = [tokens.passage for owner in self._documents.values() for tokens in owner.passages]
        return IndexStats(
            engine=self.name,
            documents=len(self._documents),
            passages=len(passages),
            kinds=dict(sorted(Counter(str(passage.kind) for passage in passages).items())),
            characters=sum(len(tokens.chars) for owner in self._documents.values() for tokens in owner.passages),
            bytes=0,
            generation=self.generation,
            fingerprint={},
        )

    def check(self) -> Sequence[str]:
        """Memory does not rot."""
        return ()

    @property
    def generation(self) -> str:
        """A random number for each commit."""
        return self._generation

    def close(self) -> None:
        """Forget everything."""
        self._documents = {}
