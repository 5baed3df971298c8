"""What programs that make PDF files write: sizes and boxes that are none, marks behind words, heads with a chapter."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.documents import passages
from indexer.documents.formats.pdf.glyphs import _BOLD_NAME
from indexer.documents.formats.pdf.pages import read_pages
from indexer.documents.formats.pdf.reader import _open
from indexer.model import Kind
from tests.documents.formats.pdf.test_reader import FULL, LEFT, SECOND, THIRD, TOP, blocks, page, texts
from tests.documents.formats.pdf.writer import Page, pdf


def headings(*pages: Page, bookmarks: tuple[tuple[str, int], ...] = ()) -> list[str]:
    found = documents.read(pdf(pages, bookmarks), "甲.pdf").blocks
    return [block.heading for block in found if block.heading]


def title(*pages: Page) -> str:
    return passages.build("d", "文件名", documents.read(pdf(pages), "甲.pdf"))[0]


class TestGlyphs:
    """Sizes, boxes and weights that files claim."""

    @pytest.mark.parametrize("scale", [0.75, 1, 10])
    def test_a_size_is_what_is_shown(self, scale: float) -> None:
        made = Page()
        for number, line in enumerate((FULL, SECOND, "完了。", "另一段。")):
            made.text(LEFT, TOP - 20 * number, line, 12, scale=scale)
        (read,) = read_pages(_open(pdf([made])), None).pages
        assert {line.size for line in read.lines} == {12}
        assert texts(made) == [FULL + SECOND + "完了。", "另一段。"]

    @pytest.mark.parametrize("tall", [False, True])
    def test_boxes_as_high_as_pages_are_not_believed(self, tall: bool) -> None:
        made = page(["桥归市里管。", "井归街道管。", "路归区里管。"])
        assert [block.text for block in documents.read(pdf([made], tall=tall), "甲.pdf").blocks] == [
            "桥归市里管。",
            "井归街道管。",
            "路归区里管。",
        ]

    def test_the_same_character_in_two_sizes_is_two(self) -> None:
        made = Page()
        made.text(240, 600, "的确", 24)
        made.text(120, 300, "的话", 12)
        assert "".join(texts(made)).count("的") == 2

    @pytest.mark.parametrize(
        ("name", "is_bold"),
        [
            ("MicrosoftYaHei", False),
            ("MicrosoftYaHei-Bold", True),
            ("SimHei", True),
            ("ABCDEF+FZHei-B01", True),
            ("SimSun", False),
        ],
    )
    def test_which_fonts_are_bold(self, name: str, is_bold: bool) -> None:
        assert (_BOLD_NAME.search(name) is not None) == is_bold

    @pytest.mark.parametrize(("bold", "found"), [(3, True), (30, False)])
    def test_boldness_says_nothing_where_most_is_bold(self, bold: int, found: bool) -> None:
        made = Page()
        for number in range(30):
            made.text(LEFT, TOP - 20 * number, f"第{number}行写的是一件小事。", bold=number < bold)
        assert any(block.bold for block in blocks([made])) == found


class TestLines:
    """What belongs to a line, and what opens one."""

    def test_a_small_stop_after_what_is_raised_ends_its_line(self) -> None:
        made = Page()
        made.text(LEFT, TOP, "工程管理专业发展")
        made.text(LEFT + 97, TOP + 6, "［3］", 5)
        made.text(LEFT + 114, TOP + 2, "。 ", 3)
        made.text(LEFT, TOP - 20, "另一段。")
        assert texts(made) == ["工程管理专业发展［3］。", "另一段。"]

    def test_an_item_opens_though_the_one_before_filled_its_line(self) -> None:
        first, second = f"1. {FULL[:28]}", f"2. {SECOND[:20]}"
        assert texts(page([FULL, "完了。", first, second])) == [FULL + "完了。", first, second]

    def test_labels_that_are_drawn_at_once_stand_before_their_text(self) -> None:
        made = Page()
        items = [f"{word}归市里管理，不归街道。" for word in ("大桥", "水井", "道路", "高塔", "码头", "仓库")]
        for number in range(len(items)):
            made.text(LEFT, TOP - 20 * number, f"{number + 1}.")
        for number, item in enumerate(items):
            made.text(LEFT + 30, TOP - 20 * number, item)
        found = texts(made)
        assert [text[:2] for text in found] == ["1.", "2.", "3.", "4.", "5.", "6."]
        assert all(text.endswith(item) for text, item in zip(found, items, strict=True))

    def test_a_number_that_does_not_go_on_opens_none(self) -> None:
        assert len(texts(page([FULL, f"共有 {SECOND[:26]}", f"2. {THIRD[:20]}"]))) == 1

    def test_lines_that_begin_together_are_not_centred(self) -> None:
        made = page([FULL, SECOND, "完了。"])
        made.lines(LEFT + 60, TOP - 100, [THIRD[:19], THIRD[:12]])
        assert not any(block.centered for block in blocks([made]))

    def test_lines_of_a_form_are_not_joined(self) -> None:
        made = page([f"姓名：{FULL[:26]}", f"指导教师：{SECOND[:24]}", "学院：土木"])
        assert len(texts(made)) == 3

    def test_what_stands_at_the_right_ends(self) -> None:
        made = page([FULL, "完了。"])
        made.text(LEFT + 300, TOP - 40, "某年某月")
        made.lines(LEFT, TOP - 60, [SECOND, "完了。"])
        assert texts(made) == [FULL + "完了。", "某年某月", SECOND + "完了。"]


class TestTables:
    """Rules and rectangles."""

    @pytest.mark.parametrize("marked", [False, True])
    def test_rectangles_behind_words_of_a_table_are_no_cells(self, marked: bool) -> None:
        made = Page()
        for y in (700, 660, 600):
            made.rule(90, y, 450, y)
        for x in (90, 150, 450):
            made.rule(x, 600, x, 700)
        cells = [(92, 675, "序号"), (152, 675, "内容"), (92, 625, "17"), (152, 640, "写上份数"), (152, 610, "和日期")]
        for x, y, text in cells:
            if marked:
                made.box(x, y - 2, 12 * len(text), 13)
            made.text(x, y, text)
        found = [block for block in blocks([made]) if block.kind is Kind.TABLE]
        assert [block.text.split("\t")[0] for block in found] == ["序号", "17"]
        assert "写上份数" in found[1].text and "和日期" in found[1].text

    def test_marks_behind_words_of_a_list_are_no_cells(self) -> None:
        made = Page()
        for row, words in enumerate((("dao", "sql"), ("uis", "dto"), ("dbs", "log"))):
            made.text(90, 600 - 17 * row, f"文件放在{words[0]}和{words[1]}里面。")
            for x, width in ((137, 28), (167, 22)):
                made.box(x, 597 - 17 * row, width, 15)
        assert texts(made) == ["文件放在dao和sql里面。", "文件放在uis和dto里面。", "文件放在dbs和log里面。"]

    def test_rectangles_by_themselves_are_cells(self) -> None:
        made = Page()
        for row, texts_of in enumerate((("姓名", "电话"), ("张三", "110"), ("李四", "119"))):
            for column, text in enumerate(texts_of):
                made.drawn.append(f"0.5 w {90 + 100 * column} {600 - 30 * row} 100 30 re S")
                made.text(95 + 100 * column, 608 - 30 * row, text)
        assert [block.text for block in blocks([made])] == ["姓名\t电话", "张三\t110", "李四\t119"]


class TestHeadsAndTitles:
    """What stands above the text."""

    def test_a_head_that_names_the_chapter_beside_the_document_goes(self) -> None:
        chapters = ("起因", "经过", "结果", "影响", "教训")
        made = []
        for chapter in chapters:
            one = page([f"这一页说的是{chapter}，别的不说。", f"{chapter}完了。"])
            one.text(90, 800, chapter * 3, 9)
            one.text(380, 800, "桥梁养护手册草稿", 9)
            made.append(one)
        found = [block.text for block in blocks(made)]
        assert not any("桥梁养护手册草稿" in text for text in found)
        assert len(found) == 2 * len(chapters)

    def test_rows_that_share_a_short_cell_stay(self) -> None:
        made = []
        for number in range(5):
            one = page(["写的是别的事。"])
            one.text(90, 800, f"第{number}次{'试验观测记录结果'[number:]}", 9)
            one.text(380, 800, "合格", 9)
            made.append(one)
        assert sum("合格" in block.text for block in blocks(made)) == 5

    @pytest.mark.parametrize(
        ("foot", "stays"), [("版权声明{roman}", False), ("第 {page} 页", False), ("版权声明{letter}", True)]
    )
    def test_feet_with_the_number_of_their_page_go(self, foot: str, stays: bool) -> None:
        made = []
        for number, (roman, letter) in enumerate(zip(("i", "ii", "iii", "iv"), "甲乙丙丁", strict=True), 1):
            one = page([f"{letter}页的文字在这里。"])
            one.text(90 if "页" not in foot else 400, 40, foot.format(roman=roman, page=number, letter=letter), 9)
            made.append(one)
        kept = any("声明" in block.text or block.text.startswith("第 ") for block in blocks(made))
        assert kept == stays

    def test_a_bookmark_names_the_heading_and_not_the_head_of_its_page(self) -> None:
        one = page([FULL, SECOND, "完了。"], y=600)
        one.text(90, 800, "研究背景", 9)
        one.text(90, 640, "研究背景", 16)
        (first, second, *_) = blocks([one], ("研究背景", 0))
        assert (first.level, second.level) == (None, 1)

    def test_chapters_without_dots_go_with_the_contents(self) -> None:
        listed = page(["1 起因\u3000\u3000\u30001", "1.1 缘由 . . . . . . . . 1", "1.2 时间 . . . . . . . . 2"])
        listed.lines(LEFT, TOP - 60, ["1.3 地点 . . . . . . . . 2", "2 经过\u3000\u3000\u30003"])
        assert texts(listed, page(["写的是别的事。"])) == ["写的是别的事。"]

    @pytest.mark.parametrize(("size", "stays"), [(16, False), (12, True)])
    def test_a_list_that_comes_again_in_larger_type_is_one_of_contents(self, size: float, stays: bool) -> None:
        names = [f"{word}的接口" for word in ("登录", "查询", "下单", "撤单", "余额", "行情", "深度", "历史")]
        made = [page(names)]
        for name in names:
            one = page(["这里写它怎么用。", "还要写返回什么。"], y=650)
            one.text(LEFT, 680, name, size)
            made.append(one)
        found = texts(*made)
        assert (found.count(names[0]) == 2) == stays

    def test_rows_that_end_in_numbers_are_no_contents(self) -> None:
        rows = [f"{name}\u3000\u3000\u3000{number}" for number, name in enumerate(("桥", "井", "路", "塔"), 1)]
        assert [text[0] for text in texts(page(rows))] == ["桥", "井", "路", "塔"]

    def test_the_largest_line_that_opens_a_document_is_its_title(self) -> None:
        made = page([f"{number}、{FULL[:20]}。" for number in "一二三四五六"], y=640)
        made.text(LEFT, 700, "员工手册", 20)
        assert title(made) == "员工手册"

    def test_what_is_centred_on_another_page_is_another_line(self) -> None:
        first, second = Page(), page([FULL, "完了。"], y=640)
        first.text(240, 500, "江城市文印室", 16)
        second.text(240, 760, "养护的办法", 16)
        assert texts(first, second)[:2] == ["江城市文印室", "养护的办法"]

    def test_the_size_of_text_is_not_that_of_its_tables(self) -> None:
        made = page(["桥归市里管。", "井归街道管。"])
        for y in range(600, 440, -20):
            made.rule(90, y, 450, y)
        for x in (90, 270, 450):
            made.rule(x, 460, x, 600)
        for row in range(7):
            made.text(95, 585 - 20 * row, FULL[:14], 9)
            made.text(275, 585 - 20 * row, SECOND[:14], 9)
        assert not any(block.bold for block in blocks([made]))

    def test_a_large_line_below_text_is_no_title(self) -> None:
        made = page([f"{number}、{FULL[:20]}。{THIRD}{SECOND}" for number in "一二三四五六"])
        made.text(LEFT, 500, "员工手册", 20)
        assert title(made) == "文件名"
