"""The process with the fewest requests knows it."""

from __future__ import annotations

import pytest

from webui.loads import loads_of


@pytest.mark.parametrize(("told", "freest"), [
    ([0, 0, 0], [True, True, True]),
    ([1, 0, 2], [False, True, False]),
    ([3, 3, 4], [True, True, False]),
    ([255, 254, 1_000], [False, True, False]),
    ([256, 255, 1_000], [True, True, True]),  # more than can be told
])  # fmt: skip
def test_those_with_the_fewest_requests_are_the_freest(told: list[int], freest: list[bool]) -> None:
    loads = loads_of(len(told))
    for load, requests in zip(loads, told, strict=True):
        load.add(requests)
    assert [load.is_least() for load in loads] == freest


def test_what_is_answered_counts_no_more() -> None:
    one, other = loads_of(2)
    one.add(300)
    other.add(1)
    one.add(-300)
    assert one.is_least()
    assert not other.is_least()


def test_one_alone_is_always_the_freest() -> None:
    (alone,) = loads_of(1)
    alone.add(7)
    assert alone.is_least()
