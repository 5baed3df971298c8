"""Adjacent runs that together are a number with its measure."""

from __future__ import annotations

import pytest

from indexer.model import And, Or, Run, leaves
from indexer.query import rewriter
from indexer.query.rewriter import rewrite
from indexer.query.syntax import parse
from tests.support import ANALYZER, count_calls


def runs(query: str) -> list[str]:
    tree, _ = rewrite(query, parse(query)[0], ANALYZER)
    nodes = tree.children if isinstance(tree, And) else (tree,)
    return [node.text for node in nodes if isinstance(node, Run)]


@pytest.mark.parametrize(
    ("query", "merged"),
    [
        ("渔船 第 12 条", ["渔船", "第 12 条"]),
        ("2021 年 3 月 5 日", ["2021 年 3 月 5 日"]),
        ("12 3 条", ["12", "3 条"]),
        ("1 2 3", ["1", "2", "3"]),
        ("渔船 港口", ["渔船", "港口"]),
    ],
)
def test_runs_are_one_where_a_number_goes_on_over_each_seam(query: str, merged: list[str]) -> None:
    assert runs(query) == merged


@pytest.mark.parametrize("query", ["渔船 港口 检验 登记 船员", "1 2 3 4 5 6"])
def test_no_number_is_looked_for_where_none_can_be(monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    looked = count_calls(monkeypatch, rewriter, "units_of")
    assert runs(query) == query.split(" ")
    assert looked == []


def test_one_is_looked_for_where_one_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = count_calls(monkeypatch, rewriter, "units_of")
    assert runs("第 12 条") == ["第 12 条"]
    assert looked


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("“渔船进港……应当报告”", ["渔船进港", "应当报告"]),
        ('"渔船进港...应当报告"', ["渔船进港", "应当报告"]),
        ("“渔船进港[…]应当报告。。。”", ["渔船进港", "应当报告"]),
        ("“……应当报告”", ["应当报告"]),
    ],
)
def test_a_quotation_with_dots_is_that_or_its_parts(query: str, parts: list[str]) -> None:
    tree, warnings = rewrite(query, parse(query)[0], ANALYZER)
    assert isinstance(tree, Or)
    whole, left = tree.children
    assert isinstance(whole, Run)
    assert whole.text == query[1:-1]
    assert [run.text for run in leaves(left) if isinstance(run, Run) and run.quoted] == parts
    assert [warning.code for warning in warnings] == ["words_left_out"]


@pytest.mark.parametrize(
    "query", ["“……”", '"for (...)"', "“船……舱”", "“渔船..进港”", "渔船进港……应当报告", "标题:“渔船……报告”"]
)
def test_dots_that_leave_out_no_words(query: str) -> None:
    tree, warnings = rewrite(query, parse(query)[0], ANALYZER)
    assert not isinstance(tree, Or)
    assert warnings == ()
