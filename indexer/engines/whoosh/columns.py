"""Columns of a segment as they are looked at: values that repeat, byte strings, decoded arrays kept for a while."""

from __future__ import annotations

import mmap
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.signedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]

# Bytes of decoded postings and leaf rows that one segment keeps at most.
CACHE_BYTES = 64 << 20


@dataclass(frozen=True)
class ValueTable:
    """A column whose values repeat: the distinct values, original and folded, and the value number of each row."""

    originals: Sequence[tuple[str, ...]]
    folded: Sequence[tuple[str, ...]]
    numbers: Numbers

    def rows_containing(self, spellings: Sequence[str]) -> Rows:
        """The rows whose folded value contains any of ``spellings``."""
        return np.flatnonzero(self.values_containing(spellings)[self.numbers])

    def values_containing(self, spellings: Sequence[str]) -> Mask:
        """Which folded values contain any of ``spellings``: looked for in all distinct headings at once."""
        joined, starts, heading_numbers, value_numbers = self._headings
        headings = np.zeros(len(starts), dtype=bool)
        for spelling in spellings:
            headings[np.searchsorted(starts, list(_occurrences(joined, spelling)), side="right") - 1] = True
        wanted = np.zeros(len(self.folded), dtype=bool)
        wanted[value_numbers[headings[heading_numbers]]] = True
        return wanted

    def ending_in(self, names: Sequence[str]) -> NDArray[np.float64]:
        """For each folded value 1 where its last heading is one of ``names``."""
        wanted = frozenset(names)
        return np.array([float(value[-1:] != () and value[-1] in wanted) for value in self.folded], dtype=np.float64)

    @cached_property
    def lengths(self) -> Numbers:
        """Folded characters of each value."""
        return np.array([sum(map(len, value)) for value in self.folded], dtype=np.int64)

    @cached_property
    def _headings(self) -> tuple[str, Numbers, Numbers, Numbers]:
        """All distinct headings in one string, where each begins, and for each heading of each value both numbers."""
        distinct: dict[str, int] = {}
        heading_numbers = [distinct.setdefault(heading, len(distinct)) for value in self.folded for heading in value]
        starts = np.cumsum([0, *(len(heading) + 1 for heading in distinct)])[:-1]
        value_numbers = np.repeat(np.arange(len(self.folded)), list(map(len, self.folded)))
        joined = "".join(heading + _VALUE_END for heading in distinct)
        return joined, starts, np.array(heading_numbers, dtype=np.int64), value_numbers

    def rows_where(self, test: Callable[[Sequence[str]], bool], values: Sequence[tuple[str, ...]]) -> Rows:
        """The rows whose value in ``values`` (``originals`` or ``folded``) passes ``test``."""
        wanted = np.fromiter(map(test, values), dtype=bool, count=len(values))
        return np.flatnonzero(wanted[self.numbers])


# Parts values in ``ValueTable``; folding lets no lone surrogate pass, so that no text and no query holds it.
_VALUE_END = "\udfff"


def _occurrences(text: str, spelling: str) -> Iterator[int]:
    start = text.find(spelling)
    while start >= 0:
        yield start
        start = text.find(spelling, start + 1)


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


class BytesColumn:
    """A column of byte strings, memory-mapped: Whoosh's ``VarBytesColumn``, values first, then their lengths."""

    def __init__(self, data: mmap.mmap | bytes, lengths: np.ndarray) -> None:
        self.data = data
        self.lengths = lengths
        self.offsets = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))

    def __getitem__(self, row: int) -> bytes:
        return self.data[int(self.offsets[row]) : int(self.offsets[row + 1])]

    def holding(self, rows: Rows, needle: bytes) -> Rows:
        """Those of ``rows`` whose value contains ``needle``."""
        find, starts, ends = self.data.find, self.offsets[rows].tolist(), self.offsets[rows + 1].tolist()
        found = [find(needle, start, end) >= 0 for start, end in zip(starts, ends, strict=True)]
        kept: Rows = rows[np.array(found, dtype=bool)]
        return kept
