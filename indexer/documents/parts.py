"""Which titles are those of parts of a work, and which work a file that is a part of one names above its title."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.documents.structure import numbering
from indexer.model import Block

# Divisions that files of one work are; books and reports have chapters of their own.
_DIVISIONS = frozenset(f"第{division}" for division in ("编", "卷", "篇", "部", "部分", "分编", "册", "集"))
_WORDS = frozenset(("总则", "分则", "附则", "总纲"))
# Code points of a name like 婚姻家庭编.
_LONGEST_NAME = 10


def is_part(title: str) -> bool:
    """Whether a title is that of a part: 第一编 总则, 物权编, 卷二, 总则; 第一章 is none."""
    title = title.strip()
    number = numbering.number(title)
    if number is not None:
        return number.style in _DIVISIONS
    return title in _WORDS or (title.endswith(("编", "编（续）")) and 1 < len(title) <= _LONGEST_NAME)


def work_above(blocks: Sequence[Block]) -> str | None:
    """Return the work that a file names in a first line of level 1, its own title, a part's, being the only other."""
    first_level = [block for block in blocks if block.level == 1]
    if len(first_level) != 2 or list(blocks[:2]) != first_level:
        return None
    work, part = (" ".join(block.text.split()) for block in first_level)
    return work if is_part(part) and not is_part(work) and numbering.number(work) is None else None
