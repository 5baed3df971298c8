"""Posting lists come back as they were written, whatever their gaps: all widths, escapes, one by one and at once."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.postings import Occurrences, Posting, PostingField, tallied

SPANS = [300, 70_000, 1 << 24, (1 << 24) + 1, 1 << 31]


@pytest.mark.parametrize("span", SPANS)
@given(data=st.data())
def test_what_is_written_is_read(span: int, data: st.DataObject) -> None:
    postings = st.lists(st.integers(0, span - 1), min_size=1, max_size=8)
    dense = st.integers(0, max(0, span - 3_000)).map(lambda first: list(range(first, min(span, first + 3_000))))
    lists = {
        key: sorted(found) for key, found in data.draw(st.dictionaries(st.integers(0, 9), postings | dense)).items()
    }
    keys = np.array([key for key, found in lists.items() for _ in found], dtype=np.int64)
    gathered = Occurrences.gather(keys, np.array([at for found in lists.values() for at in found], dtype=np.int64))
    with tempfile.TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "a") as writer:
            for name, values in gathered.encoded(span).items():
                writer.add(f"field.{name}", values)
        field = PostingField(ArrayFile(Path(folder) / "a"), "field", span)
        for key in range(10):
            assert field.postings(key).tolist() == lists.get(key, [])
            assert field.postings(key).dtype == (np.int32 if span <= 1 << 30 else np.int64)
        everything = field.everything()
        assert everything.postings.tolist() == [place for _, found in sorted(lists.items()) for place in found]
        assert dict(zip(everything.terms.tolist(), everything.sizes.tolist(), strict=True)) == {
            key: len(found) for key, found in lists.items()
        }


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
