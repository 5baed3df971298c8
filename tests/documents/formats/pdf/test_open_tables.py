"""Tables with lying rules only, as papers have them."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.documents.formats.pdf import read
from indexer.model import Kind
from tests.documents.formats.pdf.writer import Page, pdf

LEFT, RIGHT = 90, 460
SENTENCE = "石桥是三百年前修的，两头各有一座亭子，桥下的水夏天深，冬天浅，"


def ruled(heights: Sequence[float], cells: Sequence[tuple[float, float, str]], *, bold: int = 0) -> Page:
    """A page with rules at these heights, and texts at places, so many of the first ones bold."""
    made = Page()
    made.lines(LEFT, 780, [SENTENCE, "还没有修完。"])
    for height in heights:
        made.rule(LEFT, height, RIGHT, height)
    for index, (x, y, text) in enumerate(cells):
        made.text(x, y, text, 11, bold=index < bold)
    made.lines(LEFT, 400, ["表后面又说了一句话。"])
    return made


def rows(made: Page) -> list[str]:
    return [block.text for block in read(pdf([made]), "甲.pdf").blocks if block.kind is Kind.TABLE]


def test_three_rules_and_lines_between_them() -> None:
    cells = [(100, 684, "桥名"), (220, 684, "长（米）"), (340, 684, "修于")]
    cells += [(100, 660, "石桥"), (220, 660, "40"), (340, 660, "明代"), (100, 640, "木桥"), (220, 640, "8")]
    assert rows(ruled((700, 676, 630), cells, bold=3)) == ["桥名\t长（米）\t修于", "石桥\t40\t明代", "木桥\t8\t"]


def test_its_bold_head_is_no_heading() -> None:
    cells = [(100, 684, "桥名"), (220, 684, "长（米）"), (100, 660, "石桥"), (220, 660, "40")]
    blocks = read(pdf([ruled((700, 676, 650), cells, bold=2)]), "甲.pdf").blocks
    assert [block.text for block in blocks if block.heading is not None] == []
    assert [block.text for block in blocks][-1] == "表后面又说了一句话。"


def test_cells_of_several_lines_beside_one_in_the_middle() -> None:
    cells = [(100, 684, "工序"), (200, 684, "做什么")]
    cells += [(200, 660, "把泥和好，醒一夜，第二天早上再和一遍，"), (100, 653, "和泥"), (200, 646, "直到不粘手")]
    cells += [(200, 624, "窑要封严，火先小后大，小火烧一天一夜，"), (100, 617, "烧窑"), (200, 610, "大火烧两天")]
    assert rows(ruled((700, 676, 600), cells)) == [
        "工序\t做什么",
        "和泥\t把泥和好，醒一夜，第二天早上再和一遍，直到不粘手",
        "烧窑\t窑要封严，火先小后大，小火烧一天一夜，大火烧两天",
    ]


def test_cells_of_several_lines_beside_one_at_the_top() -> None:
    cells = [(100, 684, "工序"), (200, 684, "做什么")]
    cells += [(100, 660, "和泥"), (200, 660, "把泥和好，醒一夜，第二天早上再和一遍，"), (200, 646, "直到不粘手")]
    cells += [(100, 628, "烧窑"), (200, 628, "窑要封严，火先小后大，小火烧一天一夜，"), (200, 614, "大火烧两天")]
    assert rows(ruled((700, 676, 600), cells))[1:] == [
        "和泥\t把泥和好，醒一夜，第二天早上再和一遍，直到不粘手",
        "烧窑\t窑要封严，火先小后大，小火烧一天一夜，大火烧两天",
    ]


def test_a_name_for_several_rows() -> None:
    cells = [(100, 684, "村名"), (220, 684, "桥名"), (340, 684, "长度")]
    cells += [(220, 660, "石桥"), (340, 660, "40"), (100, 640, "上村"), (220, 640, "木桥"), (340, 640, "80")]
    cells += [(220, 620, "吊桥"), (340, 620, "60")]
    assert rows(ruled((700, 676, 610), cells)) == ["村名\t桥名\t长度", "\t石桥\t40", "上村\t木桥\t80", "\t吊桥\t60"]


def test_rules_with_text_between_them_are_no_table() -> None:
    made = ruled((700, 650, 600), [])
    made.lines(LEFT, 680, [SENTENCE, "还没有修完。", "", SENTENCE, "又修了一年。"])
    assert rows(made) == []


def test_a_listing_between_rules_is_no_table() -> None:
    cells = [
        (100, 684, "算法一　找最短的路"),
        (100, 660, "1:"),
        (130, 660, "从桥头出发"),
        (100, 640, "2:"),
        (130, 640, "回头"),
    ]
    assert rows(ruled((700, 676, 630), cells)) == []


def test_rules_to_write_on_are_no_table() -> None:
    made = Page()
    for number, (name, value) in enumerate((("姓名", "王小狗"), ("学院", "水利学院"), ("导师", "李二牛"))):
        made.text(LEFT, 700 - 40 * number, name)
        made.text(250, 700 - 40 * number, value)
        made.rule(200, 696 - 40 * number, 400, 696 - 40 * number)
    assert rows(made) == []


def inner_rules(lines: int) -> Page:
    """Three rows of two columns with a rule between these and none at the sides, with so many lines in each cell."""
    made = Page()
    made.lines(LEFT, 780, [SENTENCE, "还没有修完。"])
    below = 700 - 3 * (20 * lines + 6)
    for row in range(4):
        made.rule(LEFT, 700 - row * (20 * lines + 6), RIGHT, 700 - row * (20 * lines + 6))
    made.rule(250, below, 250, 700)
    for row, (name, value) in enumerate((("桥名", "长度"), ("石桥", "四十米"), ("木桥", "八米"))):
        for line in range(lines):
            for x, text in ((100, name), (260, value)):
                made.text(x, 686 - row * (20 * lines + 6) - 20 * line, text, 11)
    return made


def test_rules_between_the_columns_and_none_at_the_sides() -> None:
    assert rows(inner_rules(1)) == ["桥名\t长度", "石桥\t四十米", "木桥\t八米"]


def test_as_many_lines_in_all_cells_are_rows_themselves() -> None:
    assert len(rows(inner_rules(2))) == 3
    assert "桥名桥名桥名\t长度长度长度" not in rows(inner_rules(3))


def test_a_rule_that_stands_and_ones_of_other_widths_are_a_drawing() -> None:
    made = Page()
    for y, right in ((700, 460), (670, 300), (640, 460)):
        made.rule(LEFT, y, right, y)
    made.rule(250, 640, 250, 700)
    for y, name in ((680, "水闸"), (650, "水车")):
        made.text(100, y, name, 11)
        made.text(260, y, "上游", 11)
    assert rows(made) == []


def drawn_over(places: Sequence[float]) -> Page:
    """Lines of text with rules over them, which stand at these places."""
    made = Page()
    made.lines(LEFT, 690, [SENTENCE[:30], SENTENCE[5:] + SENTENCE[:5], "还没有修完。", SENTENCE[2:30]], leading=16)
    for y in (704, 664, 630):
        made.rule(LEFT - 4, y, RIGHT, y)
    for x in places:
        made.rule(x, 630, x, 704)
    return made


def test_a_watermark_whose_rules_go_through_characters_is_no_table() -> None:
    assert rows(drawn_over((LEFT + 6, LEFT + 90, LEFT + 150, LEFT + 210))) == []


def test_a_word_that_sticks_out_of_its_cell_leaves_a_table() -> None:
    made = Page()
    for y in (700, 676, 652):
        made.rule(LEFT, y, RIGHT, y)
    for x in (LEFT, 220, RIGHT):
        made.rule(x, 652, x, 700)
    for y, name, value in ((684, "桥名", "长度"), (660, "石头砌的大石拱桥各一座", "四十米")):
        made.text(95, y, name)
        made.text(240, y, value)
    assert len(rows(made)) == 2
