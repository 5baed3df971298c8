"""Ruled forms of a PDF: cells that are empty yet, and cells that hold text."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.documents.formats.pdf import read
from indexer.model import Block, Kind
from tests.documents.formats.pdf.test_reader import FIFTH, FOURTH, FULL, SECOND, THIRD
from tests.documents.formats.pdf.writer import HEIGHT, WIDTH, Page, pdf

LEFT, RIGHT, BETWEEN, TOP = 90, 500, 190, 700
LINES = [
    line[:24] for line in (FULL, SECOND, THIRD, FOURTH, FIFTH, FULL[::-1], SECOND[::-1], THIRD[::-1], FOURTH[::-1])
]


def form(
    rows: Sequence[tuple[str, Sequence[str]]], *, parted: bool = True, width: int = WIDTH, height: int = HEIGHT
) -> Page:
    """A framed form: labels, and lines beside them, with a rule between the two."""
    made = Page(size=(0, 0, width, height))
    bottom = top = TOP if height == HEIGHT else height - 60
    made.rule(LEFT, top, RIGHT, top)
    for label, lines in rows:
        made.text(LEFT + 6, bottom - 16, label)
        made.lines(BETWEEN + 6, bottom - 16, lines, leading=16)
        bottom -= 16 * max(len(lines), 1) + 8
        made.rule(LEFT, bottom, RIGHT, bottom)
    for x in (LEFT, RIGHT, *((BETWEEN,) if parted else ())):
        made.rule(x, bottom, x, top)
    return made


def blocks(made: Page) -> tuple[Block, ...]:
    return read(pdf([made]), "甲.pdf").blocks


def test_a_form_that_is_hardly_filled_in_is_a_table() -> None:
    found = blocks(form([("姓名", ["王小明"]), ("住址", []), ("电话", []), ("备注", [])]))
    assert [(one.kind, one.text.strip()) for one in found] == [
        (Kind.TABLE, "姓名\t王小明"),
        (Kind.TABLE, "住址"),
        (Kind.TABLE, "电话"),
        (Kind.TABLE, "备注"),
    ]


def test_what_is_drawn_so_on_a_slide_is_none() -> None:
    made = form([("姓名", ["王小明"]), ("住址", []), ("电话", []), ("备注", [])], width=800, height=600)
    assert Kind.TABLE not in [one.kind for one in blocks(made)]


def test_text_in_a_frame_is_none() -> None:
    made = form([("", [LINES[0]]), ("", [LINES[1]]), ("", [LINES[2]])], parted=False)
    assert Kind.TABLE not in [one.kind for one in blocks(made)]


def test_a_label_of_several_lines_beside_an_empty_cell_is_one_row() -> None:
    made = form([("姓名", ["王小明"]), ("住址", []), ("电话", []), ("", ["上年度", "工作", "简述"])])
    assert [one.text for one in blocks(made)][-1].split() == ["上年度工作简述"]


def test_a_long_text_beside_its_label_is_text() -> None:
    made = form([("姓名", ["王小明"]), ("住址", ["城南"]), ("要求", LINES)])
    found = blocks(made)
    assert [one.text for one in found if one.kind is Kind.TABLE] == ["姓名\t王小明", "住址\t城南"]
    assert "".join(one.text for one in found[2:]) == "要求" + "".join(LINES)


def test_numbers_of_lines_beside_a_listing_are_no_label() -> None:
    made = form([("姓名", ["王小明"]), ("住址", ["城南"]), ("", LINES)])
    for number in range(9):
        made.text(LEFT + 6, TOP - 64 - 16 * number, str(number + 1))
    assert all(one.kind is Kind.TABLE for one in blocks(made))
