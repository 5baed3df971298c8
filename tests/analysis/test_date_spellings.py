"""Whole dates, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.date_spellings import find_dates

FORMS = ["2021年3月5日", "2021年03月05日", "2021-03-05", "2021.3.5", "2021/03/05", "二〇二一年三月五日"]


@pytest.mark.parametrize("written", FORMS)
def test_each_form_leads_to_all(written: str) -> None:
    ((start, end, spellings),) = find_dates(f"于{written}起")
    assert (start, end) == (1, 1 + len(written))
    assert set(FORMS) <= set(spellings)


@pytest.mark.parametrize(("short", "whole"), [("21年3月5日", "2021年3月5日"), ("98年 3月5号", "1998-03-05")])
def test_a_year_may_be_said_for_short(short: str, whole: str) -> None:
    ((start, end, spellings),) = find_dates(f"于{short}起")
    assert (start, end) == (1, 1 + len(short))
    assert whole in spellings


@pytest.mark.parametrize("run", ["民国21年3月5日", "昭和21年3月5日"])
def test_a_year_of_a_reign_is_none_for_short(run: str) -> None:
    ((start, _, spellings),) = find_dates(run)
    assert run[start:] == "3月5日"
    assert not any("20" in each or "19" in each for each in spellings)


MONTHS = ["2018年6月", "2018年06月", "2018-06", "2018/06", "二〇一八年六月"]


@pytest.mark.parametrize("written", MONTHS)
def test_each_form_of_a_month_leads_to_all(written: str) -> None:
    ((start, end, spellings),) = find_dates(f"于{written}起")
    assert (start, end) == (1, 1 + len(written))
    assert {*MONTHS, "2018.06"} <= set(spellings)


@pytest.mark.parametrize("run", ["2018-13", "2018-6", "12018-06", "2018-06-2019", "3018-06", "2018年13月", "2018-06%"])
def test_what_is_no_month(run: str) -> None:
    assert find_dates(run) == []


@pytest.mark.parametrize("run", ["2021.03", "2021-13-05", "2021-03-45", "1.2021.03.05", "2021.03.05.1", "12021-03-05"])
def test_what_is_no_date(run: str) -> None:
    assert find_dates(run) == []


@given(st.text(st.sampled_from("0123456789年月日.-/二〇三五١"), max_size=14))
def test_anything_is_read(run: str) -> None:
    for start, end, spellings in find_dates(run):
        assert 0 <= start < end <= len(run)
        assert spellings
