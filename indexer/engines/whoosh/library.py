"""The folder of an index as Whoosh's file interface sees it: lock and TOC. Segments are mapped by ``arrays``.

Whoosh pickles the list of segments into the TOC. It is read back by an unpickler that makes segments and nothing else,
so that a folder somebody else prepared can name wrong segments but run no code.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile

_MADE: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): W3Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): W3Codec,
    ("builtins", "set"): set,
}


class FolderStorage(FileStorage):
    """Reads files whole, so that none is left open when Whoosh stumbles over what it reads."""

    def open_file(self, name: str, **_: object) -> _TocFile:
        """The bytes of the file called ``name`` as a file."""
        return _TocFile((Path(self.folder) / name).read_bytes(), name)


class _TocFile(BufferFile):
    def read_pickle(self) -> Any:
        """The list of segments."""
        return _SegmentUnpickler(self.file).load()


class _SegmentUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class that a list of segments is made of.

        Raises:
            UnpicklingError: any other.
        """
        if made := _MADE.get((module, name)):
            return made
        raise pickle.UnpicklingError(f"a list of segments holds no {module}.{name}")
