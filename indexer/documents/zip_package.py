"""Documents that are a zip (docx, pptx, odt, xlsx, EPUB): their parts, taken out within limits.

What is summed up before anything is unpacked is what the directory of the zip claims; no more than was claimed is ever
unpacked, and nothing of it ever comes to a disk.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile, ZipInfo

from indexer.documents.xml_parts import Element, parse_xml
from indexer.errors import ReadError

# Of one file: its parts, the bytes of all that may be read, and how much bigger than packed these may be.
MOST_PARTS = 20_000
MOST_BYTES = 256 << 20
MOST_RATIO = 1_000
# So little cannot be a bomb, however well it is packed.
_HARMLESS_BYTES = 8 << 20
# What no parser asks for, and may be as big as the file is.
_MEDIA = frozenset(
    f".{suffix}"
    for suffix in (
        *("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "webp", "svg", "ico", "wdp"),
        *("ttf", "otf", "woff", "woff2", "odttf", "fntdata", "mp3", "m4a", "wav", "ogg", "mp4", "m4v", "avi", "mov"),
    )
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FLAG_ENCRYPTED = 1
_FAULTS = (BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class ZipPackage:
    """A zipped document, its directory checked.

    Args:
        content: the whole file.

    Raises:
        ReadError: it is no zip, cut off, encrypted, or bigger unpacked than the limits.
    """

    def __init__(self, content: bytes) -> None:
        if is_locked(content):
            raise encrypted()
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise _damaged() from error
        self._parts = {info.filename.lower(): info for info in self._zip.infolist()}
        self._require_bounds()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts, in their order."""
        return tuple(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return self._info(name) is not None

    def read(self, name: str, most: int = MOST_BYTES) -> bytes:
        """Return a part unpacked, by its name in whatever case.

        Raises:
            ReadError: it is not there, encrypted, of more than ``most`` bytes, or not what it was when it was packed.
        """
        info = self._info(name)
        if info is None:
            raise ReadError(f"文件里缺了 {name}，不完整。", "它可能没有传完，请重新取得完整的文件。")
        if info.flag_bits & _FLAG_ENCRYPTED:
            raise encrypted()
        if info.file_size > most:
            raise _too_large()
        try:
            with self._zip.open(info) as part:
                unpacked = part.read(info.file_size + 1)
        except _FAULTS as error:
            raise _damaged() from error
        if len(unpacked) > info.file_size:
            raise _damaged()
        return unpacked

    def part(self, name: str) -> Element | None:
        """Return the root of a part of XML; None where there is none of the name.

        Raises:
            ReadError: as ``read`` and ``parse_xml``.
        """
        return parse_xml(self.read(name), name) if name in self else None

    def _info(self, name: str) -> ZipInfo | None:
        return self._parts.get(name.lstrip("/").lower())

    def _require_bounds(self) -> None:
        infos = [info for info in self._zip.infolist() if PurePath(info.filename).suffix.lower() not in _MEDIA]
        total = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if len(self._parts) > MOST_PARTS or total > MOST_BYTES:
            raise _too_large()
        if total > _HARMLESS_BYTES and total > packed * MOST_RATIO:
            raise _too_large()


def is_old_office(content: bytes) -> bool:
    """Tell a file of the binary formats of Office 97–2003, or one of the newer ones with a password."""
    return content.startswith(_OLE)


def is_locked(content: bytes) -> bool:
    """Tell a file of the newer formats of Office with a password."""
    return is_old_office(content) and _ENCRYPTED in content


def encrypted() -> ReadError:
    """Return the error of a file that wants a password."""
    return ReadError("文件有密码保护，读不了。", "请在办公软件里打开、去掉密码后另存一份。")


def no_such_document(kind: str) -> ReadError:
    """Return the error of a zip that is not what its ending says."""
    return ReadError(f"压缩包里没有{kind}的正文，不是这种文件。", "请检查文件的后缀，或用办公软件打开后另存一份。")


def _damaged() -> ReadError:
    return ReadError("文件不完整或已损坏，解不开。", "请重新下载或拷贝；能用办公软件打开的，打开后另存一份。")


def _too_large() -> ReadError:
    return ReadError(
        f"解开后太大（上限 {MOST_BYTES >> 20} MB，或原大小的 {MOST_RATIO} 倍），没有读。",
        "若文件可信，请用办公软件打开后分成几份另存。",
    )
