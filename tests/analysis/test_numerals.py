"""Numbers in Chinese characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import END, from_chinese, to_chinese


@given(st.integers(0, 99_999) | st.integers(0, END - 1))
def test_numerals_there_and_back(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (105, "一百零五"),
        (120, "一百二十"),
        (1_260, "一千二百六十"),
        (10_050, "一万零五十"),
        (100_000, "十万"),
        (150_000_000, "一亿五千万"),
        (10_000_000_005, "一百亿零五"),
        (10**12, "一万亿"),
    ],
)
def test_numerals_as_they_are_written(number: int, numeral: str) -> None:
    assert to_chinese(number) == numeral


@pytest.mark.parametrize(("numeral", "number"), [("一十二", 12), ("两万", 20_000), ("一百〇五", 105)])
def test_other_ways_to_write_them(numeral: str, number: int) -> None:
    assert from_chinese(numeral) == number


@pytest.mark.parametrize("nonsense", ["", "十十", "一一", "〇十", "万万", "万一", "百", "一百二", "零十二", "甲"])
def test_what_is_no_number_stays_as_it_is(nonsense: str) -> None:
    assert from_chinese(nonsense) is None
