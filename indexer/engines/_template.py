"""A whole engine, to be copied: change its names, give it an entry in ``ENTRIES``, and run ``tests/engines``.

It keeps documents in a dict. An engine around a library replaces that dict by the library's index, and hands to
``definition`` not every row but those that the library names as candidates; ``capabilities`` of its entry say what
it then still promises. What is stored must come back as it was, half characters in texts and manifest among it;
``opensearch.records`` shows a document as JSON and back. Whatever is not said here is said by ``contract.Engine``.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from indexer.engines import scoring
from indexer.engines.contract import MEMORY, Change, Engine, Removal
from indexer.engines.definition.answers import answer, count
from indexer.engines.definition.rows import Row, rows_of
from indexer.engines.definition.scores import PartScores
from indexer.engines.requests import Answer, Counts, Request
from indexer.errors import IndexBusy, IndexMissing
from indexer.model import AnalyzedDocument, Document, IndexStats, Passage, SectionVector


class TemplateEngine(Engine):
    """Documents in a dict; passages that repeat a word of the query come first."""

    name: ClassVar[str] = "template"

    def __init__(self, manifest: str) -> None:
        self._documents: dict[str, AnalyzedDocument] = {}
        self._manifest = manifest
        self._generation = secrets.token_hex(10)
        self._lock = threading.Lock()

    # ── one index ────────────────────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def create(cls, path: Path, manifest: str) -> TemplateEngine:
        """Here a persistent engine makes its files in ``path``."""
        return cls(manifest)

    @classmethod
    def replace(cls, path: Path, manifest: str, confirm: Callable[[], None]) -> TemplateEngine:
        """Here a persistent engine keeps ``confirm`` for its first ``apply``."""
        return cls(manifest)

    @property
    def replacing(self) -> bool:
        """Never, as nothing is left of an older index."""
        return False

    @classmethod
    def open(cls, path: Path, cache_bytes: int = 0) -> TemplateEngine:
        """Here a persistent engine reads its last commit."""
        raise IndexMissing(f"{path} 里没有索引。", f"请先建索引：xunzhang index 目录 --index {path}")

    def close(self) -> None:
        """Here a persistent engine closes its files."""
        self._documents = {}

    # ── a commit ─────────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, changes: Iterable[Change], manifest: str, memory: int = MEMORY) -> None:
        """All or nothing: a new dict takes the place of the old one once the last change has come."""
        if not self._lock.acquire(blocking=False):
            raise IndexBusy("另一个建索引的任务正在进行。", "请等它结束后再试。")
        try:
            documents, changed = dict(self._documents), manifest != self._manifest
            for change in self.prepared(changes):
                changed = True
                documents.pop(change.document_id, None)
                if not isinstance(change, Removal):
                    documents[change.document_id] = replace(change.prepared, vectors=change.vectors)
            if changed:
                self._documents, self._manifest = documents, manifest
                self._generation = secrets.token_hex(10)
        finally:
            self._lock.release()

    def manifest(self) -> str:
        """See the contract."""
        return self._manifest

    @property
    def generation(self) -> str:
        """A random number for each commit, so that no two indexes share one."""
        return self._generation

    # ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────

    def search(self, request: Request) -> Answer:
        """Here a library names the rows that may match."""
        rows = rows_of(self._documents.values())
        return answer(rows, request, _score(rows, request))

    def count(self, request: Request) -> Counts:
        """See the contract."""
        return count(rows_of(self._documents.values()), request)

    # ── what is stored ───────────────────────────────────────────────────────────────────────────────────────────

    def document(self, document_id: str) -> Document | None:
        """See the contract."""
        owner = self._documents.get(document_id)
        return owner.document if owner else None

    def documents(self) -> tuple[Document, ...]:
        """See the contract."""
        documents = (owner.document for owner in self._documents.values())
        return tuple(sorted(documents, key=lambda document: (document.path, document.id)))

    def passages(
        self, document_id: str, section: tuple[str, ...] | None = None, ordinals: range | None = None
    ) -> tuple[Passage, ...]:
        """See the contract."""
        owner = self._documents.get(document_id)
        return tuple(
            tokens.passage
            for tokens in (owner.passages if owner else ())
            if section in (None, tokens.passage.section) and (ordinals is None or tokens.passage.ordinal in ordinals)
        )

    def vectors(self, document_id: str) -> tuple[SectionVector, ...]:
        """See the contract."""
        owner = self._documents.get(document_id)
        return owner.vectors if owner else ()

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """See the contract."""
        yield from Counter(word for row in rows_of(self._documents.values()) for word in row.tokens.words).items()

    def stats(self) -> IndexStats:
        """See the contract."""
        rows = rows_of(self._documents.values())
        kinds = Counter(str(row.tokens.passage.kind) for row in rows)
        return IndexStats(
            engine=self.name,
            documents=len(self._documents),
            passages=len(rows),
            kinds=dict(sorted(kinds.items())),
            characters=sum(len(row.tokens.chars) for row in rows),
            bytes=0,
            generation=self.generation,
            fingerprint={},
        )

    def check(self) -> Sequence[str]:
        """Here a persistent engine reads all it has written."""
        return ()


def _score(rows: Sequence[Row], request: Request) -> PartScores:
    """One part of the score instead of all, hence ``exact_scores=False``; here a library's own score may stand."""
    words = {row: Counter(row.tokens.words) for row in rows}
    weights = {
        word: scoring.idf(len(rows), sum(word in own for own in words.values())) * request.terms.factor(word)
        for word in request.terms.words
    }
    parts = {row: {"words": sum(own[word] * weight for word, weight in weights.items())} for row, own in words.items()}
    return PartScores(request, parts, {})
