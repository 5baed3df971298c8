"""One segment, read: columns and postings as arrays, decoded when first asked for and kept in a bounded cache.

All files are opened at once, so that a later commit may delete them under a reader's feet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermsReader
from whoosh.columns import VarBytesColumn

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import ArrayCache, BytesColumn, Mask, Numbers, Rows, ValueTable
from indexer.engines.whoosh.files import SUMS, MappedFile, MappedStorage, require_sizes
from indexer.engines.whoosh.units import Units
from indexer.model import Document, Passage

NO_ROWS: Rows = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class OwnedDocument:
    """A document of a segment, with its folded values and its rows (its own first)."""

    document: Document
    title: str
    path: str
    tags: tuple[str, ...]
    rows: range


class SegmentReader:
    """Reads a segment.

    Attributes:
        segment: Whoosh's record of it.
        size: rows, deleted ones included.
        sums: the file of its files' sizes and checksums.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: a file is cut short.
    """

    def __init__(self, storage: MappedStorage, segment: W3Segment) -> None:
        self.segment = segment
        self.size: int = segment.doc_count_all()
        self.cache = ArrayCache()
        self._codec = W3Codec()
        self._folder = Path(storage.folder)
        self.sums = self._folder / segment.make_filename(SUMS)
        require_sizes(self.sums)
        terms = MappedFile(self._folder / segment.make_filename(W3Codec.TERMS_EXT))
        self._postings = MappedFile(self._folder / segment.make_filename(W3Codec.POSTS_EXT))
        self._terms = W3TermsReader(self._codec, terms, len(terms.map), self._postings)
        self._fields = frozenset(self._terms.indexed_field_names())
        self._numeric = {name: self._read_numeric(name, code) for name, code in layout.NUMERIC_COLUMNS.items()}
        self._deleted = self._read_deleted()
        self._bytes = {name: column for name in layout.BYTES_COLUMNS if (column := self._open_bytes(name))}

    def close(self) -> None:
        """Let go of the files."""
        self._terms.close()
        self._bytes.clear()

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def live(self) -> Mask:
        """Which rows are passages that are not deleted."""
        return (self._numeric["kind"] < layout.DOCUMENT_ROW) & ~self._deleted

    @cached_property
    def all_live(self) -> bool:
        """Whether no passage of this segment is deleted."""
        return not self._deleted.any()

    @property
    def kinds(self) -> np.ndarray:
        """Kind code of each row, ``DOCUMENT_ROW`` or ``MANIFEST_ROW``."""
        return self._numeric["kind"]

    @property
    def ordinals(self) -> np.ndarray:
        """Ordinal of each passage in its document."""
        return self._numeric["ordinal"]

    def counts(self, name: str) -> np.ndarray:
        """``word_count`` or ``char_count`` of each row."""
        return self._numeric[name]

    @cached_property
    def owners(self) -> Numbers:
        """For each row the number of its document in ``documents``; -1 for a manifest before all of them."""
        return np.cumsum(self.kinds == layout.DOCUMENT_ROW) - 1

    @cached_property
    def documents(self) -> Sequence[OwnedDocument | None]:
        """All documents as they were written; None for deleted ones."""
        starts = np.flatnonzero(self.kinds == layout.DOCUMENT_ROW)
        marks = np.flatnonzero(self.kinds >= layout.DOCUMENT_ROW)
        ends = np.append(marks, self.size)[np.searchsorted(marks, starts) + 1]
        return [
            None if self._deleted[start] else self._document(int(start), int(end))
            for start, end in zip(starts, ends, strict=True)
        ]

    def manifest_rows(self) -> list[int]:
        """Rows of live manifests."""
        return [int(row) for row in np.flatnonzero((self.kinds == layout.MANIFEST_ROW) & ~self._deleted)]

    def record(self, row: int) -> bytes:
        """The ``record`` of a row, as stored."""
        return self._bytes["record"][row]

    def passage(self, row: int) -> Passage:
        """The passage of a live row."""
        text, page, fields = layout.decode_passage(self.record(row))
        owner = self.documents[int(self.owners[row])]
        if owner is None:
            raise ValueError(f"row {row} is deleted")
        return Passage(
            document_id=owner.document.id,
            ordinal=int(self.ordinals[row]),
            text=text,
            section=self.sections.originals[int(self.sections.numbers[row])],
            topics=self.topics.originals[int(self.topics.numbers[row])],
            kind=layout.KINDS[int(self.kinds[row])],
            page=page,
            fields=fields,
        )

    def chars(self, row: int) -> str:
        """The folded characters of a passage."""
        return self._bytes["folded"][row].decode()

    def lengths(self, row: int) -> list[int]:
        """The lengths of the segmented pieces of a passage."""
        return layout.decode_lengths(self._bytes["lengths"][row])

    def holding(self, rows: Rows, chars: str) -> Rows:
        """Those of ``rows`` whose folded characters contain ``chars``."""
        return self._bytes["folded"].holding(rows, chars.encode()) if "folded" in self._bytes else NO_ROWS

    def row_values(self, row: int) -> layout.Row:
        """All columns of a row as ``SegmentWriter.add_row`` takes them."""
        values: layout.Row = {name: int(column[row]) for name, column in self._numeric.items()}
        values |= {name: column[row] for name, column in self._bytes.items()}
        for name, table in (("section", self.sections), ("topics", self.topics)):
            number = int(table.numbers[row])
            values[name] = layout.encode_values(table.originals[number], table.folded[number])
        return values

    # ── values that repeat ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def sections(self) -> ValueTable:
        """Heading paths."""
        return self._table("section")

    @cached_property
    def topics(self) -> ValueTable:
        """Topics."""
        return self._table("topics")

    @cached_property
    def units(self) -> Units:
        """Sections and documents as wholes."""
        return Units(self)

    # ── postings ─────────────────────────────────────────────────────────────────────────────────────────────────

    def terms(self, field: str) -> Iterator[str]:
        """All terms of a field in byte order."""
        if field not in self._fields:
            return
        for name, term in self._terms.terms_from(field, b""):
            if name != field:
                return
            yield term.decode()

    def posting(self, field: str, term: str) -> tuple[Rows, np.ndarray]:
        """Live rows that hold ``term``, in order, and how often each does."""
        rows, counts = self.cache.get((field, term), lambda: self._live_posting(field, term))
        return rows, counts

    def stored_posting(self, field: str, term: str) -> tuple[Rows, np.ndarray]:
        """The posting as it is stored, with rows that are deleted by now."""
        if field not in self._fields:
            return NO_ROWS, NO_ROWS
        try:
            entry = self._terms._tindex[self._terms._keycoder(field, term.encode())]
        except KeyError:
            return NO_ROWS, NO_ROWS
        offset, size, width = layout.EXTENT.unpack(entry)  # not Whoosh's term info, which may unpickle what it reads
        if width not in (2, 4):
            raise ValueError(f"a posting with counts of {width} bytes")
        data = self._postings.get(offset, (4 + width) * size)
        rows = np.frombuffer(data, dtype="<u4", count=size).astype(np.int32)
        return rows, np.frombuffer(data, dtype=f"<u{width}", offset=4 * size)

    # ── how it is read ───────────────────────────────────────────────────────────────────────────────────────────

    def _read_deleted(self) -> Mask:
        mask = np.zeros(self.size, dtype=bool)
        mask[np.fromiter(self.segment.deleted_docs(), dtype=np.int64)] = True
        return mask

    def _live_posting(self, field: str, term: str) -> tuple[np.ndarray, ...]:
        rows, counts = self.stored_posting(field, term)
        if self.all_live:
            return rows, counts
        kept = self.live[rows]
        return rows[kept], counts[kept]

    def _document(self, start: int, end: int) -> OwnedDocument:
        document, title, path, tags = layout.decode_document(self.record(start))
        return OwnedDocument(document, title, path, tags, range(start, end))

    def _column_path(self, name: str) -> Path:
        return self._folder / str(W3Codec.column_filename(self.segment, name))

    def _read_numeric(self, name: str, code: str) -> np.ndarray:
        """A column of Whoosh's ``NumericColumn``: big-endian, cut short after the last value that is not 0."""
        values = np.zeros(self.size, dtype=np.int64)
        path = self._column_path(name)
        if path.exists():
            stored = np.frombuffer(path.read_bytes(), dtype=f">{code}")
            values[: len(stored)] = stored
        return values

    def _open_bytes(self, name: str) -> BytesColumn | None:
        path = self._column_path(name)
        if not path.exists():
            return None
        file = MappedFile(path)
        column: Any = VarBytesColumn().reader(file, 0, len(file.map), self.size)
        return BytesColumn(file.map, np.asarray(column._lengths, dtype=np.int64))

    def _table(self, name: str) -> ValueTable:
        """Decode a column that is written only where it changes."""
        column = self._bytes[name]
        changes = np.flatnonzero(column.lengths)
        numbers_of: dict[bytes, int] = {}
        at_change = [numbers_of.setdefault(column[int(row)], len(numbers_of)) for row in changes]
        pairs = [layout.decode_values(value) for value in numbers_of]
        last_change = np.maximum(np.cumsum(column.lengths > 0) - 1, 0)
        return ValueTable(
            originals=[original for original, _ in pairs],
            folded=[folded for _, folded in pairs],
            numbers=np.array(at_change, dtype=np.int64)[last_change],
        )
