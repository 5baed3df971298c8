"""An index in a folder, as the library offers it: reads through a session, hands work to ``build`` and ``search``."""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.analysis import Analyzer, SynonymFile, Synonyms, UserDictionary
from indexer.engines.contract import MEMORY, Engine, RemoteEngine
from indexer.engines.per_commit import PerCommit
from indexer.errors import BadParameter, NotFound
from indexer.index.folder import StrPath
from indexer.index.session import Session
from indexer.index.warming import Warming
from indexer.index.watch import Watch
from indexer.model import (
    Completion,
    Diagnosis,
    Document,
    Explanation,
    IndexStats,
    Original,
    OutlineNode,
    Passage,
    Recognition,
    Reference,
    Results,
    UnfoundWord,
    UpdateReport,
    Verification,
)
from indexer.model.choices import AROUND, BOUNDS, COMPLETIONS, DEFAULT_FACETS, DEFAULTS, PLACES
from indexer.model.headings import outline_of
from indexer.model.ids import find_passage, without_marks
from indexer.query.options import Options, check_range, make_filters
from indexer.sources.source_file import MAX_FILE_BYTES, MAX_SECONDS

if TYPE_CHECKING:
    from indexer.build import update as build
    from indexer.build.remembered import Remembered
    from indexer.embedding.model import EmbeddingModel
    from indexer.search.completion import Completable

T = TypeVar("T")

# Seconds until what a watch has read at first can be found.
FIRST_COMMIT = 2.0

_ORDINAL = re.compile("[0-9]{1,9}")


class Index:
    """An open index. Make one with ``create_index`` or ``open_index``; reading is safe for several threads."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        analyzer: Analyzer,
        model: EmbeddingModel | None = None,
        synonym_file: SynonymFile | None = None,
    ) -> None:
        self.path = path
        self._engine = engine
        self._model = model
        self._session = Session(engine, analyzer, path, model, synonym_file)
        self._made: weakref.WeakSet[PerCommit[Any]] = weakref.WeakSet()

    def update(
        self,
        paths: Iterable[StrPath],
        *,
        prune: bool = False,
        progress: build.OnProgress | None = None,
        workers: int | None = None,
        memory: int = MEMORY,
        follow_links: bool = False,
        max_file_bytes: int = MAX_FILE_BYTES,
        max_seconds: float = MAX_SECONDS,
        recognition: Recognition | None = None,
    ) -> UpdateReport:
        """Bring the index up to date with files and folders, in one commit.

        Args:
            paths: files and folders; only files whose content changed are read.
            prune: take out documents under these folders whose files are gone.
            progress: called after each file.
            workers: processes that read files; None for as many as there are cores, if there is much to read and memory
                for them. With one it only parses, and this one analyses.
            memory: bytes that all processes of the build may take together, about. Less makes more and smaller
                segments, which answer more slowly; a file that a process of its own cannot be read in with so many
                more is a failure.
            follow_links: whether links in a folder that lead out of all indexed folders are followed too; else each is
                in ``failed``. What is given by itself may be a link to anywhere.
            max_file_bytes: larger files are not read; each is in ``failed``, and what the index has of it stays.
            max_seconds: what reading a file may take; one that takes more is in ``failed``.
            recognition: how text is recognised on images of it (OCR); None for not at all. Files of such formats that
                were read without it are read again; what was read with it stays when it is not asked for.

        Returns:
            What was done; files that could not be read are in ``failed``, the rest is committed.

        Raises:
            BadParameter: the index is to replace another, and one of ``paths`` has no document that can be read; the
                other stays. Or text is to be recognised, and the program for it is not installed. Or the index has
                vectors and was opened without their embedder.
            IndexBusy: another build is writing.
            IndexMismatch: another process has rebuilt the index in a way that this program cannot go on with.
            IndexUnavailable: the index cannot be written.
        """
        wanted: list[StrPath] = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        with self._session.reading():
            return self._update(
                wanted,
                prune=prune,
                progress=progress,
                workers=workers,
                memory=memory,
                follow_links=follow_links,
                max_file_bytes=max_file_bytes,
                max_seconds=max_seconds,
                recognition=recognition,
            )

    def watch(self, paths: Iterable[StrPath], **options: Any) -> Watch:
        """Prepare to keep the index current with files and folders: those that are gone are taken out too.

        Nothing happens before its ``run`` is called, which is a loop over reports, in a thread or in the program's own.
        A long first update is committed in parts, so that what is read already can be found.

        Args:
            paths: files, folders and patterns.
            options: ``workers``, ``memory``, ``follow_links``, ``max_file_bytes``, ``max_seconds`` as of ``update``.
        """
        wanted: list[StrPath] = [paths] if isinstance(paths, str | os.PathLike) else list(paths)

        def update(progress: build.OnProgress, remembered: Remembered) -> UpdateReport:
            with self._session.reading():
                return self._update(
                    wanted,
                    prune=True,
                    progress=progress,
                    remembered=remembered,
                    first_commit=FIRST_COMMIT,
                    **options,
                )

        return Watch(list(map(Path, wanted)), self.path, update)

    def _update(self, paths: list[StrPath], **options: Any) -> UpdateReport:
        from indexer.build import update as build

        analyzer = self._session.latest().analyzer
        return build.update(self._engine, analyzer, self.path, paths, model=self._model, **options)

    def is_made_with(self, userdict: StrPath | None, synonyms: StrPath | None) -> bool:
        """Tell whether it keeps the words and synonyms of these files, None standing for none, and has vectors just if
        it was opened with an embedder.

        Raises:
            BadParameter: a file cannot be read, or is not what it should be.
        """
        with self._session.reading():
            about = self._session.manifest()
        words = UserDictionary.load(Path(userdict)) if userdict else UserDictionary()
        groups = Synonyms.load(Path(synonyms)) if synonyms else Synonyms()
        has_vectors = bool(about.embedder) == (self._model is not None)
        return has_vectors and (about.user_words, about.synonyms) == (words.words, groups.entries)

    def keep_synonyms(self, synonyms: StrPath | None) -> None:
        """Keep the synonyms of a file in the index instead of those that it has; None stands for none.

        Nothing is read or segmented anew. An index opened with a file of synonyms of its own goes on using that.

        Raises:
            BadParameter: the file cannot be read, or is not what it should be.
            IndexBusy: another build is writing.
            IndexUnavailable: the index cannot be written.
        """
        from indexer.build import update as build

        kept = Synonyms.load(Path(synonyms)) if synonyms else Synonyms()
        with self._session.reading():
            build.keep_synonyms(self._engine, self.path, kept)

    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Return the synonyms in force: a folded word → what may stand for it."""
        with self._session.reading():
            return dict(self._session.latest().synonyms()[0].entries)

    def remove(self, documents: Iterable[str]) -> UpdateReport:
        """Take documents out by id or path.

        Raises:
            NotFound: one of them is not there; then none is removed.
            IndexBusy: another build is writing.
        """
        from indexer.build import update as build

        with self._session.reading():
            return build.remove(self._engine, [documents] if isinstance(documents, str) else list(documents))

    def search(
        self,
        query: str = "",
        *,
        like: str = "",
        section: Iterable[str | Sequence[str]] = (),
        topic: Iterable[str] = (),
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        kind: Iterable[str] = (),
        year: Iterable[str | int] = (),
        work: Iterable[str] = (),
        field: Iterable[str] = (),
        path: Iterable[str] = (),
        type: Iterable[str] = (),  # noqa: A002 (the filter's name everywhere)
        match: str = DEFAULTS["match"],
        scope: str = DEFAULTS["scope"],
        sort: str = DEFAULTS["sort"],
        offset: int = BOUNDS["offset"].default,
        limit: int = BOUNDS["limit"].default,
        facets: Sequence[str] = DEFAULT_FACETS,
        facet_depth: int = BOUNDS["facet_depth"].default,
        facet_limit: int = BOUNDS["facet_limit"].default,
        script: str = DEFAULTS["script"],
        synonyms: str = DEFAULTS["synonyms"],
        without: Sequence[str] = (),
        chapters: int = BOUNDS["chapters"].default,
        collapse: str = DEFAULTS["collapse"],
        group: str = DEFAULTS["group"],
        group_limit: int = BOUNDS["group_limit"].default,
    ) -> Results:
        """Find passages. An empty query finds all that pass the filters, in order.

        Args:
            query: see the handbook; at most 1,000 code points.
            like: instead of a query a passage, by id or permalink: found is what shares its weightiest words, all in
                the tier ``near`` and without itself; ``match``, ``script`` and ``synonyms`` say nothing then.
            section: heading paths, as ``section_value`` writes them or as sequences; each with all below it.
            topic: topics, as facets list them.
            document: ids or paths.
            tag: tags of documents.
            kind: names of ``Kind``.
            year: ``2020``, ``2020..2021``, open ended, or ``none``.
            work: works that documents are parts of.
            field: ``名=值``: a value of a column of the user's own ``metadata.csv``.
            path: folders, as documents' paths begin; each with all below it.
            type: endings of files: ``pdf``, ``md``.
            match: ``auto``, ``all`` (without partial matches), ``exact``, ``relax`` (``auto``, quotations need not be
                literal), or ``near`` (``auto``, and what is only near in meaning, where the index has an embedder).
            scope: ``passage``, or ``section``: words may be spread over one deepest section.
            sort: ``relevance``, ``order``, ``date`` or ``-date``.
            offset: hits to skip; with ``group`` documents.
            limit: hits to return, at most 100; with ``group`` documents.
            facets: which of section, topic, document, tag, year, kind, work, field, path, type to count.
            facet_depth: levels of the section facet.
            facet_limit: values of each facet (and level) at most.
            script: ``any``, or ``exact``: only the very characters typed, not those they fold together with.
            synonyms: ``on``, or ``off``: the user's synonyms stand for nothing.
            without: parts of the score to leave out (``engines.scoring``).
            chapters: how many chapters to count hits in, at most (``Results.chapters``); 0 for none.
            collapse: ``none``; ``text``: hits with the same text (once folded) are one, which names the others;
                ``section``: the hits of a deepest section are one, its best, which shows the others.
            group: ``none``, or ``document``: hits are grouped by document, in the order of its first hit.
            group_limit: hits of each document, at most 100.

        Raises:
            QueryTooLong: more than 1,000 code points.
            BadParameter: anything else out of its range, or both ``like`` and a query.
            NotFound: there is no passage that ``like`` names.
            IndexUnavailable: the index cannot be read.
        """
        filters = make_filters(section, topic, document, tag, kind, year, work, field, path, type)
        options = Options(
            match=match,
            scope=scope,
            sort=sort,
            offset=offset,
            limit=limit,
            facets=facets,
            facet_depth=facet_depth,
            facet_limit=facet_limit,
            script=script,
            synonyms=synonyms,
            without=without,
            chapters=chapters,
            collapse=collapse,
            group=group,
            group_limit=group_limit,
        )
        if not like:
            return self._session.search(query, filters, options)
        if query.strip():
            raise BadParameter("查询和 like 不能同时给出。", "要找与某一段相近的，去掉查询；要查询，去掉 like。")
        return self._session.similar(self.passage(like), filters, options)

    def verify(
        self,
        quote: str,
        *,
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        year: Iterable[str | int] = (),
        work: Iterable[str] = (),
        field: Iterable[str] = (),
        path: Iterable[str] = (),
        type: Iterable[str] = (),  # noqa: A002 (likewise)
        limit: int = PLACES.default,
    ) -> Verification:
        """Whether a quotation stands in the corpus, where, and if not, what comes nearest and how it differs.

        It has at most ``MAX_QUOTE`` code points, may span paragraphs, and ``……`` stands for what is left out. Filters,
        limit (of occurrences) and errors as of ``search``; an empty quotation is a ``BadParameter``.
        """
        from indexer.citation.quotations import Verifier

        filters = make_filters(document=document, tag=tag, year=year, work=work, field=field, path=path, type=type)
        with self._session.reading():
            verifier = Verifier(self._engine, self._session.latest().analyzer)
            return verifier.verify(quote, filters, Options(limit=limit).limit)

    def complete(self, prefix: str, limit: int = COMPLETIONS.default) -> tuple[Completion, ...]:
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
        with self._session.reading():
            return self._session.latest().complete(prefix, limit)

    def completables(self) -> tuple[Completable, ...]:
        """All that ``complete`` chooses from, for those who look it up elsewhere."""
        with self._session.reading():
            return self._session.latest().completables()

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        with self._session.reading():
            return self._session.latest().explain(query)

    def diagnose(
        self,
        query: str,
        *,
        section: Iterable[str | Sequence[str]] = (),
        topic: Iterable[str] = (),
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        kind: Iterable[str] = (),
        year: Iterable[str | int] = (),
        work: Iterable[str] = (),
        field: Iterable[str] = (),
        path: Iterable[str] = (),
        type: Iterable[str] = (),  # noqa: A002 (the filter's name everywhere)
        match: str = DEFAULTS["match"],
        scope: str = DEFAULTS["scope"],
        script: str = DEFAULTS["script"],
        synonyms: str = DEFAULTS["synonyms"],
    ) -> Diagnosis:
        """Why a query finds little: the words it was understood as, what each filter costs, and a shorter query.

        It takes several searches; ask it only where there are no hits. Arguments and errors as of ``search``.
        """
        filters = make_filters(section, topic, document, tag, kind, year, work, field, path, type)
        with self._session.reading():
            options = Options(match=match, scope=scope, script=script, synonyms=synonyms)
            return self._session.latest().diagnose(query, filters, options)

    def unfound_words(self, queries: Iterable[str]) -> tuple[UnfoundWord, ...]:
        """Which words of some queries (``QueryLog.queries``) stand in no passage, title or heading, most asked first.

        Left out are single characters, numbers, quotations, and what has a synonym already.
        """
        with self._session.reading():
            return self._session.latest().unfound_words(queries)

    def documents(self) -> tuple[Document, ...]:
        """All documents, by path."""
        with self._session.reading():
            return self._engine.documents()

    def document(self, wanted: str) -> Document:
        """The document of that id or path.

        Raises:
            NotFound: there is none.
        """
        with self._session.reading():
            return self._session.document(wanted)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order.

        Raises:
            NotFound: no such document.
        """
        with self._session.reading():
            return self._engine.passages(self.document(document_id).id)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id or permalink; a permalink finds it again where passages were put in before it.

        Raises:
            NotFound: there is none.
        """
        passage_id = without_marks(passage_id)
        document_id, _, suffix = passage_id.rpartition("-")
        if "." in suffix:
            with self._session.reading():
                return find_passage(self._engine.passages(document_id), passage_id)
        (passage,) = self.around(passage_id, before=0, after=0)
        return passage

    def around(self, passage_id: str, before: int = AROUND.default, after: int = AROUND.default) -> tuple[Passage, ...]:
        """A passage with its neighbours in its document, in reading order; fewer at either end of the document.

        Args:
            passage_id: the passage in the middle.
            before: how many passages before it, at most ``MAX_AROUND``.
            after: how many after it, likewise.

        Raises:
            NotFound: there is no such passage.
            BadParameter: ``before`` or ``after`` out of its range.
        """
        check_range("before", before, AROUND)
        check_range("after", after, AROUND)
        document_id, _, digits = passage_id.rpartition("-")
        if _ORDINAL.fullmatch(digits):
            ordinal = int(digits)
            with self._session.reading():
                found = self._engine.passages(document_id, ordinals=range(ordinal - before, ordinal + after + 1))
            if any(passage.id == passage_id for passage in found):
                return found
        raise NotFound(f"索引里没有段落“{passage_id}”。", "文档可能已经改动；请重新检索。")

    def outline(self, document_id: str) -> tuple[OutlineNode, ...]:
        """The headings of a document.

        Raises:
            NotFound: no such document.
        """
        return outline_of(self.passages(document_id))

    def references(self, document_id: str) -> Mapping[int, tuple[Reference, ...]]:
        """What a document refers to in so many words (本法第十二条, 《…法》第三条, 图2-1), where one passage fits.

        Returns:
            Ordinal of a passage → its references, in order; passages without any are left out.

        Raises:
            NotFound: no such document.
        """
        document = self.document(document_id)
        with self._session.reading():
            return self._session.library().references(document)

    def original(self, document_id: str) -> Original | None:
        """The file a document was read from, its bytes as they were then; None where it is gone, or not that any more.

        Raises:
            NotFound: no such document.
        """
        from indexer.sources.originals import read_original

        roots, parents = self._folders()
        return read_original(self.document(document_id), {**parents, **roots})

    def existing_pictures(self, document_id: str, sources: Collection[str]) -> frozenset[str]:
        """Those pictures of a document, by their ``Picture.source``, whose files are in the indexed folders.

        Raises:
            NotFound: no such document.
        """
        from indexer.sources.pictures import existing_pictures

        return existing_pictures(self.document(document_id), *self._folders(), sources)

    def picture(self, passage_id: str, number: int) -> Original | None:
        """The file of a picture of a passage, counted from 0; None where it is gone.

        Raises:
            NotFound: no such passage, or picture of it.
        """
        from indexer.sources.pictures import read_picture

        passage = self.passage(passage_id)
        if not 0 <= number < len(passage.pictures):
            raise NotFound("这一段没有这张图。", "请从文档里打开图片。")
        document = self.document(passage.document_id)
        return read_picture(document, *self._folders(), passage.pictures[number].source)

    def _folders(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The indexed folders by the names of their roots, and those of which only single files were indexed."""
        with self._session.reading():
            about = self._session.manifest()
        return about.roots, about.parents

    def stats(self) -> IndexStats:
        """Figures of the index."""
        with self._session.reading():
            return replace(self._engine.stats(), fingerprint=self._session.manifest().fingerprint)

    def check(self) -> tuple[str, ...]:
        """Read everything; problems as sentences, none when sound."""
        with self._session.reading():
            return tuple(self._engine.check())

    @property
    def may_be_copied(self) -> bool:
        """Whether copies of this process may all ask it: not where it holds connections to other machines, or an
        embedder with threads of its own.
        """
        return self._model is None and not isinstance(self._engine, RemoteEngine)

    def one_commit(self) -> AbstractContextManager[None]:
        """A context in which all that this thread asks is answered by the commit that is the last as it begins: what is
        put together of several answers fits together, and whether there is another commit is looked up once.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        return self._session.one_commit()

    @property
    def generation(self) -> str:
        """Identifies the last commit among those of all indexes: changes with every commit, another process's too, and
        where another index has taken the place of this one.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        return self._session.generation()

    @property
    def revision(self) -> str:
        """Identifies what answers are made of: the last commit (``generation``), and the synonyms in force.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        generation = self._session.generation()
        synonyms, _ = self._session.searcher().synonyms()
        return f"{generation} {synonyms.digest}"

    def per_commit(self, make: Callable[[Index], T]) -> Callable[[], T]:
        """A function that returns ``make(self)``, made at its first call and anew after each commit, another process's
        too: for what costs too much for every request. ``warm`` makes it before it is called.

        Threads that call it at once wait for the one that makes it. If ``make`` raises, so does the call, and the next
        one makes it again.
        """
        made = PerCommit(self, lambda: make(self))
        self._made.add(made)
        return made

    def warm(self) -> None:
        """Derive what the first questions would wait for: dictionary, facets, ends of words, completions, whatever
        ``per_commit`` makes. Raises as ``search`` does.
        """
        for _ in self._warming():
            pass

    def keep_warm(self, then: Callable[[], object] = lambda: None) -> AbstractContextManager[Any]:
        """A context in which a thread does the same, at once and after each commit, another process's too.

        Nobody waits for it, and an answer is of the last commit all the same; what goes wrong there is not raised.

        Args:
            then: called in that thread after each commit that comes, once it is warm.
        """
        return Warming(lambda: self.generation, self._warming, self._engine.between_looks, then)

    def _warming(self) -> Iterator[None]:
        yield from self._session.warm()
        for made in tuple(self._made):
            made()
            yield

    @property
    def analyzer(self) -> Analyzer:
        """What its text becomes tokens with."""
        with self._session.reading():
            return self._session.latest().analyzer

    def close(self) -> None:
        """Let go of files."""
        self._engine.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
