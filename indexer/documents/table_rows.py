"""Rows of cells → blocks: the header found, its names before the values of each row. For formats that are tables.

A row that is met by itself, as a hit, says nothing without the names of its columns; so each value stands after its own
(``姓名：张三``), cells parted by a tab. The header is a row of its own, once. A row of one cell above the header is a
title or note of the table; a table in which no header can be told, as a form is, gives its cells as they are, merged
ones once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Block, Kind

Row = list[str]
# Rows among which the header is looked for, and rows below it that are asked whether it fits.
_REACH, _ASKED = 12, 60
# Code points of a column's name.
_LONGEST_NAME = 40
_NUMBER = re.compile(r"[-+(（]?[¥￥$€]?[\d,，]*\d(?:\.\d+)?(?:[eE][-+]?\d+)?\s*[%％‰)）]?")
_DATE = re.compile(
    r"\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
# How the names of columns end, in tables that hold nothing but words.
_NAMES = re.compile(
    r".*(?:名|号|称|型|类|期|注|别|码|量|额|址|人|者|间|容|数|率|价|说明|状态|地区|省份|城市|部门|单位|职务|职称|电话|邮箱|标题|题目|"
    r"项目|要求|依据|结果|来源|作者|专业|学校|班级|级别|等级|name|id|code|type|date|title|author|url|email|description|key|value)"
    r"\s*(?:[（(][^（()）]*[)）])?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells shown as one, from row and column to row and column, all counted from 0 and included."""

    top: int
    left: int
    bottom: int
    right: int


def table_blocks(rows: Iterable[Sequence[str]], merges: Iterable[Merge] = ()) -> Iterator[Block]:
    """Yield the blocks of one table, one for each row that is not empty.

    Args:
        rows: the texts of their cells; white space in them is given as one space.
        merges: what a merged cell says holds for all rows it spans, and for all columns where it heads them.
    """
    table = [[" ".join(cell.split()) for cell in row] for row in rows]
    merged = list(merges)
    wide = _fill(table, merged)
    header = _find_header(table, wide)
    names = _names(table[header.start : header.stop])
    again = _again(table, merged) if not header else {}
    for number, row in enumerate(table):
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        is_note = len(filled) == 1 or (number in wide and number not in header)
        if is_note and (number in wide or number < header.start):
            yield Block(" ".join(dict.fromkeys(filled)))
        elif number in header:
            yield Block("\t".join(dict.fromkeys(filled)), kind=Kind.TABLE)
        elif header:
            yield Block("\t".join(_named(names, row)), kind=Kind.TABLE)
        else:
            cells = (cell for at, cell in enumerate(row) if at not in again.get(number, ()))
            yield Block("\t".join(cells).strip("\t"), kind=Kind.TABLE)


def _again(table: Sequence[Row], merges: Iterable[Merge]) -> Mapping[int, Set[int]]:
    """Return by row the columns into which a merged cell reaches from its left."""
    columns: defaultdict[int, set[int]] = defaultdict(set)
    for merge in merges:
        for number in range(merge.top, min(merge.bottom + 1, len(table))):
            columns[number].update(range(merge.left + 1, min(merge.right + 1, len(table[number]))))
    return columns


def _fill(table: list[Row], merges: Sequence[Merge]) -> set[int]:
    """Repeat merged cells downwards; return the rows that are but one cell over several columns.

    A cell that heads several columns is repeated to the right too, if the row holds other cells.
    """
    wide: set[int] = set()
    for merge in merges:
        if merge.top >= len(table) or merge.left >= len(table[merge.top]):
            continue
        text = table[merge.top][merge.left]
        if merge.right > merge.left and sum(map(bool, table[merge.top])) == 1:
            wide.update(range(merge.top, merge.bottom + 1))
            continue
        for row in table[merge.top : merge.bottom + 1]:
            for column in range(merge.left, min(merge.right + 1, len(row))):
                row[column] = row[column] or text
    return wide


def _find_header(table: Sequence[Row], wide: set[int]) -> range:
    """Return the rows of the header, none where no row is one."""
    for number, row in enumerate(table[:_REACH]):
        if number in wide or sum(map(bool, row)) < 2:
            continue
        end = number + 1
        while end < len(table) and _is_divided(table[end - 1]) and _may_head(table[end]):
            end += 1
        below = [each for each in table[end : end + _ASKED] if sum(map(bool, each)) > 1]
        return range(number, end) if _may_head(row) and _fits(table[end - 1], below) else range(0)
    return range(0)


def _is_divided(row: Row) -> bool:
    """Tell a row in which one name stands over several columns, whose own names come in the next."""
    return any(cell and cell == after for cell, after in pairwise(row))


def _may_head(row: Row) -> bool:
    named = [cell for cell in row if cell]
    years = [int(cell[:4]) for cell in named if _YEAR.fullmatch(cell)]
    are_years = len(years) > 1 and len({after - before for before, after in pairwise(years)}) == 1
    values = [cell for cell in named if _is_value(cell) and not (are_years and _YEAR.fullmatch(cell))]
    return not values and len(years) < len(named) and all(len(cell) <= _LONGEST_NAME for cell in named)


def _fits(header: Row, below: Sequence[Row]) -> bool:
    """Tell names of columns from a first row like all others: values below them are of another kind."""
    named = [cell for cell in header if cell]
    width = max((sum(map(bool, row)) for row in below), default=0)
    if not below or len(set(named)) < len(named) or len(named) * 2 < width:
        return False
    columns = zip(*(row + [""] * (len(header) - len(row)) for row in below), strict=False)
    has_values = any(
        name and any(column) and all(map(_is_value, filter(None, column)))
        for name, column in zip(header, columns, strict=False)
    )
    return has_values or 2 * sum(1 for name in named if _NAMES.fullmatch(name)) >= len(named)


def _is_value(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None or _DATE.fullmatch(cell) is not None


def _names(header: Sequence[Row]) -> Row:
    """Return the name of each column; one under a common head has that before it."""
    width = max(map(len, header), default=0)
    columns = ((row[at] if at < len(row) else "" for row in header) for at in range(width))
    return [" ".join(dict.fromkeys(filter(None, column))) for column in columns]


def _named(names: Row, row: Row) -> Iterator[str]:
    for at, cell in enumerate(row):
        name = names[at] if at < len(names) else ""
        if cell:
            yield f"{name}：{cell}" if name else cell
