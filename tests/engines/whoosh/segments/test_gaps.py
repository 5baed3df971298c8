"""Sums of differences are those of adding one to the other, however they are taken together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments import gaps
from indexer.engines.whoosh.segments.gaps import ESCAPE, RUN, Runs, summed


@pytest.fixture(autouse=True)
def run_by_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "_MANY", RUN)


def stored(differences: list[int], width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As they stand in a file: with what stands for the escaped ones, where these are, and they themselves."""
    every = np.array(differences, dtype=np.int64)
    escaped = np.flatnonzero(every >= ESCAPE[width])
    return np.minimum(every, ESCAPE[width]).astype(f"<u{width}"), escaped, every[escaped].astype("<u4")


@pytest.mark.parametrize("width", [1, 2])
@given(st.lists(st.integers(0, 3) | st.sampled_from([253, 254, 255, 256, 65_534, 65_535, 70_000]), max_size=100))
def test_sums_are_those_of_adding_one_by_one(width: int, differences: list[int]) -> None:
    sums = summed(*stored(differences, width), np.int32)
    assert sums.dtype == np.int32
    assert sums.tolist() == np.cumsum(differences, dtype=np.int64).tolist()


def test_sums_beyond_four_bytes_are_kept_in_eight() -> None:
    differences = [1 << 31, *[254] * 40]
    assert summed(*stored(differences, 1), np.int64).tolist() == np.cumsum(differences).tolist()


def test_a_run_of_the_longest_differences_does_not_overflow() -> None:
    runs = Runs(*stored([254] * (3 * RUN), 1))
    assert runs.heads(np.int32).tolist() == [0, 254 * RUN, 2 * 254 * RUN]
    assert runs.sums(np.zeros(3, dtype=np.int32)).tolist() == [254 * at for at in range(1, RUN + 1)] * 3
