"""The facade that updates: folders → files → documents and passages → tokens → one commit of the engine."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from indexer import parse, passages
from indexer.analysis import Analyzer
from indexer.engines.base import Change, Engine, Removal
from indexer.errors import IndexBusy, NotFound, ReadError
from indexer.manifest import Manifest
from indexer.model import Document, Failure, Passage, Progress, UpdateReport

OnProgress: TypeAlias = Callable[[Progress], None]
OnFailure: TypeAlias = Callable[[Failure], None]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read and the path its document has in the index."""

    file: Path
    path: str


@dataclass(slots=True)
class Sources:
    """What was found under the paths of one call.

    Attributes:
        files: by document path, in order of discovery.
        roots: name of each folder that was walked → where it is.
        failures: what could not be looked at.
    """

    files: dict[str, SourceFile] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


def read(
    paths: Iterable[str | os.PathLike[str]], on_failure: OnFailure | None = None
) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """Read every document under ``paths``, as an index would hold it, without an index.

    Args:
        paths: files and folders.
        on_failure: called for each file that cannot be read; the others go on.
    """
    report = on_failure or (lambda failure: None)
    sources = discover(paths)
    for failure in sources.failures:
        report(failure)
    for source in sources.files.values():
        try:
            yield read_file(source, document_id(source.path), content_hash(source.file))
        except ReadError as error:
            report(Failure(source.path, str(error)))


def discover(paths: Iterable[str | os.PathLike[str]], known_roots: Iterable[tuple[str, str]] = ()) -> Sources:
    """Find the files to read.

    Args:
        paths: files and folders; hidden files and those of other formats in a folder are passed over.
        known_roots: folders indexed before (name, place); a single file below one of them belongs to it.
    """
    sources = Sources()
    for given in paths:
        place = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links and change names
        if place.is_dir():
            _discover_folder(place, sources)
        elif place.is_file():
            _discover_file(place, sources, known_roots)
        else:
            sources.failures.append(Failure(_displayable(str(given)), "没有这个文件或目录。请检查路径。"))
    return sources


def read_file(source: SourceFile, key: str, digest: str) -> tuple[Document, tuple[Passage, ...]]:
    """Read one file as the document ``key``.

    Raises:
        ReadError: it cannot be read.
    """
    parsed = parse.parse_file(source.file)
    title, made = passages.build(key, _displayable(source.file.stem), parsed)
    about = parsed.metadata
    return (
        Document(key, source.path, title, about.url, about.date, about.author, about.tags, digest),
        made,
    )


def document_id(path: str, salt: int = 0) -> str:
    """Key of a new document: digest of its path; ``salt`` above 0 where a renamed document still holds that key."""
    return hashlib.sha256(f"{path}\0{salt or ''}".encode()).hexdigest()[:16]


def content_hash(file: Path) -> str:
    """Digest of a file's bytes.

    Raises:
        ReadError: it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:32]
    except OSError as error:
        raise ReadError(f"打不开：{error.strerror or error}。", "请检查文件权限。") from error


def permalink(passage: Passage) -> str:
    """A passage's id and a short digest of its text, which finds it again after insertions."""
    return f"{passage.id}.{hashlib.sha256(passage.text.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def update(
    engine: Engine,
    analyzer: Analyzer,
    place: Path,
    paths: Iterable[str | os.PathLike[str]],
    *,
    prune: bool = False,
    progress: OnProgress | None = None,
) -> UpdateReport:
    """See ``Index.update``; ``place`` is where the index is."""
    started = time.perf_counter()
    stored = engine.manifest()
    before = Manifest.loads(stored, place)
    before.require(analyzer.fingerprint(), place)
    sources = discover(paths, before.roots.items())
    manifest = replace(before, parser=parse.VERSION, roots={**before.roots, **sources.roots})
    run = _Update(engine, analyzer, sources, reread=before.parser != parse.VERSION, prune=prune, progress=progress)
    engine.apply(_guarded(engine, stored, run.changes()), manifest.dumps())
    return run.report(engine.stats().passages, time.perf_counter() - started)


def remove(engine: Engine, wanted: Sequence[str]) -> UpdateReport:
    """See ``Index.remove``."""
    started = time.perf_counter()
    stored = engine.manifest()
    found = [find_document(engine.documents(), each) for each in wanted]
    engine.apply(_guarded(engine, stored, (Removal(document.id) for document in found)), stored)
    return UpdateReport(
        removed=tuple(document.path for document in found),
        passages=engine.stats().passages,
        seconds=time.perf_counter() - started,
    )


def find_document(documents: Iterable[Document], wanted: str) -> Document:
    """The document of that id or path.

    Raises:
        NotFound: there is none.
    """
    for document in documents:
        if wanted in (document.id, document.path):
            return document
    raise NotFound(f"索引里没有文档“{wanted}”。", "用 xunzhang list 看看有哪些文档。")


def _guarded(engine: Engine, manifest: str, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes, which fit an index of that manifest; the first is asked for when the lock is held."""
    if engine.manifest() != manifest:
        raise IndexBusy("另一个任务刚刚更新了这个索引。", "请再运行一次。")
    yield from changes


class _Update:
    """The changes of one update, made file by file while the engine holds its lock."""

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        sources: Sources,
        *,
        reread: bool,
        prune: bool,
        progress: OnProgress | None,
    ) -> None:
        self._engine, self._analyzer, self._sources = engine, analyzer, sources
        self._reread, self._prune, self._progress = reread, prune, progress
        self._passages = 0
        self._paths: dict[str, list[str]] = {
            name: [] for name in ("added", "updated", "unchanged", "renamed", "removed")
        }
        self._failed = list(sources.failures)

    def changes(self) -> Iterator[Change]:
        """What has to change, in order of discovery, removals last."""
        known = {document.path: document for document in self._engine.documents()}
        gone = [document for document in known.values() if self._is_gone(document)]
        by_content = {document.content_hash: document for document in gone}
        taken = {document.id for document in known.values()}
        for number, source in enumerate(self._sources.files.values(), 1):
            try:
                change = self._change(source, known, by_content, taken)
            except ReadError as error:
                self._failed.append(Failure(source.path, str(error)))
                change = None
            if change is not None:
                self._passages += len(change[1])
                yield self._analyzer.analyze(*change)
            self._tell(source, number)
        if self._prune:
            for document in gone:
                if document.id in taken:
                    self._paths["removed"].append(document.path)
                    yield Removal(document.id)

    def report(self, total: int, seconds: float) -> UpdateReport:
        """What was done, ``total`` passages being in the index now."""
        lists = {name: tuple(paths) for name, paths in self._paths.items()}
        return UpdateReport(**lists, failed=tuple(self._failed), passages=total, seconds=seconds)

    def _change(
        self,
        source: SourceFile,
        known: dict[str, Document],
        by_content: dict[str, Document],
        taken: set[str],
    ) -> tuple[Document, tuple[Passage, ...]] | None:
        """The document to write for a file, if it is not in the index as it is."""
        digest = content_hash(source.file)
        before = known.get(source.path)
        if before is not None:
            if before.content_hash == digest and not self._reread:
                self._paths["unchanged"].append(source.path)
                return None
            made = read_file(source, before.id, digest)
            self._paths["updated"].append(source.path)
            return made
        if renamed := by_content.pop(digest, None):
            made = read_file(source, renamed.id, digest)
            taken.discard(renamed.id)  # no longer to be pruned; its key goes on under the new path
            self._paths["renamed"].append(source.path)
            return made
        made = read_file(source, self._new_id(source.path, taken), digest)
        self._paths["added"].append(source.path)
        return made

    def _new_id(self, path: str, taken: set[str]) -> str:
        """A key no document has; a document renamed away from ``path`` keeps the one derived from it."""
        salt = 0
        live = {document.id for document in self._engine.documents()}
        while (key := document_id(path, salt)) in live:
            salt += 1
        return key

    def _is_gone(self, document: Document) -> bool:
        root = document.path.partition("/")[0]
        return root in self._sources.roots and document.path not in self._sources.files

    def _tell(self, source: SourceFile, number: int) -> None:
        if self._progress is not None:
            self._progress(Progress(source.path, number, len(self._sources.files), self._passages))


# ── finding files ────────────────────────────────────────────────────────────────────────────────────────────────────


def _discover_folder(root: Path, sources: Sources) -> None:
    name = _displayable(root.name) or "root"
    if sources.roots.setdefault(name, str(root)) != str(root):
        reason = f"与 {sources.roots[name]} 同名，文档路径会混在一起。请分开建索引，或给其中一个改名。"
        sources.failures.append(Failure(str(root), reason))
        return
    for file in _walk(root, sources, name, frozenset({os.path.realpath(root)})):
        relative = file.relative_to(root).as_posix()
        path = f"{name}/{_displayable(relative)}"
        sources.files.setdefault(path, SourceFile(file, path))


def _walk(folder: Path, sources: Sources, path: str, above: frozenset[str]) -> Iterator[Path]:
    """Files of a format that is read, by name, folders after files; links are followed, loops reported."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        sources.failures.append(Failure(path, f"目录打不开：{error.strerror or error}。请检查权限。"))
        return
    visible = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in visible:
        if entry.is_file() and Path(entry.name).suffix.lower() in parse.SUFFIXES:
            yield Path(entry.path)
        elif entry.is_symlink() and not entry.is_dir() and not entry.is_file():
            _report_broken_link(entry, sources, path)
    for entry in visible:
        if entry.is_dir():
            inner = f"{path}/{_displayable(entry.name)}"
            real = os.path.realpath(entry.path)
            if real in above:
                sources.failures.append(Failure(inner, "目录链接成环，指回它自己的上级，已跳过。请删掉这个链接。"))
            else:
                yield from _walk(Path(entry.path), sources, inner, above | {real})


def _report_broken_link(entry: os.DirEntry[str], sources: Sources, path: str) -> None:
    if Path(entry.name).suffix.lower() in parse.SUFFIXES:
        sources.failures.append(Failure(f"{path}/{_displayable(entry.name)}", "链接指向的文件不存在。请修好或删掉它。"))


def _discover_file(file: Path, sources: Sources, known_roots: Iterable[tuple[str, str]]) -> None:
    if file.suffix.lower() not in parse.SUFFIXES:
        reason = f"不认识这种文件。能读的有：{'、'.join(sorted(parse.SUFFIXES))}。"
        sources.failures.append(Failure(_displayable(str(file)), reason))
        return
    root = next((Path(place) for _, place in known_roots if file.is_relative_to(place)), file.parent)
    path = _displayable(f"{root.name or 'root'}/{file.relative_to(root).as_posix()}")
    sources.files.setdefault(path, SourceFile(file, path))


def _displayable(name: str) -> str:
    """A name in NFC that can be shown and stored; bytes that are no UTF-8 become U+FFFD."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
