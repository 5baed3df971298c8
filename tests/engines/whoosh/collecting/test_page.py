"""What a page costs: what no page shows is not put in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.whoosh.collecting.segment_scores import SegmentScores
from indexer.engines.whoosh.snapshot.term_scores import CountedPart
from indexer.index.index import Index
from tests.support import count_calls, make_document, make_index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    texts = ["渔船入港 检验", "渔船检验", "渔船登记", "港口检验"]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as made:
        yield made


def test_a_page_past_all_hits_scores_none(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = count_calls(monkeypatch, SegmentScores, "first_stage")
    found = index.search("渔船", offset=3, limit=10)
    assert (found.hits, found.entries, found.total) == ((), 3, 3)
    assert scored == []


def test_the_last_page_scores_all(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = count_calls(monkeypatch, SegmentScores, "first_stage")
    assert len(index.search("渔船", offset=2, limit=10).hits) == 1
    assert scored


def test_each_part_is_counted_once_for_all_tiers(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_calls(monkeypatch, CountedPart, "of")
    found = index.search("渔船 检验")
    assert len({hit.tier for hit in found.hits}) > 1
    parts = [own.part for own, *_ in counted]
    assert sorted(parts) == sorted(set(parts)) != []


@pytest.mark.parametrize(("limit", "scored_rows"), [(1, 2), (2, 2 + 3)])
def test_of_sections_only_those_that_a_page_may_show_are_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, scored_rows: int
) -> None:
    chapters = {"第一章 渔船": ["渔船登记", "登记机关"], "第二章 港口": ["渔船入港", "港口检验", "检验机关"]}
    texts = [(text, (chapter,)) for chapter, own in chapters.items() for text in own]
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        scored = count_calls(monkeypatch, SegmentScores, "own_sums")
        found = index.search("渔船 登记", scope="section", facets=(), limit=limit)
        assert (found.entries, [hit.tier for hit in found.hits]) == (2, ["exact", "some"][:limit])
        assert sum(len(rows) for _, rows in scored) == scored_rows
