"""An index at a place: opens its engine, refuses one that does not fit, passes work to ``build`` and ``search``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from indexer import build, engines, manifest, parse
from indexer.analysis import Analyzer, Synonyms, UserDictionary
from indexer.engines.base import Engine
from indexer.errors import BadParameter, IndexMissing, IndexUnavailable, NotFound
from indexer.model import Document, Explanation, IndexStats, OutlineNode, Passage, Results, UpdateReport
from indexer.outline import outline_of
from indexer.parameters import DEFAULT_FACET_DEPTH, DEFAULT_FACET_LIMIT, DEFAULT_FACETS, Options, make_filters
from indexer.search import Searcher

StrPath = str | os.PathLike[str]


class Index:
    """An open index. Make one with ``create_index`` or ``open_index``; reading is safe for several threads."""

    def __init__(self, path: Path, engine: Engine, analyzer: Analyzer) -> None:
        self.path = path
        self._engine = engine
        self._analyzer = analyzer
        self._searcher = Searcher(engine, analyzer)

    def update(
        self, paths: Iterable[StrPath], *, prune: bool = False, progress: build.OnProgress | None = None
    ) -> UpdateReport:
        """Bring the index up to date with files and folders, in one commit.

        Args:
            paths: files and folders; only files whose content changed are read.
            prune: take out documents under these folders whose files are gone.
            progress: called after each file.

        Returns:
            What was done; files that could not be read are in ``failed``, the rest is committed.

        Raises:
            IndexBusy: another build is writing.
            IndexUnavailable: the index cannot be written.
        """
        wanted = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        return build.update(self._engine, self._analyzer, self.path, wanted, prune=prune, progress=progress)

    def remove(self, documents: Iterable[str]) -> UpdateReport:
        """Take documents out by id or path.

        Raises:
            NotFound: one of them is not there; then none is removed.
            IndexBusy: another build is writing.
        """
        return build.remove(self._engine, [documents] if isinstance(documents, str) else list(documents))

    def search(
        self,
        query: str,
        *,
        section: Iterable[str | Sequence[str]] = (),
        topic: Iterable[str] = (),
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        kind: Iterable[str] = (),
        year: Iterable[str | int] = (),
        match: str = "auto",
        scope: str = "passage",
        sort: str = "relevance",
        offset: int = 0,
        limit: int = 10,
        facets: Sequence[str] = DEFAULT_FACETS,
        facet_depth: int = DEFAULT_FACET_DEPTH,
        facet_limit: int = DEFAULT_FACET_LIMIT,
        script: str = "any",
        without: Sequence[str] = (),
    ) -> Results:
        """Find passages. An empty query finds all that pass the filters, in order.

        Args:
            query: see the handbook; at most 1,000 code points.
            section: heading paths, as ``section_value`` writes them or as sequences; each with all below it.
            topic: topics, as facets list them.
            document: ids or paths.
            tag: tags of documents.
            kind: names of ``Kind``.
            year: ``2020``, ``2020..2021``, open ended, or ``none``.
            match: ``auto``, ``all`` (without partial matches) or ``exact``.
            scope: ``passage``, or ``section``: words may be spread over one deepest section.
            sort: ``relevance``, ``order``, ``date`` or ``-date``.
            offset: hits to skip.
            limit: hits to return, at most 100.
            facets: which of section, topic, document, tag, year, kind to count.
            facet_depth: levels of the section facet.
            facet_limit: values of each facet (and level) at most.
            script: ``any``, or ``exact``: only the very characters typed, not those they fold together with.
            without: parts of the score to leave out (``engines.scoring``).

        Raises:
            QueryTooLong: more than 1,000 code points.
            BadParameter: anything else out of its range.
            IndexUnavailable: the index cannot be read.
        """
        filters = make_filters(section, topic, document, tag, kind, year)
        options = Options(match, scope, sort, offset, limit, facets, facet_depth, facet_limit, script, without)
        return self._searcher.search(query, filters, options)

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        return self._searcher.explain(query)

    def documents(self) -> tuple[Document, ...]:
        """All documents, by path."""
        return self._engine.documents()

    def document(self, wanted: str) -> Document:
        """The document of that id or path.

        Raises:
            NotFound: there is none.
        """
        return build.find_document(self.documents(), wanted)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order.

        Raises:
            NotFound: no such document.
        """
        return self._engine.passages(self.document(document_id).id)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id.

        Raises:
            NotFound: there is none.
        """
        document_id, _, _ = passage_id.rpartition("-")
        for passage in self._engine.passages(document_id):
            if passage.id == passage_id:
                return passage
        raise NotFound(f"索引里没有段落“{passage_id}”。", "文档可能已经改动；请重新检索。")

    def outline(self, document_id: str) -> tuple[OutlineNode, ...]:
        """The headings of a document.

        Raises:
            NotFound: no such document.
        """
        return outline_of(self.passages(document_id))

    def stats(self) -> IndexStats:
        """Figures of the index."""
        return replace(self._engine.stats(), fingerprint=self._manifest().fingerprint)

    def check(self) -> tuple[str, ...]:
        """Read everything; problems as sentences, none when sound."""
        return tuple(self._engine.check())

    @property
    def generation(self) -> str:
        """Changes with every commit."""
        return self._engine.generation

    def close(self) -> None:
        """Let go of files."""
        self._engine.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _manifest(self) -> manifest.Manifest:
        return manifest.Manifest.loads(self._engine.manifest(), self.path)


def create_index(
    path: StrPath,
    engine: str = engines.DEFAULT,
    userdict: StrPath | None = None,
    *,
    synonyms: StrPath | None = None,
    segmenter: str = "",
    replace_existing: bool = False,
) -> Index:
    """Make an empty index in a folder, which is made with its parents.

    Args:
        path: the folder.
        engine: ``whoosh``, or ``memory`` (nothing is kept on disk).
        userdict: a file of words that stay whole; kept in the index.
        synonyms: a file of words that may stand for each other in partial matches; kept in the index.
        segmenter: ``rjieba`` or ``jieba``; by default rjieba where it is installed.
        replace_existing: throw away an index that is there.

    Raises:
        BadParameter: there is an index already, or the folder holds something else.
        EngineMissing: no such engine.
        IndexUnavailable: the folder cannot be written.
    """
    folder = Path(path)
    kind = engines.load(engine)
    analyzer = Analyzer(
        UserDictionary.load(Path(userdict)) if userdict else None,
        segmenter,
        Synonyms.load(Path(synonyms)) if synonyms else None,
    )
    about = manifest.Manifest(
        analyzer.fingerprint(), parse.VERSION, user_words=analyzer.user.words, synonyms=analyzer.synonyms.entries
    )
    if kind.capabilities.persistent:
        _prepare(folder, replace_existing=replace_existing)
    made = kind.create(folder, about.dumps())
    if kind.capabilities.persistent:
        manifest.write_marker(folder, engine)
    return Index(folder, made, analyzer)


def open_index(path: StrPath) -> Index:
    """Open an index.

    Open only folders you made yourself: Whoosh unpickles part of what it reads.

    Raises:
        IndexMissing: there is none; the hint says how to make one.
        IndexMismatch: built by another format, segmenter, dictionary or folding; the hint says how to rebuild it.
        IndexDamaged: files are missing or unreadable.
    """
    folder = Path(path)
    engine = engines.load(manifest.read_marker(folder)).open(folder)
    about = manifest.Manifest.loads(engine.manifest(), folder)
    analyzer = Analyzer(
        UserDictionary(about.user_words),
        about.fingerprint.get("segmenter", "").partition(" ")[0],
        Synonyms(about.synonyms),
    )
    about.require(analyzer.fingerprint(), folder)
    return Index(folder, engine, analyzer)


def _prepare(folder: Path, *, replace_existing: bool) -> None:
    """A folder that is there and holds no documents."""
    if folder.exists() and not folder.is_dir():
        raise BadParameter(f"{folder} 是一个文件，不是目录。", "索引要放在目录里，请换一个。")
    try:
        if (folder / manifest.MARKER).exists():
            if not replace_existing:
                raise BadParameter(f"{folder} 里已经有索引。", "用 open_index 打开它，或换一个目录。")
            _clear(folder)
        folder.mkdir(parents=True, exist_ok=True)
        documents = [entry for entry in folder.iterdir() if _is_document(entry)]
    except OSError as error:
        reason = error.strerror or error
        raise IndexUnavailable(f"索引目录 {folder} 建不起来：{reason}。", "请检查路径和权限，或换一个目录。") from error
    if documents:
        raise BadParameter(f"{folder} 里有文档（{documents[0].name}），不能又放索引。", "请给索引一个单独的目录。")


def _is_document(entry: Path) -> bool:
    """Whether it would be read as one; a placeholder's README may share a folder with an index."""
    return entry.suffix.lower() in parse.SUFFIXES and entry.stem.upper() != "README"


def _clear(folder: Path) -> None:
    """Take out what engines write; other files stay."""
    for entry in folder.iterdir():
        if entry.name == manifest.MARKER or entry.name.startswith(("MAIN", "_MAIN")):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def exists(path: StrPath) -> bool:
    """Whether there is an index, of whatever state, in a folder."""
    try:
        manifest.read_marker(Path(path))
    except IndexMissing:
        return False
    except IndexUnavailable:
        return True
    return True
