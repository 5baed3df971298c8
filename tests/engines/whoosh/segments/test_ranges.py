"""Numbers as ranges, against the numbers one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.ranges import Ranges

SIZE = 3_000


@st.composite
def some_ranges(draw: st.DrawFn) -> Ranges:
    """A few ranges; some of them touch, or hold nothing."""
    bounds = sorted(draw(st.lists(st.integers(0, SIZE), max_size=12)))
    begins, ends = bounds[: len(bounds) // 2 * 2 : 2], bounds[1::2]
    return Ranges(np.array(begins, dtype=np.int32), np.array(ends, dtype=np.int32))


@given(some_ranges(), st.lists(st.integers(0, SIZE - 1), max_size=20))
def test_what_is_in_ranges_is_told_in_every_form(ranges: Ranges, sought: list[int]) -> None:
    bounds = zip(ranges.begins.tolist(), ranges.ends.tolist(), strict=True)
    inside = [number for begin, end in bounds for number in range(begin, end)]
    assert len(ranges) == len(inside)
    assert ranges.numbers.tolist() == inside == np.flatnonzero(ranges.mask(SIZE)).tolist()
    assert len(ranges.mask(SIZE)) == SIZE
    wanted = np.array([*sought, *inside[:1], *inside[-1:], *ranges.ends[ranges.ends < SIZE]], dtype=np.int64)
    many = np.concatenate([wanted, np.arange(SIZE)])
    expected = [number in inside for number in wanted.tolist()]
    assert ranges.holding(wanted, SIZE).tolist() == ranges.holding(many, SIZE)[: len(wanted)].tolist() == expected


def test_ranges_that_touch_stay_apart_and_those_inside_others_go() -> None:
    found = Ranges.outermost(np.array([4, 0, 1, 0, 6]), np.array([6, 3, 2, 3, 7]))
    assert list(zip(found.begins.tolist(), found.ends.tolist(), strict=True)) == [(0, 3), (4, 6), (6, 7)]
    assert found.numbers.tolist() == [0, 1, 2, 4, 5, 6]


def test_of_ranges_that_begin_alike_the_longest_stays() -> None:
    found = Ranges.outermost(np.array([7, 2, 2, 2], dtype=np.int32), np.array([9, 3, 6, 6], dtype=np.int32))
    assert (found.begins.tolist(), found.ends.tolist()) == ([2, 7], [6, 9])
