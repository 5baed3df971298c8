"""How far the text of each line of a column goes: to the margins of the column, or of the block that it is in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.documents.formats.pdf.lines import Line
from indexer.documents.formats.pdf.text_columns import DEEPEST_INDENT, INDENT, SENTENCE_END, Column

# A wide gap, as forms and the rows of tables without rules have it.
BLANK = re.compile("\u3000|  ")
# Em by which the right end of a quotation is set in at most.
_QUOTED = 6
# Lines of a block with a margin of its own: how many tell one, em that it is wide, that its lines may end before the
# margin (two lines less than that), and from base line to base line; the share of them that may end a sentence.
_LEAST_BLOCK, BLOCK_WIDTH, RAGGED, _EVEN, FAR, _MOST_SENTENCES = 3, 17, 1.1, 0.5, 2.6, 0.7
# Share of the lines that begin at a place which tells how far they go.
_LEAST_FULL = 0.3
# Points in which ends of lines are the same.
SAME_PLACE = 1.0
# Share of the size that makes another size.
OTHER_SIZE = 0.09


def margins_of(column: Column) -> list[tuple[float, float]]:
    """The margins of each line: those of the column, or of the block that it is part of."""
    margins: list[tuple[float, float]] = []
    usual = _rights_by_left(column)
    for run in _same_left(column.lines):
        right = usual.get(_place(run[0]), column.right)
        margins += [(column.left, min(right, _quoted(run, column)))] * len(run)
    for start, end in _justified(column.lines):
        block = column.lines[start:end]
        left, right = min(line.left for line in block), max(line.right for line in block)
        # a block as wide as the column has its margin, whatever the indents of its lines
        left = left if column.right - right > RAGGED * block[0].size else column.left
        margins[start:end] = [(left, right)] * (end - start)
    return margins


def _rights_by_left(column: Column) -> dict[int, float]:
    """Where the text of lines that begin at a place goes to, for places where enough of those lines tell."""
    by_left: defaultdict[int, list[Line]] = defaultdict(list)
    for line in column.lines:
        if not line.cells and not BLANK.search(line.text):
            by_left[_place(line)].append(line)
    rights: dict[int, float] = {}
    for place, lines in by_left.items():
        right = max(line.right for line in lines)
        full = sum(right - line.right < RAGGED * line.size and not SENTENCE_END.search(line.text) for line in lines)
        is_wide = right - lines[0].left > BLOCK_WIDTH * lines[0].size
        if is_wide and full >= _LEAST_BLOCK and full >= _LEAST_FULL * len(lines):
            rights[place] = right
    return rights


def _place(line: Line) -> int:
    return round(line.left / 3)


def _justified(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines that end together, each with the line after them, where what they say goes on."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _end_together(lines[index - 1], lines[index]):
            continue
        if _is_block(lines[start:index]):
            goes_on = index < len(lines) and is_below(lines[index - 1], lines[index])
            yield start, index + goes_on
        start = index


def _end_together(before: Line, line: Line) -> bool:
    has_blank = BLANK.search(before.text) or BLANK.search(line.text)  # a form, or the row of a table without rules
    return not has_blank and is_below(before, line) and abs(before.right - line.right) < RAGGED * line.size


def is_below(before: Line, line: Line) -> bool:
    """Tell whether a line of the same size stands right below another, neither the row of a table."""
    em = line.size
    if before.cells or line.cells or abs(em - before.size) > OTHER_SIZE * em or before.column != line.column:
        return False
    return 0 < before.bottom - line.bottom < FAR * em and abs(before.left - line.left) < DEEPEST_INDENT * em


def _is_block(lines: Sequence[Line]) -> bool:
    """Tell lines broken at a margin from ones that end together by chance or, as verse, with a sentence each."""
    em = lines[0].size
    if len(lines) < 2 or max(line.right for line in lines) - min(line.left for line in lines) < BLOCK_WIDTH * em:
        return False
    sentences = sum(bool(SENTENCE_END.search(line.text)) for line in lines)
    if len(lines) >= _LEAST_BLOCK:
        return sentences <= _MOST_SENTENCES * len(lines)
    return not (sentences or _are_centered(*lines)) and abs(lines[0].right - lines[1].right) < _EVEN * em


def _are_centered(before: Line, line: Line) -> bool:
    """Tell two lines whose ends are near each other since both stand in the middle, as a caption and its source do."""
    left, right = line.left - before.left, before.right - line.right
    return abs(left) > SAME_PLACE and abs(left - right) < SAME_PLACE


def _same_left(block: Sequence[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in block:
        if runs and abs(line.left - runs[-1][-1].left) <= 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _quoted(run: Sequence[Line], column: Column) -> float:
    """How far the text of a quotation goes that is set in: to the end of its longest line; else to the margin."""
    reached = max(line.right for line in run)
    set_in = len(run) > 1 and run[0].left - column.left > INDENT * run[0].size
    return reached if set_in and column.right - reached < _QUOTED * run[0].size else column.right
