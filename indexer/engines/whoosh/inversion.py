"""Passages as tokens → posting lists, a whole segment at once, without a loop over characters."""

from __future__ import annotations

from array import array

import numpy as np

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Numbers
from indexer.engines.whoosh.postings import Occurrences
from indexer.model import AnalyzedPassage


class _Numbers(dict[str, int]):
    """Numbers words as they are first asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Inverter:
    """Gathers the tokens of rows that come in order.

    Attributes:
        characters: folded characters so far; what it holds in memory grows with them.
    """

    def __init__(self) -> None:
        self.characters = 0
        self._texts: list[str] = []
        self._rows = array("q")
        self._word_numbers = _Numbers()
        self._words = array("q")
        self._word_counts = array("q")

    def add(self, row: int, tokens: AnalyzedPassage) -> None:
        """Append the tokens of a row."""
        self._rows.append(row)
        self._texts.append(tokens.chars)
        self._word_counts.append(len(tokens.words))
        self._words.extend(map(self._word_numbers.__getitem__, tokens.words))
        self.characters += len(tokens.chars)

    def occurrences(self, starts: Numbers) -> dict[str, Occurrences]:
        """The posting lists of all fields; ``starts`` are the positions of all rows' first characters."""
        rows = np.array(self._rows, dtype=np.int64)
        lengths = np.fromiter(map(len, self._texts), dtype=np.int64, count=len(self._texts))
        codes = np.frombuffer("".join(self._texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        char_rows = np.repeat(rows, lengths)
        positions = np.arange(len(codes)) + np.repeat(starts[rows] - (np.cumsum(lengths) - lengths), lengths)
        return {
            layout.CHARS: Occurrences.gather(codes.astype(np.int64), char_rows),
            layout.PAIRS: _pairs(codes, positions),
            layout.WORDS: self._word_occurrences(rows),
        }

    def _word_occurrences(self, rows: Numbers) -> Occurrences:
        vocabulary = sorted(self._word_numbers)
        ranks = np.empty(len(vocabulary), dtype=np.int64)
        ranks[[self._word_numbers[word] for word in vocabulary]] = np.arange(len(vocabulary))
        found = Occurrences.gather(
            ranks[np.array(self._words, dtype=np.int64)],
            np.repeat(rows, np.array(self._word_counts, dtype=np.int64)),
        )
        return Occurrences(np.array(vocabulary, dtype=object)[found.terms], found.sizes, found.places)


def _pairs(codes: np.ndarray, positions: Numbers) -> Occurrences:
    """Adjacent characters of one row, which have adjacent positions."""
    distinct, numbers = _compact(codes)
    adjacent = np.diff(positions) == 1
    keys = (numbers[:-1] * len(distinct) + numbers[1:])[adjacent]
    found = Occurrences.gather(keys, positions[:-1][adjacent])
    first, second = np.divmod(found.terms, max(1, len(distinct)))
    terms = layout.pair_key(1, 0) * distinct[first] + distinct[second]
    return Occurrences(terms, found.sizes, found.places)


def _compact(codes: np.ndarray) -> tuple[Numbers, Numbers]:
    """The distinct code points in order, and for each character the number of its own among them."""
    present = np.zeros(0x110000, dtype=bool)
    present[codes] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[codes]
