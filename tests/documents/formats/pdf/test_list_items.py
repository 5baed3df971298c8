"""Lists in PDF files, as slides have them: marks, circled numbers, what hangs below them."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.model import Kind
from tests.documents.formats.pdf.test_reader import FULL, LEFT, SECOND, THIRD, TOP, blocks, page, texts
from tests.documents.formats.pdf.writer import Page, pdf


def slide(*lines: tuple[float, str]) -> Page:
    """A slide: bold lines, set in so many points."""
    made = Page(size=(0, 0, 720, 540))
    made.text(240, 470, "水库的日常巡查", 32, bold=True)
    for number, (indent, line) in enumerate(lines):
        made.text(60 + indent, 410 - 32 * number, line, 24, bold=True)
    return made


@pytest.mark.parametrize("mark", ["⚫", "❑", "◼", "➤", "►", "✔", "– "])
def test_a_mark_opens_an_item_after_a_full_line(mark: str) -> None:
    assert texts(page([f"{mark}{FULL[:28]}", f"{mark}{SECOND[:20]}"])) == [
        f"{mark}{FULL[:28]}",
        f"{mark}{SECOND[:20]}",
    ]


@pytest.mark.parametrize("opening", ["–2021年的水文记录", "——以青石桥为例", "⚫⚫⚫"])
def test_what_only_looks_like_a_mark_goes_on(opening: str) -> None:
    assert len(texts(page([FULL, f"{opening}{SECOND[:20]}"]))) == 1


def test_circled_numbers_that_count_open() -> None:
    made = page([f"①{FULL[:20]}", f"②{SECOND[:26]}", f"③{THIRD[:20]}"])
    made.lines(LEFT, TOP - 60, [FULL])
    assert texts(made)[:3] == [f"①{FULL[:20]}", f"②{SECOND[:26]}", f"③{THIRD[:20]}"]


def test_a_circled_number_that_does_not_count_goes_on() -> None:
    assert texts(page([f"①{FULL[:29]}", f"④{SECOND[:20]}"])) == [f"①{FULL[:29]}④{SECOND[:20]}"]


def test_the_rest_of_an_item_of_a_slide_is_no_heading() -> None:
    made = slide(
        (0, "❑值班人员要看的地方"),
        (36, "➢坝顶的裂缝有没有变长以及下游坡面的渗水点有"),
        (60, "没有增多"),
        (36, "➢闸门的钢索"),
    )
    parsed = documents.read(pdf([made, page([FULL, SECOND, "完了。"])]), "甲.pdf")
    items = [block for block in parsed.blocks if block.page == 1 and block.text[0] in "❑➢"]
    assert [block.text for block in items] == [
        "❑值班人员要看的地方",
        "➢坝顶的裂缝有没有变长以及下游坡面的渗水点有没有增多",
        "➢闸门的钢索",
    ]
    assert {block.kind for block in items} == {Kind.BODY}


def test_a_bold_line_with_a_square_may_be_a_heading() -> None:
    made = Page()
    for at, name in ((0, "■ 水库概况"), (100, "■ 巡查办法")):
        made.text(LEFT, TOP - at, name, 12, bold=True)
        made.lines(LEFT, TOP - at - 20, [FULL if at else THIRD, "完了。"])
    assert [block.item for block in blocks([made]) if block.text[0] == "■"] == [False, False]
    parsed = documents.read(pdf([made]), "甲.pdf")
    assert [block.text for block in parsed.blocks if block.heading] == ["■ 水库概况", "■ 巡查办法"]
