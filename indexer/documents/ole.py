"""Streams of compound files (OLE2), the container of Office 97–2003. After MS-CFB."""

from __future__ import annotations

import struct

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_STREAM, _ROOT = 2, 5
# Sizes of sectors, as powers of two.
_SHIFTS = (9, 12)
# Sector numbers from here on are no sectors: the end of a chain, a free one.
_NO_SECTOR = 0xFFFFFFFA


def stream(content: bytes, *names: str) -> bytes | None:
    """Return the first stream of the file that has one of the names; None where there is none, or it is damaged."""
    try:
        return _File(content).stream(names) if content.startswith(_MAGIC) else None
    except (struct.error, IndexError, ValueError):
        return None


def has_directory(content: bytes) -> bool:
    """Tell whether the directory is where the head of the file says: not so in one that is cut off or overwritten."""
    try:
        (shift,), (first,) = struct.unpack_from("<H", content, 30), struct.unpack_from("<I", content, 48)
        return shift in _SHIFTS and content[((first + 1) << shift) + 66] == _ROOT
    except (struct.error, IndexError):
        return False


class _File:
    """A compound file.

    Raises:
        struct.error, IndexError, ValueError: it is damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        (self._shift, self._mini_shift) = struct.unpack_from("<HH", content, 30)
        if self._shift not in _SHIFTS or self._mini_shift != 6:
            raise ValueError("sectors of an unknown size")
        (first_directory,) = struct.unpack_from("<I", content, 48)
        self._cutoff, first_mini_fat = struct.unpack_from("<II", content, 56)
        self._fat = self._numbers(self._fat_sectors())
        directory = self._chain(first_directory)
        self._entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
        self._mini_fat = _whole_numbers(self._chain(first_mini_fat))
        root = next((entry for entry in self._entries if entry[66] == _ROOT), b"")
        self._mini_stream = self._chain(*struct.unpack_from("<I", root, 116))

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        """Return the first stream of one of the names."""
        for name in names:
            for entry in self._entries:
                (length,) = struct.unpack_from("<H", entry, 64)
                if entry[66] == _STREAM and entry[: max(length - 2, 0)].decode("utf-16-le", "replace") == name:
                    start, size = struct.unpack_from("<II", entry, 116)
                    return self._read(start, size)
        return None

    def _read(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            return self._chain(start)[:size]
        pieces, left = [], size
        while start < _NO_SECTOR and left > 0:
            pieces.append(self._mini_stream[start << self._mini_shift : (start + 1) << self._mini_shift])
            start, left = self._mini_fat[start], left - (1 << self._mini_shift)
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) << self._shift : (number + 2) << self._shift]

    def _chain(self, start: int) -> bytes:
        """Return the sectors that follow each other from one on; no more than there are."""
        pieces: list[bytes] = []
        while start < _NO_SECTOR:
            if len(pieces) > len(self._fat):
                raise ValueError("a chain of sectors that never ends")
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def _fat_sectors(self) -> list[int]:
        """Return the sectors of the table of sectors: 109 in the header, the rest in sectors of their own."""
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        (more, count) = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) >> self._shift)):
            if more >= _NO_SECTOR:
                break
            *found, more = self._numbers([more])
            sectors += found
        return [one for one in sectors if one < _NO_SECTOR]

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        return _whole_numbers(b"".join(map(self._sector, sectors)))


def _whole_numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
