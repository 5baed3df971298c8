"""The folder that an index is in: whether one is there, whether one may be made there, and its marker.

``xunzhang.json`` names format and engine, with a checksum of both; it is read before any engine is, and changes only
when an index of another one takes the place of the old one.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

from indexer import engines
from indexer.errors import (
    BadParameter,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexUnavailable,
    reason,
    rebuild_hint,
    way_out,
)

MARKER = "xunzhang.json"
StrPath = str | os.PathLike[str]


def exists(path: StrPath) -> bool:
    """Whether there is an index, of whatever state, in a folder."""
    try:
        read_marker(Path(path))
    except IndexMissing:
        return False
    except IndexUnavailable:
        return True
    return True


def prepare(folder: Path, *, replace_existing: bool) -> bool:
    """See to a folder that holds no documents; whether an index is in it that is to be replaced."""
    try:
        if folder.exists() and not folder.is_dir():
            raise BadParameter(f"{folder} 是一个文件，不是目录。", "索引要放在目录里，请换一个。")
        there = (folder / MARKER).exists()
        if there and not replace_existing:
            raise BadParameter(f"{folder} 里已经有索引。", "用 open_index 打开它，或换一个目录。")
        folder.mkdir(parents=True, exist_ok=True)
        found = [entry for entry in folder.iterdir() if _is_document(entry)]
    except OSError as error:
        message = f"索引目录 {folder} 建不起来：{reason(error)}。"
        raise IndexUnavailable(message, f"{way_out(error)}也可以换一个目录。") from error
    if found:
        raise BadParameter(f"{folder} 里有文档（{found[0].name}），不能又放索引。", "请给索引一个单独的目录。")
    return there


def _is_document(entry: Path) -> bool:
    """Whether it would be read as one; a placeholder's README may share a folder with an index."""
    from indexer.documents import SUFFIXES

    return entry.suffix.lower() in SUFFIXES and entry.stem.upper() != "README"


def read_marker(folder: Path) -> str:
    """The engine of the index in ``folder``.

    Raises:
        IndexMissing: no index there.
        IndexMismatch: an index of another format.
        IndexDamaged: the marker is not what was written.
        IndexUnavailable: the system does not let it be read.
    """
    path = folder / MARKER
    try:
        stored = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise IndexMissing(f"{folder} 里没有索引。", f"请先建索引：xunzhang index 目录 --index {folder}") from None
    except OSError as error:
        raise IndexUnavailable(f"索引 {folder} 现在读不了：{reason(error)}。", way_out(error)) from error
    try:
        marker = json.loads(stored)
        found, engine, checksum = marker["format"], str(marker["engine"]), marker.get("checksum")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(path) from error
    known = engines.ENTRIES[engine].format if engine in engines.ENTRIES else None
    may_lack_checksum = found != known  # as older programs wrote none
    if checksum != _checksum(found, engine) and not (checksum is None and may_lack_checksum):
        raise _damaged(path)
    if known not in (None, found):  # of an engine that is not known here it cannot be told
        raise IndexMismatch(f"索引 {folder} 的格式是第 {found} 版，本程序读第 {known} 版。", rebuild_hint(folder))
    return engine


def _damaged(path: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} 读不出来。", rebuild_hint(path.parent))


def _marker(engine: str) -> bytes:
    """What the marker of an index of that engine says."""
    number = engines.ENTRIES[engine].format
    said = {"format": number, "engine": engine, "checksum": _checksum(number, engine)}
    return json.dumps(said).encode() + b"\n"


def _checksum(number: object, engine: str) -> str:
    return f"{zlib.crc32(f'{number} {engine}'.encode()):08x}"


def write_marker(folder: Path, engine: str) -> None:
    """Name format and engine of the index in a folder: wholly or not at all, and only if that changes anything.

    Raises:
        IndexUnavailable: the folder cannot be written.
    """
    path, content = folder / MARKER, _marker(engine)
    beside = path.with_suffix(".new")
    try:
        if path.exists() and path.read_bytes() == content:
            return
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise IndexUnavailable(f"索引目录 {folder} 写不进去：{reason(error)}。", way_out(error)) from error
