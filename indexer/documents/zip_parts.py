"""Formats that are zips: their parts, taken out within bounds. What is read here was never unpacked to a disk."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from indexer.errors import ReadError

# Bytes of all parts together, and how many there may be.
MOST_BYTES = 512 << 20
MOST_PARTS = 20_000
_ENCRYPTED = 0x1
_FAULTS = (BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class ZipParts:
    """The parts of a zipped document, by name."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._parts = {info.filename: info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts, in their order."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """Return a part; it is never longer than the package says, which was added up before.

        Raises:
            ReadError: it is not there, or not what it was when it was packed.
        """
        if name not in self._parts:
            raise ReadError(f"文件里缺了 {name}。", "它可能没有传完，请重新取得完整的文件。")
        try:
            return self._archive.read(self._parts[name])
        except _FAULTS as error:
            raise ReadError(f"文件里的 {name} 解不开，已经损坏。", "请重新取得完整的文件。") from error


@contextmanager
def open_parts(content: bytes) -> Iterator[ZipParts]:
    """Open a zipped document.

    Raises:
        ReadError: it is no zip, is encrypted, or would unpack to more than is allowed.
    """
    try:
        archive = ZipFile(BytesIO(content))
    except (BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise ReadError("文件已经损坏，或者不是它的后缀所说的格式。", "请重新取得完整的文件。") from error
    with archive:
        _require_bounds(archive.infolist())
        yield ZipParts(archive)


def _require_bounds(parts: list[ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES or len(parts) > MOST_PARTS:
        raise ReadError(
            f"解开后有 {size >> 20} MB、{len(parts)} 个部分，"
            f"超过上限 {MOST_BYTES >> 20} MB、{MOST_PARTS} 个，没有解开。",
            "请把它拆小，或另存一份。",
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ReadError("文件加了密。", "请去掉密码后另存一份。")
