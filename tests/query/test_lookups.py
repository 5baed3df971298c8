"""What a query looks up by its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.article_parts import Steps
from indexer.query.lookups import Numbered, looked_up, marks_of_items, numbered, steps_into_article
from indexer.query.pieces import Piece, pieces_of
from tests.support import ANALYZER

NAME = Piece("渔港法", documents=("a",))


def asked(rest: str) -> tuple[str, ...]:
    return looked_up([NAME, *pieces_of(rest, ANALYZER)])


@pytest.mark.parametrize(
    ("rest", "numbers"),
    [
        ("第39条", ("第39条",)),
        ("39条", ("第39条",)),
        ("第三十九条第二款", ("第三十九条",)),
        ("第二十条之一", ("第二十条之一",)),
        ("第39条的规定是什么", ("第39条",)),
        ("第五章", ("第五章",)),
        (" 39", ("第39条",)),
        ("§39", ("第39条",)),
        ("§39第2款", ("第39条",)),
        ("§§38、39", ("第38条", "第39条")),
        ("§38-39", ("第38条", "第39条")),
        (" art. 39", ("第39条",)),
        ("art39", ("第39条",)),
        (" article 39", ("第39条",)),
        ("39(2)", ("第39条",)),
        (" 39.", ("第39条",)),
        ("(39)", ("第39条",)),
        ("》39", ("第39条",)),
        (" 039", ("第39条",)),
        ("第039条", ("第039条",)),
        ("第廿一条", ("第廿一条",)),
        ("最新第39条", ("第39条",)),
        ("第6、7条", ("第6条", "第7条")),
        ("第6条和第十条", ("第6条", "第10条")),
        ("第6至9条", ("第6条", "第7条", "第8条", "第9条")),
        ("第6-8条", ("第6条", "第7条", "第8条")),
    ],
)
def test_numbers_as_headings_are_called(rest: str, numbers: tuple[str, ...]) -> None:
    assert asked(rest) == numbers


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "的规定",
        "第39条 进港",
        "第6、7条进港",
        "2019年",
        "三年",
        "第三次",
        "20195",
        "38、39",
        "39 2",
        "39(二〇一九)次",
        "start 39",
    ],
)
def test_what_asks_for_more_or_for_no_number(rest: str) -> None:
    assert asked(rest) == ()


@pytest.mark.parametrize(
    ("rest", "steps", "mark"),
    [
        ("第八条第二项", Steps(items=(2,)), "(二)"),
        ("第八条第(二)项", Steps(items=(2,)), "(二)"),
        ("第八条(二)", Steps(items=(2,)), "(二)"),
        ("第八条第一款(2)", Steps((1,), (2,)), "(二)"),
        ("8条1款12项", Steps((1,), (12,)), "(十二)"),
        ("第八条之一第一款第三项", Steps((1,), (3,)), "(三)"),
        ("第8条第1项第6款", Steps((6,), (1,), is_taiwan=True), "六、"),
        ("第八条第二项第3目", Steps(items=(2,)), "(二)"),
        ("第八条第二款", Steps((2,)), ""),
        ("第八条的第二款", Steps((2,)), ""),
        ("第八条,第二款", Steps((2,)), ""),
        ("第八条第一款第二、三项", Steps((1,), (2, 3)), "(二) (三)"),
        ("第八条第(二)至(四)项", Steps(items=(2, 3, 4)), "(二) (三) (四)"),
        ("第八条第二项、第四项", Steps(items=(2, 4)), "(二) (四)"),
        ("第八条第二项至第四项", Steps(items=(2, 3, 4)), "(二) (三) (四)"),
        ("第八条第一、二款", Steps((1, 2)), ""),
        ("第八条第二项和", Steps(items=(2,)), "(二)"),
        ("§8第2款", Steps((2,)), ""),
        ("8(2)", Steps(items=(2,)), "(二)"),
        (" art. 8 第1款第2项", Steps((1,), (2,)), "(二)"),
    ],
)
def test_where_in_an_article_and_how_an_item_begins(rest: str, steps: Steps, mark: str) -> None:
    assert steps_into_article([NAME, *pieces_of(rest, ANALYZER)]) == steps
    assert marks_of_items(steps) == tuple(mark.split())


@pytest.mark.parametrize(
    "rest",
    [
        "第八条",
        "第二项",
        "第八条(2019)",
        "第八条(试行)",
        "第八章(二)",
        "第八条(二)款项",
        "第八条的三项原则",
        "第八条、第九条",
        "8",
        "(8)",
        "§8、9",
    ],
)
def test_what_leads_nowhere_in_an_article(rest: str) -> None:
    assert steps_into_article([NAME, *pieces_of(rest, ANALYZER)]) is None


def test_without_a_name_nothing_is_looked_up() -> None:
    assert looked_up(pieces_of("第39条", ANALYZER)) == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("第八条", Numbered(("第八条",))),
        ("根据第8条的规定", Numbered(("第8条",))),
        ("第八条第二款", Numbered(("第八条",))),
        ("第三章第八条", Numbered(("第八条",), ("第三章",))),
        ("泊位合同第八条", Numbered(("第八条",), (), ("泊位合同",))),
        ("泊位合同8条", Numbered(("第8条",), (), ("泊位合同",))),
        ("《泊位合同》的第八条", Numbered(("第八条",), (), ("泊位合同",))),
        ("渔港志第三章", Numbered(("第三章",), (), ("渔港志",))),
    ],
)
def test_what_is_looked_up_in_documents_of_no_name(query: str, found: Numbered) -> None:
    assert numbered(pieces_of(query, ANALYZER)) == found


@pytest.mark.parametrize(
    "query",
    [
        "泊位合同",
        "八条",
        "8条",
        "第三章",
        "三年",
        "第三次",
        "港第八条",
        "泊位合同八条",
        "第六条渔港主管机关根据泊位的多少安排渔船进港的次序吗",
    ],
)
def test_what_looks_nothing_up(query: str) -> None:
    assert numbered(pieces_of(query, ANALYZER)) is None


@given(st.text("第条至、6789十五章 -之款"))
def test_whatever_is_typed_few_are_looked_up(rest: str) -> None:
    assert len(asked(rest)) <= 20 * (len(rest) + 1)
