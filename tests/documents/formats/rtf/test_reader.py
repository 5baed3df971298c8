r"""What of an RTF file is text, and what the format says of it; each with what is nearly the same and is not."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model import Block, Kind, Role
from tests.documents.conftest import Build, Read

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times;}"
    r"{\f2\fnil\fcharset2 Wingdings;}{\f3\fcharset136 MingLiU;}}"
)
STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\s2 heading 2;}{\s3 Title;}{\s4 toc 1;}"
    r"{\*\cs5 heading 3;}}"
)


def rtf(body: str, head: str = FONTS + STYLES) -> bytes:
    """Return a file whose Han characters are written as in Word's of China: bytes of GBK, escaped."""
    escaped = "".join(
        letter if letter.isascii() else "".join(f"\\'{byte:02x}" for byte in letter.encode("gb18030"))
        for letter in body
    )
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0" + head + escaped + "}").encode("ascii")


def blocks(read: Read, body: str) -> tuple[Block, ...]:
    return read("甲.rtf", rtf(body)).blocks


def texts(read: Read, body: str) -> list[str]:
    return [block.text for block in blocks(read, body)]


@pytest.mark.parametrize(
    "body",
    [
        r"天水一色\par",
        r"天水\u19968 ?\u-32142 ?\par",
        r"\uc2 天水\u19968\'d2\'bb\u-32142\'c9\'ab\par",
        r"{\f1 天水}{\f0 一色}\par",
        r"{\f3\'a4\'d1\'a4\'f4}一色\par",
        r"{\upr{\'3f\'3f}{\*\ud{天水一色}}}\par",
    ],
    ids=["gbk", "unicode", "two-byte-fallback", "font-without-han", "big5-font", "upr"],
)
def test_characters(read: Read, body: str) -> None:
    assert texts(read, body) == ["天水一色"]


def test_what_stands_for_a_character_ends_with_its_group(read: Read) -> None:
    assert texts(read, r"{\u22825 }?\u27700 ??\par") == ["天?水?"]


def test_a_character_beyond_the_basic_plane_is_written_in_two(read: Read) -> None:
    assert texts(read, r"\u-10179 ?\u-9216 ?\par \u-10179 ?\par") == ["\U0001f400", "\ufffd"]


def test_raw_bytes_whose_second_is_a_sign_of_the_format_are_one_character(read: Read) -> None:
    raw = b"{\\rtf1\\ansi\\ansicpg936 " + "大江".encode("gbk") + b"\\par}"
    assert [block.text for block in read("甲.rtf", raw).blocks] == ["大江"]


def test_western_quotation_marks_of_a_file_from_china(read: Read) -> None:
    western = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Times;}}\\f0 \\'93a\\'94 \\'e9\\par}"
    assert [block.text for block in read("甲.rtf", western).blocks] == ["“a” é"]


@pytest.mark.parametrize(("written", "shown"), [(r"\'97\'97", "——"), (r"\'93\'94", "“”"), (r"\'d2\'bb", "一")])
def test_dashes_of_a_western_font_in_a_file_from_china(read: Read, written: str, shown: str) -> None:
    assert texts(read, rf"天{{\f1 {written}}}色\par") == [f"天{shown}色"]


def test_breaks_dashes_and_spaces(read: Read) -> None:
    assert texts(read, r"甲\tab 乙\emdash 丙\_丁\par") == ["甲 乙—丙-丁"]
    assert texts(read, "甲\\line 乙\\par 丙\\\n丁\\par") == ["甲\n乙", "丙", "丁"]
    assert texts(read, "甲\r\n乙\\{\\\\\\}\\par") == ["甲乙{\\}"]


def test_what_is_not_shown(read: Read) -> None:
    hidden = (
        r"{\header 页眉\par}{\footer 页脚\par}{\*\generator 某;}{\info{\title 别的}{\author 人}}",
        r"正{\v 藏}文{\deleted 删}{\*\bkmkstart 签}{\xe{词}}{\*\annotation 批注\par}{\pict 0a0b}{\*\unknown{\b 未知}}",
        r"\par{\field{\*\fldinst TOC \\o}{\fldrslt 目录项\par 目录项二\par}}\pard\s4 第一章\tab 3\par\pard",
        r"\pard\s4 附\par\pard",
    )
    assert texts(read, "".join(hidden)) == ["正文", "附"]


def test_results_of_fields_are_shown(read: Read) -> None:
    assert texts(read, r"见{\field{\*\fldinst HYPERLINK \"甲\"}{\fldrslt 附件}}。\par") == ["见附件。"]


def test_headings_by_level_and_by_name(read: Read) -> None:
    found = blocks(
        read,
        r"\pard\s1 总则\par\pard\s2 目的\par\pard\s0 正文\par\pard\outlinelevel1 范围\par\pard 正文\par"
        r"\pard\cs5 不是\par",
    )
    assert [block.level for block in found] == [1, 2, None, 2, None, None]


def test_the_title(build: Build) -> None:
    title, passages = build("文件.rtf", rtf(r"\pard\s3\qc 节水\par\pard\s3 办法\par\pard\s0 正文。\par"))
    assert title == "节水 办法"
    assert passages[-1].text == "正文。"
    assert build("文件.rtf", rtf(r"{\info{\title 节水办法}}\pard\qc 节水办法\par 正文。\par"))[0] == "节水办法"
    assert build("文件.rtf", rtf(r"{\info{\title 模板}}正文。\par"))[0] == "文件"


def test_bold_and_centred(read: Read) -> None:
    (one, two, three) = blocks(read, r"\pard\qc{\b 甲}乙\par\pard 丙{\dbch\ab 丁}\par{\rtlch\ab 戊}\par")
    assert (one.bold, one.centered) == (((0, 1),), True)
    assert (two.bold, two.centered) == (((1, 2),), False)
    assert three.bold == ()


def test_numbers_of_lists_are_those_in_the_file(read: Read) -> None:
    found = blocks(
        read,
        r"{\listtext\pard\plain （一）\tab}目的\par{\listtext\u8226 ?\tab}范围\par{\pntext\f2\'b7\tab}附则\par"
        r"{\listtext o\tab}其他\par",
    )
    assert [(block.text, block.item) for block in found] == [
        ("（一） 目的", False),
        ("范围", True),
        ("附则", True),
        ("其他", True),
    ]


def test_symbols_are_what_their_font_shows(read: Read) -> None:
    assert texts(read, r"{\f2\'fe}同意{\f2\u-3928 ?}不同意\par") == ["☑同意◻不同意"]


def test_raised_and_lowered(read: Read) -> None:
    assert texts(read, r"CO{\sub 2}，10{\super 3}{\super\nosupersub 4}\par") == ["CO₂，10³4"]


def test_tables(read: Read) -> None:
    row = r"\trowd\cellx1\cellx2\cellx3\pard\intbl 名称\cell 数\par 量\cell 位\cell\row"
    wide = r"\trowd\cellx1\clmrg\cellx2\cellx3\pard\intbl 合计\cell\cell 三\cell\row\pard"
    found = blocks(read, f"{row}{wide} 表外\\par")
    assert [(block.kind, block.text) for block in found] == [
        (Kind.TABLE, "名称\t数 量\t位"),
        (Kind.TABLE, "合计\t三"),
        (Kind.BODY, "表外"),
    ]


def test_a_table_in_a_cell_makes_the_outer_one_a_place_for_things(read: Read) -> None:
    inner = r"\pard\intbl\itap2 一\nestcell 二\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}"
    found = blocks(read, rf"\trowd\cellx9\pard\intbl 前\par{inner}\pard\intbl 后\cell\row\pard 外\par")
    assert [(block.kind, block.text) for block in found] == [
        (Kind.BODY, "前"),
        (Kind.TABLE, "一\t二"),
        (Kind.BODY, "后"),
        (Kind.BODY, "外"),
    ]


def test_notes_and_boxes_follow_their_paragraph(read: Read) -> None:
    note = r"{\super\chftn{\footnote\pard 见附录。\par}}"
    box = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard 框里\par}}{\shprslt{框里}}}"
    found = blocks(read, rf"正{note}文{box}。\par 下一段\par")
    assert [(block.role, block.text) for block in found] == [
        (Role.BODY, "正文。"),
        (Role.FOOTNOTE, "见附录。"),
        (Role.TEXT_BOX, "框里"),
        (Role.BODY, "下一段"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "不是这种文件"),
        (rtf("正文")[:60], "不完整"),
        (b"{\\rtf1" + b"{" * 20_000, "嵌套太深"),
        (b"{\\rtf1 " + b"{\\footnote " * 3_000 + b"x" + b"}" * 3_000 + b"}", "嵌套太深"),
    ],
)
def test_what_cannot_be_read_is_said(read: Read, content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read("甲.rtf", content)
    assert caught.value.hint


def test_tables_that_claim_any_depth_take_no_time(read: Read) -> None:
    found = blocks(read, r"\pard\intbl\itap999999999 甲\nestcell\par\pard\itap-5 乙\par")
    assert "".join(block.text for block in found) == "甲乙"


def test_a_file_without_its_last_bracket_is_read(read: Read) -> None:
    assert [block.text for block in read("甲.rtf", rtf(r"正文\par 未完")[:-1]).blocks] == ["正文", "未完"]
    assert read("甲.rtf", b"").blocks == ()


def test_what_stands_behind_bin_is_no_text(read: Read) -> None:
    content = b"{\\rtf1\\ansi{\\pict\\bin4 }}{\\}a\\par}"
    assert [block.text for block in read("甲.rtf", content).blocks] == ["a"]


GOOD = rtf(r"\pard\s1 总则\par\trowd\cellx1\pard\intbl 甲\cell 乙\cell\row\pard 正{\footnote 注\par}文\par")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255), more=st.integers(0, 20))
def test_any_damage_is_an_error_of_the_file_or_none(read: Read, at: int, byte: int, more: int) -> None:
    damaged = bytearray(GOOD)
    damaged[at : at + more + 1] = bytes([byte]) * (more + 1)
    try:
        read("甲.rtf", bytes(damaged))
    except ReadError as error:
        assert error.message
