"""Folding: what becomes one, what stays apart, and the laws that make any piece of a text findable."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.fold import fold, fold_character, fold_key, other_scripts
from tests.support import CHARACTERS

SAME = [
    ("ＡＢＣ１２３", "abc123", "full width and upper case"),
    ("５Ｇ", "5g", "full-width digit and letter"),
    ("乾燥", "干燥", "traditional by OpenCC's exception, from our own table"),
    ("乾坤", "干坤", "many to one: 乾 is folded wherever it stands"),
    ("發現", "发现", "traditional"),
    ("頭髮", "头发", "the other 发"),
    ("裏裡里", "里里里", "three ways to write one"),
    ("二○二○年", "二〇二〇年", "a ring used as zero"),
    ("薴", "苎", "two steps of OpenCC's table"),
    ("，（）：", ",():", "full-width marks"),
    ("㈠ ①", "(一) 1", "compatibility characters grow"),
    ("税收\u200b征管", "税收征管", "a zero-width space takes no room"),
    ("税收\n征管", "税收征管", "a line wrap between Han characters cuts nothing"),
    ("税收，\n　征管", "税收,征管", "nor after a full-width mark"),
    ("（一） 总则", "(一)总则", "a space after a full-width mark"),
    ("(一) 总则", "(一)总则", "and after its half-width twin"),
    ("甲, 乙\t（ 丙", "甲,乙(丙", "marks and Han of any width part nothing"),
    ("甲，\n“乙”", "甲,“乙”", "nor do marks among themselves"),
    ("中\u200b 国\u200b\n\u200b人", "中国人", "a space beside what takes no room"),
    ("a \u200b \u200b中", "a 中", "what takes no room makes no second space"),
    ("(a) b", "(a) b", "a letter keeps the space beside it"),
    ("big  \t data", "big data", "a run of white space is one space"),
    ("5G 网络", "5g 网络", "a space beside Latin stays; queries are expanded instead"),
    ("\ud800", "\ufffd", "a lone surrogate cannot be stored"),
]


@pytest.mark.parametrize(("text", "folded", "why"), SAME, ids=[why for *_, why in SAME])
def test_folds(text: str, folded: str, why: str) -> None:
    assert fold(text).text == folded, why


@pytest.mark.parametrize(
    ("text", "others"), [("發展", ("发展",)), ("发展", ("發展",)), ("安全", ()), ("\ud800", ()), ("發\ud800", ("发?",))]
)
def test_other_scripts(text: str, others: tuple[str, ...]) -> None:
    assert other_scripts(text) == others


@pytest.mark.parametrize(
    ("one", "other"), [("著作权", "着作权"), ("甚至", "什至"), ("a b", "ab"), ("1,000", "1000"), ("¨", "")]
)
def test_keeps_apart(one: str, other: str) -> None:
    assert fold_key(one) != fold_key(other)


def test_every_code_point_folds_once_and_for_all() -> None:
    unstable = [char for char in map(chr, range(sys.maxunicode + 1)) if fold(folded := fold(char).text).text != folded]
    assert unstable == []


def test_offsets_lead_back_to_the_original_characters() -> None:
    folded = fold("甲　乙㈠丙")
    assert folded.text == "甲乙(一)丙"
    assert [folded.original(at, at + 1) for at in range(len(folded.text))] == [
        (0, 1),
        (2, 3),
        (3, 4),
        (3, 4),
        (3, 4),
        (4, 5),
    ]


def test_plain_text_needs_no_map() -> None:
    assert fold("数据安全法第十二条").offsets is None


anything = st.text(max_size=40) | st.text(st.sampled_from(CHARACTERS + "㈠½Ａ“”…％%かé"), max_size=40)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@given(anything)
def test_width_makes_no_difference_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text).text
    assert fold(text.translate(FULL_WIDTH)).text == folded
    assert fold(folded).text == folded


@given(st.text("一乾（\u200bé㈠Ａ…　 \n", max_size=90))
def test_each_character_folds_by_itself_to_what_its_offsets_say(text: str) -> None:
    folded = fold(text)
    offsets = range(len(text)) if folded.offsets is None else folded.offsets
    by_place: dict[int, str] = {}
    for char, offset in zip(folded.text, offsets, strict=True):
        by_place[offset] = by_place.get(offset, "") + char
    assert all(by_place.get(at, "") == fold_character(ord(char)) for at, char in enumerate(text) if not char.isspace())
    assert all(kept == " " for at, kept in by_place.items() if text[at].isspace())


@given(anything)
def test_offsets_are_within_the_text_and_never_go_back(text: str) -> None:
    folded = fold(text)
    offsets = list(range(len(folded.text))) if folded.offsets is None else list(folded.offsets)
    assert len(offsets) == len(folded.text)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@settings(max_examples=500)
@given(anything, st.data())
def test_a_piece_of_a_text_folds_to_a_piece_of_the_folded_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold_key(text[start:end]) in fold(text).text


@given(anything, st.data())
def test_the_original_range_folds_to_what_was_matched(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    a, b = folded.original(start, end)
    assert folded.text[start:end].strip() in fold(text[a:b]).text
