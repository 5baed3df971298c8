"""Values of a segment as they are looked at: topics, which repeat, and decoded arrays kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.signedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]

NO_ROWS: Numbers = np.empty(0, dtype=np.int64)

# Bytes of decoded postings and what was made of them that one segment keeps at most.
CACHE_BYTES = 128 << 20


@dataclass(frozen=True)
class ValueTable:
    """A column whose values repeat: the distinct values, original and folded, and the value number of each row."""

    originals: Sequence[tuple[str, ...]]
    folded: Sequence[tuple[str, ...]]
    numbers: np.ndarray

    def rows_containing(self, spellings: Sequence[str]) -> Numbers:
        """The rows of which a folded value contains any of ``spellings``."""
        values = self.where(lambda value: any(each in part for part in value for each in spellings), self.folded)
        return np.flatnonzero(values[self.numbers])

    def where(self, test: Callable[[Sequence[str]], bool], values: Sequence[tuple[str, ...]]) -> Mask:
        """Which of ``values`` (``originals`` or ``folded``) pass ``test``."""
        return np.fromiter(map(test, values), dtype=bool, count=len(values))


class ArrayCache:
    """Arrays by key, the least recently used let go of beyond ``CACHE_BYTES``. Safe for threads."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._arrays: OrderedDict[object, tuple[np.ndarray, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
        """What is kept under ``key``, made by ``make`` if nothing is."""
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return self._arrays[key]
        made = make()
        with self._lock:
            if key not in self._arrays:
                self._arrays[key] = made
                self._bytes += sum(array.nbytes for array in made)
            while self._bytes > self._limit and len(self._arrays) > 1:
                _, dropped = self._arrays.popitem(last=False)
                self._bytes -= sum(array.nbytes for array in dropped)
        return made
