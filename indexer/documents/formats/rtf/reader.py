"""An RTF document → blocks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formats.rtf.parser import Parser
from indexer.documents.formats.rtf.story import Item, Paragraph, Row
from indexer.documents.formats.rtf.stylesheet import Style, Stylesheet
from indexer.documents.layout_tables import placed_rows
from indexer.documents.office_titles import TitleLines, shown_title
from indexer.errors import ReadError
from indexer.model import Metadata, ParsedFile, Role

_MAGIC = b"{\\rt"
_NO_STYLE = Style()


def parse_rtf(content: bytes) -> ParsedFile:
    """Read an RTF document.

    Raises:
        ReadError: it is none, or damaged.
    """
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(_MAGIC):
        raise ReadError("文件的开头不是 RTF 的，不是这种文件。", "请检查文件的后缀，或用办公软件打开后另存一份。")
    parser = Parser()
    try:
        items = parser.parse(content)
        writer = _Writer(parser.sheet)
        writer.write(items)
    except RecursionError as error:
        raise ReadError("文件里的组嵌套太深，没有读。", "请用办公软件打开后另存一份。") from error
    if parser.is_cut:
        raise ReadError("文件不完整或已损坏：正文还没有开始或没有结束，文件就到头了。", "请重新取得完整的文件。")
    blocks = tuple(writer.builder.finish(single_ends=writer.breaks > writer.builder.count))
    named = " ".join(parser.title.split())
    return ParsedFile(Metadata(title=writer.titles.title() or shown_title(named, blocks)), blocks)


class _Writer:
    """Gives paragraphs and rows to a builder; the notes of a paragraph follow it, those of a table its row."""

    def __init__(self, sheet: Stylesheet) -> None:
        self.builder = BlockBuilder()
        self.titles = TitleLines(self.builder)
        self.breaks = 0
        self._sheet = sheet
        self._beside: list[tuple[Role, list[Item]]] = []
        self._in_row = False

    def write(self, items: Iterable[Item]) -> None:
        """Write what a story or a cell holds."""
        for is_row, group in groupby(items, lambda item: isinstance(item, Row)):
            if is_row:
                self._table([item for item in group if isinstance(item, Row)])
            else:
                for item in group:
                    if isinstance(item, Paragraph):
                        self._paragraph(item)

    def _paragraph(self, paragraph: Paragraph) -> None:
        style = self._sheet.styles.get(paragraph.style, _NO_STYLE)
        if style.is_contents and paragraph.text.rstrip()[-1:].isdigit():
            return
        builder = self.builder
        self._runs(paragraph)
        builder.centered, builder.item = paragraph.centered, paragraph.item
        if not self._in_row:
            builder.level = self._level(paragraph, style)
        builder.end_paragraph()
        builder.centered, builder.item, builder.level = False, False, None
        self._beside += paragraph.beside
        if not self._in_row:
            self._write_beside()

    def _level(self, paragraph: Paragraph, style: Style) -> int | None:
        if style.is_title:
            return self.titles.level_of_next()
        return style.level if paragraph.outline is None else paragraph.outline + 1

    def _runs(self, paragraph: Paragraph) -> None:
        before = paragraph.number
        for text, bold in paragraph.runs:
            self.builder.bold = bold
            if before and text.strip():
                self.builder.text(before)
                before = ""
            for index, line in enumerate(text.split("\n")):
                if index:
                    self.builder.line_break()
                    self.breaks += 1
                self.builder.text(line)
        self.builder.bold = False

    def _table(self, rows: list[Row]) -> None:
        for row, is_placed in zip(rows, _placed(rows), strict=True):
            if is_placed and not self._in_row:
                for cell in row.cells:
                    self.write(cell)
            else:
                self._row(row)

    def _row(self, row: Row) -> None:
        if self._in_row:  # of a table in a cell: its text is that of the cell
            for cell in row.cells:
                self.write(cell)
            return
        self._in_row = True
        self.builder.start_row()
        for cell in row.cells:
            self.builder.start_cell()
            self.write(cell)
        self.builder.end_row()
        self._in_row = False
        self._write_beside()

    def _write_beside(self) -> None:
        """Write the notes and text boxes that have been met; they may lead to more."""
        found, self._beside = self._beside, []
        before = self.builder.role
        for role, items in found:
            self.builder.role = role
            self.write(items)
        self.builder.role = before


def _placed(rows: list[Row]) -> list[bool]:
    """Return of each row whether it only places things."""
    holds_table = [any(isinstance(item, Row) for cell in row.cells for item in cell) for row in rows]
    return placed_rows([[len(cell) for cell in row.cells] for row in rows], holds_table)
