"""Physical lines → paragraphs of plain text."""

from __future__ import annotations

import pytest

from indexer.documents.lines import ends_paragraph, joins_without_space, paragraphs, split_at_breaks


def _paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(text)]


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
    assert _paragraphs(text) == expected


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


PDF_TEXT = """使用说明
一、本说明适用于各家的水车，凡是装在河边的都可以照着
看，装在渠上的另有一份。
二、水车要在枯水的时候装，先量河面的宽窄，再定轮子的
大小；水涨了以后再装，轮子不容易放平。
三、木料以杉木为好，用前在水里泡三个月，取出来晾干，
不可以在太阳下面晒。
四、装好的水车每年春天要看一遍，轴上添油，松了的楔子
要换，换下来的不要丢在河里，春汛一来会堵住闸门，修起
来很麻烦。
联系人：宋某"""


def test_lines_of_a_pdf_go_on_at_their_margin_and_titles_do_not() -> None:
    assert _paragraphs(PDF_TEXT) == [
        "使用说明",
        "一、本说明适用于各家的水车，凡是装在河边的都可以照着看，装在渠上的另有一份。",
        "二、水车要在枯水的时候装，先量河面的宽窄，再定轮子的大小；水涨了以后再装，轮子不容易放平。",
        "三、木料以杉木为好，用前在水里泡三个月，取出来晾干，不可以在太阳下面晒。",
        "四、装好的水车每年春天要看一遍，轴上添油，松了的楔子要换，换下来的不要丢在河里，春汛一来会堵住闸门，修起来很麻烦。",
        "联系人：宋某",
    ]


def test_two_widths_of_text_each_have_their_margin() -> None:
    narrow = (
        "轮子分十二格，每一格都要一样深，装上去以前\n先在地上转一转，看它平不平，不平就再刨，刨\n过了再转，要转得没有一点声音才好，装的时候"
        "\n要两个人抬。"
    )
    wide = (
        "渠上的水车小一些，轮子只有八格，木料也用得少，一个人两天就可以装好，不用\n等到枯水的时候，随时都行，只要把闸门关上，等水放"
        "干了再动手，装好以后先空\n转一天，第二天再放水，水要一点一点地放，放得急了轮子会从架子上跳下来，砸\n坏了闸门。"
    )
    text = "\n".join([narrow] * 6 + ["第二部分"] + [wide] * 12)
    unwrapped = {line.replace("\n", "") for line in (narrow, wide)}
    assert set(_paragraphs(text)) == unwrapped | {"第二部分"}


def test_titles_of_one_width_stay_lines() -> None:
    titles = [f"关于印发河道疏浚工程第{number}期施工组织设计的通知" for number in "一二三四五六七八九十"]
    assert _paragraphs("文件目录\n" + "\n".join(titles)) == ["文件目录", *titles]


def test_a_manual_under_its_title_has_a_paragraph_for_every_line() -> None:
    text = "水车手册\n\n1 概述\n1.1 用处\n水车把水提上来。\n2 安装\n2.1 地方\n要在急流里。\n3 毛病\n轮子不动，卡了草。"
    assert _paragraphs(text) == text.replace("\n\n", "\n").split("\n")


def test_verse_and_address_under_a_title_stay_together() -> None:
    assert _paragraphs("赠友\n\n一轮明月照江流\n两岸青山入梦头\n不见故人来一字\n独看沙鸟起汀洲")[1].count("\n") == 3


def test_a_chapter_and_its_text_are_two_paragraphs_however_few_lines_there_are() -> None:
    for line in ("Chapter 1 水", "03 水", "004、磨坊", "番外一 磨坊", "完本感言", "第一章 水"):
        assert _paragraphs(f"{line}\n河水涨了三天。\n\n旧书摊还在。") == [line, "河水涨了三天。", "旧书摊还在。"]
    assert _paragraphs("旧书摊\n还在。\n\n2021 年起\n停了。")[0] == "旧书摊\n还在。"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("14.1 河工\n河工修了三年。\n后来又修了一年。", ["14.1 河工", "河工修了三年。\n后来又修了一年。"]),
        ("14.1 河工修了三年，\n后来又修了一年。", ["14.1 河工修了三年，\n后来又修了一年。"]),
        ("一、河工\n二、水车\n三、渡船", ["一、河工\n二、水车\n三、渡船"]),
        ("河工\n河工修了三年。", ["河工\n河工修了三年。"]),
    ],
    ids=["a name", "a sentence", "a list", "no number"],
)
def test_a_numbered_name_is_parted_from_the_text_on_the_line_below_it(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in split_at_breaks(text, single_ends=False)] == parts


@pytest.mark.parametrize("mark", ["★", "▲1. ", "● ", "- ", "• "])
def test_an_item_that_opens_with_a_mark_does_not_go_on_in_the_line_above(mark: str) -> None:
    rows = [f"{FULL}也，{FULL}"] * 5
    assert _paragraphs("\n".join([*rows, f"{mark}不得转包"]))[-1] == f"{mark}不得转包"


@pytest.mark.parametrize("row", ["不得转包", "-不得转包", "- 7 - 不得转包"])
def test_a_line_without_such_a_mark_goes_on(row: str) -> None:
    rows = [f"{FULL}也，{FULL}"] * 5
    assert _paragraphs("\n".join([*rows, row]))[-1].endswith(row)
    assert len(_paragraphs("\n".join([*rows, row]))) == 1
