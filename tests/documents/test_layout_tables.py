"""Tables that hold data, and those that only place things."""

from __future__ import annotations

import pytest

from indexer.documents.layout_tables import placed_rows


@pytest.mark.parametrize(
    ("rows", "holds_table", "placed"),
    [
        ([[1, 1], [1, 2]], "..", ".."),
        ([[1, 1], [1, 9], [1, 1]], "...", ".x."),
        ([[1, 1], [1, 1], [1, 1]], ".x.", ".x."),
        ([[1, 4], [5, 1]], "..", "xx"),
        ([[1, 1]], "x", "x"),
        ([[12]], ".", "x"),
        ([[1], [1], [2]], "...", "..."),
        ([], "", ""),
    ],
    ids=["data", "an article in a row", "a table in a row", "columns", "a frame", "a cell", "a column", "nothing"],
)
def test_rows_that_only_place_things(rows: list[list[int]], holds_table: str, placed: str) -> None:
    found = placed_rows(rows, [mark == "x" for mark in holds_table])
    assert "".join("x" if one else "." for one in found) == placed
