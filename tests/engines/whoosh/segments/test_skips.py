"""Of a long posting list as much is decoded as is asked for, and that is all there is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.gaps import ESCAPE, RUN, Runs
from indexer.engines.whoosh.segments.skips import Skips

DIFFERENCES = st.lists(st.integers(0, 3) | st.sampled_from([40, 254, 255, 256, 3_000]), min_size=RUN, max_size=200)
RANGES = st.lists(st.tuples(st.integers(0, 4_000), st.integers(1, 500)), max_size=8)


def skips_of(differences: list[int]) -> tuple[Skips, np.ndarray, np.ndarray]:
    """With the differences as they are stored, and the escaped ones."""
    every = np.array(differences, dtype=np.int64)
    escaped = np.flatnonzero(every >= ESCAPE[1])
    stored, large = np.minimum(every, ESCAPE[1]).astype(np.uint8), every[escaped].astype("<u4")
    return Skips(Runs(stored, escaped, large).heads(np.int32), escaped.astype(np.int32)), stored, large


@given(DIFFERENCES, RANGES)
def test_what_is_decoded_has_all_that_is_between(differences: list[int], ranges: list[tuple[int, int]]) -> None:
    skips, stored, large = skips_of(differences)
    begins = np.array([begin for begin, _ in ranges], dtype=np.int32)
    ends = begins + np.array([width for _, width in ranges], dtype=np.int32)
    postings = np.cumsum(differences, dtype=np.int64)
    found = skips.decoded(skips.runs_of(begins, ends), stored, large)
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        expected = postings[(postings >= begin) & (postings < end)].tolist()
        assert found[(found >= begin) & (found < end)].tolist() == expected
    assert (np.diff(found) >= 0).all()


def test_only_the_runs_around_are_decoded() -> None:
    skips, stored, large = skips_of([1] * (100 * RUN + 3))
    begins = np.array([5 * RUN + 2, 100 * RUN + 2], dtype=np.int32)
    runs = skips.runs_of(begins, begins + 1)
    assert runs.tolist() == [5, 100]
    assert skips.decoded(runs, stored, large).tolist() == [
        *range(5 * RUN + 1, 6 * RUN + 1),
        *range(100 * RUN + 1, 100 * RUN + 4),
    ]


def test_a_range_over_many_runs_is_decoded_whole() -> None:
    skips, *_ = skips_of([1] * (10 * RUN))
    # what is just before the end may go on in the next run
    assert skips.runs_of(np.array([2 * RUN]), np.array([6 * RUN + 1])).tolist() == [1, 2, 3, 4, 5, 6]


def test_of_no_range_nothing_is_decoded() -> None:
    skips, stored, large = skips_of([1] * RUN)
    nowhere = np.array([], dtype=np.int32)
    assert not len(skips.decoded(skips.runs_of(nowhere, nowhere), stored, large))
