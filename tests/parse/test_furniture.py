"""Every rule of the furniture drops its example and keeps its near-miss, both taken from the rule itself."""

from __future__ import annotations

import pytest

from indexer.parse.furniture import ELEMENT_RULES, TEXT_RULES, ElementRule, TextRule, is_furniture
from tests.parse import visible
from tests.parse.conftest import Read


def _shown(read: Read, fragment: str) -> str:
    return visible.squeezed("".join(block.text for block in read("页.html", f"<div>{fragment}</div>").blocks))


@pytest.mark.parametrize("rule", ELEMENT_RULES, ids=lambda rule: rule.name)
def test_element_rule(read: Read, rule: ElementRule) -> None:
    assert _shown(read, rule.drops) == ""
    assert _shown(read, rule.keeps) == visible.of_html(rule.keeps) != ""


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.name)
def test_text_rule(read: Read, rule: TextRule) -> None:
    assert is_furniture(rule.drops)
    assert not is_furniture(rule.keeps)
    assert _shown(read, f"<p>{rule.drops}</p>") == ""
    assert _shown(read, f"<h2>{rule.drops}</h2>") == visible.squeezed(rule.drops)
    assert _shown(read, f"<p>{rule.keeps}</p>") == visible.squeezed(rule.keeps)


@pytest.mark.parametrize("class_name", ["sharepoint", "navy", "menuet", "qrt", "canvas-text", "editor-choice"])
def test_names_are_whole_words(read: Read, class_name: str) -> None:
    assert _shown(read, f'<div class="{class_name}"><a>正文</a></div>') == "正文"


@pytest.mark.parametrize("class_name", ["topNav", "site_nav", "nav-2", "x NAV"])
def test_names_are_found_in_compounds(read: Read, class_name: str) -> None:
    assert _shown(read, f'<div class="{class_name}"><a>首页</a></div>正文') == "正文"
