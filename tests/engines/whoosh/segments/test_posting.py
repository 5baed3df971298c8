"""What holds a term, each once with its count, against counting one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.posting import Posting, tallied


@pytest.mark.parametrize("size", [40, 1_000])
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(1, 300)), max_size=60))
def test_a_posting_has_what_its_members_sum_up_to(size: int, runs: list[tuple[int, int]]) -> None:
    """Members that are there several times; with many of them as with few, and live ones alone."""
    expected: Counter[int] = Counter()
    for member, count in runs:
        expected[member] += count
    members = [member for member, count in runs for _ in range(count)]
    posting = Posting.counted(np.array(members, dtype=np.int64), size)
    numbers = range(size) if posting.is_full else posting.members.tolist()
    found = dict(zip(numbers, posting.counts.tolist(), strict=True))
    assert {member: count for member, count in found.items() if count} == expected
    live = np.arange(size) % 2 == 0
    assert posting.number() == len(expected)
    assert posting.number(live) == sum(member % 2 == 0 for member in expected)


@pytest.mark.parametrize(
    ("counts", "kind"), [([0, 255], np.uint8), ([256, 3], np.uint16), ([65_535], np.uint16), ([1, 65_536], np.uint32)]
)
def test_numbers_are_counted_in_as_few_bytes_as_the_greatest_count_takes(counts: list[int], kind: type) -> None:
    found = tallied(np.repeat(np.arange(len(counts)), counts), len(counts) + 1)
    assert (found.tolist(), found.dtype) == ([*counts, 0], kind)


@pytest.mark.parametrize(("held", "is_full"), [(2, True), (1, False), (0, False)])
def test_what_many_hold_is_a_number_for_each_of_all(held: int, is_full: bool) -> None:
    posting = Posting.of(np.arange(held), np.ones(held, dtype=np.int64), 20)
    assert (posting.is_full, len(posting.counts)) == (is_full, 20 if is_full else held)
