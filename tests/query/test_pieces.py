"""A run as what must be present of it."""

from __future__ import annotations

import pytest

from indexer.query.pieces import pieces_of
from tests.support import ANALYZER


@pytest.mark.parametrize(
    ("run", "units"),
    [
        ("渔业法第39条", ["第39条"]),
        ("渔业法39条", ["39条"]),
        ("第 39 条", ["第 39 条"]),
        ("第三十九条第二款", ["第三十九条第二款"]),
        ("第二十条之一", ["第二十条之一"]),
        ("有效期五年内", ["五年"]),
        ("2021.03.05施行", ["2021.03.05"]),
        ("产量图3", ["图3"]),
        ("表2-1", ["表2-1"]),
        ("一次性补偿", []),
        ("地图3", []),
        ("万一", []),
        ("第十五处理", []),
        ("3月份", ["3月"]),
        ("gb/t 7714", []),
        ("晚上9点关门", ["晚上9点"]),
        ("22时至次日", ["22时"]),
        ("5g网络", []),
        ("盐20g", ["20g"]),
    ],
)
def test_a_number_with_its_measure_is_one_piece(run: str, units: list[str]) -> None:
    pieces = pieces_of(run, ANALYZER)
    assert [piece.text for piece in pieces if piece.is_unit] == units
    assert "".join(piece.text for piece in pieces) == run


def test_a_paragraph_knows_its_article() -> None:
    (piece,) = pieces_of("第三十九条第二款", ANALYZER)
    assert piece.article == "第三十九条"


def test_words_know_what_other_regions_call_them() -> None:
    assert {piece.text: piece.others for piece in pieces_of("网路安全", ANALYZER)} == {"网路": ("网络",), "安全": ()}
    assert not any(piece.others for piece in pieces_of("网路安全", ANALYZER, regional=False))


@pytest.mark.parametrize(
    ("run", "equals"),
    [
        ("七天无理由", ("七日", "1周", "1个星期")),
        ("保修36个月", ("3年",)),
        ("满半年", ("6个月",)),
        ("5月10日", ()),
        ("第二年", ()),
        ("下半年", ()),
        ("5 ml酱油", ("5毫升",)),
        ("半个小时以后", ("半小时", "30分钟")),
        ("一半以上", ("半数", "1/2", "50%")),
        ("满十四周岁", ("十四岁",)),
        ("入学十周年", ()),
    ],
)
def test_a_duration_knows_what_is_as_long(run: str, equals: tuple[str, ...]) -> None:
    pieces = pieces_of(run, ANALYZER)
    assert tuple(equal for piece in pieces for equal in piece.equals) == equals
