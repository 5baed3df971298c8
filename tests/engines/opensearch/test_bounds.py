"""What is worked out here is bounded, says so, and never tears the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.contract import Engine
from indexer.engines.opensearch import answers, lowering, surroundings
from indexer.engines.requests import Request
from indexer.model import Glob, Kind, Literal, Terms, Tier, Weights, Wild
from indexer.model.weights import SCORE_PARTS
from tests.support import ROOT, make_document, make_engine

pytestmark = pytest.mark.usefixtures("environment")

REQUEST = Request(
    tiers=((Tier.EXACT, Literal(("数据安全",))), (Tier.ALL, Literal(("数据",))), (Tier.SOME, Literal(("安全",)))),
    terms=Terms(("数据", "安全"), tuple("数据安全"), ("数据", "据安", "安全")),
    limit=100,
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    texts = [f"{'数据' * (number % 3)}，{'安全' * (number % 4)}，{number}" for number in range(20)]
    kinds = [Kind.HEADING if number % 5 == 0 else Kind.BODY for number in range(22)]
    engine.apply([make_document("a", [*texts, "数据安全", "数据安全数据"], kinds=kinds), make_document("b", texts)], "")
    return engine


def ids(engine: Engine, request: Request) -> list[str]:
    return [hit.passage.id for hit in engine.search(request).hits]


@pytest.mark.parametrize("ranked", [1, 6])
@pytest.mark.parametrize("size", [2, 5])
def test_pages_are_the_list_whatever_part_of_it_is_ranked_here(
    filled: Engine, monkeypatch: pytest.MonkeyPatch, ranked: int, size: int
) -> None:
    monkeypatch.setattr(answers, "RANKED", ranked)
    whole = filled.search(REQUEST)
    assert whole.entries == len(whole.hits) == len({hit.passage.id for hit in whole.hits})
    assert [hit.tier for hit in whole.hits] == sorted((hit.tier for hit in whole.hits), key=list(Tier).index)
    pages = [ids(filled, replace(REQUEST, offset=offset, limit=size)) for offset in range(0, whole.entries + 3, size)]
    assert [passage_id for page in pages for passage_id in page] == [hit.passage.id for hit in whole.hits]


@pytest.mark.parametrize("around", ["chapter_words", "document"])
@pytest.mark.parametrize("best", [2, 200])
def test_what_leads_for_what_surrounds_it_is_among_those_that_are_ranked_here(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, around: str, best: int
) -> None:
    monkeypatch.setattr(answers, "RANKED", 3)
    monkeypatch.setattr(surroundings, "BEST", best)
    filler = "某些别的事情" * 5
    told = make_document("told", [("税收" * 9, ("一章", "一条")), (f"{filler}税收", ("一章", "二条"))])
    others = [
        make_document(f"{number}", [("税收税收", ("一章", "一条")), (filler * 9, ("一章", "二条"))])
        for number in range(9)
    ]
    definition = make_engine("memory", tmp_path / "definition")
    for each in (engine, definition):
        each.apply([told, *others], "")
    weights = replace(Weights(**dict.fromkeys(SCORE_PARTS, 0.0)), words=1.0, characters=0.75)
    request = Request(
        tiers=((Tier.EXACT, Literal(("税收",))),),
        terms=Terms(("税收",), tuple("税收"), ("税收",)),
        limit=3,
        weights=weights,
    )
    assert "told-1" not in ids(engine, request)  # of itself it comes last
    request = replace(request, weights=replace(weights, **{around: 900.0}))
    assert ids(engine, request) == ids(definition, request)
    assert ids(engine, request)[:2] == ["told-0", "told-1"]


@pytest.mark.parametrize("how", [{"collapse": "text"}, {"group": "document"}, {"scope": "section"}])
def test_a_list_that_is_put_together_of_some_hits_says_so(
    filled: Engine, monkeypatch: pytest.MonkeyPatch, how: dict[str, str]
) -> None:
    request = replace(REQUEST, **how)  # type: ignore[arg-type]
    whole = filled.search(request)
    assert (whole.at_least, whole.warnings) == (False, ())
    monkeypatch.setattr(answers, "LISTED", 5)
    cut = filled.search(request)
    assert cut.at_least
    assert [warning.code for warning in cut.warnings] == ["engine_bound"]
    assert cut.counts == whole.counts
    assert len(cut.hits) <= 5


def test_what_is_looked_at_here_is_a_lower_bound(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    typed, several = Literal(("安全",), original="安全"), Glob(("数", Wild.MANY, "据", Wild.MANY, "数"))
    for leaf in (typed, several):
        request = Request(tiers=((Tier.EXACT, leaf),))
        monkeypatch.setattr(lowering, "MOST_VERIFIED", 20_000)
        whole = filled.count(request)
        monkeypatch.setattr(lowering, "MOST_VERIFIED", 3)
        cut = filled.count(request)
        assert (whole.at_least, cut.at_least) == (False, True)
        assert cut.tiers[Tier.EXACT] <= 3 < whole.tiers[Tier.EXACT]


def test_the_handbook_names_the_bounds() -> None:
    page = (ROOT / "docs" / "14-多台机器.md").read_text("utf-8").partition("## 四、")[0].partition("## 三、")[2]
    for bound in (answers.RANKED, answers.LISTED, lowering.MOST_VERIFIED):
        assert f" {bound:,} " in page
