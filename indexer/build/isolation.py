"""Files parsed in a process of their own: parsers and their libraries may crash, hang or take any amount of memory.

Time is limited everywhere, memory where the system (Linux) can: see ``processes.limit_memory``. One process reads the
files of a build one after the other; where one ends it, the next file gets a new one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from indexer import documents
from indexer.build import processes
from indexer.build.failures import as_read_error
from indexer.build.watched_process import Answer, CannotStart, Died, TooSlow, WatchedProcess
from indexer.engines.contract import MEMORY
from indexer.errors import ReadError
from indexer.model import ParsedFile, Recognition
from indexer.sources.source_file import MAX_SECONDS

# What the libraries of parsers take as they load, beside a small file.
LEAST_MEMORY = 96 << 20

Parse: TypeAlias = Callable[[bytes, str], ParsedFile]


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Attributes:
        seconds: of wall time.
        memory: bytes that the process may come to take beside those it has at its start; never less than parsers need.
        recognition: how text is recognised on images, which takes its own time beside; None for not at all.
    """

    seconds: float = MAX_SECONDS
    memory: int = MEMORY
    recognition: Recognition | None = None

    @property
    def longest(self) -> float:
        """Seconds of wall time that a file may take with the recognition of its text."""
        return self.seconds + (self.recognition.seconds if self.recognition else 0)


class Reader:
    """Parses files in a process, or here where the system gives none."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: WatchedProcess | None = None
        self._can_start = True

    def start(self, name: str = "") -> None:
        """Begin to start the process, if there is none, so that it gets ready, for a file of this name before others,
        while something else is done.
        """
        try:
            self._made_for(name).start()
        except CannotStart:
            self._can_start = False

    @property
    def is_ready(self) -> bool:
        """Whether nobody who asks now has to wait for the process to start."""
        return not self._can_start or self._process is None or self._process.is_ready

    def parse(self, content: bytes, name: str) -> ParsedFile:
        """Do what ``documents.read`` does.

        Raises:
            ReadError: as ``documents.read``; or the file ended the process, or took too long.
        """
        answer = self._asked(content, name) if self._can_start else self._parsed_here(content, name)
        if isinstance(answer, ReadError):
            raise answer
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()

    def _made_for(self, name: str) -> WatchedProcess:
        """The process, which is told of a name like those that it will read first."""
        if self._process is None:
            self._process = WatchedProcess(_parser, self.limits, name)
        return self._process

    def _asked(self, content: bytes, name: str) -> ParsedFile | ReadError:
        try:
            answer: ParsedFile | ReadError = self._made_for(name).ask((content, name), self.limits.longest)
        except CannotStart:
            self._can_start = False
            return self._parsed_here(content, name)
        except Died:
            return died()
        except TooSlow:
            return too_slow(self.limits.longest)
        return answer

    def _parsed_here(self, content: bytes, name: str) -> ParsedFile:
        return parse_here(content, name, self.limits.recognition)


class _Spare:
    """The reader that is kept from one build to the next, while somebody wants that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._wanted = 0

    def want(self, more: int) -> None:
        """Count who wants one kept; with the last one it is ended."""
        with self._lock:
            self._wanted += more
            left, self._reader = (None, self._reader) if self._wanted else (self._reader, None)
        if left is not None:
            left.close()

    def take(self, limits: Limits) -> Reader:
        """Return the one that is kept, if it has these limits, or a new one."""
        with self._lock:
            found = self._reader if self._reader is not None and self._reader.limits == limits else None
            if found is not None:
                self._reader = None
        return found or Reader(limits)

    def give_back(self, reader: Reader) -> None:
        """Keep it, started, in place of another that is kept, or end it."""
        if self._wanted:
            reader.start()
        with self._lock:
            left, self._reader = (self._reader, reader) if self._wanted else (reader, self._reader)
        if left is not None:
            left.close()


_spare = _Spare()


@contextmanager
def reader(limits: Limits) -> Iterator[Reader]:
    """Give a reader, whose process ends with the context."""
    taken = _spare.take(limits)
    try:
        yield taken
    finally:
        _spare.give_back(taken)


@contextmanager
def keep_process() -> Iterator[None]:
    """Keep the process from one build to the next, for who builds often."""
    _spare.want(1)
    try:
        yield
    finally:
        _spare.want(-1)


def parse_here(content: bytes, name: str, recognition: Recognition | None = None) -> ParsedFile:
    """Parse in this process, without limits, what cannot crash it.

    Raises:
        ReadError: as ``documents.read``; or the format is one that can.
    """
    if documents.is_isolated(content, name):
        raise ReadError("系统不让另开一个进程，这种文件没有读。", "请关掉一些程序，再运行一次。")
    return documents.read(content, name, recognition)


def died() -> ReadError:
    """Say that the file ended the process that read it."""
    return ReadError(
        "读它的进程两次被中止：文件损坏，或者内存不够。", "请用打开它的程序另存一份，或者把它拆小，再运行一次。"
    )


def too_slow(seconds: float) -> ReadError:
    """Say that reading a file took longer than it may."""
    return ReadError(f"读了 {seconds:g} 秒还没有读完，不读了。", "请把它拆小，或者用 --max-seconds 多给一些时间。")


def _parser(limits: Limits, name: str) -> Answer:
    """Make a new process ready to parse files like the one of this name, if there is one yet."""
    processes.limit_memory(max(limits.memory, LEAST_MEMORY))
    if name:
        with suppress(Exception):  # which whoever reads such a file is told of
            documents.load(name)
    return partial(_parsed, limits.recognition)


def _parsed(recognition: Recognition | None, request: tuple[bytes, str]) -> ParsedFile | ReadError:
    try:
        return documents.read(*request, recognition)
    except Exception as error:
        return as_read_error(error)
