"""The documents of a segment: each is decoded when somebody asks for it; what a search asks of all is in columns.

    documents           JSON of the records in order (``layout.encode_document``), compressed in one
    documents.bounds    where in it the first records begin, and where each ``_TOGETHER`` of them end; what lies
                        between two bounds can be decompressed by itself
    documents.columns   JSON of all ids, paths, dates, titles, works, folded titles, and names of the user's own columns

Older segments have the first alone; their columns are made from the records.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from indexer.engines.contract import IndexedFile
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Mask
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.model import Document, Zone
from indexer.model.records import record

BOUNDS = "documents.bounds"
COLUMNS = "documents.columns"
# Records that are decompressed together to read one of them.
_TOGETHER = 16


@record
class OwnedDocument:
    """A document of a segment, with its folded values and its rows (its own first)."""

    document: Document
    title: str
    path: str
    tags: tuple[str, ...]
    work: str
    fields: tuple[str, ...]
    rows: range

    def values(self, zone: Zone, column: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What it has in ``DOCUMENT`` (path and title), ``TAG``, ``WORK`` or a column, original and folded."""
        document = self.document
        match zone:
            case Zone.DOCUMENT:
                return (document.path, document.full_title), (self.path, self.title)
            case Zone.TAG:
                return document.tags, self.tags
            case Zone.WORK:
                return ((document.work,), (self.work,)) if document.work else ((), ())
        values = [
            (value, folded)
            for (name, value), folded in zip(document.fields, self.fields, strict=True)
            if name == column
        ]
        return tuple(value for value, _ in values), tuple(folded for _, folded in values)


# One document in the columns.
_Row: TypeAlias = tuple[str, str, str | None, str, str | None, str, Sequence[str]]


class Columns(NamedTuple):
    """Of each document what every search asks for; ``folded`` is its full title, ``fields`` its columns' names."""

    ids: Sequence[str]
    paths: Sequence[str]
    dates: Sequence[str | None]
    titles: Sequence[str]
    works: Sequence[str | None]
    folded: Sequence[str]
    fields: Sequence[Sequence[str]]

    @classmethod
    def of(cls, documents: Iterable[_Row]) -> Columns:
        """From what is known of each document."""
        return cls(*(list(zip(*documents, strict=True)) or [()] * len(cls._fields)))


def write_documents(writer: ArrayWriter, records: Sequence[Any]) -> None:
    """Write records as ``layout.encode_document`` makes them."""
    packer, parts, ends = zlib.compressobj(), list[bytes](), list[int]()

    def add(text: bytes, mode: int) -> None:
        parts.append(packer.compress(text) + packer.flush(mode))
        ends.append(len(parts[-1]))

    add(b"[", zlib.Z_FULL_FLUSH)
    for start in range(0, len(records), _TOGETHER):
        some = b",".join(map(layout.encode_json, records[start : start + _TOGETHER]))
        add(some + b"," * (start + _TOGETHER < len(records)), zlib.Z_FULL_FLUSH)
    add(b"]", zlib.Z_FINISH)
    writer.add("documents", b"".join(parts))
    writer.add(BOUNDS, np.cumsum(ends[:-1], dtype=np.int64))
    writer.add(COLUMNS, zlib.compress(layout.encode_json(Columns.of(map(_of_record, records)))))


def _of_record(stored: Sequence[Any]) -> _Row:
    about, folded = stored[:2]
    names = [name for name, _ in about["fields"]]
    return about["id"], about["path"], about["date"], about["title"], about["work"], folded, names


class StoredDocuments:
    """All documents as they were written, deleted ones too.

    Args:
        file: where they stand.
        rows: of each.
    """

    def __init__(self, file: ArrayFile, rows: Sequence[range]) -> None:
        self._file, self.rows = file, rows
        self._made: list[OwnedDocument | None] = [None] * len(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> OwnedDocument:
        return self._made[at] or self._decoded(range(len(self))[at])

    def __iter__(self) -> Iterator[OwnedDocument]:
        return map(self.__getitem__, range(len(self)))

    @cached_property
    def columns(self) -> Columns:
        """What every search asks of all."""
        if COLUMNS in self._file:
            return _decode_columns((layout.decode_json(zlib.decompress(self._file.bytes(COLUMNS))), len(self)))
        return Columns.of(map(_of_document, self))

    def numbers_of(self, ids: Collection[str]) -> list[int]:
        """The numbers of the documents with some ids, in order."""
        return sorted(number for each in set(ids) for number in self._numbers.get(each, ()))

    @cached_property
    def _numbers(self) -> Mapping[str, tuple[int, ...]]:
        """By their ids; one may have been written again after it was deleted."""
        if "files" in self.__dict__:  # by who updates, who has no use for columns
            ids: Iterable[str] = (each.document_id for each in self.files)
        else:
            ids = self.columns.ids
        numbers: dict[str, tuple[int, ...]] = {}
        for number, document_id in enumerate(ids):
            numbers[document_id] = (*numbers.get(document_id, ()), number)
        return numbers

    @cached_property
    def files(self) -> Sequence[IndexedFile]:
        """What an update asks of all; no more is made of them than that."""
        together = _TOGETHER if BOUNDS in self._file else max(1, len(self))
        records = chain.from_iterable(self._records_with(at) for at in range(0, len(self), together))
        files = _decode_files(record for _, record in records)
        if len(files) != len(self):
            raise ValueError(f"{self._file.name} lacks a document")
        return files

    def _decoded(self, at: int) -> OwnedDocument:
        """The document at a place; what is decompressed with it is decoded too."""
        for number, stored in self._records_with(at):
            self._made[number] = OwnedDocument(*layout.decode_document(stored), self.rows[number])
        made = self._made[at]
        if made is None:
            raise ValueError(f"{self._file.name} lacks a document")
        return made

    def _records_with(self, at: int) -> Iterator[tuple[int, Any]]:
        """The record of a document and those that are decompressed with it, with their numbers."""
        if BOUNDS not in self._file:
            return enumerate(layout.decode_json(zlib.decompress(self._file.bytes("documents"))))
        block = at // _TOGETHER
        start, end = self._file[BOUNDS][block : block + 2].tolist()
        packed = self._file.part("documents", start, end).tobytes()
        text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
        return enumerate(layout.decode_json(b"[%s]" % text.removesuffix(b",")), block * _TOGETHER)


class LiveDocuments:
    """All documents as they were written; None for deleted ones."""

    def __init__(self, stored: StoredDocuments, live: Mask) -> None:
        self._stored, self._live = stored, live

    def __len__(self) -> int:
        return len(self._stored)

    def __getitem__(self, at: int) -> OwnedDocument | None:
        return self._stored[at] if self._live[at] else None

    def __iter__(self) -> Iterator[OwnedDocument | None]:
        return (self._stored[at] if live else None for at, live in enumerate(self._live.tolist()))


def _of_document(owned: OwnedDocument) -> _Row:
    about = owned.document
    names = [name for name, _ in about.fields]
    return about.id, about.path, about.date, about.title, about.work, owned.title, names


@layout.decoder
def _decode_files(records: Iterable[Any]) -> Sequence[IndexedFile]:
    """What records, as ``layout.encode_document`` makes them, say of files."""
    abouts = (record[0] for record in records)
    files = [
        IndexedFile(
            about["path"], about["id"], about["content_hash"], about.get("declared_hash", ""), about.get("recognition")
        )
        for about in abouts
    ]
    layout.strings(text for *texts, recognition in files for text in (*texts, recognition or ""))
    return files


@layout.decoder
def _decode_columns(stored: tuple[Any, int]) -> Columns:
    """What ``Columns`` were written of so many documents."""
    values, count = stored
    columns = Columns(*values)
    layout.strings(chain(columns.ids, columns.paths, columns.titles, columns.folded))
    layout.strings(chain(filter(None, columns.dates), filter(None, columns.works), *columns.fields))
    if {*map(len, columns)} != {count}:
        raise ValueError("columns of other documents")
    return columns
