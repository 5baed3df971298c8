"""Tables drawn with lines of characters (┌─┬─┐), as texts from before the web have them → rows.

Many are open at the sides: ──┬── above 品名│产量, and ──┴── below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.model import Block, Kind

_LINES = "\u2500-\u257f"
_TOPS, _BOTTOMS = frozenset("┌┍┎┏╔╭"), frozenset("└┕┖┗╚╰")
_SIDES = frozenset("│┃║├┝┞┟┠┡┢┣╠┤┥┨┫╣╞╟╡╢")
# What begins a line of such a table.
_EDGES = _TOPS | _BOTTOMS | _SIDES
# What a line of one holds that is open at its sides; its first and its last line.
_CROSSES = frozenset("┬┼┴┯┿┷╤╪╧╦╬╩")
_OPEN_TOP, _OPEN_BOTTOM = re.compile("[─━═]+(?:[┬┯╤╦][─━═]+)+"), re.compile("[─━═]+(?:[┴┷╧╩][─━═]+)+")
_BORDER = re.compile(rf"[{_LINES}\s]+")
_PARTS_CELLS = re.compile(f"[{''.join(sorted(_SIDES))}]")
_WITHIN_CELL = re.compile(rf"[{_LINES}]+")


def is_drawn(line: str) -> bool:
    """Tell a line of a drawn table, of which each is a row or a border."""
    return line[0] in _EDGES or not (_SIDES.isdisjoint(line) and _CROSSES.isdisjoint(line))


def with_rows(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with the rows of drawn tables in the place of their lines, whose borders are no text."""
    if not any(_opens(block) for block in blocks):
        return blocks
    result: list[Block] = []
    index, unclosed = 0, [0, 0]
    while index < len(blocks):
        end, is_closed, is_framed = 0, False, blocks[index].text[:1] in _TOPS
        if index >= unclosed[is_framed] and _opens(blocks[index]):
            end, is_closed = _end_of_drawn(blocks, index, is_framed=is_framed)
        if is_closed:
            lines = [line for block in blocks[index:end] for line in block.text.split("\n")]
            result += (replace(blocks[index], text=row, kind=Kind.TABLE) for row in _rows(lines))
            index = end
        else:
            unclosed[is_framed] = max(unclosed[is_framed], end)  # none of its kind that opens before that is closed
            result.append(blocks[index])
            index += 1
    return result


def _opens(block: Block) -> bool:
    if block.kind is not Kind.BODY or block.code or block.level is not None:
        return False
    first = block.text.split("\n")[0].strip()
    return _OPEN_TOP.fullmatch(first) is not None or (first[:1] in _TOPS and _BORDER.fullmatch(first) is not None)


def _end_of_drawn(blocks: Sequence[Block], start: int, *, is_framed: bool) -> tuple[int, bool]:
    """Return where the lines end that open a table at ``start``, and whether a border closes it there."""
    for index in range(start, len(blocks)):
        block = blocks[index]
        lines = [line.strip() for line in block.text.split("\n")]
        are_lines = all(line[:1] in _EDGES for line in lines) if is_framed else all(map(_is_open_line, lines))
        if block.code or block.level is not None or not are_lines:
            return index, False
        if lines[-1][0] in _BOTTOMS if is_framed else _OPEN_BOTTOM.fullmatch(lines[-1]):
            return index + 1, True
    return len(blocks), False


def _is_open_line(line: str) -> bool:
    return bool(line) and is_drawn(line)


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
    cells = [" ".join(_WITHIN_CELL.sub(" ", cell).split()) for cell in _PARTS_CELLS.split(line.strip())]
    return cells if cells[0] else cells[1:]


def _rows_of(group: Sequence[Sequence[str]]) -> Iterator[str]:
    is_one = len({len(cells) for cells in group}) == 1
    for cells in [["".join(column) for column in zip(*group, strict=True)]] if is_one else group:
        if row := "\t".join(cells).rstrip():
            yield row
