"""What a number must count to answer a query."""

from __future__ import annotations

import pytest

from indexer.query.amounts import asked_amounts
from tests.support import Make, make_document


@pytest.mark.parametrize(
    ("run", "amount", "other"),
    [
        ("停泊几天", "三日", "三年"),
        ("租约几年", "5年", "5日"),
        ("押金多少钱", "百元", "百年"),
        ("停泊期限", "个月", "百元"),
        ("多久交租", "十天", "十岁"),
        ("几个月一查", "个月", "一月"),
    ],
)
def test_the_sort_of_number_that_is_asked_for(run: str, amount: str, other: str) -> None:
    assert amount[-2:] in {each[-2:] for each in asked_amounts([run])}
    assert other not in asked_amounts([run])


@pytest.mark.parametrize("run", ["停泊", "三天", "几何", "多少", "年月", "多年", "钱款"])
def test_nothing_is_asked_for(run: str) -> None:
    assert asked_amounts([run]) == ()


def test_it_counts_for_the_passages_that_hold_such_a_number(make: Make) -> None:
    index = make(
        make_document("a", ["停泊须登记，停泊须缴费，停泊须守规。", "船只停泊，以三日为限，逾期者须另行缴费。"])
    )
    assert [hit.passage.id for hit in index.search("停泊几天").hits] == ["a-1", "a-0"]
    assert [hit.passage.id for hit in index.search("停泊几天", without=["amount"]).hits] == ["a-0", "a-1"]
    assert [hit.passage.id for hit in index.search("停泊几人").hits] == ["a-0", "a-1"]
