"""The members of a tar, packed by gzip, bzip2 or xz or not at all."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO, cast

from indexer.errors import ReadError
from indexer.sources.containers.contract import MOST_MEMBERS, Entry, damaged, too_large, too_many
from indexer.sources.filenames import decoded_name

_SPARSE = "是稀疏文件，没有读。请把它解开后放进目录。"
_FAULTS = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_MAGIC = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))


class TarArchive:
    """A tar in memory, unpacked."""

    def __init__(self, content: bytes, most: int) -> None:
        try:
            unpacked = _unpacked(content, most)
            self._archive = tarfile.open(fileobj=BytesIO(unpacked), mode="r:", errors="surrogateescape")  # noqa: SIM115
            self._members = [info for info in _bounded(self._archive) if info.isreg()]
        except _FAULTS as error:
            raise damaged() from error

    @property
    def entries(self) -> Sequence[Entry]:
        """All members that are files, in order; links are none."""
        return [Entry(_name(info.name), info.size, _SPARSE if info.issparse() else "") for info in self._members]

    def read(self, number: int) -> bytes:
        """Return the bytes of a member."""
        with suppress(*_FAULTS):
            if (stream := self._archive.extractfile(self._members[number])) is not None:
                return stream.read()
        raise ReadError("在压缩包里的这一份已经损坏，解不开。", "请重新取得完整的压缩包。")


def _bounded(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the members one by one: a list of too many would fill the memory before it could be counted."""
    for number, info in enumerate(archive):
        if number == MOST_MEMBERS:
            raise too_many()
        yield info


def _unpacked(content: bytes, most: int) -> bytes:
    """Return a tar that is not packed, of ``most`` bytes at most."""
    for magic, unpack in _MAGIC:
        if content.startswith(magic):
            with cast(BinaryIO, unpack(BytesIO(content), "rb")) as stream:
                unpacked = stream.read(most + 1)
            if len(unpacked) > most:
                raise too_large(len(unpacked), most)
            return unpacked
    return content


def _name(name: str) -> str:
    return decoded_name(name.encode("utf-8", "surrogateescape"))
