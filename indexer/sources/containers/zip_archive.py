"""The members of a zip."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from indexer.errors import ReadError
from indexer.sources.containers.contract import MOST_MEMBERS, Entry, damaged, too_many
from indexer.sources.filenames import decoded_name

# Begins each line of the list of members.
_LISTED = b"PK\x01\x02"
_ENCRYPTED, _UTF8 = 0x1, 0x800
_PASSWORD = "加了密码，没有读。请用密码解开后，把解开的文件放进目录。"
_FAULTS = (BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


class ZipArchive:
    """A zip in memory."""

    def __init__(self, content: bytes, most: int) -> None:
        if content.count(_LISTED) > MOST_MEMBERS:  # a list of so many would fill the memory before it could be counted
            raise too_many()
        try:
            self._archive = ZipFile(BytesIO(content))
        except (*_FAULTS, OverflowError) as error:
            raise damaged() from error
        self._members = [info for info in self._archive.infolist() if not info.is_dir()]

    @property
    def entries(self) -> Sequence[Entry]:
        """All members that are files, in order."""
        return [
            Entry(_name(info), info.file_size, _PASSWORD if info.flag_bits & _ENCRYPTED else "")
            for info in self._members
        ]

    def read(self, number: int) -> bytes:
        """Return the bytes of a member; zipfile never unpacks more than the size that was summed."""
        try:
            return self._archive.read(self._members[number])
        except _FAULTS as error:
            raise ReadError("在压缩包里的这一份已经损坏，解不开。", "请重新取得完整的压缩包。") from error


def _name(info: ZipInfo) -> str:
    r"""Return the path of a member; what is not marked as UTF-8 was read as code page 437, whatever it was."""
    raw = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = decoded_name(raw.encode("cp437", "surrogateescape"))
    return raw.split("\0")[0].replace("\\", "/")
