"""The preorder of the nodes of trees: what lies below a node follows it at once, siblings as they are numbered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.model.records import record


@record
class Preorder:
    """Where nodes stand in preorder.

    Attributes:
        places: of each node.
        sizes: how many nodes lie below each, itself included.
    """

    places: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, parents: np.ndarray) -> Preorder:
        """Of trees: ``parents`` has the node above each, of a root itself."""
        levels = levels_of(parents)
        sizes = np.ones(len(parents), dtype=np.int32)
        for level in reversed(levels):
            np.add.at(sizes, parents[level], sizes[level])
        return cls(_places(parents, sizes, levels), sizes)


def levels_of(parents: np.ndarray) -> Sequence[np.ndarray]:
    """The nodes that lie below one other, below two, and so on."""
    levels: list[np.ndarray] = []
    reached = parents == np.arange(len(parents), dtype=parents.dtype)
    while not reached.all():
        level = np.flatnonzero(~reached & reached[parents])
        if not len(level):
            raise ValueError("sections without a root")
        levels.append(level.astype(np.int32))
        reached[level] = True
    return levels


def _places(parents: np.ndarray, sizes: np.ndarray, levels: Sequence[np.ndarray]) -> Numbers:
    roots = np.flatnonzero(parents == np.arange(len(parents), dtype=parents.dtype))
    places = np.zeros(len(parents), dtype=np.int32)
    places[roots] = _before(sizes[roots])
    for level in levels:
        siblings = level[np.argsort(parents[level], kind="stable")]
        above, own = parents[siblings], sizes[siblings]
        before = _before(own)
        firsts = np.flatnonzero(np.diff(above, prepend=np.int32(-1)))
        before -= np.repeat(before[firsts], np.diff(firsts, append=len(above)))
        places[siblings] = places[above] + 1 + before
    return places


def _before(sizes: np.ndarray) -> Numbers:
    """The sum of the sizes before each."""
    before: Numbers = np.cumsum(sizes) - sizes
    return before
