"""The folder that an index is in: whether one is there, and whether one may be made there."""

from __future__ import annotations

import os
from pathlib import Path

from indexer import engines
from indexer.errors import BadParameter, IndexMissing, IndexUnavailable, reason
from indexer.model import manifest

StrPath = str | os.PathLike[str]


def prepare(folder: Path, *, replace_existing: bool) -> bool:
    """See to a folder that holds no documents; whether an index is in it that is to be replaced."""
    if folder.exists() and not folder.is_dir():
        raise BadParameter(f"{folder} 是一个文件，不是目录。", "索引要放在目录里，请换一个。")
    try:
        there = (folder / manifest.MARKER).exists()
        if there and not replace_existing:
            raise BadParameter(f"{folder} 里已经有索引。", "用 open_index 打开它，或换一个目录。")
        folder.mkdir(parents=True, exist_ok=True)
        documents = [entry for entry in folder.iterdir() if _is_document(entry)]
    except OSError as error:
        message = f"索引目录 {folder} 建不起来：{reason(error)}。"
        raise IndexUnavailable(message, "请检查路径和权限，或换一个目录。") from error
    if documents:
        raise BadParameter(f"{folder} 里有文档（{documents[0].name}），不能又放索引。", "请给索引一个单独的目录。")
    return there


def _is_document(entry: Path) -> bool:
    """Whether it would be read as one; a placeholder's README may share a folder with an index."""
    from indexer import documents as parse

    return entry.suffix.lower() in parse.SUFFIXES and entry.stem.upper() != "README"


def exists(path: StrPath) -> bool:
    """Whether there is an index, of whatever state, in a folder."""
    try:
        manifest.read_marker(Path(path), engines.formats())
    except IndexMissing:
        return False
    except IndexUnavailable:
        return True
    return True
