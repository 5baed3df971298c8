"""Whose turn it is to compute: Python's lock lets one thread go on at a time, and passing it to and fro costs both.

Four threads that search at once take a third more processor time for each answer than one after the other, and an
eighth more where each answer is another thread's: what has just been used is near the processor on which it was. So one
thread makes answer after answer as long as there are requests, and another is let in beside it where one takes long.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from typing import Protocol

# Seconds after which a turn is so long that nobody is to wait for its end: the next begins beside it.
PATIENCE = 0.05


class Task(Protocol):
    """What waits for a turn: of waitress a connection with a request."""

    def service(self) -> None:
        """Answer the request."""

    def cancel(self) -> None:
        """Give it up."""


class Turns:
    """Threads that answer requests, in the place of waitress's ``ThreadedTaskDispatcher``, whose names these are.

    Args:
        threads: requests answered at once, of which one computes while none takes long.
        patience: seconds that a turn may take before the next begins beside it.
    """

    def __init__(self, threads: int, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._tasks: deque[Task] = deque()
        self._begun: list[float] = []
        # What threads at rest wait for, that of the one that was last at work last.
        self._resting: list[threading.Condition] = []
        self._is_watched = self._is_ending = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for each in self._threads:
            each.start()

    @property
    def at_rest(self) -> int:
        """How many threads wait for a turn."""
        with self._lock:
            return len(self._resting)

    def add_task(self, task: Task) -> None:
        """Let a request be answered when it is its turn."""
        with self._lock:
            self._tasks.append(task)
            self._wake()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5.0) -> None:
        """End the threads.

        Args:
            cancel_pending: whether requests whose turn has not come are given up.
            timeout: seconds that those are given whose turn it is.
        """
        with self._lock:
            self._is_ending = True
            for each in self._resting:
                each.notify()
        end = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        with self._lock:
            while cancel_pending and self._tasks:
                self._tasks.popleft().cancel()

    def _work(self) -> None:
        woken, ended = threading.Condition(self._lock), None
        while turn := self._next(woken, ended):
            task, ended = turn
            try:
                task.service()
            except BaseException:
                logging.getLogger(__name__).exception("%r", task)

    def _next(self, woken: threading.Condition, ended: float | None) -> tuple[Task, float] | None:
        """End a thread's turn, known by when it began, and wait for the next: its task, and when that began; None where
        there will be none.
        """
        with self._lock:
            if ended is not None:
                self._begun.remove(ended)
            was_at_work = True
            while not self._is_ending:
                if self._tasks and self._to_wait() <= 0:
                    return self._take()
                self._rest(woken, was_at_work)
                was_at_work = False
            return None

    def _take(self) -> tuple[Task, float]:
        task, begun = self._tasks.popleft(), time.monotonic()
        self._begun.append(begun)
        self._wake()
        return task, begun

    def _to_wait(self) -> float:
        """Seconds until the youngest turn is a long one."""
        return max(self._begun) + self._patience - time.monotonic() if self._begun else 0.0

    def _wake(self) -> None:
        """Wake whoever is to see to the next task: to begin it, or, if it is nobody's turn yet, to watch for that."""
        if self._tasks and self._resting:
            if self._to_wait() <= 0:
                self._resting[-1].notify()
            elif not self._is_watched:
                self._resting[0].notify()

    def _rest(self, woken: threading.Condition, was_at_work: bool) -> None:
        """Wait to be woken; while a task waits, one of those at rest does so until the youngest turn is a long one."""
        watches = bool(self._tasks) and not self._is_watched
        self._is_watched |= watches
        self._resting.insert(len(self._resting) if was_at_work else 0, woken)
        woken.wait(self._to_wait() if watches else None)
        self._resting.remove(woken)
        self._is_watched &= not watches
