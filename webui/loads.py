"""How many requests each of several processes is at, for all of them to see: the freest is to take the next visitor."""

from __future__ import annotations

import mmap
import threading


class Load:
    """What one process tells the others, and sees of them.

    Args:
        table: a byte for each, shared by all.
        place: which of them is its own.
    """

    def __init__(self, table: mmap.mmap, place: int) -> None:
        self._table = table
        self._place = place
        self._requests = 0
        self._counting = threading.Lock()

    def add(self, requests: int) -> None:
        """Say of how many requests more, or fewer, there are answers to be made; more than 255 are told as so many."""
        with self._counting:
            self._requests += requests
            self._table[self._place] = min(self._requests, 255)

    def is_least(self) -> bool:
        """Say whether no other process has fewer."""
        return self._table[self._place] == min(self._table[:])


def loads_of(processes: int) -> list[Load]:
    """Make what each of some processes is given before they part."""
    table = mmap.mmap(-1, processes)
    return [Load(table, place) for place in range(processes)]
