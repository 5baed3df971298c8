"""Which passage of an article is its paragraph or item."""

from __future__ import annotations

import pytest

from indexer.model import Kind, Passage
from indexer.query.article_parts import Steps, find_openings, find_parts

MAINLAND = (
    "第八条　船长应当报告。",
    "有下列情形之一的，停航：",
    "（一）未报告的；",
    "1.迟报的；",
    "（二）酒后驾船的。",
    "停航不超过三日，有下列情形之一的，可以延长：",
    "（一）台风；",
    "（二）大雾。",
)
TAIWAN = (
    "第 8 條",
    "船長應報告。",
    "有左列情形之一者，停航：",
    "一、未報告者。",
    "二、酒後駕船者。",
    "（二）共同駕船者。",
)


def passages(texts: tuple[str, ...], heading: str, document: str = "a") -> list[Passage]:
    kinds = [Kind.HEADING if text == heading else Kind.BODY for text in texts]
    return [Passage(document, at, text, ("第一章", heading), kind=kinds[at]) for at, text in enumerate(texts)]


def found(texts: tuple[str, ...], heading: str, steps: Steps) -> list[str]:
    parts = find_parts(passages(texts, heading), ("第8条", "第八条", "第 8 条"), steps)
    return [passage.text for of_article in parts for passage in of_article]


def _only(number: int | None) -> tuple[int, ...]:
    return () if number is None else (number,)


@pytest.mark.parametrize(
    ("paragraph", "item", "at"),
    [
        (1, None, 0),
        (2, None, 1),
        (3, None, 5),
        (2, 2, 4),
        (3, 2, 7),
        (None, 1, 2),
        (4, None, None),
        (0, None, None),
        (1, 1, None),
        (2, 3, None),
    ],
)
def test_paragraphs_are_counted_and_items_read(paragraph: int | None, item: int | None, at: int | None) -> None:
    assert found(MAINLAND, "第八条", Steps(_only(paragraph), _only(item))) == ([] if at is None else [MAINLAND[at]])


@pytest.mark.parametrize(
    ("steps", "at"),
    [
        (Steps(items=(1,)), 1),
        (Steps(items=(2,)), 2),
        (Steps((2,)), 4),
        (Steps((1,), (2,), is_taiwan=True), 3),
        (Steps((3,)), None),
    ],
)
def test_in_taiwan_a_xiang_is_a_paragraph(steps: Steps, at: int | None) -> None:
    assert found(TAIWAN, "第 8 條", steps) == ([] if at is None else [TAIWAN[at]])


def test_a_text_of_the_mainland_in_traditional_characters_counts_as_there() -> None:
    texts = ("第八條　有下列情形之一的，停航：", "（一）未報告的；", "（二）酒後駕船的。")
    assert found(texts, "第八條", Steps(items=(2,))) == [texts[2]]


@pytest.mark.parametrize("heading", ["第八条之一", "第八条-1", "第十八条", "八条"])
def test_what_only_begins_like_the_article(heading: str) -> None:
    assert found(MAINLAND, heading, Steps((2,))) == []


def test_each_article_has_its_own() -> None:
    """Of two versions of a law, and of two articles of one document, one passage each."""
    both = [*passages(MAINLAND, "第八条"), *passages(MAINLAND, "第八条 报告", "b")]
    later = [Passage("b", 8 + at, text, ("附件", "第八条")) for at, text in enumerate(MAINLAND)]
    parts = find_parts([*both, *later], ("第八条",), Steps((2,), (1,)))
    assert [(passage.document_id, passage.ordinal) for (passage,) in parts] == [("a", 2), ("b", 2), ("b", 10)]


def test_a_number_that_is_none_is_no_item() -> None:
    texts = ("第八条　船长应当报告。", "三、二一的报告。", "1.5海里内不报告。", "（见附件）")
    assert found(texts, "第八条", Steps((4,))) == []
    assert found(texts, "第八条", Steps((3,))) == [texts[3]]


def test_of_several_each_is_found() -> None:
    assert found(MAINLAND, "第八条", Steps((1, 3, 9))) == [MAINLAND[0], MAINLAND[5]]
    assert found(MAINLAND, "第八条", Steps((2, 3), (2,))) == [MAINLAND[4], MAINLAND[7]]


@pytest.mark.parametrize(("texts", "heading"), [(MAINLAND, "第八条"), (TAIWAN, "第 8 條")])
def test_the_first_paragraph_opens_an_article_whether_or_not_its_heading_is_a_passage(
    texts: tuple[str, ...], heading: str
) -> None:
    names = ("第八条", "第 8 条")
    opening = "第八条　船长应当报告。" if heading == "第八条" else "船長應報告。"
    assert [passage.text for passage in find_openings(passages(texts, heading), names)] == [opening]
    assert [*find_openings(passages(("第 8 條",), "第 8 條"), names)] == []
