"""Which tables hold data and which only place things on a page, by the paragraphs in their cells."""

from __future__ import annotations

from collections.abc import Sequence

# So many paragraphs in a cell are placed there; so many are an article, whatever the other rows hold.
_PLACED = 3
_ARTICLE = 8


def only_places(rows: Sequence[Sequence[int]]) -> bool:
    """Decide whether a table is one cell, or its cells hold several paragraphs and no row shows that it holds data.

    Args:
        rows: how many paragraphs are in each cell of each row.
    """
    if sum(map(len, rows)) <= 1:
        return True
    most = max(max(row, default=0) for row in rows)
    is_tabular = any(len(row) > 1 and max(row) < _PLACED for row in rows)
    return most >= (_ARTICLE if is_tabular else _PLACED)


def placed_rows(rows: Sequence[Sequence[int]], holds_table: Sequence[bool]) -> list[bool]:
    """Tell of each row of a table whether it only places things: in one that holds data, a row may hold an article.

    Args:
        rows: how many paragraphs are in each cell of each row.
        holds_table: of each row whether a table is in one of its cells.
    """
    pairs = list(zip(rows, holds_table, strict=True))
    if not any(len(row) > 1 and max(row) < _PLACED and not holds for row, holds in pairs):
        return [only_places(rows) or any(holds_table)] * len(rows)
    return [holds or max(row, default=0) >= _ARTICLE for row, holds in pairs]
