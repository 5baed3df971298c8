"""Files that stand for a part of a Word document (``w:altChunk``), as programs write them that know HTML only."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.documents.formats.html import read as read_page
from indexer.documents.formats.mail import read as read_mail
from indexer.documents.formats.rtf import read as read_rtf
from indexer.model import ParsedFile

_RTF = re.compile(rb"\s*\{\\rt")
_SAVED_PAGE = re.compile(rb"\s*MIME-Version:", re.I)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|meta|body)\b", re.I)


def other_format(content: bytes) -> Callable[[bytes], ParsedFile] | None:
    """Return what reads a page, saved page or RTF, by its first bytes; None for anything else."""
    if _RTF.match(content):
        return lambda given: read_rtf(given, "chunk.rtf")
    if _SAVED_PAGE.match(content):
        return lambda given: read_mail(given, "chunk.mhtml")
    if _PAGE.match(content):
        return lambda given: read_page(given, "chunk.html")
    return None
