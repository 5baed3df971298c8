"""Which answers count: hits are collapsed to documents, articles and sections."""

from __future__ import annotations

import pytest

from indexer.evaluation.compare import evaluate
from indexer.index.index import Index
from tests.evaluation.conftest import ask


def test_hits_are_collapsed_to_articles_and_what_is_outside_is_skipped(index: Index) -> None:
    gold = {"file": "税法.md", "article": "第二条"}
    (found,) = evaluate(index, [ask("纳税人", gold)]).answered
    assert found.ranking[0] == "法规/税法.md#第二条"
    assert all("#第" in answer for answer in found.ranking)
    (found,) = evaluate(index, [ask("税收优惠", {"file": "税法.md", "article": "第一条"})]).answered
    assert found.ranking == ("法规/税法.md#第一条",)


@pytest.mark.parametrize("name", ["税法", "税法.md", "法规/税法.md"])
def test_documents_are_named_in_several_ways(index: Index, name: str) -> None:
    (found,) = evaluate(index, [ask("国务院", name)]).answered
    assert found.rank == 1


def test_sections_are_paths(index: Index) -> None:
    (found,) = evaluate(index, [ask("施行", {"file": "税法.md", "section": "第二章 附则/第三条"})]).answered
    assert found.rank == 1


def test_a_section_holds_what_stands_below_it(index: Index) -> None:
    (found,) = evaluate(index, [ask("国务院", {"file": "税法.md", "section": "第一章 总则"})]).answered
    assert found.rank == 1


def test_golds_of_several_kinds_side_by_side(index: Index) -> None:
    article = {"file": "税法.md", "article": "第二条"}
    questions = [ask("纳税人", article, "说明"), ask("纳税人须知", "说明"), ask("依法纳税", article)]
    first, second, third = evaluate(index, questions).answered
    assert (first.rank, second.rank, third.rank) == (1, 1, 1)
    assert set(first.ranking[:2]) == {"法规/税法.md#第二条", "法规/说明.txt"}


def test_what_the_index_does_not_hold_is_said(index: Index) -> None:
    held, missing = evaluate(index, [ask("纳税人", "税法"), ask("纳税人", "没有这个")]).answered
    assert (held.missing, missing.missing, missing.rank) == (False, True, None)
