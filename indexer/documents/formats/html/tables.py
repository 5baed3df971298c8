"""Which tables hold data and which only place things on a page."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from indexer.documents.formats.html.appearance import HEADINGS
from indexer.documents.layout_tables import only_places

# What stands before the first row, and that row.
_ONE_ROW = 2


def is_layout(table: Tag) -> bool:
    """Decide whether a table only places things: other tables, headings, several paragraphs in a cell.

    A cell that is a row by itself may hold an article whose paragraphs are parted by breaks; beside others they are
    those of a list. A listing beside its line numbers is a row by itself too.
    """
    rows: list[list[int]] = [[]]  # paragraphs of every cell
    breaks: list[int] = [0]  # of every row
    has_listing = False
    for node in elements_below(table):
        if node.name == "table" or node.name in HEADINGS:
            return True
        has_listing |= node.name == "pre"
        if node.name == "tr":
            rows.append([])
            breaks.append(0)
        elif node.name == "br":
            breaks[-1] += 1
        elif node.name in ("td", "th"):
            rows[-1].append(0)
        elif node.name == "p" and rows[-1]:
            rows[-1][-1] += 1
    if has_listing and len(rows) == _ONE_ROW:
        return True
    lines = ([row[0] + more] if len(row) == 1 else row for row, more in zip(rows, breaks, strict=True))
    return only_places(list(lines))


def holds_line_numbers(cell: Tag) -> bool:
    """Tell the cell of the line numbers of a listing, which stands in the next one."""
    listing = cell.find_next_sibling("td")
    if listing is None or listing.find("pre") is None:
        return False
    numbers = cell.get_text(" ").split()
    if not numbers or not all(each.isdecimal() and each.isascii() for each in numbers):
        return False
    first = int(numbers[0])
    return [int(each) for each in numbers] == list(range(first, first + len(numbers)))


def elements_below(tag: Tag) -> Iterator[Tag]:
    """Yield the elements below ``tag`` in reading order; ``descendants`` walks to the deepest one before it begins."""
    stack = [iter(tag.contents)]
    while stack:
        for node in stack[-1]:
            if isinstance(node, Tag):
                yield node
                stack.append(iter(node.contents))
                break
        else:
            stack.pop()
