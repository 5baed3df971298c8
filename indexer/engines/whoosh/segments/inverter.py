"""Passages as tokens → posting lists, a whole segment at once, without a loop over characters."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers
from indexer.engines.whoosh.segments.postings import Occurrences
from indexer.engines.whoosh.segments.prepared import PreparedRows
from indexer.engines.whoosh.segments.value_tables import Numbering


class Inverter:
    """Gathers the tokens of rows that come in order.

    Attributes:
        characters: folded characters so far; what it holds in memory grows with them.
    """

    def __init__(self) -> None:
        self.characters = 0
        self._codes: list[np.ndarray] = [np.empty(0, dtype=np.uint32)]
        self._rows: list[Numbers] = [NO_ROWS]
        self._lengths: list[Numbers] = [NO_ROWS]
        self._word_numbers: Numbering[str] = Numbering()
        self._words: list[np.ndarray] = [np.empty(0, dtype=np.int32)]
        self._word_counts: list[Numbers] = [NO_ROWS]

    def add(self, first: int, rows: PreparedRows, codes: np.ndarray) -> None:
        """Append the tokens of rows that get the numbers from ``first``; ``codes`` are their folded code points."""
        numbers = map(self._word_numbers.__getitem__, rows.vocabulary)
        numbers_of = np.fromiter(numbers, dtype=np.int32, count=len(rows.vocabulary))
        self._rows.append(np.arange(first, first + len(rows)))
        self._lengths.append(rows.folded.lengths)
        self._codes.append(codes)
        self._words.append(numbers_of[rows.words])
        self._word_counts.append(rows.columns["words"])
        self.characters += len(codes)

    def occurrences(self, field: str, starts: Numbers) -> Occurrences:
        """The posting lists of a field; ``starts`` are the positions of all rows' first characters."""
        rows, lengths = np.concatenate(self._rows).astype(np.int32), np.concatenate(self._lengths)
        if field == layout.WORDS:
            return self._word_occurrences(rows)
        codes = np.concatenate(self._codes)
        if field == layout.CHARS:
            return Occurrences.in_order(codes, np.repeat(rows, lengths))
        narrow = np.int32 if starts[-1] <= np.iinfo(np.int32).max else np.int64
        positions = np.repeat((starts[rows] - (np.cumsum(lengths) - lengths)).astype(narrow), lengths)
        positions += np.arange(len(codes), dtype=narrow)
        return _pairs(codes, positions)

    def _word_occurrences(self, rows: np.ndarray) -> Occurrences:
        vocabulary = sorted(self._word_numbers)
        ranks = np.empty(len(vocabulary), dtype=np.int32)
        ranks[[self._word_numbers[word] for word in vocabulary]] = np.arange(len(vocabulary))
        found = Occurrences.in_order(
            ranks[np.concatenate(self._words)], np.repeat(rows, np.concatenate(self._word_counts))
        )
        return Occurrences(np.array(vocabulary, dtype=object)[found.terms], found.sizes, found.postings)


def _pairs(codes: np.ndarray, positions: np.ndarray) -> Occurrences:
    """Adjacent characters of one row, which have adjacent positions."""
    distinct, numbers = _compact(codes)
    adjacent = positions[1:] - positions[:-1] == 1
    firsts, seconds = numbers[:-1][adjacent], numbers[1:][adjacent]
    keys = firsts.astype(np.uint32 if len(distinct) < 1 << 16 else np.int64)
    keys *= len(distinct)
    keys += seconds.astype(keys.dtype)
    found = Occurrences.in_order(keys, positions[:-1][adjacent])
    first, second = np.divmod(found.terms.astype(np.int64), max(1, len(distinct)))
    terms = layout.pair_key(1, 0) * distinct[first] + distinct[second]
    return Occurrences(terms, found.sizes, found.postings)


def _compact(codes: np.ndarray) -> tuple[Numbers, np.ndarray]:
    """The distinct code points in order, and for each character the number of its own among them."""
    present = np.zeros(0x110000, dtype=bool)
    present[codes] = True
    return np.flatnonzero(present), (np.cumsum(present, dtype=np.int32) - 1)[codes]
