"""Plain text → blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.lines import Paragraph, paragraphs
from indexer.documents.page_numbers import without_page_numbers
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
    text, numbers = without_page_numbers(text)
    found = paragraphs(text)
    usual = _usual_indent(found)
    blocks = [Block(each.text, apart=each.indent != usual and "\n" not in each.text) for each in found]
    title = _CENTERED.match(text)
    if title and blocks and blocks[0].text == title[1].strip():
        blocks[0] = replace(blocks[0], centered=True)
    return ParsedFile(Metadata(), tuple(blocks), dropped=numbers)


def _usual_indent(found: Sequence[Paragraph]) -> int:
    """Return the columns by which most paragraphs are indented."""
    return Counter(each.indent for each in found).most_common(1)[0][0] if found else 0
