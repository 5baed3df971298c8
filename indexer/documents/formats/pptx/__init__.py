"""Slides: pptx. A slide is a section, its number the page of what stands on it.

Holds what reads them: ``reader`` (the slides in their order → blocks), ``shapes`` (what stands on a slide and where),
``text`` (paragraphs, rows). Never a rule of Chinese structure. To add a kind of shape, give it a case in ``reader``.
"""

from indexer.documents.formats.pptx.reader import parse_pptx
from indexer.documents.libreoffice import convert
from indexer.documents.zip_package import is_locked, is_old_office
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx", ".ppt", ".pps")


def read(content: bytes, name: str) -> ParsedFile:
    """Read slides, see ``documents.read``; the binary ones of PowerPoint 97–2003 LibreOffice makes pptx."""
    if not content:
        return ParsedFile(Metadata(), ())
    if is_old_office(content) and not is_locked(content):
        content = convert(content, ".ppt", "pptx")
    return parse_pptx(content)
