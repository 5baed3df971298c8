"""Measures are what they are by hand."""

from __future__ import annotations

import math

from indexer.evaluation.compare import evaluate
from indexer.evaluation.measures import significance
from indexer.index.index import Index
from tests.evaluation.conftest import ask


def test_measures_are_what_they_are_by_hand(index: Index) -> None:
    questions = [ask("纳税人", "说明", "税法"), ask("国务院", "说明"), ask("须知", "说明")]
    result = evaluate(index, questions)
    assert [each.rank for each in result.answered] == [1, None, 1]
    assert math.isclose(result.means["MRR"], 2 / 3)
    assert math.isclose(result.means["recall"], 2 / 3)
    assert math.isclose(result.means["hit@1"], 2 / 3)
    assert math.isclose(result.means["nDCG"], 2 / 3)
    assert result.median_ms > 0


def test_a_second_place_is_worth_half(index: Index) -> None:
    (first,) = evaluate(index, [ask("纳税人 须知", "税法")]).answered
    assert (first.rank, first.measures["MRR"], first.measures["hit@1"]) == (2, 0.5, 0.0)
    assert math.isclose(first.measures["nDCG"], 1 / math.log2(3))


def test_the_same_against_itself_differs_by_chance_alone(index: Index) -> None:
    result = evaluate(index, [ask("纳税人", "说明"), ask("国务院", "税法")])
    assert significance(result, result, "MRR") == 1.0
