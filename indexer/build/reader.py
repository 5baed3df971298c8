"""A file → a document and its passages, as an index would hold them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from indexer import documents
from indexer.documents import passages
from indexer.errors import ReadError, reason
from indexer.model import DateSource, Document, Failure, ParsedFile, Passage
from indexer.model.ids import document_id, stream_digest
from indexer.sources.discover import SourceFile, discover
from indexer.sources.filenames import readable
from indexer.sources.metadata import Declared, FolderMetadata

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
    folders = FolderMetadata()
    for source in sources.files.values():
        try:
            yield read_file(source, document_id(source.path), digest_file(source.file), folders.of(source))
        except ReadError as error:
            report(Failure(source.path, str(error)))
    for failure in folders.failures:
        report(failure)


def read_file(
    source: SourceFile, key: str, digest: str, declared: Declared | None = None
) -> tuple[Document, tuple[Passage, ...]]:
    """Read one file as the document ``key``; what its folder says about it (``declared``) comes first.

    Raises:
        ReadError: it cannot be read.
    """
    declared = declared or Declared()
    parsed = _declared(documents.read(source.content(), source.name), declared)
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
        amendment=about.amendment,
        effective=about.effective,
        work=about.work,
        fields=declared.fields,
        declared_hash=declared.digest,
    )
    return document, made


def _declared(parsed: ParsedFile, declared: Declared) -> ParsedFile:
    """Return a file that says of itself what its folder says of it."""
    metadata = parsed.metadata
    said = replace(
        metadata,
        title=declared.title or metadata.title,
        date=declared.date or metadata.date,
        date_source=DateSource.TABLE if declared.date else metadata.date_source,
        author=declared.author or metadata.author,
        tags=declared.tags or metadata.tags,
        url=declared.url or metadata.url,
        work=declared.work or metadata.work,
    )
    return replace(parsed, metadata=said)


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
