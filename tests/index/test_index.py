"""A passage with what stands before and after it."""

from __future__ import annotations

import pytest

from indexer import MAX_AROUND
from indexer.errors import BadParameter, NotFound
from tests.support import Make, make_document


def test_neighbours_end_with_the_document(make: Make) -> None:
    index = make(make_document("a", "甲乙丙丁"), make_document("b", "戊"))

    def around(passage_id: str, *reach: int) -> str:
        return "".join(passage.text for passage in index.around(passage_id, *reach))

    assert around("a-1") == "甲乙丙"
    assert around("a-0") == "甲乙"
    assert around("a-3", 2, 5) == "乙丙丁"
    assert around("b-0", MAX_AROUND, MAX_AROUND) == "戊"
    assert index.passage("a-2").text == around("a-2", 0, 0) == "丙"


@pytest.mark.parametrize("passage_id", ["a-4", "a-", "a", "", "b-0", "a--1", "a-²", f"a-{'9' * 5000}", "a-01", "-0"])
def test_what_is_not_there_is_said_so(make: Make, passage_id: str) -> None:
    index = make(make_document("a", "甲乙丙丁"))
    with pytest.raises(NotFound):
        index.around(passage_id)


@pytest.mark.parametrize("reach", [(-1, 0), (0, MAX_AROUND + 1), ("1", 1), (True, 1)])
def test_the_reach_is_bounded(make: Make, reach: tuple[int, int]) -> None:
    index = make(make_document("a", "甲乙丙丁"))
    with pytest.raises(BadParameter):
        index.around("a-1", *reach)
