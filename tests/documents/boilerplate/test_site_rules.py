"""Every rule for built sites drops its example there and keeps its near-misses, all taken from the rule itself."""

from __future__ import annotations

import pytest

from indexer.documents import read_site_page
from indexer.documents.boilerplate.rules import ElementRule
from indexer.documents.boilerplate.site_rules import SITE_RULES
from tests.documents import visible
from tests.documents.conftest import Read


def shown(fragment: str) -> str:
    page = read_site_page(f"<html><body><main>{fragment}</main></body></html>".encode(), "页.html")
    return visible.squeezed("".join(block.text for block in page.parsed.blocks))


@pytest.mark.parametrize("rule", SITE_RULES, ids=lambda rule: rule.name)
def test_a_rule_drops_its_example(rule: ElementRule) -> None:
    assert shown(f"<p>正文</p>{rule.drops}") == "正文"


@pytest.mark.parametrize("kept", [kept for rule in SITE_RULES for kept in rule.keeps])
def test_rules_keep(kept: str) -> None:
    assert shown(kept) == visible.of_html(kept) != ""


@pytest.mark.parametrize("rule", SITE_RULES, ids=lambda rule: rule.name)
def test_they_are_not_for_other_pages(read: Read, rule: ElementRule) -> None:
    if rule.says is None:
        assert read("页.html", f"<main>{rule.drops}</main>").blocks
