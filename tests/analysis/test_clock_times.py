"""Times of day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.clock_times import equal_times, find_times


@pytest.mark.parametrize(
    ("text", "others", "none"),
    [
        ("上午八点", {"8:00", "08:00", "8时", "早上8点"}, {"20:00", "晚上8点", "18:00"}),
        ("晚上8点半", {"20:30", "20时30分", "晚8点半"}, {"8:30", "20:00"}),
        ("17:45", {"17时45分", "下午5点45分"}, {"5:45", "晚上5点45分"}),
        ("二十三时", {"23:00", "晚上11点"}, {"11:00"}),
        ("凌晨2点", {"2:00", "2时"}, {"14:00", "下午2点"}),
        ("晚2点", {"2:00"}, {"14:00"}),
        ("晚上12点", {"0:00", "24时"}, {"12:00", "中午12点"}),
        ("夜间22点", {"22:00", "晚10时"}, {"10:00"}),
        ("12:00", {"12时", "12点"}, {"0:00", "24时"}),
        ("早上六点四十", {"6:40", "6时40分"}, {"16:40", "6:04"}),
        ("十点零五分", {"10:05", "10时5分"}, {"10:50"}),
    ],
)
def test_a_time_of_day_is_said_otherwise(text: str, others: set[str], none: set[str]) -> None:
    assert others <= set(equal_times(text))
    assert none.isdisjoint(equal_times(text))


@pytest.mark.parametrize(
    "text", ["三点", "三点意见", "早上三点四十人", "8:5", "25:00", "8:00:00", "比分3:2", "第3时", "小时", "一个小时"]
)
def test_what_is_no_time_of_day(text: str) -> None:
    assert equal_times(text) == ()


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("每日8:00至晚上9点开放", ["8:00", "晚上9点"]),
        ("22时以后", ["22时"]),
        ("提三点意见", []),
        ("3时期", []),
        ("第9时", []),
        ("上午3点半", ["上午3点半"]),
    ],
)
def test_find_times(run: str, found: list[str]) -> None:
    assert [run[start:end] for start, end in find_times(run)] == found


@given(st.integers(0, 23), st.integers(0, 59))
def test_the_ways_to_say_a_time_lead_to_each_other(hour: int, minute: int) -> None:
    digits = f"{hour}:{minute:02}"
    said = [other for other in equal_times(digits) if "点" in other or "时" in other]
    assert all(digits in equal_times(other) for other in said if not other.removesuffix("点").isdecimal())
