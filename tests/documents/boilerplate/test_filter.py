"""Every rule of boilerplate drops its example and keeps its near-misses, all taken from the rule itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.boilerplate.element_rules import ELEMENT_RULES
from indexer.documents.boilerplate.filter import is_boilerplate
from indexer.documents.boilerplate.list_rules import LIST_RULES
from indexer.documents.boilerplate.rules import ElementRule, ListRule, TextRule
from indexer.documents.boilerplate.text_rules import TEXT_RULES
from tests.documents import visible
from tests.documents.conftest import Read


def _shown(read: Read, fragment: str) -> str:
    return visible.squeezed("".join(block.text for block in read("页.html", f"<div>{fragment}</div>").blocks))


def _paragraphs(text: str, name: str = "p") -> str:
    return "".join(f"<{name}>{line}</{name}>" for line in text.split("\n"))


@pytest.mark.parametrize("rule", ELEMENT_RULES, ids=lambda rule: rule.name)
def test_element_rule_drops(read: Read, rule: ElementRule) -> None:
    assert _shown(read, rule.drops) == ""


@pytest.mark.parametrize("kept", [kept for rule in ELEMENT_RULES for kept in rule.keeps])
def test_element_rules_keep(read: Read, kept: str) -> None:
    assert _shown(read, kept) == visible.of_html(kept) != ""


@pytest.mark.parametrize("rule", LIST_RULES, ids=lambda rule: rule.name)
def test_list_rule_drops(read: Read, rule: ListRule) -> None:
    parsed = read("页.html", f"<p>桥修好了。</p>{rule.drops}<p>完。</p>")
    assert [block.text for block in parsed.blocks] == ["桥修好了。", "完。"]
    assert visible.squeezed("".join(parsed.dropped)) == visible.of_html(rule.drops)


@pytest.mark.parametrize("kept", [kept for rule in LIST_RULES for kept in rule.keeps])
def test_list_rules_keep(read: Read, kept: str) -> None:
    assert _shown(read, kept) == visible.of_html(kept) != ""


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.name)
def test_text_rule_drops(read: Read, rule: TextRule) -> None:
    assert _shown(read, _paragraphs(rule.drops)) == ""


@pytest.mark.parametrize("kept", [kept for rule in TEXT_RULES for kept in rule.keeps])
@pytest.mark.parametrize("name", ["页.html", "页.md", "页.txt"])
def test_text_rules_keep(read: Read, name: str, kept: str) -> None:
    source = _paragraphs(kept) if name.endswith(".html") else kept.replace("\n", "\n\n")
    assert visible.squeezed("".join(block.text for block in read(name, source).blocks)) == visible.squeezed(kept)


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.name)
def test_text_rules_leave_headings_rows_and_listings(read: Read, rule: TextRule) -> None:
    text = visible.squeezed(rule.drops)
    assert _shown(read, _paragraphs(rule.drops, "h2")) == text
    assert _shown(read, f"<table>{''.join(f'<tr><td>{line}<td>甲' for line in rule.drops.splitlines())}") == (
        visible.squeezed(rule.drops.replace("\n", "甲") + "甲")
    )
    assert _shown(read, f"<pre><code>{rule.drops}</code></pre>") == text
    fenced = read("页.md", f"```\n{rule.drops}\n```").blocks
    assert [block.text for block in fenced] == [rule.drops]


# What the rules look for, over and over: a rule that tries all ways to part it never comes back.
PIECES = (
    "上一篇：", "首页 > ", "当前位置：首页 >  ", "责任编辑：张三 ", "编辑：张三、", "【打印】 ", "【返回列表】",
    "大 中 小", "扫码", "微信朋友圈", "海量资讯", "尽在",
)  # fmt: skip


@pytest.mark.parametrize("rule", [*TEXT_RULES, *ELEMENT_RULES], ids=lambda rule: rule.name)
@pytest.mark.parametrize("piece", PIECES)
def test_rules_are_linear(rule: TextRule | ElementRule, piece: str) -> None:
    patterns = (rule.pattern, rule.beside) if isinstance(rule, TextRule) else (rule.says or "",)
    for pattern in patterns:
        for opening in ("", "当前位置：", "分享到：", "上一篇："):
            assert not re.compile(pattern).fullmatch(opening + piece * 10_000 + "\n鼎")


# What the rule for copyright lines looks for, and what it must not be misled by.
COPYRIGHT = (
    "京ICP备", "沪ICP证", "公网安备", "00000000", "12345", "号", "-1", "©", "2020", "版权所有", "某某网", "。", "\n",
)  # fmt: skip


@given(text=st.lists(st.sampled_from(COPYRIGHT), max_size=7).map("".join))
def test_what_tells_most_lines_from_copyright_at_once_tells_no_others(text: str) -> None:
    whole = next(rule.pattern for rule in TEXT_RULES if rule.name == "版权与备案")
    without = whole.removeprefix("(?=[^0-9]*+[0-9])")
    assert without != whole
    assert (re.fullmatch(whole, text) is None) == (re.fullmatch(without, text) is None)


@pytest.mark.parametrize("text", ["上一篇：" * 28 + "。", ("首页 > " * 28)[:139] + "。"])
def test_long_lines_are_no_boilerplate(text: str) -> None:
    assert not is_boilerplate(text)


@pytest.mark.parametrize("class_name", ["sharepoint", "navy", "menuet", "qrt", "canvas-text", "editor-choice"])
def test_names_are_whole_words(read: Read, class_name: str) -> None:
    assert _shown(read, f'<div class="{class_name}"><a>正文</a></div>') == "正文"


@pytest.mark.parametrize("class_name", ["topNav", "site_nav", "nav-2", "x NAV"])
def test_names_are_found_in_compounds(read: Read, class_name: str) -> None:
    assert _shown(read, f'<div class="{class_name}"><a>首页</a></div>正文') == "正文"
