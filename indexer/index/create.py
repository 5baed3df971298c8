"""Making an index in a folder, and opening the one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import engines
from indexer.analysis import Analyzer, SynonymFile, Synonyms, UserDictionary
from indexer.engines.connection import Connection
from indexer.engines.contract import DEFAULT_CACHE_BYTES
from indexer.errors import BadParameter, EngineMissing, IndexDamaged, IndexMismatch, IndexMissing
from indexer.index.folder import StrPath, prepare, read_marker
from indexer.index.index import Index
from indexer.index.location import Location, connection_to
from indexer.index.session import analyzer_of, meaning_of
from indexer.model.manifest import EMBEDDER, Manifest

if TYPE_CHECKING:
    from indexer.embedding.model import Embedder, EmbeddingModel


def create_index(
    path: StrPath,
    engine: str = engines.DEFAULT,
    userdict: StrPath | None = None,
    *,
    synonyms: StrPath | None = None,
    segmenter: str = "",
    embedder: Embedder | str | None = None,
    replace_existing: bool = False,
    url: str | Sequence[str] = (),
    connection: Connection | None = None,
) -> Index:
    """Make an empty index in a folder, which is made with its parents.

    Args:
        path: the folder.
        engine: ``whoosh``, ``opensearch`` (on other machines; the folder holds only where), or ``memory`` (nothing is
            kept on disk).
        userdict: a file of words that stay whole; kept in the index. Without one, those of an index that is replaced
            go on, if it can be read; an empty file drops them.
        synonyms: a file of words that may stand for each other in partial matches; kept likewise.
        segmenter: ``rjieba`` or ``jieba``; by default rjieba where it is installed.
        embedder: what makes a vector of each section, so that what is near in meaning is found too: a callable
            ``embed(texts, kind)`` that returns a unit vector for each text, ``kind`` being ``passage`` or ``query``, or
            the name of one (``onnx:FOLDER``, ``python:module:function``). Whoever opens the index brings it again.
        replace_existing: an index that is there, of whatever state, is replaced by the first ``update`` that succeeds,
            in one commit; till then everyone else goes on reading it.
        url: where the other machines are, one address or several; who logs in stands in the environment
            (``Connection.from_environment``), as does ``url`` by default.
        connection: all about them, instead of ``url``.

    Raises:
        BadParameter: there is an index already, or the folder holds something else; the embedder is none, or the engine
            stores no vectors; or an engine that is here is given an address, or one that is elsewhere none.
        EngineMissing: no such engine, or its library is not installed.
        ExtraMissing: the embedder needs what is not installed.
        IndexUnavailable: the folder cannot be written, or the system does not let an index that is to be replaced be
            read, whose dictionaries would be lost; or the other machines cannot be reached.
    """
    from indexer import documents

    model = load_model(embedder)
    if model and engine in engines.ENTRIES and not engines.ENTRIES[engine].capabilities.vectors:
        raise BadParameter(f"引擎“{engine}”不存向量，不能按意思检索。", "请不给嵌入模型，或用默认引擎 whoosh。")
    before = _replaced(Path(path)) if replace_existing else Manifest()
    analyzer = Analyzer(
        UserDictionary.load(Path(userdict)) if userdict else UserDictionary(before.user_words),
        segmenter,
        Synonyms.load(Path(synonyms)) if synonyms else Synonyms(before.synonyms),
    )
    made_with = {EMBEDDER: str(model.signature)} if model else {}
    about = Manifest(
        {**analyzer.fingerprint(), **made_with},
        documents.VERSION,
        user_words=analyzer.user.words,
        synonyms=analyzer.synonyms.entries,
    )
    location = Location(Path(path), engine, connection_to(url, connection))
    there = location.is_persistent and prepare(location.folder, replace_existing=replace_existing)
    made = location.replace(about.dumps()) if there else location.create(about.dumps())
    return Index(location.folder, made, analyzer, model)


def _replaced(folder: Path) -> Manifest:
    """What the index that is to be replaced says of itself; nothing where it cannot be read."""
    try:
        engine = engines.load(read_marker(folder)).open(folder)
        return Manifest.loads(engine.manifest(), folder)
    except (IndexMissing, IndexMismatch, IndexDamaged, EngineMissing):
        return Manifest()


def open_index(
    path: StrPath,
    *,
    cache_bytes: int = DEFAULT_CACHE_BYTES,
    synonyms: StrPath | None = None,
    embedder: Embedder | str | None = None,
    connection: Connection | None = None,
) -> Index:
    """Open an index.

    Open only folders you made yourself: nothing in them is run, but what they hold is trusted.

    Args:
        path: the folder.
        cache_bytes: what it keeps in memory for later queries at most (decoded postings, scores, texts), over all its
            parts; smaller is slower. What every query needs comes on top.
        synonyms: a file of synonyms that are used instead of those that the index keeps; it is read again whenever it
            changes. Where what it holds then cannot be read, what it held goes on, and every answer says so.
        embedder: as of ``create_index``, the one it was made with. Without it an index with vectors answers by words
            alone, and each answer warns of that.
        connection: how an index on other machines is reached, if not as the folder and the environment say.

    Raises:
        BadParameter: ``cache_bytes`` is negative, the file of synonyms cannot be read, the embedder is none, or an
            index that is here is given a connection.
        IndexMissing: there is none; the hint says how to make one.
        IndexMismatch: built by another format, segmenter, dictionary, folding or embedder; the hint says how to rebuild
            it.
        IndexDamaged: files are missing, or are not what was written.
        IndexUnavailable: the system does not let it be read now: no permission, too many open files, a failing disk;
            or the other machines cannot be reached.
    """
    if cache_bytes < 0:
        raise BadParameter(f"cache_bytes 不能是负数，现在是 {cache_bytes}。", "写字节数；0 是不留缓存。")
    folder = Path(path)
    model = load_model(embedder)
    engine = Location(folder, read_marker(folder), connection).open(cache_bytes)
    about = Manifest.loads(engine.manifest(), folder)
    meaning_of(about, model, folder)
    synonym_file = SynonymFile(Path(synonyms)) if synonyms else None
    return Index(folder, engine, analyzer_of(about, folder), model, synonym_file)


def load_model(embedder: Embedder | str | None) -> EmbeddingModel | None:
    """The model of an embedder; None without one, and then nothing of it is imported."""
    if embedder is None:
        return None
    from indexer.embedding.model import EmbeddingModel, load_embedder

    return EmbeddingModel(load_embedder(embedder) if isinstance(embedder, str) else embedder)
