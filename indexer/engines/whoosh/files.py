"""Files of an index as memory maps behind Whoosh's file interface: nothing is read that is not asked for, and threads
may share them, since no position is sought. They may be deleted while they are in use.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile

# Ending of the file that tells size and CRC-32 of a segment's other files.
SUMS = ".sum"


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


def write_sums(path: Path, names: Iterable[str]) -> None:
    """Note size (bytes) and CRC-32 of the files called ``names`` beside ``path``, as JSON, in ``path``."""
    sums = {name: [(path.parent / name).stat().st_size, _crc(path.parent / name)] for name in names}
    path.write_text(json.dumps(sums), "utf-8")


def require_sizes(path: Path) -> None:
    """Compare sizes with what ``write_sums`` noted in ``path``: cheap, and it catches what was cut short.

    Raises:
        ValueError: one differs, or the notes themselves are unreadable.
    """
    for name, (size, _) in _read_sums(path).items():
        if (path.parent / name).stat().st_size != size:
            raise ValueError(f"{name} has another size")


def require_sums(path: Path) -> None:
    """Compare all content with what ``write_sums`` noted in ``path``; reads every byte.

    Raises:
        ValueError: one differs.
    """
    for name in differing(path):
        raise ValueError(f"{name} has other content")


def differing(path: Path) -> Iterator[str]:
    """The files whose content is not what ``write_sums`` noted in ``path``."""
    for name, (_, crc) in _read_sums(path).items():
        if _crc(path.parent / name) != crc:
            yield name


def _read_sums(path: Path) -> dict[str, tuple[int, int]]:
    sums = json.loads(path.read_bytes())
    if not isinstance(sums, dict):
        raise ValueError(f"{path.name} holds no sums")  # noqa: TRY004  # a wrong file, not a wrong call
    return sums


def _crc(path: Path) -> int:
    return zlib.crc32(map_file(path))
