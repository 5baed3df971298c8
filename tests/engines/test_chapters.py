"""Where the hits are: chapter by chapter, as people read."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.model import AnalyzedDocument
from tests.support import Make, documents, make_document, make_index


def counted(results: indexer.Results) -> list[tuple[str, str | None, int, int]]:
    return [(each.document.id, each.chapter, each.count, each.some) for each in results.chapters]


def test_counts_follow_filters_and_tiers(make: Make) -> None:
    one = [("数据安全", ("一",)), ("安全", ("二", "甲")), ("数据安全", ("二", "乙")), ("别的", ("三",))]
    index = make(make_document("a", one), make_document("b", ["数据安全", ("数据安全", ("一",))]))
    assert counted(index.search("数据 安全", chapters=9)) == [
        ("a", "一", 1, 0),
        ("a", "二", 1, 1),
        ("b", None, 1, 0),
        ("b", "一", 1, 0),
    ]
    assert counted(index.search("数据 安全", section=["二"], chapters=9)) == [("a", "二", 1, 1)]
    assert index.search("数据 安全").chapters == ()
    few = index.search("数据 安全", chapters=1)
    assert (counted(few), few.truncated) == ([("a", "二", 1, 1)], ("chapters",))


@given(documents("a"), documents("b"), st.sampled_from(["数据", "安全 法", ""]))
def test_counts_add_up(one: AnalyzedDocument, other: AnalyzedDocument, query: str) -> None:
    index = make_index("memory", Path(), [one, other])
    results = index.search(query, chapters=100)
    assert sum(each.count for each in results.chapters) == results.total
    assert sum(each.some for each in results.chapters) == results.tiers["some"]
