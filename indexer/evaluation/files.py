"""The files of an evaluation, line by line; a fault names the file and the line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from indexer.errors import BadParameter, reason


def read_objects(path: Path) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON Lines file; empty lines are passed over.

    Raises:
        BadParameter: it cannot be read, or a line of it is no object.
    """
    for number, line in enumerate(read_lines(path), 1):
        try:
            body = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise BadParameter(f"{path} 第 {number} 行不是 JSON：{error}。", "每行要是一个 JSON 对象。") from error
        if isinstance(body, dict):
            yield body
        elif body is not None:
            raise BadParameter(f"{path} 第 {number} 行不是对象。", "每行要是一个 JSON 对象。")


def read_lines(path: Path) -> Iterable[str]:
    """The lines of a text file in UTF-8.

    Raises:
        BadParameter: it cannot be read.
    """
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadParameter(f"{path} 读不出来（{reason(error)}）。", "请给出一个 UTF-8 文本文件。") from error
