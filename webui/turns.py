"""Whose turn it is to compute: Python's lock lets one thread go on at a time, and passing it to and fro costs both.

Four threads that search at once take a third more processor time for each answer than one after the other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Seconds after which a turn is so long that nobody is to wait for its end: the next begins beside it.
PATIENCE = 0.05


class Turns:
    """Lets one after the other go on, and past those who take long.

    Args:
        patience: seconds that a turn may take before the next begins beside it.

    Attributes:
        waiting: how many wait for a turn.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._begun: list[float] = []
        self._left = threading.Condition()
        self.waiting = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and take it."""
        begun = self._begin()
        try:
            yield
        finally:
            with self._left:
                self._begun.remove(begun)
                self._left.notify()

    def _begin(self) -> float:
        with self._left:
            self.waiting += 1
            while (seconds := self._to_wait()) > 0:
                self._left.wait(seconds)
            self.waiting -= 1
            self._begun.append(begun := time.monotonic())
        return begun

    def _to_wait(self) -> float:
        """Seconds until the youngest turn is a long one."""
        return max(self._begun) + self._patience - time.monotonic() if self._begun else 0.0


def by_turns(application: WSGIApplication, turns: Turns) -> WSGIApplication:
    """Let an application answer by turns; what it gives bit by bit is waited for, and sent, outside of them."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with turns.turn():
            return application(environ, start_response)

    return answer
