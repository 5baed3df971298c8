"""Posting lists in memory, as they are gathered, sorted and encoded by who writes a segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.engines.whoosh.segments.gaps import ESCAPES, packed, widths_of
from indexer.engines.whoosh.segments.posting import changes
from indexer.model.records import record

# Occurrences that are sorted or merged at a time; merging takes some 150 bytes for each.
_TOGETHER = 1 << 20
# What stands in a file of the posting lists of some terms, by the part of the name that comes after the field's.
EncodedPostings: TypeAlias = dict[str, np.ndarray | bytes]


@record
class Occurrences:
    """The posting lists of a field in memory.

    Attributes:
        terms: in order; numbers, or an object array of texts.
        sizes: occurrences of each.
        postings: those of the first term, then of the second, and so on; ascending in each.
    """

    terms: np.ndarray
    sizes: Numbers
    postings: Numbers

    @classmethod
    def gather(cls, keys: np.ndarray, postings: np.ndarray) -> Occurrences:
        """From a key and a posting for each occurrence, in any order; the keys are the terms."""
        bits = int(postings.max(initial=0)).bit_length()
        if int(keys.max(initial=0)).bit_length() + bits > 63:
            order = np.lexsort((postings, keys))
            return cls._of_sorted(keys[order], postings[order].astype(np.int64))
        both = keys.astype(np.int64)  # of one number each, and in place: there are tens of millions
        both <<= bits
        both |= postings
        both.sort()
        sorted_keys = both >> bits
        both &= (1 << bits) - 1
        return cls._of_sorted(sorted_keys, both)

    @classmethod
    def in_order(cls, keys: np.ndarray, postings: np.ndarray) -> Occurrences:
        """The same, where the postings of each key ascend as they come."""
        order = _stable_order(keys)
        return cls._of_sorted(keys.take(order), postings.take(order))

    @classmethod
    def _of_sorted(cls, keys: np.ndarray, postings: Numbers) -> Occurrences:
        firsts = changes(keys)
        return cls(keys[firsts], np.diff(firsts, append=len(keys)), postings)

    @classmethod
    def merge(cls, parts: Sequence[Occurrences]) -> Occurrences:
        """All of several together."""
        if len(parts) == 1:
            return parts[0]
        terms, numbers = np.unique(np.concatenate([part.terms for part in parts]), return_inverse=True)
        keys = np.repeat(numbers, np.concatenate([part.sizes for part in parts]))
        together = cls.gather(keys, np.concatenate([part.postings for part in parts]))
        return cls(terms[together.terms], together.sizes, together.postings)

    def encoded(self, span: int) -> EncodedPostings:
        """What stands in a file; all postings are below ``span``.

        Computed in place, as a segment has tens of millions of postings: ``postings`` is lost.
        """
        firsts = np.cumsum(self.sizes) - self.sizes
        gaps = self.postings
        heads = gaps[firsts]
        np.subtract(gaps[1:], gaps[:-1].copy(), out=gaps[1:])
        gaps[firsts] = heads
        widths = widths_of(self.sizes, span)
        gap_widths = np.repeat(widths, self.sizes)
        limits = np.repeat(ESCAPES[widths], self.sizes)
        found = np.flatnonzero(gaps >= limits)
        escapes = np.searchsorted(found, firsts + self.sizes) - np.searchsorted(found, firsts)
        large = gaps[found]
        gaps[found] = limits[found]
        data = packed(gaps, gap_widths)
        return self._encoded_terms() | {"sizes": self.sizes, "escapes": escapes, "large": large, "data": data}

    def _encoded_terms(self) -> EncodedPostings:
        if self.terms.dtype != object:
            return {"keys": self.terms}
        texts = [str(term).encode() for term in self.terms]
        return {"keys": b"".join(texts), "ends": np.cumsum([len(text) for text in texts], dtype=np.int64)}


def parted(sizes: np.ndarray, count: int) -> list[int]:
    """Numbers of ``count`` terms between which about ``_TOGETHER`` occurrences lie, the first and the last included."""
    ends = np.cumsum(sizes)
    wanted = np.arange(_TOGETHER, int(ends[-1]) if count else 0, _TOGETHER)
    return [0, *sorted(set((np.searchsorted(ends, wanted) + 1).tolist()) - {count}), count]


def in_portions(numbers: np.ndarray) -> Iterator[np.ndarray]:
    """Some numbers at a time: NumPy makes 64 bits of each before it counts them or looks them up."""
    return (numbers[start : start + _TOGETHER] for start in range(0, len(numbers), _TOGETHER))


def _stable_order(keys: np.ndarray) -> Numbers:
    """What sorts keys and leaves equal ones as they come: 16 bits at a time, which NumPy sorts without comparing."""
    order = _order_of_digits(keys)
    for shift in range(16, int(keys.max(initial=0)).bit_length(), 16):
        order = order[_order_of_digits(keys.take(order) >> shift)]
    return order


def _order_of_digits(keys: np.ndarray) -> Numbers:
    return keys.astype(np.uint16, copy=False).argsort(kind="stable")
