"""The folder of an index as Whoosh's file interface sees it: lock and TOC. Segments are mapped by ``arrays``."""

from __future__ import annotations

from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile


class FolderStorage(FileStorage):
    """Reads files whole, so that none is left open when Whoosh stumbles over what it reads."""

    def open_file(self, name: str, **_: object) -> BufferFile:
        """The bytes of the file called ``name`` as a file."""
        return BufferFile((Path(self.folder) / name).read_bytes(), name)
