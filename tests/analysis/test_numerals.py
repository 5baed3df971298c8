"""Other spellings of numbers, years and spacing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import LIMIT, expand, from_chinese, to_chinese

GROUPS = [
    {"第12条", "第十二条", "第 12 条"},
    {"2020年", "二〇二〇年", "二零二零年", "2020 年"},
    {"第120条", "第一百二十条"},
    {"2021年3月5日", "二〇二一年三月五日"},
    {"5g网络", "5g 网络"},
    {"1,000亿", "1,000 亿"},
    {"12月", "十二月"},
    {"μ介子", "μ 介子"},
]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: min(group))
def test_each_spelling_leads_to_the_others(group: set[str]) -> None:
    for spelling in group:
        assert group <= set(expand(spelling)), spelling


def test_a_number_in_han_characters_keeps_no_white_space_beside_it() -> None:
    assert "(十二月" in expand("( 12月")
    assert "第十二条" in expand("第 12 条")


@pytest.mark.parametrize(
    "run",
    ["数据", "税收征管", "一带一路", "三农", "十四五", "3.5%", "3.5%以上", "コピー法", "gb/t 7714", "万一", "百年"],
)
def test_other_runs_stay_alone(run: str) -> None:
    assert expand(run) == (run,)


@given(st.integers(0, 99_999))
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
    ],
)
def test_numerals_as_they_are_written(number: int, numeral: str) -> None:
    assert to_chinese(number) == numeral


@pytest.mark.parametrize("nonsense", ["十十", "一一", "〇十", "万万"])
def test_what_is_no_number_stays_as_it_is(nonsense: str) -> None:
    assert from_chinese(nonsense) is None


@given(st.text(st.sampled_from("第一二十百千万零〇年月日条0123456789a5g网 "), max_size=25))
def test_spellings_are_few_distinct_and_begin_with_the_run(run: str) -> None:
    spellings = expand(run)
    assert spellings[0] == run
    assert len(set(spellings)) == len(spellings) <= LIMIT
