"""What is called ``.doc``: the binary format of Word 97–2003, and what people save under that name besides.

The binary one is made a docx by LibreOffice, where it is installed (``documents.libreoffice``).
"""

from __future__ import annotations

from indexer.documents.formats.docx import read as read_docx
from indexer.documents.formats.docx.chunks import other_format
from indexer.documents.formats.text import read as read_text
from indexer.documents.libreoffice import convert
from indexer.documents.zip_package import is_old_office
from indexer.model import ParsedFile

SUFFIXES = (".doc", ".wps")

# So far into a file one looks for what it is.
_REACH = 4_096
# Word 2003 wrote XML of its own.
_WORD_XML = b"http://schemas.microsoft.com/office/word/2003/wordml"
_ZIP = b"PK\x03\x04"


def read(content: bytes, name: str) -> ParsedFile:
    """Read what is called a Word document, by its first bytes, see ``documents.read``."""
    if content.startswith(_ZIP) or is_old_office(content):
        return read_docx(content, name)
    if reader := other_format(content):
        return reader(content)
    if _WORD_XML in content[:_REACH]:
        return read_docx(convert(content, ".doc", "docx"), name)
    return read_text(content, name)
