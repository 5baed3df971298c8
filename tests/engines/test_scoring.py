"""What comes first and why: every part of the score does what its name says, and can be left out."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold_key
from indexer.engines import ENTRIES, scoring
from indexer.errors import BadParameter
from indexer.index.index import Index
from indexer.model import Hit, Kind
from tests.support import ANALYZER, ENGINES, Make, make_document, make_index, maker


@pytest.fixture(params=[name for name in ENGINES if ENTRIES[name].capabilities.exact_scores])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes indexes on every engine that promises these very scores."""
    return maker(request.param, tmp_path)


def order(index: Index, query: str, **options: object) -> list[str]:
    return [hit.passage.id for hit in index.search(query, **options).hits]  # type: ignore[arg-type]


FILLER = "其余各项依照有关规定办理，具体办法另行制定，并向社会公布，接受监督。"


def test_what_stands_together_comes_before_what_stands_apart(make: Make) -> None:
    far = f"税收由各地办理。{FILLER * 3}优惠另有规定。"
    near = f"{FILLER * 2}税收上的优惠由各地办理。{FILLER}"
    index = make(make_document("a", [far, near]))
    assert order(index, "税收 优惠") == ["a-1", "a-0"]
    assert order(index, "税收 优惠", without=["window", "lead", "words", "characters"]) == ["a-0", "a-1"]


def test_the_section_around_a_passage_counts(make: Make) -> None:
    one, two = ("第一章", "第一条"), ("第一章", "第二条")
    passages = [("公司应当设立账簿。", one), ("账簿由会计保管。", two), ("公司的会计对公司负责。", two), (FILLER, one)]
    index = make(make_document("a", passages))
    assert order(index, "账簿 公司 会计 保管", match="auto")[0] in ("a-1", "a-2")
    with_context, without = (
        next(hit for hit in index.search("公司 账簿", without=left_out).hits if hit.passage.id == "a-1").score
        for left_out in ([], ["section_words", "section_characters"])
    )
    assert with_context > without


def test_headings_and_titles_count(make: Make) -> None:
    elsewhere, under = ("第一章 总则", "第一条"), ("第二章 税收", "第二条")
    index = make(make_document("a", [("优惠由各地规定。", elsewhere), ("优惠由各地规定。", under)]))
    assert order(index, "税收优惠由谁规定") == ["a-1", "a-0"]
    assert order(index, "税收优惠由谁规定", without=["headings", "document"]) == ["a-0", "a-1"]


def test_the_chapter_around_a_section_counts(make: Make) -> None:
    passages = [
        ("优惠由各地规定。", ("第一章", "第一条")),
        ("其他事项。", ("第一章", "第二条")),
        ("优惠由各地规定。", ("第二章", "第三条")),
        ("税收税收税收。", ("第二章", "第四条")),
    ]
    index = make(make_document("a", passages))
    twins = ("a-0", "a-2")
    left_out = ["chapter_words", "section_words", "section_characters"]
    assert [each for each in order(index, "税收优惠由谁规定") if each in twins] == ["a-2", "a-0"]
    assert [each for each in order(index, "税收优惠由谁规定", without=left_out) if each in twins] == ["a-0", "a-2"]


@pytest.mark.parametrize("query", ["第十二条", "第12条", "税法 第十二条", "“第十二条”"])
def test_an_article_asked_for_by_name_comes_first(make: Make, query: str) -> None:
    twelve, added, other = ("第十二条",), ("第十二条之二",), ("第三十条",)
    passages = [
        ("第三十条 依照第十二条、第十二条之二办理的，适用第十二条。", other),
        ("第十二条之二 第十二条规定的事项，由第十二条规定的机关办理。", added),
        ("第十二条 " + FILLER, twelve),
    ]
    index = make(make_document("a", passages, title="税法"))
    assert order(index, query)[0] == "a-2"
    first, second, *_ = index.search(query).hits
    assert first.parts["named"] > 0
    assert "named" not in second.parts or second.parts["named"] == 0


def test_digits_of_a_file_name_are_no_heading(make: Make) -> None:
    index = make(make_document("a", ["1990年通车"], title="p1990"), make_document("b", ["1990年通车"], title="铁路"))
    assert all(hit.parts["headings"] == 0 for hit in index.search("1990年通车").hits)


def test_a_document_without_sections_gets_no_context(make: Make) -> None:
    index = make(make_document("a", ["数据安全", "数据"]), make_document("b", ["数据"]))
    assert all(
        hit.parts.get(part, 0.0) == 0.0
        for hit in index.search("数据安全").hits
        for part in ("section_words", "section_characters", "document")
    )


class TestHeadings:
    @pytest.fixture
    def index(self, make: Make) -> Index:
        body = "本章所称的各项监督，是指由各级机关依照职权进行的监督管理活动，" + FILLER
        return make(
            make_document(
                "a", [("监督", ("监督",)), (body, ("监督",))], kinds=[Kind.HEADING, Kind.BODY], title="监督条例"
            )
        )

    def test_rank_below_the_bodies_of_their_tier(self, index: Index) -> None:
        assert order(index, "监督") == ["a-1", "a-0"]

    def test_rank_like_others_when_asked_for(self, index: Index) -> None:
        assert order(index, "章节:监督 监督") == ["a-0", "a-1"]

    def test_the_rule_can_be_switched_off(self, index: Index) -> None:
        assert order(index, "监督", without=["kind"]) == ["a-0", "a-1"]


def test_question_words_carry_nothing(make: Make) -> None:
    index = make(make_document("a", ["怎么样是请问的口语", "结婚登记由民政部门办理", "登记机关"]))
    asked, plain = (index.search(query).hits for query in ("请问怎么办理结婚登记", "办理结婚登记"))
    assert [(hit.passage.id, hit.score) for hit in asked] == [(hit.passage.id, hit.score) for hit in plain]


def test_they_count_where_there_is_nothing_else(make: Make) -> None:
    assert "请问" in uninformative_words()
    assert order(make(make_document("a", ["请问你找谁", "无关"])), "请问") == ["a-0"]


def test_a_guessed_word_matches_in_part_by_its_pairs(make: Make) -> None:
    assert ANALYZER.guessed("史继偕著")
    index = make(make_document("a", ["史继偕，晋江人。", "著作若干。"]))
    assert order(index, "史继偕著有哪些") == ["a-0"]


def expected_score(hit: Hit) -> float:
    total = 0.0
    for value in hit.parts.values():
        total += value
    if hit.passage.kind in scoring.HEADING_KINDS:
        return total / (total + 1)
    return scoring.KIND_WEIGHTS[hit.passage.kind] * total + 1


def test_a_score_is_the_sum_of_its_parts(make: Make) -> None:
    kinds = [Kind.BODY, Kind.CAPTION, Kind.SOURCE, Kind.HEADING, Kind.TABLE]
    passages = [("数据安全法", ("第一章", f"第{number}条")) for number in "一二三四五"]
    hits = make(make_document("a", passages, kinds=kinds)).search("数据安全").hits
    assert len(hits) == 5
    for hit in hits:
        assert math.isclose(hit.score, expected_score(hit))


@pytest.mark.parametrize("part", scoring.FIRST_STAGE + scoring.OF_WORDS)
def test_every_part_can_be_left_out(make: Make, part: str) -> None:
    passages = [("数据海关三天", ("第一章 数据", "数据海关")), ("海关", ("第一章 数据", "第二条"))]
    index = make(make_document("a", passages))
    query = "数据海关 几天"
    (whole, *_), (rest, *_) = index.search(query).hits, index.search(query, without=[part]).hits
    assert whole.parts[part] > 0
    assert part not in rest.parts
    assert rest.score < whole.score


def test_an_unknown_part_is_refused_by_name(make: Make) -> None:
    with pytest.raises(BadParameter, match="prox"):
        make().search("数据", without=["prox"])


WORDS = ["数据", "安全", "税收", "优惠", "请问", "怎么", "的"]


@settings(max_examples=100)
@given(
    passages=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join), min_size=1, max_size=6),
    query=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join),
)
def test_every_hit_shares_a_word_with_the_query(passages: list[str], query: str) -> None:
    """Or a word inside one that no passage holds."""
    words = ANALYZER.words(fold_key(query))
    nowhere = [word for word in words if not any(word in fold_key(text) for text in passages)]
    parts = [word[at : at + 2] for word in nowhere for at in range(len(word) - 1)]
    with make_index("memory", Path("unused"), [make_document("a", passages)]) as index:
        for hit in index.search(query, limit=100).hits:
            assert any(word in fold_key(hit.passage.text) for word in (*words, *parts))
            assert hit.highlights


LEVEL = st.lists(st.floats(0.5, 60), min_size=scoring.RIVAL, max_size=2 * scoring.RIVAL).map(sorted)


@given(rising=LEVEL, share=st.floats(0.01, 1))
def test_what_is_open_stays_so_whatever_scores_are_measured_in(rising: list[float], share: float) -> None:
    best = rising[::-1]
    assert 0 < scoring.openness(best) <= 1
    assert scoring.openness([each * share for each in best]) == pytest.approx(scoring.openness(best))
    assert scoring.openness([best[0] * 2, *best[1:]]) < scoring.openness(best)


def test_what_few_answer_is_not_open() -> None:
    assert scoring.openness([7.0] * scoring.RIVAL) == 1
    assert scoring.openness([7.0] * (scoring.RIVAL - 1)) == 0
    assert scoring.openness([]) == 0


@given(rising=LEVEL, nearest=st.floats(0.05, 1))
def test_the_nearest_section_counts_the_same_whatever_its_cosine(rising: list[float], nearest: float) -> None:
    of_hits, of_near = scoring.meaning_scales(rising[::-1], nearest)
    assert of_near * nearest == pytest.approx(max(rising[-1], 1.0))
    assert of_hits == pytest.approx(of_near * scoring.openness(rising[::-1]))


def test_where_nothing_is_near_meaning_counts_nothing() -> None:
    assert scoring.meaning_scales([5.0] * 50, 0.0) == (0.0, 0.0)
    assert scoring.meaning_scales([], 0.5) == (0.0, 2.0)
