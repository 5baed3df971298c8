"""Durations in another measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.durations import equal_durations
from indexer.analysis.numerals import to_chinese


@pytest.mark.parametrize(
    ("unit", "equals"),
    [
        ("七天", ("7日",)),
        ("15日", ("15天",)),
        ("三年", ("36个月",)),
        ("24个月", ("2年",)),
        ("二十四 个月", ("2年",)),
        ("半年", ("6个月",)),
        ("上半年", ()),
        ("6个月", ()),
        ("18个月", ()),
        ("2024年", ()),
        ("二十年", ()),
        ("〇天", ()),
        ("第三年", ()),
        ("三月", ()),
        ("三周", ()),
        ("39条", ()),
    ],
)
def test_equal_durations(unit: str, equals: tuple[str, ...]) -> None:
    assert equal_durations(unit) == equals


@given(st.integers(1, 10), st.sampled_from([str, to_chinese]))
def test_years_and_months_lead_to_each_other(years: int, write: type[str]) -> None:
    (months,) = equal_durations(f"{write(years)}年")
    assert equal_durations(months) == (f"{years}年",)
