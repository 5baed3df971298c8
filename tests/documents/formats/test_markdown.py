"""A line that is taken without asking Markdown's rules is what they would have made of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.formats import markdown

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
    quick = markdown.read(text)
    markdown._PARSER.disable("line")
    try:
        assert markdown.read(text) == quick
    finally:
        markdown._PARSER.enable("line")
