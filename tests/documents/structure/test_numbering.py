"""What a paragraph opens with, case by case; whole documents are in tests/golden/reading."""

from __future__ import annotations

import pytest

from indexer.documents.structure import numbering


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("第一章 总则", "第章", 1),
        ("第 十二 节　方法", "第节", 12),
        ("第3部分：数据", "第部分", 3),
        ("第一分编 通则", "第分编", 1),
        ("第二講　史學", "第讲", 2),
        ("卷三　世家", "第卷", 0),
        ("下篇　流变", "第篇", 0),
        ("二十一、附议", "一、", 21),
        ("十—、附议", "一、", 11),
        ("二十—、附议", "一、", 21),
        ("三：附议", "一、", 3),
        ("（十）其他", "（一）", 10),
        ("(三)其他", "（一）", 3),
        ("12．目标", "1.", 12),
        ("1、目标", "1.", 1),
        ("（３）收入", "（1）", 3),
        ("4）收入", "1）", 4),
        ("③收入", "①", 3),
        ("Ⅳ、收入", "Ⅰ", 4),
        ("1.2 方法", "2级", 2),
        ("10.2.3方法", "3级", 3),
        ("3 绪论", "1", 3),
        ("第十二条 为了", None, None),
        ("第一次世界大战", None, None),
        ("一九四九年", None, None),
        ("2021年", None, None),
        ("甲、乙", None, None),
        ("卷一本书", None, None),
        ("上篇文章", None, None),
    ],
)
def test_number(text: str, style: str | None, value: int | None) -> None:
    found = numbering.number(text)
    assert (found.style, found.value) == (style, value) if found else style is None


@pytest.mark.parametrize(
    ("text", "bold_until", "name"),
    [
        ("第一条 为了", 0, "第一条"),
        ("第一百二十条之一　资助", 0, "第一百二十条之一"),
        ("第 12 条　范围", 0, "第12条"),
        ("第三条：范围", 0, "第三条"),
        ("第三条【范围】本法", 0, "第三条"),
        ("第三十條　範圍", 0, "第三十條"),
        ("第九条", 0, "第九条"),
        ("第一条为了保护", 3, "第一条"),
        ("第一条 和解协议", 0, "第一条"),
        ("第一条为了保护", 0, None),
        ("第三十一条的决定》第一次修正", 0, None),
        ("第一条第二款规定", 0, None),
        ("第一条 第二款规定", 0, None),
        ("第一条、第二条规定", 0, None),
        ("第一章 总则", 0, None),
        ("根据第一条 规定", 0, None),
    ],
)
def test_article(text: str, bold_until: int, name: str | None) -> None:
    found = numbering.article(text, bold_until)
    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("（二）加强监管", "加强监管"),
        ("第一章　总则", "总则"),
        ("第一章", ""),
        ("第十二条之二", ""),
        ("1.1 方法", "方法"),
        ("二、“十三五”成就：", "“十三五”成就"),
        ("2020年成效", "2020年成效"),
        ("附录A 术语", "附录A 术语"),
    ],
)
def test_label(heading: str, label: str) -> None:
    assert numbering.label(heading) == label


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("一千二百六十", 1260),
        ("二〇", 20),
        ("８", 8),
        ("上", 1),
        ("中", 2),
        ("下", 3),
    ],
)
def test_integer(digits: str, value: int) -> None:
    assert numbering.integer(digits) == value


@pytest.mark.parametrize(
    ("text", "rank", "number"),
    [
        ("前　言", "book", None),
        ("小结", "chapter", None),
        ("附录B 地名", "appendix", 2),
        ("附件二：名单", "appendix", 2),
        ("附录A（规范性附录）　数据分类", "appendix", 1),
        ("附 录 B（资料性）数据分级", "appendix", 2),
        ("附件1（样表）", "appendix", 1),
        ("附件1（见下）所列", None, None),
        ("附件", "appendix", None),
        ("附 则", "book", None),
        ("附件：1.名单", None, None),
        ("附近有山", None, None),
        ("前言不搭后语", None, None),
    ],
)
def test_words(text: str, rank: str | None, number: int | None) -> None:
    found = numbering.appendix(text)
    assert numbering.word_rank(text) == rank
    assert (found.value if found else None) == number
