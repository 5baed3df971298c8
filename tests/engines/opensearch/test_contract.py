"""The suite of the contract, asked of a cluster; and answers compared with the definition's, scores and all."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from indexer.engines.contract import Change, Engine
from indexer.engines.opensearch import OpenSearchEngine
from indexer.engines.requests import Answer, Request
from indexer.model import Literal, Terms, Tier, Zone
from indexer.model.choices import FACETS, SORTS
from tests.engines import test_contract as suite
from tests.support import documents, make_document, make_engine, opensearch_pool

pytestmark = pytest.mark.usefixtures("environment")

# Examples take a hundred times as long as with an engine of this process.
EXAMPLES = 15
# A failing example is not made smaller: that would take minutes.
PHASES = (Phase.explicit, Phase.generate)
# A cluster keeps no vectors, and so is asked for none.
requests = suite.requests.map(lambda request: replace(request, vector=b""))


class TestLeaves(suite.TestLeaves):
    """Of a cluster."""


class TestAnswers(suite.TestAnswers):
    """Of a cluster."""


class TestCommits(suite.TestCommits):
    """Of a cluster."""

    def test_half_a_character_is_kept(self, engine: Engine) -> None:
        made = make_document("a", ["甲\udcff乙", "甲乙"], title="\ud800")
        made = replace(made, document=replace(made.document, path="corpus/\udcff.md"), path="corpus/\ufffd.md")
        engine.apply([made], "\udcff")
        assert (engine.documents(), engine.manifest()) == ((made.document,), "\udcff")
        assert suite.ask(engine, Literal(("甲\ufffd",))) == ["a-0"]
        assert suite.ask(engine, Literal(("\ufffd",), (Zone.DOCUMENT,))) == ["a-0", "a-1"]


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


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(history=suite.commits, asked=st.lists(requests, min_size=1, max_size=8))
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


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(
    made=st.tuples(documents("a"), documents("b"), documents("c")),
    asked=st.lists(requests.filter(lambda request: request.scope == "passage"), min_size=1, max_size=8),
    most=st.sampled_from([1, 3]),
)
def test_the_budget_is_the_definitions(made: tuple[Change, ...], asked: list[Request], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder, patch("indexer.engines.budget.MAX_CANDIDATES", most):
        definition, engine = make_engine("memory", Path(folder) / "m"), make_engine("opensearch", Path(folder) / "e")
        for each in (definition, engine):
            each.apply(made, "")
        for request in asked:
            assert engine.count(request) == definition.count(request)


def test_several_shards_answer_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values that no single shard counts most are found all the same."""
    monkeypatch.setattr("indexer.engines.opensearch.facets._VALUES", 2)
    made = [
        make_document(
            f"d{number}",
            [("数据", (f"第{number % 7}章", f"第{number}条")), ("安全 数据", (f"第{number % 5}章",)), "税收"],
            title=f"标题{number % 3}",
            tags=tuple(f"{value}" for value in range(40) if number % (value + 1) == 0),
        )
        for number in range(40)
    ]
    definition = make_engine("memory", tmp_path)
    connection = replace(opensearch_pool().connection, shards=3)
    engine = OpenSearchEngine.create(tmp_path, "", connection)
    reopened = OpenSearchEngine.open(tmp_path)
    request = Request(
        tiers=((Tier.EXACT, Literal(("数据",))), (Tier.SOME, Literal(("税",)))),
        terms=Terms(("数据", "税收"), tuple("数据税收"), ("数据", "据税", "税收")),
        facets=FACETS,
        limit=100,
        chapters=5,
    )
    for each in (definition, engine):
        each.apply(made, "")
    for limit in (1, 3, 50):
        for sort in SORTS:
            asked = replace(request, facet_limit=limit, sort=sort)
            assert_equal(reopened.search(asked), definition.search(asked))
    assert len(reopened.documents()) == 40
