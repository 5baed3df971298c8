"""One commit: documents become rows and postings, those become segments, and a new TOC names them.

Nothing that readers use is touched before the TOC is renamed into place, which is the commit.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from indexer.engines.contract import MEMORY, Upsert
from indexer.engines.whoosh.library import (
    FolderStorage,
    Segment,
    latest_generation,
    read_toc,
    toc_name,
    write_toc,
)
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.writer import SegmentWriter
from indexer.errors import IndexBusy

# What a process takes before it reads, and what a folded character takes at the peak, when the postings of two fields
# are sorted at the same time: bytes, measured on laws.
_PROGRAM = 100 << 20
_PER_CHARACTER = 80
# Of one segment, however little memory there is.
_LEAST_CHARACTERS = 500_000


class Commit:
    """A commit in the making: holds the lock from the start to ``finish`` or ``abort``.

    Args:
        storage: the folder.
        confirm: given, the commit takes the place of whatever the folder holds, which may be of another format or
            damaged, instead of going on from it; called once the TOC is written, before anything old is deleted.
        memory: bytes that the process may take; what it cannot hold is written out as a segment of the same commit.

    Attributes:
        segments: those of the TOC it starts from, then the finished new ones.
        generation: the number it will have.

    Raises:
        IndexBusy: another writer holds the lock.
    """

    def __init__(self, storage: FolderStorage, confirm: Callable[[], None] | None = None, memory: int = MEMORY) -> None:
        self._storage, self._confirm = storage, confirm
        self._most_characters = max(_LEAST_CHARACTERS, (memory - _PROGRAM) // _PER_CHARACTER)
        self._open: SegmentWriter | None = None
        self._fresh: dict[str, tuple[Segment, range]] = {}
        self._made: list[SegmentWriter] = []
        self._in_force = False
        self._lock = storage.lock(layout.LOCK_NAME)
        if not self._lock.acquire(blocking=False):
            raise IndexBusy("另一个建索引的任务正在写这个索引。", "请等它结束后再试；若它已卡死，结束那个进程即可。")
        try:
            self.segments: list[Segment] = self._first_segments()
            self.generation = latest_generation(storage) + 1
        except BaseException:
            self._lock.release()
            raise

    def _first_segments(self) -> list[Segment]:
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

    def add_document(self, upsert: Upsert) -> None:
        """Write a document's row and those of its passages."""
        writer = self._writer()
        self._fresh[upsert.document_id] = writer.segment, writer.add_document(upsert.prepared)
        if writer.characters > self._most_characters:
            self.flush()

    def delete_fresh(self, document_id: str) -> None:
        """Take out a document that this same commit wrote."""
        if found := self._fresh.pop(document_id, None):
            self.delete_rows(*found)

    def delete_rows(self, segment: Segment, rows: range) -> None:
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
        if not self._in_force:
            folder = Path(self._storage.folder)
            _delete([folder / toc_name(self.generation)])  # first, as it names the segments
            made = {writer.segment.segment_id() for writer in self._made}
            _delete(file for file in folder.iterdir() if file.name.split(".")[0] in made)
            _remove_temporary(self._storage)
        self._lock.release()

    def _writer(self) -> SegmentWriter:
        if self._open is None:
            self._open = self.new_segment()
        return self._open


def _sweep(storage: FolderStorage, segments: Iterable[Segment], generation: int) -> None:
    """Delete all files of ours, of any format, that the commit of these segments does not need."""
    kept = {segment.segment_id() for segment in segments}
    toc = toc_name(generation)
    _remove_temporary(storage)
    _delete(
        file
        for file in Path(storage.folder).iterdir()
        if layout.OURS.match(file.name) and file.name.split(".")[0] not in kept and file.name != toc
    )


def _remove_temporary(storage: FolderStorage) -> None:
    """Delete what only a build under way needs; its lock is held by us."""
    for file in Path(storage.folder).iterdir():
        if layout.TEMPORARY.fullmatch(file.name):
            shutil.rmtree(file, ignore_errors=True) if file.is_dir() else _delete([file])


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):  # in use, on some systems; the next commit will try again
            file.unlink()
