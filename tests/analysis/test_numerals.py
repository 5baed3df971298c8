"""Numbers in Chinese characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import END, from_chinese, from_colloquial, to_chinese


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


@pytest.mark.parametrize(
    ("said", "number"), [("六万四", 64_000), ("两千八", 2_800), ("十二万三", 123_000), ("三亿六", 360_000_000)]
)
def test_a_last_digit_counts_tenths_of_the_unit_before_it(said: str, number: int) -> None:
    assert from_colloquial(said) == number


@pytest.mark.parametrize("said", ["一百二", "万五", "六万四千", "六万零四", "十五", "六万", "万万三", ""])
def test_of_what_may_be_meant_otherwise_it_does_not(said: str) -> None:
    assert from_colloquial(said) is None
