"""Formats whose libraries may crash, hang or take any amount of memory: read in a process of their own, within limits.

Time is limited everywhere, memory where the system (Linux) can: see ``processes.limit_memory``. One process serves all
such files that the process of ours reads, one after the other; where one ends it, the next file gets a new one.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any

from indexer import documents
from indexer.build import processes
from indexer.build.failures import as_read_error
from indexer.engines.contract import MEMORY
from indexer.errors import ReadError, XunzhangError
from indexer.model import ParsedFile, Recognition
from indexer.sources.source_file import MAX_SECONDS


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file of an isolated format may take.

    Attributes:
        seconds: of wall time.
        memory: bytes that the process may come to take beside those it has at its start.
        recognition: how text is recognised on images, which takes its own time beside; None for not at all.
    """

    seconds: float = MAX_SECONDS
    memory: int = MEMORY
    recognition: Recognition | None = None

    @property
    def longest(self) -> float:
        """Seconds of wall time that a file may take with the recognition of its text."""
        return self.seconds + (self.recognition.seconds if self.recognition else 0)


_USUAL = Limits()


def read(content: bytes, name: str, limits: Limits = _USUAL) -> ParsedFile:
    """Do what ``documents.read`` does, for an isolated format in another process.

    Raises:
        ReadError: as ``documents.read``; or the process ended, or did not answer in time.
    """
    if documents.is_isolated(name):
        return _reader.read(content, name, limits)
    return documents.read(content, name, limits.recognition)


def close() -> None:
    """End the process, if there is one; the next file starts another."""
    _reader.close()


class _Reader:
    """The process, started with the first file."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: Any = None
        self._connection: Connection | None = None
        self._memory = 0

    def read(self, content: bytes, name: str, limits: Limits) -> ParsedFile:
        with self._lock:
            try:
                answer: ParsedFile | XunzhangError = self._ask(content, name, limits)
            except (EOFError, OSError) as error:
                self._kill()
                raise ReadError(
                    "读它的进程被中止：文件损坏，或者内存不够。", "请用打开它的程序另存一份，或者把它拆小。"
                ) from error
            except BaseException:
                self._kill()
                raise
        if isinstance(answer, XunzhangError):
            raise answer
        return answer

    def close(self) -> None:
        with self._lock:
            self._kill()

    def _ask(self, content: bytes, name: str, limits: Limits) -> Any:
        connection = self._started(limits.memory)
        connection.send((name, limits.recognition))
        connection.send_bytes(content)
        if not connection.poll(limits.longest):
            self._kill()
            raise ReadError(
                f"读了 {limits.longest:g} 秒还没有读完，不读了。", "请把它拆小，或者用 --max-seconds 多给一些时间。"
            )
        return connection.recv()

    def _started(self, memory: int) -> Connection:
        if self._process is not None and (not self._process.is_alive() or memory != self._memory):
            self._kill()
        if self._connection is None:
            self._connection, theirs = Pipe()
            self._process = processes.Context().Process(target=_serve, args=(theirs, memory), daemon=True)
            self._process.start()
            theirs.close()
            self._memory = memory
        return self._connection

    def _kill(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None and self._process.pid is not None:
            self._process.kill()
            self._process.join()
        self._connection = self._process = None


_reader = _Reader()


def _serve(connection: Connection, memory: int) -> None:
    """Read what is asked for until nobody asks."""
    processes.obey_parent()
    processes.limit_memory(memory)
    with suppress(EOFError, OSError):
        while True:
            name, recognition = connection.recv()
            connection.send(_answer(connection.recv_bytes(), name, recognition))


def _answer(content: bytes, name: str, recognition: Recognition | None) -> ParsedFile | ReadError:
    try:
        return documents.read(content, name, recognition)
    except Exception as error:
        return as_read_error(error)
