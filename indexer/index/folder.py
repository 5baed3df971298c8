"""The folder that an index is in: whether one is there, whether one may be made there, and its marker.

``xunzhang.json`` names format and engine, is read before any engine is, and changes only when an index of another one
takes the place of the old one.
"""

from __future__ import annotations

import json
import os
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
    if folder.exists() and not folder.is_dir():
        raise BadParameter(f"{folder} 是一个文件，不是目录。", "索引要放在目录里，请换一个。")
    try:
        there = (folder / MARKER).exists()
        if there and not replace_existing:
            raise BadParameter(f"{folder} 里已经有索引。", "用 open_index 打开它，或换一个目录。")
        folder.mkdir(parents=True, exist_ok=True)
        found = [entry for entry in folder.iterdir() if _is_document(entry)]
    except OSError as error:
        message = f"索引目录 {folder} 建不起来：{reason(error)}。"
        raise IndexUnavailable(message, "请检查路径和权限，或换一个目录。") from error
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
        IndexDamaged: the marker is unreadable.
    """
    path = folder / MARKER
    if not path.is_file():
        raise IndexMissing(f"{folder} 里没有索引。", f"请先建索引：xunzhang index 目录 --index {folder}")
    try:
        marker = json.loads(path.read_text("utf-8"))
        found, engine = marker["format"], str(marker["engine"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{path} 读不出来。", rebuild_hint(folder)) from error
    known = engines.ENTRIES[engine].format if engine in engines.ENTRIES else found  # of no other can it be told
    if found != known:
        raise IndexMismatch(f"索引 {folder} 的格式是第 {found} 版，本程序读第 {known} 版。", rebuild_hint(folder))
    return engine


def write_marker(folder: Path, engine: str) -> None:
    """Name format and engine of the index in a folder: wholly or not at all, and only if that changes anything.

    Raises:
        IndexUnavailable: the folder cannot be written.
    """
    path, content = folder / MARKER, json.dumps({"format": engines.ENTRIES[engine].format, "engine": engine}) + "\n"
    beside = path.with_suffix(".new")
    try:
        if path.exists() and path.read_bytes() == content.encode():
            return
        with beside.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise IndexUnavailable(f"索引目录 {folder} 写不进去：{reason(error)}。", "请检查权限和磁盘空间。") from error
