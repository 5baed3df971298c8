"""What leads to a passage on its page: told apart from all else there, and between words only."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.squeezing import squeezed
from indexer.model import Kind, Passage
from indexer.static_export.site_links import Spot, spots_of


def spots(*texts: str, page: str = "", anchor: str | None = None) -> list[Spot]:
    """Those of paragraphs, on a page that shows ``page`` and then them."""
    passages = [Passage("d", number, text, anchor=anchor) for number, text in enumerate(texts)]
    return list(spots_of(passages, squeezed(page + "".join(texts))))


def fragment(text: str, spot: Spot) -> str:
    return text[spot.start : spot.end]


def test_the_first_clause_that_stands_once_is_taken() -> None:
    text = "数据安全，处理者的义务。其余从略。"
    (spot,) = spots(text, anchor="a")
    assert (fragment(text, spot), spot.anchor) == ("数据安全", "a")
    (spot,) = spots(text, page="数据安全")
    assert fragment(text, spot) == "数据安全，处理者的义务"
    (spot,) = spots(text, page="数据安全，处理者的义务。其余从略。处理者的义务。另一句")
    assert spot.end == 0  # nothing tells it from what stands above


def test_case_and_width_do_not_tell_two_texts_apart() -> None:
    text = "使用ＡＢＣ的方法，其次是别的。"
    (spot,) = spots(text, page="使用abc的方法")
    assert fragment(text, spot) == "使用ＡＢＣ的方法，其次是别的"


def test_what_stands_twice_is_told_by_what_is_right_before_it() -> None:
    one, two = spots("甲乙丙丁。", "同样的话。", "戊己庚辛。", "同样的话。")[1::2]
    assert (one.before, two.before) == ("甲乙丙丁。", "戊己庚辛。")


def test_else_a_fragment_reaches_from_a_passage_before() -> None:
    texts = ("独一无二的开头。", "同样的话。", "同样的话。", "同样的话。")
    found = spots(*texts)
    assert [spot.since for spot in found[1:]] == ["", "", ""]
    assert found[1].before == "独一无二的开头。"
    texts = ("独一无二的开头。", "又一句。", "短", "同样的话。", "又一句。", "短", "同样的话。")
    assert spots(*texts)[3].since == "独一无二的开头"
    assert spots(*texts)[6] == Spot()  # from there the first of its kind is another


def test_no_fragment_crosses_cells_or_lines() -> None:
    text = "名称\t说明这一项的意思\n另起一行"
    (spot,) = spots(text, page="名称")
    assert fragment(text, spot) == "说明这一项的意思"


def test_a_number_is_not_cut_at_its_point() -> None:
    text = "版本3.14起支持 Python"
    (spot,) = spots(text)
    assert fragment(text, spot) == "版本3.14起支持"


def test_a_heading_with_an_id_of_its_own_needs_no_fragment() -> None:
    passages = [
        Passage("d", 0, "第一章", kind=Kind.HEADING, anchor="a"),
        Passage("d", 1, "没有编号的小标题", kind=Kind.HEADING, anchor="a"),
    ]
    one, two = spots_of(passages, squeezed("第一章没有编号的小标题"))
    assert one == Spot("a")
    assert (two.anchor, two.start, two.end) == ("a", 0, 8)


def test_what_is_empty_at_its_end_is_left_out_of_the_file() -> None:
    assert Spot().as_json() == []
    assert Spot("a").as_json() == ["a"]
    assert Spot("", 0, 4).as_json() == ["", 0, 4]
    assert Spot("a", 0, 4, since="甲").as_json() == ["a", 0, 4, "", "甲"]


WORDS = st.sampled_from(["甲乙", "丙", "，", "。", "A", " ", "\n", "\t", "丁戊己", "3.14", "（", "）", "Ａ"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map("".join), min_size=1, max_size=8)


@given(TEXTS)
def test_a_fragment_leads_to_its_passage_only(texts: list[str]) -> None:
    texts = [text.strip() for text in texts if text.strip()]
    page = squeezed("".join(texts))
    begins = 0
    for text, spot in zip(texts, spots(*texts), strict=True):
        if spot.end:
            there = begins + len(squeezed(text[: spot.start]))
            found = squeezed(text[spot.start : spot.end])
            if spot.since:
                once = squeezed(spot.since)
                assert page.count(once) == 1
                assert page.find(found, page.index(once) + len(once)) == there
            else:
                before = squeezed(spot.before)
                assert re.findall(f"(?={re.escape(before + found)})", page) == [""]
                assert page.index(before + found) + len(before) == there
            assert not re.search(r"[\n\t]", text[spot.start : spot.end])
            for at in (spot.start, spot.end):  # between words
                assert at in (0, len(text)) or re.search(r"[\s，。（）]", text[at - 1 : at + 1])
        begins += len(squeezed(text))
