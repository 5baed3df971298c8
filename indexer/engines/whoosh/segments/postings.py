"""Posting lists on the disk: for each term where it occurs, ascending, coded as differences of few bytes.

A posting is a row, once for each occurrence in it, or a position among all characters of a segment. The differences of
a term take 1, 2 or 3 bytes each (4 in a segment of more than 2²⁴ positions), by how often it occurs. With 1 or 2 bytes
the greatest number means that the difference stands in a list of escapes.

    {field}.keys      the terms in order: numbers, or UTF-8 texts end to end with ``{field}.ends``
    {field}.sizes     occurrences of each term
    {field}.escapes   escaped differences of each term
    {field}.data      the differences of one term after those of the other
    {field}.large     the escaped differences
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers, type_up_to
from indexer.engines.whoosh.segments.array_file import ArrayFile
from indexer.engines.whoosh.segments.gaps import ESCAPE, Runs, summed, unpacked, unpacked_alike, widths_of
from indexer.engines.whoosh.segments.occurrences import Occurrences
from indexer.engines.whoosh.segments.skips import Skips

# Terms of which it is kept where they stand.
_KEPT = 10_000
# Stands for the number of a term of which it is not.
_UNKNOWN = -1
# Lists of so many occurrences have skip data; those of so many are never kept decoded.
_SKIPPED, LONG = 1 << 13, 1 << 16
# Looking for something in so few places as one in so many occurrences, not all of a list is decoded: of those that are
# not kept, and of others, which are asked for again at other levels.
_NEAR_LONG, _NEAR = 8, 64


class PostingField:
    """The posting lists of a field on the disk.

    Args:
        file: where they stand.
        field: the name they were written under.
        span: the number that all postings are below.
    """

    def __init__(self, file: ArrayFile, field: str, span: int) -> None:
        self._file, self._field, self._span = file, field, span
        self._type = type_up_to(span)
        self._known: dict[str | int, int | None] = {}

    def warm(self) -> Iterator[None]:
        """Find the lists and look through them, some of them after the other."""
        self.number_of("" if self._is_text else 0)
        for name in ("_starts", "_first_escapes"):
            getattr(self, name)
        for name in ("data", "large"):
            yield from self._file.look_through(f"{self._field}.{name}")

    def postings(self, term: str | int) -> Numbers:
        """Where a term occurs, ascending; empty where it does not."""
        number = self.number_of(term)
        return np.empty(0, dtype=self._type) if number is None else self.of_number(number)

    def size(self, term: str | int) -> int:
        """How often a term occurs."""
        number = self.number_of(term)
        return 0 if number is None else int(self._sizes[number])

    def terms(self) -> Iterator[str]:
        """All terms of a field of texts, in order."""
        return iter(self._texts)

    def counted(self) -> Iterator[tuple[str, int]]:
        """All terms of a field of texts, in order, and how often each occurs."""
        return zip(self._texts, self._sizes.tolist(), strict=True)

    def most_frequent(self, count: int) -> list[tuple[str, int]]:
        """So many terms of a field of texts that occur most often, the most frequent first, and how often each does."""
        numbers = np.argsort(-self._sizes, kind="stable")[:count].tolist()
        return [(self._texts[number], int(self._sizes[number])) for number in numbers]

    def everything(self) -> Occurrences:
        """All lists decoded."""
        return Occurrences(self.all_terms(), self._sizes, self.of_numbers(0, len(self._sizes)))

    def all_terms(self) -> np.ndarray:
        """All terms as ``Occurrences`` has them."""
        return np.array(list(self.terms()), dtype=object) if self._is_text else self.keys.astype(np.int64)

    @property
    def sizes(self) -> Numbers:
        """Occurrences of each term."""
        return self._sizes

    def of_numbers(self, first: int, end: int) -> Numbers:
        """The postings of the terms numbered from ``first`` to before ``end``, one list after the other."""
        sizes, widths = self._sizes[first:end], self._width_of[first:end]
        if not len(sizes):
            return NO_ROWS
        start, stop = int(self._starts[first]), int(self._starts[end - 1] + sizes[-1] * widths[-1])
        gap_widths = np.repeat(widths, sizes)
        gaps = unpacked(self._part("data", start, stop), gap_widths)
        escaped = ((gap_widths == 1) & (gaps == ESCAPE[1])) | ((gap_widths == 2) & (gaps == ESCAPE[2]))
        escapes_from, escapes_to = (
            int(self._first_escapes[first]),
            int(self._first_escapes[end - 1] + int(self._escapes[end - 1])),
        )
        gaps[escaped] = self._part("large", escapes_from, escapes_to)
        sums = np.cumsum(gaps)
        firsts = np.cumsum(sizes) - sizes
        before = np.concatenate(([0], sums))[firsts]
        postings: Numbers = sums - np.repeat(before, sizes)
        return postings

    @cached_property
    def keys(self) -> np.ndarray:
        """All terms of a field of numbers, in order."""
        return self._file[f"{self._field}.keys"]

    @cached_property
    def _most(self) -> int:
        """The greatest number that the type of ``keys`` holds."""
        return int(np.iinfo(self.keys.dtype).max)

    def number_from(self, term: int) -> int:
        """The number of the first term, of a field of numbers, that is not below ``term``."""
        keys = self.keys
        return len(keys) if term > self._most else int(keys.searchsorted(keys.dtype.type(term)))

    def of_number(self, number: int) -> Numbers:
        """The postings of the term at ``number``."""
        return summed(*self._coded(number), self._type)

    def has_skips(self, number: int) -> bool:
        """Whether there is skip data of a list: short ones are decoded whole as fast."""
        return bool(self._sizes[number] >= _SKIPPED and self._width_of[number] == 1)

    def is_long(self, number: int) -> bool:
        """Whether a list is never kept decoded."""
        return bool(self._sizes[number] >= LONG and self._width_of[number] == 1)

    def pays_to_skip(self, number: int, sought: int) -> bool:
        """Whether not all of a list is decoded to look for something in so many places."""
        if not self.has_skips(number):
            return False
        return bool(sought * (_NEAR_LONG if self.is_long(number) else _NEAR) <= self._sizes[number])

    def with_skips(self) -> list[int]:
        """The terms that have, by their numbers."""
        return list(filter(self.has_skips, np.flatnonzero(self._sizes >= _SKIPPED).tolist()))

    def skips(self, number: int) -> Skips:
        """The skip data of the term at ``number``."""
        gaps, escaped, large = self._coded(number)
        return Skips(Runs(gaps, escaped, large).heads(self._type), escaped.astype(np.int32))

    def near(self, number: int, skips: Skips, begins: np.ndarray, ends: np.ndarray) -> Numbers:
        """Those postings of the term at ``number`` that are from some begins to before their ends, in order, and others
        around them.
        """
        return skips.decoded(skips.runs_of(begins, ends), self._gaps(number), self._large_gaps(number))

    def _coded(self, number: int) -> tuple[np.ndarray, Numbers, np.ndarray]:
        """The differences of the term at ``number`` as they are stored, the places of the escaped ones, and these."""
        gaps = self._gaps(number)
        if not int(self._escapes[number]):
            return gaps, NO_ROWS, NO_ROWS
        return gaps, np.flatnonzero(gaps == ESCAPE[gaps.itemsize]), self._large_gaps(number)

    def _gaps(self, number: int) -> np.ndarray:
        """Its differences as they are stored."""
        start, size, width = int(self._starts[number]), int(self._sizes[number]), int(self._width_of[number])
        return unpacked_alike(self._part("data", start, start + size * width), width)

    def _large_gaps(self, number: int) -> np.ndarray:
        first = int(self._first_escapes[number])
        return self._part("large", first, first + int(self._escapes[number]))

    def _part(self, name: str, start: int, end: int) -> np.ndarray:
        return self._file.part(f"{self._field}.{name}", start, end)

    def number_of(self, term: str | int) -> int | None:
        """Where a term stands among all; None where it does not."""
        number = self._known.get(term, _UNKNOWN)
        if number != _UNKNOWN:
            return number
        if len(self._known) >= _KEPT:
            self._known.clear()  # in whatever thread
        found = self._known[term] = self._find(term)
        return found

    def _find(self, term: str | int) -> int | None:
        if isinstance(term, str):
            at = bisect_left(self._texts, term)
            return at if at < len(self._texts) and self._texts[at] == term else None
        keys = self.keys
        if term > self._most:
            return None
        at = int(keys.searchsorted(keys.dtype.type(term)))  # a number of another type would convert all keys
        return at if at < len(keys) and keys[at] == term else None

    @cached_property
    def _is_text(self) -> bool:
        return f"{self._field}.ends" in self._file

    @cached_property
    def _texts(self) -> _Texts:
        return _Texts(self._file[f"{self._field}.keys"].tobytes(), self._file[f"{self._field}.ends"])

    @cached_property
    def _sizes(self) -> Numbers:
        sizes: Numbers = np.asarray(self._file[f"{self._field}.sizes"], dtype=np.int64)
        return sizes

    @cached_property
    def _width_of(self) -> np.ndarray:
        return widths_of(self._sizes, self._span)

    @cached_property
    def _starts(self) -> Numbers:
        taken = self._sizes * self._width_of
        starts: Numbers = np.cumsum(taken) - taken
        return starts

    @cached_property
    def _escapes(self) -> np.ndarray:
        return self._file[f"{self._field}.escapes"]

    @cached_property
    def _first_escapes(self) -> Numbers:
        escapes = self._escapes.astype(np.int64)
        return np.cumsum(escapes) - escapes


class _Texts(Sequence[str]):
    """Texts end to end as a sequence."""

    def __init__(self, data: bytes, ends: np.ndarray) -> None:
        self._data, self._ends = data, ends

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        """All of them, decoded at once: a code point begins at each byte that continues none."""
        continues = (np.frombuffer(self._data, dtype=np.uint8) & 0xC0) == 0x80
        ends = (self._ends.astype(np.int64) - np.concatenate(([0], np.cumsum(continues)))[self._ends]).tolist()
        text = self._data.decode()
        return (text[start:end] for start, end in zip([0, *ends], ends, strict=False))

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # slices are not needed
        return self._data[int(self._ends[at - 1]) if at else 0 : int(self._ends[at])].decode()
