"""Bringing an index up to date with folders, and taking documents out: one commit of its engine each."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from indexer import documents, engines
from indexer.analysis import Analyzer, Synonyms
from indexer.build.containers import Containers, open_containers
from indexer.build.embedding import SectionEmbedder, require_model, with_sections
from indexer.build.isolation import Limits
from indexer.build.remembered import Remembered
from indexer.build.workers import IN_TURN_BYTES, WORKER_BYTES, Job, Prepared, read_all, worker_count
from indexer.embedding.kept import KeptVectors
from indexer.embedding.model import EmbeddingModel
from indexer.engines.contract import MEMORY, Change, Engine, IndexedFile, Removal, Upsert
from indexer.errors import BadParameter, IndexBusy, ReadError
from indexer.model import Failure, Progress, Recognition, UpdateReport
from indexer.model.ids import by_path, document_id, find_document
from indexer.model.manifest import Manifest
from indexer.sources.discover import Sources, discover
from indexer.sources.metadata import FolderMetadata
from indexer.sources.roots import Roots
from indexer.sources.source_file import MAX_FILE_BYTES, MAX_SECONDS, SourceFile

OnProgress: TypeAlias = Callable[[Progress], None]


def update(
    engine: Engine,
    analyzer: Analyzer,
    folder: Path,
    paths: Iterable[str | os.PathLike[str]],
    *,
    prune: bool = False,
    progress: OnProgress | None = None,
    workers: int | None = None,
    memory: int = MEMORY,
    follow_links: bool = False,
    max_file_bytes: int = MAX_FILE_BYTES,
    max_seconds: float = MAX_SECONDS,
    remembered: Remembered | None = None,
    first_commit: float = inf,
    recognition: Recognition | None = None,
    model: EmbeddingModel | None = None,
) -> UpdateReport:
    """See ``Index.update``; ``folder`` is where the index is, ``model`` what makes its vectors.

    ``remembered`` is what earlier updates of this process know of the files. What is read in the first
    ``first_commit`` seconds is committed then, to be found while the rest is read; then what is read in twice as many,
    and so on. Where everything must be read again there is one commit in any case.
    """
    started = time.perf_counter()
    if recognition:
        documents.require_recognition(recognition)
    stored = engine.manifest()
    before = Manifest.loads(stored, folder)
    before.require(analyzer.fingerprint(), folder)
    require_model(before, model, folder)
    known = frozenset(each.path for each in engine.indexed_files())
    limits = Limits(max_seconds, memory, recognition)
    roots = Roots(before.roots, before.parents)
    with open_containers(limits) as opened:
        sources = discover(
            paths, roots, known, follow_links=follow_links, max_file_bytes=max_file_bytes, list_members=opened.members
        )
        if engine.replacing:
            _require_documents(sources)
        reread = before.parser != documents.VERSION
        # Of the roots that are not given now, the next update that gives them must read everything again.
        parser = before.parser if reread and not sources.cover(known) else documents.VERSION
        manifest = replace(before, parser=parser, roots=sources.roots.walked, parents=sources.roots.parents)
        run = _Update(engine, analyzer, sources, opened, reread=reread, prune=prune, progress=progress)
        run.remembered = remembered
        run.workers = worker_count(sources, memory) if workers is None else workers
        run.limits = limits
        may_be_few = workers is None and known and not reread  # that have changed; else all are read
        run.in_turn = IN_TURN_BYTES if may_be_few else 0
        kept = KeptVectors(folder, model.signature) if model and engine.name in engines.persistent() else None
        if model:
            run.embedder = SectionEmbedder(model, engine, kept, run.tell_embedded)
        others = run.workers * WORKER_BYTES if run.workers > 1 else 0
        changes = _Timed(run.changes())
        seconds = inf if reread or engine.replacing else first_commit
        engine.apply(_guarded(engine, stored, changes.take(seconds)), manifest.dumps(), memory - others)
        while not changes.ended:
            seconds *= 2
            engine.apply(_guarded(engine, manifest.dumps(), changes.take(seconds)), manifest.dumps(), memory - others)
        if kept:
            kept.clear()
        return run.report(engine.passage_count(), time.perf_counter() - started)


def remove(engine: Engine, wanted: Sequence[str]) -> UpdateReport:
    """See ``Index.remove``."""
    started = time.perf_counter()
    stored = engine.manifest()
    of_path = by_path(engine.documents()).get
    found = [find_document(each, engine.document, of_path) for each in wanted]
    engine.apply(_guarded(engine, stored, (Removal(document.id) for document in found)), stored)
    return UpdateReport(
        removed=tuple(document.path for document in found),
        passages=engine.passage_count(),
        seconds=time.perf_counter() - started,
    )


def keep_synonyms(engine: Engine, folder: Path, synonyms: Synonyms) -> None:
    """See ``Index.keep_synonyms``: no token depends on them, so that the manifest alone is committed."""
    stored = engine.manifest()
    before = Manifest.loads(stored, folder)
    fingerprint = {**before.fingerprint, "synonyms": synonyms.digest}
    manifest = replace(before, fingerprint=fingerprint, synonyms=synonyms.entries)
    engine.apply(_guarded(engine, stored, ()), manifest.dumps())


def _guarded(engine: Engine, manifest: str, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes, which fit an index of that manifest; the first is made when the lock is held."""
    if engine.manifest() != manifest:
        raise IndexBusy("另一个任务刚刚更新了这个索引。", "请再运行一次。")
    yield from changes


class _Timed:
    """Changes that are taken for one commit after the other.

    Attributes:
        ended: whether all are taken.
    """

    def __init__(self, changes: Iterator[Change]) -> None:
        self._changes = changes
        self.ended = False

    def take(self, seconds: float) -> Iterator[Change]:
        """Yield changes until there are no more, or so much time is over."""
        end = time.monotonic() + seconds
        for change in self._changes:
            yield change
            if time.monotonic() > end:
                return
        self.ended = True


def _require_documents(sources: Sources) -> None:
    """Refuse to put in the place of another index what lacks one of the folders and files that were given."""
    for failure in sources.refused:
        raise BadParameter(f"没有重建，原来的索引没有动：{failure.path}：{failure.reason}")
    for folder in sources.empty():
        raise BadParameter(f"没有重建，原来的索引没有动：{folder} 里没有能读的文档。", "请检查路径，或去掉它。")


class _Update:
    """The changes of one update, made file by file while the engine holds its lock.

    Attributes:
        workers: processes that read files.
        in_turn: bytes of files that are read before there is more than one.
        limits: what one file may take.
        remembered: what is known of files before they are read, where more updates of them will come.
        embedder: what gives documents their vectors, where the index has any.
    """

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        sources: Sources,
        opened: Containers,
        *,
        reread: bool,
        prune: bool,
        progress: OnProgress | None,
    ) -> None:
        self._engine, self._analyzer, self._sources, self._opened = engine, analyzer, sources, opened
        self._reread, self._prune, self._progress = reread, prune, progress
        self.workers, self.in_turn, self.limits = 1, 0, Limits()
        self.remembered: Remembered | None = None
        self.embedder: SectionEmbedder | None = None
        self._told = Progress("", 0, len(sources.files), 0)
        self._notes: list[Failure] = []
        self._passages = self._cuts = self._dropped = 0
        self._paths: dict[str, list[str]] = {
            name: [] for name in ("added", "updated", "unchanged", "renamed", "removed", "gone")
        }
        self._failed = list(sources.failures)
        self._folders = FolderMetadata()
        self._sizes = sources.sizes() if progress else {}
        self._bytes, self._whole = 0.0, round(sum(self._sizes.values()))

    def changes(self) -> Iterator[Change]:
        """What has to change, in order of discovery, removals last."""
        known = {each.path: each for each in self._engine.indexed_files()}
        gone = self._gone(known.values())
        renamed: set[str] = set()
        upserts = self._upserts(known, gone, renamed)
        yield from self.embedder.embed(upserts) if self.embedder else upserts
        if self._engine.replacing and not self._paths["added"]:
            raise BadParameter(f"没有重建，原来的索引没有动：没有一份文档读得了。{self._failed[0].reason}")
        yield from self._removals(each for each in gone if each.document_id not in renamed)

    def _upserts(
        self, known: Mapping[str, IndexedFile], gone: Sequence[IndexedFile], renamed: set[str]
    ) -> Iterator[Upsert]:
        """What is new or changed; ids that go on under a new path are added to ``renamed``."""
        by_content = {each.content_hash: each for each in gone}
        ids = {each.document_id for each in known.values()}
        files = self._sources.files.values()
        jobs = (self._job(source, known, by_content, ids) for source in files)
        prepare = with_sections(self._engine.prepare) if self.embedder else self._engine.prepare
        content_of = self._opened.content
        results = read_all(
            jobs, self._analyzer, prepare, self.workers, self.limits, self.in_turn, content_of, self._expected(known)
        )
        for number, (source, (job, result)) in enumerate(zip(files, results, strict=True), 1):
            if job is not None and isinstance(result, Prepared):
                self._paths[job.outcome].append(source.path)
                self._passages += result.upsert.passages
                self._cuts += result.cuts
                self._dropped += result.dropped
                self._notes += [Failure(source.path, note) for note in result.notes]
                if job.outcome == "renamed":
                    renamed.add(job.key)
                yield result.upsert
            elif result is not None:
                self._failed.append(Failure(source.path, str(result)))
                if self.remembered:
                    self.remembered.fail(source, str(result))
            self._tell(source, number)

    def _removals(self, gone: Iterable[IndexedFile]) -> Iterator[Removal]:
        """Documents whose files are gone, if they are to be taken out; otherwise they are only reported."""
        for each in gone:
            self._paths["removed" if self._prune else "gone"].append(each.path)
            if self._prune:
                yield Removal(each.document_id)

    def report(self, total: int, seconds: float) -> UpdateReport:
        """What was done, ``total`` passages being in the index now."""
        lists = {name: tuple(paths) for name, paths in self._paths.items()}
        skipped = Counter(PurePosixPath(path).suffix.lower() for path in self._sources.skipped)
        return UpdateReport(
            **lists,
            failed=(*self._failed, *self._folders.failures),
            incomplete=tuple(self._notes),
            skipped=dict(skipped.most_common()),
            skipped_paths=tuple(self._sources.skipped),
            ignored=tuple(self._sources.ignored),
            passages=total,
            embedded=self.embedder.embedded if self.embedder else 0,
            cuts=self._cuts,
            dropped=self._dropped,
            seconds=seconds,
        )

    def _job(
        self, source: SourceFile, known: Mapping[str, IndexedFile], by_content: dict[str, IndexedFile], ids: set[str]
    ) -> Job | None:
        """What to read a file as, if the index does not hold it as it is; ``ids`` are those that documents have."""
        try:
            digest = self._digest(source)
        except ReadError as error:
            self._failed.append(Failure(source.path, str(error)))
            return None
        declared = self._folders.of(source)
        if self.remembered and (reason := self.remembered.failure(source)):
            self._failed.append(Failure(source.path, reason))
            return None
        if before := known.get(source.path):
            same = (before.content_hash, before.declared_hash) == (digest, declared.digest)
            if same and not self._reread and not self._is_to_be_recognized(before, source):
                self._paths["unchanged"].append(source.path)
                return None
            return Job(source, before.document_id, digest, "updated", declared)
        if renamed := by_content.pop(digest, None):
            return Job(source, renamed.document_id, digest, "renamed", declared)
        return Job(source, self._new_id(source.path, ids), digest, "added", declared)

    def _digest(self, source: SourceFile) -> str:
        """Digest of a file's bytes. Raises as reading it does."""
        digest_of = self._opened.digest
        return self.remembered.digest(source, digest_of) if self.remembered else digest_of(source)

    def _expected(self, known: Mapping[str, IndexedFile]) -> str:
        """The name of the file that was changed last, if the index does not hold it as it is: what reads it can get
        ready before it is its turn. Where all are read, or a process is kept ready, nobody waits for that.
        """
        newest = None if self._reread or self.remembered or not known else self._sources.newest()
        if newest is None or newest.path not in known:
            return newest.name if newest else ""
        try:
            return newest.name if newest.digest() != known[newest.path].content_hash else ""
        except ReadError:
            return ""

    def _is_to_be_recognized(self, before: IndexedFile, source: SourceFile) -> bool:
        """Tell whether text is to be recognised on the images of a file that was read without that."""
        recognition = self.limits.recognition
        if recognition is None or not documents.recognizes(source.name):
            return False
        return before.recognition != recognition.languages

    @staticmethod
    def _new_id(path: str, ids: set[str]) -> str:
        """A key no document has; a document renamed away from ``path`` keeps the one derived from it."""
        salt = 0
        while (key := document_id(path, salt)) in ids:
            salt += 1
        ids.add(key)
        return key

    def _gone(self, known: Iterable[IndexedFile]) -> list[IndexedFile]:
        """The documents whose files are gone, but for folders in which nothing at all is left: disks do come off."""
        gone = [each for each in known if self._sources.is_gone(each.path)]
        for folder in self._sources.unmounted():
            left = [each for each in gone if not each.path.startswith(f"{folder}/")]
            if self._prune and len(left) < len(gone):
                reason = f"目录里没有一份能读的文档，可能是磁盘没有挂上；索引里它的 {len(gone) - len(left)} 份都留着。"
                self._failed.append(Failure(folder, f"{reason}确实不要了，用 xunzhang remove 移除。"))
            gone = left
        return gone

    def _tell(self, source: SourceFile, number: int) -> None:
        if self._progress is None:
            return
        self._bytes += self._sizes[source.path]
        self._told = replace(
            self._told,
            path=source.path,
            files=number,
            passages=self._passages,
            bytes=round(self._bytes),
            total_bytes=self._whole,
        )
        self._progress(self._told)

    def tell_embedded(self, count: int) -> None:
        """Tell how many sections are embedded, whatever file they are of."""
        if self._progress is not None:
            self._told = replace(self._told, embedded=count)
            self._progress(self._told)
