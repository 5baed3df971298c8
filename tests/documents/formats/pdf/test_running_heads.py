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


class TestChaptersOfFewPages:
    """The name of a chapter stands above its pages, far fewer than a tenth of a long document."""

    @staticmethod
    def read(size: float, gap: float, chapters: int = 16, **places: float) -> list[str]:
        """Read a document whose chapters have three pages each, their names so large and so far above the text."""
        pages = []
        for number in range(3 * chapters):
            made = Page(size=(0, 0, places.get("width", 595), places.get("height", 842)))
            top = places.get("height", 842) - 50
            made.text(90, top, f"{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[number // 3]}部{CHAPTERS[number // 3 % 5]}", size)
            made.lines(90, top - gap, [FULL, f"{SECOND[: number % 20 + 8]}。", THIRD, FOURTH[: number % 17 + 9]])
            pages.append(made)
        return [block.text for block in read(pdf(pages), "甲.pdf").blocks]

    def test_a_small_name_is_no_text(self) -> None:
        assert not [text for text in self.read(9, 20) if text.endswith(CHAPTERS)]

    def test_nor_is_one_far_above_the_text(self) -> None:
        assert not [text for text in self.read(12, 40) if text.endswith(CHAPTERS)]

    def test_a_line_as_large_as_the_text_and_close_to_it_is_text(self) -> None:
        assert sum(CHAPTERS[1] in text for text in self.read(12, 20)) == 9

    def test_what_slides_are_called_is_text(self) -> None:
        assert sum(text.endswith(CHAPTERS[1]) for text in self.read(12, 40, width=800, height=600)) == 9
