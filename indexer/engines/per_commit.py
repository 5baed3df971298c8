"""What costs too much for every request and changes only when an index does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Committed(Protocol):
    """What changes by commits: an engine, or an index around one."""

    @property
    def generation(self) -> str:
        """Identifies the last commit among those of all indexes."""


class PerCommit(Generic[T]):
    """A value that is made at first need, kept, and made anew after each commit.

    Threads that ask at once wait for the one that makes it. If ``make`` raises, so does the call, nothing is kept, and
    the next call makes it again. ``make`` must not ask for the value it makes.
    """

    def __init__(self, source: Committed, make: Callable[[], T]) -> None:
        self._source = source
        self._make = make
        self._making = threading.Lock()
        self._kept: tuple[str, T] | None = None

    def __call__(self) -> T:
        """The value for the commit that ``source`` is at."""
        with self._making:
            # Asked before: what a commit interrupts goes by the name of the one before it, and is made again.
            generation = self._source.generation
            if self._kept is None or self._kept[0] != generation:
                self._kept = None  # the old one is let go of first, both together may be large
                self._kept = generation, self._make()
            return self._kept[1]
