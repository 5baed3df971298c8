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
