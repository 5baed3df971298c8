"""Spans of any lengths, by position, found by halving or in a table of blocks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.span_finder import SpanFinder


@given(st.lists(st.integers(1, 200) | st.just(5_000), min_size=65, max_size=90))
def test_spans_are_the_same_in_a_table_as_by_halving(lengths: list[int]) -> None:
    starts = np.cumsum([0, *lengths]).astype(np.int32)
    positions = np.arange(starts[-1], dtype=np.int32)
    prepared, asked_once = SpanFinder(starts), SpanFinder(starts)
    prepared.prepare()
    assert "_spans_of_blocks" in vars(prepared)
    few = [int(asked_once.spans_at(positions[at : at + 1])[0]) for at in range(0, len(positions), 9)]
    assert "_spans_of_blocks" not in vars(asked_once)
    expected = np.repeat(np.arange(len(lengths)), lengths).tolist()
    assert prepared.spans_at(positions).tolist() == expected
    assert few == expected[::9]
