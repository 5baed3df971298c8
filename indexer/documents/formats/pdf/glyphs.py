"""A page → its glyphs: what each shows, where it stands, how large it is and whether it is bold."""

from __future__ import annotations

import ctypes
import math
import re
from ctypes import c_double, c_int, c_uint, c_ulong, c_void_p
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.documents.formats.pdf.characters import half_width, is_wide, letter_width, typed

_BOLD_NAME = re.compile(
    r"bold|black|heavy|simhei|黑体|heiti|[-,]b$|(?<!ya)hei(?:[-,_]|$)|fzht|小标宋|xbs", re.IGNORECASE
)
_BOLD_WEIGHT = 600
_FILL_AND_STROKE, _INVISIBLE = 2, 3
# White space and hyphens that pdfium puts where it supposes the end of a word or line; others were drawn.
# What stands in the whole text of a page for a hyphen at the end of a line.
_NO_CHARACTER = 0xFFFE
_MAYBE_GENERATED = frozenset(" \t\r\n\xa0\u3000\u2002\u2003-")
# Em that a full-width form takes at least.
_FULL_WIDTH = 0.8
# Em that the box of a glyph is high at most, unless its font tells nonsense; how far it then goes below the base line.
_TALLEST, _DESCENT = 3.0, 0.12
# Times the width of a character that a ligature of two has at least.
_LIGATURE = 1.5
# Degrees that a line may be off; text further off lies over the page, as a watermark does.
_SKEW = 8.0


@dataclass(slots=True)
class Glyph:
    """A visible character; lengths in points from the lower left of the page, y going up.

    Attributes:
        size: of its font as shown, in half points.
        spaced: whether a space was drawn before it; None where there is none that pdfium supposes to be there.
        hidden: whether it is only there to be found, as the layer under an image.
        direction: in which its line runs, in degrees; a multiple of 90, or None where it is oblique.
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    spaced: bool | None
    hidden: bool = False
    direction: int | None = 0


@dataclass(slots=True)
class _Style:
    """Of what is drawn at once."""

    size: float
    bold: bool
    hidden: bool
    direction: int | None


class GlyphReader:
    """Reads the glyphs of the pages of a document."""

    def __init__(self) -> None:
        self._bold_names: dict[bytes, bool] = {}
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def read(self, page: pypdfium2.PdfPage) -> list[Glyph]:
        """Return the glyphs of a page in the order in which they are drawn; one drawn twice for boldness is bold."""
        x, y, right, top = page.get_bbox()
        text = page.get_textpage()
        try:
            return self._glyphs(text.raw, x, y, right - x, top - y)
        finally:
            text.close()

    def _glyphs(self, text: pdfium.FPDF_TEXTPAGE, x: float, y: float, width: float, height: float) -> list[Glyph]:
        box = pdfium.FS_RECTF()
        where = ctypes.addressof(box)
        found: list[Glyph] = []
        at: dict[tuple[str, float, int, int], Glyph] = {}
        last: int | None = None
        style = _Style(1.0, bold=False, hidden=False, direction=0)
        spaced: bool | None = False
        code_before = _NO_CHARACTER
        box_of, object_of = _get_loose_char_box, _get_text_object
        handle = ctypes.cast(text, ctypes.c_void_p).value or 0
        for index, code in enumerate(_codes(text, handle)):
            char = typed(code)
            if not char or char in _MAYBE_GENERATED:
                if pdfium.FPDFText_IsGenerated(text, index) == 1:
                    spaced = spaced or None
                    continue
                if char != "-":
                    spaced = True
                    continue
            if not box_of(handle, index, where):
                continue
            left, right, bottom, top = box.left - x, box.right - x, box.bottom - y, box.top - y
            address: int = object_of(handle, index) or 0
            if address != last:
                last, style = address, self._style(handle, index, address, char, right - left, top - bottom)
            size = style.size
            if top - bottom > _TALLEST * size and style.direction == 0:
                bottom = self._baseline(handle, index) - y - _DESCENT * size
                top = bottom + size
            if right <= left or right < 0 or left > width or top < 0 or bottom > height:
                continue
            key = (char, size, int(left / size * 4 + 0.5), int(bottom / size * 4 + 0.5))
            # two characters may stand for one glyph: twice the same in a ligature, a radical and the word that it is
            is_again = code == code_before and found[-1] is at.get(key) and found[-1].left == left
            is_ligature = is_again and _holds_two(char, (right - left) / size)
            if key in at and not is_ligature:
                at[key].bold |= at[key] is not found[-1] or at[key].left != left
                continue
            glyph = Glyph(char, left, bottom, right, top, size, style.bold, spaced, style.hidden, style.direction)
            at[key] = glyph
            found.append(glyph)
            code_before = code
            spaced = False
        return proportional(found)

    def _style(self, handle: int, index: int, drawn: int, char: str, width: float, height: float) -> _Style:
        """The style of what the object at the address ``drawn`` draws, which begins with ``char`` at ``index``."""
        _get_font_info(handle, index, self._name, len(self._name), ctypes.addressof(self._flags))
        name = self._name.value
        if name not in self._bold_names:
            self._bold_names[name] = _BOLD_NAME.search(name.decode("utf-8", "replace")) is not None
        mode = _get_render_mode(drawn)
        heavy = mode == _FILL_AND_STROKE or _get_font_weight(handle, index) >= _BOLD_WEIGHT
        nominal = _get_font_size(handle, index)
        direction = self._direction(handle, index, -1 if nominal < 0 else 1)
        size = shown_size(
            abs(nominal) * self._scale(), (width, height) if direction in (0, 180) else (height, width), char
        )
        return _Style(size, self._bold_names[name] or heavy, mode == _INVISIBLE, direction)

    def _direction(self, handle: int, index: int, sign: int) -> int | None:
        """The direction of a line by its matrix, in which one whose font has a size below zero runs backwards."""
        matrix = self._matrix
        if not _get_matrix(handle, index, ctypes.addressof(matrix)):
            matrix.a, matrix.b, matrix.c, matrix.d = 1.0, 0.0, 0.0, 1.0
        if not matrix.b and matrix.a * sign > 0:
            return 0
        degrees = math.degrees(math.atan2(sign * matrix.b, sign * matrix.a)) % 360
        nearest = round(degrees / 90) * 90
        return nearest % 360 if abs(degrees - nearest) <= _SKEW else None

    def _scale(self) -> float:
        """How many times its nominal height the text is, whose direction was asked for last."""
        return math.hypot(self._matrix.c, self._matrix.d)

    def _baseline(self, handle: int, index: int) -> float:
        """The height of the line that a character stands on, in points."""
        _get_origin(handle, index, ctypes.addressof(self._x), ctypes.addressof(self._y))
        return self._y.value


def _holds_two(char: str, width: float) -> bool:
    """Tell whether a glyph so many em wide has room for a character twice."""
    return width > _LIGATURE * (1.0 if is_wide(char) else letter_width(char))


def _function(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium for numbers in the place of pointers, of which its binding would make one at every call."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


# Those that are called for each character, and for each object that draws several.
_get_unicode = _function(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_get_text_object = _function(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_get_loose_char_box = _function(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_get_origin = _function(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_get_font_info = _function(pdfium.FPDFText_GetFontInfo, c_ulong, c_void_p, c_int, c_void_p, c_ulong, c_void_p)
_get_font_weight = _function(pdfium.FPDFText_GetFontWeight, c_int, c_void_p, c_int)
_get_font_size = _function(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_get_matrix = _function(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_get_render_mode = _function(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)


def _codes(text: pdfium.FPDF_TEXTPAGE, handle: int) -> list[int]:
    """Return the code points of the characters of a page, asked for at once where each is one unit of UTF-16."""
    count = pdfium.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, units) != count + 1:
        return [_get_unicode(handle, index) for index in range(count)]
    codes = list(units[:count])
    if _NO_CHARACTER in codes:
        codes = [_get_unicode(handle, at) if code == _NO_CHARACTER else code for at, code in enumerate(codes)]
    return codes


def proportional(glyphs: list[Glyph]) -> list[Glyph]:
    """Make full-width letters and digits half-width ones where they are set closer than full-width forms are.

    Typesetting systems for Chinese write Latin words so; their boxes overlap, and are cut to the width of the letter.
    """
    for index, glyph in enumerate(glyphs):
        half = half_width(glyph.char)
        if half and _is_close(glyphs, index):
            glyph.char = half
            glyph.right = min(glyph.right, glyph.left + letter_width(half) * glyph.size)
    return glyphs


def _is_close(glyphs: list[Glyph], index: int) -> bool:
    """Tell whether a glyph is narrow, or the next on its line, or else the one before, is closer than an em."""
    glyph = glyphs[index]
    narrow = _FULL_WIDTH * glyph.size
    if glyph.right - glyph.left < narrow:
        return True
    before, after = glyphs[max(index - 1, 0)], glyphs[min(index + 1, len(glyphs) - 1)]
    if abs(after.bottom - glyph.bottom) < 1 and 0 < after.left - glyph.left < narrow:
        return True
    return before.char.isascii() and 0 < glyph.left - before.left < narrow


def shown_size(nominal: float, box: tuple[float, float], char: str) -> float:
    """Return the size shown, in points: the nominal one may be scaled by what a page draws within, then the box tells.

    Args:
        nominal: size that the font is asked for, times that of the matrix of the text.
        box: of a character, along and across the line, in points.
        char: that character: the box of a mark tells nothing, nor how high 一 is.
    """
    is_scaled = char.isalnum() and any(box) and nominal > 3 * max(box)
    size = box[1] if nominal <= 1.5 or is_scaled else nominal
    return max(round(size * 2) / 2, 1.0)
