"""A file → a document and its passages, as an index would hold them."""

from __future__ import annotations
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from indexer import documents
from indexer.documents import passages
from indexer.analysis import Analyzer
from indexer.sources.discover import SourceFile
from indexer.engines.contract import Upsert
from indexer.errors import ReadError
from indexer.model import AnalyzedDocument, Document, Passage
from indexer.sources.filenames import readable

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias
from indexer import documents
from indexer.analysis import Analyzer
from indexer.sources.discover import SourceFile, Sources, discover
from indexer.engines.contract import MEMORY, Change, Engine, Removal, Upsert
from indexer.errors import BadParameter, IndexBusy, ReadError, reason
from indexer.model.ids import by_path, document_id, find_document, stream_digest
from indexer.model.manifest import Manifest
from indexer.model import Document, Failure, Passage, Progress, UpdateReport
from indexer.sources.roots import Roots
import sys
import threading
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any


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
    parsed = documents.parse_file(source.file)
    title, made = passages.build(key, readable(source.file.stem), parsed)
    about = parsed.metadata
    return (
        Document(key, source.path, title, about.url, about.date, about.author, about.tags, digest),
        made,
    )


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
