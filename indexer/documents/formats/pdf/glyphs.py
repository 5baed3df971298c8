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
# White space and hyphens that pdfium puts where it supposes the end of a word or line; others were drawn.
_MAYBE_GENERATED = frozenset(" \t\r\n\xa0\u3000\u2002\u2003-")
_POINTER = ctypes.c_void_p


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
    """Of what is drawn at once."""

    size: float
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
        where = ctypes.byref(box)
        last, style, spaced = None, _Style(1.0, bold=False, invisible=False), False
        for index in range(pdfium.FPDFText_CountChars(text)):
            char = typed(pdfium.FPDFText_GetUnicode(text, index))
            if not char or char in _MAYBE_GENERATED:
                if pdfium.FPDFText_IsGenerated(text, index) == 1:
                    continue
                if char != "-":
                    spaced = True
                    continue
            drawn = pdfium.FPDFText_GetTextObject(text, index)
            if not pdfium.FPDFText_GetLooseCharBox(text, index, where) or box.right <= box.left:
                continue
            address = ctypes.cast(drawn, _POINTER).value
            if address != last:
                last, style = address, self._style(text, index, drawn, abs(box.top - box.bottom))
            size = style.size
            self.shown += 1
            self.invisible += style.invisible
            key = (char, int(box.left / size * 4 + 0.5), int(box.bottom / size * 4 + 0.5))
            if key in at:
                at[key].bold = True
                continue
            glyph = Glyph(char, box.left, box.bottom, box.right, box.top, size, style.bold, spaced)
            at[key] = glyph
            found.append(glyph)
            spaced = False
        return found

    def _style(self, text: object, index: int, drawn: object, height: float) -> _Style:
        pdfium.FPDFText_GetFontInfo(text, index, self._name, 256, ctypes.byref(self._flags))
        name = self._name.value
        if name not in self._bold_names:
            self._bold_names[name] = _BOLD_NAME.search(name.decode("utf-8", "replace")) is not None
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        heavy = mode == _FILL_AND_STROKE or pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
        size = _size(pdfium.FPDFText_GetFontSize(text, index), height)
        return _Style(size, bold=self._bold_names[name] or heavy, invisible=mode == _INVISIBLE)


def _size(nominal: float, height: float) -> float:
    """Return the size shown: the nominal one may be scaled by a matrix, then the box tells."""
    size = height if nominal <= 1.5 or (height and nominal > 3 * height) else nominal
    return max(round(size * 2) / 2, 1.0)
