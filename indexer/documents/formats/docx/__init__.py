"""Word documents: docx, and the binary ones of Word 97–2003, which LibreOffice makes docx.

Holds what reads them: ``reader`` (the walk, body → blocks), ``runs`` (what of a paragraph is visible), ``styles`` (what
a paragraph inherits), ``numbering`` (numbers that stand nowhere in the text), ``fields`` (which text fields hide),
``chunks`` (files in other formats that stand for text), ``typed_markdown`` (marks that were pasted with a text). Never
a rule of Chinese structure. To add an element, give it a case in the walk that meets it: ``reader`` for what holds
paragraphs, ``runs`` for what stands in one.
"""

from indexer.documents.formats.docx.reader import parse_docx
from indexer.documents.libreoffice import convert
from indexer.documents.zip_package import is_locked, is_old_office
from indexer.model import Metadata, ParsedFile

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a Word document, see ``documents.read``, whichever of its endings a binary one of Word 97–2003 has."""
    if not content:
        return ParsedFile(Metadata(), ())
    if is_old_office(content) and not is_locked(content):
        return parse_docx(convert(content, ".doc", "docx"), converted=True)
    return parse_docx(content)
