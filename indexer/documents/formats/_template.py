"""A format to copy: every line is a paragraph, one after ``=`` a chapter, one after ``==`` a section of it.

To add a format:

1. Copy this file to ``formats/<name>.py`` and make ``SUFFIXES`` and ``read`` its own.
2. Give it a line in ``FORMATS`` of ``indexer/documents/__init__.py``: ``Format("<name>", (".suffix",))``. A format
   whose library not everybody needs names the extra of ``pyproject.toml`` that brings it: ``extra="<name>"``.
3. Put a file and what must come of it into ``tests/golden/reading``, and name the format in the handbook
   (``docs/02-文档怎样被读懂.md``).

What ``read`` gives is blocks in reading order: all text that a reader sees, each paragraph, table row or line of a
title a ``Block``. It says of a block only what the format itself says: ``level`` of a heading, ``bold`` ranges,
``centered``, ``kind`` of a table row, ``page``. That 第一章 opens a chapter and 责任编辑 is no text is found out
afterwards, in the same way for all formats; so is the title: a sole heading of level 1 at the start becomes that of the
document, and is no section of it, where no front matter names another.
"""

from __future__ import annotations

from indexer.documents.text_files import read_text_file
from indexer.model import Block, Metadata, ParsedFile

SUFFIXES = (".lines",)


def read(content: bytes, name: str) -> ParsedFile:
    """Read a file of this format.

    Args:
        content: the whole file. A binary format gives it to its library; one that is text has it decoded, and its
            front matter read, by ``read_text_file``.
        name: of the file, for formats that need it.

    Raises:
        ReadError: the content is not what the suffix says.
    """
    return read_text_file(content, _parse)


def _parse(text: str) -> ParsedFile:
    lines = filter(None, map(str.strip, text.splitlines()))
    return ParsedFile(Metadata(), tuple(map(_block, lines)))


def _block(line: str) -> Block:
    words = line.lstrip("=")
    level = len(line) - len(words)
    return Block(words.strip(), level) if level and words else Block(line)
