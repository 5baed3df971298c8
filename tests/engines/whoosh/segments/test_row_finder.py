"""Rows by position, found by halving or in a table of blocks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.array_cache import ArrayCache, CacheBudget
from indexer.engines.whoosh.segments.row_finder import RowFinder


@given(st.lists(st.integers(1, 200), min_size=65, max_size=90))
def test_rows_are_the_same_in_a_table_as_by_halving(lengths: list[int]) -> None:
    starts = np.cumsum([0, *lengths]).astype(np.int32)
    positions = np.arange(starts[-1], dtype=np.int32)
    budget, other = CacheBudget(), CacheBudget()
    prepared, asked_once = RowFinder(starts, ArrayCache(budget)), RowFinder(starts, ArrayCache(other))
    prepared.prepare()
    assert budget.bytes
    few = [int(asked_once.rows_at(positions[at : at + 1])[0]) for at in range(0, len(positions), 9)]
    assert not other.bytes
    expected = np.repeat(np.arange(len(lengths)), lengths).tolist()
    assert prepared.rows_at(positions).tolist() == expected
    assert few == expected[::9]
