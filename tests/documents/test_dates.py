"""Dates as files write them."""

from __future__ import annotations

import pytest

from indexer.documents.dates import calendar_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Fri, 02 Jul 2021 12:45:24 GMT", "2021-07-02"),
        ("2021-07-02T23:59:59-11:00", "2021-07-02"),
        ("2021-07-02 00:00:01 +0800", "2021-07-02"),
        ("2021/7/2", "2021-07-02"),
        ("2021.07.02", "2021-07-02"),
        ("2021年7月2日 星期五", "2021-07-02"),
        ("发布时间：2021-07-02 10:00", "2021-07-02"),
        ("20210702", "2021-07-02"),
        ("2020年5月1日", "2020-05-01"),
        ("2020年5月", "2020-05"),
        (" 2020 年 12 月份", "2020-12"),
        ("2020-05", "2020-05"),
        ("2020/5", "2020-05"),
        ("2020年13月", None),
        ("2020年5月至6月", None),
        ("July 2nd, 2021", "2021-07-02"),
        ("2 July 2021", "2021-07-02"),
        ("2021-13-02", None),
        ("2021-02-30", None),
        ("2 Foo 2021", None),
        ("2021", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_calendar_date(written: str, date: str | None) -> None:
    assert calendar_date(written) == date
