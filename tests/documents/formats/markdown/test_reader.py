"""What is our own in reading Markdown: the line that is taken without asking its rules, and deep nesting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.formats.markdown import reader as markdown
from tests.documents.conftest import Read

_LINES = st.sampled_from(
    [
        "",
        " ",
        "第一条 国家保护数据。",
        "  第二条\u3000没有标记 ",
        "    深缩进的段落",
        "“引号开头”的一行\t",
        "有*强调*和`代码`",
        "带<b>标签</b>的",
        "甲|乙",
        "-|-",
        "---",
        "===",
        "- 列表项",
        "  列表里的续行",
        "1. 第一项",
        "   项里的段落",
        "> 引用",
        "```",
        "<!-- 注 -->",
        "<div>",
        "</div>",
        "# 标题",
        "[脚注]: http://a.b/",
        "plain text",
        "12. 数字",
    ]
)


@given(st.lists(_LINES, max_size=12))
def test_the_same_as_by_the_rules(lines: list[str]) -> None:
    text = "\n".join(lines)
    quick = markdown.parse_markdown(text)
    markdown._PARSER.disable("line")
    try:
        assert markdown.parse_markdown(text) == quick
    finally:
        markdown._PARSER.enable("line")


@pytest.mark.parametrize(
    "source", [">" * 3000 + " 甲", "".join(" " * 2 * i + "- 甲\n" for i in range(150)), "`甲" * 5000]
)
def test_hostile_markdown(read: Read, source: str) -> None:
    text = "".join(block.text for block in read("甲.md", source).blocks)
    assert text.count("甲") == source.count("甲")
