"""Files read and prepared for an engine, in order: here, or in other processes while this one writes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from indexer.analysis import Analyzer
from indexer.build import isolation, processes
from indexer.build.failures import as_read_error
from indexer.build.isolation import Limits
from indexer.build.reader import read_file
from indexer.engines.contract import MEMORY, Upsert
from indexer.errors import ReadError
from indexer.model import AnalyzedDocument, Recognition
from indexer.sources.discover import Sources
from indexer.sources.metadata import Declared
from indexer.sources.source_file import MAX_SECONDS, SourceFile

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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, ready for its engine.

    Attributes:
        cuts: paragraphs cut because they were longer than a passage may be.
        dropped: parts of pages that were left out.
        notes: what of the file was not read, and why.
    """

    upsert: Upsert
    cuts: int
    dropped: int
    notes: tuple[str, ...] = ()


Prepare: TypeAlias = Callable[[AnalyzedDocument], Upsert]
Result: TypeAlias = "Prepared | ReadError"


def worker_count(sources: Sources, memory: int) -> int:
    """As many processes as there are cores and as half of the memory holds, where there is enough to read that they
    pay.
    """
    size = 0
    for file in {source.file for source in sources.files.values()}:
        with suppress(OSError):  # told when it is read
            size += file.stat().st_size
    return max(1, min(os.cpu_count() or 1, memory // 2 // WORKER_BYTES)) if size >= PARALLEL_BYTES else 1


def read_all(
    jobs: Iterable[Job | None],
    analyzer: Analyzer,
    prepare: Prepare,
    workers: int,
    memory: int = MEMORY,
    max_seconds: float = MAX_SECONDS,
    recognition: Recognition | None = None,
) -> Iterator[tuple[Job | None, Result | None]]:
    """The results of jobs, in their order; None stands for a file that need not be read.

    Args:
        jobs: taken as they are needed.
        analyzer: of the index.
        prepare: of its engine.
        workers: processes that read; below 2 this one does. When one dies, the files that were waiting are read one
            by one in a process of their own, which tells whose fault it was.
        memory: bytes that each process may come to take, about; a file that needs more is a failure.
        max_seconds: what an isolated format may take for one file.
        recognition: how text is recognised on images; None for not at all.
    """
    limits = Limits(max_seconds, memory, recognition)
    if workers < 2:
        try:
            yield from ((job, _read(job, analyzer, prepare, limits) if job else None) for job in jobs)
        finally:
            isolation.close()
        return
    pool = _Pool(workers, analyzer, prepare, limits)
    waiting: deque[tuple[Job | None, Future[Result] | None]] = deque()
    try:
        for job in jobs:
            waiting.append((job, pool.submit(job) if job else None))
            if len(waiting) > _AHEAD * workers:
                yield pool.arrived(*waiting.popleft())
        while waiting:
            yield pool.arrived(*waiting.popleft())
    finally:
        pool.close()


class _Pool:
    """Processes that read files; new ones take the place of those that die."""

    def __init__(self, workers: int, analyzer: Analyzer, prepare: Prepare, limits: Limits) -> None:
        self._workers, self._analyzer, self._prepare, self._limits = workers, analyzer, prepare, limits
        self._executor: ProcessPoolExecutor | None = None
        self._single: ProcessPoolExecutor | None = None
        self._can_start = True

    def submit(self, job: Job) -> Future[Result] | None:
        """Have a file read; None where no process will."""
        from concurrent.futures.process import BrokenProcessPool

        for _ in range(2):  # the second time in new processes
            try:
                return self._processes().submit(_read_there, job) if self._can_start else None
            except BrokenProcessPool:
                self._end_many()
            except OSError:  # no more processes or memory to be had
                self._can_start = False
        return None

    def arrived(self, job: Job | None, future: Future[Result] | None) -> tuple[Job | None, Result | None]:
        """A job with what came of it."""
        from concurrent.futures.process import BrokenProcessPool

        if job is None:
            return None, None
        try:
            return job, future.result() if future else self._alone(job)
        except BrokenProcessPool:
            return job, self._alone(job)
        except Exception as error:
            return job, as_read_error(error)

    def close(self) -> None:
        """End the processes."""
        self._end_many()
        self._end_single()

    def _end_many(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _alone(self, job: Job) -> Result:
        """Read a file with which a process died, maybe by its fault, in a process of its own, which may die of it."""
        from concurrent.futures.process import BrokenProcessPool

        if not self._can_start:
            return _read(job, self._analyzer, self._prepare, self._limits)
        try:
            return self._single_process().submit(_read_there, job).result()
        except BrokenProcessPool:
            self._end_single()
            if not self._can_start:
                return _read(job, self._analyzer, self._prepare, self._limits)
            return ReadError("读它的进程两次被中止，多半是内存不够。", "请把它拆小，或关掉别的程序再运行一次。")

    def _single_process(self) -> ProcessPoolExecutor:
        """The process for files that are read alone; ``BrokenProcessPool`` where processes die whatever they do."""
        from concurrent.futures.process import BrokenProcessPool

        if self._single is None:
            self._single = self._started(1)
            try:
                self._single.submit(_is_ready).result()
            except (BrokenProcessPool, OSError) as error:
                self._can_start = False
                raise BrokenProcessPool("no process can be started") from error
        return self._single

    def _end_single(self) -> None:
        if self._single is not None:
            self._single.shutdown(cancel_futures=True)
            self._single = None

    def _processes(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = self._started(self._workers)
        return self._executor

    def _started(self, workers: int) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor

        given = (self._analyzer, self._prepare, self._limits)
        return ProcessPoolExecutor(workers, processes.Context(), initializer=_start, initargs=given)


def _read(job: Job, analyzer: Analyzer, prepare: Prepare, limits: Limits) -> Result:
    try:
        read = read_file(job.source, job.key, job.digest, job.declared, limits)
        upsert = prepare(analyzer.analyze(read.document, read.passages))
        return Prepared(upsert, read.cuts, len(read.dropped), read.notes)
    except Exception as error:
        return as_read_error(error)


_tools: tuple[Analyzer, Prepare, Limits] | None = None


def _start(analyzer: Analyzer, prepare: Prepare, limits: Limits) -> None:
    """Make a new process ready."""
    global _tools  # one for each process, given once
    processes.obey_parent()
    analyzer.load()
    processes.limit_memory(limits.memory)
    _tools = analyzer, prepare, limits


def _is_ready() -> bool:
    return _tools is not None


def _read_there(job: Job) -> Result:
    if _tools is None:
        raise AssertionError("the process was not made ready")
    return _read(job, *_tools)
