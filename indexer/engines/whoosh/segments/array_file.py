"""Named arrays in one file, written one after the other and mapped back without reading or unpickling anything.

The file: each array's bytes, little-endian, aligned to ``_ALIGNMENT``; then a table in JSON, name → type, offset in
bytes, number of items, CRC-32; then the table's length and the magic bytes. The seal is the digest of the table: it is
kept elsewhere, and proves that table and arrays are those that were written.

The last array, ``checksums``, has the CRC-32 of each 64 kB of all before it, so that who needs a part of a large array
need not read the rest to know that it is sound. Files of older programs lack it; these pass over it.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np

_MAGIC = b"XZARRAYS"
_TAIL = struct.Struct("<Q8s")
_ALIGNMENT = 8
CHECKSUMS = "checksums"
# Bytes that each of them is of.
_BLOCK = 1 << 16
# Items that are looked at in one go, in half a millisecond or a few where they come from the disk.
_LOOKED_AT = 1 << 20
# NumPy would read other names of types as Python.
_TYPE = re.compile("[biuf][1248]")


class ArrayWriter:
    """Writes a file of arrays, as a context; it is none until the context ends.

    Attributes:
        bytes: size of the file, once the context has ended.
        seal: proves that a file is this one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._table: dict[str, tuple[str, int, int, int]] = {}
        self._blocks = _BlockChecksums()
        self.bytes = 0
        self.seal = ""

    def add(self, name: str, values: np.ndarray | bytes) -> None:
        """Append an array; whole numbers in the narrowest type that holds them."""
        array = np.frombuffer(values, dtype=np.uint8) if isinstance(values, bytes) else narrowest(values)
        self._align()
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).data.cast("B") if len(array) else b""
        self._table[name] = (array.dtype.str.lstrip("<|="), self._file.tell(), len(array), zlib.crc32(data))
        self._write(data)

    def add_bytes(self, name: str, parts: Iterable[np.ndarray]) -> None:
        """Append an array of bytes that comes in parts, of which none is kept."""
        self._align()
        start, crc = self._file.tell(), 0
        for part in parts:
            data = part.data.cast("B") if len(part) else b""
            crc = zlib.crc32(data, crc)
            self._write(data)
        self._table[name] = ("u1", start, self._file.tell() - start, crc)

    def _align(self) -> None:
        self._write(b"\0" * (-self._file.tell() % _ALIGNMENT))

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._blocks.update(data)

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the table and ask the system to put it all on the disk; after an error leave no file."""
        with self._file:
            if error is None:
                self._align()
                self.add(CHECKSUMS, self._blocks.finish())
                table = json.dumps(self._table).encode()
                self._file.write(table + _TAIL.pack(len(table), _MAGIC))
                self._file.flush()
                self.bytes, self.seal = self._file.tell(), _seal(table)
                os.fsync(self._file.fileno())
        if error is not None:
            self._path.unlink(missing_ok=True)


class _BlockChecksums:
    """The checksum of each block of what is written."""

    def __init__(self) -> None:
        self._done: list[int] = []
        self._crc = self._filled = 0

    def update(self, data: bytes | memoryview) -> None:
        """Go on with the next bytes."""
        rest = memoryview(data)
        while rest:
            part, rest = rest[: _BLOCK - self._filled], rest[_BLOCK - self._filled :]
            self._crc = zlib.crc32(part, self._crc)
            self._filled += len(part)
            if self._filled == _BLOCK:
                self._flush()

    def finish(self) -> np.ndarray:
        """All of them, the last block being shorter."""
        if self._filled:
            self._flush()
        return np.array(self._done, dtype=np.uint32)

    def _flush(self) -> None:
        self._done.append(self._crc)
        self._crc = self._filled = 0


class ArrayFile:
    """Reads such a file.

    Args:
        path: the file.
        seal: what was told when it was written; without it the table is believed.

    Raises:
        FileNotFoundError: there is none.
        ValueError: it is cut short, changed, or no such file.
    """

    def __init__(self, path: Path, seal: str | None = None) -> None:
        self.name = path.name
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        if size < _TAIL.size:
            raise ValueError(f"{self.name} is cut short")
        length, magic = _TAIL.unpack(self._map[-_TAIL.size :])
        if magic != _MAGIC or length > size - _TAIL.size:
            raise ValueError(f"{self.name} is cut short")
        table = self._map[size - _TAIL.size - length : size - _TAIL.size]
        if seal not in (None, _seal(table)):
            raise ValueError(f"{self.name} is not the file that was written")
        self._table: dict[str, tuple[str, int, int, int]] = json.loads(table)
        self._sound: set[str] = set()
        self._sound_blocks: set[int] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def __getitem__(self, name: str) -> np.ndarray:
        """The array called ``name``, a view of the file.

        Raises:
            ValueError: it is not what was written; looked at when it is first asked for.
        """
        array = self._view(name)
        if name not in self._sound:
            if _crc(array) != self._table[name][3]:
                raise ValueError(f"{name} in {self.name} has changed")
            self._sound.add(name)
        return array

    def part(self, name: str, start: int, end: int) -> np.ndarray:
        """Items ``start`` to before ``end`` of an array, a view of the file.

        Raises:
            ValueError: a block they are in is not what was written; looked at when first asked for.
        """
        if CHECKSUMS not in self._table:
            return self[name][start:end]
        array = self._view(name)
        if name not in self._sound:
            self._require_sound(name, start * array.itemsize, end * array.itemsize)
        return array[start:end]

    def look_through(self, name: str) -> Iterator[None]:
        """Look at an array ahead of those who ask for parts of it, some of it at a time; they are told of a block that
        is not what was written.
        """
        size = len(self._view(name))
        step = _LOOKED_AT if CHECKSUMS in self._table else size + 1
        for start in range(0, size, step):
            with suppress(ValueError):
                self.part(name, start, min(start + step, size))
            yield

    def _require_sound(self, name: str, start: int, end: int) -> None:
        """Look at the blocks that bytes ``start`` to before ``end`` of an array are in, each once."""
        offset = self._table[name][1]
        for block in range((offset + start) // _BLOCK, -(-(offset + end) // _BLOCK)):
            if block not in self._sound_blocks:
                if zlib.crc32(self._bytes_of(block)) != self._checksums[block]:
                    raise ValueError(f"{name} in {self.name} has changed")
                self._sound_blocks.add(block)

    def _bytes_of(self, block: int) -> memoryview:
        end = min((block + 1) * _BLOCK, self._table[CHECKSUMS][1])
        return memoryview(self._map)[block * _BLOCK : end]

    @cached_property
    def _checksums(self) -> np.ndarray:
        return self[CHECKSUMS]

    def _view(self, name: str) -> np.ndarray:
        kind, offset, count, _ = self._table[name]
        if not _TYPE.fullmatch(kind):
            raise ValueError(f"{self.name} holds no array of type {kind}")
        return np.frombuffer(self._map, dtype=np.dtype(kind).newbyteorder("<"), count=count, offset=offset)

    def bytes(self, name: str, start: int = 0, end: int | None = None) -> bytes:
        """Bytes ``start`` to ``end`` of an array of bytes, unchecked: for what zlib checks when it unpacks it."""
        _, offset, count, _ = self._table[name]
        return bytes(self._map[offset + start : offset + (count if end is None else min(end, count))])

    def names(self) -> Iterator[str]:
        """The names of all arrays, in the order of the file."""
        return iter(self._table)

    def offset(self, name: str) -> int:
        """Where an array begins, in bytes."""
        return self._table[name][1]

    def differing(self) -> Iterator[str]:
        """Names of the arrays whose content is not what was written."""
        for name, (_, _, _, crc) in self._table.items():
            if _crc(self._view(name)) != crc:
                yield name


def _seal(table: bytes) -> str:
    return hashlib.sha256(table).hexdigest()


def _crc(array: np.ndarray) -> int:
    return zlib.crc32(array.data.cast("B") if len(array) else b"")


def narrowest(values: np.ndarray) -> np.ndarray:
    """Whole numbers in the smallest unsigned type; others as they are."""
    if values.dtype.kind not in "iu" or not len(values) or values.min() < 0:
        return values.astype(np.uint8) if not len(values) else values
    most = int(values.max())
    return values.astype(
        next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if most <= np.iinfo(kind).max)
    )
