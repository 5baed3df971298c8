"""A PDF file → blocks."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from indexer.documents.formats.pdf.bookmarks import mark_headings
from indexer.documents.formats.pdf.contents import without_contents
from indexer.documents.formats.pdf.figures import labels_of_figures
from indexer.documents.formats.pdf.footnotes import without_footnotes
from indexer.documents.formats.pdf.legibility import is_legible
from indexer.documents.formats.pdf.lines import Line
from indexer.documents.formats.pdf.list_items import ITEM
from indexer.documents.formats.pdf.pages import Pages, read_pages
from indexer.documents.formats.pdf.paragraphs import Paragraph, joined, paragraphs_of
from indexer.documents.formats.pdf.running_heads import without_running_heads
from indexer.documents.formats.pdf.text_columns import are_slides, text_of
from indexer.documents.structure.evidence import are_strays, is_label, is_sentence
from indexer.documents.structure.titles import names_document
from indexer.errors import ReadError
from indexer.model import Block, Kind, Metadata, ParsedFile, Recognition, Role

_PASSWORD = 4
_LONGEST_HEADING = 60
# Times the size of the text that makes a heading.
_LARGER = 1.12
_DEEPEST = 6
# Shares of the text of a document that is set in a size of headings, and of that what is sentences.
_MOST_WRITTEN, _MOST_SENTENCES = 0.15, 1 / 3
# Times the size of the text that makes a title; the lines it takes at most, and those above it.
_HEADLINE, _MOST_HEADLINES, _MOST_ABOVE = 1.3, 3, 3
# Share of the text that is bold in a document where boldness tells nothing.
_MOST_BOLD = 0.6
# Numbered headings from which on sizes say nothing.
_FEW_NUMBERS = 5
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百0-9]+[章节条编]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+(?:\.[0-9]+)*[\s、.]"
)
_ITEM_OR_CODE = re.compile(r"[•●□☐☑Ø]|</?[a-z][^>]*>$|.*[{};]$")
# What a heading says by its size alone; the pieces of a formula are larger than the text too.
_WORDS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{3}")
_WORD_STARTS = re.compile(r"(?<!\w)(?=\S)")
_RECOGNIZE = "请装好 Tesseract，加 --ocr 再运行一次；或者用带文字识别的软件另存一份。"


def read(content: bytes, name: str, recognition: Recognition | None = None) -> ParsedFile:
    """Read a PDF; blocks have pages. With ``recognition``, text on pages that are images is recognised.

    Raises:
        ReadError: it is damaged, has a password, has no text, or text without its Unicode.
    """
    if not content:
        return ParsedFile(Metadata(), ())
    document = _open(content)
    try:
        return _read(document, read_pages(document, recognition))
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
        raise _no_page()
    return document


def _no_page() -> ReadError:
    return ReadError("PDF 里一页也读不出来，文件可能不完整。", "请用阅读器打开看看；能打开就另存一份。")


def _read(document: pypdfium2.PdfDocument, pages: Pages) -> ParsedFile:
    _forget_usual_bold(pages)
    widths, heights = [page.width for page in pages.pages], [page.height for page in pages.pages]
    slides = are_slides(widths, heights)
    lines, dropped = without_running_heads([page.lines for page in pages.pages], heights, slides=slides)
    _require_text(pages, lines)
    marked = mark_headings(document, lines)
    lines, notes = without_footnotes(lines, heights)
    text = text_of(lines, widths, slides=slides)
    recognized = tuple(page.number for page in pages.pages if page.recognized)
    by_size = not marked and 2 * len(recognized) < len(pages.pages)
    paragraphs, listed = without_contents(paragraphs_of(text))
    _mark_headline(paragraphs, text.body)
    blocks = tuple(_with_notes(_blocks(paragraphs, text.body, by_size=by_size), map(_note, notes)))
    over = dict.fromkeys(page.over for page in pages.pages if page.over)
    metadata = Metadata(head_title=_title(document, lines[0]))
    return ParsedFile(
        metadata, blocks, dropped=(*over, *dropped, *listed), recognized=recognized, notes=tuple(pages.notes())
    )


def _forget_usual_bold(pages: Pages) -> None:
    """Take boldness from the lines of a document most of which is bold, so that it tells nothing."""
    lines = [line for page in pages.pages for line in page.lines]
    bold = sum(end - start for line in lines for start, end in line.bold)
    if bold > _MOST_BOLD * sum(len(line.text) for line in lines):
        for line in lines:
            line.bold = []


def _require_text(pages: Pages, lines: Sequence[Sequence[Line]]) -> None:
    text = "".join("".join(line.text.split()) for page in lines for line in page)
    if not text and len(pages.lost) == len(pages.pages):
        raise _no_page()
    if not text:
        raise ReadError("PDF 里没有文字，多半是扫描件，要先做文字识别（OCR）。", pages.failure or _RECOGNIZE)
    if not is_legible(text):
        raise ReadError(
            "PDF 的字体没有对应的 Unicode，读出来是乱码，要先做文字识别（OCR）。", pages.failure or _RECOGNIZE
        )


def _title(document: pypdfium2.PdfDocument, first_page: Sequence[Line]) -> str | None:
    """The title that the file gives, where its first page shows it too: what programs write there is often none."""
    title = " ".join(document.get_metadata_value("Title").split())
    # 合同编号： is a line of a form
    names_something = len(title) > 1 and title[-1] not in "：:" and names_document(title)
    return title if names_something and _is_shown("".join(title.split()), first_page) else None


def _is_shown(called: str, page: Sequence[Line]) -> bool:
    """Tell whether a page shows a title, without regard to white space: not as the end of a word, 股份有限公司."""
    shown = "\n".join(line.text for line in page)
    return any("".join(shown[start.end() :].split()).startswith(called) for start in _WORD_STARTS.finditer(shown))


def _mark_headline(paragraphs: Sequence[Paragraph], body: float) -> None:
    """Take the largest lines, where they open the first page, as centred: some titles stand at the left."""
    page = [one for one in paragraphs if one.lines[0].page == paragraphs[0].lines[0].page]
    largest = max((one.lines[0].size for one in page), default=0.0)
    lines = [index for index, one in enumerate(page) if one.lines[0].size == largest]
    if largest < _HEADLINE * body or len(lines) > _MOST_HEADLINES or lines[-1] - lines[0] >= len(lines):
        return
    above = page[: lines[0]]
    if len(above) > _MOST_ABOVE or any(len(one.text) > _LONGEST_HEADING for one in above):
        return
    for index in lines:
        page[index].centered |= _is_name(page[index], body) and not _NUMBERED.match(page[index].text)


def _blocks(paragraphs: Sequence[Paragraph], body: float, *, by_size: bool) -> Iterator[Block]:
    numbered = sum(1 for one in paragraphs if _NUMBERED.match(one.text))
    large = _large_sizes(paragraphs, body)
    ranks = sorted((size for size, use in large.items() if use.is_of_headings), reverse=True)
    if not by_size or numbered >= _FEW_NUMBERS:
        ranks = []
    strays = _strays([one.text for one in paragraphs if one.lines[0].level is not None])
    labels = labels_of_figures(paragraphs, body)
    for index, one in enumerate(paragraphs):
        first, last = one.lines[0], one.lines[-1]
        level = first.level if one.text not in strays else None
        if level is None and first.size in ranks and _is_name(one, body):
            level = min(ranks.index(first.size) + 1, _DEEPEST)
        is_large = first.size in large and _is_large(one, body) and not _names_nothing(one.text)
        bold = ((0, len(one.text)),) if is_large else tuple(one.bold)
        if level is None and index in labels:
            bold = ()
        yield Block(
            one.text,
            level,
            bold,
            one.centered,
            Kind.TABLE if first.cells else Kind.BODY,
            item=ITEM.match(one.text) is not None,
            page=first.page,
            page_end=last.page,
        )


def _strays(named: Sequence[str]) -> frozenset[str]:
    """Return the sentences among the headings that bookmarks name, whose style they took over from one above."""
    sentences = frozenset(text for text in named if is_sentence(text))
    return sentences if are_strays(len(sentences), len(named)) else frozenset()


def _note(lines: Sequence[Line]) -> Block:
    page = lines[0].page
    return Block(joined(lines).text, page=page, page_end=page, role=Role.FOOTNOTE)


def _with_notes(blocks: Iterable[Block], notes: Iterable[Block]) -> Iterator[Block]:
    """Yield the notes of a page after what begins on it."""
    waiting = deque(notes)
    for block in blocks:
        while waiting and (waiting[0].page or 0) < (block.page or 0):
            yield waiting.popleft()
        yield block
    yield from waiting


@dataclass(frozen=True, slots=True)
class _Use:
    """What a size that is larger than most text is used for: the share of the text, and of that what is sentences."""

    share: float
    sentences: float

    @property
    def is_text(self) -> bool:
        """Whether it is a size of text as well."""
        return self.share >= _MOST_WRITTEN and self.sentences > _MOST_SENTENCES

    @property
    def is_of_headings(self) -> bool:
        """Whether little is written in it, and hardly a sentence."""
        return self.share < _MOST_WRITTEN and self.sentences <= _MOST_SENTENCES


def _large_sizes(paragraphs: Sequence[Paragraph], body: float) -> dict[float, _Use]:
    """Return the sizes larger than that of most text, those of text left out."""
    whole = _length(paragraphs)
    by_size: defaultdict[float, list[Paragraph]] = defaultdict(list)
    for one in paragraphs:
        size = one.lines[0].size
        if size > _LARGER * body and not one.lines[0].cells and not _is_formula(one.text):
            by_size[size].append(one)
    uses: dict[float, _Use] = {}
    for size, its in by_size.items():
        written = _length(its)
        sentences = _length(one for one in its if _is_sentence(one, body))
        uses[size] = _Use(written / whole, sentences / written)
    return {size: use for size, use in uses.items() if not use.is_text}


def _length(paragraphs: Iterable[Paragraph]) -> int:
    return sum(len(one.text) for one in paragraphs)


def _is_name(one: Paragraph, body: float) -> bool:
    return not _is_sentence(one, body) and not _names_nothing(one.text)


def _names_nothing(text: str) -> bool:
    """Tell an item of a list, a tag and a line of a form, whatever their size."""
    return _ITEM_OR_CODE.match(text) is not None or is_label(text)


def _is_sentence(one: Paragraph, body: float) -> bool:
    return not _is_large(one, body) or one.text[-1] in "。；，,;"


def _is_large(one: Paragraph, body: float) -> bool:
    first = one.lines[0]
    is_short = len(one.text) < _LONGEST_HEADING and not first.cells
    return first.size > _LARGER * body and is_short and not _is_formula(one.text)


def _is_formula(text: str) -> bool:
    return "=" in text or not _WORDS.search(text)
