"""Slides: pptx. A slide is a section, its number the page of what stands on it.

Holds what reads them: ``reader`` (the slides in their order → blocks), ``shapes`` (what stands on a slide and where),
``text`` (paragraphs, rows). Never a rule of Chinese structure. To add a kind of shape, give it a case in ``reader``.
"""

from indexer.documents.formats.pptx.reader import parse_pptx
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx", ".ppt", ".pps")


def read(content: bytes, name: str) -> ParsedFile:
    """Read slides, see ``documents.read``; the binary ``.ppt`` of 97–2003 is refused with a way out."""
    return parse_pptx(content) if content else ParsedFile(Metadata(), ())
