"""What is our own in reading Markdown: the lines that are taken without asking its rules, and deep nesting."""

from __future__ import annotations

import re

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
        "12) 数字",
        "12 数字",
        "2010年3月4日 施行",
        "(一)带括号的数字；",
        "(二) 以空格结束 ",
        "(三)以\u2005别的空格结束\u2005",
        '!!! note "提示"',
        "    框里的一行",
        "a  b\tc：两个空格和制表",
    ]
)


@given(st.lists(_LINES, max_size=12))
def test_the_same_as_by_the_rules(lines: list[str]) -> None:
    text = "\n".join(lines)
    quick = markdown.parse_markdown(text)
    markdown._PARSER.disable("lines")
    try:
        assert markdown.parse_markdown(text) == quick
    finally:
        markdown._PARSER.enable("lines")


_BOLD = st.text(st.sampled_from("条甲。 \u3000a1（）“”*_\n"), max_size=4)


@given(_BOLD, _BOLD)
def test_bold_openings_are_the_same_as_by_the_rules(bold: str, rest: str) -> None:
    text = f"**第{bold}**{rest}"
    quick = markdown.parse_markdown(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_BOLD_OPENING", re.compile(r"(?!)"))
        assert markdown.parse_markdown(text) == quick


@pytest.mark.parametrize(
    "source", [">" * 3000 + " 甲", "".join(" " * 2 * i + "- 甲\n" for i in range(150)), "`甲" * 5000]
)
def test_hostile_markdown(read: Read, source: str) -> None:
    text = "".join(block.text for block in read("甲.md", source).blocks)
    assert text.count("甲") == source.count("甲")


@pytest.mark.parametrize(
    ("written", "shown", "anchor"),
    [
        ("安装 {#install}", "安装", "install"),
        ("安装 {#install .wide}", "安装", "install"),
        ("安装 {.wide}", "安装", None),
        ("安装 {/*install*/}", "安装", "install"),
        ('安装 {id="install"}', "安装", "install"),
        ("安装 {#install} 之后", "安装 {#install} 之后", None),
        ("集合 {1, 2}", "集合 {1, 2}", None),
    ],
)
@pytest.mark.parametrize("rest", ["", "<p>另一段</p>"], ids=["tokens", "by-html"])
def test_anchor_of_a_heading(read: Read, written: str, shown: str, anchor: str | None, rest: str) -> None:
    block = read("甲.md", f"## {written}\n\n{rest}\n").blocks[0]
    assert (block.text, block.anchor) == (shown, anchor)


def test_a_listing_shows_its_name(read: Read) -> None:
    listings = '```sh [npm]\n装\n```\n\n```js title="配置"\n改\n```\n\n```c {1,3}\n看\n```\n'
    found = [(block.text, block.code) for block in read("甲.md", listings).blocks]
    assert found == [("npm", False), ("装", True), ("配置", False), ("改", True), ("看", True)]


def test_nothing_but_marks_is_text_as_typed(read: Read) -> None:
    marks = "*_`[" * 5000
    assert "".join(block.text for block in read("甲.md", f"{marks}\n\n# 题\n\n一段**话**。").blocks).startswith(marks)


def test_many_marks_among_words_are_marks(read: Read) -> None:
    (block,) = read("甲.md", "[甲的书](a) **乙的书** " * 100).blocks
    assert block.text.split() == ["甲的书", "乙的书"] * 100
