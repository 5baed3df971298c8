"""An index at a place: opens its engine, refuses one that does not fit, passes work to ``build`` and ``search``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from indexer import engines, manifest
from indexer.analysis import Analyzer, Synonyms, UserDictionary
from indexer.engines.base import DEFAULT_CACHE_BYTES, MEMORY, Engine
from indexer.errors import BadParameter, IndexDamaged, IndexMissing, IndexUnavailable, NotFound, reason
from indexer.identities import find_document
from indexer.model import Completion, Document, Explanation, IndexStats, OutlineNode, Passage, Results, UpdateReport
from indexer.outline import outline_of
from indexer.parameters import DEFAULT_FACET_DEPTH, DEFAULT_FACET_LIMIT, DEFAULT_FACETS, Options, make_filters
from indexer.search import Searcher

if TYPE_CHECKING:
    from indexer import build

StrPath = str | os.PathLike[str]


class Index:
    """An open index. Make one with ``create_index`` or ``open_index``; reading is safe for several threads."""

    def __init__(self, path: Path, engine: Engine, analyzer: Analyzer) -> None:
        self.path = path
        self._engine = engine
        self._asked = _Asked(analyzer, Searcher(engine, analyzer), engine.generation)

    def update(
        self,
        paths: Iterable[StrPath],
        *,
        prune: bool = False,
        progress: build.OnProgress | None = None,
        workers: int | None = None,
        memory: int = MEMORY,
    ) -> UpdateReport:
        """Bring the index up to date with files and folders, in one commit.

        Args:
            paths: files and folders; only files whose content changed are read.
            prune: take out documents under these folders whose files are gone.
            progress: called after each file.
            workers: processes that read files; None for as many as there are cores, if there is much to read and memory
                for them.
            memory: bytes that all processes of the build may take together, about. Less makes more and smaller
                segments, which answer more slowly.

        Returns:
            What was done; files that could not be read are in ``failed``, the rest is committed.

        Raises:
            BadParameter: the index is to replace another, and one of ``paths`` has no document that can be read; the
                other stays.
            IndexBusy: another build is writing.
            IndexMismatch: another process has rebuilt the index in a way that this program cannot go on with.
            IndexUnavailable: the index cannot be written.
        """
        wanted = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        from indexer import build

        with self._reading():
            analyzer = self._latest().analyzer
            return build.update(
                self._engine,
                analyzer,
                self.path,
                wanted,
                prune=prune,
                progress=progress,
                workers=workers,
                memory=memory,
            )

    def remove(self, documents: Iterable[str]) -> UpdateReport:
        """Take documents out by id or path.

        Raises:
            NotFound: one of them is not there; then none is removed.
            IndexBusy: another build is writing.
        """
        from indexer import build

        with self._reading():
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
        with self._reading():
            while True:
                asked = self._asked
                results = asked.searcher.search(query, filters, options)
                if self._current().searcher is asked.searcher:
                    return results

    def complete(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        """What somebody who has typed ``prefix`` may mean: titles, topics, headings and words of the corpus.

        Args:
            prefix: how a text, or a word in it, begins: characters of either script, full pinyin without tones (``v``
                for ü, any reading of a character), initials, or a mixture: ``数字jj``, ``shuzijj``, ``xi'an``.
            limit: completions at most, up to 50; the kinds take turns.

        Returns:
            Completions by kind (document, topic, heading, word), in each those that begin so first, then the most
            frequent; none for an empty prefix. The first call after a commit gathers them.

        Raises:
            BadParameter: ``limit`` is out of its range.
        """
        with self._reading():
            return self._latest().searcher.complete(prefix, limit)

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        with self._reading():
            return self._latest().searcher.explain(query)

    def documents(self) -> tuple[Document, ...]:
        """All documents, by path."""
        with self._reading():
            return self._engine.documents()

    def document(self, wanted: str) -> Document:
        """The document of that id or path.

        Raises:
            NotFound: there is none.
        """
        return find_document(self.documents(), wanted)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order.

        Raises:
            NotFound: no such document.
        """
        with self._reading():
            return self._engine.passages(self.document(document_id).id)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id.

        Raises:
            NotFound: there is none.
        """
        document_id, _, _ = passage_id.rpartition("-")
        with self._reading():
            found = self._engine.passages(document_id)
        for passage in found:
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
        with self._reading():
            return replace(self._engine.stats(), fingerprint=self._manifest().fingerprint)

    def check(self) -> tuple[str, ...]:
        """Read everything; problems as sentences, none when sound."""
        with self._reading():
            return tuple(self._engine.check())

    @property
    def generation(self) -> str:
        """Changes with every commit."""
        return self._engine.generation

    @property
    def analyzer(self) -> Analyzer:
        """What its text becomes tokens with."""
        with self._reading():
            return self._latest().analyzer

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

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """An index gone, or turned unreadable, because a program of another format rebuilt it, is named so."""
        try:
            yield
        except (IndexMissing, IndexDamaged):
            if self._engine.capabilities.persistent:
                manifest.read_marker(self.path)
            raise

    def _latest(self) -> _Asked:
        """As ``_current``, any commit made since taken up first."""
        self._engine.manifest()
        return self._current()

    def _current(self) -> _Asked:
        """What fits the commit that was last read: another process may have rebuilt it with other dictionaries.

        Raises:
            IndexMismatch: this program cannot segment or fold as that commit wants it.
        """
        asked, generation = self._asked, self._engine.generation
        if asked.generation != generation:
            about, analyzer = self._manifest(), asked.analyzer
            if about.fingerprint != analyzer.fingerprint():
                analyzer = _analyzer_of(about, self.path)
            searcher = asked.searcher if analyzer is asked.analyzer else Searcher(self._engine, analyzer)
            asked = self._asked = _Asked(analyzer, searcher, generation)
        return asked


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an index is asked through, as of one commit."""

    analyzer: Analyzer
    searcher: Searcher
    generation: str


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
        userdict: a file of words that stay whole; kept in the index. Without one, those of an index that is replaced
            go on, if it can be read; an empty file drops them.
        synonyms: a file of words that may stand for each other in partial matches; kept likewise.
        segmenter: ``rjieba`` or ``jieba``; by default rjieba where it is installed.
        replace_existing: an index that is there, of whatever state, is replaced by the first ``update`` that succeeds,
            in one commit; till then everyone else goes on reading it.

    Raises:
        BadParameter: there is an index already, or the folder holds something else.
        EngineMissing: no such engine.
        IndexUnavailable: the folder cannot be written.
    """
    from indexer import parse

    folder = Path(path)
    kind = engines.load(engine)
    before = _replaced(folder) if replace_existing else manifest.Manifest()
    analyzer = Analyzer(
        UserDictionary.load(Path(userdict)) if userdict else UserDictionary(before.user_words),
        segmenter,
        Synonyms.load(Path(synonyms)) if synonyms else Synonyms(before.synonyms),
    )
    about = manifest.Manifest(
        analyzer.fingerprint(), parse.VERSION, user_words=analyzer.user.words, synonyms=analyzer.synonyms.entries
    )
    if not kind.capabilities.persistent:
        return Index(folder, kind.create(folder, about.dumps()), analyzer)
    if _prepare(folder, replace_existing=replace_existing):
        made = kind.replace(folder, about.dumps(), lambda: manifest.write_marker(folder, engine))
    else:
        made = kind.create(folder, about.dumps())
        manifest.write_marker(folder, engine)
    return Index(folder, made, analyzer)


def _replaced(folder: Path) -> manifest.Manifest:
    """What the index that is to be replaced says of itself; nothing where it cannot be read."""
    try:
        engine = engines.load(manifest.read_marker(folder)).open(folder)
        return manifest.Manifest.loads(engine.manifest(), folder)
    except IndexUnavailable:
        return manifest.Manifest()


def open_index(path: StrPath, *, cache_bytes: int = DEFAULT_CACHE_BYTES) -> Index:
    """Open an index.

    Open only folders you made yourself: nothing in them is run, but what they hold is trusted.

    Args:
        path: the folder.
        cache_bytes: what it keeps in memory for later queries at most (decoded postings, scores, texts), over all its
            parts; smaller is slower. What every query needs comes on top.

    Raises:
        BadParameter: ``cache_bytes`` is negative.
        IndexMissing: there is none; the hint says how to make one.
        IndexMismatch: built by another format, segmenter, dictionary or folding; the hint says how to rebuild it.
        IndexDamaged: files are missing or unreadable.
    """
    if cache_bytes < 0:
        raise BadParameter(f"cache_bytes 不能是负数，现在是 {cache_bytes}。", "写字节数；0 是不留缓存。")
    folder = Path(path)
    engine = engines.load(manifest.read_marker(folder)).open(folder, cache_bytes)
    about = manifest.Manifest.loads(engine.manifest(), folder)
    return Index(folder, engine, _analyzer_of(about, folder))


def _analyzer_of(about: manifest.Manifest, folder: Path) -> Analyzer:
    """The analyzer that an index was built with.

    Raises:
        IndexMismatch: this program cannot make it.
    """
    analyzer = Analyzer(
        UserDictionary(about.user_words),
        about.fingerprint.get("segmenter", "").partition(" ")[0],
        Synonyms(about.synonyms),
    )
    about.require(analyzer.fingerprint(), folder)
    return analyzer


def _prepare(folder: Path, *, replace_existing: bool) -> bool:
    """See to a folder that holds no documents; whether an index is in it that is to be replaced."""
    if folder.exists() and not folder.is_dir():
        raise BadParameter(f"{folder} 是一个文件，不是目录。", "索引要放在目录里，请换一个。")
    try:
        there = (folder / manifest.MARKER).exists()
        if there and not replace_existing:
            raise BadParameter(f"{folder} 里已经有索引。", "用 open_index 打开它，或换一个目录。")
        folder.mkdir(parents=True, exist_ok=True)
        documents = [entry for entry in folder.iterdir() if _is_document(entry)]
    except OSError as error:
        message = f"索引目录 {folder} 建不起来：{reason(error)}。"
        raise IndexUnavailable(message, "请检查路径和权限，或换一个目录。") from error
    if documents:
        raise BadParameter(f"{folder} 里有文档（{documents[0].name}），不能又放索引。", "请给索引一个单独的目录。")
    return there


def _is_document(entry: Path) -> bool:
    """Whether it would be read as one; a placeholder's README may share a folder with an index."""
    from indexer import parse

    return entry.suffix.lower() in parse.SUFFIXES and entry.stem.upper() != "README"


def exists(path: StrPath) -> bool:
    """Whether there is an index, of whatever state, in a folder."""
    try:
        manifest.read_marker(Path(path))
    except IndexMissing:
        return False
    except IndexUnavailable:
        return True
    return True
