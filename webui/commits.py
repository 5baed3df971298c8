"""What costs too much for every request and changes only when the index does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import indexer

T = TypeVar("T")


class PerCommit(Generic[T]):
    """A value made from an index at first need, and again after each commit."""

    def __init__(self, index: indexer.Index, make: Callable[[indexer.Index], T]) -> None:
        self._index = index
        self._make = make
        self._held: tuple[str, T] | None = None

    def get(self) -> T:
        """The value for the index as it is now."""
        generation, held = self._index.generation, self._held
        if held is None or held[0] != generation:
            held = self._held = generation, self._make(self._index)
        return held[1]
