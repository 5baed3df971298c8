"""Files of an index as memory maps behind Whoosh's file interface: nothing is read that is not asked for, and threads
may share them, since no position is sought. They may be deleted while they are in use.
"""

from __future__ import annotations

import mmap
from io import BytesIO
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile


class MappedFile(BufferFile):
    """A file to read.

    Attributes:
        map: its bytes.
    """

    def __init__(self, path: Path) -> None:
        self.map = map_file(path)
        self._buf = self.map  # type: ignore[assignment]  # a map is sliced like bytes
        self._name = path.name
        self.file = self.map if isinstance(self.map, mmap.mmap) else BytesIO()  # type: ignore[assignment]
        self.onclose = None
        self.is_real = False
        self.is_closed = False


class MappedStorage(FileStorage):
    """A folder of such files."""

    def open_file(self, name: str, **_: object) -> MappedFile:
        """Map the file called ``name``."""
        return MappedFile(Path(self.folder) / name)


def map_file(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file without reading them; an empty file cannot be mapped."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
