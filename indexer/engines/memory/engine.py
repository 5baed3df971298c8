"""Documents in a dict: matching, filters, facets and order, by looking at every passage. Nothing is kept on disk."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, TypeAlias

from indexer.engines import scoring
from indexer.engines.contract import MEMORY, Answer, Capabilities, Change, Engine, Facet, Removal, Request, Scored
from indexer.engines.memory.facets import count_chapters, count_facet
from indexer.engines.memory.page import copies_of, entries, group_of
from indexer.engines.memory.rows import Row, Section
from indexer.engines.memory.scores import Scores
from indexer.errors import IndexBusy, IndexMissing
from indexer.model import (
    AnalyzedDocument,
    And,
    Document,
    Filters,
    Glob,
    IndexStats,
    Literal,
    Not,
    Or,
    Passage,
    QueryLeaf,
    QueryNode,
    Tier,
    Within,
    Years,
    Zone,
)
from indexer.model.years import is_in_years, passes_years
from indexer.query.spans import Value, holds

_Groups: TypeAlias = "Mapping[Section, Sequence[Row]]"


class MemoryEngine(Engine):
    """Keeps analysed documents in a dict and looks at all of them for every request."""

    name: ClassVar[str] = "memory"
    capabilities: ClassVar[Capabilities] = Capabilities(persistent=False, concurrent_readers=False, exact_scores=True)

    def __init__(self, manifest: str) -> None:
        self._manifest = manifest
        self._documents: dict[str, AnalyzedDocument] = {}
        self._commits = 0
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
                    documents[change.document_id] = change.prepared
            if changed:
                self._documents, self._manifest = documents, manifest
                self._commits += 1
        finally:
            self._lock.release()

    def search(self, request: Request) -> Answer:
        """See the contract."""
        rows = [Row(owner, tokens) for owner in self._documents.values() for tokens in owner.passages]
        scores = Scores(rows, request)
        groups = _group(rows)
        scope = groups if request.scope == "section" else None
        tiers = _tiers(rows, request, scope)

        def chosen(without: str = "") -> list[Row]:
            kept = [row for row in rows if row in tiers and _passes(row, request.filters, without)]
            return kept if scope is None else _best_of_sections(kept, tiers, scores)

        # before the second stage, which must not change what a section's best passage is
        facets = {name: count_facet(name, chosen(without=name), tiers, request) for name in request.facets}
        hits = sorted(chosen(), key=_sort_key(request.sort, tiers, scores))
        if request.sort == "relevance":
            scores.rescore(hits[: scoring.RESCORED])
            hits[: scoring.RESCORED] = sorted(hits[: scoring.RESCORED], key=_sort_key(request.sort, tiers, scores))
        counts = Counter(tiers[row] for row in hits)
        listed = entries(hits, request)
        page = listed[request.offset : request.offset + request.limit]
        return Answer(
            counts={tier: counts[tier] for tier in Tier},
            hits=tuple(_scored(row, scores, tiers, hits, request) for rows in page for row in rows),
            entries=len(listed),
            groups=tuple(group_of(rows, hits, tiers) for rows in page) if request.group == "document" else (),
            facets=facets,
            chapters=count_chapters(hits, tiers, request.chapters) if request.chapters else Facet(()),
        )

    def count(self, request: Request) -> Mapping[Tier, int]:
        """See the contract."""
        rows = [Row(owner, tokens) for owner in self._documents.values() for tokens in owner.passages]
        by_section = request.scope == "section"
        tiers = _tiers(rows, request, _group(rows) if by_section else None)
        kept = [row for row in tiers if _passes(row, request.filters, "")]
        # all rows of a section are of one tier, and one of them is a hit
        hits = {row.group: row for row in kept}.values() if by_section else kept
        counts = Counter(tiers[row] for row in hits)
        return {tier: counts[tier] for tier in Tier}

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
        """Number of commits."""
        return str(self._commits)

    def close(self) -> None:
        """Forget everything."""
        self._documents = {}


def _scored(row: Row, scores: Scores, tiers: Mapping[Row, Tier], hits: Sequence[Row], request: Request) -> Scored:
    copies = copies_of(row, hits) if request.collapse == "text" else ((), 0)
    return Scored(row.owner.document, row.tokens.passage, scores[row], tiers[row], scores.parts[row], *copies)


# ── matching ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _group(rows: Iterable[Row]) -> _Groups:
    groups: dict[Section, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    return groups


def _tiers(rows: Iterable[Row], request: Request, scope: _Groups | None) -> dict[Row, Tier]:
    """The rows that any tier's tree is true for, whatever the filters, with their tier."""
    return {row: tier for row in rows if (tier := _tier(row, request, scope)) is not None}


def _tier(row: Row, request: Request, scope: _Groups | None) -> Tier | None:
    return next((tier for tier, tree in request.tiers if _matches(row, tree, scope)), None)


def _matches(row: Row, node: QueryNode, scope: _Groups | None) -> bool:
    match node:
        case And(children):
            return all(_matches(row, child, scope) for child in children)
        case Or(children):
            return any(_matches(row, child, scope) for child in children)
        case Not(child):
            return not _matches(row, child, scope)
        case leaf:
            rows = (row,) if scope is None else scope[row.group]
            return any(_leaf_matches(each, leaf) for each in rows)


def _leaf_matches(row: Row, leaf: QueryLeaf) -> bool:
    match leaf:
        case Literal(_, zones) | Glob(_, _, _, zones):
            return any(holds(value, leaf) for zone in zones for value in _zone(row, zone))
        case Within():
            return any(holds(value, leaf) for value in _zone(row, Zone.TEXT))
        case Years():
            return is_in_years(row.owner.document.year, leaf)


def _zone(row: Row, zone: Zone) -> Sequence[Value]:
    owner, tokens = row.owner, row.tokens
    document, passage = owner.document, tokens.passage
    match zone:
        case Zone.TEXT:
            return (Value(tokens.chars, passage.text, tokens.lengths),)
        case Zone.SECTION:
            return _unsegmented(tokens.section, passage.section)
        case Zone.TITLE:
            return _unsegmented((owner.title,), (document.title,))
        case Zone.TOPIC:
            return _unsegmented(tokens.topics, passage.topics)
        case Zone.DOCUMENT:
            return _unsegmented((owner.path, owner.title), (document.path, document.title))
        case Zone.TAG:
            return _unsegmented(owner.tags, document.tags)


def _unsegmented(folded: Sequence[str], originals: Sequence[str]) -> Sequence[Value]:
    """Only the passage is segmented; elsewhere a word's boundary is an end of the value."""
    return [Value(chars, original, (len(chars),)) for chars, original in zip(folded, originals, strict=True)]


# ── filters ───────────────────────────────────────────────────────────────────────────────────────────────


def _passes(row: Row, filters: Filters, without: str) -> bool:
    document, passage = row.owner.document, row.tokens.passage
    checks: dict[str, Callable[[], bool]] = {
        "section": lambda: any(passage.section[: len(path)] == path for path in filters.section),
        "topic": lambda: any(topic in filters.topic for topic in passage.topics),
        "document": lambda: document.id in filters.document or document.path in filters.document,
        "tag": lambda: any(tag in filters.tag for tag in document.tags),
        "kind": lambda: passage.kind in filters.kind,
        "year": lambda: passes_years(document.year, filters.year),
    }
    return all(check() for name, check in checks.items() if name != without and getattr(filters, name))


# ── scores and order ─────────────────────────────────────────────────────────────────────────────────────────────────


def _best_of_sections(rows: Iterable[Row], tiers: Mapping[Row, Tier], scores: Scores) -> list[Row]:
    best: dict[Section, Row] = {}
    for row in rows:
        rival = best.get(row.group)
        if rival is None or (-scores[row], row.place) < (-scores[rival], rival.place):
            best[row.group] = row
    return list(best.values())


def _sort_key(sort: str, tiers: Mapping[Row, Tier], scores: Scores) -> Callable[[Row], tuple[object, ...]]:
    ranks = {tier: rank for rank, tier in enumerate(Tier)}

    def key(row: Row) -> tuple[object, ...]:
        document, ordinal = row.owner.document, row.tokens.passage.ordinal
        if sort == "relevance":
            return ranks[tiers[row]], -scores[row], document.id, ordinal
        date = document.date or ""
        dated = (tuple(-ord(char) for char in date) if sort == "-date" else date) if sort != "order" else ""
        return tiers[row] is Tier.SOME, sort != "order" and not date, dated, *row.place

    return key
