"""Amounts within bounds, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.bounds import equal_bounds, find_bounds
from indexer.analysis.number_spellings import find_units


@pytest.mark.parametrize(
    ("unit", "equals"),
    [
        ("2-6年", {"2年以上6年以下", "2年至6年", "2至6年"}),
        ("二至六个月", {"二个月以上六个月以下", "二个月至六个月"}),
        ("二年到六年", {"二年以上六年以下", "二年至六年", "二至六年"}),
        ("4~8天", {"4日以上8日以下", "4天以上8天以下", "4至8日"}),
        ("20-80万", {"20万元以上80万元以下", "20万元至80万元", "20至80万元"}),
        ("20万-80万元", {"20万元以上80万元以下"}),
        ("1.5-2.5倍", {"1.5倍以上2.5倍以下", "1.5至2.5倍"}),
        ("12-15岁", {"12周岁以上15周岁以下", "12至15岁"}),
        ("8万以下", {"8万元以下"}),
        ("8万以上20万以下", {"8万元以上20万元以下"}),
        ("8万以上20万元以下", {"8万元以上20万元以下"}),
        ("12岁以下", {"不满12周岁", "未满12岁", "12周岁以下"}),
        ("未满十二周岁", {"不满十二周岁", "十二岁以下"}),
        ("70岁以上", {"70周岁以上", "年满70周岁", "已满70岁"}),
    ],
)
def test_bounds_are_said_otherwise(unit: str, equals: set[str]) -> None:
    assert equals <= set(equal_bounds(unit))
    assert list(find_bounds(f"处{unit}，")) == [(1, 1 + len(unit))]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "6-2年",
            "2019-2021年",
            "2-6级",
            "2年-6月",
            "3人以下",
            "8万元以下",
            "满70岁",
            "2-6",
            "第2-6条",
            "以下",
            "12岁",
        ),
        "10月2-6日",  # days of a month
        "20-30年代",
    ],
)
def test_what_has_no_bounds_or_says_no_more_otherwise(text: str) -> None:
    assert list(find_bounds(text)) == []


@pytest.mark.parametrize(("above", "below"), [("70岁以上", "不满70周岁"), ("70周岁以上", "70周岁以下")])
def test_bounds_on_one_side_are_none_on_the_other(above: str, below: str) -> None:
    assert not {below, "满70周岁"} & set(equal_bounds(above))  # the second stands in 不满70周岁


@pytest.mark.parametrize(
    ("run", "units"),
    [("罚20-80万", ["20-80万"]), ("未满十二周岁的儿童", ["未满十二周岁"]), ("在8万以下，3天", ["8万以下", "3天"])],
)
def test_an_amount_is_one_unit_with_its_bounds(run: str, units: list[str]) -> None:
    assert [run[unit.start : unit.end] for unit in find_units(run)] == units


@given(st.text("0123456789.一二十百万亿年个月天日元倍岁周-~至到以上下不未满第代", max_size=14))
def test_what_is_said_otherwise_is_no_less_than_the_numbers(text: str) -> None:
    for start, end in find_bounds(text):
        digits = [char for char in text[start:end] if char.isdecimal()]
        assert all([char for char in other if char.isdecimal()] == digits for other in equal_bounds(text[start:end]))
