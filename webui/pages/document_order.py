"""All documents in the order in which a person would put their files."""

from __future__ import annotations

import re
from typing import TypeAlias

import indexer

_DIGITS = re.compile("([0-9]+)")
Documents: TypeAlias = tuple[indexer.Document, ...]
NaturalKey: TypeAlias = list[str | tuple[int, str]]


def in_natural_order(index: indexer.Index) -> Documents:
    """Sort all documents folder by folder, the files of a folder before its folders, 文档2 before 文档10."""
    return tuple(sorted(index.documents(), key=lambda document: _path_key(document.path)))


def _path_key(path: str) -> tuple[list[NaturalKey], NaturalKey]:
    *folders, name = path.split("/")
    return [_natural(folder) for folder in folders], _natural(name)


def _natural(name: str) -> NaturalKey:
    """Part a name into text and numbers by turns; a number, of any length, is compared by its length first."""
    parts: NaturalKey = list(_DIGITS.split(name))
    for at in range(1, len(parts), 2):
        digits = str(parts[at]).lstrip("0")
        parts[at] = (len(digits), digits)
    return parts
