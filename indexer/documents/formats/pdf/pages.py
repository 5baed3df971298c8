"""The pages of a PDF → their lines, whichever way they run, and whether their text was recognised from images."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.documents.formats.pdf.aligned_rows import mark_rows
from indexer.documents.formats.pdf.frames import Box, Frame, frames_of, turned
from indexer.documents.formats.pdf.glyphs import Glyph, GlyphReader
from indexer.documents.formats.pdf.legibility import is_legible
from indexer.documents.formats.pdf.lines import Line, lines_of
from indexer.documents.formats.pdf.recognition import recognized
from indexer.documents.formats.pdf.recognized import steadied
from indexer.documents.formats.pdf.tables import with_rows
from indexer.documents.formats.pdf.text_columns import is_slide
from indexer.errors import ReadError
from indexer.model import Recognition, page_ranges

# Share of a page that an image takes which the text of the page was recognised from.
_COVERED = 0.7
_RECOGNIZE = "要读，请装好 Tesseract，加 --ocr 再运行一次。"
# Fewer glyphs are a stamp or a page number on an image.
_FEW_GLYPHS = 12


@dataclass(slots=True)
class Page:
    """A page as it was read.

    Attributes:
        number: from 1.
        lines: in reading order.
        width, height: in points, turned as most of its text runs.
        recognized: whether the text was recognised from an image.
        unread: whether something is drawn on it, and hardly any text.
        over: text that lies obliquely over the page.
    """

    number: int
    lines: list[Line] = field(default_factory=list)
    width: float = 1.0
    height: float = 1.0
    recognized: bool = False
    unread: bool = False
    over: str = ""

    @property
    def text(self) -> str:
        """All of it without white space."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn on a page beside its text: boxes around paths, the share that the largest image covers."""

    paths: list[Box]
    covered: float
    anything: bool


@dataclass(slots=True)
class Pages:
    """The pages of a document as they were read.

    Attributes:
        lost: numbers of those that cannot be opened.
        failure: why text was not recognised on all of those that have none; empty where it was, or was not asked for.
    """

    pages: list[Page]
    lost: list[int]
    failure: str = ""

    def notes(self) -> Iterator[str]:
        """What is to be said about pages that were not read."""
        if self.lost:
            yield f"第 {page_ranges(self.lost)} 页读不出来，文件可能不完整。"
        if unread := page_ranges(page.number for page in self.pages if page.unread):
            yield f"第 {unread} 页没有文字，多半是图像，没有读。{self.failure or _RECOGNIZE}"


def read_pages(document: pypdfium2.PdfDocument, recognition: Recognition | None) -> Pages:
    """Read all pages; with ``recognition`` text is recognised on those that have none, or none that can be read."""
    reader = GlyphReader()
    result = Pages([], [])
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            result.lost.append(number)
            result.pages.append(Page(number))
            continue
        result.pages.append(_read_page(page, reader, number))
        page.close()
    if recognition:
        _recognize(document, result, recognition)
    return result


def _recognize(document: pypdfium2.PdfDocument, result: Pages, recognition: Recognition) -> None:
    end = time.monotonic() + recognition.seconds
    for index, made in enumerate(result.pages):
        if not (made.unread or (made.lines and not is_legible(made.text))):
            continue
        if time.monotonic() > end:
            result.failure = f"识别这份文件的文字已经用了 {recognition.seconds:g} 秒，后面的没有识别。请把它拆小。"
            return
        page = document[index]
        try:
            glyphs = recognized(page, recognition)
        except ReadError as error:
            result.failure = str(error)
        else:
            if len(glyphs) > len(made.text) or not made.unread:
                result.pages[index] = _page_of(glyphs, made.number, *page.get_size())
            made.unread = False
        finally:
            page.close()


def _read_page(page: pypdfium2.PdfPage, reader: GlyphReader, number: int) -> Page:
    """Read a page, which is the ``number``-th."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    glyphs = reader.read(page)
    drawn = _drawn(page, left, bottom, width * height)
    hidden = sum(glyph.hidden for glyph in glyphs)
    is_recognized = len(glyphs) >= _FEW_GLYPHS and _is_layer(page, drawn.covered, hidden / len(glyphs))
    if not is_recognized and 2 * hidden < len(glyphs):
        glyphs = [glyph for glyph in glyphs if not glyph.hidden]
    frames, over = frames_of(glyphs, width, height)
    made = Page(number, [], frames[0].width, frames[0].height, is_recognized, over=over)
    made.unread = drawn.anything and len(glyphs) < _FEW_GLYPHS
    for frame in frames:
        _add(made, frame, [] if is_recognized else drawn.paths, width, height)
    if is_recognized:
        steadied(made.lines)
    return made


def _page_of(glyphs: Sequence[Glyph], number: int, width: float, height: float) -> Page:
    """Return a page whose glyphs were recognised from its image."""
    lines = lines_of(glyphs, number)
    steadied(lines)
    return Page(number, lines, width, height, recognized=True)


def _add(page: Page, frame: Frame, paths: Sequence[Box], width: float, height: float) -> None:
    """Add the lines of a frame after those that are there, in columns of their own."""
    boxes = paths if not frame.direction else [turned(box, frame.direction, width, height) for box in paths]
    forms = not is_slide(page.width, page.height)
    rest, put = with_rows(boxes, frame.glyphs, page.number, forms=forms)
    lines = lines_of(rest, page.number)
    if not page.recognized:
        mark_rows(lines)
    lines = put(lines)
    first = page.lines[-1].column + 1 if page.lines else 0
    for line in lines:
        line.column += first
    page.lines += lines


def _is_layer(page: pypdfium2.PdfPage, covered: float, hidden: float) -> bool:
    """Tell whether text is the layer of a scanned page: invisible, or drawn before the image that covers it."""
    return covered >= _COVERED and (hidden > 0.5 or _is_painted_over(page))


def _is_painted_over(page: pypdfium2.PdfPage) -> bool:
    kinds = [drawn.type for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE))]
    last = max(index for index, kind in enumerate(kinds) if kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    before = kinds[:last].count(pdfium.FPDF_PAGEOBJ_TEXT)
    return bool(2 * before > len(kinds))


def _drawn(page: pypdfium2.PdfPage, left: float, bottom: float, area: float) -> _Drawn:
    paths: list[Box] = []
    covered, anything = 0.0, False
    for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)):
        anything = True
        x, y, right, top = drawn.get_bounds()
        box = x - left, y - bottom, right - left, top - bottom
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered += max(0.0, right - x) * max(0.0, top - y) / area
        else:
            paths.append(box)
    return _Drawn(paths, covered, anything)
