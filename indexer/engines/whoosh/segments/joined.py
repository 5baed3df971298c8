"""Many short texts searched at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Mask

# Parts the texts; folding lets no lone surrogate pass, so that no text and no query holds it.
_END = "\udfff"


class JoinedTexts:
    """Folded texts in one string, so that looking into all of them is one search."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._joined = "".join(text + _END for text in texts)
        self._starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]

    def containing(self, spellings: Sequence[str]) -> Mask:
        """Which texts contain any of ``spellings``."""
        found = np.zeros(self._size, dtype=bool)
        for spelling in spellings:
            if places := list(_occurrences(self._joined, spelling)):
                found[np.searchsorted(self._starts, places, side="right") - 1] = True
        return found


def _occurrences(text: str, spelling: str) -> Iterator[int]:
    start = text.find(spelling)
    while start >= 0:
        yield start
        start = text.find(spelling, start + 1)
