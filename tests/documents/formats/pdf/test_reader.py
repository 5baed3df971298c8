"""PDF files → blocks: paragraphs over lines, columns and pages, what is no text, and files that cannot be read."""

from __future__ import annotations

import re
import resource
import unicodedata
from collections.abc import Sequence

import pytest

from indexer import documents
from indexer.build import isolation
from indexer.build.isolation import Limits
from indexer.documents.formats.pdf import read
from indexer.errors import ReadError
from indexer.model import Block, Kind, Role
from tests.documents.formats.pdf.writer import Page, pdf

# Thirty Han, what a line of 12 points holds between margins of 90 and 450.
FULL = "数据处理者应当建立健全全流程的安全管理制度并且组织开展教育培训"[:30]
# Others; pdfium takes a text that is drawn again for a shadow of the first.
SECOND, THIRD, FOURTH, FIFTH = (FULL[at:] + FULL[:at] for at in (3, 5, 9, 14))
LEFT, TOP = 90, 720


def page(lines: Sequence[str], **places: float) -> Page:
    made = Page()
    made.lines(places.get("x", LEFT), places.get("y", TOP), lines, leading=places.get("leading", 20))
    return made


def blocks(pages: Sequence[Page], *bookmarks: tuple[str, int]) -> tuple[Block, ...]:
    return read(pdf(pages, bookmarks), "甲.pdf").blocks


def texts(*pages: Page) -> list[str]:
    return [block.text for block in blocks(pages)]


class TestParagraphs:
    """Where one begins and where a line only ends."""

    def test_lines_that_are_full_go_on(self) -> None:
        assert texts(page([FULL, SECOND, "就这样。", THIRD, "完了。"])) == [
            FULL + SECOND + "就这样。",
            THIRD + "完了。",
        ]

    def test_a_line_before_a_word_that_had_no_room_is_full(self) -> None:
        short = FULL[:25]
        made = page([FULL, short, "Whoosh2024是一种引擎。", "另一段。"])
        assert texts(made) == [FULL + short + "Whoosh2024是一种引擎。", "另一段。"]

    def test_the_same_line_before_a_short_word_ended(self) -> None:
        short = FULL[:25]
        assert texts(page([FULL, short, "引擎。"])) == [FULL + short, "引擎。"]

    def test_an_indent_opens_one_though_the_line_before_is_full(self) -> None:
        assert texts(page([FULL, "\u3000\u3000" + FULL[:28], "完了。"])) == [FULL, FULL[:28] + "完了。"]

    def test_one_goes_on_over_the_page(self) -> None:
        made = blocks([page(["第一段。", FULL, SECOND]), page(["就这样。", "第三段。"])])
        assert [(block.text, block.page, block.page_end) for block in made] == [
            ("第一段。", 1, 1),
            (FULL + SECOND + "就这样。", 1, 2),
            ("第三段。", 2, 2),
        ]

    def test_numbers_open_one_after_the_end_of_a_sentence(self) -> None:
        first, second = f"第一条{FULL[:26]}。", "第二条国家保护数据。"
        assert texts(page([first, second])) == [first, second]

    def test_numbers_in_the_middle_of_a_sentence_open_none(self) -> None:
        first = f"第一条{FULL[:25]}依照"
        assert texts(page([FULL, first, "第二条规定处理。"])) == [FULL + first + "第二条规定处理。"]

    def test_letters_of_two_lines_are_parted_and_hyphens_vanish(self) -> None:
        line = "the quick brown fox jumps over the lazy dog and then some-"
        assert texts(page([line, "what more words"])) == [
            "the quick brown fox jumps over the lazy dog and then somewhat more words"
        ]

    def test_a_gap_parts(self) -> None:
        made = page([FULL, SECOND, THIRD])
        made.lines(LEFT, TOP - 2 * 20 - 45, [FOURTH, FIFTH])
        assert texts(made) == [FULL + SECOND + THIRD, FOURTH + FIFTH]


class TestColumns:
    """Two columns are read one after the other."""

    LEFT_LINES = tuple(f"左{number}栏的一行文字到此为止了" for number in "一二三四五六七八")
    RIGHT_LINES = tuple(f"右{number}栏的一行文字到此为止了" for number in "一二三四五六七八")

    @pytest.mark.parametrize("interleaved", [False, True])
    def test_left_before_right(self, interleaved: bool) -> None:
        made = Page()
        if interleaved:
            for number, (left, right) in enumerate(zip(self.LEFT_LINES, self.RIGHT_LINES, strict=True)):
                made.text(90, TOP - 20 * number, left)
                made.text(330, TOP - 20 * number, right)
        else:
            made.lines(90, TOP, self.LEFT_LINES)
            made.lines(330, TOP, self.RIGHT_LINES)
        assert "".join(texts(made)) == "".join(self.LEFT_LINES + self.RIGHT_LINES)

    def test_text_drawn_late_between_lines_is_no_column(self) -> None:
        made = page(["第一段。", FULL, SECOND, THIRD, "", "", "", "", "", "", "最后一段。"])
        made.lines(LEFT, TOP - 100, ["后来画的。", "也是后来画的。", "还有。", "再有。", "完。"])
        assert texts(made)[-1] == "最后一段。"


class TestWhatIsDrawn:
    """Bold, characters, spaces, tables."""

    @pytest.mark.parametrize("how", ["name", "stroke"])
    def test_bold(self, how: str) -> None:
        made = page([FULL, SECOND])
        made.text(LEFT, 600, "要点", bold=how == "name", mode=2 if how == "stroke" else 0)
        assert [(block.text, block.bold) for block in blocks([made])][-1] == ("要点", ((0, 2),))

    def test_plain_text_is_not_bold(self) -> None:
        assert [block.bold for block in blocks([page([FULL, SECOND])])] == [()]

    def test_radicals_and_compatibility_forms_are_what_people_type(self) -> None:
        assert texts(page(["⽇⽉⻅⾦\uf900ＡＢ，"])) == ["日月见金豈ＡＢ，"]

    def test_every_kangxi_radical(self) -> None:
        radicals = [chr(code) for code in range(0x2F00, 0x2FD6)]
        rows = ["".join(radicals[at : at + 30]) for at in range(0, len(radicals), 30)]
        assert "".join(texts(page(rows))) == unicodedata.normalize("NFKC", "".join(radicals))

    def test_a_space_between_han_needs_a_gap(self) -> None:
        made = Page()
        for x, word in ((90, "数据"), (116, "安全"), (150, "手册"), (210, "附录")):
            made.text(x, TOP, word)
        assert texts(made) == ["数据安全 手册\u3000附录"]

    def test_a_ruled_table_is_rows_and_a_frame_is_none(self) -> None:
        made = page(["表前的话。"])
        for y in (600, 570, 540):
            made.rule(90, y, 390, y)
        for x in (90, 190, 390):
            made.rule(x, 540, x, 600)
        for y, cells in ((580, ("项目", "金额")), (550, ("数据", "一百"))):
            made.text(95, y, cells[0])
            made.text(195, y, cells[1])
        for y in (300, 200):
            made.rule(90, y, 390, y)
        for x in (90, 390):
            made.rule(x, 200, x, 300)
        made.text(95, 250, "框里的话。")
        assert [(block.text, block.kind) for block in blocks([made])] == [
            ("表前的话。", Kind.BODY),
            ("项目\t金额", Kind.TABLE),
            ("数据\t一百", Kind.TABLE),
            ("框里的话。", Kind.BODY),
        ]


class TestAroundTheText:
    """Running heads, page numbers, contents, bookmarks."""

    def test_running_heads_and_page_numbers_go(self) -> None:
        pages = []
        words = ("甲说了一段话。", "这里是别的话。", "还有另一段。", "到此为止了。")
        for number, said in enumerate(words, 1):
            made = page([said])
            made.text(200, 800, f"数据手册 第{number}版")
            made.text(290, 40, f"- {number} -")
            pages.append(made)
        parsed = read(pdf(pages), "甲.pdf")
        assert [block.text for block in parsed.blocks] == list(words)
        assert "数据手册第1版" in parsed.dropped

    @pytest.mark.parametrize("marks", [("①", "②"), ("1 ", "2 "), ("[1]", "[2]"), ("＊", "†")])
    def test_notes_at_the_foot_stand_outside_the_text(self, marks: tuple[str, str]) -> None:
        first, second = Page(), page(["就这样。", THIRD, FOURTH, "完了。"])
        first.lines(LEFT, TOP, [FULL, SECOND, THIRD, FOURTH, FIFTH], leading=20)
        first.lines(LEFT, 130, [f"{marks[0]}见李某《渡口志》，这一句比较长，所以要折", "到第二行。"], 9, leading=12)
        first.lines(LEFT, 100, [f"{marks[1]}同上，第三页。"], 9, leading=12)
        made = blocks([first, second])
        whole = FULL + SECOND + THIRD + FOURTH + FIFTH + "就这样。"
        assert [(block.text, block.role, block.page) for block in made] == [
            (whole, Role.BODY, 1),
            (
                f"{marks[0].strip()}见李某《渡口志》，这一句比较长，所以要折到第二行。".replace("1见", "1 见"),
                Role.FOOTNOTE,
                1,
            ),
            (f"{marks[1].strip()}同上，第三页。".replace("2同", "2 同"), Role.FOOTNOTE, 1),
            (THIRD + FOURTH + "完了。", Role.BODY, 2),
        ]

    @pytest.mark.parametrize(
        "lines",
        [["1.黄豆", "2.豆腐"], ["大豆三斤", "豆腐两块"], ["3 黄豆", "4 豆腐"]],
        ids=["list", "no marks", "no count"],
    )
    def test_small_type_that_is_no_note_stays_in_the_text(self, lines: list[str]) -> None:
        made = page([FULL, SECOND, THIRD, FOURTH, "完了。"])
        made.lines(LEFT, 110, lines, 9, leading=12)
        assert {block.role for block in blocks([made])} == {Role.BODY}

    def test_works_listed_at_the_end_are_no_notes(self) -> None:
        made = page([FULL, SECOND, THIRD, FOURTH, "完了。"])
        made.text(LEFT, 150, "参考文献")
        made.lines(LEFT, 120, ["[1]李某：《渡口志》。", "[2]王某：《桥记》。"], 9, leading=12)
        assert {block.role for block in blocks([made])} == {Role.BODY}

    def test_headings_that_open_three_pages_are_no_running_heads(self) -> None:
        lines = (FULL, SECOND, THIRD, FOURTH, FIFTH, FULL[::-1])
        made = [
            page([f"第{number}章：", line, line[:9] + "。"], y=760)
            for number, line in zip("三五八九", lines, strict=False)
        ]
        assert [text for text in texts(*made) if text.startswith("第")] == [f"第{number}章：" for number in "三五八九"]
        heads = [
            page([f"第{number}章：", line, line[:9] + "。"], y=760)
            for number, line in zip("三三三五五五", lines, strict=True)
        ]
        assert not [text for text in texts(*heads) if text.startswith("第")]

    def test_pieces_of_formulas_are_no_headings_for_their_size(self) -> None:
        made = page([FULL, SECOND, THIRD, FOURTH, FIFTH, "完了。"])
        made.text(LEFT, 400, "k1x, x <0", 16)
        made.text(LEFT, 350, "E = E0", 16)
        made.text(LEFT, 300, "附注", 16)
        assert [(block.text, block.level) for block in blocks([made])][1:] == [
            ("k1x, x <0", None),
            ("E = E0", None),
            ("附注", 1),
        ]

    def test_a_title_on_one_page_stays(self) -> None:
        pages = [page([f"这是第{number}段话。"]) for number in "一二三四"]
        pages[0].text(200, 800, "数据手册")
        assert texts(*pages)[0] == "数据手册"

    def test_contents_go_and_what_they_name_stays(self) -> None:
        names = ["第一章总则", "第二章数据", "第三章附则", "第四章其他"]
        contents = page(["目录", *(f"{name}……{number}" for number, name in enumerate(names, 2))])
        parts = [page([name, line, "完了。"]) for name, line in zip(names, (FULL, SECOND, THIRD, FOURTH), strict=True)]
        assert [text for text in texts(contents, *parts) if "章" in text or text == "目录"] == names

    def test_bookmarks_give_levels(self) -> None:
        made = blocks(
            [page(["数据安全概述", FULL, "完了。"]), page(["保护的办法", FULL])], ("数据安全概述", 0), ("保护的办法", 1)
        )
        assert [(block.text, block.level) for block in made if block.level] == [("数据安全概述", 1), ("保护的办法", 1)]

    def test_sizes_give_levels_where_nothing_else_does(self) -> None:
        made = page([FULL, SECOND])
        made.text(LEFT, 770, "大标题", 24)
        made.text(LEFT, 745, "小标题", 16)
        assert [(block.text, block.level) for block in blocks([made])][:2] == [("大标题", 1), ("小标题", 2)]
        assert [block.level for block in blocks([made], ("大标题", 0))][:2] == [1, None]

    def test_a_line_of_a_form_an_item_and_code_are_no_headings_for_their_size(self) -> None:
        made, text = page([FULL, SECOND]), page([FULL, SECOND, THIRD, FOURTH, FIFTH] * 5)
        names = ("水车年年检查和修理的办法", "石桥十年一次检查和修理的办法", "木桥和水闸的检查和修理的办法")
        others = ("电话：1234", "•木板", "<br class=a>")
        for number, line in enumerate((*names, *others)):
            made.text(LEFT, 600 - 40 * number, line, 16)
        assert [block.text for block in blocks([made, text]) if block.level] == list(names)

    def test_a_larger_size_that_is_text_too_is_not_bold(self) -> None:
        text, large = page([FULL, SECOND, THIRD, FOURTH, "完了。"]), page([])
        large.lines(LEFT, TOP, ["水车每年修一次。", "石桥", "木桥十年换一次板。", "水闸由轮值的人看守。"], 14, 50)
        assert [block.bold for block in blocks([text, large])][1:] == [(), (), (), ()]
        few = page([])
        few.lines(LEFT, TOP, ["石桥"], 14)
        assert blocks([text, few])[-1].bold == ((0, 2),)

    @pytest.mark.parametrize(("bookmark", "level"), [("三、闸门(一):钢索", 1), ("三、闸门[一]:钢索", None)])
    def test_a_bookmark_with_marks_of_another_width(self, bookmark: str, level: int | None) -> None:
        made = page(["三、闸门（一）：钢索", FULL, "完了。"])
        assert blocks([made], (bookmark, 0))[0].level == level

    def test_a_bookmark_that_names_a_sentence_gives_no_level(self) -> None:
        sentence = "水车每年修一次，石桥十年修一次，由各村轮流出人。"
        made = blocks([page([sentence, "数据手册", FULL])], (sentence, 0), ("数据手册", 0))
        assert [(block.text, block.level) for block in made][:2] == [(sentence, None), ("数据手册", 1)]

    def test_a_bookmark_of_half_a_character_is_passed_over(self) -> None:
        content = pdf([page(["大标题", FULL])], [("大标题", 0), ("坏的", 0)])
        broken = content.replace("坏的".encode("utf-16-be").hex().encode(), b"d8005927")
        assert broken != content
        assert [block.level for block in read(broken, "甲.pdf").blocks][:2] == [1, None]

    def test_a_title_counts_where_it_is_shown(self) -> None:
        shown = pdf([page(["数据手册", FULL])], title="数据手册")
        labelled = pdf([page(["题目：数据手册", FULL])], title="数据手册")
        ending = pdf([page(["石桥镇水利局数据手册", FULL])], title="数据手册")
        other = pdf([page(["数据手册", FULL])], title="Microsoft Word - 1.doc")
        titles = [read(content, "甲.pdf").metadata.head_title for content in (shown, labelled, ending, other)]
        assert titles == ["数据手册", "数据手册", None, None]


class TestWhatCannotBeRead:
    """Each says what is wrong and what can be done."""

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("一段话。".encode(), "不是 PDF"),
            (pdf([page([FULL] * 30)])[:900], "不是 PDF"),
            (pdf([page([FULL])], encrypted=True), "密码"),
            (pdf([Page()]), "没有文字"),
            (
                re.sub(
                    rb"(\d+) 0 obj\n<< /Type /Pages /Kids \[\d+ ",
                    rb"\1 0 obj\n<< /Type /Pages /Kids [\1 ",
                    pdf([Page()]),
                ),
                "一页也读不出来",
            ),
        ],
        ids=["text", "truncated", "password", "scan", "pages in a loop"],
    )
    def test_a_sentence_with_a_way_out(self, content: bytes, said: str) -> None:
        with pytest.raises(ReadError) as caught:
            documents.read(content, "甲.pdf")
        assert said in caught.value.message
        assert caught.value.hint

    def test_fonts_without_unicode(self) -> None:
        rubbish = page(["()*+#$!%&'" * 3] * 10)
        with pytest.raises(ReadError, match="Unicode"):
            read(pdf([rubbish]), "甲.pdf")

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("ȮȾSʏǽwʙƟȟʌMƳXʇƖ的ʀeɌË8ǆȟɭʼn", True),
            ("dàoɡkěɡǎofēichánɡɡdàomínɡɑnǚǔ", False),
            ("ngườiđượcươngướcmớithươngrượ", False),
        ],
    )
    def test_letters_that_no_text_is_made_of(self, line: str, said: bool) -> None:
        made = pdf([page([line] * 12)])
        if said:
            with pytest.raises(ReadError, match="Unicode"):
                read(made, "甲.pdf")
        else:
            assert read(made, "甲.pdf").blocks

    def test_signs_in_chinese_are_text(self) -> None:
        assert read(pdf([page(["数()*+#$!%&'" * 2] * 12)]), "甲.pdf").blocks

    def test_many_pages_take_little_memory(self) -> None:
        content = pdf([page([f"第{number}页的话。", FULL, SECOND, THIRD, FOURTH, FIFTH]) for number in range(2000)])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert len({block.page for block in read(content, "甲.pdf").blocks}) == 2000
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 << 10

    def test_a_damaged_table_of_objects_is_made_anew(self) -> None:
        content = pdf([page([FULL, "完了。"])])
        damaged = re.sub(rb"\d{10} 00000 n", b"0000000007 00000 n", content)
        assert [block.text for block in read(damaged, "甲.pdf").blocks] == [FULL + "完了。"]

    def test_a_form_that_holds_itself_ends(self) -> None:
        made = page([FULL, "完了。"])
        made.loop()
        try:
            with isolation.reader(Limits(60)) as reader:
                texts = [block.text for block in reader.parse(pdf([made]), "甲.pdf").blocks]
        except ReadError as error:  # it may end the process
            texts = [error.hint]
        assert all(texts)
