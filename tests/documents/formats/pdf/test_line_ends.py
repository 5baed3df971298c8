"""Where lines of a PDF end: what may not be parted, marks beyond the margin, gaps that part paragraphs."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.documents.formats.pdf.characters import is_wide
from indexer.documents.formats.pdf.glyphs import shown_size
from indexer.model import Kind
from tests.documents.formats.pdf.test_reader import FIFTH, FOURTH, FULL, LEFT, SECOND, THIRD, TOP, page, texts
from tests.documents.formats.pdf.writer import Page, pdf

# Em of a full line.
WIDE = len(FULL)
LINES = (FULL, SECOND, THIRD, FOURTH, FIFTH)


def centred(made: Page, y: float, text: str, middle: float = LEFT + WIDE * 6) -> None:
    """Draw a line in the middle of the column."""
    made.text(middle - sum(12 if is_wide(char) else 6 for char in text) / 2, y, text)


class TestWhatMayNotBeParted:
    """A line that ends early as what comes next did not fit goes on."""

    @pytest.mark.parametrize(
        "opening", ["《“数据规划》部署", "（CIM）平台", "22.2%、85.8%和17.7%", "“互联网”平台", "‘平台’和"]
    )
    def test_marks_that_open_a_word_and_numbers_one_after_another(self, opening: str) -> None:
        assert texts(page([FULL, SECOND[:-2], opening + THIRD[:15], FOURTH])) == [
            FULL + SECOND[:-2] + opening + THIRD[:15],
            FOURTH,
        ]

    @pytest.mark.parametrize("opening", ["另外部署", "（一）平台", "（2）平台", "（a）平台"])
    def test_what_would_have_fitted_opens_a_paragraph(self, opening: str) -> None:
        first, second = FULL + SECOND[:-3] + "。", opening + THIRD[:15]
        assert texts(page([FULL, SECOND[:-3] + "。", second])) == [first, second]

    def test_a_remark_in_brackets_ends_a_sentence_too(self) -> None:
        lines = [
            "\u3000\u3000" + FULL[:28],
            SECOND[:20] + "。（见附件）",
            "第十二条生效",
            "\u3000\u3000" + THIRD[:28],
            FOURTH,
        ]
        assert texts(page(lines))[1] == "第十二条生效"

    def test_lines_of_data_stand_by_themselves(self) -> None:
        lines = [FULL, "“code”: 200, //" + SECOND[:17], "“name”：“" + THIRD[:20], FOURTH]
        assert texts(page(lines))[1].startswith("“code”") and texts(page(lines))[2].startswith("“name”")


class TestMarksBeyondTheMargin:
    """Word processors let a comma or full stop hang beyond the margin."""

    def test_they_do_not_move_the_margin(self) -> None:
        hanging = FIFTH + "，"
        # within 1.6 em of the margin, which the mark would put an em further
        lines = [FULL, SECOND, THIRD, hanging, FOURTH[:-1], FULL[::-1], "到此为止。"]
        assert texts(page(lines)) == ["".join(lines)]


class TestCentredLines:
    """Captions and sources stand in the middle, between paragraphs that fill their lines."""

    def test_a_caption_and_its_source_of_nearly_the_same_width(self) -> None:
        made = page([FULL, SECOND[:-1] + "。"])
        centred(made, TOP - 45, "图3 电子政务发展指数及排名变化情况")
        centred(made, TOP - 72, "数据来源：《联合国电子政务报告》")
        made.lines(LEFT, TOP - 100, [THIRD, FOURTH])
        assert texts(made)[1:] == [
            "图3 电子政务发展指数及排名变化情况",
            "数据来源：《联合国电子政务报告》",
            THIRD + FOURTH,
        ]

    def test_a_caption_close_below_the_end_of_a_sentence_in_a_full_line(self) -> None:
        made = page([FULL, SECOND[:-1] + "。"])
        centred(made, TOP - 42, "图2 指数变化情况")
        assert texts(made)[1:] == ["图2 指数变化情况"]

    def test_a_caption_without_white_space(self) -> None:
        made = page([FULL, SECOND[:-1] + "。"])
        centred(made, TOP - 45, "图2全国创新指数变化情况")
        centred(made, TOP - 72, "图2中各省的排名")
        made.lines(LEFT, TOP - 100, [THIRD, FOURTH])
        kinds = [block.kind for block in documents.read(pdf([made]), "甲.pdf").blocks]
        assert kinds == [Kind.BODY, Kind.CAPTION, Kind.BODY, Kind.BODY]


class TestForms:
    """Lines that are to be filled in stand by themselves."""

    @pytest.mark.parametrize("last", ["招标代理机构：", "招标代理机构（盖章）：_________"])
    def test_a_line_after_one_to_be_filled_in(self, last: str) -> None:
        assert texts(page([last, "投标单位名称（盖公章）：", FULL]))[:2] == [last, "投标单位名称（盖公章）："]

    def test_an_address_after_its_name_goes_on(self) -> None:
        first = f"{FULL[:21]}来源：阿里云："
        assert texts(page([SECOND, first, "https://example.org/a.html"])) == [
            SECOND + first + "https://example.org/a.html"
        ]

    def test_attachments_open_paragraphs(self) -> None:
        lines = [f"附件{number} {FULL[:at]}；" for number, at in ((1, 20), (2, 21), (3, 9))]
        assert texts(page(lines)) == lines


def test_an_item_goes_on_hung_on_the_next_page() -> None:
    first = [FULL, f"{SECOND[:20]}。", "8.1 " + THIRD[:28]]
    pages = page(first), Page()
    pages[1].lines(LEFT + 36, TOP, [FOURTH[:27], FIFTH[:9] + "。"])
    assert texts(*pages)[-1] == first[2] + FOURTH[:27] + FIFTH[:9] + "。"


class TestGlyphsOfTwoCharacters:
    """A glyph may stand for two characters."""

    def test_a_ligature_of_one_letter_twice(self) -> None:
        assert texts(page([FULL[:12] + "di\ue000erent"])) == [FULL[:12] + "different"]

    def test_a_mark_that_a_font_gives_twice_stands_once(self) -> None:
        assert texts(page([FULL[:12] + "\ue001"])) == [FULL[:12] + "："]


class TestGaps:
    """A document that parts its paragraphs by gaps does so where a last line is full, too."""

    @staticmethod
    def made(gap: float) -> list[str]:
        """Eight short paragraphs of two lines, then two whose first ends at the margin."""
        made, y = Page(), TOP
        for number in range(8):
            made.lines(LEFT, y, [FULL[number:] + FULL[:number], SECOND[number : number + 9] + "。"])
            y -= 20 + gap
        made.lines(LEFT, y, [THIRD, FOURTH[:-1] + "。"])
        made.lines(LEFT, y - 20 - gap, [FIFTH, "完了。"])
        return texts(made)

    def test_a_gap_parts_what_ends_at_the_margin(self) -> None:
        assert self.made(27)[8:] == [THIRD + FOURTH[:-1] + "。", FIFTH + "完了。"]

    def test_no_gap_tells_where_all_lines_are_as_far_apart(self) -> None:
        assert self.made(20)[8:] == [THIRD + FOURTH[:-1] + "。" + FIFTH + "完了。"]


@pytest.mark.parametrize(
    ("nominal", "box", "char", "size"),
    [
        (10.5, (10.5, 2.6), "、", 10.5),
        (12, (3.1, 1.2), ".", 12),
        (12, (12, 1), "一", 12),
        (40, (10, 10), "甲", 10),
        (1, (10, 10.6), "甲", 10.5),
    ],
)
def test_the_box_of_a_mark_tells_no_size(nominal: float, box: tuple[float, float], char: str, size: float) -> None:
    assert shown_size(nominal, box, char) == size
