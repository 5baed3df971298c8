"""Workbooks: sheets are sections, rows passages under the names of their columns."""

from __future__ import annotations

import struct

import pytest

from indexer.documents import read
from indexer.documents.formats.sheets.binary_forms import has_password
from indexer.documents.formats.sheets.number_forms import number_forms
from indexer.errors import ReadError
from indexer.model import ParsedFile
from tests.documents.formats.sheets.workbooks import ods, record, sheet_xml, xls, xlsx, zipped

STAFF = [["工号", "姓名", "入职日期"], [7, "王小明", 44197], [8, "李四", 44228]]


def texts(parsed: ParsedFile) -> list[str]:
    return [block.text for block in parsed.blocks]


def test_each_sheet_is_a_section_and_each_row_a_passage_with_its_names() -> None:
    sheet = sheet_xml(STAFF, styles={"C2": 1, "C3": 1})
    parsed = read(
        xlsx({"人员": sheet, "备用": sheet_xml([]), "去年": sheet_xml([["姓名", "人数"], ["张三", 2]])}), "a.xlsx"
    )
    assert texts(parsed) == [
        "人员",
        "工号\t姓名\t入职日期",
        "工号：7\t姓名：王小明\t入职日期：2021-01-01",
        "工号：8\t姓名：李四\t入职日期：2021-02-01",
        "去年",
        "姓名\t人数",
        "姓名：张三\t人数：2",
    ]
    assert [block.text for block in parsed.blocks if block.heading] == ["人员", "去年"]


@pytest.mark.parametrize(
    ("name", "headings"), [("Sheet1", []), ("工作表 1", []), ("人员", ["人员"]), ("Sheet一览", ["Sheet一览"])]
)
def test_the_only_sheet_is_a_section_if_somebody_named_it(name: str, headings: list[str]) -> None:
    parsed = read(xlsx({name: sheet_xml(STAFF)}), "a.xlsx")
    assert [block.text for block in parsed.blocks if block.heading] == headings


def test_hidden_sheets_are_left_out_and_named() -> None:
    parsed = read(
        xlsx({"明": sheet_xml(STAFF), "暗": sheet_xml([["密码", "数量"], ["一", 1]])}, hidden=["暗"]), "a.xlsx"
    )
    assert not any("密码" in text for text in texts(parsed))
    assert parsed.dropped == ("隐藏的工作表：暗",)


def test_a_merged_cell_of_a_form_is_there_once() -> None:
    rows = [
        ["变更单", None, None, None],
        ["泵站名称", "青石泵站二号机组改造", None, None],
        ["申请人", "林听雨", "申请日期", "2031-06-03"],
        ["影响（天）", 3, None, None],
        ["处理意见", "同意", "备注", "尽快"],
    ]
    parsed = read(xlsx({"Sheet1": sheet_xml(rows, ["A1:D1", "B2:D2", "B4:D4"])}), "a.xlsx")
    assert texts(parsed) == [
        "变更单",
        "泵站名称\t青石泵站二号机组改造",
        "申请人\t林听雨\t申请日期\t2031-06-03",
        "影响（天）\t3",
        "处理意见\t同意\t备注\t尽快",
    ]


def test_a_cell_that_two_of_a_form_repeat_is_there_twice() -> None:
    rows = [["泵站", "青石", "青石", 1], ["泵站", "青石", "青石", 2], [3, "青石", "青石", 4]]
    assert texts(read(xlsx({"Sheet1": sheet_xml(rows)}), "a.xlsx"))[0] == "泵站\t青石\t青石\t1"


def test_merged_cells_hold_for_all_they_span() -> None:
    rows = [
        ["二〇二三年收支表", None, None, None],
        ["地区", "收入", None, "支出"],
        [None, "上半年", "下半年", None],
        ["东部", 1, 2, 3],
        [None, 4, 5, 6],
    ]
    merges = ["A1:D1", "A2:A3", "B2:C2", "D2:D3", "A4:A5"]
    parsed = read(xlsx({"Sheet1": sheet_xml(rows, merges)}), "a.xlsx")
    assert texts(parsed)[0] == "二〇二三年收支表"
    assert texts(parsed)[-2:] == [
        "地区：东部\t收入 上半年：1\t收入 下半年：2\t支出：3",
        "地区：东部\t收入 上半年：4\t收入 下半年：5\t支出：6",
    ]


@pytest.mark.parametrize(
    ("held", "as_shown"),
    [
        (2.3 - 1.6, "0.7"),
        (0.699999999999999, "0.7"),
        (1 / 3, "0.3333333333"),
        (1234567.891, "1234567.891"),
        (0.0000123456789012345, "0.00001234567890"),
        # whole numbers may be the numbers of cards
        (320102199001011.0, "320102199001011"),
        (12345678901.5, "12345678901.5"),
        (-0.1 - 0.2, "-0.3"),
    ],
)
def test_a_fraction_has_no_more_digits_than_a_cell_shows(held: float, as_shown: str) -> None:
    parsed = read(xlsx({"Sheet1": sheet_xml([["名称", "值"], ["甲", held]])}), "a.xlsx")
    assert float(texts(parsed)[1].rpartition("：")[2]) == float(as_shown)
    assert len(texts(parsed)[1].rpartition("：")[2]) <= len(as_shown)


def test_numbers_are_as_a_sheet_shows_them() -> None:
    rows = [["名称", "值"], ["甲", 0.1 + 0.2], ["乙", 0.256], ["丙", 0.5], ["丁", 1e20], ["戊", 44197.75]]
    parsed = read(xlsx({"Sheet1": sheet_xml(rows, styles={"B3": 3, "B4": 2, "B6": 1})}), "a.xlsx")
    shown = [text.rpartition("：")[2] for text in texts(parsed)[1:]]
    assert shown == ["0.3", "25.6%", "50%", "100000000000000000000", "2021-01-01 18:00:00"]


def test_ods() -> None:
    def row(*cells: str, times: int = 1) -> str:
        inner = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        filler = '<table:table-cell table:number-columns-repeated="16000"/>'
        return f'<table:table-row table:number-rows-repeated="{times}">{inner}{filler}</table:table-row>'

    parsed = read(ods(row("姓名", "电话") + row("张三", "110") + row(times=1_040_000)), "a.ods")
    assert texts(parsed) == ["姓名\t电话", "姓名：张三\t电话：110"]
    with pytest.raises(ReadError, match="超过上限"):
        read(ods(row("炸", "弹", times=100_000_000)), "a.ods")


def test_numbers_of_an_ods_are_the_texts_beside_them() -> None:
    def cell(kind: str, value: str, shown: str) -> str:
        return f'<table:table-cell office:value-type="{kind}" office:value="{value}">{text(shown)}'

    def text(shown: str) -> str:
        return f"<text:p>{shown}</text:p></table:table-cell>"

    date = '<table:table-cell office:value-type="date" office:date-value="2021-03-04">' + text("3/4/21")
    cells = cell("percentage", "0.256", "25.60%") + cell("currency", "1200", "￥1,200.00") + cell("float", "7", "007")
    bare = '<table:table-cell office:value-type="float" office:value="0.5"/>'
    parsed = read(ods(f"<table:table-row>{cells}{date}{bare}</table:table-row>"), "a.ods")
    assert texts(parsed) == ["25.60%\t￥1,200.00\t007\t2021-03-04\t0.5"]


def test_numbers_of_an_xls_are_in_their_forms() -> None:
    def number(column: int, form: int, value: float) -> bytes:
        return record(0x203, struct.pack("<HHHd", 0, column, form, value))

    def small(form: int, value: int) -> bytes:
        return struct.pack("<HI", form, value << 2 | 2)

    many = record(0xBD, struct.pack("<HH", 1, 0) + small(2, 7) + small(0, 8) + struct.pack("<H", 1))
    one = record(0x27E, struct.pack("<HH", 1, 3) + small(1, 1))
    codes = ["0.0%", "000", '"¥"#,##0.00_);[Red]\\(0\\)']
    parsed = read(xls(codes, number(0, 1, 0.256), number(1, 3, 1234.5), number(2, 0, 0.00001), many, one), "a.xls")
    assert texts(parsed) == ["25.6%\t¥1,234.50\t0.00001", "007\t8\t\t100.0%"]


PAGE = "<html><head><meta charset=utf-8></head><table><tr><td>名称</td><td>数量</td></tr></table></html>"
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="库存"><Table>'
    '<Row><Cell><Data ss:Type="String">名称</Data></Cell>'
    '<Cell ss:Index="3"><Data ss:Type="Number">5</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (PAGE.encode(), ["名称\t数量"]),
        ("名称\t数量\n菖蒲\t30\n".encode("gbk"), ["名称\t数量", "名称：菖蒲\t数量：30"]),
        (XML.encode(), ["库存", "名称\t\t5"]),
    ],
    ids=["page", "text", "xml"],
)
def test_what_is_called_xls_and_is_none(content: bytes, shown: list[str]) -> None:
    assert texts(read(content, "导出.xls")) == shown


def test_a_sheet_with_a_cell_far_away_is_refused() -> None:
    far = sheet_xml(STAFF).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    with pytest.raises(ReadError, match="离得很远的格子"):
        read(xlsx({"表": far}), "a.xlsx")
    near = sheet_xml(STAFF).replace("</sheetData>", '<row r="90"><c r="Z90"><v>1</v></c></row></sheetData>')
    assert texts(read(xlsx({"Sheet1": near}), "a.xlsx"))[-1] == "1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (xlsx({"表": sheet_xml(STAFF)})[:-200], "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        ("不是表格".encode(), "损坏"),
        (zipped({"别的.txt": "别的"}), "损坏"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_what_is_no_workbook_is_said(content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(content, "a.xlsx")


def test_an_entity_is_not_expanded() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;">]>' + sheet_xml([["名称", "数量"], ["甲", 1]])
    try:
        shown = texts(read(xlsx({"表": bomb.replace("甲", "&amp;b;").replace("&amp;b;", "&b;")}), "a.xlsx"))
    except ReadError:
        return
    assert "哈" not in "".join(shown)


def test_a_table_that_is_cut_off_is_damaged_not_read_by_half() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    rows = "".join(map(row.format, "甲乙丙"))
    assert len(read(ods(rows), "a.ods").blocks) >= 3
    for broken in (rows[:-30], rows.replace("</text:p>", "", 1)):
        with pytest.raises(ReadError, match="不是完好的 XML"):
            read(ods(broken), "a.ods")
    with pytest.raises(ReadError, match="不是完好的 XML"):
        read(xlsx({"表": sheet_xml(STAFF).replace("</row>", "", 1)}), "a.xlsx")


def test_a_form_of_numbers_that_is_no_text_is_passed_over() -> None:
    forms = '<styleSheet><cellXfs><xf numFmtId="名"/><xf numFmtId="9"/></cellXfs></styleSheet>'.encode("gbk")
    assert {number: form.percent for number, form in number_forms(forms).items()} == {b"1": True}


def test_a_password_of_an_ods_is_said() -> None:
    locked = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x00\x01"}
    with pytest.raises(ReadError, match="密码"):
        read(zipped(locked), "a.ods")


def test_a_password_of_a_binary_workbook_is_said() -> None:
    plain, locked = xls([]), xls([]).replace(record(0xE0, bytes(20)), record(0x2F, bytes(20)), 1)
    assert len(locked) == len(plain) and locked != plain
    assert not has_password(plain)
    with pytest.raises(ReadError, match="加了密码"):
        read(locked, "a.xls")


@pytest.mark.parametrize(("name", "said"), [("Configurations2/accelerator/current.xml", False), ("styles.xml", True)])
def test_only_what_is_read_of_an_ods_must_be_whole(name: str, said: bool) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>桥</text:p></table:table-cell>'
    content = ods(f"<table:table-row>{cell}</table:table-row>", **{name: ""})
    if said:
        with pytest.raises(ReadError, match="不是完好的 XML"):
            read(content, "a.ods")
    else:
        assert "桥" in [block.text for block in read(content, "a.ods").blocks]
