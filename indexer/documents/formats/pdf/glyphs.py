"""A page → its glyphs: what each shows, where it stands, how large it is and whether it is bold."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.documents.formats.pdf.characters import typed

_BOLD_NAME = re.compile(r"bold|black|heavy|simhei|黑体|heiti|[-,]b$|hei[-,_]|hei$|fzht|小标宋|xbs", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FILL_AND_STROKE, _INVISIBLE = 2, 3


@dataclass(slots=True)
class Glyph:
    """A visible character; lengths in points, y going up.

    Attributes:
        size: of its font as shown, in half points.
        spaced: whether a space was drawn before it.
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    spaced: bool


@dataclass(slots=True)
class _Style:
    bold: bool
    invisible: bool


class GlyphReader:
    """Reads the glyphs of the pages of a document.

    Attributes:
        shown, invisible: how many glyphs there were, and how many of them are a layer under an image.
    """

    def __init__(self) -> None:
        self.shown = self.invisible = 0
        self._bold_names: dict[bytes, bool] = {}
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()

    def read(self, page: pypdfium2.PdfPage) -> list[Glyph]:
        """Return the glyphs of a page in the order in which they are drawn; one drawn twice for boldness is bold."""
        text = page.get_textpage()
        try:
            return self._glyphs(text.raw)
        finally:
            text.close()

    def _glyphs(self, text: object) -> list[Glyph]:
        box = pdfium.FS_RECTF()
        found: list[Glyph] = []
        at: dict[tuple[str, int, int], Glyph] = {}
        last, style, spaced = None, _Style(bold=False, invisible=False), False
        for index in range(pdfium.FPDFText_CountChars(text)):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            char = typed(pdfium.FPDFText_GetUnicode(text, index))
            if not char or char.isspace():
                spaced = True
                continue
            drawn = pdfium.FPDFText_GetTextObject(text, index)
            address = ctypes.cast(drawn, ctypes.c_void_p).value
            if address != last:
                last, style = address, self._style(text, index, drawn)
            if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)) or box.right <= box.left:
                continue
            size = _size(pdfium.FPDFText_GetFontSize(text, index), abs(box.top - box.bottom))
            self.shown += 1
            self.invisible += style.invisible
            key = (char, round(box.left / size * 4), round(box.bottom / size * 4))
            if key in at:
                at[key].bold = True
                continue
            glyph = Glyph(char, box.left, box.bottom, box.right, box.top, size, style.bold, spaced)
            at[key] = glyph
            found.append(glyph)
            spaced = False
        return found

    def _style(self, text: object, index: int, drawn: object) -> _Style:
        pdfium.FPDFText_GetFontInfo(text, index, self._name, 256, ctypes.byref(self._flags))
        name = self._name.value
        if name not in self._bold_names:
            self._bold_names[name] = _BOLD_NAME.search(name.decode("utf-8", "replace")) is not None
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        heavy = mode == _FILL_AND_STROKE or pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
        return _Style(self._bold_names[name] or heavy, mode == _INVISIBLE)


def _size(nominal: float, height: float) -> float:
    """Return the size shown: the nominal one may be scaled by a matrix, then the box tells."""
    size = height if nominal <= 1.5 or (height and nominal > 3 * height) else nominal
    return max(round(size * 2) / 2, 1.0)
