"""Tables drawn with lines of characters (┌─┬─┐), as texts from before the web have them → rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.model import Block, Kind

_LINES = "\u2500-\u257f"
_TOPS, _BOTTOMS = frozenset("┌┍┎┏╔╭"), frozenset("└┕┖┗╚╰")
_SIDES = frozenset("│┃║├┝┞┟┠┡┢┣╠┤┥┨┫╣╞╟╡╢")
# What begins a line of such a table.
EDGES = _TOPS | _BOTTOMS | _SIDES
_BORDER = re.compile(rf"[{_LINES}\s]+")
_PARTS_CELLS = re.compile(f"[{''.join(sorted(_SIDES))}]")
_WITHIN_CELL = re.compile(rf"[{_LINES}]+")


def with_rows(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with the rows of drawn tables in the place of their lines, whose borders are no text."""
    if not any(_opens(block) for block in blocks):
        return blocks
    result: list[Block] = []
    index = unclosed = 0
    while index < len(blocks):
        end, is_closed = _end_of_drawn(blocks, index) if index >= unclosed and _opens(blocks[index]) else (0, False)
        if is_closed:
            lines = [line for block in blocks[index:end] for line in block.text.split("\n")]
            result += (replace(blocks[index], text=row, kind=Kind.TABLE) for row in _rows(lines))
            index = end
        else:
            unclosed = max(unclosed, end)  # whatever opens before that is not closed either
            result.append(blocks[index])
            index += 1
    return result


def _opens(block: Block) -> bool:
    if block.text[:1] not in _TOPS:
        return False
    is_text = block.kind is Kind.BODY and not block.code and block.level is None
    return is_text and _BORDER.fullmatch(block.text.split("\n")[0]) is not None


def _end_of_drawn(blocks: Sequence[Block], start: int) -> tuple[int, bool]:
    """Return where the lines end that open a table at ``start``, and whether a border closes it there."""
    for index in range(start, len(blocks)):
        block = blocks[index]
        lines = [line.lstrip() for line in block.text.split("\n")]
        if block.code or block.level is not None or not all(line[:1] in EDGES for line in lines):
            return index, False
        if lines[-1][0] in _BOTTOMS:
            return index + 1, True
    return len(blocks), False


def _rows(lines: Sequence[str]) -> Iterator[str]:
    """Yield the rows, cells parted by a tab: the lines between two borders are one row, where their cells agree."""
    group: list[list[str]] = []
    for line in lines:
        if _is_border(line):
            yield from _rows_of(group)
            group = []
        else:
            group.append(_cells(line))
    yield from _rows_of(group)


def _is_border(line: str) -> bool:
    """Tell ├──┼──┤ from │　　│　　│, a line of empty cells."""
    return _BORDER.fullmatch(line) is not None and any(mark in line for mark in "─━═")


def _cells(line: str) -> list[str]:
    return [" ".join(_WITHIN_CELL.sub(" ", cell).split()) for cell in _PARTS_CELLS.split(line.strip())[1:]]


def _rows_of(group: Sequence[Sequence[str]]) -> Iterator[str]:
    is_one = len({len(cells) for cells in group}) == 1
    for cells in [["".join(column) for column in zip(*group, strict=True)]] if is_one else group:
        if row := "\t".join(cells).rstrip():
            yield row
