"""What a query of many words costs: what is the same for all tiers is found once."""

from __future__ import annotations

import pytest

from indexer.query import query_words, run_trees
from indexer.query.planner import Plan, make_plan
from indexer.query.syntax import parse
from tests.support import ANALYZER, count_calls

WORDS = "渔船 港口 检验 登记 船员 航道"


def plan(query: str) -> Plan:
    return make_plan(query, parse(query)[0], ANALYZER)


def test_a_run_is_cut_once_for_all_tiers(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = count_calls(monkeypatch, query_words, "pieces_of")
    plan(WORDS)
    assert sorted(text for text, *_ in cut) == sorted(WORDS.split())


def test_the_next_query_is_cut_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = count_calls(monkeypatch, query_words, "pieces_of")
    plan("渔船 港口")
    plan("渔船")
    assert [text for text, *_ in cut].count("渔船") == 2


def test_what_a_word_may_stand_as_is_asked_once_for_all_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count_calls(monkeypatch, run_trees.RunTrees, "_find_forms")
    plan(WORDS)
    assert len(asked) == len(WORDS.split())
