"""What a file is whose ending says something else: a PDF called .docx, a page saved as .txt.

Only first bytes that leave no doubt count, so that a text about formats is none of them.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

_PDF = b"%PDF-"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
# So near its end a page closes what it opened.
_ENDS_PAGE, _REACH = b"</html>", 4_096
# Formats that are a zip, by a part that only they have; those with a part that names them, by what stands in it.
_PARTS = (("word/document.xml", ".docx"), ("ppt/presentation.xml", ".pptx"), ("xl/workbook", ".xlsx"))
_TYPES = {
    b"application/epub+zip": ".epub",
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_NAMES_TYPE = "mimetype"
# What each of these is read as already, and what a page may well be the text of.
_OWN = {
    ".pdf": frozenset({".pdf"}),
    ".rtf": frozenset({".rtf", ".doc", ".wps"}),
    ".docx": frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps"}),
    ".pptx": frozenset({".pptx", ".pptm", ".ppsx", ".potx", ".ppt", ".pps"}),
    ".xlsx": frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}),
    ".epub": frozenset({".epub"}),
    ".odt": frozenset({".odt", ".ott"}),
    ".ods": frozenset({".ods", ".xlsx", ".xls"}),
    ".html": frozenset({".html", ".htm", ".xhtml", ".shtml", ".md", ".markdown", ".mdx", ".doc", ".wps", ".xls"}),
}


def true_suffix(content: bytes, suffix: str) -> str:
    """Return the ending that the first bytes of a file ask for, ``suffix`` where they say nothing against it."""
    found = _suffix_of(content)
    return found if found and suffix.lower() not in _OWN[found] else suffix


def true_name(content: bytes, name: str) -> str:
    """Return the name of a file with the ending that its first bytes ask for."""
    suffix = PurePath(name).suffix
    found = true_suffix(content, suffix)
    return name if found == suffix else f"{name.removesuffix(suffix)}{found}"


def _suffix_of(content: bytes) -> str:
    if content.startswith(_PDF):
        return ".pdf"
    if content.startswith(_RTF):
        return ".rtf"
    if content.startswith(_ZIP):
        return _of_zip(content)
    is_page = content[:64].lstrip()[:1] in (b"<", b"\xef") and _PAGE.match(content)
    return ".html" if is_page and _ENDS_PAGE in content[-_REACH:].lower() else ""


def _of_zip(content: bytes) -> str:
    """Return what a zipped document is by its parts; nothing of a zip that is none, or damaged."""
    try:
        with ZipFile(BytesIO(content)) as package:
            names = package.namelist()
            if names and names[0] == _NAMES_TYPE:
                with package.open(_NAMES_TYPE) as part:
                    return _TYPES.get(part.read(128).strip(), "")
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return ""
    return next((suffix for part, suffix in _PARTS if any(name.startswith(part) for name in names)), "")
