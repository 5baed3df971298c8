"""What an RTF file holds, before it is blocks: paragraphs and rows of tables, with what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from indexer.model import Role


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        runs: its text in pieces, each with whether it is bold; a line feed is a break in it.
        number: the number of a list before it, as it is shown.
        item: whether a bullet stands before it.
        style: number of its style.
        outline: its own outline level, from 0; None where it names none.
        beside: notes and text boxes that it leads to.
    """

    runs: list[tuple[str, bool]] = field(default_factory=list)
    number: str = ""
    item: bool = False
    centered: bool = False
    style: int = 0
    outline: int | None = None
    beside: list[tuple[Role, list[Item]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(text for text, _ in self.runs)

    def __bool__(self) -> bool:
        return bool(self.beside) or bool(self.text.strip())


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[list[Item]]


Item: TypeAlias = Paragraph | Row


@dataclass(slots=True)
class _OpenRow:
    cells: list[list[Item]] = field(default_factory=list)
    cell: list[Item] = field(default_factory=list)


class Story:
    """The body, a note, or a text box, as it is read.

    Attributes:
        items: what of it has ended.
        paragraph: the one that is open.
    """

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.paragraph = Paragraph()
        self._rows: list[_OpenRow] = []

    def end_paragraph(self, depth: int) -> None:
        """End the paragraph, in a cell of the table at that depth; 0 outside of tables."""
        paragraph, self.paragraph = self.paragraph, Paragraph()
        if not depth:
            self._end_rows(0)
        if paragraph:
            self._place(depth).append(paragraph)

    def end_cell(self, depth: int) -> None:
        """End a cell with the paragraph in it."""
        self.end_paragraph(depth)
        self._place(depth)
        row = self._rows[depth - 1]
        row.cells.append(row.cell)
        row.cell = []

    def end_row(self, depth: int, spanned: list[bool]) -> None:
        """End a row.

        Args:
            depth: of its table.
            spanned: for each cell whether it is part of the one before it.
        """
        self._end_rows(depth)
        if len(self._rows) < depth:
            return
        row = self._rows.pop()
        cells = [cell for index, cell in enumerate(row.cells) if cell or not any(spanned[index : index + 1])]
        if row.cell:
            cells.append(row.cell)
        if cells:
            self._place(depth - 1).append(Row(cells))

    def finish(self) -> list[Item]:
        """Return all of it."""
        self.end_paragraph(0)
        return self.items

    def _end_rows(self, depth: int) -> None:
        """End the rows that are deeper than ``depth``: files that were cut off do not."""
        while len(self._rows) > depth:
            self.end_row(len(self._rows), [])

    def _place(self, depth: int) -> list[Item]:
        while len(self._rows) < depth:
            self._rows.append(_OpenRow())
        return self._rows[depth - 1].cell if depth else self.items
