"""Carrying an index over to another folder or engine, without the files that it was made from.

What an engine stores of a document is all that was known of it, and an index is opened only where text becomes tokens
as it did then; so that they are made again from what is stored, and the copy answers as the original does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from indexer import engines
from indexer.analysis import Analyzer
from indexer.engines.connection import Connection
from indexer.engines.contract import DEFAULT_CACHE_BYTES, MEMORY, Engine
from indexer.errors import BadParameter, IndexBusy
from indexer.index.folder import StrPath, prepare, read_marker
from indexer.index.index import Index
from indexer.index.location import Location, connection_to
from indexer.index.session import analyzer_of
from indexer.model import AnalyzedDocument, Document
from indexer.model.manifest import Manifest

# Called with how many documents are copied, and how many there are.
OnCopied: TypeAlias = Callable[[int, int], None]


def copy_index(
    source: StrPath,
    target: StrPath,
    engine: str = engines.DEFAULT,
    *,
    url: str | Sequence[str] = (),
    connection: Connection | None = None,
    replace_existing: bool = False,
    progress: OnCopied | None = None,
    memory: int = MEMORY,
) -> Index:
    """Copy the last commit of an index to another folder, in one commit, and return the copy, open.

    The copy knows the dictionaries and the folders that the original was made from, and can be updated from them; of
    documents that have not changed since, no file is read again.

    Args:
        source: the folder of the index, which is only read.
        target: the folder of the copy, which is made with its parents.
        engine: the copy's: ``whoosh`` or ``opensearch``.
        url: where the other machines are, as of ``create_index``.
        connection: all about them, instead of ``url``.
        replace_existing: an index that is in ``target`` is replaced, once all is copied.
        progress: called after each document, with how many are copied and how many there are.
        memory: bytes that the process may take meanwhile, about.

    Raises:
        BadParameter: there is an index already, or the folder holds something else, or is the original's.
        IndexBusy: the original was changed meanwhile, where its engine cannot go on reading what was before; nothing
            is copied.
        IndexUnavailable: either cannot be reached, read or written.
    """
    folder = Path(source)
    location = Location(Path(target), engine, connection_to(url, connection))
    if location.is_persistent and location.folder.resolve() == folder.resolve():
        raise BadParameter(f"{target} 就是要复制的索引。", "请给副本另一个目录。")
    opened = Location(folder, read_marker(folder)).open(DEFAULT_CACHE_BYTES)
    with closing(opened):
        analyzer = analyzer_of(Manifest.loads(opened.manifest(), folder), folder)
        return copy(opened, analyzer, location, replace_existing=replace_existing, progress=progress, memory=memory)


def copy(
    source: Engine,
    analyzer: Analyzer,
    location: Location,
    *,
    replace_existing: bool = False,
    progress: OnCopied | None = None,
    memory: int = MEMORY,
) -> Index:
    """See ``copy_index``; ``analyzer`` is the one that the source was built with."""
    folder = location.folder
    with source.one_commit():
        manifest, generation, documents = source.manifest(), source.generation, source.documents()
        if not engines.ENTRIES[location.engine].capabilities.vectors:
            manifest = _without_vectors(manifest, folder)
        if location.is_persistent:
            prepare(folder, replace_existing=replace_existing)
        if documents:
            made = location.replace(manifest)
            made.apply(_analyzed(source, analyzer, documents, generation, progress), manifest, memory)
        else:
            made = location.create(manifest)
    return Index(folder, made, analyzer)


def _without_vectors(manifest: str, folder: Path) -> str:
    """The manifest of the same index in an engine that stores no vectors."""
    about = Manifest.loads(manifest, folder)
    return replace(about, fingerprint=about.analysis).dumps()


def _analyzed(
    source: Engine, analyzer: Analyzer, documents: Sequence[Document], generation: str, progress: OnCopied | None
) -> Iterator[AnalyzedDocument]:
    """The documents of one commit as tokens.

    Raises:
        IndexBusy: there is another commit at the end, so that not all may be of that one.
    """
    for number, document in enumerate(documents, 1):
        analyzed = analyzer.analyze(document, source.passages(document.id))
        yield replace(analyzed, vectors=source.vectors(document.id))
        if progress:
            progress(number, len(documents))
    source.manifest()  # takes up a commit made since, if it does not go on reading what was before
    if source.generation != generation:
        raise IndexBusy("索引在复制的时候被更新了，没有复制。", "请在没有别的任务更新它时再试。")
