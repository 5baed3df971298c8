"""What is called ``.doc``: the binary format of Word 97–2003, and what people save under that name besides.

The binary one is made a docx by LibreOffice, where it is installed (``documents.libreoffice``).
"""

from __future__ import annotations

import re

from indexer.documents.formats.docx import read as read_docx
from indexer.documents.formats.html import read as read_page
from indexer.documents.formats.mail import read as read_mail
from indexer.documents.formats.rtf import read as read_rtf
from indexer.model import ParsedFile

SUFFIXES = (".doc", ".wps")

_RTF = re.compile(rb"\s*\{\\rt")
_SAVED_PAGE = re.compile(rb"\s*MIME-Version:", re.I)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|head|meta|body)\b", re.I)


def read(content: bytes, name: str) -> ParsedFile:
    """Read what is called a Word document, by its first bytes, see ``documents.read``."""
    if _RTF.match(content):
        return read_rtf(content, name)
    if _SAVED_PAGE.match(content):
        return read_mail(content, f"{name}.mhtml")
    if _PAGE.match(content):
        return read_page(content, name)
    return read_docx(content, name)
