"""Plain text → blocks."""

from __future__ import annotations

import re

from indexer.documents.lines import paragraphs
from indexer.documents.text_files import read_text_file
from indexer.model import Block, Metadata, ParsedFile

SUFFIXES = (".txt", ".text")

# A first line that stands this far in, and alone, is centred by hand.
_CENTERED = re.compile(r"\s*?^(?:[\u3000\xa0]{4,}|[ \t\u3000\xa0]{8,})(\S.*)$", re.M)


def read(content: bytes, name: str) -> ParsedFile:
    """Read a file of plain text, see ``documents.read``."""
    return read_text_file(content, parse_text)


def parse_text(text: str) -> ParsedFile:
    """Read plain text without front matter."""
    blocks = [Block(paragraph) for paragraph in paragraphs(text)]
    title = _CENTERED.match(text)
    if title and blocks and blocks[0].text == title[1].strip():
        blocks[0] = Block(blocks[0].text, centered=True)
    return ParsedFile(Metadata(), tuple(blocks))
