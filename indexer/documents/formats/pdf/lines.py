"""Pieces of a page → its lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.documents.formats.pdf.characters import is_wide
from indexer.documents.formats.pdf.columns import Piece, pieces_of, reading_order
from indexer.documents.formats.pdf.glyphs import Glyph
from indexer.model import Range

# Gaps in em: a tab or the place of something left blank, a space beside Han, one between letters.
_WIDE_GAP, _HAN_GAP, _LETTER_GAP = 2.2, 0.75, 0.18
# Between letters where a space is drawn, and where pdfium supposes one: an overhanging letter narrows it.
_DRAWN_GAP, _SUPPOSED_GAP = 0.05, 0.1
# Em between glyphs that surely leaves no gap.
_TOUCHING = 0.04
# Gaps between Han that tell a line that is spaced out, and em that each of them is wider than.
_LEAST_SPACED, _SPACED = 3, 0.3
_WIDE_GAPS = frozenset(("\u3000", "  "))
# Marks that close what stands before them, whatever the gap that their own width leaves.
_CLOSING = frozenset("。，、；：？！）》〉」』】”’")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line with a wide gap on either side: where it begins in the text, and its ends in points."""

    start: int
    left: float
    right: float


@dataclass(slots=True, eq=False)
class Line:
    """A line of text; lengths in points, y going up.

    Attributes:
        size: of most of its glyphs.
        bold: ranges of ``text``.
        page: from 1.
        column: number of the column on the page, in reading order.
        level: of the bookmark that names it, from 1.
        goes_on: whether it is the rest of a heading that a bookmark names.
        cells: whether it is the row of a table, its cells parted by a tab.
        parts: what wide gaps part; nothing where there is none.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int
    column: int = 0
    bold: list[Range] = field(default_factory=list)
    level: int | None = None
    goes_on: bool = False
    cells: bool = False
    parts: list[Part] = field(default_factory=list)

    @property
    def all_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return sum(end - start for start, end in self.bold) >= 0.8 * len(self.text.replace(" ", ""))


# Glyphs of a mark that strayed from its line, and times the size of that which it has at most.
_MOST_STRAY, _SMALL = 2, 0.6


def lines_of(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """Return the lines of a page in reading order."""
    columns = reading_order(pieces_of(glyphs))
    return [line_of(row, page, number) for number, column in enumerate(columns) for row in _rows(column)]


def _rows(column: Iterable[Piece]) -> list[list[Glyph]]:
    """Return the glyphs of each row of a column, from the top, each row from the left."""
    rows: list[tuple[float, float, list[Piece]]] = []
    for one in sorted(column, key=lambda each: -each.bottom):
        middle = (one.bottom + one.top) / 2
        for bottom, top, pieces in rows[-3:]:
            if bottom - 0.1 < middle < top + 0.1 or one.bottom < (bottom + top) / 2 < one.top:
                pieces.append(one)
                break
        else:
            rows.append((one.bottom, one.top, [one]))
    _take_strays(rows)
    return [
        sorted((glyph for one in pieces for glyph in one.glyphs), key=lambda glyph: glyph.left) for _, _, pieces in rows
    ]


def _take_strays(rows: list[tuple[float, float, list[Piece]]]) -> None:
    """Put small marks that hang between a line and what is raised above it, as the stop after ［3］, into the line."""
    for index in range(len(rows) - 1, -1, -1):
        bottom, top, pieces = rows[index]
        if len(pieces) > 1 or len(pieces[0].glyphs) > _MOST_STRAY:
            continue
        for _, _, others in rows[max(index - 1, 0) : index] + rows[index + 1 : index + 2]:
            if _end_at(others, pieces[0], (bottom + top) / 2):
                others.append(pieces[0])
                del rows[index]
                break


def _end_at(row: Sequence[Piece], stray: Piece, middle: float) -> bool:
    """Tell whether a row ends, on the height of a much smaller piece, right before it."""
    largest = max(row, key=lambda one: one.glyphs[0].size)
    size, small = largest.glyphs[0].size, stray.glyphs[0].size
    gap = stray.left - max(one.right for one in row)
    return small < _SMALL * size and largest.bottom < middle < largest.top and -size < gap < size


def line_of(row: Sequence[Glyph], page: int, column: int = 0) -> Line:
    """Return the line that glyphs, in order from the left, make."""
    parts: list[str] = []
    bold: list[Range] = []
    parts_of: list[Part] = []
    opened = 0, row[0].left
    length = 0
    spacing = _spacing(row)
    before: Glyph | None = None
    for glyph in row:
        # most glyphs touch the one before them
        gap = _gap(before, glyph, spacing) if before and glyph.left - before.right > _TOUCHING * glyph.size else ""
        start = length + len(gap)
        if before and gap in _WIDE_GAPS:
            parts_of.append(Part(*opened, before.right))
            opened = start, glyph.left
        length = start + len(glyph.char)
        parts += (gap, glyph.char)
        if glyph.bold:
            if bold and bold[-1][1] == start - len(gap):
                bold[-1] = (bold[-1][0], length)
            else:
                bold.append((start, length))
        before = glyph
    size = Counter([glyph.size for glyph in row]).most_common(1)[0][0]
    box = (row[0].left, min([g.bottom for g in row]), max([g.right for g in row]), max([g.top for g in row]))
    if parts_of:
        parts_of.append(Part(*opened, row[-1].right))
    return Line("".join(parts), *box, size, page, column, bold, parts=parts_of)


def _spacing(row: Sequence[Glyph]) -> float:
    """Em between the Han of a line that is spaced out, as short headings and lines of forms are; else 0."""
    if row[-1].right - row[0].left < (1 + _SPACED / 2) * row[0].size * len(row):
        return 0.0
    gaps = [
        (glyph.left - before.right) / glyph.size
        for before, glyph in pairwise(row)
        if is_wide(glyph.char) and is_wide(before.char)
    ]
    if len(gaps) < _LEAST_SPACED:
        return 0.0
    gaps.sort()
    usual = gaps[len(gaps) // 2]
    return usual if usual > _SPACED and gaps[0] > usual / 2 else 0.0


def _gap(before: Glyph, glyph: Glyph, spacing: float) -> str:
    """Return the white space between two glyphs of a row."""
    width = (glyph.left - before.right) / glyph.size
    if glyph.char in _CLOSING and width < _WIDE_GAP:
        return ""
    wide = is_wide(before.char), is_wide(glyph.char)
    if all(wide):
        width -= spacing
    if width > _WIDE_GAP:
        return "\u3000" if any(wide) else "  "
    if width > (_HAN_GAP if any(wide) else _LETTER_GAP):
        return " "
    if all(wide):
        return ""
    least = _LETTER_GAP if any(wide) else _DRAWN_GAP if glyph.spaced else _SUPPOSED_GAP
    return " " if width > least and (glyph.spaced or (glyph.spaced is None and not any(wide))) else ""
