"""Files read and prepared for an engine, in order: here, or in other processes while this one writes.

Processes are new Pythons, since a program that embeds us may have threads, which a fork would break.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from indexer.analysis import Analyzer
from indexer.build.reader import read_file
from indexer.engines.contract import Upsert
from indexer.errors import ReadError
from indexer.model import AnalyzedDocument
from indexer.sources.discover import SourceFile, Sources
from indexer.sources.metadata import Declared

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

# Bytes of files from which on other processes pay for their start.
PARALLEL_BYTES = 4 << 20
# What a process that reads takes.
WORKER_BYTES = 110 << 20
# Files that each process may be ahead of the one that writes; it bounds the memory they wait in.
_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read.

    Attributes:
        key: id of the document.
        digest: of the file's bytes.
        outcome: what becomes of the document if it can be read: ``added``, ``updated`` or ``renamed``.
        declared: what its folder says about it.
    """

    source: SourceFile
    key: str
    digest: str
    outcome: str
    declared: Declared


Prepare: TypeAlias = Callable[[AnalyzedDocument], Upsert]
Result: TypeAlias = "Upsert | ReadError"


def worker_count(sources: Sources, memory: int) -> int:
    """As many processes as there are cores and as half of the memory holds, where there is enough to read that they
    pay.
    """
    size = 0
    for source in sources.files.values():
        with suppress(OSError):  # told when it is read
            size += source.file.stat().st_size
    return max(1, min(os.cpu_count() or 1, memory // 2 // WORKER_BYTES)) if size >= PARALLEL_BYTES else 1


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

    pool = ProcessPoolExecutor(workers, _Context(), initializer=_start, initargs=(analyzer, prepare))
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
        return prepare(analyzer.analyze(*read_file(job.source, job.key, job.digest, job.declared)))
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


_HIDING = threading.Lock()


class _Process(SpawnProcess):
    """A process that does not run the program's main module again, which ``multiprocessing`` does for functions that
    are defined there; ours are not. So a script needs no ``if __name__ == "__main__":``.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802  # the name is that of multiprocessing
        with _HIDING:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


class _Context(SpawnContext):
    """What ``ProcessPoolExecutor`` starts such processes with."""

    Process = _Process
