"""One commit: documents become rows and postings, those become segments, and a new TOC names them.

Nothing that readers use is touched before the TOC is renamed into place, which is the commit.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from operator import add
from pathlib import Path

import numpy as np
from whoosh import columns, fields
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocWriter, W3Segment
from whoosh.fields import Schema
from whoosh.index import TOC, clean_files
from whoosh.system import pack_ushort

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.files import SUMS, MappedStorage, write_sums
from indexer.errors import IndexBusy
from indexer.model import AnalyzedDocument, AnalyzedPassage

# Bytes of postings held in memory before they are written out as a segment of the same commit.
POSTINGS_BUDGET = 192 << 20
# What a term costs beside its postings: its key, its array, its place in the dict.
_TERM_COST = 250

# Whoosh's TOC demands a schema; ours says only that the fields exist, since layout.py knows the rest.
_SCHEMA = Schema(grams=fields.STORED(), words=fields.STORED())

_COLUMNS: dict[str, columns.Column] = {
    **{name: columns.NumericColumn(code) for name, code in layout.NUMERIC_COLUMNS.items()},
    **{name: columns.VarBytesColumn() for name in layout.BYTES_COLUMNS},
}

_NO_HEADINGS = {name: layout.encode_values((), ()) for name in ("section", "topics")}


class SegmentWriter:
    """Gathers rows and postings of one new segment.

    Attributes:
        segment: Whoosh's record of it, to be named in the TOC.
        size: rows so far.
        bytes: an estimate of the memory the postings take.
    """

    def __init__(self, storage: MappedStorage) -> None:
        self._storage = storage
        self._codec = W3Codec()
        self.segment: W3Segment = self._codec.new_segment(storage, layout.INDEX_NAME)
        self._rows = W3PerDocWriter(self._codec, storage, self.segment)
        self._postings: dict[str, dict[str, array[int]]] = {layout.GRAMS: {}, layout.WORDS: {}}
        self._last: dict[str, bytes] = {}
        self.size = 0
        self.bytes = 0

    def add_row(self, row: layout.Row) -> int:
        """Append a row; the number it got. ``section`` and ``topics`` are dropped where they repeat."""
        number = self.size
        self._rows.start_doc(number)
        for name, value in row.items():
            if name in ("section", "topics"):
                if self._last.get(name) == value:
                    continue
                self._last[name] = value  # type: ignore[assignment]
            self._rows.add_column_value(name, _COLUMNS[name], value)
        self._rows.finish_doc()
        self.size += 1
        return number

    def add_counts(self, field: str, row: int, counts: Iterable[tuple[str, int]]) -> None:
        """Append to the postings of each term that ``row`` holds it so many times; rows never go back."""
        postings = self._postings[field]
        for term, count in counts:
            posting = postings.get(term)
            if posting is None:
                posting = postings[term] = array("I")
                self.bytes += _TERM_COST
            posting.extend((row, count))
            self.bytes += 8

    def add_posting(self, field: str, term: str, rows: np.ndarray, counts: np.ndarray) -> None:
        """Append a whole posting list of later rows, as merging does."""
        pairs = np.empty(2 * len(rows), dtype=np.uint32)
        pairs[0::2], pairs[1::2] = rows, counts
        self._postings[field].setdefault(term, array("I")).frombytes(pairs.tobytes())

    def finish(self) -> W3Segment:
        """Write everything out and return the finished segment."""
        self._rows.close()
        writer = W3FieldWriter(self._codec, self._storage, self.segment)
        for field in sorted(self._postings):
            self._write_field(writer, field)
        writer.close()
        self.segment.set_doc_count(self.size)
        self.segment.compound = False
        folder, sums = Path(self._storage.folder), self.segment.make_filename(SUMS)
        names = self.segment.list_files(self._storage)
        write_sums(folder / sums, names)
        for name in (*names, sums):
            _sync(folder / name)
        return self.segment

    def discard(self) -> None:
        """Close what is open; the files are orphans that the next commit sweeps away."""
        with suppress(Exception):  # half-written columns may refuse to be finished; they are thrown away all the same
            self._rows.close()

    def _write_field(self, writer: W3FieldWriter, field: str) -> None:
        postings = self._postings.pop(field)
        writer._fieldmap[field] = number = len(writer._fieldmap)
        for term, key in sorted(((term, term.encode()) for term in postings), key=lambda pair: pair[1]):
            pairs = np.frombuffer(postings.pop(term), dtype=np.uint32)
            rows, counts = pairs[0::2], pairs[1::2]
            width = 2 if counts.max() < 1 << 16 else 4
            extent = layout.EXTENT.pack(writer._postfile.tell(), len(rows), width)
            writer._postfile.write(rows.astype("<u4").tobytes() + counts.astype(f"<u{width}").tobytes())
            writer._tindex.add(pack_ushort(number) + key, extent)


class Commit:
    """A commit in the making: holds the lock from the start to ``finish`` or ``abort``.

    Attributes:
        segments: those of the TOC it starts from, then the finished new ones.
        generation: the number it will have.

    Raises:
        IndexBusy: another writer holds the lock.
    """

    def __init__(self, storage: MappedStorage) -> None:
        self._storage = storage
        self._lock = storage.lock(f"{layout.INDEX_NAME}_{layout.LOCK_NAME}")
        if not self._lock.acquire(blocking=False):
            raise IndexBusy("另一个建索引的任务正在写这个索引。", "请等它结束后再试；若它已卡死，结束那个进程即可。")
        toc = read_toc(storage)
        self.segments: list[W3Segment] = list(toc.segments)
        self.generation: int = toc.generation + 1
        self._open: SegmentWriter | None = None
        self._fresh: dict[str, tuple[W3Segment, range]] = {}

    def add_document(self, analyzed: AnalyzedDocument) -> None:
        """Write a document's row and those of its passages."""
        writer = self._writer()
        first = writer.size
        record = layout.encode_document(analyzed.document, analyzed.title, analyzed.path, analyzed.tags)
        writer.add_row({"kind": layout.DOCUMENT_ROW, "record": record, **_NO_HEADINGS})
        for tokens in analyzed.passages:
            add_passage(writer, tokens)
        self._fresh[analyzed.document.id] = writer.segment, range(first, writer.size)
        if writer.bytes > POSTINGS_BUDGET:
            self.flush()

    def delete_fresh(self, document_id: str) -> None:
        """Take out a document that this same commit wrote."""
        if found := self._fresh.pop(document_id, None):
            self.delete_rows(*found)

    def delete_rows(self, segment: W3Segment, rows: range) -> None:
        """Mark rows of a segment as gone."""
        for row in rows:
            segment.delete_document(row)

    def add_manifest(self, manifest: str) -> None:
        """Write the manifest's row; the caller deletes the old one."""
        self._writer().add_row({"kind": layout.MANIFEST_ROW, "record": manifest.encode(), **_NO_HEADINGS})

    def add_segment(self, writer: SegmentWriter) -> None:
        """Finish a segment written elsewhere, as merging does, and name it in this commit."""
        self.segments.append(writer.finish())

    def flush(self) -> None:
        """Finish the open segment, if there is one."""
        if self._open is not None:
            writer, self._open = self._open, None
            self.add_segment(writer)

    def finish(self) -> None:
        """Make it the last commit: write the TOC, sweep files that no segment needs, let go of the lock."""
        self.flush()
        write_toc(self._storage, self.segments, self.generation)
        clean_files(self._storage, layout.INDEX_NAME, self.generation, self.segments)
        self._release()

    def abort(self) -> None:
        """Leave the last commit as it is and let go of the lock."""
        if self._open is not None:
            self._open.discard()
        self._release()

    def _writer(self) -> SegmentWriter:
        if self._open is None:
            self._open = SegmentWriter(self._storage)
        return self._open

    def _release(self) -> None:
        with suppress(OSError):
            (Path(self._storage.folder) / f"{layout.INDEX_NAME}.tmp").rmdir()
        self._lock.release()


def add_passage(writer: SegmentWriter, tokens: AnalyzedPassage) -> None:
    """Write a passage's row and postings."""
    passage = tokens.passage
    row = writer.add_row(
        {
            "kind": layout.KIND_CODES[passage.kind],
            "ordinal": passage.ordinal,
            "word_count": len(tokens.words),
            "char_count": len(tokens.chars),
            "record": layout.encode_passage(passage),
            "folded": tokens.chars.encode(),
            "lengths": layout.encode_lengths(tokens.lengths),
            "section": layout.encode_values(passage.section, tokens.section),
            "topics": layout.encode_values(passage.topics, tokens.topics),
        }
    )
    chars = tokens.chars
    writer.add_counts(layout.GRAMS, row, Counter(chars).items())
    writer.add_counts(layout.GRAMS, row, Counter(map(add, chars, chars[1:])).items())
    writer.add_counts(layout.WORDS, row, Counter(tokens.words).items())


def read_toc(storage: MappedStorage) -> TOC:
    """The last commit's TOC. Given a schema, Whoosh does not unpickle the stored one; the segment list still is."""
    toc: TOC = TOC.read(storage, layout.INDEX_NAME, schema=_SCHEMA)
    return toc


def write_toc(storage: MappedStorage, segments: Iterable[W3Segment], generation: int) -> None:
    """Write a TOC by way of a temporary file and a rename."""
    TOC(_SCHEMA, list(segments), generation).write(storage, layout.INDEX_NAME)
    _sync(Path(storage.folder) / TOC._filename(layout.INDEX_NAME, generation))
    _sync(Path(storage.folder))


def _sync(path: Path) -> None:
    """Ask the system to put a file or folder on the disk, so that a power cut finds the commit whole."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
