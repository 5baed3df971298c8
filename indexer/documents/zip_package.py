"""Files that are a zip of XML parts (docx, pptx, odt): one part after the other as a tree, within limits.

What is summed up before anything is unpacked is what the directory of the zip claims; no more than was claimed is ever
unpacked. No entity is resolved, nothing is mended: XML that is not well-formed is an error, not half a text.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile

from lxml import etree

from indexer.errors import ReadError

Element: TypeAlias = etree._Element

# Of one file: its members, the bytes of all its parts of XML, and how much bigger than packed these may be.
MOST_MEMBERS = 20_000
MOST_XML_BYTES = 256 << 20
MOST_RATIO = 1_000
# So little cannot be a bomb, however well it is packed.
_HARMLESS_BYTES = 8 << 20
_XML_SUFFIXES = (".xml", ".rels")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FLAG_ENCRYPTED = 1


class ZipPackage:
    """A zip of XML parts, its directory checked.

    Args:
        content: the whole file.
        newer: the ending under which a file of an older format is to be saved, for the hint.

    Raises:
        ReadError: it is no zip, cut off, encrypted, of an older format, or bigger unpacked than the limits.
    """

    def __init__(self, content: bytes, *, newer: str) -> None:
        _refuse_ole(content, newer)
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _damaged() from error
        self._members = {info.filename.lower(): info for info in self._zip.infolist()}
        self._check_sizes()

    def names(self) -> list[str]:
        """Return the names of all members, as in the zip."""
        return self._zip.namelist()

    def bytes_of(self, name: str) -> bytes | None:
        """Return a member unpacked; None where there is none of the name, in whatever case."""
        info = self._members.get(name.lstrip("/").lower())
        if info is None:
            return None
        if info.flag_bits & _FLAG_ENCRYPTED:
            raise encrypted()
        if info.file_size > MOST_XML_BYTES:
            raise _too_large()
        try:
            with self._zip.open(info) as member:
                unpacked = member.read(info.file_size + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
            raise _damaged() from error
        if len(unpacked) > info.file_size:
            raise _damaged()
        return unpacked

    def part(self, name: str, replaced: dict[bytes, bytes] | None = None) -> Element | None:
        """Return the root of a part; None where there is none of the name.

        Args:
            name: of the member.
            replaced: bytes → what to read in their stead (namespaces that have two names).

        Raises:
            ReadError: it is not well-formed, nested deeper than libxml2 allows (256), or declares entities.
        """
        content = self.bytes_of(name)
        if content is None:
            return None
        for old, new in (replaced or {}).items():
            content = content.replace(old, new)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root: Element = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise _malformed(name, error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ReadError(f"里面的 {name} 声明了 DTD，办公软件不会这样写，没有读。", "请用办公软件打开后另存一份。")
        return root

    def _check_sizes(self) -> None:
        infos = [info for info in self._zip.infolist() if info.filename.lower().endswith(_XML_SUFFIXES)]
        total = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if len(self._members) > MOST_MEMBERS or total > MOST_XML_BYTES:
            raise _too_large()
        if total > _HARMLESS_BYTES and total > packed * MOST_RATIO:
            raise _too_large()


def encrypted() -> ReadError:
    """Return the error of a file that wants a password."""
    return ReadError("文件有密码保护，读不了。", "请在办公软件里打开、去掉密码后另存一份。")


def no_such_document(kind: str) -> ReadError:
    """Return the error of a zip that is not what its ending says."""
    return ReadError(f"压缩包里没有{kind}的正文，不是这种文件。", "请检查文件的后缀，或用办公软件打开后另存一份。")


def _refuse_ole(content: bytes, newer: str) -> None:
    if not content.startswith(_OLE):
        return
    if _ENCRYPTED in content:
        raise encrypted()
    raise ReadError("这是旧版的二进制 Office 文件，读不了。", f"请用 Office、WPS 或 LibreOffice 打开后另存为 {newer}。")


def _damaged() -> ReadError:
    return ReadError("文件不完整或已损坏，解不开。", "请重新下载或拷贝；能用办公软件打开的，打开后另存一份。")


def _too_large() -> ReadError:
    return ReadError(
        f"解开后太大（上限 {MOST_XML_BYTES >> 20} MB，或原大小的 {MOST_RATIO} 倍），没有读。",
        "若文件可信，请用办公软件打开后分成几份另存。",
    )


def _malformed(name: str, error: etree.XMLSyntaxError) -> ReadError:
    if "depth" in str(error).lower():
        return ReadError(f"里面的 {name} 嵌套太深，没有读。", "请用办公软件打开，把层层嵌套的表格拆开后另存。")
    return ReadError(f"里面的 {name} 不是完好的 XML，文件已损坏。", "请用办公软件打开修复后另存一份。")
