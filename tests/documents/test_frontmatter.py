"""Front matter and dates: what a file says about itself, and that nothing of the text is lost for it."""

from __future__ import annotations

import pytest

from indexer.documents.frontmatter import split
from indexer.model import DateSource, Metadata

# Nine times nine times … the same word: followed naively, it would never end.
ALIASES = (
    "a0: &a0 [甲]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 20)) + "tags: *a19\n"
)

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
        Metadata(title="甲", author="乙", date="2020-01-02", date_source=DateSource.FRONT_MATTER),
        "正文",
    ),
    "numbers stay as written": ("---\ntitle: 2020\nauthor: 007\n---\n正文", Metadata("2020", author="007"), "正文"),
    "empty": ("---\n---\n正文", Metadata(), "正文"),
    "an unknown key": ("---\n注意: 本文件为草案\n---\n\n正文", Metadata(), "---\n注意: 本文件为草案\n\n---\n\n正文"),
    "a dialogue": (
        "---\n张三: 你好\n李四: 你好\n-----\n正文",
        Metadata(),
        "---\n张三: 你好\n李四: 你好\n\n-----\n正文",
    ),
    "keys of a program": ("---\nlayout: post\nlastUpdated: 甲\n---\n正文", Metadata(), "正文"),
    "a known key among others": ("---\n注意: 草案\n标题: 甲\n---\n正文", Metadata("甲"), "正文"),
    "too long": (f"---\n{'甲' * 60_000}: 乙\n---\n正文", Metadata(), f"---\n{'甲' * 60_000}: 乙\n\n---\n正文"),
    "marks nothing closes": (
        '---\ntitle: [未闭合\ntags: [甲, 乙\nauthor: "丙\n---\n正文',
        Metadata("未闭合", author="丙", tags=("甲", "乙")),
        "正文",
    ),
    "good lines beside a broken one": (
        "---\ntitle: [转载]通知\ntags: [甲, '乙']\nauthor: \"丙\"\n---\n正文",
        Metadata("[转载]通知", author="丙", tags=("甲", "乙")),
        "正文",
    ),
    "lone and paired surrogates": (
        '---\ntitle: "\\ud800题\\ud83d\\ude00"\n---\n正文',
        Metadata("\ufffd题\U0001f600"),
        "正文",
    ),
    "aliases": (f"---\n{ALIASES}---\n正文", Metadata(tags=("甲",)), "正文"),
    "broken line": ("---\ntitle: 国务院: 通知\nauthor: [乙\n---\n正文", Metadata("国务院: 通知", author="乙"), "正文"),
    "too deep": ("---\ntitle: 甲\nx: " + "[" * 5000 + "\n---\n正文", Metadata(title="甲"), "正文"),
    "text between rules": ("---\n一段话。\n---\n正文", Metadata(), "---\n一段话。\n\n---\n正文"),
    "a list between rules": ("---\n- 甲\n- 乙\n---\n正文", Metadata(), "---\n- 甲\n- 乙\n\n---\n正文"),
    "TOML": (
        '+++\ntitle = "甲"\ndate = 2022-08-15T23:30:00-05:00\ntags = ["乙", "丙"]\n[params]\nweight = 3\n+++\n\n正文',
        Metadata("甲", date="2022-08-15", tags=("乙", "丙"), date_source=DateSource.FRONT_MATTER),
        "正文",
    ),
    "broken TOML": ('+++\ntitle = "甲"\nauthor = 乙\n+++\n正文', Metadata("甲", author="乙"), "正文"),
    "TOML of nothing known": ("+++\n甲\n+++\n正文", Metadata(), "+++\n甲\n+++\n正文"),
    "JSON": (
        '{\n  "title": "甲",\n  "date": "2022-08-15",\n  "tags": ["乙"],\n  "draft": false\n}\n\n正文',
        Metadata("甲", date="2022-08-15", tags=("乙",), date_source=DateSource.FRONT_MATTER),
        "正文",
    ),
    "a JSON listing": ('{"甲": 1}\n正文', Metadata(), '{"甲": 1}\n正文'),
    "a brace": ("{title} 是占位符\n", Metadata(), "{title} 是占位符\n"),
    "Hexo without the opening line": (
        "title: 甲: 乙\ndate: 2022-08-15 10:00:00\ntags:\n- 丙\n- 丁\n---\n## 题\n\n正文",
        Metadata("甲: 乙", date="2022-08-15", tags=("丙", "丁"), date_source=DateSource.FRONT_MATTER),
        "## 题\n\n正文",
    ),
    "a heading underlined": ("Note: 甲\n---\n正文", Metadata(), "Note: 甲\n---\n正文"),
    "a key, then text": ("title: 甲\n\n正文\n\n---\n正文", Metadata(), "title: 甲\n\n正文\n\n---\n正文"),
    "when it was changed, from when on": (
        "---\ntitle: 甲\nlastmod: 2022-09-01\n施行日期: 2022年10月1日\n---\n正文",
        Metadata("甲", amended="2022-09-01", effective="2022-10-01"),
        "正文",
    ),
    "never closed": ("---\ntitle: 甲\n正文", Metadata(), "---\ntitle: 甲\n正文"),
    "not at the beginning": ("正文\n---\ntitle: 甲\n---\n", Metadata(), "正文\n---\ntitle: 甲\n---\n"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_split(case: tuple[str, Metadata, str]) -> None:
    source, metadata, body = case
    found, rest = split(source)
    assert found == metadata
    assert rest.strip() == body.strip()
