"""All that is Whoosh's: the lock of the folder and the records of segments; nothing else here imports it.

What is in the files is ours: segments (``segments.array_file``) and the table of contents that names them
(``commits.toc``). Whoosh's own table is a pickle, which is neither written nor read.
"""

from __future__ import annotations

import os
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.segments import layout


class Segment(W3Segment):
    """Whoosh's record of a segment: its name, rows and deletions; by default of a name that no other has.

    Attributes:
        bytes: size of its file.
        seal: what proves that its file is the one that was written (``ArrayWriter.seal``).
    """

    def __init__(self, name: str | None = None, rows: int = 0) -> None:
        super().__init__(None, layout.INDEX_NAME, rows, name or os.urandom(8).hex(), set())  # type: ignore[no-untyped-call]
        self.bytes = 0
        self.seal = ""

    @property
    def name(self) -> str:
        """The part of its file's name that is its own."""
        own: str = self.segid
        return own

    def segment_id(self) -> str:
        """The beginning of its file's name."""
        return f"{self.indexname}_{self.segid}"

    def delete_rows(self, rows: range) -> None:
        """Mark rows as gone."""
        self._deleted.update(rows)

    def is_same_as(self, other: Segment) -> bool:
        """Whether both are of one file, with the same rows deleted."""
        return self.has_file_of(other) and self._deleted == other._deleted

    def has_file_of(self, other: Segment) -> bool:
        """Whether both are of one file, whichever rows are deleted."""
        return (self.name, self.seal) == (other.name, other.seal)


class FolderLock:
    """Keeps other writers out of a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / layout.LOCK_NAME
        self._lock = FileStorage(str(folder)).lock(layout.LOCK_NAME)

    def acquire(self) -> bool:
        """Take it, if no other writer has it; whether that succeeded."""
        taken: bool = self._lock.acquire(blocking=False)
        return taken

    def is_in_place(self) -> bool:
        """Whether the lock that was taken is still the folder's: not where the folder was deleted or replaced."""
        try:
            return os.path.samestat(os.fstat(self._lock.fd), self._path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let others write."""
        self._lock.release()
