"""Quotations: where they stand, in whatever script, over paragraphs, with gaps; else what is nearest, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import indexer
from indexer.analysis.fold import fold_key, other_scripts, visible
from indexer.errors import BadParameter, QueryTooLong
from indexer.model import DifferenceKind, Verification
from tests.support import Make, make_document, make_index

LAW = [
    ("第一章 总则", ("第一章 总则",)),
    ("第一条 为了规范数据处理活动，保障数据安全，促进数据开发利用，制定本法。", ("第一章 总则", "第一条")),
    ("第二条 在中华人民共和国境内开展 5G 网络数据处理活动，适用本法。", ("第一章 总则", "第二条")),
    ("违反规定的，依法追究法律责任……情节严重的，从重处罚。", ("第一章 总则", "第二条")),
]
POEM = ["锦瑟无端五十弦", "一弦一柱思华年", "庄生晓梦迷蝴蝶", "望帝春心托杜鹃"]


@pytest.fixture
def laws(make: Make) -> indexer.Index:
    return make(make_document("a", LAW, title="数据安全法"), make_document("b", POEM, title="锦瑟"))


def places(found: Verification) -> list[list[tuple[str, str]]]:
    return [[(each.passage.id, each.text) for each in place.passages] for place in found.places]


@pytest.mark.parametrize(
    ("quote", "exact", "where"),
    [
        pytest.param("保障数据安全，促进", True, [("a-1", "保障数据安全，促进")], id="as it is"),
        pytest.param("“保障数据安全”", True, [("a-1", "保障数据安全")], id="in quotation marks"),
        pytest.param("保障数据\n  安全，", True, [("a-1", "保障数据安全，")], id="a line wrap"),
        pytest.param("保障數據安全,促進", False, [("a-1", "保障数据安全，促进")], id="traditional and half width"),
        pytest.param("开展5G网络", True, [("a-2", "开展 5G 网络")], id="without its spaces"),
        pytest.param("开展５ｇ网络", False, [("a-2", "开展 5G 网络")], id="full width and lower case"),
        pytest.param("第一章总则", True, [("a-0", "第一章 总则")], id="a heading"),
        pytest.param("责任……情节", True, [("a-3", "责任……情节")], id="an ellipsis of the source"),
        pytest.param("为了规范……制定本法", True, [("a-1", "为了规范……制定本法")], id="a gap"),
        pytest.param("为了规范[…]制定本法", True, [("a-1", "为了规范……制定本法")], id="a gap in brackets"),
        pytest.param("为了规范（略）制定本法", True, [("a-1", "为了规范……制定本法")], id="a gap in words"),
        pytest.param("……制定本法。", True, [("a-1", "制定本法。")], id="a gap before"),
        pytest.param(
            "制定本法。\n\n第二条 在中", True, [("a-1", "制定本法。"), ("a-2", "第二条 在中")], id="paragraphs"
        ),
        pytest.param("本法。第二条 在", True, [("a-1", "本法。"), ("a-2", "第二条 在")], id="paragraphs run together"),
        pytest.param("規範……適用本法", False, [("a-1", "规范"), ("a-2", "适用本法")], id="a gap over paragraphs"),
        pytest.param(
            "五十弦一弦一柱思华年庄", True, [("b-0", "五十弦"), ("b-1", "一弦一柱思华年"), ("b-2", "庄")], id="verse"
        ),
    ],
)
def test_it_is_found(laws: indexer.Index, quote: str, exact: bool, where: list[tuple[str, str]]) -> None:
    found = laws.verify(quote)
    assert (places(found), found.exact, found.nearest) == ([where], exact, None)
    assert found.found


def test_a_folded_place_says_which_characters_are_others(laws: indexer.Index) -> None:
    (place,) = laws.verify("“保障數據安全”").places
    assert [(each.kind, each.quote, each.quoted, each.source, each.text) for each in place.differences] == [
        (DifferenceKind.VARIANT, (3, 5), "數據", (17, 19), "数据")
    ]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("为了规范信息处理活动，保障数据安全", [("replaced", (4, 6), "信息", "a-1", (8, 10), "数据")]),
        ("为了规范数据处理，保障数据安全", [("missing", (8, 8), "", "a-1", (12, 14), "活动")]),
        ("“为了切实规范数据处理活动，”", [("added", (3, 5), "切实", "a-1", (6, 6), "")]),
        ("制定本法。第三条 在中华人民共和国", [("replaced", (6, 7), "三", "a-2", (1, 2), "二")]),
        (
            "开发利用，制定。中华人民共和国境内",
            [("missing", (7, 7), "", "a-1", (33, 35), "本法"), ("missing", (8, 8), "", "a-2", (0, 5), "第二条 在")],
        ),
        ("规范数据处理活动……适应本法", [("replaced", (11, 12), "应", "a-2", (30, 31), "用")]),
    ],
)
def test_what_is_nearest_says_where_it_differs(laws: indexer.Index, quote: str, expected: list[object]) -> None:
    found = laws.verify(quote)
    assert not found.found
    assert found.nearest is not None
    assert [
        (each.kind.value, each.quote, each.quoted, each.passage_id, each.source, each.text)
        for each in found.nearest.differences
    ] == expected
    for each in found.nearest.differences:
        assert found.quote[slice(*each.quote)] == each.quoted
        assert laws.passage(each.passage_id).text[slice(*each.source)] == each.text
    assert 0.5 < found.nearest.similarity < 1


def test_parts_in_another_order_are_not_found_and_differ_in_nothing(laws: indexer.Index) -> None:
    nearest = laws.verify("制定本法……为了规范").nearest
    assert nearest is not None
    assert (nearest.similarity, nearest.differences) == (1, ())


def test_what_is_like_nothing_has_no_nearest(laws: indexer.Index) -> None:
    assert laws.verify("鱻鱻鱻鱻鱻").nearest is None
    assert laws.verify("天气预报说明天有雨，请带伞出门，法").nearest is None


@pytest.mark.parametrize("quote", ["", " \n", "\u200b"])
def test_an_empty_quotation_is_refused(laws: indexer.Index, quote: str) -> None:
    with pytest.raises(BadParameter, match="引文是空的"):
        laws.verify(quote)


def test_limits(laws: indexer.Index) -> None:
    with pytest.raises(QueryTooLong):
        laws.verify("字" * (indexer.MAX_QUOTE + 1))
    with pytest.raises(BadParameter):
        laws.verify("数据", limit=101)
    found = laws.verify("数据", limit=1)
    assert (len(found.places), found.total) == (1, 2)
    assert laws.verify("数据", document=["b"]).total == 0


def test_ten_thousand_brackets_end(tmp_path: Path) -> None:
    text = "（" * 10_000
    index = make_index("memory", tmp_path, [make_document("a", [text, text])])
    assert index.verify("（" * indexer.MAX_QUOTE).total == 2
    assert index.verify("（" * 2_000 + "甲" + "（" * 2_000).nearest is not None
    assert not index.verify("（" * 2_000 + "……甲").found


def test_exact_places_come_first(tmp_path: Path) -> None:
    index = make_index("memory", tmp_path, [make_document("a", ["數據安全"]), make_document("b", ["数据安全"])])
    assert [(place.document.id, place.exact) for place in index.verify("数据安全").places] == [
        ("b", True),
        ("a", False),
    ]


def test_what_stands_in_many_documents_does_not_hide_it(make: Make) -> None:
    """Each of two paragraphs stands in many documents, one after the other in none but the last."""
    ends, begins = "构成犯罪的，依法追究刑事责任；尚不构成犯罪的，依法给予处分。", "第九章 附则"
    some = [make_document(f"a{number:02}", [ends, "别的话"]) for number in range(40)]
    others = [make_document(f"b{number:02}", ["别的话", begins]) for number in range(40)]
    (place,) = make(*some, *others, make_document("z", [ends, begins])).verify(ends + begins).places
    assert [each.passage.id for each in place.passages] == ["z-0", "z-1"]


# Verse: lines of five characters and more, without marks at their ends.
lines = st.text(st.sampled_from("数据安全税收法条發发〇𠀀　"), min_size=5, max_size=12).filter(
    lambda line: len(visible(line)) >= 5
)


@given(st.lists(lines, min_size=1, max_size=6), st.data())
def test_every_piece_of_a_document_stands_in_it(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    """Copied from anywhere, over paragraphs, with or without line breaks, in either script: it is found there."""
    whole = "\n".join(texts)
    start = data.draw(st.integers(0, len(whole) - 1))
    quote = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    assume(visible(quote) and (len(visible(quote)) >= 4 or "\n" not in quote))  # whether or not its breaks are typed
    quote = data.draw(st.sampled_from((quote, quote.replace("\n", ""), *other_scripts(quote))))
    index = make_index("memory", tmp_path_factory.mktemp("index"), [make_document("a", texts)])
    found = index.verify(quote)
    assert found.found
    for place in found.places:
        copied = "".join(each.text for each in place.passages)
        assert fold_key(visible(copied)) == fold_key(visible(quote))
        assert place.exact == (visible(copied) == visible(quote))
        assert bool(place.differences) != place.exact
