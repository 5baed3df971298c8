"""Words of drawings in PDF files, and headings that look like them."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.model import Block
from tests.documents.formats.pdf.test_reader import FOURTH, FULL, LEFT, SECOND, THIRD, TOP, page
from tests.documents.formats.pdf.writer import Page, pdf


def read(made: Page) -> tuple[Block, ...]:
    return documents.read(pdf([made]), "甲.pdf").blocks


def headings(made: Page) -> list[str]:
    return [block.text for block in read(made) if block.heading]


def around(*lines: tuple[float, float, str, float]) -> Page:
    """Bold lines, each at a place and of a size, between two paragraphs."""
    made = page([FULL, SECOND, "完了。"])
    for x, y, text, size in lines:
        # pdfium passes over a single character that is not embedded
        made.text(x, y, f"{text} " if len(text) == 1 else text, size, bold=True)
    made.lines(LEFT, 400, [THIRD, FOURTH, "就这样。"])
    return made


def test_the_words_of_a_flow_chart_name_nothing() -> None:
    made = around(
        (250, 600, "开始", 9), (240, 570, "打开闸门", 9), (240, 540, "水位超过警戒线", 9), (300, 520, "是", 9)
    )
    assert headings(made) == []


def test_single_characters_name_nothing_but_in_books() -> None:
    assert headings(around((250, 560, "否", 12))) == []
    assert headings(around((LEFT, 560, "跋", 12))) == ["跋"]


@pytest.mark.parametrize("second", [250, 300])
def test_words_beside_each_other_name_nothing(second: float) -> None:
    assert headings(around((LEFT, 560, "水库", 12), (second, 560, "渠道", 12), (400, 560, "泵站", 12))) == []


def test_a_word_between_the_marks_of_a_drawing_names_nothing() -> None:
    made = around((LEFT, 560, "水位升高", 12), (200, 560, "N ", 12), (260, 560, "开闸", 12))
    assert headings(made) == []


@pytest.mark.parametrize(
    ("label", "name"),
    [("附录A", "渠道断面的尺寸"), ("任务二", "认识水库"), ("第三章", "渠道"), ("3", "术语和定义"), ("总", "则")],
)
def test_a_label_and_a_name_with_a_gap_between_them_are_a_heading(label: str, name: str) -> None:
    made = around((LEFT, 560, label, 12), (LEFT + 75, 560, name, 12))
    assert [heading.replace("\u3000", " ") for heading in headings(made)] == [f"{label} {name}"]


def test_a_bold_line_of_the_size_of_the_text_is_a_heading() -> None:
    assert headings(around((LEFT, 560, "打开闸门", 12))) == ["打开闸门"]


def test_a_small_bold_line_by_itself_may_be_one() -> None:
    assert headings(around((LEFT, 560, "打开闸门", 9))) == ["打开闸门"]


def test_a_page_set_in_a_smaller_size_has_headings_of_that_size() -> None:
    first = page([FULL, SECOND, THIRD, FOURTH, "完了。"])
    second = Page()
    for at, name in ((0, "巡查记录"), (140, "交接记录")):
        second.text(LEFT, TOP - at, name, 9, bold=True)
        second.lines(LEFT, TOP - at - 30, [THIRD, FOURTH, "就这样。"], size=9)
    parsed = documents.read(pdf([first, second]), "甲.pdf")
    assert [block.text for block in parsed.blocks if block.heading] == ["巡查记录", "交接记录"]
