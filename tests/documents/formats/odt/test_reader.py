"""What of an OpenDocument text is text, its numbers, and what it says of it; each with a near-miss."""

from __future__ import annotations

import pytest

from indexer.errors import ReadError
from indexer.model import Block, Kind, Picture, Role
from tests.documents.conftest import Build, Read
from tests.documents.formats.packages import zipped

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    "office": f"{_BASE}office:1.0",
    "text": f"{_BASE}text:1.0",
    "table": f"{_BASE}table:1.0",
    "style": f"{_BASE}style:1.0",
    "draw": f"{_BASE}drawing:1.0",
    "fo": f"{_BASE}xsl-fo-compatible:1.0",
    "manifest": f"{_BASE}manifest:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def declared(tag: str, inner: str) -> str:
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    return f"<{tag} {names}>{inner}</{tag}>"


def odt(body: str, automatic: str = "", *, styles: str = "", title: str = "") -> bytes:
    content = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "content.xml": declared("office:document-content", content),
            "styles.xml": declared("office:document-styles", f"<office:styles>{styles}</office:styles>"),
            "meta.xml": declared("office:document-meta", f"<office:meta><dc:title>{title}</dc:title></office:meta>"),
        }
    )


def blocks(read: Read, body: str, automatic: str = "", **more: str) -> tuple[Block, ...]:
    return read("甲.odt", odt(body, automatic, **more)).blocks


def texts(read: Read, body: str, automatic: str = "", **more: str) -> list[str]:
    return [block.text for block in blocks(read, body, automatic, **more)]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'


def items(*inner: str, style: str = "L", more: str = "") -> str:
    name = f'text:style-name="{style}"' if style else ""
    return f"<text:list {name} {more}>{''.join(f'<text:list-item>{one}</text:list-item>' for one in inner)}</text:list>"


def number(level: int, number_format: str, more: str = "", tag: str = "list-level-style-number") -> str:
    return f'<text:{tag} text:level="{level}" style:num-format="{number_format}" {more}/>'


LIST = (
    '<text:list-style style:name="L">'
    + number(1, "一, 二, 三, ...", 'style:num-prefix="第" style:num-suffix="章"')
    + number(2, "1", 'text:display-levels="2" loext:num-list-format="%1%-%2%、"')
    + "</text:list-style>"
)


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_spaces_tabs_breaks_spans_and_links(read: Read) -> None:
    body = p('甲<text:s text:c="3"/>乙<text:tab/>丙<text:line-break/>丁') + p(
        "左\n右<text:span>边</text:span>的<text:a>链接</text:a>。"
    )
    assert texts(read, body) == ["甲 乙 丙\n丁", "左 右边的链接。"]


def test_bold_hidden_raised_and_centred_by_style(read: Read) -> None:
    automatic = (
        '<style:style style:family="text" style:name="b"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:family="text" style:name="c" style:parent-style-name="b">'
        '<style:text-properties style:font-weight-asian="normal"/></style:style>'
        '<style:style style:family="text" style:name="v"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:family="text" style:name="s">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:family="text" style:name="up">'
        '<style:text-properties style:text-position="33% 80%"/></style:style>'
        '<style:style style:family="text" style:name="low">'
        '<style:text-properties style:text-position="-8% 80%"/></style:style>'
        '<style:style style:family="text" style:name="even">'
        '<style:text-properties style:text-position="0% 80%"/></style:style>'
        '<style:style style:family="paragraph" style:name="P">'
        '<style:paragraph-properties fo:text-align="center"/></style:style>'
    )
    spans = "".join(f'<text:span text:style-name="{name}">{name}2</text:span>' for name in "bcv")
    places = "".join(f'<text:span text:style-name="{name}">3</text:span>' for name in ("s", "up", "low", "even"))
    body = p(spans + places, "P") + p("丁", "Q")
    first, second = blocks(read, body, automatic)
    assert (first.text, first.bold, first.centered) == ("b2c2³³₃3", ((0, 2),), True)
    assert (second.bold, second.centered) == ((), False)


def test_what_is_not_text(read: Read) -> None:
    body = (
        f"<text:tracked-changes><text:deletion>{p('删去的')}</text:deletion></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{p('目录 1')}</text:index-body></text:table-of-content>"
        + p("正<office:annotation><text:p>批注</text:p></office:annotation>文")
        + f'<text:section text:display="none">{p("藏着的一节")}</text:section><text:section>{p("一节")}</text:section>'
        + f"<text:bibliography><text:index-body>{p('[1] 书')}</text:index-body></text:bibliography>"
    )
    assert texts(read, body) == ["正文", "一节", "[1] 书"]


def test_notes_and_boxes_follow_their_paragraph(read: Read) -> None:
    inner = f"<text:note-citation>1</text:note-citation><text:note-body>{p('第一章 注')}</text:note-body>"
    note = f"<text:note>{inner}</text:note>"
    box = f"<draw:frame><draw:text-box>{p('框里')}</draw:text-box></draw:frame>"
    found = blocks(read, p(f"甲{note}乙{box}") + box + p("丙"))
    assert [(one.text, one.role, one.heading) for one in found] == [
        ("甲乙", Role.BODY, None),
        ("第一章 注", Role.FOOTNOTE, None),
        ("框里", Role.TEXT_BOX, None),
        ("框里", Role.TEXT_BOX, None),
        ("丙", Role.BODY, None),
    ]


def test_how_a_word_is_read(read: Read) -> None:
    ruby = "<text:ruby><text:ruby-base>里</text:ruby-base><text:ruby-text>lǐ</text:ruby-text></text:ruby>"
    assert texts(read, p(f"邻{ruby}间")) == ["邻里间 lǐ"]


# ── numbers, headings ────────────────────────────────────────────────────────────────────────────────────────────────


def test_lists_in_lists(read: Read) -> None:
    body = items(p("甲") + p("又一段") + items(p("乙"), p("丙"), style=""), p("丁") + items(p("戊"), style=""))
    assert texts(read, body, LIST) == ["第一章 甲", "又一段", "一-1、 乙", "一-2、 丙", "第二章 丁", "二-1、 戊"]


@pytest.mark.parametrize(
    ("more", "text"),
    [("", "第一章 乙"), ('text:continue-numbering="true"', "第二章 乙"), ('text:continue-list="x"', "第二章 乙")],
)
def test_a_list_begins_anew_or_goes_on(read: Read, more: str, text: str) -> None:
    body = items(p("甲"), more='xml:id="x"') + p("之间") + items(p("乙"), more=more)
    assert texts(read, body, LIST) == ["第一章 甲", "之间", text]


def test_items_that_say_their_number_and_headers_that_have_none(read: Read) -> None:
    body = (
        f'<text:list text:style-name="L"><text:list-header>{p("头")}</text:list-header>'
        f'<text:list-item text:start-value="4">{p("甲")}</text:list-item>'
        f"<text:list-item>{p('乙')}</text:list-item></text:list>"
    )
    assert texts(read, body, LIST) == ["头", "第四章 甲", "第五章 乙"]


def test_bullets_are_no_numbers(read: Read) -> None:
    style = '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    (one,) = blocks(read, items(p("第一章 甲")), style)
    assert (one.text, one.item, one.heading) == ("第一章 甲", True, None)


def test_headings_are_numbered_by_the_outline_or_by_their_list(read: Read) -> None:
    tag = "outline-level-style"
    levels = number(1, "1", tag=tag) + number(2, "1", 'text:display-levels="2"', tag) + number(3, "", tag=tag)
    outline = f"<text:outline-style>{levels}</text:outline-style>"
    body = h("甲", 1) + h("乙", 2) + h("丙", 2) + h("丁", 3) + h("附", 1, 'text:is-list-header="true"')
    body += h("戊", 1, 'text:restart-numbering="true" text:start-value="7"') + items(h("己", 1))
    found = blocks(read, body, LIST, styles=outline)
    assert [(one.text, one.level) for one in found] == [
        ("1 甲", 1), ("1.1 乙", 2), ("1.2 丙", 2), ("丁", 3), ("附", 1), ("7 戊", 1), ("第一章 己", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "named", "title"), [("T", "别的", "报告"), ("", "报告", "报告"), ("", "别的", "文件名")]
)
def test_title(build: Build, style: str, named: str, title: str) -> None:
    automatic = '<style:style style:family="paragraph" style:name="T" style:parent-style-name="Title"/>'
    assert build("文件名.odt", odt(p("报告", style) + p("正文在此。"), automatic, title=named))[0] == title


# ── tables, packages ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_and_merged_cells(read: Read) -> None:
    cell, covered = "<table:table-cell {}>{}</table:table-cell>", "<table:covered-table-cell/>"
    names = cell.format("", p("名")) + cell.format("", p("数"))
    header = f"<table:table-header-rows><table:table-row>{names}</table:table-row></table:table-header-rows>"
    wide = cell.format('table:number-columns-spanned="2"', p("合计")) + covered
    low = covered + cell.format("", p("3"))
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (wide, low))
    found = blocks(read, f"<table:table>{header}{rows}</table:table>")
    assert [(one.text, one.kind) for one in found] == [
        ("名\t数", Kind.TABLE), ("合计", Kind.TABLE), ("\t3", Kind.TABLE),
    ]  # fmt: skip


def test_a_locked_one_and_one_that_is_something_else(read: Read) -> None:
    manifest = declared("manifest:manifest", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    with pytest.raises(ReadError, match="密码"):
        read("甲.odt", zipped({"META-INF/manifest.xml": manifest, "content.xml": b"\x00\x01"}))
    with pytest.raises(ReadError, match="不是这种文件"):
        read("甲.odt", zipped({"content.xml": declared("office:document-content", "<office:body/>")}))


def test_a_frame_shows_the_first_of_its_pictures_that_a_browser_can(read: Read) -> None:
    def image(href: str) -> str:
        return f'<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{href}"/>'

    frame = f"<draw:frame>{image('Pictures/a.svm')}{image('Pictures/b.png')}{image('Pictures/c.png')}</draw:frame>"
    box = "<draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame>"
    first, second = read("甲.odt", odt(f"<text:p>图{frame}一{box}</text:p>")).blocks
    assert (first.text, first.pictures) == ("图一", (Picture(1, "Pictures/b.png"),))
    assert (second.text, second.pictures) == ("框里", ())
