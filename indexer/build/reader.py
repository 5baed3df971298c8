"""A file → a document and its passages, as an index would hold them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import methodcaller
from typing import TypeAlias

from indexer import documents
from indexer.build import isolation
from indexer.build.containers import open_containers
from indexer.build.failures import as_read_error
from indexer.build.isolation import Limits, Parse
from indexer.documents import passages
from indexer.errors import ReadError
from indexer.model import DateSource, Document, Failure, Metadata, ParsedFile, Passage, Recognition, page_ranges
from indexer.model.ids import document_id
from indexer.sources.metadata import Declared, FolderMetadata
from indexer.sources.source_file import MAX_FILE_BYTES, MAX_SECONDS, SourceFile

OnFailure: TypeAlias = Callable[[Failure], None]
ContentOf: TypeAlias = Callable[[SourceFile], bytes]


def read(
    paths: Iterable[str | os.PathLike[str]],
    on_failure: OnFailure | None = None,
    *,
    follow_links: bool = False,
    max_file_bytes: int = MAX_FILE_BYTES,
    max_seconds: float = MAX_SECONDS,
    recognition: Recognition | None = None,
) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """Read every document under ``paths``, as an index would hold it, without an index.

    Args:
        paths: files and folders.
        on_failure: called for each file that cannot be read; the others go on.
        follow_links: whether links in a folder that lead out of all of ``paths`` are followed.
        max_file_bytes: files larger than this are not read.
        max_seconds: what reading one file may take; one that takes more is a failure.
        recognition: how text is recognised on images of it (OCR); None for not at all.

    Raises:
        BadParameter: text is to be recognised, and the program for it is not installed.
    """
    found = readings(
        paths,
        on_failure,
        follow_links=follow_links,
        max_file_bytes=max_file_bytes,
        max_seconds=max_seconds,
        recognition=recognition,
    )
    return ((one.document, one.passages) for one in found)


def readings(
    paths: Iterable[str | os.PathLike[str]],
    on_failure: OnFailure | None = None,
    *,
    follow_links: bool = False,
    max_file_bytes: int = MAX_FILE_BYTES,
    max_seconds: float = MAX_SECONDS,
    recognition: Recognition | None = None,
) -> Iterator[Reading]:
    """Do what ``read`` does, and tell what was cut and left out."""
    from indexer.sources.discover import discover  # which the processes that read can do without

    if recognition:
        documents.require_recognition(recognition)
    report = on_failure or (lambda failure: None)
    limits = Limits(max_seconds, recognition=recognition)
    folders = FolderMetadata()
    with open_containers(limits) as opened, isolation.reader(limits) as reader:
        sources = discover(paths, follow_links=follow_links, max_file_bytes=max_file_bytes, list_members=opened.members)
        for failure in sources.failures:
            report(failure)
        for source in sources.files.values():
            key = document_id(source.path)
            try:
                digest, declared = opened.digest(source), folders.of(source)
                result = read_file(source, key, digest, declared, reader.parse, recognition, opened.content)
            except Exception as error:
                report(Failure(source.path, str(as_read_error(error))))
            else:
                yield result
    for failure in folders.failures:
        report(failure)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file was read as.

    Attributes:
        cuts: how many times a paragraph was cut because it was longer than a passage may be.
        dropped: texts that were left out as parts of the page, not of the document.
        notes: what of the file was not read, and why.
    """

    document: Document
    passages: tuple[Passage, ...]
    cuts: int
    dropped: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_file(
    source: SourceFile,
    key: str,
    digest: str,
    declared: Declared | None = None,
    parse: Parse = documents.read,
    recognition: Recognition | None = None,
    content_of: ContentOf = methodcaller("content"),
) -> Reading:
    """Read one file as the document ``key``; what its folder says about it (``declared``) comes first.

    ``parse`` decides where its bytes are parsed, and ``content_of`` where they are got: here, or in a process of its
    own; ``recognition`` is that which ``parse`` was told.

    Raises:
        ReadError: it cannot be read.
    """
    declared = declared or Declared()
    content = content_of(source)
    parsed = _declared(parse(content, source.name), declared)
    if content and not parsed.blocks and not parsed.dropped and documents.is_binary(source.name):
        raise ReadError("里面没有读到文字：它是空白的，或者已经损坏。", "请打开它看看；用不着的，把它移走。")
    told = recognition if documents.recognizes(source.name) else None
    title, made = passages.build(key, source.stem, parsed)
    document = replace(
        document_of(key, source.path, title, digest, parsed.metadata),
        fields=declared.fields,
        declared_hash=declared.digest,
        recognized_pages=page_ranges(parsed.recognized),
        recognition=told.languages if told else None,
    )
    return Reading(document, made, parsed.cuts, parsed.dropped, parsed.notes)


def document_of(key: str, path: str, title: str, digest: str, about: Metadata) -> Document:
    """The document of a file of which that is known, by what stands in it alone."""
    return Document(
        key,
        path,
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
    )


def _declared(parsed: ParsedFile, declared: Declared) -> ParsedFile:
    """Return a file that says of itself what its folder says of it."""
    metadata = parsed.metadata
    date = declared.date or declared.amended or declared.issued
    said = replace(
        metadata,
        title=declared.title or metadata.title,
        date=date or metadata.date,
        date_source=DateSource.TABLE if date else metadata.date_source,
        issued=declared.issued or metadata.issued,
        amended=declared.amended or metadata.amended,
        amendment=None if declared.amended else metadata.amendment,
        effective=declared.effective or metadata.effective,
        author=declared.author or metadata.author,
        tags=declared.tags or metadata.tags,
        url=declared.url or metadata.url,
        work=declared.work or metadata.work,
    )
    return replace(parsed, metadata=said)
