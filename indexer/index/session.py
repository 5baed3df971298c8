"""Reading an index through all its commits: what fits the last one, and what is made from its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import engines
from indexer.analysis import Analyzer, SynonymFile, Synonyms, UserDictionary
from indexer.engines.contract import Engine
from indexer.engines.per_commit import PerCommit
from indexer.errors import IndexDamaged, IndexMissing
from indexer.index.folder import read_marker
from indexer.model import Document, Filters, Passage, QueryWarning, Results
from indexer.model.ids import by_path, find_document
from indexer.model.manifest import Manifest
from indexer.query.options import Options
from indexer.search.searcher import Searcher

if TYPE_CHECKING:
    from indexer.citation.references import Library
    from indexer.embedding.model import EmbeddingModel


class Session:
    """Reads one index, whose commits may come from other processes too.

    Attributes:
        searcher: what asks, with an analyzer that fits the commit that was last read: another process may have rebuilt
            the index with other dictionaries. Raises ``IndexMismatch`` where this program cannot segment or fold as
            that commit wants it.
        library: the documents that references may be to.
    """

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        folder: Path,
        model: EmbeddingModel | None = None,
        synonym_file: SynonymFile | None = None,
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._model = model
        self._synonym_file = synonym_file
        self._last = Searcher(engine, analyzer, synonyms=synonym_file)
        self._embedder: str | None = None  # that the searcher at hand is for
        self._by_path = PerCommit(engine, lambda: by_path(engine.documents()))
        self.searcher = PerCommit(engine, self._fitting)
        self.library = PerCommit(engine, lambda: _library(engine))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """An index gone, or turned unreadable, because a program of another format rebuilt it, is named so."""
        try:
            yield
        except (IndexMissing, IndexDamaged):
            if self._engine.name in engines.persistent():
                read_marker(self._folder)
            raise

    @contextmanager
    def one_commit(self) -> Iterator[None]:
        """See ``Index.one_commit``."""
        with self.reading(), self._engine.one_commit():
            yield

    def generation(self) -> str:
        """The last commit's, one made since taken up first."""
        with self.reading():
            self._engine.manifest()
            return self._engine.generation

    def search(self, query: str, filters: Filters, options: Options) -> Results:
        """See ``Index.search``."""
        return self._asked(lambda searcher: searcher.search(query, filters, options))

    def similar(self, passage: Passage, filters: Filters, options: Options) -> Results:
        """See ``Index.search``, the likes of a passage."""
        return self._asked(lambda searcher: searcher.similar(passage, filters, options))

    def _asked(self, ask: Callable[[Searcher], Results]) -> Results:
        """Ask; ask again where a commit that wants another analyzer has come in between."""
        with self.reading():
            while True:
                searcher = self.searcher()
                results = ask(searcher)
                if self.searcher() is searcher:
                    return results

    def warm(self) -> Iterator[None]:
        """See ``Engine.warm``; and what has been made of each commit so far is made of the last one."""
        with self.reading():
            yield from self.latest().warm()
            self._by_path()
            yield

    def latest(self) -> Searcher:
        """As ``searcher``, any commit made since taken up first."""
        self._engine.manifest()
        return self.searcher()

    def manifest(self) -> Manifest:
        """What the last commit says of itself."""
        return Manifest.loads(self._engine.manifest(), self._folder)

    def document(self, wanted: str) -> Document:
        """The document of that id or path.

        Raises:
            NotFound: there is none.
        """
        return find_document(wanted, self._engine.document, lambda path: self._by_path().get(path))

    def _fitting(self) -> Searcher:
        """The searcher at hand, with all that it has gathered, wherever its analyzer goes on fitting."""
        about, analyzer = self.manifest(), self._last.analyzer
        if about.analysis != analyzer.fingerprint():
            analyzer = analyzer_of(about, self._folder)
        if analyzer is not self._last.analyzer or about.embedder != self._embedder:
            model, warnings = meaning_of(about, self._model, self._folder)
            self._last = Searcher(self._engine, analyzer, model, warnings, self._synonym_file)
            self._embedder = about.embedder
        return self._last


def _library(engine: Engine) -> Library:
    from indexer.citation.references import Library  # which whoever only searches need not wait for

    return Library(engine.documents(), engine.passages)


def meaning_of(
    about: Manifest, model: EmbeddingModel | None, folder: Path
) -> tuple[EmbeddingModel | None, tuple[QueryWarning, ...]]:
    """What tells meaning in an index, and what its answers warn of: vectors without their model are no use, nor is a
    model without vectors.

    Raises:
        IndexMismatch: the vectors are of another model.
    """
    if model is None:
        return None, (_without_model(about.embedder),) if about.embedder else ()
    from indexer.embedding.model import require_same

    require_same(about, model, folder)
    return (model, ()) if about.embedder else (None, (_NO_VECTORS,))


def _without_model(signature: str) -> QueryWarning:
    name = signature.partition(" ")[0]
    message = f"这个索引带有向量，但没有给出嵌入模型“{name}”（--embedder），这次只按字词检索。"
    return QueryWarning("no_embedder", message)


_NO_VECTORS = QueryWarning("no_vectors", "给了嵌入模型，但这个索引里没有向量，这次只按字词检索；带着模型重建就有。")


def analyzer_of(about: Manifest, folder: Path) -> Analyzer:
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
