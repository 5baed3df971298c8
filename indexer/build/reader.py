"""A file → a document and its passages, as an index would hold them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from indexer import documents
from indexer.documents import passages
from indexer.errors import ReadError, reason
from indexer.model import Document, Failure, Passage
from indexer.model.ids import document_id, stream_digest
from indexer.sources.discover import SourceFile, discover
from indexer.sources.filenames import readable

OnFailure: TypeAlias = Callable[[Failure], None]


def read(
    paths: Iterable[str | os.PathLike[str]], on_failure: OnFailure | None = None
) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """Read every document under ``paths``, as an index would hold it, without an index.

    Args:
        paths: files and folders.
        on_failure: called for each file that cannot be read; the others go on.
    """
    return ((one.document, one.passages) for one in readings(paths, on_failure))


def readings(paths: Iterable[str | os.PathLike[str]], on_failure: OnFailure | None = None) -> Iterator[Reading]:
    """Do what ``read`` does, and tell what was cut and left out."""
    report = on_failure or (lambda failure: None)
    sources = discover(paths)
    for failure in sources.failures:
        report(failure)
    for source in sources.files.values():
        try:
            yield read_file(source, document_id(source.path), digest_file(source.file))
        except ReadError as error:
            report(Failure(source.path, str(error)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file was read as.

    Attributes:
        cuts: how many times a paragraph was cut because it was longer than a passage may be.
        dropped: texts that were left out as parts of the page, not of the document.
    """

    document: Document
    passages: tuple[Passage, ...]
    cuts: int
    dropped: tuple[str, ...]


def read_file(source: SourceFile, key: str, digest: str) -> Reading:
    """Read one file as the document ``key``.

    Raises:
        ReadError: it cannot be read.
    """
    parsed = documents.read(source.content(), source.name)
    title, made = passages.build(key, readable(source.file.stem), parsed)
    about = parsed.metadata
    document = Document(key, source.path, title, about.url, about.date, about.author, about.tags, digest)
    return Reading(document, made, parsed.cuts, parsed.dropped)


def digest_file(file: Path) -> str:
    """Digest of a file's bytes, as documents carry it (``model.ids``).

    Raises:
        ReadError: it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream_digest(stream)
    except OSError as error:
        raise ReadError(f"打不开：{reason(error)}。", "请检查文件权限。") from error
