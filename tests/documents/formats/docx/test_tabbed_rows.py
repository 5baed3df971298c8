"""Rows of words at tab stops below a bold one; each with what looks alike and is none."""

from __future__ import annotations

import pytest

from indexer.model import Kind
from tests.documents.conftest import Read
from tests.documents.formats.packages import docx, in_list, lists, paragraph, run

TAB, BOLD = "<w:r><w:tab/></w:r>", "<w:b/>"
ROWS = ("龙井\t300\t2019", "毛尖\t200\t2020")


def line(text: str, properties: str = "", tab: str = TAB) -> str:
    return paragraph(tab.join(run(cell, properties) for cell in text.split("\t")))


def rows(read: Read, body: str, **parts: str) -> list[str]:
    return [block.text for block in read("甲.docx", docx(body, **parts)).blocks if block.kind is Kind.TABLE]


@pytest.mark.parametrize("tab", [TAB, TAB * 2])
def test_rows_below_a_bold_one_are_a_table(read: Read, tab: str) -> None:
    body = line("品种\t产量\t年份", BOLD, tab) + "".join(line(row, tab=tab) for row in ROWS) + paragraph("完毕。")
    assert rows(read, body) == ["品种\t产量\t年份", *ROWS]
    assert [block.heading for block in read("甲.docx", docx(body)).blocks] == [None] * 4


@pytest.mark.parametrize(
    "body",
    [
        line("品种\t产量\t年份") + "".join(map(line, ROWS)),
        line("品种\t产量", BOLD) + line("龙井\t300") + line("毛尖\t200"),
        line("品种\t产量\t年份", BOLD) + line(ROWS[0]),
        line("品种\t产量\t年份", BOLD) + "".join(line(row, BOLD) for row in ROWS),
        line("品种\t产量\t年份", BOLD) + line("龙井\t收了三百斤。\t不多") + line(ROWS[1]),
        line("品种\t产量\t年份", BOLD) + "".join(in_list(TAB.join(map(run, row.split("\t")))) for row in ROWS),
    ],
    ids=["no head", "two columns", "one row", "all bold", "a sentence", "a list"],
)
def test_what_is_no_table_stays_lines(read: Read, body: str) -> None:
    assert rows(read, body, numbering=lists()) == []
