"""Which texts of a document are embedded."""

from __future__ import annotations

from hypothesis import given

from indexer.embedding.sections import WINDOW, sections_of
from indexer.model import AnalyzedDocument, Kind
from tests.support import documents, make_document


def test_a_section_is_one_text_under_its_title_and_headings() -> None:
    made = make_document("a", [("甲款。", ("第一章", "第一条")), ("乙款。", ("第一章", "第一条"))], title="租赁法")
    (section,) = sections_of(made)
    assert (section.first, section.last) == (0, 1)
    assert section.text == "租赁法 第一章 第一条 甲款。\n乙款。"


def test_another_section_is_another_text_though_it_comes_back() -> None:
    made = make_document("a", [("甲", ("一",)), ("乙", ("二",)), ("丙", ("一",))])
    assert [(each.first, each.last) for each in sections_of(made)] == [(0, 0), (1, 1), (2, 2)]


def test_headings_are_no_texts_of_their_own() -> None:
    kinds = [Kind.TITLE, Kind.HEADING, Kind.BODY, Kind.HEADING]
    made = make_document("a", ["总称", ("一", ("一",)), ("甲款", ("一",)), ("二", ("二",))], kinds=kinds)
    assert [(each.first, each.last, each.text) for each in sections_of(made)] == [(1, 2, "标题 一 甲款")]


def test_a_long_section_is_cut_between_passages() -> None:
    sizes = [WINDOW // 2, WINDOW // 2, WINDOW // 2, 9]
    made = make_document("a", [("长" * size, ("一",)) for size in sizes])
    assert [(each.first, each.last) for each in sections_of(made)] == [(0, 1), (2, 3)]


def test_a_long_passage_is_cut_and_one_a_little_longer_is_not() -> None:
    made = make_document("a", ["甲" * (WINDOW + 9), "乙" * (3 * WINDOW)])
    assert [(each.first, each.last, len(each.text)) for each in sections_of(made)] == [
        (0, 0, WINDOW + 9 + len("标题 ")),
        *[(1, 1, WINDOW + len("标题 "))] * 3,
    ]


def test_both_scripts_are_one_text() -> None:
    traditional, simplified = (sections_of(make_document("a", [text])) for text in ("數據發佈", "数据发布"))
    assert traditional == simplified


def test_the_same_text_has_the_same_digest_wherever_it_stands() -> None:
    (one,), (first, second) = (sections_of(make_document("a", texts)) for texts in (["甲"], [("乙", ("一",)), "甲"]))
    assert one.digest == second.digest != first.digest


@given(documents())
def test_all_that_is_no_heading_is_told_of_once_and_in_order(made: AnalyzedDocument) -> None:
    sections = sections_of(made)
    assert list(sections) == sorted(sections, key=lambda each: (each.first, each.last))
    for tokens in made.passages:
        told = [each for each in sections if each.first <= tokens.passage.ordinal <= each.last]
        if tokens.passage.kind not in (Kind.HEADING, Kind.TITLE):
            assert tokens.chars in "".join(each.text for each in told)
