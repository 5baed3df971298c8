"""Plain text → blocks."""

from __future__ import annotations

from indexer.model import Block, Metadata, ParsedFile
from indexer.parse.lines import paragraphs


def read(text: str) -> ParsedFile:
    """Reads a plain text without front matter."""
    return ParsedFile(Metadata(), tuple(Block(paragraph) for paragraph in paragraphs(text)))
