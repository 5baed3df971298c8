"""Members of a level by number, and how often postings are in their ranges, against going through all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.array_cache import numbers_between
from indexer.engines.whoosh.snapshot.members import MemberRanges, Members


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=6))
def test_numbers_between_are_those_of_each_range(ranges: list[tuple[int, int]]) -> None:
    begins = np.array([begin for begin, _ in ranges], dtype=np.int64)
    ends = begins + np.array([width for _, width in ranges], dtype=np.int64)
    expected = [number for begin, width in ranges for number in range(begin, begin + width)]
    assert numbers_between(begins, ends).tolist() == expected


@given(st.lists(st.integers(0, 2_999), unique=True, min_size=1, max_size=20), st.lists(st.integers(0, 2_999)))
def test_places_of_members_are_the_same_whether_few_are_sought_or_many(numbers: list[int], sought: list[int]) -> None:
    """In whatever order members are, and for one that is not among them, beside those that are, -1."""
    members = Members(3_000, np.array(numbers), np.arange(len(numbers)), lambda own: MemberRanges(own, own, None))
    wanted = np.array([*numbers, *sought])
    many = np.concatenate([wanted, np.zeros(3_000, dtype=wanted.dtype)])
    expected = [numbers.index(number) if number in numbers else -1 for number in wanted.tolist()]
    few = [int(members.places_of(wanted[at : at + 1])[0]) for at in range(len(wanted))]
    assert few == members.places_of(many)[: len(wanted)].tolist() == expected


@given(
    st.lists(st.integers(0, 20), max_size=30).map(sorted),
    st.lists(st.tuples(st.integers(0, 22), st.integers(0, 6)), max_size=8),
)
def test_occurrences_of_members_are_counted_however_many_they_are(
    postings: list[int], ranges: list[tuple[int, int]]
) -> None:
    begins = np.array([begin for begin, _ in ranges], dtype=np.int64)
    found = MemberRanges(begins, begins + [width for _, width in ranges], None)
    expected = [sum(begin <= each < begin + width for each in postings) for begin, width in ranges]
    assert found.counts(np.array(postings, dtype=np.int32)).tolist() == expected


@given(
    st.lists(st.lists(st.integers(0, 20), max_size=30).map(sorted), min_size=1, max_size=4),
    st.lists(st.lists(st.tuples(st.integers(0, 21), st.integers(0, 6)), max_size=3), max_size=5),
)
def test_what_several_lists_have_is_counted_together_as_one_by_one(
    lists: list[list[int]], members: list[list[tuple[int, int]]]
) -> None:
    begins = np.array([begin for ranges in members for begin, _ in ranges], dtype=np.int32)
    ends = begins + np.array([width for ranges in members for _, width in ranges], dtype=np.int32)
    of_members = MemberRanges(begins, np.minimum(ends, 21), np.array(list(map(len, members)), dtype=np.int64))
    arrays = [np.array(each, dtype=np.int32) for each in lists]
    found = of_members.counts_of_each(arrays, 21)
    assert [each.tolist() for each in found] == [of_members.counts(each).tolist() for each in arrays]
