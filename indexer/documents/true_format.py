"""What a file is whose ending says something else: a PDF called .docx, a page or Markdown saved as .txt.

Only bytes that leave no doubt count, so that a text about formats is none of them.
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
# Headings of Markdown, by the bytes that all encodings but UTF-16 have them in; what else it is full of; the lines of a
# file of settings, whose comments look like headings.
_MARKDOWN_HEADING = re.compile(rb"^(#{1,6})[ \t]+[^\s#]", re.M)
_MARKDOWN_MARKS = re.compile(rb"^(?:```|~~~|\|[ :|-]+\|\s*$|- |\* |> )|\*\*[^*\n]+\*\*", re.M)
_SETTING = re.compile(rb"^[ \t]*(?:export |set )?[\w.\[\]-]+[ \t]*(?:=|:(?=[ \t]))|^[ \t]*[\[{<]|[;{][ \t]*$", re.M)
_LEAST_HEADINGS, _MOST_SETTINGS = 3, 0.2
_TEXT = frozenset({".txt", ".text"})
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
    if not found and suffix.lower() in _TEXT and _is_markdown(content):
        return ".md"
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


def _is_markdown(content: bytes) -> bool:
    """Tell Markdown, headings of two levels or with other marks, from texts and scripts whose lines open with ``#``."""
    if b"\n## " not in content and not content.startswith(b"## "):
        return False
    headings = [len(match[1]) for match in _MARKDOWN_HEADING.finditer(content)]
    if len(headings) < _LEAST_HEADINGS or (len(set(headings)) < 2 and not _MARKDOWN_MARKS.search(content)):
        return False
    lines = sum(1 for line in content.split(b"\n") if line.strip())
    return len(_SETTING.findall(content)) < _MOST_SETTINGS * (lines - len(headings))


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
