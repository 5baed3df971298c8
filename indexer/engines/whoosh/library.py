"""All that is Whoosh's: the lock of the folder; nothing else here imports it, and only who writes waits for it.

What is in the files is ours: segments (``segments.array_file``) and the table of contents that names them
(``commits.toc``). Whoosh's own table is a pickle, which is neither written nor read.
"""

from __future__ import annotations

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.segments import layout


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
