"""PDF pages as they are set: which way lines run, what hangs, what white alone parts, what is no text."""

from __future__ import annotations

import pytest

from indexer.documents.formats.pdf import read
from indexer.errors import ReadError
from indexer.model import Kind
from tests.documents.formats.pdf.test_reader import FIFTH, FOURTH, FULL, LEFT, SECOND, THIRD, TOP, blocks, page, texts
from tests.documents.formats.pdf.writer import Page, pdf


class TestDirections:
    """Vertical, rotated and oblique text."""

    def test_vertical_lines_are_read_from_the_right(self) -> None:
        made = Page()
        lines = [SECOND[:20], THIRD[:20], FOURTH[:20], "自項氏。"]
        for number, line in enumerate(lines):
            made.column(400 - 30 * number, TOP, line)
        assert texts(made) == ["".join(lines)]

    def test_a_mark_in_the_corner_of_its_place_stands_in_its_line(self) -> None:
        made = Page()
        made.column(400, TOP, "太史公讀秦楚之際")
        made.text(406, TOP - 8 * 12 + 6, "。 ")
        made.column(400, TOP - 9 * 12, "發於陳涉虐戾")
        assert texts(made) == ["太史公讀秦楚之際。發於陳涉虐戾"]

    def test_marks_of_vertical_lines_are_what_people_type(self) -> None:
        made = Page()
        made.column(400, TOP, "﹁初作難﹂︵發於陳涉︶︒虐戾滅秦")
        assert texts(made) == ["「初作難」（發於陳涉）。虐戾滅秦"]

    def test_a_short_list_of_single_characters_is_not_vertical(self) -> None:
        made = page(["甲", "乙", "丙", "丁", FULL], leading=14)
        assert texts(made)[-1] == FULL

    @pytest.mark.parametrize("turned", [90.1, 270.1, 180])
    def test_a_rotated_page(self, turned: float) -> None:
        made = Page()
        steps = {90.1: (300, 90, 20, 0), 270.1: (300, 700, -20, 0), 180: (560, 300, 0, 20)}[turned]
        for number, line in enumerate((FULL, "完了。", SECOND, "就这样。")):
            made.text(steps[0] + number * steps[2], steps[1] + number * steps[3], line, 16, turned=turned)
        assert texts(made) == [FULL + "完了。", SECOND + "就这样。"]

    @pytest.mark.parametrize("turned", [0, 180])
    def test_a_font_of_a_size_below_zero_in_a_matrix_that_turns_it_back(self, turned: float) -> None:
        made = Page()
        steps = (560, 300, 20) if turned else (LEFT, TOP, -20)
        for number, line in enumerate((FULL, SECOND, "就这样。")):
            made.text(steps[0], steps[1] + number * steps[2], line, scale=-1, turned=turned)
        assert texts(made) == [FULL + SECOND + "就这样。"]

    def test_what_lies_obliquely_over_a_page_is_no_text(self) -> None:
        made = page([FULL, SECOND])
        made.text(150, 500, "内部资料", 40, turned=45)
        parsed = read(pdf([made]), "甲.pdf")
        assert [block.text for block in parsed.blocks] == [FULL + SECOND]
        assert "内部资料" in parsed.dropped

    def test_what_lies_outside_the_page_is_not_shown(self) -> None:
        made = page([FULL])
        made.text(700, 300, "裁掉的话。")
        made.size = (50, 100, 595, 842)
        assert texts(made) == [FULL]


class TestLayers:
    """Text that is there only to be found."""

    def test_the_layer_of_a_scan_has_one_size_and_is_recognised(self) -> None:
        made = Page()
        for number, line in enumerate((FULL, SECOND, "完了。")):
            made.text(LEFT, TOP - 20 * number, line, 12 + number % 2 / 2, mode=3)
        made.image()
        parsed = read(pdf([made, page([FULL])]), "甲.pdf")
        assert parsed.blocks[0].text == FULL + SECOND + "完了。"
        assert parsed.recognized == (1,)
        assert {block.level for block in parsed.blocks} == {None}

    def test_text_under_an_image_is_its_layer_and_text_over_it_is_not(self) -> None:
        under, over = page([FULL, SECOND]), Page()
        under.image()
        over.image()
        over.lines(LEFT, TOP, [FULL, SECOND])
        assert read(pdf([under, over]), "甲.pdf").recognized == (1,)

    def test_hidden_text_without_an_image_is_not_shown(self) -> None:
        made = page([FULL, SECOND])
        made.text(LEFT, 300, "关键词堆砌", mode=3)
        assert texts(made) == [FULL + SECOND]


class TestHanging:
    """Numbers and marks that hang to the left of the rest, and blocks that are set in."""

    def test_what_hangs_opens_and_the_rest_goes_on(self) -> None:
        made = page([f"1.1 {FULL[:28]}"])
        made.lines(LEFT + 30, TOP - 20, [SECOND[:26], "完了。"])
        made.lines(LEFT, TOP - 60, [f"1.2 {THIRD[:28]}"])
        made.lines(LEFT + 30, TOP - 80, ["就这样。"])
        assert texts(made) == [f"1.1 {FULL[:28]}{SECOND[:26]}完了。", f"1.2 {THIRD[:28]}就这样。"]

    def test_marks_of_lists_open(self) -> None:
        assert texts(page([f"\uf0b7{FULL[:29]}", SECOND, f"\uf0b7{THIRD[:20]}"])) == [
            f"•{FULL[:29]}{SECOND}",
            f"•{THIRD[:20]}",
        ]

    def test_numbers_that_count_open_though_no_sentence_ended(self) -> None:
        made = page([f"1、{FULL[:20]}", f"2、{SECOND[:26]}", f"3、{THIRD[:20]}"])
        made.lines(LEFT, TOP - 60, [FOURTH])
        assert texts(made)[:3] == [f"1、{FULL[:20]}", f"2、{SECOND[:26]}", f"3、{THIRD[:20]}"]

    def test_a_block_with_margins_of_its_own(self) -> None:
        made = page([FULL, "完了。"])
        made.lines(LEFT + 48, TOP - 60, [SECOND[:22], THIRD[:22], FOURTH[:22], "就这样。"])
        made.lines(LEFT, TOP - 160, [FIFTH, "到此为止。"])
        assert texts(made) == [
            FULL + "完了。",
            SECOND[:22] + THIRD[:22] + FOURTH[:22] + "就这样。",
            FIFTH + "到此为止。",
        ]

    def test_a_sentence_goes_on_to_the_left_of_its_first_line(self) -> None:
        made = page([FULL, "完了。"])
        made.lines(LEFT + 72, TOP - 60, [SECOND[:24]])
        made.lines(LEFT + 48, TOP - 80, ["就这样。", "另一段。"])
        assert texts(made) == [FULL + "完了。", SECOND[:24] + "就这样。", "另一段。"]

    def test_a_sentence_goes_on_below_its_label(self) -> None:
        made = page([f"防洪守则：{FULL[:25]}"])
        made.lines(LEFT + 60, TOP - 20, [SECOND[:25], "就这样。"])
        assert texts(made) == [f"防洪守则：{FULL[:25]}{SECOND[:25]}就这样。"]

    @pytest.mark.parametrize("opening", ["（二）", "备注："])
    def test_a_number_or_a_label_below_opens_one(self, opening: str) -> None:
        made = page([f"防洪守则：{FULL[:25]}"])
        made.lines(LEFT + 60, TOP - 20, [f"{opening}{SECOND[:10]}"])
        assert len(texts(made)) == 2

    def test_a_block_that_is_set_in_goes_on_over_the_page(self) -> None:
        first, second = page([FULL, "完了。"]), page([])
        first.lines(LEFT + 48, TOP - 60, [THIRD[:26], FOURTH[:26]])
        second.lines(LEFT + 48, TOP, ["就这样。"])
        second.lines(LEFT, TOP - 40, [FIFTH, "到此为止。"])
        assert texts(first, second) == [FULL + "完了。", THIRD[:26] + FOURTH[:26] + "就这样。", FIFTH + "到此为止。"]

    @pytest.mark.parametrize(("mark", "paragraphs"), [("，", 1), ("的", 2)])
    def test_the_larger_first_line_of_a_sentence(self, mark: str, paragraphs: int) -> None:
        made = page([SECOND, "完了。"])
        made.text(LEFT + 24, TOP - 60, f"七、修桥须自己动手{mark}不得转给别人包下来再分到别村", 14)
        made.lines(LEFT, TOP - 82, ["的人去做。"])
        assert len(texts(made)) == 1 + paragraphs

    @pytest.mark.parametrize(("mark", "paragraphs"), [("，", 1), ("", 2)])
    def test_a_centred_sentence_of_two_lines(self, mark: str, paragraphs: int) -> None:
        made = page([FULL, SECOND, THIRD, "完了。"])
        made.lines(LEFT + 126 - 6 * len(mark), TOP - 100, [f"本手册写给修桥的人{mark}"])
        made.lines(LEFT + 108, TOP - 120, ["请放在手边随时查看为好吧"])
        assert len(texts(made)) == 1 + paragraphs

    @pytest.mark.parametrize(("mark", "items"), [("Ø", 2), ("O", 1)])
    def test_the_arrow_of_wingdings_opens_an_item(self, mark: str, items: int) -> None:
        made = page([f"{mark}{FULL[:28]}", f"{mark}{SECOND[:20]}"])
        assert len(texts(made)) == items

    def test_verse_is_no_block(self) -> None:
        verse = [
            "不薄今人爱古人，清词丽句必为邻。",
            "窃攀屈宋宜方驾，恐与齐梁作后尘。",
            "王杨卢骆当时体，轻薄为文哂未休。",
        ]
        assert texts(page([FULL, "完了。", *verse]))[1:] == verse


class TestWhite:
    """Spaces between characters, and rows of tables without rules."""

    def test_a_spaced_out_line_has_no_spaces(self) -> None:
        made = page([FULL, SECOND])
        made.text(LEFT, 300, "投标人须知", spacing=12)
        assert texts(made)[-1] == "投标人须知"

    def test_full_width_letters_set_closely_are_words(self) -> None:
        made = page([FULL])
        made.text(LEFT, 300, "Ｈｅａｐ", spacing=-6)
        made.text(LEFT + 29, 300, "Ｐｏｏｌ", spacing=-6)
        assert texts(made)[-1] == "Heap Pool"

    def test_full_width_letters_an_em_apart_stay(self) -> None:
        assert texts(page(["附录ＡＢ"])) == ["附录ＡＢ"]

    def test_rows_without_rules(self) -> None:
        made = page([FULL, "完了。"])
        rows = [("字段", "说明", "类型"), ("uid", "用户编号", "int"), ("name", "姓名", "text"), ("sex", "", "int")]
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if cell:
                    made.text(LEFT + 120 * at, TOP - 60 - 20 * number, cell)
        tables = [block.text for block in blocks([made]) if block.kind is Kind.TABLE]
        assert tables == ["字段\t说明\t类型", "uid\t用户编号\tint", "name\t姓名\ttext", "sex\t\tint"]

    def test_blanks_to_fill_in_are_no_rows(self) -> None:
        made = page([FULL])
        for number, (before, after) in enumerate((("招标人：", "（盖章）"), ("日期：", "年"))):
            made.text(LEFT, 300 - 20 * number, before)
            made.text(LEFT + 150 + 70 * number, 300 - 20 * number, after)
        assert {block.kind for block in blocks([made])} == {Kind.BODY}

    def test_text_in_the_frame_of_a_form_is_paragraphs(self) -> None:
        made = Page()
        for y in (700, 670, 640, 500):
            made.rule(90, y, 460, y)
        made.rule(90, 500, 90, 700)
        made.rule(460, 500, 460, 700)
        made.rule(200, 640, 200, 700)
        for y, name, value in ((680, "姓名", "王小狗"), (650, "学号", "二零一七")):
            made.text(95, y, name)
            made.text(205, y, value)
        made.lines(95, 620, [FULL, "完了。", SECOND[:20]])
        assert [(block.text, block.kind) for block in blocks([made])] == [
            ("姓名\t王小狗", Kind.TABLE),
            ("学号\t二零一七", Kind.TABLE),
            (FULL + "完了。", Kind.BODY),
            (SECOND[:20], Kind.BODY),
        ]


class TestAroundTheText:
    """Leaders of contents, running heads that change, the line above an article."""

    def test_entries_with_leaders_go_whatever_they_are_called(self) -> None:
        entries = [f"程序{number}{'.' * 40}{number * 3}" for number in range(1, 6)]
        assert texts(page(["程序列表", *entries, FULL])) == ["程序列表", FULL]

    def test_blanks_of_a_form_are_no_leaders(self) -> None:
        lines = [f"{name}：{'_' * 20}" for name in ("地址", "电话", "传真", "邮箱")]
        assert len(texts(page([*lines, FULL]))) == 5

    def test_running_heads_of_chapters_with_the_number_of_the_page(self) -> None:
        names = ("函数", "函数", "极限", "极限", "微分", "积分")
        pages = []
        for number, name in enumerate(names, 7):
            made = page([f"这是{name}的第{number}段话。"])
            made.text(90, 800, f"{name} 一章")
            made.text(500, 800, str(number))
            pages.append(made)
        assert all("一章" not in text for text in texts(*pages))

    def test_a_heading_with_another_number_stays(self) -> None:
        pages = [page([f"这是第{number}段话。"]) for number in "一二三四五"]
        pages[2].text(90, 800, "表格 2024")
        assert "表格 2024" in texts(*pages)

    def test_the_volume_above_an_article(self) -> None:
        made = page([FULL, SECOND])
        made.text(90, 800, "第38卷 第10期")
        assert texts(made) == [FULL + SECOND]


class TestLegibility:
    """Fonts without their Unicode."""

    @pytest.mark.parametrize(
        "text",
        ["ƒuØáÊëÅÇ•E‰”⁄ØKÔƒâF±ìí⁄OÆ¬°B«eåÆÍÆÜ", "ѐ䇰ᮽδ䇴εᱥ儎ᆜṗӰᢃฯޱⲺ⧥㢸Ựਾ⭞щ⸛ሕᮏᦤҁ"],
        ids=["latin", "anything"],
    )
    def test_signs_at_random(self, text: str) -> None:
        with pytest.raises(ReadError, match="Unicode") as caught:
            read(pdf([page([text[at:] + text[:at] for at in range(20)])]), "甲.pdf")
        assert "--ocr" in caught.value.hint

    @pytest.mark.parametrize("text", ["Les enfants étaient à l’école en été", "བོད་ཡིག་གི་དཔེ་ཆ་ཞིག"])
    def test_other_languages_are_text(self, text: str) -> None:
        assert read(pdf([page([text[at:] + text[:at] for at in range(20)])]), "甲.pdf").blocks
