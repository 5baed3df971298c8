"""Search by example: what is like a passage is in `near`, without the passage itself, under all filters."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import indexer
from indexer.errors import BadParameter, NotFound
from indexer.index.index import Index
from indexer.model import AnalyzedDocument, Tier
from tests.support import Make, documents, make_document, make_index

IN_PROCESS = ("memory", "whoosh")

FOOD = (
    "为了保证食品安全，保障公众身体健康和生命安全，制定本法。",
    "食品生产者应当建立进货查验记录制度。",
    "本法自公布之日起施行。",
)
DRUGS = (
    "为了加强药品管理，保证药品质量，保障公众用药安全和身体健康，制定本法。",
    "药品生产者应当建立销售记录制度。",
    "本法自公布之日起施行。",
)
ROADS = ("为了加强公路养护，保障公路畅通，制定本法。", "公路收费站应当公示标准。", "本法自二〇二〇年起施行。")


@pytest.fixture
def laws(make: Make) -> Index:
    return make(
        *(
            make_document(key, texts, title=title, date=date)
            for key, texts, title, date in (
                ("a", FOOD, "食品法", "2020-01-01"),
                ("b", DRUGS, "药品法", "2021-01-01"),
                ("c", ROADS, "公路法", "2021-01-01"),
            )
        )
    )


def found(index: Index, like: str, **options: object) -> list[str]:
    return [hit.passage.id for hit in index.search(like=like, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(("like", "first"), [("a-0", "b-0"), ("b-0", "a-0"), ("a-1", "b-1"), ("b-1", "a-1")])
def test_the_parallel_of_another_document_comes_first(laws: Index, like: str, first: str) -> None:
    assert found(laws, like)[0] == first


def test_all_of_it_is_near_and_in_no_total(laws: Index) -> None:
    results = laws.search(like="a-0")
    assert {hit.tier for hit in results.hits} == {Tier.NEAR}
    assert (results.total, results.tiers["near"], results.entries) == (0, len(results.hits), len(results.hits))
    assert (results.query, results.like, results.lists_near) == ("", "a-0", True)
    assert indexer.results_to_dict(results)["like"] == "a-0"
    assert indexer.results_to_dict(laws.search("食品"))["like"] is None


def test_the_passage_itself_is_left_out_but_not_another_with_its_text(laws: Index) -> None:
    assert found(laws, "a-2")[0] == "b-2"
    assert "a-2" not in found(laws, "a-2")
    assert found(laws, "b-2")[0] == "a-2"


def test_a_permalink_is_as_good_as_an_id(laws: Index) -> None:
    assert found(laws, indexer.permalink(laws.passage("a-0"))) == found(laws, "a-0")


def test_filters_hold(laws: Index) -> None:
    assert {each[0] for each in found(laws, "a-0", document=["c"])} == {"c"}
    assert "a" not in {each[0] for each in found(laws, "a-0", year=["2021"])}
    assert found(laws, "a-0", kind=["table"]) == []


def test_pages_of_it_are_one_list(laws: Index) -> None:
    whole = found(laws, "a-0")
    assert [*found(laws, "a-0", limit=1), *found(laws, "a-0", offset=1)] == whole
    assert laws.search(like="a-0", limit=1).next_offset == 1


def test_a_query_beside_it_is_refused_but_not_a_blank_one(laws: Index) -> None:
    with pytest.raises(BadParameter, match="不能同时给出"):
        laws.search("食品", like="a-0")
    assert laws.search(" ", like="a-0").hits


@pytest.mark.parametrize("like", ["x-1", "a-99", "a", "a-0.ffffffff", "不是编号"])
def test_a_passage_that_is_not_there_is_said(laws: Index, like: str) -> None:
    with pytest.raises(NotFound):
        laws.search(like=like)


def test_what_shares_no_word_with_any_other_has_no_likes(make: Make) -> None:
    index = make(make_document("a", ["独一无二的句子。", "。", "的了在"]), make_document("b", ["毫不相干。"]))
    assert [found(index, f"a-{number}") for number in range(3)] == [[], [], []]


def test_a_long_passage_costs_no_more_than_its_first_words(make: Make) -> None:
    long = "".join(f"第{number}项规定了名称{number}的登记程序和期限要求。" for number in range(120))
    index = make(make_document("a", [long, "登记程序和期限另有规定。", "名称119归档。"]))
    assert found(index, "a-0")[0] == "a-1"


@settings(max_examples=25, deadline=None)
@given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda each: each.document.id), st.integers(0, 3))
def test_engines_agree_and_every_hit_is_another_passage_that_shares_a_word_if_words_alone_are_asked(
    drawn: list[AnalyzedDocument], number: int
) -> None:
    passages = [tokens for document in drawn for tokens in document.passages]
    assume(passages)
    example = passages[number % len(passages)]
    answers, by_words = [], []
    with TemporaryDirectory() as folder:
        for name in IN_PROCESS:
            with make_index(name, Path(folder) / name, drawn) as index:
                for found, without in ((answers, []), (by_words, ["dense"])):
                    results = index.search(like=example.passage.id, without=without)
                    found.append([(hit.passage.id, hit.score) for hit in results.hits])
    assert all(answer == answers[0] for answer in answers)
    assert all(answer == by_words[0] for answer in by_words)
    assert {passage_id for passage_id, _ in by_words[0]} <= {passage_id for passage_id, _ in answers[0]}
    assert example.passage.id not in {passage_id for passage_id, _ in answers[0]}
    texts = {tokens.passage.id: tokens.chars for tokens in passages}
    for passage_id, _ in by_words[0]:
        assert any(word in texts[passage_id] for word in example.words if len(word) > 1)
