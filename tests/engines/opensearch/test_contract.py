"""The suite of the contract, asked of a cluster; and answers compared with the definition's, scores and all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.contract import Change
from indexer.engines.requests import Answer, Request
from tests.engines import test_contract as suite
from tests.support import documents, make_engine

# Examples take a hundred times as long as with an engine of this process.
EXAMPLES = 25


class TestLeaves(suite.TestLeaves):
    """Of a cluster."""


class TestAnswers(suite.TestAnswers):
    """Of a cluster."""


class TestCommits(suite.TestCommits):
    """Of a cluster."""


def assert_equal(found: Answer, expected: Answer) -> None:
    """Two answers are the same, but for what single precision does to scores."""
    assert [hit.score for hit in found.hits] == pytest.approx([hit.score for hit in expected.hits], rel=1e-5)
    assert [(hit.passage, hit.tier) for hit in found.hits] == [(hit.passage, hit.tier) for hit in expected.hits]
    for own, others in zip(found.hits, expected.hits, strict=True):
        assert dict(own.parts) == pytest.approx(dict(others.parts), rel=1e-5)
        assert (own.copies, own.copy_count) == (others.copies, others.copy_count)
    assert (found.counts, found.at_least, found.warnings) == (expected.counts, expected.at_least, expected.warnings)
    assert found.facets == expected.facets
    assert (found.entries, found.groups) == (expected.entries, expected.groups)
    assert found.chapters == expected.chapters


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=suite.commits, asked=st.lists(suite.requests, min_size=1, max_size=8))
def test_answers_like_the_definition(history: list[list[Change]], asked: list[Request]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        definition, engine = make_engine("memory", Path(folder) / "m"), make_engine("opensearch", Path(folder) / "e")
        for number, batch in enumerate(history):
            definition.apply(batch, str(number))
            engine.apply(batch, str(number))
        assert engine.documents() == definition.documents()
        for request in asked:
            assert_equal(engine.search(request), definition.search(request))
            assert engine.count(request) == definition.count(request)
        own, others = engine.stats(), definition.stats()
        assert (own.documents, own.passages, own.kinds, own.characters) == (
            others.documents,
            others.passages,
            others.kinds,
            others.characters,
        )
        assert not engine.check()


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.tuples(documents("a"), documents("b"), documents("c")),
    asked=st.lists(suite.requests.filter(lambda request: request.scope == "passage"), min_size=1, max_size=8),
    most=st.sampled_from([1, 3]),
)
def test_the_budget_is_the_definitions(made: tuple[Change, ...], asked: list[Request], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder, patch("indexer.engines.budget.MAX_CANDIDATES", most):
        definition, engine = make_engine("memory", Path(folder) / "m"), make_engine("opensearch", Path(folder) / "e")
        for each in (definition, engine):
            each.apply(made, "")
        for request in asked:
            assert engine.count(request) == definition.count(request)
