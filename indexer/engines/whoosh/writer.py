"""One commit: documents become rows and postings, those become segments, and a new TOC names them.

Nothing that readers use is touched before the TOC is renamed into place, which is the commit.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from whoosh import fields
from whoosh.codec.whoosh3 import W3Segment
from whoosh.fields import Schema
from whoosh.index import TOC, clean_files

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.segment import SegmentWriter
from indexer.engines.whoosh.storage import FolderStorage
from indexer.errors import IndexBusy
from indexer.model import AnalyzedDocument

# Folded characters held in memory before they are written out as a segment of the same commit; each takes about 40
# bytes at the peak.
SEGMENT_CHARACTERS = 12_000_000

# Whoosh's TOC demands a schema; ours says only that the fields exist, since layout.py knows the rest.
_SCHEMA = Schema(chars=fields.STORED(), pairs=fields.STORED(), words=fields.STORED())


class Commit:
    """A commit in the making: holds the lock from the start to ``finish`` or ``abort``.

    Attributes:
        segments: those of the TOC it starts from, then the finished new ones.
        generation: the number it will have.

    Raises:
        IndexBusy: another writer holds the lock.
    """

    def __init__(self, storage: FolderStorage) -> None:
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
        self._fresh[analyzed.document.id] = writer.segment, writer.add_document(analyzed)
        if writer.characters > SEGMENT_CHARACTERS:
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
        self._writer().add_manifest(manifest)

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
        self._release()

    def _writer(self) -> SegmentWriter:
        if self._open is None:
            self._open = SegmentWriter(self._storage)
        return self._open

    def _release(self) -> None:
        with suppress(OSError):
            (Path(self._storage.folder) / f"{layout.INDEX_NAME}.tmp").rmdir()
        self._lock.release()


def read_toc(storage: FolderStorage) -> TOC:
    """The last commit's TOC. Given a schema, Whoosh does not unpickle the stored one; the segment list still is."""
    toc: TOC = TOC.read(storage, layout.INDEX_NAME, schema=_SCHEMA)
    return toc


def write_toc(storage: FolderStorage, segments: Iterable[W3Segment], generation: int) -> None:
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
