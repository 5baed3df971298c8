"""A file → a document and its passages, as an index would hold them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
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
    report = on_failure or (lambda failure: None)
    sources = discover(paths)
    for failure in sources.failures:
        report(failure)
    for source in sources.files.values():
        try:
            yield read_file(source, document_id(source.path), digest_file(source.file))
        except ReadError as error:
            report(Failure(source.path, str(error)))


def read_file(source: SourceFile, key: str, digest: str) -> tuple[Document, tuple[Passage, ...]]:
    """Read one file as the document ``key``.

    Raises:
        ReadError: it cannot be read.
    """
    parsed = documents.read(source.content(), source.name)
    title, made = passages.build(key, readable(source.file.stem), parsed)
    about = parsed.metadata
    document = Document(
        key,
        source.path,
        title,
        about.url,
        about.date,
        about.author,
        about.tags,
        digest,
        date_source=about.date_source,
        issued=about.issued,
        amended=about.amended,
        effective=about.effective,
    )
    return document, made


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
