"""Decoded arrays, kept as long as the budget of an open index allows; and the types of arrays."""

from __future__ import annotations

import mmap
import sys
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import DEFAULT_CACHE_BYTES

# Of rows, positions, members: of four bytes where they are kept and these hold all of them, else of eight.
Numbers: TypeAlias = NDArray[np.signedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]
Weights: TypeAlias = NDArray[np.float64]

NO_ROWS: Numbers = np.empty(0, dtype=np.int64)

# What Python needs around the arrays of one entry: key, tuple, the objects of the arrays.
_ENTRY_BYTES = 500
# Bytes from which on an array that is kept has memory of its own.
_LARGE = 1 << 16
# Numbers up to this one are kept as four bytes: half of what these hold, so that what is added to one fits too.
_FOUR_BYTES = 1 << 30


def type_up_to(most: int) -> type[np.signedinteger[Any]]:
    """The type that numbers up to ``most`` are kept in. Where two types meet, one is converted whole."""
    return np.int32 if most <= _FOUR_BYTES else np.int64


def as_signed(numbers: np.ndarray, most: int) -> Numbers:
    """Unsigned numbers of a file, up to ``most``, in the type they are kept in; those of four bytes are not copied."""
    kind = type_up_to(most)
    return numbers.view("<i4") if numbers.dtype == "<u4" and kind is np.int32 else numbers.astype(kind)


def as_index(numbers: Numbers) -> Numbers:
    """The same in the type of indexes: of any other, marking many takes NumPy three to five times as long."""
    return numbers.astype(np.intp, copy=False)


def mark(mask: Mask, numbers: Numbers) -> Mask:
    """Mark some numbers in a mask, which is given back."""
    mask[as_index(numbers)] = True
    return mask


def concatenated(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Parts, one after the other, those without any aside, whose type is no matter; of no parts no numbers."""
    kept = [part for part in parts if len(part)] or [*parts, NO_ROWS][:1]
    return np.concatenate(kept) if len(kept) > 1 else kept[0]


def numbers_between(begins: Numbers, ends: Numbers) -> Numbers:
    """The numbers from each begin to before its end, one range after the other."""
    widths = ends - begins
    ends_of_each = widths.cumsum()
    found: Numbers = (begins - ends_of_each + widths).repeat(widths)
    found += np.arange(len(found))
    return found


def in_order(parts: Sequence[Numbers]) -> Numbers:
    """Lists of numbers that are in order but for few places, as one ascending list."""
    return parts[0] if len(parts) == 1 else np.sort(concatenated(parts), kind="stable")


def nth_largest(values: np.ndarray, wanted: int) -> float:
    """The ``wanted``-th largest of ``values``, counted from 1; there are more of them."""
    return float(np.partition(values, len(values) - wanted)[len(values) - wanted])


class ArrayCache:
    """Arrays by key, made when first asked for and kept as long as the budget allows. Safe for threads.

    Args:
        budget: what it shares with other caches; by default one of its own.
    """

    def __init__(self, budget: CacheBudget | None = None) -> None:
        self._budget = budget or CacheBudget()
        self._owner = object()
        weakref.finalize(self, self._budget.disown, self._owner)

    def get(self, key: object, make: Callable[[], tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
        """What is kept under ``key``, made by ``make`` if nothing is."""
        return self._budget.get((self._owner, key), make)

    @property
    def budget(self) -> CacheBudget:
        """What it shares with other caches."""
        return self._budget

    def kept_all(self, keys: Iterable[object]) -> list[tuple[np.ndarray, ...] | None]:
        """What is kept under each of some keys; None if nothing is."""
        owner = self._owner
        return self._budget.kept_all([(owner, key) for key in keys])


class CacheBudget:
    """What the caches of one open index keep together: beyond ``limit`` bytes the least recently used is let go of.

    Counted are the arrays and ``_ENTRY_BYTES`` for each entry.
    """

    def __init__(self, limit: int = DEFAULT_CACHE_BYTES) -> None:
        self.limit = limit
        self._bytes = 0
        self._arrays: OrderedDict[tuple[object, object], tuple[np.ndarray, ...]] = OrderedDict()
        self._disowned: deque[object] = deque()
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """What is kept now."""
        return self._bytes

    def get(self, key: tuple[object, object], make: Callable[[], tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
        """What is kept under an owner and a key of its own, made by ``make`` if nothing is."""
        kept = self.kept(key)
        if kept is not None:
            return kept
        made = tuple(map(_apart, make()))
        with self._lock:
            if key not in self._arrays:
                self._arrays[key] = made
                self._bytes += _size(made)
            self._forget_the_disowned()
            while self._bytes > self.limit:
                self._bytes -= _size(self._arrays.popitem(last=False)[1])
        return made

    def kept(self, key: tuple[object, object]) -> tuple[np.ndarray, ...] | None:
        """What is kept under an owner and a key of its own; None if nothing is."""
        with self._lock:
            kept = self._arrays.get(key)
            if kept is not None:
                self._arrays.move_to_end(key)
            return kept

    def kept_all(self, keys: Sequence[tuple[object, object]]) -> list[tuple[np.ndarray, ...] | None]:
        """The same of several."""
        with self._lock:
            found = list(map(self._arrays.get, keys))
            for key, each in zip(keys, found, strict=True):
                if each is not None:
                    self._arrays.move_to_end(key)
            return found

    def disown(self, owner: object) -> None:
        """Let go of what belongs to an owner that is gone, at the next ``get``: this may be called at any moment, even
        while another entry is being made.
        """
        self._disowned.append(owner)

    def _forget_the_disowned(self) -> None:
        while self._disowned:
            gone = self._disowned.popleft()
            for key in [key for key in self._arrays if key[0] is gone]:
                self._bytes -= _size(self._arrays.pop(key))


def _apart(array: np.ndarray) -> np.ndarray:
    """The same, if it is large in memory that the system gets back as soon as it is let go of: in the heap what stays
    lies among what an answer needs for a moment, and leaves gaps there when it goes.
    """
    if array.nbytes < _LARGE:
        return array
    own = np.ndarray(array.shape, array.dtype, _system_memory(array.nbytes))
    own[...] = array
    return own


def _system_memory(size: int) -> mmap.mmap:
    if sys.platform == "win32":
        return mmap.mmap(-1, size)
    populate: int = getattr(mmap, "MAP_POPULATE", 0)  # all pages at once, in half the time that one by one takes
    return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | populate)


def _size(arrays: tuple[np.ndarray, ...]) -> int:
    return _ENTRY_BYTES + sum(array.nbytes for array in arrays)
