"""The contract, kept with Whoosh's storage: one folder, one snapshot of its last commit, swapped whole."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from indexer.engines import budget
from indexer.engines.contract import DEFAULT_CACHE_BYTES, MEMORY, Change, Engine, IndexedFile, Removal, Titled
from indexer.engines.requests import Answer, Counts, Request
from indexer.engines.whoosh.checking import problems_of
from indexer.engines.whoosh.collecting.facet_counts import FacetCounts
from indexer.engines.whoosh.collecting.page import make_page
from indexer.engines.whoosh.collecting.segment_matches import counted_alone, find, only_characters, summed
from indexer.engines.whoosh.commits.toc import NoToc, identify, read_toc
from indexer.engines.whoosh.faults import DAMAGE, REFUSED, missing_index, read_fault, write_fault
from indexer.engines.whoosh.library import Segment
from indexer.engines.whoosh.matching.candidates import Candidates, literal_rows
from indexer.engines.whoosh.preparing import prepare
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import CacheBudget
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.errors import IndexBusy
from indexer.model import Document, IndexStats, Passage, SectionVector, Tier
from indexer.model.records import record
from indexer.model.tokens import Abbreviations

if TYPE_CHECKING:
    from indexer.engines.whoosh.commits.commit import Commit

# A reader that loses its files to another process, which commits or deletes the folder, while it opens them starts over
# so often, after so many seconds more each time.
_ATTEMPTS = 20
_PAUSE = 0.0005
# What an index holds before its first commit.
NOTHING = Snapshot("", ())


@record
class _Replacement:
    """What ``replace`` was given."""

    manifest: str
    confirm: Callable[[], None]


class WhooshEngine(Engine):
    """An index in a folder."""

    name: ClassVar[str] = "whoosh"

    def __init__(
        self, path: Path, replacement: _Replacement | None = None, cache_bytes: int = DEFAULT_CACHE_BYTES
    ) -> None:
        self._path = path
        self._budget = CacheBudget(cache_bytes)
        self._refreshing = threading.Lock()
        self._pinned = threading.local()
        self._replacement = replacement
        self._snapshot = NOTHING if replacement else self._load()

    @classmethod
    def create(cls, path: Path, manifest: str) -> WhooshEngine:
        """See the contract."""
        engine = cls.replace(path, manifest, lambda: None)
        engine._commit((), manifest, even_empty=True)
        return engine

    @classmethod
    def replace(cls, path: Path, manifest: str, confirm: Callable[[], None]) -> WhooshEngine:
        """See the contract."""
        return cls(path, _Replacement(manifest, confirm))

    @property
    def replacing(self) -> bool:
        """See the contract."""
        return self._replacement is not None

    @classmethod
    def open(cls, path: Path, cache_bytes: int = DEFAULT_CACHE_BYTES) -> WhooshEngine:
        """See the contract."""
        return cls(path, cache_bytes=cache_bytes)

    prepare = staticmethod(prepare)

    def apply(self, changes: Iterable[Change], manifest: str, memory: int = MEMORY) -> None:
        """See the contract."""
        self._commit(changes, manifest, memory)

    @contextmanager
    def one_commit(self) -> Iterator[None]:
        """See the contract. Looking at the folder takes about as long as counting a word."""
        if self._pin is not None:
            yield
            return
        self._refresh()
        self._pinned.snapshot = self._snapshot
        try:
            yield
        finally:
            self._pinned.snapshot = None

    def warm(self) -> Iterator[None]:
        """See the contract."""
        with self._reading() as snapshot:
            yield from snapshot.warm()

    def search(self, request: Request) -> Answer:
        """See the contract."""
        with self._reading() as snapshot:
            candidates = Candidates(snapshot, request)
            matches = find(snapshot, request, candidates)
            page = make_page(snapshot, matches, request)
            counts = FacetCounts(snapshot, matches, request)
            return Answer(
                counts=summed(each.tier_counts for each in matches),
                hits=page.hits,
                entries=page.entries,
                groups=page.groups,
                facets=counts.facets(),
                chapters=counts.chapters(),
                warnings=(budget.WARNING,) if candidates.exceeded else (),
                at_least=candidates.exceeded,
            )

    def count(self, request: Request) -> Counts:
        """See the contract."""
        with self._reading() as snapshot:
            if (chars := only_characters(request)) is not None:
                holding = sum(len(literal_rows(reader, chars)) for reader in snapshot.searched)
                return Counts(dict.fromkeys(Tier, 0) | {request.tiers[0][0]: holding})
            candidates = Candidates(snapshot, request)
            found = find(snapshot, counted_alone(request), candidates)
            return Counts(summed(each.tier_counts for each in found), candidates.exceeded)

    def document(self, document_id: str) -> Document | None:
        """See the contract."""
        with self._reading() as snapshot:
            found = snapshot.document(document_id)
            return found[1].document if found else None

    def documents(self) -> tuple[Document, ...]:
        """See the contract."""
        with self._reading() as snapshot:
            documents = (owned.document for reader in snapshot.readers for owned in reader.documents if owned)
            return tuple(sorted(documents, key=attrgetter("path", "id")))

    def indexed_files(self) -> Iterable[IndexedFile]:
        """See the contract."""
        with self._reading() as snapshot:
            return snapshot.indexed_files()

    def titled(self) -> Iterable[Titled]:
        """See the contract."""
        with self._reading() as snapshot:
            return snapshot.titled()

    def abbreviations(self, most: int) -> list[Abbreviations] | None:
        """See the contract."""
        with self._reading() as snapshot:
            return snapshot.abbreviations(most)

    def columns(self) -> tuple[str, ...]:
        """See the contract."""
        with self._reading() as snapshot:
            return tuple(sorted(snapshot.columns()))

    def passages(
        self, document_id: str, section: tuple[str, ...] | None = None, ordinals: range | None = None
    ) -> tuple[Passage, ...]:
        """See the contract."""
        with self._reading() as snapshot:
            if found := snapshot.document(document_id):
                reader, owned = found
                rows = owned.rows[1:] if section is None else reader.rows_of_section(owned, section)
                kept = rows if ordinals is None else [row for row in rows if int(reader.ordinals[row]) in ordinals]
                return tuple(map(reader.passage, kept))
        return ()

    def vectors(self, document_id: str) -> tuple[SectionVector, ...]:
        """See the contract."""
        with self._reading() as snapshot:
            if found := snapshot.document(document_id):
                reader, owned = found
                return tuple(reader.vectors.of(reader.owner_of(owned.rows.start)))
        return ()

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """See the contract."""
        counted: Counter[str] = Counter()
        with self._reading() as snapshot:
            for reader in snapshot.readers:
                counted.update(dict(reader.words.counted()))
        yield from counted.items()

    def manifest(self) -> str:
        """See the contract."""
        with self._reading() as snapshot:
            for reader in snapshot.readers:
                if reader.manifest_rows:
                    return reader.manifest
        return self._replacement.manifest if self._replacement else ""

    def stats(self) -> IndexStats:
        """See the contract."""
        with self._reading() as snapshot:
            kinds: Counter[str] = Counter()
            for reader in snapshot.readers:
                counts = np.bincount(reader.kinds[reader.live]).tolist()
                kinds.update({layout.KINDS[code].value: count for code, count in enumerate(counts) if count})
            return IndexStats(
                engine=self.name,
                documents=sum(int(reader.live_documents.sum()) for reader in snapshot.readers),
                passages=snapshot.passages,
                kinds=dict(sorted(kinds.items())),
                characters=sum(int(reader.char_counts[reader.live].sum()) for reader in snapshot.readers),
                bytes=sum(file.stat().st_size for file in self._path.iterdir() if file.is_file()),
                generation=self.generation,
                fingerprint={},
            )

    def passage_count(self) -> int:
        """See the contract."""
        with self._reading() as snapshot:
            return snapshot.passages

    def check(self) -> Sequence[str]:
        """See the contract."""
        problems: list[str] = []
        with self._reading() as snapshot:
            for reader in snapshot.readers:
                problems.extend(problems_of(reader))
        return problems

    @property
    def generation(self) -> str:
        """The number of the last commit, and the digest of its TOC."""
        return (self._pin or self._snapshot).identity

    def close(self) -> None:
        """See the contract."""
        self._snapshot = NOTHING

    # ── commits ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _commit(
        self, changes: Iterable[Change], manifest: str, memory: int = MEMORY, *, even_empty: bool = False
    ) -> None:
        try:
            commit = self._begin(memory)
            try:
                self._require_snapshot(commit.base)
                if self._write(commit, changes, manifest) or even_empty:
                    self._complete(commit, manifest)
                    commit.finish()
                    self._replacement = None
                else:
                    commit.abort()
            except BaseException:
                commit.abort()
                raise
        except REFUSED as error:
            raise write_fault(self._path, error) from error
        self._refresh()

    def _begin(self, memory: int) -> Commit:
        """Take the lock."""
        from indexer.engines.whoosh.commits.commit import Commit

        try:
            with self._faults_named(*DAMAGE):
                return Commit(self._path, self._replacement.confirm if self._replacement else None, memory)
        except NoToc:
            raise missing_index(self._path) from None

    def _require_snapshot(self, identity: str) -> None:
        """Read the commit that another one goes on from."""
        self._refresh()
        if self._snapshot.identity != identity:
            raise IndexBusy(f"索引目录 {self._path} 刚刚换成了另一个索引。", "请再运行一次。")

    def _write(self, commit: Commit, changes: Iterable[Change], manifest: str) -> bool:
        """Carry out the changes; whether that, or the manifest, makes a commit."""
        before = self._snapshot
        own_segments = {segment.segment_id(): segment for segment in commit.segments}
        changed = False
        for change in self.prepared(changes):
            changed = True
            commit.delete_fresh(change.document_id)
            with self._faults_named(*DAMAGE):
                if place := before.place(change.document_id):
                    rows = place.reader.every_document.rows[place.number]
                    commit.delete_rows(own_segments[place.reader.segment.segment_id()], rows)
            if not isinstance(change, Removal):
                commit.add_document(change)
        return changed or (not self.replacing and manifest != self.manifest())

    def _complete(self, commit: Commit, manifest: str) -> None:
        """Replace the old manifest, and merge segments."""
        from indexer.engines.whoosh.commits.merge_policy import merge

        own_segments = {segment.segment_id(): segment for segment in commit.segments}
        for reader in self._snapshot.readers:
            for row in reader.manifest_rows:
                commit.delete_rows(own_segments[reader.segment.segment_id()], range(row, row + 1))
        commit.add_manifest(manifest)
        commit.flush()
        with self._faults_named(*DAMAGE):
            merge(self._path, commit)

    # ── snapshots ────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """The last commit, seen whole; faults of the files become errors of ours."""
        if self._pin is None:
            self._refresh()
        with self._faults_named(*DAMAGE, *REFUSED):
            yield self._pin or self._snapshot

    @property
    def _pin(self) -> Snapshot | None:
        """The commit that this thread asks, whatever has come after it."""
        pinned: Snapshot | None = getattr(self._pinned, "snapshot", None)
        return pinned

    @contextmanager
    def _faults_named(self, *kinds: type[Exception]) -> Iterator[None]:
        """What reading files raises becomes an error of ours."""
        try:
            yield
        except kinds as error:
            raise read_fault(self._path, error) from error

    def _refresh(self) -> None:
        """Take up a commit made since, by this or another process, be it one of another index in the same place."""
        if self.replacing or self._current() == self._snapshot.identity:
            return
        with self._refreshing:
            if self._current() != self._snapshot.identity:
                self._snapshot = self._load()

    def _current(self) -> str:
        """The identity of the last commit; empty where it changes at this moment."""
        try:
            return identify(self._path)
        except NoToc:
            raise missing_index(self._path) from None
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise read_fault(self._path, error) from error

    def _load(self) -> Snapshot:
        known = {reader.segment.segment_id(): reader for reader in getattr(self, "_snapshot", NOTHING).readers}
        for attempt in range(_ATTEMPTS):
            try:
                toc = read_toc(self._path)
                readers = [self._reader(segment, known) for segment in toc.segments]
                return Snapshot(toc.identity, readers)
            except NoToc:
                raise missing_index(self._path) from None
            except FileNotFoundError as error:
                if attempt + 1 == _ATTEMPTS:
                    raise read_fault(self._path, error) from error
                time.sleep(_PAUSE * attempt)
            except (*DAMAGE, *REFUSED) as error:
                raise read_fault(self._path, error) from error
        raise AssertionError("unreachable")

    def _reader(self, segment: Segment, known: dict[str, SegmentReader]) -> SegmentReader:
        """A reader of a segment: the one at hand, or one of the file at hand where only its deletions changed."""
        at_hand = known.get(segment.segment_id())
        if at_hand is None or not at_hand.segment.has_file_of(segment):
            return SegmentReader(self._path, segment, self._budget)
        return at_hand if at_hand.segment.is_same_as(segment) else at_hand.with_deletions_of(segment)
