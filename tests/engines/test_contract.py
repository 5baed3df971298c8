"""One suite for every engine: what the contract promises, by example, and by comparison with its definition."""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.fold import fold_key
from indexer.engines import ENTRIES, load, persistent, scoring
from indexer.engines.contract import Change, Engine, IndexedFile, Removal, Titled, count_matching
from indexer.engines.requests import CountedFacet, Counts, FacetCount, Request
from indexer.engines.scoring import PARTS
from indexer.errors import IndexBusy, IndexMissing, IndexUnavailable
from indexer.model import (
    EVERYTHING,
    NOTHING,
    AnalyzedDocument,
    And,
    Filters,
    Glob,
    Kind,
    Literal,
    Not,
    Or,
    QueryNode,
    Terms,
    Tier,
    Weights,
    Wild,
    Within,
    Years,
    Zone,
    columns_of,
)
from indexer.model.choices import COLLAPSES, FACETS, GROUPS, SCOPES, SORTS
from tests.support import ENGINES, SECTIONS, directions, documents, make_document, make_engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return make_engine(request.param, tmp_path / "index")


def ask(engine: Engine, tree: QueryNode, **options: object) -> list[str]:
    request = Request(tiers=((Tier.EXACT, tree),), limit=100, sort="order", **options)  # type: ignore[arg-type]
    return [hit.passage.id for hit in engine.search(request).hits]


def text(*spellings: str) -> Literal:
    return Literal(spellings)


class TestLeaves:
    """What each leaf finds, in words anyone can check."""

    def test_literal_needs_its_characters_side_by_side(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["数据安全", "数据的安全", "安全数据"])], "")
        assert ask(engine, text("数据安全")) == ["a-0"]

    @pytest.mark.parametrize("chars", ["的", "，", "。", "〇", "𠀀", "5g", "c++", "b c"])
    def test_any_character_can_be_asked_for(self, engine: Engine, chars: str) -> None:
        from indexer.analysis.fold import fold_key

        engine.apply([make_document("a", ["这里的，〇。", "𠀀在前", "5G和C++", "A  b c", "无关"])], "")
        expected = [
            ordinal
            for ordinal, row in enumerate(["这里的，〇。", "𠀀在前", "5G和C++", "A  b c", "无关"])
            if fold_key(chars) in fold_key(row)
        ]
        assert ask(engine, text(fold_key(chars))) == [f"a-{ordinal}" for ordinal in expected] != []

    def test_no_characters_stand_everywhere(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["甲", "乙"])], "")
        assert ask(engine, text("")) == ["a-0", "a-1"]

    def test_spellings_are_alternatives(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["第12条", "第十二条", "第二十条"])], "")
        assert ask(engine, text("第12条", "第十二条")) == ["a-0", "a-1"]

    def test_zones_look_where_they_say(self, engine: Engine) -> None:
        engine.apply([make_document("a", [("正文", ("总则",)), ("总则", ())], title="总纲")], "")
        assert ask(engine, Literal(("总则",), (Zone.SECTION,))) == ["a-0"]
        assert ask(engine, Literal(("总则",), (Zone.SECTION, Zone.TEXT))) == ["a-0", "a-1"]
        assert ask(engine, Literal(("总纲",), (Zone.TITLE,))) == ["a-0", "a-1"]

    def test_glob_bound_to_a_word(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["税收 政策", "增值税 政策", "纳税人 政策"])], "")
        assert ask(engine, Glob(("税",), starts_word=True)) == ["a-0"]
        assert ask(engine, Glob(("税",), ends_word=True)) == ["a-1"]

    def test_glob_with_one_character_open(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["第三条", "第十三条", "第，条"])], "")
        assert ask(engine, Glob(("第", Wild.ONE, "条"))) == ["a-0"]

    def test_globs_find_no_passage_that_is_gone(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["税收 政策，第三条"]), make_document("b", ["税收"])], "")
        engine.apply([Removal("a")], "")
        assert ask(engine, Glob(("税",), starts_word=True)) == ["b-0"]
        assert ask(engine, Glob(("第", Wild.ONE, "条"))) == []
        assert ask(engine, Within(text("税收"), text("政策"), 9)) == []

    def test_globs_of_several_places_and_gaps(self, engine: Engine) -> None:
        engine.apply(
            [make_document("a", ["第二十三条", "第，十三条", "第二十，条的", "第一条，甲款", "第一条的甲款"])], ""
        )
        one, many = Wild.ONE, Wild.MANY
        assert ask(engine, Glob(("第", one, one, one, "条"))) == ["a-0"]
        assert ask(engine, Glob((one, "条"))) == ["a-0", "a-1", "a-3", "a-4"]
        assert ask(engine, Glob(("第一", many, "甲款"))) == ["a-4"]

    def test_within_counts_the_characters_between(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["数据一二三安全", "安全一二三四数据", "数据"])], "")
        assert ask(engine, Within(text("数据"), text("安全"), 3)) == ["a-0"]
        assert ask(engine, Within(text("数据"), text("安全"), 4)) == ["a-0", "a-1"]

    def test_what_must_be_as_typed_is_so_where_it_matches(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["乾燥，扭转干坤", "干燥，扭转乾坤", "乾坤"])], "")
        assert ask(engine, Literal(("干燥",), original="乾燥")) == ["a-0"]
        assert ask(engine, Glob(("干", Wild.ONE), originals=("乾",))) == ["a-0", "a-1", "a-2"]
        assert ask(engine, Glob(("干",), starts_word=True, originals=("乾",))) == ["a-0", "a-2"]
        near = Within(Literal(("干燥",), original="乾燥"), Literal(("干坤",), original="乾坤"), 9)
        assert ask(engine, near) == []
        assert ask(engine, Within(near.left, text("干坤"), 9)) == ["a-0"]

    def test_within_needs_two_occurrences_of_the_same(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["数据", "数据与数据"])], "")
        assert ask(engine, Within(text("数据"), text("数据"), 5)) == ["a-1"]


class TestAnswers:
    def test_tiers_are_the_best_that_fits(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["甲乙", "甲", "乙", "丙"])], "")
        tiers = ((Tier.EXACT, text("甲乙")), (Tier.ALL, text("甲")), (Tier.SOME, Or((text("甲"), text("乙")))))
        answer = engine.search(Request(tiers=tiers))
        assert {hit.passage.id: hit.tier for hit in answer.hits} == {
            "a-0": Tier.EXACT,
            "a-1": Tier.ALL,
            "a-2": Tier.SOME,
        }
        assert answer.counts == {Tier.EXACT: 1, Tier.ALL: 1, Tier.SOME: 1, Tier.NEAR: 0}

    def test_ties_break_numerically(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["同"] * 12)], "")
        answer = engine.search(Request(tiers=((Tier.EXACT, text("同")),), terms=Terms(("同",)), limit=12))
        assert [hit.passage.ordinal for hit in answer.hits] == list(range(12))

    def test_deleted_passages_do_not_count_in_scores(self, engine: Engine) -> None:
        request = Request(tiers=((Tier.EXACT, text("数据")),), terms=Terms(("数据",), ("数",), ("数据",)))
        engine.apply([make_document("a", ["数据 安全", "安全"])], "")
        before = [hit.score for hit in engine.search(request).hits]
        engine.apply([make_document("b", ["数据", "数据 数据", "别的"])], "")
        engine.apply([Removal("b")], "")
        assert [hit.score for hit in engine.search(request).hits] == before

    def test_words_spread_over_a_section(self, engine: Engine) -> None:
        both = And((text("数据"), text("安全")))
        engine.apply([make_document("a", [("数据", ("一",)), ("安全 安全", ("一",)), ("数据", ("二",))])], "")
        request = Request(tiers=((Tier.EXACT, both),), terms=Terms(("安全",)), scope="section")
        assert [hit.passage.id for hit in engine.search(request).hits] == ["a-1"]
        assert ask(engine, both) == []

    def test_chapters_come_in_reading_order(self, engine: Engine) -> None:
        engine.apply(
            [
                make_document("b", ["数", ("数", ("二", "1")), ("数", ("一",)), ("数", ("二",)), ("无", ("三",))]),
                make_document("a", [("数", ("一",)), "数"]),
            ],
            "",
        )
        request = Request(tiers=((Tier.EXACT, text("数")),), chapters=9, limit=0)
        found = engine.search(request).chapters
        assert [(*value.key, value.count) for value in found.values] == [
            ("a", 1),
            ("a", "一", 1),
            ("b", 1),
            ("b", "二", 2),
            ("b", "一", 1),
        ]
        most = engine.search(replace(request, chapters=2)).chapters
        assert ([value.key for value in most.values], most.truncated) == ([("a",), ("b", "二")], True)

    def test_a_facet_counts_without_its_own_filter(self, engine: Engine) -> None:
        engine.apply(
            [
                make_document("a", [("税", ("一",)), ("税", ("二",))], tags=("法",)),
                make_document("b", [("税", ("二",))], tags=("令",)),
            ],
            "",
        )
        filters = Filters(section=(("二",),), tag=("法",))
        answer = engine.search(Request(tiers=((Tier.EXACT, text("税")),), filters=filters, facets=("section", "tag")))
        assert answer.facets["section"] == CountedFacet((FacetCount(("一",), 1, 0), FacetCount(("二",), 1, 0)))
        assert answer.facets["tag"] == CountedFacet((FacetCount("令", 1, 0), FacetCount("法", 1, 0)))
        assert [hit.passage.id for hit in answer.hits] == ["a-1"]

    def test_a_count_heeds_tiers_filters_and_scope_alone(self, engine: Engine) -> None:
        engine.apply(
            [
                make_document(
                    "a", [("甲乙", ("一",)), ("甲", ("一",)), ("乙", ("二",)), ("丙", ("三",))], tags=("法",)
                ),
                make_document("b", [("甲", ("一",)), ("甲", ("一",))]),
            ],
            "",
        )
        tiers = ((Tier.EXACT, text("甲乙")), (Tier.ALL, text("甲")), (Tier.SOME, text("乙")))
        plain = {Tier.EXACT: 1, Tier.ALL: 3, Tier.SOME: 1, Tier.NEAR: 0}
        assert engine.count(Request(tiers=tiers)).tiers == plain
        listed = Request(tiers=tiers, offset=1, limit=1, sort="-date", collapse="text", group="document", facets=FACETS)
        assert engine.count(listed).tiers == plain
        sections = Request(tiers=tiers, scope="section")
        assert engine.count(sections).tiers == {Tier.EXACT: 1, Tier.ALL: 1, Tier.SOME: 1, Tier.NEAR: 0}
        of_law = replace(sections, filters=Filters(tag=("法",)))
        assert engine.count(of_law).tiers == {Tier.EXACT: 1, Tier.ALL: 0, Tier.SOME: 1, Tier.NEAR: 0}
        engine.apply([Removal("a")], "")
        assert engine.count(sections).tiers == {Tier.EXACT: 0, Tier.ALL: 1, Tier.SOME: 0, Tier.NEAR: 0}

    def test_a_count_without_tiers_is_of_nothing(self, engine: Engine) -> None:
        assert engine.count(Request(tiers=())).tiers == dict.fromkeys(Tier, 0)

    def test_one_tree_is_counted_by_itself(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["数据", "安全", "数据安全"], tags=("法",)), make_document("b", ["数据"])], "")
        assert count_matching(engine, text("数据")) == 3
        assert count_matching(engine, text("数据"), Filters(tag=("法",))) == 2
        assert count_matching(engine, text("税")) == 0


class TestCommits:
    def test_an_iterable_that_raises_commits_nothing(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["旧"])], "1")
        generation = engine.generation

        def failing() -> object:
            yield make_document("b", ["新"])
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            engine.apply(failing(), "2")  # type: ignore[arg-type]
        assert (engine.manifest(), engine.generation) == ("1", generation)
        assert [document.id for document in engine.documents()] == ["a"]
        engine.apply([make_document("b", ["新"])], "2")
        assert [document.id for document in engine.documents()] == ["a", "b"]

    def test_two_writers_at_once_are_refused(self, engine: Engine) -> None:
        def nested() -> object:
            with pytest.raises(IndexBusy):
                engine.apply([], "other")
            yield make_document("a", ["甲"])

        engine.apply(nested(), "1")  # type: ignore[arg-type]
        assert engine.manifest() == "1"

    def test_nothing_to_do_is_no_commit(self, engine: Engine) -> None:
        engine.apply([make_document("a", ["甲"])], "1")
        generation = engine.generation
        engine.apply([], "1")
        assert engine.generation == generation
        engine.apply([], "2")
        assert engine.generation != generation

    def test_a_replacement_leaves_the_old_one_alone_till_it_commits(self, engine: Engine, tmp_path: Path) -> None:
        engine.apply([make_document("a", ["旧"])], "旧")
        new = type(engine).replace(tmp_path / "index", "新", lambda: None)
        assert (new.documents(), new.manifest(), ask(new, text("旧"))) == ((), "新", [])
        with pytest.raises(ZeroDivisionError):
            new.apply((make_document("b", ["新"]) for number in (1, 0) if 1 // number), "新")
        assert (ask(engine, text("旧")), engine.manifest(), new.documents()) == (["a-0"], "旧", ())
        new.apply([make_document("b", ["新"])], "更新")
        assert (ask(new, text("新")), new.manifest(), new.replacing) == (["b-0"], "更新", False)
        if engine.name in persistent():
            assert (ask(engine, text("新")), ask(engine, text("旧")), engine.manifest()) == (["b-0"], [], "更新")

    def test_no_commit_is_called_what_one_of_another_index_is(self, engine: Engine, tmp_path: Path) -> None:
        """Not even where both indexes hold the same, and one after the other stood in the same place."""
        called = set()
        for number in range(3):
            made = make_engine(engine.name, tmp_path / str(number))
            called.add(made.generation)
            made.apply([make_document("a", ["甲"])], "1")
            called.add(made.generation)
        assert len(called) == 6

    @pytest.mark.parametrize("how", ["deleted first", "moved in"])
    def test_an_index_that_takes_the_place_of_an_open_one_answers_from_then_on(
        self, lasting: str, how: str, tmp_path: Path
    ) -> None:
        place = tmp_path / "index"
        engine = make_engine(lasting, place)
        engine.apply([make_document("a", ["旧 甲"]), make_document("b", ["旧 乙"])], "旧")
        assert ask(engine, text("旧")) == ["a-0", "b-0"]
        before = engine.generation
        new = make_engine(lasting, tmp_path / "beside")
        new.apply([make_document("a", ["新 甲"]), make_document("b", ["新 乙"])], "旧")
        new.close()
        if how == "deleted first":
            shutil.rmtree(place)
            questions: list[Callable[[], object]] = [engine.documents, engine.manifest, lambda: ask(engine, text("旧"))]
            for question in questions:
                with pytest.raises(IndexMissing):
                    question()
        else:
            place.rename(tmp_path / "away")
        (tmp_path / "beside").rename(place)
        assert (ask(engine, text("旧")), ask(engine, text("新"))) == ([], ["a-0", "b-0"])
        assert [each.text for each in engine.passages("a")] == ["新 甲"]
        assert engine.generation != before
        engine.apply([Removal("b")], "旧")
        assert ask(load(lasting).open(place), text("新")) == ["a-0"]

    @pytest.mark.parametrize("put_back", [True, False])
    def test_a_commit_never_goes_into_a_folder_that_took_the_place_of_its_own(
        self, lasting: str, tmp_path: Path, *, put_back: bool
    ) -> None:
        place = tmp_path / "index"
        engine = make_engine(lasting, place)
        engine.apply([make_document("a", ["旧"])], "")

        def changes() -> Iterator[AnalyzedDocument]:
            yield make_document("b", ["迟到"])
            shutil.rmtree(place)
            if put_back:
                make_engine(lasting, place).apply([make_document("c", ["新"])], "")

        with pytest.raises(IndexUnavailable, match="换掉"):
            engine.apply(changes(), "")
        if put_back:
            assert (ask(engine, EVERYTHING), [*engine.check()]) == (["c-0"], [])
        else:
            assert not place.exists()

    def test_a_replacement_that_is_not_confirmed_does_not_stand(self, lasting: str, tmp_path: Path) -> None:
        engine = make_engine(lasting, tmp_path / "index")

        def refuse() -> None:
            raise IndexUnavailable("写不进去。")

        engine.apply([make_document("a", ["旧"])], "旧")
        new = type(engine).replace(tmp_path / "index", "新", refuse)
        with pytest.raises(IndexUnavailable):
            new.apply([make_document("b", ["新"])], "新")
        assert (ask(engine, text("旧")), [*engine.check()], new.replacing) == (["a-0"], [], True)

    def test_the_last_upsert_of_a_commit_stands(self, engine: Engine) -> None:
        engine.apply(
            [make_document("a", ["一"]), make_document("a", ["二"]), make_document("b", ["三"]), Removal("b")], ""
        )
        assert [passage.text for passage in engine.passages("a")] == ["二"]
        assert [document.id for document in engine.documents()] == ["a"]
        assert ask(engine, EVERYTHING) == ["a-0"]

    def test_what_another_process_prepared_is_as_good(self, engine: Engine) -> None:
        made = make_document("a", [("数据 安全", ("总则",)), ("税收，數據", ("总则", "附则"))], tags=("x",))
        engine.apply([pickle.loads(pickle.dumps(engine.prepare(made)))], "")
        assert engine.documents() == (made.document,)
        assert engine.passages("a") == tuple(each.passage for each in made.passages)
        assert ask(engine, text("数据")) == ["a-0", "a-1"]
        assert dict(engine.vocabulary()) == Counter(word for each in made.passages for word in each.words)

    def test_a_document_by_its_id(self, engine: Engine) -> None:
        old, other = make_document("a", ["一"], title="旧"), make_document("b", ["二"])
        engine.apply([old, other], "")
        assert (engine.document("a"), engine.document("b")) == (old.document, other.document)
        assert engine.document("corpus/a.md") is None
        assert engine.document("") is None
        new = make_document("a", ["三"], title="新")
        engine.apply([new, Removal("b")], "")
        assert (engine.document("a"), engine.document("b")) == (new.document, None)

    def test_the_passages_of_one_section(self, engine: Engine) -> None:
        engine.apply([make_document("a", [("一", ("甲",)), ("二", ("甲", "乙")), ("三", ("甲",)), ("四", ())])], "")
        for section, expected in ((("甲",), ["一", "三"]), (("甲", "乙"), ["二"]), ((), ["四"]), (("丙",), [])):
            assert [passage.text for passage in engine.passages("a", section)] == expected
        assert engine.passages("没有", ("甲",)) == ()

    def test_passages_by_their_place(self, engine: Engine) -> None:
        engine.apply([make_document("a", "甲乙丙丁"), make_document("b", "戊")], "")
        found = {
            span: [each.text for each in engine.passages("a", ordinals=range(*span))]
            for span in ((1, 3), (-1, 1), (3, 9))
        }
        assert found == {(1, 3): ["乙", "丙"], (-1, 1): ["甲"], (3, 9): ["丁"]}

    def test_what_is_stored_comes_back_whole(self, engine: Engine) -> None:
        made = make_document("a", [("甲\t乙\n丙 ", ("一/二", "三\\"))], title="题", date="2020-02-29", tags=("x", "y"))
        passage = replace(
            made.passages[0].passage, page=3, fields={"案号": "（2020）1号"}, anchor="setup", kind=Kind.TABLE
        )
        made = replace(made, passages=(replace(made.passages[0], passage=passage),))
        engine.apply([made], "")
        assert engine.passages("a") == (passage,)
        assert engine.documents() == (made.document,)
        assert engine.passages("nobody") == ()
        assert [*engine.check()] == []


# ── every other engine against the definition ────────────────────────────────────────────────────────────────────────

spellings = st.lists(
    st.sampled_from(["数", "数据", "数据安全", "据安", "税", "法", ",", "a", "1a", "发", "第十二条", "x"]),
    min_size=1,
    max_size=2,
    unique=True,
)
# Alternatives that count only where neither end goes on.
wholes = st.lists(
    st.sampled_from(["1", "12", "第十", "十二条", "2年", "三", "五年", "1a", "a", "数据"]), max_size=2, unique=True
).map(tuple)
zones = st.lists(st.sampled_from(Zone), min_size=1, max_size=3, unique=True).map(tuple)
column_literals = st.builds(
    lambda spelling, column: Literal((spelling,), (Zone.FIELD,), column=column),
    st.sampled_from(["公开", "内", "a=b", ""]),
    st.sampled_from(["密级", "来源", "没有"]),
)
literals = st.builds(Literal, spellings.map(tuple), zones, whole=wholes) | column_literals
text_literals = st.builds(Literal, spellings.map(tuple), whole=wholes)
globs = st.builds(
    Glob,
    st.sampled_from([("数",), ("税",), ("第", Wild.ONE, "条"), ("数", Wild.MANY, "全"), ("据", Wild.ONE)]),
    st.booleans(),
    st.just(False),
    zones,
) | st.builds(Glob, st.sampled_from([("税",), ("全",)]), st.just(False), st.just(True))
# Leaves that ask for the very characters typed.
typed_literals = st.builds(
    lambda pair, zones: Literal((pair[0],), zones, pair[1]),
    st.sampled_from([("发", "發"), ("发", "发"), ("数据", "数据"), ("5g", "5G"), (",", "，")]),
    zones,
)
typed_globs = st.builds(
    lambda pair, ends, zones: Glob(*pair[:1], *ends, zones, pair[1]),
    st.sampled_from([(("发",), ("發",)), (("发", Wild.MANY, "数"), ("发", "数")), (("5", Wild.ONE), ("5",))]),
    st.sampled_from([(False, False), (True, False), (False, True)]),
    zones,
)
near_literals = text_literals | typed_literals.map(lambda literal: replace(literal, zones=(Zone.TEXT,)))
leaves = st.one_of(
    literals,
    text_literals,
    globs,
    typed_literals,
    typed_globs,
    st.builds(Within, near_literals, near_literals, st.integers(0, 6)),
    st.sampled_from([Years(2021, None), Years(None, 2020), Years(undated=True), Years(2020, 2021)]),
    st.sampled_from([EVERYTHING, NOTHING]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda children: And(tuple(children))),
        st.lists(inner, max_size=3).map(lambda children: Or(tuple(children))),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)
filters = st.builds(
    Filters,
    section=st.lists(st.sampled_from(SECTIONS), max_size=2).map(tuple),
    topic=st.lists(st.sampled_from(["总则", "税收"]), max_size=1).map(tuple),
    document=st.lists(st.sampled_from(["a", "corpus/b.md", "zz"]), max_size=2).map(tuple),
    tag=st.lists(st.sampled_from(["法律", "报告"]), max_size=1).map(tuple),
    work=st.lists(st.sampled_from(["数据法典", "税收"]), max_size=2).map(tuple),
    path=st.lists(st.sampled_from(["corpus", "corpus/旧", "corp", "corpus/数据.md"]), max_size=2).map(tuple),
    type=st.lists(st.sampled_from(["md", "pdf", "没有"]), max_size=1).map(tuple),
    field=st.lists(st.sampled_from(["密级=公开", "来源=a=b"]), max_size=2).map(tuple),
    kind=st.lists(st.sampled_from(Kind), max_size=2).map(tuple),
    year=st.lists(st.sampled_from(["2020", "2021..", "..2020", "none", "2020..2021"]), max_size=2).map(tuple),
) | st.just(Filters())
requests = st.builds(
    Request,
    tiers=st.lists(st.tuples(st.sampled_from(Tier), trees), min_size=1, max_size=5).map(
        lambda graded: tuple(sorted(graded, key=lambda each: list(Tier).index(each[0])))
    ),
    terms=st.builds(
        Terms,
        words=st.lists(st.sampled_from(["数据", "安全", "税收", "法", "a"]), max_size=3, unique=True).map(tuple),
        characters=st.lists(st.sampled_from("数据安全a"), max_size=3, unique=True).map(tuple),
        pairs=st.lists(st.sampled_from(["数据", "据安", "税收", "第一", "总则", "12"]), max_size=3, unique=True).map(
            tuple
        ),
        names=st.lists(st.sampled_from(["第一章 总则", "总则", "一"]), max_size=1).map(tuple),
    ),
    weights=st.lists(st.sampled_from((*PARTS, "kind")), max_size=4).map(lambda parts: Weights().without(*parts)),
    vector=st.just(b"") | directions,
    lists_near=st.booleans(),
    rank_headings=st.booleans(),
    filters=filters,
    scope=st.sampled_from(SCOPES),
    sort=st.sampled_from(SORTS),
    offset=st.integers(0, 3),
    limit=st.integers(0, 20),
    facets=st.just(FACETS),
    facet_depth=st.integers(1, 3),
    facet_limit=st.sampled_from([1, 2, 50]),
    chapters=st.sampled_from([0, 1, 3, 50]),
    collapse=st.sampled_from(COLLAPSES),
    group=st.sampled_from(GROUPS),
    group_limit=st.integers(1, 3),
)
changes = st.one_of(documents(), st.builds(Removal, st.sampled_from("abc")))
commits = st.lists(st.lists(changes, max_size=4), min_size=1, max_size=4)


def is_comparable(request: Request, name: str) -> bool:
    """Whether an engine promises the very answer: without exact scores, what no score has a part in."""
    no_score_decides = request.sort != "relevance" and request.scope == "passage"
    return ENTRIES[name].capabilities.exact_scores or no_score_decides


def replace_folded(titled: Titled) -> Titled:
    return titled._replace(folded=None)


def assert_answers_alike(engine: Engine, definition: Engine, request: Request) -> None:
    if not ENTRIES[engine.name].capabilities.vectors:
        request = replace(request, vector=b"")
    found, expected = engine.search(request), definition.search(request)
    assert found.counts == expected.counts
    assert engine.count(request) == definition.count(request) == Counts(expected.counts, expected.at_least)
    if not is_comparable(request, engine.name):
        return
    assert [(hit.passage, hit.tier) for hit in found.hits] == [(hit.passage, hit.tier) for hit in expected.hits]
    if ENTRIES[engine.name].capabilities.exact_scores:
        assert [hit.score for hit in found.hits] == pytest.approx([hit.score for hit in expected.hits])
        assert [hit.parts for hit in found.hits] == [pytest.approx(hit.parts) for hit in expected.hits]
    assert found.facets == expected.facets
    assert (found.entries, found.groups) == (expected.entries, expected.groups)
    assert found.chapters == expected.chapters
    assert [(hit.copies, hit.copy_count) for hit in found.hits] == [
        (hit.copies, hit.copy_count) for hit in expected.hits
    ]


@contextmanager
def second_stage_of(rescored: int, nearest: int, rival: int) -> Iterator[None]:
    """Let so few hits and sections take part in the second stage, and so few sections open it to their meaning."""
    sizes = {"RESCORED": rescored, "NEAREST": nearest, "RIVAL": rival}
    with patch.multiple(scoring, **sizes):
        yield


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
@settings(max_examples=150)
@given(
    history=commits,
    asked=st.lists(requests, min_size=1, max_size=4),
    sizes=st.tuples(
        st.integers(1, 3) | st.just(scoring.RESCORED),
        st.integers(1, 3) | st.just(scoring.NEAREST),
        st.integers(1, 5),
    ),
)
def test_answers_like_the_definition(
    name: str, history: list[list[Change]], asked: list[Request], sizes: tuple[int, int, int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, second_stage_of(*sizes):
        definition, engine = make_engine("memory", Path(folder) / "m"), make_engine(name, Path(folder) / "e")
        for number, batch in enumerate(history):
            definition.apply(batch, str(number))
            engine.apply(batch, str(number))
        assert engine.documents() == definition.documents()
        assert engine.columns() == columns_of(definition.documents())
        assert list(engine.indexed_files()) == [*map(IndexedFile.of, definition.documents())]
        titled = list(engine.titled())
        assert [replace_folded(each) for each in titled] == [*map(Titled.of, definition.documents())]
        assert all(each.folded in (None, fold_key(each.title)) for each in titled)
        for key in "abcd":
            (expected_document,) = [each for each in definition.documents() if each.id == key] or [None]
            assert engine.document(key) == definition.document(key) == expected_document
            assert engine.vectors(key) == (definition.vectors(key) if ENTRIES[name].capabilities.vectors else ())
        for request in asked:
            assert_answers_alike(engine, definition, request)
        stats = engine.stats()
        assert (stats.documents, stats.passages, stats.kinds, stats.characters) == (
            definition.stats().documents,
            definition.stats().passages,
            definition.stats().kinds,
            definition.stats().characters,
        )
        assert engine.passage_count() == stats.passages
        assert not engine.check()
        engine.close()
