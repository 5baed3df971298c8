"""One segment, read: rows and postings as arrays, decoded when first asked for and kept in a bounded cache.

Its file is mapped at once, so that a later commit may delete it under a reader's feet.
"""

from __future__ import annotations

import copy
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh.library import Segment
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import (
    NO_ROWS,
    ArrayCache,
    CacheBudget,
    Mask,
    Numbers,
    as_signed,
    in_order,
)
from indexer.engines.whoosh.segments.array_file import ArrayFile, narrowest
from indexer.engines.whoosh.segments.frequencies import Frequencies
from indexer.engines.whoosh.segments.occurrences import Occurrences
from indexer.engines.whoosh.segments.position_marks import Bits, BitWriter, edges_of
from indexer.engines.whoosh.segments.posting import distinct
from indexer.engines.whoosh.segments.postings import PostingField
from indexer.engines.whoosh.segments.row_finder import RowFinder
from indexer.engines.whoosh.segments.row_sets import RowSet
from indexer.engines.whoosh.segments.section_tree import TOTALS, Sections, equal_to_any, totals_of
from indexer.engines.whoosh.segments.section_vectors import SectionVectors
from indexer.engines.whoosh.segments.skips import Skips
from indexer.engines.whoosh.segments.stored_documents import LiveDocuments, OwnedDocument, StoredDocuments
from indexer.engines.whoosh.segments.stored_texts import Blocks, Texts
from indexer.engines.whoosh.segments.value_tables import ValueTable, ValueTexts
from indexer.model import Passage, Picture, Role, Zone
from indexer.model.documents import full_title
from indexer.model.tokens import Abbreviations
from indexer.query.spans import may_be_wild

# What depends on which rows are deleted; all else a reader knows is of the file.
_OF_DELETIONS = ("live", "all_live", "live_documents", "documents", "titles", "manifest_rows", "_values")
# Bits of the ordinal of a passage.
_ORDINAL_BITS = 32
# So often parts of a list are decoded before all of it is: a query asks for those of a word twice.
_OFTEN = 2


class SegmentReader:
    """Reads a segment.

    Attributes:
        segment: the record of it.
        size: rows, deleted ones included.
        kinds: kind code of each row, ``DOCUMENT_ROW`` or ``MANIFEST_ROW``.
        ordinals: ordinal of each passage in its document.
        nodes: section of each row.
        file: its file.
        stored, tables: keep what is of the file, whichever rows are deleted.
        cache: keeps what is of live rows.

    Raises:
        FileNotFoundError: its file is missing.
        ValueError: its file is cut short, or not the one that was written.
    """

    def __init__(self, folder: Path, segment: Segment, budget: CacheBudget | None = None) -> None:
        self.size: int = segment.doc_count_all()
        self._budget = budget
        self.stored = ArrayCache(budget)
        self.tables: dict[tuple[str, int], Any] = {}
        self.file = ArrayFile(folder / segment.make_filename(layout.ARRAYS), segment.seal)
        self.kinds = self.file["rows.kinds"]
        self.ordinals = self.file["rows.ordinals"]
        self.nodes = as_signed(self.file["rows.nodes"], self.size)
        if len(self.kinds) != self.size:
            raise ValueError(f"{self.file.name} has another number of rows")
        self._delete_rows(segment)

    def with_deletions_of(self, segment: Segment) -> SegmentReader:
        """Read the same file with other rows deleted: what is known of the file itself is known at once."""
        reader = copy.copy(self)
        for name in _OF_DELETIONS:
            reader.__dict__.pop(name, None)
        reader._delete_rows(segment)
        return reader

    def _delete_rows(self, segment: Segment) -> None:
        self.segment = segment
        self.cache = ArrayCache(self._budget)
        self._deleted = np.zeros(self.size, dtype=bool)
        self._deleted[np.fromiter(segment.deleted_docs(), dtype=np.int64)] = True

    def warm(self) -> Iterator[None]:
        """Derive what questions need and the file does not have, one thing after the other, and look at what it has."""
        for name in ("breaks", "edges"):
            getattr(self, name)
            yield
        self.written("字", NO_ROWS)
        yield
        for prepare in (self._finder.prepare, self.sections.prepare, self.titles.prepare):
            prepare()
            yield
        for field in layout.FIELDS:
            yield from self.field(field).warm()
            for number in self.field(field).with_skips():
                self._skips(field, number)
                yield
        yield from self.file.look_through("original.blocks")

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def live(self) -> Mask:
        """Which rows are passages that are not deleted."""
        return (self.kinds < layout.DOCUMENT_ROW) & ~self._deleted

    @cached_property
    def all_live(self) -> bool:
        """Whether no passage of this segment is deleted."""
        return not (self._deleted & (self.kinds < layout.DOCUMENT_ROW)).any()

    @cached_property
    def starts(self) -> Numbers:
        """Position of each row's first folded character, and the one after all rows."""
        starts = self.file["rows.starts"]
        return as_signed(starts, int(starts[-1]))

    @property
    def char_counts(self) -> Numbers:
        """Folded characters of each row."""
        return np.diff(self.starts) - 1

    @property
    def word_counts(self) -> np.ndarray:
        """Words of each row."""
        return self.file["rows.words"]

    @property
    def digests(self) -> np.ndarray:
        """For each row a number that is the same for rows of the same folded text."""
        return self.file["rows.digests"]

    def section_totals(self, counted: str) -> np.ndarray:
        """How many live passages (``PASSAGES``), words of them (``WORDS``) or folded characters (``CHARS``) stand right
        under each heading.
        """
        if self.all_live:
            return self._all_totals(counted)
        return self.cache.get(("in sections", counted), lambda: (self._live_totals(counted),))[0]

    def _live_totals(self, counted: str) -> np.ndarray:
        gone = np.flatnonzero(self._deleted & (self.kinds < layout.DOCUMENT_ROW))
        return narrowest(self._all_totals(counted) - self._totals(counted, gone))

    def _all_totals(self, counted: str) -> np.ndarray:
        """The same of all passages, deleted ones included."""
        name = TOTALS[counted]
        if name in self.file:
            return self.file[name]
        passages = np.flatnonzero(self.kinds < layout.DOCUMENT_ROW)
        return self.stored.get(("in sections", counted), lambda: (narrowest(self._totals(counted, passages)),))[0]

    def _totals(self, counted: str, passages: Numbers) -> Numbers:
        """What some passages add to them."""
        counts = {layout.WORDS: self.word_counts, layout.CHARS: self.char_counts}.get(counted)
        own = None if counts is None else counts[passages]
        return totals_of(self.nodes[passages], own, len(self.sections))

    @cached_property
    def owners(self) -> np.ndarray:
        """For each row the number of its document in ``documents``, in as few bytes as they need; -1 for a manifest
        before all of them.
        """
        owners = np.cumsum(self.kinds == layout.DOCUMENT_ROW, dtype=np.int32) - 1
        return owners.astype(np.min_scalar_type(-max(1, int(owners.max(initial=0)) + 1)))

    def owners_of(self, rows: Numbers) -> Numbers:
        """The same of some passages, without going through all rows."""
        return self.sections.owners.take(self.nodes.take(rows))

    def owner_of(self, row: int) -> int:
        """The same of one."""
        return int(self.sections.owners[self.nodes[row]])

    @cached_property
    def document_bounds(self) -> Numbers:
        """The first row of each document, and the end of all rows; a manifest's row counts to the one before it."""
        return np.append(np.flatnonzero(self.kinds == layout.DOCUMENT_ROW), self.size)

    @cached_property
    def live_documents(self) -> Mask:
        """Which documents are not deleted."""
        live: Mask = ~self._deleted[self.kinds == layout.DOCUMENT_ROW]
        return live

    @cached_property
    def documents(self) -> LiveDocuments:
        """All documents as they were written; None for deleted ones."""
        return LiveDocuments(self.every_document, self.live_documents)

    @cached_property
    def every_document(self) -> StoredDocuments:
        """All documents as they were written, deleted ones too."""
        starts = self.document_bounds[:-1]
        marks = np.flatnonzero(self.kinds >= layout.DOCUMENT_ROW)
        ends = np.append(marks, self.size)[np.searchsorted(marks, starts) + 1]
        return StoredDocuments(self.file, list(map(range, starts.tolist(), ends.tolist())))

    @cached_property
    def titles(self) -> ValueTexts:
        """The titles of all documents, of deleted ones nothing."""
        columns, live = self.every_document.columns, self.live_documents.tolist()
        full = map(full_title, columns.titles, columns.works)
        return ValueTexts(
            [title if is_live else "" for title, is_live in zip(full, live, strict=True)],
            [title if is_live else "" for title, is_live in zip(columns.folded, live, strict=True)],
        )

    def values(self, zone: Zone, column: str) -> ValueTable:
        """What documents, those that are deleted aside, have in ``DOCUMENT``, ``TAG``, ``WORK`` or a column."""
        if (zone, column) not in self._values:
            both = [owned.values(zone, column) if owned else ((), ()) for owned in self.documents]
            self._values[zone, column] = ValueTable(
                [original for original, _ in both], [folded for _, folded in both], self.owners
            )
        return self._values[zone, column]

    @cached_property
    def _values(self) -> dict[tuple[Zone, str], ValueTable]:
        return {}

    @cached_property
    def manifest_rows(self) -> list[int]:
        """Rows of live manifests."""
        return [int(row) for row in np.flatnonzero((self.kinds == layout.MANIFEST_ROW) & ~self._deleted)]

    @cached_property
    def manifest(self) -> str:
        """The manifest that was written with this segment."""
        return str(self._json("manifest"))

    def passage(self, row: int) -> Passage:
        """The passage of a live row."""
        owner = self.documents[self.owner_of(row)]
        if owner is None:
            raise ValueError(f"row {row} is deleted")
        page, fields, anchor, page_end = self._extras.get(row, (None, {}, None, None))
        return Passage(
            document_id=owner.document.id,
            ordinal=int(self.ordinals[row]),
            text=self._texts.original(row),
            section=self.sections.path(int(self.nodes[row])),
            topics=self.topics.originals[int(self.topics.numbers[row])],
            kind=layout.KINDS[int(self.kinds[row])],
            page=page,
            page_end=page_end,
            fields=fields,
            anchor=anchor,
            role=self._roles.get(row, Role.BODY),
            emphasis=self._emphasis.get(row, ()),
            pictures=self._pictures.get(row, ()),
        )

    def rows_of_section(self, owned: OwnedDocument, section: tuple[str, ...]) -> list[int]:
        """The passages of a document that stand right under a heading path."""
        rows = np.arange(owned.rows.start + 1, owned.rows.stop)
        nodes = self.sections.at_path(np.unique(self.nodes[rows]), section)
        found: list[int] = rows[equal_to_any(self.nodes[rows], nodes)].tolist()
        return found

    def text(self, row: int) -> str:
        """The original text of a passage."""
        return self._texts.original(row)

    def chars(self, row: int) -> str:
        """The folded characters of a passage."""
        return self._texts.folded(row)

    def lengths(self, row: int) -> list[int]:
        """The lengths of the segmented pieces of a passage."""
        return layout.decode_lengths(self.encoded_lengths(row))

    def encoded_lengths(self, row: int) -> bytes:
        """The same as they are written."""
        return self._pieces[row]

    @cached_property
    def abbreviations(self) -> Sequence[tuple[int, Abbreviations]] | None:
        """Rows that may say what something is called for short, deleted ones included, in order, with what they say;
        None where it was not written.
        """
        if "abbreviations" not in self.file:
            return None
        return [layout.decode_abbreviations(each) for each in self._json("abbreviations")]

    @cached_property
    def sections(self) -> Sections:
        """Heading paths."""
        return Sections(self.file)

    @cached_property
    def topics(self) -> ValueTable:
        """Topics; number 0 stands for rows that are no passages."""
        originals, folded = layout.decode_topics(self._json("topics.values"))
        return ValueTable([(), *originals], [(), *folded], self.file["rows.topics"])

    @cached_property
    def vectors(self) -> SectionVectors:
        """What sections mean."""
        return SectionVectors(self.file)

    @cached_property
    def rows_of_vectors(self) -> tuple[Numbers, Numbers]:
        """The rows that each vector tells of: the first, and the one after the last."""
        passages = np.flatnonzero(self.kinds < layout.DOCUMENT_ROW)
        keys = _keys(self.owners[passages].astype(np.int64), self.ordinals[passages].astype(np.int64))
        begins = np.searchsorted(keys, _keys(self.vectors.documents, self.vectors.firsts))
        ends = np.searchsorted(keys, _keys(self.vectors.documents, self.vectors.lasts), side="right")
        rows = np.append(passages, self.size)
        first_rows = rows[begins]
        return first_rows, first_rows + np.maximum(ends - begins, 0)

    # ── postings ─────────────────────────────────────────────────────────────────────────────────────────────────

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
        if number is None or not postings.pays_to_skip(number, len(begins)) or self._is_asked_often(field, number):
            return self.positions(term) if field == layout.PAIRS else self.rows_of_term(field, term)
        return postings.near(number, self._skips(field, number), begins, ends)

    def _is_asked_often(self, field: str, number: int) -> bool:
        """Whether parts of a list were asked for so often that all of it is worth being kept decoded."""
        if self.field(field).is_long(number):
            return False
        self._asked[field, number] += 1
        return self._asked[field, number] > _OFTEN

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

    @cached_property
    def breaks(self) -> Bits:
        """Where no word character stands (``may_be_wild``), the free positions after rows included."""
        return self._bits("breaks", lambda: [self._breaks()])

    @cached_property
    def edges(self) -> Bits:
        """Where a segmented piece begins, or a row has ended."""
        return self._bits("edges", self._edges_by_block)

    def _bits(self, name: str, derive: Callable[[], Iterable[Mask]]) -> Bits:
        octets = self.file[name] if name in self.file else BitWriter.of(derive()).octets()
        return Bits(octets, name, self.stored)

    def written(self, folded: str, positions: Numbers) -> np.ndarray:
        """See ``Texts.written``."""
        return self._texts.written(folded, positions)

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

    def _breaks(self) -> Mask:
        is_break = np.zeros(int(self.starts[-1]), dtype=bool)
        is_break[self.starts[1:] - 1] = True
        for char in map(chr, self._chars.keys.tolist()):
            if not may_be_wild(char):
                is_break[self._character_positions(char)] = True
        return is_break

    def _edges_by_block(self) -> Iterator[Mask]:
        lengths = self.char_counts
        for data, rows in self._pieces.blocks():
            own = slice(rows.start, rows.stop)
            yield edges_of(data, self._pieces.lengths[own], lengths[own])

    # ── how it is read ───────────────────────────────────────────────────────────────────────────────────────────

    def _json(self, name: str) -> Any:
        return layout.decode_json(zlib.decompress(self.file.bytes(name)))

    @cached_property
    def _extras(self) -> dict[int, tuple[int | None, dict[str, str], str | None, int | None]]:
        return {row: (*stored, *[None] * (4 - len(stored))) for row, stored in self._json("extras")}

    @cached_property
    def _roles(self) -> dict[int, Role]:
        return {row: Role(role) for row, role in self._json("roles")} if "roles" in self.file else {}

    @cached_property
    def _emphasis(self) -> dict[int, tuple[tuple[int, int], ...]]:
        stored = self._json("emphasis") if "emphasis" in self.file else []
        return {row: tuple(zip(ends[::2], ends[1::2], strict=True)) for row, ends in stored}

    @cached_property
    def _pictures(self) -> dict[int, tuple[Picture, ...]]:
        stored = self._json("pictures") if "pictures" in self.file else []
        return {row: tuple(Picture(*each) for each in pictures) for row, pictures in stored}

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.file, self.starts, self.stored)

    @cached_property
    def _pieces(self) -> Blocks:
        return Blocks(self.file, "pieces", self.stored)


def _keys(documents: Numbers, ordinals: Numbers) -> Numbers:
    """Numbers in the order of passages."""
    return (documents << _ORDINAL_BITS) + ordinals
