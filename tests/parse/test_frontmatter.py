"""Front matter and dates: what a file says about itself, and that nothing of the text is lost for it."""

from __future__ import annotations

import pytest

from indexer.model import Metadata
from indexer.parse.dates import calendar_date
from indexer.parse.frontmatter import split

CASES = {
    "plain": ("---\ntitle: 甲\n---\n正文", Metadata(title="甲"), "正文"),
    "after a blank line and a mark": ("\ufeff\n \n---\ntitle: 甲\n---\n正文", Metadata(title="甲"), "正文"),
    "lists and twice the same tag": (
        "---\ntags: [a, b]\ncategories: [b, c]\n---\n正文",
        Metadata(tags=("b", "c", "a")),
        "正文",
    ),
    "one author with a name": ("---\nauthor: {name: 甲, mail: a@b}\n---\n正文", Metadata(author="甲、a@b"), "正文"),
    "Chinese keys": (
        "---\n标题: 甲\n作者: 乙\n日期: 2020年1月2日\n---\n正文",
        Metadata(title="甲", author="乙", date="2020-01-02"),
        "正文",
    ),
    "numbers stay as written": ("---\ntitle: 2020\nauthor: 007\n---\n正文", Metadata("2020", author="007"), "正文"),
    "empty": ("---\n---\n正文", Metadata(), "正文"),
    "broken line": ("---\ntitle: 国务院: 通知\nauthor: [乙\n---\n正文", Metadata("国务院: 通知", author="[乙"), "正文"),
    "too deep": ("---\ntitle: 甲\nx: " + "[" * 5000 + "\n---\n正文", Metadata(title="甲"), "正文"),
    "text between rules": ("---\n一段话。\n---\n正文", Metadata(), "---\n一段话。\n---\n正文"),
    "a list between rules": ("---\n- 甲\n- 乙\n---\n正文", Metadata(), "---\n- 甲\n- 乙\n---\n正文"),
    "never closed": ("---\ntitle: 甲\n正文", Metadata(), "---\ntitle: 甲\n正文"),
    "not at the beginning": ("正文\n---\ntitle: 甲\n---\n", Metadata(), "正文\n---\ntitle: 甲\n---\n"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_split(case: tuple[str, Metadata, str]) -> None:
    source, metadata, body = case
    found, rest = split(source)
    assert found == metadata
    assert rest.strip() == body.strip()


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
