"""What a user's synonyms do to an answer: they find in `some`, weigh less than what was typed, and can be left out."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer
from indexer.index.index import Index
from indexer.model.weights import SYNONYM_WEIGHT
from tests.support import make_document, make_index, write

LAWS = (
    "出租人应当退还押金。",
    "房东应当退还押金。",
    "承租人应当支付价款。",
    "其他事项由各地规定，并向社会公布。",
)
FILE = "房东, 包租婆 => 出租人, 业主\n"


@pytest.fixture(params=["memory", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    made = make_index(request.param, tmp_path, [make_document("a", LAWS)])
    write(tmp_path / "词.txt", FILE)
    made.keep_synonyms(tmp_path / "词.txt")
    return made


def found(index: Index, query: str, **options: str) -> dict[int, str]:
    return {hit.passage.ordinal: hit.tier.value for hit in index.search(query, **options).hits}  # type: ignore[arg-type]


def test_a_synonym_is_a_partial_match_and_never_more(index: Index) -> None:
    assert found(index, "房东") == {1: "exact", 0: "some"}
    assert found(index, "出租人") == {0: "exact"}


def test_the_answer_says_what_stood_for_what(index: Index) -> None:
    assert index.search("包租婆").synonyms == {"包租婆": ("出租人", "业主")}
    assert indexer.results_to_dict(index.search("包租婆"))["synonyms"] == {"包租婆": ["出租人", "业主"]}
    assert index.search("承租人").synonyms == {}


def test_a_query_can_leave_them_out(index: Index) -> None:
    left_out = index.search("房东", synonyms="off")
    assert ([hit.passage.ordinal for hit in left_out.hits], left_out.synonyms) == ([1], {})
    with pytest.raises(indexer.errors.BadParameter):
        index.search("房东", synonyms="maybe")


def test_only_the_characters_typed_have_no_synonyms(index: Index) -> None:
    assert found(index, "房东", script="exact") == {1: "exact"}


def test_what_was_typed_weighs_more_than_what_stands_for_it(tmp_path: Path) -> None:
    """Two words as frequent as each other, in passages of one length, one of them only a synonym."""
    texts = ["甲方交付货物给对方。", "乙方交付货物给对方。", "丙方交付货物给对方。", "此外各地另有规定的从其规定。"]
    index = make_index("memory", tmp_path, [make_document("a", texts)])
    write(tmp_path / "词.txt", "甲方 => 乙方\n")
    index.keep_synonyms(tmp_path / "词.txt")
    parts = {hit.passage.ordinal: hit.parts["words"] for hit in index.search("甲方何时交付").hits}
    only = parts[2]
    assert parts[1] - only == pytest.approx(SYNONYM_WEIGHT * (parts[0] - only))
    assert 0 < SYNONYM_WEIGHT < 1


def test_explain_shows_them_with_their_weight(index: Index) -> None:
    explained = index.explain("房东不退")
    assert (explained.synonyms, explained.synonym_weight) == ({"房东": ("出租人", "业主")}, SYNONYM_WEIGHT)
    assert "出租人" in explained.tree


def test_kept_ones_are_changed_without_a_rebuild_and_every_reader_sees_it(tmp_path: Path) -> None:
    write(tmp_path / "法" / "a.txt", "\n\n".join(LAWS))
    folder = tmp_path / "index"
    with indexer.create_index(folder) as made:
        made.update([tmp_path / "法"])
        with indexer.open_index(folder) as reading:
            assert not reading.search("房东").synonyms
            generation, revision = reading.generation, reading.revision
            write(tmp_path / "词.txt", FILE)
            made.keep_synonyms(tmp_path / "词.txt")
            assert reading.search("房东").synonyms == {"房东": ("出租人", "业主")}
            assert reading.synonyms() == {"包租婆": ("出租人", "业主"), "房东": ("出租人", "业主")}
            assert (reading.generation != generation, reading.revision != revision) == (True, True)
            assert made.update([tmp_path / "法"]).unchanged
            assert made.is_made_with(None, tmp_path / "词.txt")
            made.keep_synonyms(None)
            assert not reading.search("房东").synonyms
    assert not indexer.open_index(folder).check()


def test_a_file_of_ones_own_is_used_instead_and_followed(tmp_path: Path) -> None:
    write(tmp_path / "法" / "a.txt", "\n\n".join(LAWS))
    write(tmp_path / "词.txt", FILE)
    folder = tmp_path / "index"
    with indexer.create_index(folder, synonyms=tmp_path / "词.txt") as made:
        made.update([tmp_path / "法"])
    write(tmp_path / "自己的.txt", "租客 => 承租人\n")
    with indexer.open_index(folder, synonyms=tmp_path / "自己的.txt") as index:
        assert (index.search("租客").synonyms, index.search("房东").synonyms) == ({"租客": ("承租人",)}, {})
        generation, revision = index.generation, index.revision
        write(tmp_path / "自己的.txt", "租客, 房客 => 承租人\n")
        assert index.search("房客").synonyms == {"房客": ("承租人",)}
        assert (index.generation == generation, index.revision != revision) == (True, True)
        write(tmp_path / "自己的.txt", "房客 =>\n")
        answer = index.search("房客")
        assert ([warning.code for warning in answer.warnings], answer.synonyms) == (
            ["synonyms_unreadable"],
            {"房客": ("承租人",)},
        )
    with pytest.raises(indexer.errors.BadParameter, match="第 1 行"):
        indexer.open_index(folder, synonyms=tmp_path / "自己的.txt")


class TestUnfoundWords:
    def test_words_that_stand_nowhere_come_by_how_often_they_were_asked_for(self, index: Index) -> None:
        asked = ["租客 押金", "租客不付钱", "水电费 押金", "押金"]
        words = [(each.word, each.times, each.example) for each in index.unfound_words(asked)]
        assert words[0] == ("租客", 2, "租客 押金")
        assert ("水电费", 1, "水电费 押金") in words
        assert "押金" not in {word for word, *_ in words}

    def test_what_has_a_synonym_or_is_quoted_or_no_word_is_not_missing(self, index: Index) -> None:
        assert index.unfound_words(["包租婆", '"水电费"', "押", "2021", "请问怎么", ""]) == ()

    def test_a_question_of_how_many_is_no_word(self, index: Index) -> None:
        assert index.unfound_words(["几天", "几岁"]) == ()
        assert [each.word for each in index.unfound_words(["几何"])] == ["几何"]

    def test_what_a_longer_synonym_holds_is_not_missing(self, tmp_path: Path) -> None:
        write(tmp_path / "法" / "a.txt", "\n\n".join(LAWS))
        write(tmp_path / "词.txt", "炒鱿鱼被裁 => 承租人\n")
        with indexer.create_index(tmp_path / "index", synonyms=tmp_path / "词.txt") as made:
            made.update([tmp_path / "法"])
            assert made.unfound_words(["炒鱿鱼被裁"]) == ()
            assert {each.word for each in made.unfound_words(["炒鱿鱼"])} == {"炒鱿鱼"}
