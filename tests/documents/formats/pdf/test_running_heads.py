"""What stands at the edges of every page of a PDF: sizes of pages that are said once, the small heads of slides."""

from __future__ import annotations

import pytest

from indexer.documents.formats.pdf import read
from tests.documents.formats.pdf.test_reader import FIFTH, FOURTH, FULL, SECOND, THIRD
from tests.documents.formats.pdf.writer import Page, pdf

LINES = [f"{line[: 12 + at]}。" for at, line in enumerate((FULL, SECOND, THIRD, FOURTH, FIFTH))]
CHAPTERS = ("水库的由来", "大坝", "溢洪道", "闸门", "值班")


def slide(number: int, size: float = 6) -> Page:
    """A slide with the names of all chapters above it."""
    made = Page(size=(0, 0, 363, 272))
    for at, chapter in enumerate(CHAPTERS):
        made.text(140, 262 - 7 * at, chapter, size)
    made.text(20, 160, LINES[number], 11)
    made.text(160, 4, f"{number + 1}", 6)
    return made


@pytest.mark.parametrize("one_size", [False, True])
def test_the_names_of_all_chapters_above_slides_are_no_text(one_size: bool) -> None:
    parsed = read(pdf([slide(number) for number in range(5)], one_size=one_size), "甲.pdf")
    assert [block.text for block in parsed.blocks] == LINES
    assert set(CHAPTERS) <= set(parsed.dropped)


def test_lines_as_large_as_the_text_that_every_slide_has_are_text() -> None:
    parsed = read(pdf([slide(number, 10.5) for number in range(5)]), "甲.pdf")
    assert [block.text for block in parsed.blocks].count("闸门") == 5


def test_small_lines_that_one_slide_has_are_text() -> None:
    pages = [Page(size=(0, 0, 363, 272)) for _ in LINES]
    for page, line in zip(pages, LINES, strict=True):
        page.text(20, 160, line, 11)
    for at, chapter in enumerate(CHAPTERS):
        pages[2].text(140, 262 - 7 * at, chapter, 6)
    assert "闸门" in [block.text for block in read(pdf(pages), "甲.pdf").blocks]


def test_a_head_above_where_another_page_would_end() -> None:
    pages = [Page(size=(0, 0, 595, 842)) for _ in LINES]
    for number, (page, line) in enumerate(zip(pages, LINES, strict=True)):
        page.text(90, 810, "青石水库志", 9)
        page.text(90, 700, line, 12)
        page.text(290, 30, f"{number + 1}", 9)
    parsed = read(pdf(pages, one_size=True), "甲.pdf")
    assert [block.text for block in parsed.blocks] == LINES
    assert "青石水库志" in parsed.dropped
