"""All that is Whoosh's: the folder with its lock, segments as records, and the TOC that names them; nothing else here
imports it. What is in a segment's file is ours (``segments.array_file``).

Whoosh pickles the list of segments into the TOC. It is read back by an unpickler that makes segments and nothing else,
so that a folder somebody else prepared can name wrong segments but run no code.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from whoosh import fields
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC, EmptyIndexError

from indexer.engines.whoosh.segments import layout

Segment: TypeAlias = W3Segment
# What reading raises where there is no TOC.
NoToc = EmptyIndexError

# Whoosh's TOC demands a schema; ours says only that the fields exist, since layout.py knows the rest.
_SCHEMA = Schema(chars=fields.STORED(), pairs=fields.STORED(), words=fields.STORED())
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


def new_segment(storage: FolderStorage) -> Segment:
    """The record of a segment of a name that no other has."""
    segment: Segment = W3Codec().new_segment(storage, layout.INDEX_NAME)
    return segment


def read_toc(storage: FolderStorage) -> TOC:
    """The last commit's TOC. Given a schema, Whoosh does not unpickle the stored one.

    Raises:
        NoToc: there is none.
    """
    toc: TOC = TOC.read(storage, layout.INDEX_NAME, schema=_SCHEMA)
    return toc


def write_toc(storage: FolderStorage, segments: Iterable[Segment], generation: int) -> None:
    """Write a TOC by way of a temporary file and a rename."""
    TOC(_SCHEMA, list(segments), generation).write(storage, layout.INDEX_NAME)
    _sync(Path(storage.folder) / toc_name(generation))
    _sync(Path(storage.folder))


def toc_name(generation: int) -> str:
    """The name of a commit's TOC."""
    name: str = TOC._filename(layout.INDEX_NAME, generation)
    return name


def latest_generation(storage: FolderStorage) -> int:
    """The number of the last commit; -1 without any."""
    generation: int = TOC._latest_generation(storage, layout.INDEX_NAME)
    return generation


def _sync(path: Path) -> None:
    """Ask the system to put a file or folder on the disk, so that a power cut finds the commit whole."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
