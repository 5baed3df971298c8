"""Physical lines → paragraphs of plain text."""

from __future__ import annotations

import pytest

from indexer.documents.lines import ends_paragraph, joins_without_space, paragraphs

FULL = "这一行写满了二十个字以便看起来像是断开的"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n\n乙", ["甲", "乙"]),
        ("甲\n乙\n\n丙", ["甲\n乙", "丙"]),
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        (
            "如下：\n\n发展改革委\n工业和信息化部\n财政部\n\n以上",
            ["如下：", "发展改革委\n工业和信息化部\n财政部", "以上"],
        ),
        ("甲。\n乙。\n丙", ["甲。", "乙。", "丙"]),
        ("　　甲\n　　乙", ["甲", "乙"]),
        ("    甲\n    乙\n\n    丙", ["甲\n乙", "丙"]),
        (f"{FULL}\n{FULL}\n短\n\n乙", [f"{FULL}{FULL}短", "乙"]),
        (f"{FULL}\n{FULL}\n{FULL}。\n{FULL}\n短。", [f"{FULL}{FULL}{FULL}。", f"{FULL}短。"]),
        (f"{FULL}\n短行\n{FULL}\n{FULL}\n{FULL}\n\n乙", [f"{FULL}短行\n{FULL}{FULL}{FULL}", "乙"]),
        ("第一章　总则\n第一条　甲\n第二条　乙\n\n丙", ["第一章　总则", "第一条　甲", "第二条　乙", "丙"]),
        ("一、背景\n背景如下，\n很长\n\n丙", ["一、背景", "背景如下，\n很长", "丙"]),
        ("\u200b\n甲\n", ["甲"]),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("甲", "乙", True),
        ("，", "乙", True),
        ("甲", "“", True),
        ("”", "甲", True),
        ("甲", "a", False),
        ("a", "b", False),
        ("”", "a", False),
        ("”", "“", False),
    ],
)
def test_joins(before: str, after: str, joined: bool) -> None:
    assert joins_without_space(before, after) is joined


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("甲，", "　　乙", True),
        ("甲，", "\xa0\xa0乙", True),
        ("甲，", " 　乙", True),
        ("甲。", "第二条　乙", True),
        ("如下：", "（一）乙", True),
        ("第一章 总则", "第一条　甲", True),
        ("一、甲", "二、乙", True),
        ("根据本法", "第二条　的规定", False),
        ("甲。", "第二条的规定", False),
        ("甲。", "乙。", False),
        ("甲。", "    乙。", False),
    ],
)
def test_ends_paragraph(before: str, after: str, ends: bool) -> None:
    assert ends_paragraph(before, after) is ends
