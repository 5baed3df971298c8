"""Which pages of a built site are left out by what they are called, and where the others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.sources.site import PATH_RULES, PathRule, addresses, page_files, rule_of


@pytest.mark.parametrize("rule", PATH_RULES, ids=lambda rule: f"{rule.name} {'·'.join(rule.generators)}")
def test_a_rule_drops_its_examples_and_keeps_its_near_misses(rule: PathRule) -> None:
    made = rule.generators or ("",)
    assert [rule_of(path, (), made) for path in rule.drops] == [rule.name] * len(rule.drops)
    assert [rule_of(path, (), made) for path in rule.keeps] == [None] * len(rule.keeps)


@pytest.mark.parametrize("path", ["tags/div.html", "tags/index.html", "page/2/index.html", "categories/a/index.html"])
def test_rules_of_a_generator_are_for_its_sites(path: str) -> None:
    assert rule_of(path, (), ["vitepress"]) is None


def test_a_list_of_docusaurus_is_told_by_its_classes() -> None:
    assert rule_of("docs/标签/甲/index.html", ["plugin-docs", "docs-tag-doc-list-page"], ["docusaurus"])
    assert rule_of("docs/标签/甲/index.html", ["plugin-docs", "docs-doc-page"], ["docusaurus"]) is None


def test_files_that_are_no_pages_are_passed_over_and_so_are_exports(tmp_path: Path) -> None:
    for name in ("index.html", "乙/index.htm", "乙/图.png", ".git/a.html", "查/ours.json", "查/index.html", "甲.HTML"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path for path, _ in page_files(tmp_path, "ours.json")] == ["index.html", "甲.HTML", "乙/index.htm"]


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_canonical_addresses_pages_are_where_their_files_are() -> None:
    found = addresses({"index.html": None, "指南/index.html": None, "指南/安装.html": None})
    assert found.below == {"index.html": "", "指南/index.html": "指南/", "指南/安装.html": "指南/安装.html"}


def test_a_page_is_called_as_its_canonical_address_says() -> None:
    base = "https://甲.example/docs/"
    found = addresses({"index.html": base, "a.html": f"{base}a?x=1", "b.html": f"{base}b/", "c/index.html": f"{base}c"})
    assert found.below == {"index.html": "", "a.html": "a", "b.html": "b/", "c/index.html": "c"}
    assert found.base == base
    assert not found.copies


def test_quoted_addresses_are_those_of_files() -> None:
    found = addresses({"安装/index.html": "https://a.example/%E5%AE%89%E8%A3%85/"})
    assert found.below == {"安装/index.html": "安装/"}
    assert found.base == "https://a.example/"


def test_a_page_that_names_another_of_the_site_is_a_copy_of_it() -> None:
    base = "https://a.example/"
    found = addresses({"a/index.html": f"{base}a/", "b/index.html": f"{base}b/", "v1/a/index.html": f"{base}a/"})
    assert found.copies == {"v1/a/index.html": "a/index.html"}


def test_an_address_that_all_pages_name_is_a_mistake() -> None:
    home = "https://a.example/"
    found = addresses({"index.html": home, "a/index.html": home, "b/index.html": home, "c/index.html": home})
    assert found.base == ""
    assert not found.copies
    assert found.below["a/index.html"] == "a/"


def test_an_address_elsewhere_says_nothing_about_here() -> None:
    base = "https://a.example/"
    found = addresses({"a.html": f"{base}a.html", "b.html": f"{base}b.html", "c.html": "https://b.example/其他"})
    assert found.below["c.html"] == "c.html"
    assert not found.copies
