"""The text of shapes, given to a builder: paragraphs, and rows of tables."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formulas import linear
from indexer.documents.ooxml import MC, A, M, one_alternative
from indexer.documents.xml_parts import Element

_TRUE = frozenset({"1", "true"})
# Fields that show the number of the slide or the day on which it is shown.
_FURNITURE = ("slidenum", "datetime")


def paragraphs_with_text(shape: Element) -> list[Element]:
    """Return the paragraphs of a shape or cell that show anything."""
    return [one for one in shape.iter(f"{A}p") if next(one.iter(f"{A}t", f"{M}t"), None) is not None]


def read_paragraphs(builder: BlockBuilder, paragraphs: Iterable[Element]) -> None:
    """Read paragraphs; they are items of the slide, no headings by their looks."""
    for paragraph in paragraphs:
        read_inline(builder, paragraph)
        builder.item = True
        builder.end_paragraph()
        builder.item = False


def read_inline(builder: BlockBuilder, parent: Iterable[Element]) -> None:
    """Read what stands in a paragraph."""
    for node in parent:
        if node.tag in (f"{A}r", f"{A}fld"):
            if not node.get("type", "").startswith(_FURNITURE):
                _run(builder, node)
        elif node.tag == f"{A}br":
            builder.line_break()
        elif node.tag == f"{M}oMath":
            builder.text(linear(node))
        elif node.tag == f"{MC}AlternateContent":
            read_inline(builder, one_alternative(node))
        elif len(node):
            read_inline(builder, node)


def _run(builder: BlockBuilder, run: Element) -> None:
    properties = run.find(f"{A}rPr")
    builder.bold = properties is not None and properties.get("b") in _TRUE
    for text in run.iterchildren(f"{A}t"):
        builder.text((text.text or "").replace("\n", " ").replace("\v", " "))
    builder.bold = False


def read_table(builder: BlockBuilder, table: Element) -> None:
    """Read the rows of a table; a cell that one to its left spans is part of it, one that one above spans is empty."""
    for row in table.iterchildren(f"{A}tr"):
        builder.start_row()
        for cell in row.iterchildren(f"{A}tc"):
            if cell.get("hMerge") in _TRUE:
                continue
            builder.start_cell()
            if cell.get("vMerge") not in _TRUE:
                read_paragraphs(builder, paragraphs_with_text(cell))
        builder.end_row()
