"""The list that an answer is a page of, where hits that belong together are one entry of it: as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers


@dataclass(frozen=True, slots=True)
class Entries:
    """Hits, by their place in the order of all, put together by a key.

    Attributes:
        starts: where the members of each entry begin in ``members``, and where the last one's end; entries in the order
            of their first members.
        members: the places of hits, entry by entry, those of one entry in order.
    """

    starts: Numbers
    members: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, entry: int) -> Numbers:
        return self.members[self.starts[entry] : self.starts[entry + 1]]

    @property
    def firsts(self) -> Numbers:
        """The first member of each."""
        return self.members[self.starts[:-1]]


def put_together(places: Numbers, keys: Sequence[np.ndarray]) -> Entries:
    """The hits at some places of the order, put together by ``keys``, one value of each key for every place."""
    if not len(places):
        return Entries(np.zeros(1, dtype=np.int64), places)
    together = np.lexsort((np.arange(len(places)), *keys))
    changes = np.zeros(len(places), dtype=bool)
    changes[0] = True
    for key in keys:
        changes[1:] |= key[together][1:] != key[together][:-1]
    entry_of = np.empty(len(places), dtype=np.int64)
    entry_of[together] = np.cumsum(changes) - 1
    firsts = together[changes]  # the first of each entry, since equal keys stay in order
    ranks = np.empty(len(firsts), dtype=np.int64)
    ranks[np.argsort(firsts)] = np.arange(len(firsts))
    entry_of = ranks[entry_of]
    order = np.argsort(entry_of, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(entry_of))))
    return Entries(starts, places[order])
