"""Tables drawn with lines of characters → rows."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.documents import drawn_tables
from indexer.documents.drawn_tables import with_rows
from indexer.model import Block, Kind
from tests.support import count_calls


def _rows(text: str, name: str = "表.txt") -> list[str]:
    return [block.text for block in documents.read(text.encode(), name).blocks if block.kind is Kind.TABLE]


TABLE = """订货如下：
┌────┬──┬────┐
│品　名│单│　数　│
│　　　│位│　量　│
├────┼──┼────┤
│石料　│方│　　12│
├────┼──┼────┤
│　　　│　│　　　│
├────┴──┴────┤
│合计：　　　　　　　│
└──────────┘
以上。
"""


def test_the_lines_between_two_borders_are_one_row() -> None:
    assert _rows(TABLE) == ["品 名\t单位\t数量", "石料\t方\t12", "合计："]
    others = [block.text for block in documents.read(TABLE.encode(), "表.txt").blocks if block.kind is Kind.BODY]
    assert others == ["订货如下：", "以上。"]


def test_breaks_of_a_page_part_the_lines_as_line_ends_do() -> None:
    page = f"<p>{TABLE.replace(chr(10), '<br>')}</p>"
    assert _rows(page, "表.html") == _rows(TABLE)


def test_lines_whose_cells_differ_are_rows_by_themselves() -> None:
    assert _rows("┌──┬──┐\n│重量│价　│\n│　　├─┬┤\n│吨　│元│角│\n└──┴─┴┘") == [
        "重量\t价",
        "吨\t元\t角",
    ]


def test_a_table_may_be_open_at_its_sides() -> None:
    drawn = "数目如下：\n──┬──┬───\n品名│单位│　数\n──┼──┼───\n石料│　方│　12\n──┴──┴───\n以上。\n"
    assert _rows(drawn) == ["品名\t单位\t数", "石料\t方\t12"]


@pytest.mark.parametrize(
    "text",
    [
        "──┬──\n石料│　方\n数目另说。\n──┴──",
        "石料│　方\n石灰│　二",
        "首页│关于│联系",
        "┌──┐\n没有画完的一行。",
        "┌──┐\n│石料│\n数目见附表。\n└──┘",
        "│石料│石灰│",
        "┌ 是一个角。",
    ],
    ids=["open, text inside", "open, only lines", "links", "not closed", "text inside", "no border", "a sentence"],
)
def test_what_is_not_drawn_whole_stays_text(text: str) -> None:
    assert _rows(text) == []
    assert "".join("".join(block.text.split()) for block in documents.read(text.encode(), "表.txt").blocks) == "".join(
        text.split()
    )


def test_a_listing_is_left_as_it_is() -> None:
    blocks = [Block("┌─┐\n│甲│\n└─┘", code=True)]
    assert with_rows(blocks) == blocks


def test_what_no_border_closes_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = [Block("┌──┐"), Block("│石料│")] * 50
    asked = count_calls(monkeypatch, drawn_tables, "_end_of_drawn")
    assert with_rows([*opened, Block("以上。"), *opened]) == [*opened, Block("以上。"), *opened]
    assert len(asked) == 2


def test_after_what_no_border_closes_there_may_be_a_table() -> None:
    table = [Block("┌──┐"), Block("│石料│"), Block("└──┘")]
    rows = [Block("石料", kind=Kind.TABLE)]
    assert with_rows([*table[:2], Block("以上。"), *table]) == [*table[:2], Block("以上。"), *rows]
    assert [block.text for block in with_rows([*table, *table])] == ["石料", "石料"]
