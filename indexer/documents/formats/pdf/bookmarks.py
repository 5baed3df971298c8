"""Bookmarks → the lines that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

import pypdfium2

from indexer.documents.formats.pdf.characters import typed
from indexer.documents.formats.pdf.lines import Line

# A number that stands before the name in the text and not in the bookmark, in code points.
_LONGEST_NUMBER = 9
# Lines that a heading may take.
_MOST_LINES = 3
_DEEPEST = 6
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def mark_headings(document: pypdfium2.PdfDocument, pages: Sequence[Sequence[Line]]) -> bool:
    """Give the lines that bookmarks name the level of these; tell whether there was any.

    Args:
        document: it, opened.
        pages: its lines, which are changed.
    """
    found = False
    for number, names in _bookmarks(document).items():
        if number >= len(pages):
            continue
        lines = pages[number]
        for name, level in names:
            found = _mark(lines, name, level) or found
    return found


def _bookmarks(document: pypdfium2.PdfDocument) -> dict[int, list[tuple[str, int]]]:
    """Page, from 0 → names without white space, and levels from 1."""
    result: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    with suppress(pypdfium2.PdfiumError):  # damaged ones are none
        for bookmark in document.get_toc():
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            name = _key(_title(bookmark))
            if page is not None and name:
                result[page].append((name, min(bookmark.level + 1, _DEEPEST)))
    return result


def _title(bookmark: pypdfium2.PdfBookmark) -> str:
    """Return the name of a bookmark, empty where it is half a character."""
    with suppress(UnicodeDecodeError):
        return str(bookmark.get_title())
    return ""


def _key(text: str) -> str:
    """Return a text without white space, and without regard to the width of its marks: (一) and （一）."""
    return "".join("".join(typed(ord(character)) for character in text).split()).translate(_HALF_WIDTH)


def _mark(lines: Sequence[Line], name: str, level: int) -> bool:
    """Give the largest of the lines that a bookmark may name its level: a running head has the name of its chapter."""
    named: tuple[int, int] | None = None
    for index, line in enumerate(lines):
        is_free = line.level is None and not line.goes_on and not line.cells
        if is_free and (named is None or line.size > lines[named[0]].size):
            count = _lines_of(lines, index, name)
            named = (index, count) if count else named
    if named is None:
        return False
    index, count = named
    lines[index].level = level
    for other in lines[index + 1 : index + count]:
        other.goes_on = True
    return True


def _lines_of(lines: Sequence[Line], index: int, name: str) -> int:
    """How many lines from this one on make up the name; 0 where they do not."""
    text = ""
    first = len(_key(lines[index].text))
    for count, line in enumerate(lines[index : index + _MOST_LINES], 1):
        text += _key(line.text)
        extra = len(text) - len(name)
        if text == name or (len(name) > 3 and 0 < extra < min(_LONGEST_NUMBER, first) and text.endswith(name)):
            return count
        if extra >= _LONGEST_NUMBER or (text[:1] != name[:1] and len(text) > _LONGEST_NUMBER):
            return 0
    return 0
