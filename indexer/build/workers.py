"""Files read and prepared for an engine, in order: here, or in other processes while this one writes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from queue import LifoQueue
from typing import TYPE_CHECKING, TypeAlias

from indexer import documents
from indexer.analysis import Analyzer
from indexer.build import isolation, processes
from indexer.build.failures import as_read_error
from indexer.build.isolation import Limits, Parse
from indexer.build.reader import ContentOf, read_file
from indexer.build.watched_process import Answer, CannotStart, Died, TooSlow, WatchedProcess
from indexer.engines.contract import Upsert
from indexer.errors import ReadError
from indexer.model import AnalyzedDocument, Recognition
from indexer.model.records import record
from indexer.sources.metadata import Declared
from indexer.sources.source_file import SourceFile

if TYPE_CHECKING:
    from indexer.sources.discover import Sources  # which those that read can do without

# Bytes of files from which on other processes pay for their start.
PARALLEL_BYTES = 4 << 20
# Bytes that are read one file after the other before processes are started: few files are read sooner than those.
IN_TURN_BYTES = 256 << 10
# What a process that reads takes.
WORKER_BYTES = 110 << 20
# Files that each process may be ahead of the one that writes; it bounds the memory they wait in.
_AHEAD = 8
_USUAL = Limits()


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


@record
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
    most = max(1, min(os.cpu_count() or 1, memory // 2 // WORKER_BYTES))
    return most if most > 1 and sources.have_bytes(PARALLEL_BYTES) else 1


def read_all(
    jobs: Iterable[Job | None],
    analyzer: Analyzer,
    prepare: Prepare,
    workers: int,
    limits: Limits = _USUAL,
    in_turn: int = 0,
    content_of: ContentOf = methodcaller("content"),
    expected: str = "",
) -> Iterator[tuple[Job | None, Result | None]]:
    """The results of jobs, in their order; None stands for a file that need not be read.

    Whatever a file does to the process that reads it is the failure of that file.

    Args:
        jobs: taken as they are needed.
        analyzer: of the index.
        prepare: of its engine.
        workers: processes that read; below 2 one parses, and this one does the rest.
        limits: what one file may take.
        in_turn: bytes of files that are read, in any case, as with one worker, before there are more.
        content_of: what gives the bytes of files that are not read by workers.
        expected: the name of a file that will be among those read in turn; empty where nobody knows of one yet.
    """
    if workers < 2:
        yield from _read_in_turn(jobs, analyzer, prepare, limits, content_of, expected)
        return
    jobs = iter(jobs)
    yield from _read_in_turn(_first(jobs, in_turn), analyzer, prepare, limits, content_of, expected)
    pool = _Pool(workers, analyzer, prepare, limits)
    waiting: deque[tuple[Job | None, Future[Result | None] | None]] = deque()
    try:
        for job in jobs:
            waiting.append((job, pool.submit(job) if job else None))
            if len(waiting) > _AHEAD * workers:
                yield pool.arrived(*waiting.popleft())
        while waiting:
            yield pool.arrived(*waiting.popleft())
    finally:
        pool.close()


def _first(jobs: Iterator[Job | None], size: int) -> Iterator[Job | None]:
    """Yield jobs until their files have so many bytes."""
    if size <= 0:
        return
    for job in jobs:
        yield job
        size -= job.source.size() if job else 0
        if size <= 0:
            return


def _read_in_turn(
    jobs: Iterable[Job | None],
    analyzer: Analyzer,
    prepare: Prepare,
    limits: Limits,
    content_of: ContentOf,
    expected: str,
) -> Iterator[tuple[Job | None, Result | None]]:
    with isolation.reader(limits) as reader:
        if expected:
            reader.start(expected)
        for job in _while_it_starts(jobs, reader, analyzer):
            read = _read(job, analyzer, prepare, reader.parse, limits.recognition, content_of) if job else None
            yield job, read


def _while_it_starts(jobs: Iterable[Job | None], reader: isolation.Reader, analyzer: Analyzer) -> Iterator[Job | None]:
    """Yield jobs, in their order. The first file to be read starts the process; while that gets ready the dictionary is
    loaded, and it is found out which of the next files are to be read.
    """
    waiting: deque[Job | None] = deque()
    wanted = 0
    for job in jobs:
        waiting.append(job)
        if job is not None:
            wanted += 1
            reader.start(job.source.name)
            analyzer.load()
        if not wanted or wanted > _AHEAD or reader.is_ready:
            yield from waiting
            waiting.clear()
    yield from waiting


class _Pool:
    """Processes that read files, each watched by a thread."""

    def __init__(self, workers: int, analyzer: Analyzer, prepare: Prepare, limits: Limits) -> None:
        self._analyzer, self._prepare, self._limits = analyzer, prepare, limits
        self._processes = [WatchedProcess(_worker, analyzer, prepare, limits) for _ in range(workers)]
        self._idle: LifoQueue[WatchedProcess] = LifoQueue()
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(workers)
        self._can_start = True

    def submit(self, job: Job) -> Future[Result | None]:
        """Have a file read; the answer is None where no process can be had."""
        return self._threads.submit(self._asked, job)

    def arrived(self, job: Job | None, future: Future[Result | None] | None) -> tuple[Job | None, Result | None]:
        """A job with what came of it."""
        if job is None or future is None:
            return None, None
        recognition = self._limits.recognition
        parse = partial(isolation.parse_here, recognition=recognition)
        try:
            return job, future.result() or _read(job, self._analyzer, self._prepare, parse, recognition)
        except Exception as error:
            return job, as_read_error(error)

    def close(self) -> None:
        """End the processes, whatever they do."""
        for process in self._processes:
            process.end()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.close()

    def _asked(self, job: Job) -> Result | None:
        if not self._can_start:
            return None
        process = self._idle.get()
        try:
            answer: Result = process.ask(job, self._limits.longest)
        except CannotStart:
            self._can_start = False
            return None
        except Died:
            return isolation.died()
        except TooSlow:
            return isolation.too_slow(self._limits.longest)
        finally:
            self._idle.put(process)
        return answer


def _read(
    job: Job,
    analyzer: Analyzer,
    prepare: Prepare,
    parse: Parse,
    recognition: Recognition | None = None,
    content_of: ContentOf = methodcaller("content"),
) -> Result:
    try:
        read = read_file(job.source, job.key, job.digest, job.declared, parse, recognition, content_of)
        upsert = prepare(analyzer.analyze(read.document, read.passages))
        return Prepared(upsert, read.cuts, len(read.dropped), read.notes)
    except Exception as error:
        return as_read_error(error)


def _worker(analyzer: Analyzer, prepare: Prepare, limits: Limits) -> Answer:
    """Make a new process ready to read."""
    analyzer.load()
    processes.limit_memory(limits.memory)
    return partial(_read_there, analyzer, prepare, limits.recognition)


def _read_there(analyzer: Analyzer, prepare: Prepare, recognition: Recognition | None, job: Job) -> Result:
    parse = partial(documents.read, recognition=recognition)
    return _read(job, analyzer, prepare, parse, recognition)
