"""Where terms stand in one segment: its rows and positions, from posting lists that are decoded, whole or in parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers, in_order
from indexer.engines.whoosh.segments.frequencies import Frequencies
from indexer.engines.whoosh.segments.occurrences import Occurrences
from indexer.engines.whoosh.segments.posting import distinct
from indexer.engines.whoosh.segments.postings import PostingField
from indexer.engines.whoosh.segments.row_finder import RowFinder
from indexer.engines.whoosh.segments.row_sets import RowSet
from indexer.engines.whoosh.segments.segment_rows import SegmentRows
from indexer.engines.whoosh.segments.skips import Skips

# So often parts of a list are decoded before all of it is: a query asks for those of a word twice.
_OFTEN = 2


class SegmentTerms(SegmentRows):
    """Reads the postings of a segment."""

    def warm(self) -> Iterator[None]:
        """Derive what questions find terms by, one thing after the other, and look through the lists."""
        self._finder.prepare()
        yield
        for field in layout.FIELDS:
            yield from self.field(field).warm()
            for number in self.field(field).with_skips():
                self._skips(field, number)
                yield

    @cached_property
    def words(self) -> PostingField:
        """Words by row."""
        return PostingField(self.file, layout.WORDS, self.size)

    @cached_property
    def _chars(self) -> PostingField:
        return PostingField(self.file, layout.CHARS, self.size)

    @cached_property
    def _pairs(self) -> PostingField:
        return PostingField(self.file, layout.PAIRS, int(self.starts[-1]))

    def everything(self) -> Iterator[tuple[str, Occurrences]]:
        """All postings, field by field, with rows that are deleted by now."""
        return ((name, self.field(name).everything()) for name in layout.FIELDS)

    def field(self, name: str) -> PostingField:
        """The posting lists of a field."""
        return {layout.CHARS: self._chars, layout.PAIRS: self._pairs, layout.WORDS: self.words}[name]

    def span(self, field: str) -> int:
        """The number that all postings of a field are below: rows, positions of ``PAIRS``."""
        return int(self.starts[-1]) if field == layout.PAIRS else self.size

    def rows_of_term(self, field: str, term: str) -> np.ndarray:
        """The rows that hold a word (``WORDS``) or a character (``CHARS``), in order, each as often as it does, deleted
        ones included.
        """
        postings, key = self.field(field), self._key(field, term)
        number = postings.number_of(key)
        if number is not None and postings.is_long(number):
            return postings.of_number(number)  # these are not kept: what is made of them is
        (rows,) = self.stored.get(("rows", field, term), lambda: (postings.postings(key),))
        return rows

    def postings_near(self, field: str, term: str, begins: np.ndarray, ends: np.ndarray) -> Numbers:
        """Where a term occurs (rows; positions of ``PAIRS``) from some begins to before their ends, in order, and other
        places where it does: of what is frequent not all.
        """
        postings = self.field(field)
        number = postings.number_of(self._key(field, term))
        skips = self._skips_to_use(field, number, len(begins)) if number is not None else None
        if number is None or skips is None:
            return self.positions(term) if field == layout.PAIRS else self.rows_of_term(field, term)
        return postings.near(number, skips, begins, ends)

    def _skips_to_use(self, field: str, number: int, sought: int) -> Skips | None:
        """The skip data of a list, to look for something in so many places; None where all of it had better be decoded:
        also where it may be kept so, and is asked for again and again or has no skip data at hand.
        """
        postings = self.field(field)
        if not postings.pays_to_skip(number, sought):
            return None
        if postings.is_long(number):
            return self._skips(field, number)
        self._asked[field, number] += 1
        (kept,) = self.stored.kept_all([("skips", field, number)])
        return Skips(*kept) if kept and self._asked[field, number] <= _OFTEN else None

    @cached_property
    def _asked(self) -> Counter[tuple[str, int]]:
        return Counter()

    def _skips(self, field: str, number: int) -> Skips:
        make = self.field(field).skips
        return Skips(*self.stored.get(("skips", field, number), lambda: make(number).as_arrays()))

    def stored_frequency(self, level: str, field: str, term: str) -> int | None:
        """In how many members of a level a term of a field stands, deleted ones included; None where only counting
        tells.
        """
        number = self.field(field).number_of(self._key(field, term))
        return None if number is None else self._frequencies[field].of(number, level)

    @cached_property
    def _frequencies(self) -> dict[str, Frequencies]:
        return {field: Frequencies(self.file, field) for field in layout.FIELDS}

    def size_of_term(self, field: str, term: str) -> int:
        """How often a term of a field occurs, deleted rows included."""
        return self.field(field).size(self._key(field, term))

    def _key(self, field: str, term: str) -> str | int:
        """How a field knows a term."""
        match field:
            case layout.WORDS:
                return term
            case layout.CHARS:
                return ord(term)
        return layout.pair_key(*map(ord, term))

    def rows_holding(self, chars: str) -> RowSet:
        """Live rows that hold a character or a pair of them."""
        (array,) = self.cache.get(("rows holding", chars), lambda: (self._rows_holding(chars).as_array(),))
        return RowSet.of_array(self.size, array)

    def _rows_holding(self, chars: str) -> RowSet:
        rows = self.rows_of_term(layout.CHARS, chars) if len(chars) == 1 else self.rows_at(self.positions(chars))
        return RowSet.of_occurrences(self.size, rows if self.all_live else rows[self.live.take(rows)])

    def positions(self, term: str) -> Numbers:
        """Where a character or a pair of them begins, deleted rows included."""
        make = self._positions if len(term) == 2 else self._character_positions
        (positions,) = self.stored.get(("positions", term), lambda: (make(term),))
        return positions

    def occurrences(self, term: str) -> int:
        """How often a character or a pair of them stands in the segment, deleted rows included."""
        if len(term) == 1:
            return self._chars.size(ord(term))
        return self._pairs.size(layout.pair_key(*map(ord, term)))

    def rows_at(self, positions: Numbers) -> Numbers:
        """The row of each position."""
        return self._finder.rows_at(positions)

    @cached_property
    def _finder(self) -> RowFinder:
        return RowFinder(self.starts, self.stored)

    def _positions(self, pair: str) -> Numbers:
        return self._pairs.postings(layout.pair_key(*map(ord, pair)))

    def _character_positions(self, char: str) -> Numbers:
        """Where pairs begin with a character; and the end of those rows that hold it once more."""
        first, end = (layout.pair_key(code, 0) for code in (ord(char), ord(char) + 1))
        begun = self._pairs.of_numbers(self._pairs.number_from(first), self._pairs.number_from(end))
        rows, counts = distinct(self._chars.postings(ord(char)))
        last = rows[counts > np.bincount(self.rows_at(begun), minlength=self.size)[rows]]
        return in_order([begun.astype(self.starts.dtype, copy=False), self.starts[last + 1] - 2])
