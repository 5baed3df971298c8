"""Amounts, shares and halves in another measure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fraction_spellings import read_share, write_share
from indexer.analysis.measures import equal_measures, find_measured
from indexer.analysis.numerals import to_chinese


@pytest.mark.parametrize(
    ("unit", "equals"),
    [
        ("七天", ("七日", "1周", "1个星期")),
        ("15日", ("15天",)),
        ("三年", ("36个月",)),
        ("24个月", ("2年",)),
        ("二十四 个月", ("2年",)),
        ("半年", ("6个月",)),
        ("上半年", ()),
        ("6个月", ()),
        ("18个月", ("1年半", "1年6个月")),
        ("两年半", ("30个月", "2年6个月")),
        ("19个月", ()),
        ("2024年", ()),
        ("二十年", ()),
        ("〇天", ()),
        ("第三年", ()),
        ("三月", ()),
        ("三周", ("三个星期", "三星期", "21天", "21日")),
        ("三周年", ()),
        ("10日", ("10天",)),
        ("39条", ()),
        ("半个月", ("15天", "15日")),
        ("十四周岁", ("十四岁",)),
        ("800块", ("800元", "800圆", "800块钱")),
        ("捌佰圆", ("捌佰元", "捌佰块钱", "捌佰块")),
        ("四块", ()),
        ("4元", ()),
        ("70平米", ("70平方米", "70m2")),
        ("2.5公斤", ("2.5千克", "2.5kg")),
        ("250g", ("250克",)),
        ("4g", ()),
        ("200°c", ("200度", "200摄氏度")),
        ("两度", ()),
        ("四成", ("40%", "2/5", "4成")),
        ("百分之二十五", ("25%", "1/4")),
        ("万分之三", ("0.03%", "3‱")),
        ("0.3%", ("3‰",)),
        ("二分之一", ("50%", "1/2", "5成", "一半", "半数")),
        ("三分之一", ("1/3",)),
        ("150%", ("1.5倍",)),
        ("百分之三百", ("300%", "3倍")),
        ("100%", ()),
        ("1150%", ()),
        ("0.4倍", ("40%",)),
        ("4倍", ("400%",)),
        ("一点五倍", ("150%", "1.5倍")),
        ("一倍", ()),
        ("40倍", ()),
        ("周三", ("星期三", "礼拜三")),
        ("礼拜天", ("星期日", "星期天", "周日", "礼拜日")),
        ("周八", ()),
        ("周二次", ()),
        ("20世纪60年代", ("1960年代", "上世纪60年代", "上个世纪60年代")),
        ("上世纪六十年代", ("1960年代", "20世纪60年代", "上世纪60年代", "上个世纪60年代")),
        ("1960年代", ("20世纪60年代", "上世纪60年代", "上个世纪60年代")),
        ("18世纪60年代", ()),
        ("60年代", ()),
        ("之内", ("内", "以内")),
        ("下午4点", ("16:00", "16时", "16点", "下午4时")),
    ],
)
def test_equal_measures(unit: str, equals: tuple[str, ...]) -> None:
    assert equal_measures(unit) == equals


@given(st.integers(1, 10), st.sampled_from([str, to_chinese]))
def test_years_and_months_lead_to_each_other(years: int, write: type[str]) -> None:
    (months,) = equal_measures(f"{write(years)}年")
    assert equal_measures(months) == (f"{years}年",)


@given(st.integers(1, 8))
def test_weeks_and_days_lead_to_each_other(weeks: int) -> None:
    assert f"{weeks}周" in equal_measures(f"{weeks * 7}天")
    assert f"{weeks * 7}天" in equal_measures(f"{weeks}周")


@given(st.fractions(Fraction(1, 10_000), Fraction(9_999, 10_000), max_denominator=10_000))
def test_whatever_writes_a_share_says_as_much(share: Fraction) -> None:
    assert all(read_share(written) == share for written in write_share(share))


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("盐5 kg半个月用完", ["5 kg", "半个月"]),
        ("烤箱200°c", ["200°c"]),
        ("5g网络", []),
        ("型号a5kg", []),
        ("5kgs", []),
        ("两个半月", []),
        ("半个人", []),
    ],
)
def test_find_measured(run: str, found: list[str]) -> None:
    assert [run[start:end] for start, end in find_measured(run)] == found
