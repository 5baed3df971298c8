"""Counts → values: what a filter takes, and what that costs."""

from __future__ import annotations

import pytest

from indexer.engines.requests import FacetCount
from indexer.model import Document
from indexer.model.headings import section_value
from indexer.search import facet_values as module
from indexer.search.facet_values import facet_values
from tests.support import count_calls

INNER = (FacetCount(("总/则", "一\\"), 2, 0, (FacetCount(("总/则", "一\\", "甲"), 1, 1),), True),)
SECTIONS = (FacetCount(("总/则",), 3, 1, INNER), FacetCount(("附则",), 0, 1))


def test_a_section_is_called_by_its_whole_path() -> None:
    first, second = facet_values("section", SECTIONS, lambda _: None)
    (inner,) = first.children
    (deepest,) = inner.children
    for value in (first, inner, deepest, second):
        assert value.value == section_value(value.path)
        assert value.label == value.path[-1]
    assert (inner.count, inner.some, inner.truncated, deepest.path) == (2, 0, True, ("总/则", "一\\", "甲"))


def test_each_heading_is_written_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written = count_calls(monkeypatch, module, "heading_value")
    facet_values("section", SECTIONS, lambda _: None)
    assert [heading for (heading,) in written] == ["总/则", "一\\", "甲", "附则"]


def test_a_document_is_called_by_its_path_and_title_unless_it_is_gone() -> None:
    about = {"a": Document("a", "法/a.md", "渔业法")}
    known, gone = facet_values("document", (FacetCount("a", 1, 0), FacetCount("b", 1, 0)), about.get)
    assert (known.value, known.label) == ("法/a.md", "渔业法")
    assert (gone.value, gone.label) == ("b", "b")
