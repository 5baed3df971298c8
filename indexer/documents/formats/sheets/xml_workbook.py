"""Workbooks of one XML file, as Excel 2003 and many programs that export tables write them under the name of xls."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.documents.ooxml import whole
from indexer.documents.table_rows import table_blocks
from indexer.documents.xml_parts import Element, parse_xml
from indexer.model import Block, Metadata, ParsedFile

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{NAMESPACE}}}"
# Cells that a row may leave out before one; Excel has 16,384 columns.
_MOST_COLUMNS = 16_384


def read_xml_workbook(content: bytes) -> ParsedFile:
    """Read such a workbook, its sheets as sections.

    Raises:
        ReadError: it is damaged.
    """
    root = parse_xml(content, "表格")
    return ParsedFile(Metadata(), tuple(block for sheet in root.iter(f"{_SS}Worksheet") for block in _sheet(sheet)))


def _sheet(sheet: Element) -> Iterator[Block]:
    rows = [list(_cells(row)) for row in sheet.iter(f"{_SS}Row")]
    if any(any(row) for row in rows):
        yield Block(sheet.get(f"{_SS}Name") or "表", level=2)
        yield from table_blocks(rows)


def _cells(row: Element) -> Iterator[str]:
    """Yield the texts of a row; cells say their column where those before them are left out."""
    at = 0
    for cell in row.iterchildren(f"{_SS}Cell"):
        column = min(whole(cell.get(f"{_SS}Index"), at + 1), _MOST_COLUMNS)
        for _ in range(at + 1, column):
            yield ""
        data = cell.find(f"{_SS}Data")
        yield "".join(data.itertext()) if data is not None else ""
        at = max(at + 1, column)
