"""One commit: documents become rows and postings, those become segments, and a new TOC names them.

Nothing that readers use is touched before the TOC is renamed into place, which is the commit.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from operator import add
from pathlib import Path

import numpy as np
from whoosh import columns, fields
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocWriter, W3Segment
from whoosh.fields import Schema
from whoosh.index import TOC
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
        """Close what ``finish`` has not closed; the commit deletes the files."""
        if not self._rows.is_closed:
            with suppress(Exception):  # closed already, if it is in closing that ``finish`` failed
                self._rows._cols._temp.close()

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

    Args:
        storage: the folder.
        confirm: given, the commit takes the place of whatever the folder holds, which may be of another format or
            damaged, instead of going on from it; called once the TOC is written, before anything old is deleted.

    Attributes:
        segments: those of the TOC it starts from, then the finished new ones.
        generation: the number it will have.

    Raises:
        IndexBusy: another writer holds the lock.
    """

    def __init__(self, storage: MappedStorage, confirm: Callable[[], None] | None = None) -> None:
        self._storage, self._confirm = storage, confirm
        self._open: SegmentWriter | None = None
        self._fresh: dict[str, tuple[W3Segment, range]] = {}
        self._made: list[SegmentWriter] = []
        self._in_force = False
        self._lock = storage.lock(layout.LOCK_NAME)
        if not self._lock.acquire(blocking=False):
            raise IndexBusy("另一个建索引的任务正在写这个索引。", "请等它结束后再试；若它已卡死，结束那个进程即可。")
        try:
            self.segments: list[W3Segment] = self._first_segments()
            self.generation: int = TOC._latest_generation(storage, layout.INDEX_NAME) + 1
        except BaseException:
            self._lock.release()
            raise

    def _first_segments(self) -> list[W3Segment]:
        """The segments to go on from; what killed builds left behind is deleted, as the disk may be full of it."""
        if self._confirm is None:
            toc = read_toc(self._storage)
            _sweep(self._storage, toc.segments, toc.generation)
            return list(toc.segments)
        _remove_temporary(self._storage)
        return []

    def new_segment(self) -> SegmentWriter:
        """A writer whose files are deleted should this commit fail."""
        writer = SegmentWriter(self._storage)
        self._made.append(writer)
        return writer

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
        """Make it the last commit: write the TOC, delete files that no segment needs, let go of the lock."""
        self.flush()
        write_toc(self._storage, self.segments, self.generation)
        if self._confirm is not None:
            self._confirm()
        self._in_force = True
        _sweep(self._storage, self.segments, self.generation)
        self._lock.release()

    def abort(self) -> None:
        """Leave the last commit as it is, without a trace of this one, and let go of the lock."""
        for writer in self._made:
            writer.discard()
        if not self._in_force:
            folder = Path(self._storage.folder)
            _delete([folder / TOC._filename(layout.INDEX_NAME, self.generation)])  # first, as it names the segments
            made = {writer.segment.segment_id() for writer in self._made}
            _delete(file for file in folder.iterdir() if file.name.split(".")[0] in made)
            _remove_temporary(self._storage)
        self._lock.release()

    def _writer(self) -> SegmentWriter:
        if self._open is None:
            self._open = self.new_segment()
        return self._open


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


def _sweep(storage: MappedStorage, segments: Iterable[W3Segment], generation: int) -> None:
    """Delete all files of ours, of any format, that the commit of these segments does not need."""
    kept = {segment.segment_id() for segment in segments}
    toc = TOC._filename(layout.INDEX_NAME, generation)
    _remove_temporary(storage)
    _delete(
        file
        for file in Path(storage.folder).iterdir()
        if layout.OURS.match(file.name) and file.name.split(".")[0] not in kept and file.name != toc
    )


def _remove_temporary(storage: MappedStorage) -> None:
    """Delete what only a build under way needs; its lock is held by us."""
    for file in Path(storage.folder).iterdir():
        if layout.TEMPORARY.fullmatch(file.name):
            shutil.rmtree(file, ignore_errors=True) if file.is_dir() else _delete([file])


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):  # in use, on some systems; the next commit will try again
            file.unlink()


def _sync(path: Path) -> None:
    """Ask the system to put a file or folder on the disk, so that a power cut finds the commit whole."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
