"""A PDF file → blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pypdfium2

from indexer.documents.formats.pdf.bookmarks import mark_headings
from indexer.documents.formats.pdf.contents import without_contents
from indexer.documents.formats.pdf.glyphs import GlyphReader
from indexer.documents.formats.pdf.lines import Line
from indexer.documents.formats.pdf.pages import Page, read_page
from indexer.documents.formats.pdf.paragraphs import Paragraph, paragraphs_of, text_of
from indexer.documents.formats.pdf.running_heads import without_running_heads
from indexer.errors import ReadError
from indexer.model import Block, Kind, Metadata, ParsedFile

_PASSWORD = 4
_LONGEST_HEADING = 60
# Times the size of the text that makes a heading.
_LARGER = 1.12
_DEEPEST = 6
# Numbered headings from which on sizes say nothing.
_FEW_NUMBERS = 5
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百0-9]+[章节条编]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+(?:\.[0-9]+)*[\s、.]"
)
_CJK = re.compile("[\u3400-\u9fff]")
_SIGN = re.compile(r"[^\w\s]")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
# Code points from which on a share says something, and the shares that no text has.
_ENOUGH = 200
_MOST_SIGNS, _MOST_UNKNOWN = 0.4, 0.3


def read(content: bytes, name: str) -> ParsedFile:
    """Read a PDF; blocks have pages.

    Raises:
        ReadError: it is damaged, has a password, has no text, or text without its Unicode.
    """
    if not content:
        return ParsedFile(Metadata(), ())
    document = _open(content)
    try:
        return _read(document)
    finally:
        document.close()


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ReadError("PDF 有打开密码。", "请用阅读器打开，另存或打印成一份不带密码的 PDF。") from error
        raise ReadError("不是 PDF，或者文件不完整。", "请用阅读器打开看看；能打开就另存一份。") from error
    if not pages:
        raise ReadError("PDF 里一页也读不出来，文件可能不完整。", "请用阅读器打开看看；能打开就另存一份。")
    return document


def _read(document: pypdfium2.PdfDocument) -> ParsedFile:
    pages, lost = _pages(document)
    lines, dropped = without_running_heads([page.lines for page in pages], [page.height for page in pages])
    _require_text(lines)
    marked = mark_headings(document, lines)
    text = text_of(lines, [page.width for page in pages])
    recognized = [page.number for page in pages if page.recognized]
    by_size = not marked and 2 * len(recognized) < len(pages)
    paragraphs, listed = without_contents(paragraphs_of(text))
    blocks = _blocks(paragraphs, text.body, by_size=by_size)
    over = dict.fromkeys(page.over for page in pages if page.over)
    metadata = Metadata(head_title=_title(document, lines[0]))
    return ParsedFile(metadata, tuple(blocks), dropped=(*lost, *over, *dropped, *listed))


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[Page], list[str]]:
    """Return the pages, one that cannot be opened without lines, and what is to be said about such."""
    reader = GlyphReader()
    pages: list[Page] = []
    lost: list[str] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            lost.append(f"第 {number} 页读不出来，文件可能不完整。")
            pages.append(Page(number))
            continue
        pages.append(read_page(page, reader, number))
        page.close()
    return pages, lost


def _require_text(pages: Sequence[Sequence[Line]]) -> None:
    text = "".join("".join(line.text.split()) for page in pages for line in page)
    if not text:
        raise ReadError("PDF 里没有文字，多半是扫描件，要先做文字识别（OCR）。", "请用带文字识别的软件另存一份。")
    has_nothing_to_read = not _CJK.search(text) and len(_SIGN.findall(text)) > _MOST_SIGNS * len(text)
    if len(text) >= _ENOUGH and (has_nothing_to_read or len(_UNKNOWN.findall(text)) > _MOST_UNKNOWN * len(text)):
        raise ReadError(
            "PDF 的字体没有对应的 Unicode，读出来是乱码，要先做文字识别（OCR）。", "请用带文字识别的软件另存一份。"
        )


def _title(document: pypdfium2.PdfDocument, first_page: Sequence[Line]) -> str | None:
    """The title that the file gives, where its first page shows it too: what programs write there is often none."""
    title = " ".join(document.get_metadata_value("Title").split())
    shown = "".join("".join(line.text.split()) for line in first_page)
    return title if len(title) > 1 and "".join(title.split()) in shown else None


def _blocks(paragraphs: Sequence[Paragraph], body: float, *, by_size: bool) -> Iterator[Block]:
    numbered = sum(1 for one in paragraphs if _NUMBERED.match(one.text))
    large = {one.lines[0].size for one in paragraphs if _is_large(one, body)}
    ranks = sorted(large, reverse=True) if by_size and numbered < _FEW_NUMBERS else []
    for one in paragraphs:
        first, last = one.lines[0], one.lines[-1]
        level = first.level
        if level is None and ranks and _is_large(one, body):
            level = min(ranks.index(first.size) + 1, _DEEPEST)
        bold = ((0, len(one.text)),) if _is_large(one, body) else tuple(one.bold)
        yield Block(
            one.text,
            level,
            bold,
            one.centered,
            Kind.TABLE if first.cells else Kind.BODY,
            page=first.page,
            page_end=last.page,
        )


def _is_large(one: Paragraph, body: float) -> bool:
    first = one.lines[0]
    return first.size > _LARGER * body and len(one.text) < _LONGEST_HEADING and not first.cells
