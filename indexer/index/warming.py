"""Keeping an index warm: what the first questions to a commit would wait for is derived in a thread, not in theirs.

Answers are never older for it: a question that comes before the thread is through derives what it needs itself.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

from indexer.errors import XunzhangError


class Warming:
    """A context in which each commit is warmed as it comes; when it ends, so has the thread.

    Args:
        generation: identifies the last commit.
        steps: warms it, step by step.
        between: seconds between two looks for a commit.
        then: called in the thread when a commit that came since the context began is warm.
    """

    def __init__(
        self,
        generation: Callable[[], str],
        steps: Callable[[], Iterator[None]],
        between: float,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        self._generation, self._steps, self._between, self._then = generation, steps, between, then
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warming", daemon=True)
        self._warmed = ""

    def __enter__(self) -> Warming:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the step it is at."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._look()
            self._stop.wait(self._between)

    def _look(self) -> None:
        """Warm a new commit; what goes wrong is told to those who ask, and tried again with the next commit."""
        try:
            generation = self._generation()
            if generation != self._warmed:
                before, self._warmed = self._warmed, generation
                self._warm()
                if before:
                    self._then()
        except XunzhangError:
            pass
        except Exception:
            logging.getLogger(__name__).exception("warming an index")

    def _warm(self) -> None:
        for _ in self._steps():
            if self._stop.is_set():
                break
