"""Articles as lawyers cite them: paragraphs and items counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer import Document, Passage, cite
from indexer.model import Kind

LAW = Document("a", "法/a.md", "中华桥梁法", amended="2012-12-28", amendment="修正")


def cited(texts: Sequence[str], at: int, section: str = "第十九条", document: Document = LAW) -> str:
    passages = [Passage("a", ordinal, text, ("第二章 桥面", section)) for ordinal, text in enumerate(texts)]
    return cite(document, passages[at], "law", siblings=passages)


TWO = ("第十九条 甲桥的，按下列规定：", "（一）乙；", "（二）丙。", "桥面不得停车。")


@pytest.mark.parametrize(
    ("texts", "at", "place"),
    [
        (TWO, 0, "第一款"),
        (TWO, 2, "第一款第二项"),
        (TWO, 3, "第二款"),
        (TWO[:3], 0, ""),
        (TWO[:3], 2, "第二项"),
        (("第十九条 只有一款。",), 0, ""),
        (("第十九条 甲。", *("乙。",) * 11), 11, "第十二款"),
        (("第十九条 甲：", "（十二）乙。", "丙。"), 1, "第一款第十二项"),
    ],
)
def test_paragraphs_and_items_are_counted(texts: Sequence[str], at: int, place: str) -> None:
    assert cited(texts, at) == f"《中华桥梁法》（2012年修正）第十九条{place}"


def test_tables_are_no_paragraphs() -> None:
    passages = [
        Passage("a", 0, "第三条 见下表。", ("第三条",)),
        Passage("a", 1, "甲\t乙", ("第三条",), kind=Kind.TABLE),
        Passage("a", 2, "丙。", ("第三条",)),
    ]
    assert cite(LAW, passages[2], "law", siblings=passages).endswith("第三条第二款")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (Document("a", "a", "桥面编", work="中华桥典"), "《中华桥典》第七条"),
        (
            Document("a", "a", "《中华桥典》", amended="2018-01-02", amendment="修订"),
            "《中华桥典》（2018年修订）第七条",
        ),
        (Document("a", "a", "《桥典》办法", date="2018-01-02"), "《〈桥典〉办法》第七条"),
    ],
)
def test_the_work_and_its_version_are_named(document: Document, expected: str) -> None:
    assert cited(("第七条 甲。",), 0, "第七条", document) == expected


def test_without_the_other_passages_no_paragraph_is_counted() -> None:
    assert cite(LAW, Passage("a", 3, "桥面不得停车。", ("第十九条",)), "law") == "《中华桥梁法》（2012年修正）第十九条"


def test_outside_of_articles_it_is_the_plain_citation() -> None:
    passage = Passage("a", 3, "甲。", ("第二章 桥面",))
    assert cite(LAW, passage, "law") == cite(LAW, passage, "plain") == "《中华桥梁法》，第二章 桥面"
