"""Other queries that are offered: always something that the corpus holds, never a correction."""

from __future__ import annotations

import pytest

from indexer.search.suggestions import typed_pinyin
from tests.support import Make, make_document


class TestSuggestions:
    def test_what_the_corpus_holds_far_more_often(self, make: Make) -> None:
        index = make(make_document("a", ["推荐候选人", "注销候选人", "数字经济"]))
        assert index.search("侯选人").suggestions == ("候选人",)
        assert index.search("数子经济 -无关").suggestions == ("数字经济 -无关",)
        assert index.search('"数子经济"').suggestions == ('"数字经济"',)

    def test_the_whole_suggested_query_must_find_more(self, make: Make) -> None:
        index = make(
            make_document("a", [*["渔船载重"] * 4, *["数字经济"] * 4], tags=("甲",)),
            make_document("b", ["船裁重", "数子"]),
        )
        assert index.search("船裁重").suggestions == ("船载重",)
        assert index.search("船裁重 量子纠缠").suggestions == ()
        assert index.search("船裁重 -船载重").suggestions == ()
        assert index.search("船裁重", document=["b"]).suggestions == ()
        assert index.search("数子 经济").suggestions == ("数字 经济",)

    def test_what_stands_as_suggested_is_offered_though_the_words_apart_are_in_more(self, make: Make) -> None:
        """渔|业|发 stand apart in more passages than 渔业法, which is what was meant."""
        apart = ["发展远洋和近海的渔业生产，发现海岛"] * 6
        index = make(make_document("a", [*["渔业法的规定"] * 4, *apart]))
        results = index.search("渔业发")
        assert (results.tiers["exact"], results.total) == (0, 6)
        assert results.suggestions == ("渔业法",)

    def test_none_that_is_in_fewer_passages_and_stands_no_more_often(self, make: Make) -> None:
        index = make(make_document("a", ["渔业法的规定", *["渔业发展"] * 6]))
        assert index.search("渔业发").suggestions == ()

    @pytest.mark.parametrize("query", ["渔业guanli", "远洋 渔业guanli", "yuye管理"])
    def test_letters_within_characters_are_spelt(self, make: Make, query: str) -> None:
        index = make(make_document("a", ["远洋渔业管理", "渔业管理人员", "官吏"]))
        spelt = query.replace("guanli", "管理").replace("yuye", "渔业")
        assert index.search(query).suggestions == (spelt,)

    @pytest.mark.parametrize(
        ("query", "meant"),
        [("捕捞ren定", "捕捞认定"), ("bu捞认定", "捕捞认定"), ("捕捞ri定", None)],
    )
    def test_letters_of_one_character_are_read_as_what_sounds_so(
        self, make: Make, query: str, meant: str | None
    ) -> None:
        index = make(make_document("a", ["捕捞认定", "捕捞认定办法", "布料任命，确定"]))
        assert index.search(query).suggestions == ((meant,) if meant else ())

    def test_what_a_document_is_called_is_no_wrong_spelling(self, make: Make) -> None:
        texts = ["传染病发作"] * 6 + ["病发之后"]
        assert make(make_document("a", texts)).search("传染病法").suggestions == ("传染病发",)
        assert make(make_document("b", texts, title="传染病防治法")).search("传染病法").suggestions == ()

    @pytest.mark.parametrize("query", ["渔业gb18030", "渔业g", "渔业guanlix", "管理guan"])
    def test_letters_that_spell_nothing_there_are_left(self, make: Make, query: str) -> None:
        index = make(make_document("a", ["远洋渔业管理", "渔业管理人员"]))
        assert index.search(query).suggestions == ()

    @pytest.mark.parametrize(("typed", "meant"), [("渔船裁重", "渔船载重"), ("渔港检捡", "渔港检验")])
    def test_shapes_that_are_easily_confused(self, make: Make, typed: str, meant: str) -> None:
        index = make(make_document("a", ["渔船载重", "渔港检验", "渔港捡漏"]))
        assert index.search(typed).suggestions == ((meant,) if typed == "渔船裁重" else ())

    def test_words_that_are_headings_too_are_spelt(self, make: Make) -> None:
        """All sound alike, and the one that is a heading is the most frequent as a word."""
        alike = ["经济", "警戒", "竞技", "境界", "精简", "竞价", "经纪", "惊惧"]
        texts = [f"数字{word}" if word == "经济" else f"{word}线" for word in alike for _ in range(3)]
        document = make_document("a", ["甲"], title="经济")
        assert "数字经济" in make(document, make_document("b", texts)).search("shuzijingji").suggestions

    def test_none_for_what_is_there(self, make: Make) -> None:
        assert make(make_document("a", ["数字经济"] * 3)).search("数字经济").suggestions == ()

    def test_a_query_is_never_changed(self, make: Make) -> None:
        results = make(make_document("a", ["数字经济"])).search("数子经济", match="exact")
        assert (results.query, results.total) == ("数子经济", 0)

    def test_what_is_offered_warned_of_and_diagnosed_is_counted(
        self, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Only the query itself is searched: whatever else it takes needs no list, no scores and no facets."""
        index = make(make_document("a", ["数字经济"] * 4, tags=("法",)))
        searched: list[object] = []
        search = type(index._engine).search

        def told(engine: object, request: object) -> object:
            searched.append(request)
            return search(engine, request)  # type: ignore[arg-type]

        monkeypatch.setattr(type(index._engine), "search", told)
        results = index.search("数子经济", tag=["法", "令"])
        assert results.suggestions == ("数字经济",)
        assert [warning.code for warning in results.warnings] == ["unknown_filter_value"]
        assert len(searched) == 1
        assert index.diagnose("数子经济 数字", tag=["法"]).shorter_total == 4
        assert len(searched) == 1

    def test_homophones_share_a_character_or_nothing_else_is_meant(self, make: Make) -> None:
        index = make(make_document("a", [*["追加投资"] * 4, "醉酒以后驾驶", *["推荐候选人"] * 4]))
        assert index.search("醉驾").suggestions == ()
        assert index.search("侯选人").suggestions == ("候选人",)

    def test_a_word_that_stands_somewhere_is_no_wrong_spelling(self, make: Make) -> None:
        texts = [*["定金双倍返还"] * 8, "订金可以退"]
        assert make(make_document("a", texts)).search("订金").suggestions == ()
        assert make(make_document("b", texts[:8])).search("订金").suggestions == ("定金",)

    def test_what_is_spelled_otherwise_too_is_found_so(self, make: Make) -> None:
        index = make(make_document("a", [*["设立账户"] * 4, "旧帐户"]))
        results = index.search("帐户")
        assert (results.tiers["exact"], results.tiers["all"], results.suggestions) == (1, 4, ())

    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("渔船租凭人责任", "渔船租赁人责任"),
            ("承运代里人违约", "承运代理人违约"),
            ("承运代理人违约", None),
            ("承运代里", None),
            ("代里人量子纠缠", None),
        ],
    )
    def test_a_word_of_a_question_whose_words_stand_apart(self, make: Make, query: str, meant: str | None) -> None:
        texts = ["渔船的租赁人应当承担责任。", "承运人的代理人构成违约。"]
        index = make(make_document("a", [*texts * 4, "代理人", "租赁人"]))
        assert index.search(query).suggestions == ((meant,) if meant else ())

    @pytest.mark.parametrize("query", ["szjj", "shuzijingji", "shu zi jing ji", "shù zì jīng jì", "shu4 zi4 jing1 ji4"])
    def test_letters_that_spell_what_is_there(self, make: Make, query: str) -> None:
        index = make(make_document("a", ["数字经济", "数字化转型", "经济数字"]))
        assert "数字经济" in index.search(query).suggestions
        assert index.search(f"{query} 数字").suggestions == ()


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("shi yong qi", "shiyongqi"),
        ("xi'an", "xian"),
        ("shi  yong", ""),
        ("shi'", ""),
        ("shi*", ""),
        ("s", ""),
        ("shi" * 300 + "*", ""),
        ("a sentence of many words " * 30 + "?", ""),
    ],
)
def test_what_may_be_pinyin(query: str, letters: str) -> None:
    assert typed_pinyin(query) == letters
