"""One commit: documents become rows and postings, those become segments, and a new TOC names them.

Nothing that readers use is touched before the TOC is renamed into place, which is the commit.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from indexer.engines.contract import MEMORY, Upsert
from indexer.engines.whoosh.commits.toc import latest_generation, new_index, read_toc, toc_name, write_toc
from indexer.engines.whoosh.library import FolderLock, Segment
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.writer import SegmentWriter
from indexer.errors import IndexBusy, IndexUnavailable

# What a process takes before it reads, and what a folded character takes at most, which is twice what it takes in laws:
# bytes.
_PROGRAM = 100 << 20
_PER_CHARACTER = 80
# Of one segment, however little memory there is.
_LEAST_CHARACTERS = 500_000


class Commit:
    """A commit in the making: holds the lock from the start to ``finish`` or ``abort``.

    Args:
        folder: where the index is.
        confirm: given, the commit takes the place of whatever the folder holds, which may be of another format or
            damaged, instead of going on from it; called once the TOC is written, before anything old is deleted.
        memory: bytes that the process may take; what it cannot hold is written out as a segment of the same commit.

    Attributes:
        base: the identity of the commit it goes on from; empty if it takes another's place.
        segments: those of the TOC it starts from, then the finished new ones.
        generation: the number it will have.

    Raises:
        IndexBusy: another writer holds the lock.
        NoToc, ValueError: there is no commit to go on from, or it is damaged.
    """

    def __init__(self, folder: Path, confirm: Callable[[], None] | None = None, memory: int = MEMORY) -> None:
        self._folder, self._confirm = folder, confirm
        self._most_characters = max(_LEAST_CHARACTERS, (memory - _PROGRAM) // _PER_CHARACTER)
        self._open: SegmentWriter | None = None
        self._fresh: dict[str, tuple[Segment, range]] = {}
        self._made: list[Path] = []  # not their writers, which hold what they have written
        self._in_force = False
        self._lock = FolderLock(folder)
        if not self._lock.acquire():
            raise IndexBusy("另一个建索引的任务正在写这个索引。", "请等它结束后再试；若它已卡死，结束那个进程即可。")
        try:
            self.base, self._index, self.segments = self._first()
            self.generation = latest_generation(folder) + 1
        except BaseException:
            self._lock.release()
            raise

    def _first(self) -> tuple[str, str, list[Segment]]:
        """The commit to go on from, its index, its segments; what killed builds left behind is deleted, as the disk may
        be full of it.
        """
        if self._confirm is None:
            toc = read_toc(self._folder)
            _sweep(self._folder, toc.segments, toc.generation)
            return toc.identity, toc.index, list(toc.segments)
        _remove_temporary(self._folder)
        return "", new_index(), []

    def new_segment(self) -> SegmentWriter:
        """A writer whose files are deleted should this commit fail."""
        writer = SegmentWriter(self._folder)
        self._made.append(self._folder / writer.segment.make_filename(layout.ARRAYS))
        return writer

    def add_document(self, upsert: Upsert) -> None:
        """Write a document's row and those of its passages."""
        writer = self._writer()
        self._fresh[upsert.document_id] = writer.segment, writer.add_document(upsert.prepared, upsert.vectors)
        if writer.characters > self._most_characters:
            self.flush()

    def delete_fresh(self, document_id: str) -> None:
        """Take out a document that this same commit wrote."""
        if found := self._fresh.pop(document_id, None):
            self.delete_rows(*found)

    def delete_rows(self, segment: Segment, rows: range) -> None:
        """Mark rows of a segment as gone."""
        segment.delete_rows(rows)

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
        """Make it the last commit: write the TOC, delete files that no segment needs, let go of the lock.

        Raises:
            IndexUnavailable: the folder is another one by now, and so somebody else's.
        """
        self.flush()
        if not self._lock.is_in_place():
            raise replaced(self._folder)
        write_toc(self._folder, self._index, self.generation, self.segments)
        if self._confirm is not None:
            self._confirm()
        self._in_force = True
        _sweep(self._folder, self.segments, self.generation)
        self._lock.release()

    def abort(self) -> None:
        """Leave the last commit as it is, without a trace of this one, and let go of the lock."""
        try:
            if not self._in_force and self._lock.is_in_place():
                _delete([self._folder / toc_name(self.generation)])  # first, as it names the segments
                _delete(self._made)
                _remove_temporary(self._folder)
        finally:
            self._lock.release()

    def _writer(self) -> SegmentWriter:
        if self._open is None:
            self._open = self.new_segment()
        return self._open


def replaced(folder: Path) -> IndexUnavailable:
    """The error for a folder that another one took the place of, or nothing, while it was written."""
    return IndexUnavailable(f"索引目录 {folder} 在写的时候被删掉或换掉了，这次什么也没有提交。", "请再运行一次。")


def _sweep(folder: Path, segments: Iterable[Segment], generation: int) -> None:
    """Delete all files of ours, of any format, that the commit of these segments does not need."""
    kept = {segment.segment_id() for segment in segments}
    toc = toc_name(generation)
    _remove_temporary(folder)
    _delete(
        file
        for file in folder.iterdir()
        if layout.OURS.match(file.name) and file.name.split(".")[0] not in kept and file.name != toc
    )


def _remove_temporary(folder: Path) -> None:
    """Delete what only a build under way needs; its lock is held by us."""
    for file in folder.iterdir():
        if layout.TEMPORARY.fullmatch(file.name):
            shutil.rmtree(file, ignore_errors=True) if file.is_dir() else _delete([file])


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):  # in use, on some systems; the next commit will try again
            file.unlink()
