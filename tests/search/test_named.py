"""Documents that a query names, and what its names are taken from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.contract import Titled
from indexer.query.names import MOST_PARTS, MOST_SHARED, Names, collect, title_keys
from indexer.search.searched_corpus import names_of
from tests.support import Make, make_document

PARTS = [("a", "总则"), ("b", "码头")]


def named(make: Make, query: str, **options: object) -> list[str]:
    index = make(
        make_document("a", ["渔船进港应当报告。"], title="中华人民共和国渔港法（2019年修正）"),
        make_document("b", ["依照《中华人民共和国渔港法》（以下简称《港法》），渔船进港。"], title="渔船检验条例"),
        make_document("c", ["港口一般规定。"], title="一般规定"),
    )
    return [document.id for document in index.search(query, **options).named]


@pytest.mark.parametrize(
    "query", ["渔港法", "《渔港法》", "中华人民共和国渔港法", "渔港法（2019年修正）", '"渔港法"', "港法"]
)
def test_a_title_in_any_way_of_writing_it(make: Make, query: str) -> None:
    assert named(make, query) == ["a"]


@pytest.mark.parametrize(
    ("query", "ids"), [("FPL第三条", ["a"]), ("fpl 进港", ["a"]), ("PDF", []), ("fplx", []), ("FP", [])]
)
def test_letters_that_a_text_calls_a_law_by(make: Make, query: str, ids: list[str]) -> None:
    index = make(
        make_document("a", ["渔船进港应当报告。"], title="中华人民共和国渔港法"),
        make_document("b", ["《渔港法》（FPL）要求渔船进港报告，《渔船手册》（PDF）同。"], title="合规手册"),
        make_document("c", ["渔船。"], title="渔船手册"),
    )
    assert [document.id for document in index.search(query).named] == ids


@pytest.mark.parametrize(("query", "ids"), [("渔港法第三条", ["a"]), ("渔船检验条例 渔港法", ["b", "a"])])
def test_names_among_other_words(make: Make, query: str, ids: list[str]) -> None:
    assert named(make, query) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("松雀的习性", ["a"]),
        ("松雀是什么鸟？", ["a"]),
        ("䲟又叫什么", ["b"]),
        ("江月在哪里出生", ["c"]),
        ("江月原来的名字", ["c"]),
        ("画松雀的人", []),
        ("松雀鹰的习性", []),
        ("松雀和山雀", []),
        ("画家江月", []),
    ],
)
def test_a_short_name_is_one_where_it_is_what_a_question_is_about(make: Make, query: str, ids: list[str]) -> None:
    index = make(
        make_document("a", ["冬天成群。"], title="松雀"),
        make_document("b", ["吸附在船底。"], title="䲟"),
        make_document("c", ["生于海边。"], title="江月（演员）"),
        make_document("d", ["渔火。"], title="江月（二）"),
    )
    assert [document.id for document in index.search(query).named] == ids


def test_interpretations_of_one_law_are_named_together(make: Make) -> None:
    titles = [f"海事局关于{verb}《中华人民共和国港务管理法》若干问题的解释" for verb in ("适用", "执行")]
    index = make(*(make_document(f"{key:x}", ["泊位。"], title=title) for key, title in enumerate(titles)))
    assert [document.title for document in index.search("港管法解释").named] == titles
    assert index.search("港管法解放").named == ()


def test_marks_inside_a_name_and_a_version_after_it(make: Make) -> None:
    title = "关于实行《渔港法》有关问题的解释（二）"
    index = make(make_document("a", ["进港。"], title="渔港法"), make_document("b", ["出港。"], title=title))
    assert [document.id for document in index.search(f"{title}第一条").named] == ["b"]
    assert [document.id for document in index.search("《渔港法》（2019年修正）第一条").named] == ["a"]
    assert [document.id for document in index.search("渔港法（摘自报纸）").named] == ["a"]


@pytest.mark.parametrize("query", ["渔港", "渔港法庭", '"渔港法" 进港', "港", "-渔港法", ""])
def test_what_only_looks_like_a_name(make: Make, query: str) -> None:
    assert named(make, query) == []


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        *[
            (query, [])
            for query in ("渔港安全法", "《渔港安全法》第三条", "渔港安全法 第5条", "中华人民共和国渔港安全办法")
        ],
        *[("渔港安全办法", ["a"]), ("渔安办法第三条", ["a"]), ("条例", ["b"]), ("渔业条例第一条", [])],
    ],
)
def test_a_law_that_is_not_there_is_not_answered_with_rules_of_another_sort(
    make: Make, query: str, ids: list[str]
) -> None:
    """What is called 条例 alone is named by that alone; nobody is formal (中华人民共和国) and short at once."""
    index = make(
        make_document("a", ["渔船进港应当报告。"], title="渔港安全管理办法"),
        make_document("b", ["渔船应当检验。"], title="条例"),
    )
    assert [document.id for document in index.search(query).named] == ids


def test_it_is_no_hit_and_in_no_count(make: Make) -> None:
    index = make(make_document("a", ["进港。"], title="渔港法"), make_document("b", ["出港。"], title="渔政法"))
    results = index.search("渔港法 出港")
    assert [document.id for document in results.named] == ["a"]
    assert (results.entries, [hit.document.id for hit in results.hits]) == (1, ["b"])
    assert [document.id for document in index.search("渔港法 出港", offset=5, limit=0).named] == ["a"]


def test_nothing_but_a_title_has_the_opening_passage_as_its_first_hit(make: Make) -> None:
    index = make(
        make_document("a", ["进港。", "出港。"], title="渔港法"), make_document("b", ["渔港法已经废止。"], title="公告")
    )
    assert [hit.passage.id for hit in index.search("渔港法").hits] == ["a-0", "b-0"]
    assert [hit.passage.id for hit in index.search("渔港法", document=["b"]).hits] == ["b-0"]


def test_what_too_many_are_called_names_none() -> None:
    few = [("附则", str(number)) for number in range(MOST_SHARED)]
    assert collect(few) == {"附则": tuple(str(number) for number in range(MOST_SHARED))}
    assert collect([*few, ("附则", "x")]) == {}


def test_a_work_names_all_its_parts() -> None:
    parts = [replace(make_document(key, [], title=title).document, work="渔港法典") for key, title in PARTS]
    names = names_of(map(Titled.of, [*parts, make_document("c", [], title="渔政").document]), ())
    assert names.of_title("《渔港法典》") == ("a", "b")
    assert names.of_title("渔政") == ("c",)
    assert names.of_title("渔港") == ()


def test_a_work_of_too_many_parts_names_none() -> None:
    parts = [("渔港史话", str(number)) for number in range(MOST_PARTS)]
    assert Names(collect([], parts)).of_title("渔港史话") == tuple(str(number) for number in range(MOST_PARTS))
    assert Names(collect([("渔港史话", "x")], [*parts, ("渔港史话", "y")])).of_title("渔港史话") == ("x",)


def test_a_heading_of_a_named_document_says_as_much_as_its_text(make: Make) -> None:
    index = make(
        make_document("a", [("进港。", ("第三条",)), ("出港。", ("第四条",))], title="渔港法"),
        make_document("b", [("进港。", ("第三条",))], title="渔港法讲义"),
    )
    assert [hit.passage.id for hit in index.search("渔港法第三条", match="all").hits] == ["a-0"]
    assert {hit.passage.id for hit in index.search("渔港第三条", match="all").hits} == {
        "a-0",
        "b-0",
    }  # what they are about
    assert [hit.passage.id for hit in index.search("船港第三条", match="all").hits] == []


@given(st.text(alphabet="渔港法条例第一12（）()《》中华人民共和国 年", max_size=20))
def test_a_title_names_its_own_document(title: str) -> None:
    names = Names(collect([(title, "a")]))
    assert names.of_title(title) == (("a",) if title_keys(title) else ())
