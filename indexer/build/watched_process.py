"""A process that answers requests, one after the other and each within a time: whatever ends it costs one request."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeAlias

from indexer.build import processes

Answer: TypeAlias = Callable[[Any], object]

# A new process that is not ready after so many seconds never will be.
_START_SECONDS = 120.0
# Times that one is started before it is given up: the first may have been ended by somebody.
_STARTS = 2
# Seconds between looks at whether it is: one takes as long as looking at a small file.
_BETWEEN_LOOKS = 0.004
# What a new process says first.
_READY = "ready"


class CannotStart(Exception):
    """The system gives no process, or those it gives end at once."""


class Died(Exception):
    """The process ended twice over one request: it crashes on it, or has too little memory for it."""


class TooSlow(Exception):
    """There was no answer in time."""


class WatchedProcess:
    """A process, started with the first request and again after each end; for one thread at a time."""

    def __init__(self, make: Callable[..., Answer], *given: object) -> None:
        """Args:
        make: called in the new process; gives what answers a request. Both are sent to it by name.
        given: its arguments.
        """
        self._make, self._given = make, given
        self._owner = os.getpid()
        self._process: Any = None
        self._connection: Connection | None = None
        self._is_ready = self._ended = False
        self._next_look = 0.0

    def start(self) -> None:
        """Begin to start the process, if there is none; it gets ready by itself.

        Raises:
            CannotStart: the system gives none.
        """
        if self._owner != os.getpid():  # a fork: the process is our parent's
            self._owner, self._process, self._connection, self._is_ready = os.getpid(), None, None, False
        if self._connection is not None:
            return
        if multiprocessing.current_process().daemon:
            raise CannotStart("a daemon has no children")
        try:
            self._connection, theirs = Pipe()
            with theirs:
                self._process = processes.Context().Process(
                    target=_serve, args=(theirs, bool(processes.in_background)), daemon=True
                )
                self._process.start()
            with suppress(ConnectionError):  # it has ended already: whoever waits for it sees that
                self._connection.send((self._make, self._given))
        except (OSError, MemoryError, RuntimeError) as error:
            self.close()
            raise CannotStart(str(error)) from error
        if self._ended:
            self._process.kill()

    @property
    def is_ready(self) -> bool:
        """Whether the process answers, or has ended: whoever asks it does not wait for its start. It is not looked at
        again before some milliseconds are over.
        """
        if self._is_ready or self._connection is None:
            return True
        if (now := time.monotonic()) < self._next_look:
            return False
        self._next_look = now + _BETWEEN_LOOKS
        return self._connection.poll(0)

    def ask(self, request: object, seconds: float) -> Any:
        """Return the answer to a request. One in whose course the process ends is put again to a new one.

        Raises:
            CannotStart: there is no process that could answer.
            Died: it ended again.
            TooSlow: there was no answer after so many seconds; the process was ended.
        """
        for _ in range(2):
            connection = self._ready()
            try:
                connection.send(request)
                if connection.poll(seconds):
                    return connection.recv()
            except (EOFError, OSError):
                self.close()
            except BaseException:
                self.close()
                raise
            else:
                self.close()
                raise TooSlow
        raise Died

    def end(self) -> None:
        """End it for good; also from another thread, whose request then ends in an error."""
        self._ended = True
        if self._process is not None:
            with suppress(ValueError, AttributeError):  # not started, or closed meanwhile
                self._process.kill()

    def close(self) -> None:
        """End the process, if there is one; the next request starts another."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None and self._process.pid is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.join()
        self._connection = self._process = None
        self._is_ready = False

    def _ready(self) -> Connection:
        for _ in range(_STARTS):
            if self._ended:
                break
            self.start()
            connection = self._connection
            assert connection is not None
            with suppress(EOFError, OSError):
                if self._is_ready or (connection.poll(_START_SECONDS) and connection.recv() == _READY):
                    self._is_ready = True
                    return connection
            self.close()
        raise CannotStart("no process gets ready")


def _serve(connection: Connection, is_background: bool) -> None:
    """Answer what is asked until nobody asks; first comes what answers."""
    processes.obey_parent()
    processes.do_without_blas_threads()
    if is_background:
        processes.give_way()
    with suppress(EOFError, OSError):
        make, given = connection.recv()
        answer = make(*given)
        connection.send(_READY)
        while True:
            connection.send(answer(connection.recv()))
