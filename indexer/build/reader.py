"""One file → a document, its passages and their tokens: here, or in other processes while this one writes."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from indexer import documents
from indexer.analysis import Analyzer
from indexer.documents import passages
from indexer.engines.contract import Upsert
from indexer.errors import ReadError
from indexer.model import AnalyzedDocument, Document, Passage
from indexer.sources.discover import SourceFile
from indexer.sources.filenames import readable

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

# Files that each process may be ahead of the one that writes; it bounds the memory they wait in.
_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read.

    Attributes:
        key: id of the document.
        digest: of the file's bytes.
        outcome: what becomes of the document if it can be read: ``added``, ``updated`` or ``renamed``.
    """

    source: SourceFile
    key: str
    digest: str
    outcome: str


Prepare: TypeAlias = Callable[[AnalyzedDocument], Upsert]
Result: TypeAlias = "Upsert | ReadError"


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


def read_all(
    jobs: Iterable[Job | None], analyzer: Analyzer, prepare: Prepare, workers: int
) -> Iterator[tuple[Job | None, Result | None]]:
    """The results of jobs, in their order; None stands for a file that need not be read.

    Args:
        jobs: taken as they are needed.
        analyzer: of the index.
        prepare: of its engine.
        workers: processes that read; below 2 this one does. A process that dies leaves its jobs to this one.
    """
    if workers < 2:
        yield from ((job, _read(job, analyzer, prepare) if job else None) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor

    from indexer.build.workers import Context

    pool = ProcessPoolExecutor(workers, Context(), initializer=_start, initargs=(analyzer, prepare))
    waiting: deque[tuple[Job | None, Future[Result] | None]] = deque()
    try:
        for job in jobs:
            waiting.append((job, _submitted(pool, job)))
            if len(waiting) > _AHEAD * workers:
                yield _arrived(*waiting.popleft(), analyzer, prepare)
        while waiting:
            yield _arrived(*waiting.popleft(), analyzer, prepare)
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, job: Job | None) -> Future[Result] | None:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_read_there, job) if job else None
    except BrokenProcessPool:
        return None


def _arrived(
    job: Job | None, future: Future[Result] | None, analyzer: Analyzer, prepare: Prepare
) -> tuple[Job | None, Result | None]:
    from concurrent.futures.process import BrokenProcessPool

    if job is None:
        return None, None
    try:
        return job, future.result() if future else _read(job, analyzer, prepare)
    except BrokenProcessPool:
        return job, _read(job, analyzer, prepare)


def _read(job: Job, analyzer: Analyzer, prepare: Prepare) -> Result:
    try:
        return prepare(analyzer.analyze(*read_file(job.source, job.key, job.digest)))
    except ReadError as error:
        return error


_tools: tuple[Analyzer, Prepare] | None = None


def _start(analyzer: Analyzer, prepare: Prepare) -> None:
    """Make a new process ready. Ctrl-C is answered by the one that writes; when that is killed, this one ends too."""
    global _tools  # one for each process, given once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tools = analyzer, prepare


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _read_there(job: Job) -> Result:
    if _tools is None:
        raise AssertionError("the process was not made ready")
    return _read(job, *_tools)
