"""Numbers that Word shows and writes nowhere."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read
from tests.documents.formats.packages import docx, in_list, level, lists, paragraph

CHAPTERS = (
    level(0, "第%1章", "chineseCounting"),
    level(1, "%1.%2", more="<w:isLgl/>"),
    level(2, "（%3）", "japaneseCounting"),
)


def texts(read: Read, body: str, **parts: str) -> list[str]:
    return [block.text for block in read("甲.docx", docx(body, **parts)).blocks]


def test_chapters_in_chinese_and_sections_in_arabic_digits(read: Read) -> None:
    body = (
        in_list("起因") + in_list("天气", level=1) + in_list("雨", level=2) + in_list("风", level=2)
        + in_list("经过") + in_list("路线", level=1) + in_list("车站", level=1) + in_list("站台", level=2)
    )  # fmt: skip
    assert texts(read, body, numbering=lists(*CHAPTERS)) == [
        "第一章 起因", "1.1 天气", "（一） 雨", "（二） 风", "第二章 经过", "2.1 路线", "2.2 车站", "（一） 站台",
    ]  # fmt: skip


def test_without_is_lgl_the_number_above_keeps_its_format(read: Read) -> None:
    numbering = lists(level(0, "%1", "upperRoman"), level(1, "%1-%2", "lowerLetter"))
    assert texts(read, in_list("甲") + in_list("乙", level=1), numbering=numbering) == ["I 甲", "I-a 乙"]


def test_empty_and_hidden_paragraphs_count_and_section_breaks_do_not(read: Read) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    body = in_list("甲") + in_list() + in_list(hidden) + in_list(more="<w:sectPr/>") + in_list("乙")
    assert texts(read, body, numbering=lists(level(0, "%1."))) == ["1. 甲", "4. 乙"]
    broken = in_list("甲") + in_list("丙", more="<w:sectPr/>") + in_list("乙")  # one with text counts
    assert texts(read, broken, numbering=lists(level(0, "%1."))) == ["1. 甲", "2. 丙", "3. 乙"]


@pytest.mark.parametrize(("restart", "last"), [("", "（1） 丁"), ('<w:lvlRestart w:val="0"/>', "（2） 丁")])
def test_a_deeper_level_begins_anew_unless_it_says_not_to(read: Read, restart: str, last: str) -> None:
    numbering = lists(level(0, "%1."), level(1, "（%2）", more=restart))
    body = in_list("甲") + in_list("乙", level=1) + in_list("丙") + in_list("丁", level=1)
    assert texts(read, body, numbering=numbering)[-1] == last


def test_lists_of_one_kind_count_on_and_an_override_begins_anew(read: Read) -> None:
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = in_list("甲") + in_list("乙", 2) + in_list("丙", 3) + in_list("丁", 3)
    assert texts(read, body, numbering=lists(level(0, "%1)"), numbers=numbers)) == ["1) 甲", "2) 乙", "7) 丙", "8) 丁"]


def test_a_level_that_is_overridden_and_one_that_is_not(read: Read) -> None:
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0">{level(0, "甲%1", "decimalZero")}</w:lvlOverride></w:num>'
    )
    numbering = lists(level(0, "%1."), level(1, "%2）"), numbers=numbers)
    assert texts(read, in_list("物") + in_list("件", level=1), numbering=numbering) == ["甲01 物", "1） 件"]


def test_levels_from_styles(read: Read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="节"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = lists(CHAPTERS[0], CHAPTERS[1], level(2, "第%3条", "chineseCounting", more='<w:pStyle w:val="c"/>'))
    body = (
        paragraph("总", '<w:pStyle w:val="a"/>')
        + paragraph("分", '<w:pStyle w:val="b"/>')
        + paragraph("为了清楚。", '<w:pStyle w:val="c"/>')
        + paragraph("不编号", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    blocks = read("甲.docx", docx(body, styles=styles, numbering=numbering)).blocks
    assert [block.text for block in blocks] == ["第一章 总", "1.1 分", "第一条 为了清楚。", "不编号"]
    assert [block.level for block in blocks] == [1, 2, None, 1]


def test_a_list_by_way_of_a_style_of_lists(read: Read) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="表"><w:name w:val="列表"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="表"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="表"/>'
        f"{level(0, '%1、', 'chineseCounting')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    found = texts(read, in_list("甲") + in_list("乙", 2), styles=styles, numbering=numbering)
    assert found == ["一、 甲", "二、 乙"]


@pytest.mark.parametrize(("after", "text"), [("nothing", "一、甲"), ("space", "一、 甲"), ("tab", "一、 甲")])
def test_what_parts_the_number_from_the_text(read: Read, after: str, text: str) -> None:
    numbering = lists(level(0, "%1、", "chineseCounting", more=f'<w:suff w:val="{after}"/>'))
    assert texts(read, in_list("甲"), numbering=numbering) == [text]


def test_a_bullet_is_no_number_and_makes_an_item(read: Read) -> None:
    body = in_list("第一章 甲") + paragraph("第一章 甲")
    item, chapter = read("甲.docx", docx(body, numbering=lists(level(0, "•", "bullet")))).blocks
    assert (item.text, item.item, item.heading) == ("第一章 甲", True, None)
    assert (chapter.item, chapter.heading) == (False, "第一章 甲")


@pytest.mark.parametrize("number", [9, 2])
def test_a_list_that_is_nowhere_or_leads_in_a_circle_has_no_number(read: Read, number: int) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="圈"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="圈"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert texts(read, in_list("甲", number), styles=styles, numbering=numbering) == ["甲"]
