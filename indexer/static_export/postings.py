"""Pairs, characters and words of the rows → sorted terms with their postings as bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.static_export.columns import Rows
from indexer.static_export.shards import Numbers, varints

Entries = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class _Groups:
    """Positions by term: those of term ``at`` are ``positions[bounds[at]:bounds[at + 1]]``, in order."""

    terms: Sequence[str]
    positions: Numbers
    bounds: Numbers

    def by_term(self) -> dict[str, Numbers]:
        return {
            term: self.positions[start:end]
            for term, start, end in zip(self.terms, self.bounds[:-1], self.bounds[1:], strict=True)
        }


class Postings:
    """The postings of all terms of the rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._starts = rows.starts
        self._alphabet, self._ids = np.unique(rows.code_points, return_inverse=True)
        self._characters = self._grouped_characters()
        self._pairs = self._grouped_pairs()

    def pairs(self) -> Entries:
        """Pair → the gaps between its positions, the first counted from 0."""
        groups = self._pairs
        gaps = np.diff(groups.positions, prepend=0)
        heads = groups.bounds[:-1]
        gaps[heads] = groups.positions[heads]
        yield from _parted(groups.terms, gaps, groups.bounds)

    def characters(self) -> Entries:
        """Character → for each row twice the gap to it, one more if it stands there several times; then how often."""
        groups = self._characters
        rows = np.searchsorted(self._starts, groups.positions, side="right") - 1
        owner = np.repeat(np.arange(len(groups.terms)), np.diff(groups.bounds))
        first = np.ones(len(rows), dtype=bool)
        first[1:] = (owner[1:] != owner[:-1]) | (rows[1:] != rows[:-1])
        begins = np.flatnonzero(first)
        counts = np.diff(np.append(begins, len(rows)))
        rows, owner = rows[begins], owner[begins]
        gaps = np.diff(rows, prepend=0)
        heads = np.flatnonzero(np.diff(owner, prepend=-1))
        gaps[heads] = rows[heads]
        several = counts > 1
        sizes = 1 + several.astype(np.int64)
        ends = np.cumsum(sizes)
        values = np.empty(int(sizes.sum()), dtype=np.int64)
        values[ends - sizes] = gaps * 2 + several
        values[(ends - 1)[several]] = counts[several]
        bounds = np.append((ends - sizes)[heads], len(values))
        yield from _parted(groups.terms, values, bounds)

    def words(self) -> Entries:
        """Word → lengths of runs over the occurrences of its characters: so many are that word, so many are not, and
        so on; the last run that is not is left out, as is a single one that is all.
        """
        pairs, characters = self._pairs.by_term(), self._characters.by_term()
        for word, begins in sorted(self._rows.word_positions().items()):
            standing = characters[word] if len(word) == 1 else _occurrences(pairs, word)
            is_word = np.zeros(len(standing), dtype=bool)
            is_word[np.searchsorted(standing, begins)] = True
            yield word, b"" if is_word.all() else _runs(is_word)

    def _grouped_characters(self) -> _Groups:
        order = np.argsort(self._ids, kind="stable")
        bounds = np.searchsorted(self._ids[order], np.arange(len(self._alphabet) + 1))
        return _Groups([chr(code) for code in self._alphabet.tolist()], order, bounds)

    def _grouped_pairs(self) -> _Groups:
        size = len(self._alphabet)
        last = np.zeros(len(self._ids), dtype=bool)
        last[self._starts[1:][np.diff(self._starts) > 0] - 1] = True
        positions = np.flatnonzero(~last)
        keys = self._ids[positions] * size + self._ids[positions + 1]
        order = np.argsort(keys, kind="stable")
        known, bounds = np.unique(keys[order], return_index=True)
        terms = (
            [
                chr(one) + chr(other)
                for one, other in zip(
                    self._alphabet[known // size].tolist(), self._alphabet[known % size].tolist(), strict=True
                )
            ]
            if size
            else []
        )
        return _Groups(terms, positions[order], np.append(bounds, len(keys)))


def _occurrences(pairs: dict[str, Numbers], word: str) -> Numbers:
    """Where the characters of a word stand next to each other, from those of its pairs that are rarest on."""
    lists = sorted(((pairs[word[at : at + 2]], at) for at in range(len(word) - 1)), key=lambda item: len(item[0]))
    begins = lists[0][0] - lists[0][1]
    for positions, at in lists[1:]:
        begins = begins[np.isin(begins + at, positions, assume_unique=True)]
    return begins


def _runs(flags: np.ndarray) -> bytes:
    changes = np.flatnonzero(np.diff(flags.astype(np.int8))) + 1
    lengths = np.diff(np.concatenate(([0], changes, [len(flags)])))
    if not flags[0]:
        lengths = np.concatenate(([0], lengths))
    return varints(lengths if len(lengths) % 2 else lengths[:-1])[0]


def _parted(terms: Sequence[str], values: Numbers, bounds: Numbers) -> Entries:
    """The values of each term as bytes."""
    raw, ends = varints(values)
    offsets = np.concatenate(([0], ends))[bounds].tolist()
    for at, term in enumerate(terms):
        yield term, raw[offsets[at] : offsets[at + 1]]
