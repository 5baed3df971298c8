"""Books: pages in the order of the spine, under the headings of the table of contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZipFile

import pytest

from indexer.documents import passages, read
from indexer.errors import ReadError
from indexer.model import Passage
from tests.documents.formats.sheets.workbooks import zipped

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
Contents = Sequence[tuple[str, str]]


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        f"<body>{body}</body></html>"
    )


def ncx(contents: Contents) -> str:
    points = "".join(
        f'<navPoint id="n{at}"><navLabel><text>{title}</text></navLabel><content src="{href}"/></navPoint>'
        for at, (title, href) in enumerate(contents)
    )
    return (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
    )


def book(
    pages: Mapping[str, str], contents: Contents = (), more: Mapping[str, str] | None = None, guide: str = ""
) -> bytes:
    """An EPUB 2 whose pages are in this order, packed in another."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>巷子</dc:title><dc:creator>某人</dc:creator><dc:date>2019-05-01</dc:date><dc:subject>散文</dc:subject>"
        f'</metadata><manifest>{items}<item id="css" href="a.css" media-type="text/css"/>'
        f'<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine>{spine}</spine>'
        f"<guide>{guide}</guide></package>"
    )
    parts = {f"OEBPS/{name}": page(body) for name, body in reversed(pages.items())}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            "OEBPS/toc.ncx": ncx(contents),
            "OEBPS/a.css": "/* .p{font-weight:bold} */ p.t, .u { text-align: center; font-weight: bold }",
            **parts,
            **(more or {}),
        }
    )


def made(content: bytes) -> tuple[Passage, ...]:
    return passages.build("d", "书", read(content, "书.epub"))[1]


def placed(content: bytes) -> list[tuple[str, str]]:
    return [("/".join(one.section), one.text) for one in made(content)]


def test_pages_come_in_the_order_of_the_spine_under_the_table_of_contents() -> None:
    content = book(
        {"b.html": "<p>早 市</p><p>卖菜的来了。</p>", "a.html": "<p>晚市</p><p>灯亮了。</p>"},
        [("早市", "b.html"), ("晚市", "a.html")],
    )
    assert placed(content)[1:] == [
        ("早市", "早 市"),
        ("早市", "卖菜的来了。"),
        ("晚市", "晚市"),
        ("晚市", "灯亮了。"),
    ]
    about = read(content, "书.epub").metadata
    assert (about.title, about.author, about.date, about.tags) == ("巷子", "某人", "2019-05-01", ("散文",))


def test_an_entry_that_the_page_does_not_show_is_a_heading_all_the_same() -> None:
    content = book(
        {"a.html": '<p>灯亮了。</p><p>一。</p><p><a id="x"/>雨下了。</p>'}, [("夜", "a.html"), ("雨", "a.html#x")]
    )
    assert placed(content)[1:] == [("夜", "夜"), ("夜", "灯亮了。"), ("夜", "一。"), ("雨", "雨"), ("雨", "雨下了。")]


def test_notes_are_told_from_the_body() -> None:
    notes = (
        '<aside epub:type="footnote"><p>一、见附录。</p></aside><ol><li class="duokan-footnote-item">又见。</li></ol>'
    )
    found = read(book({"a.html": f"<p>灯亮了。</p>{notes}<aside><p>一、旁白</p></aside>"}), "书.epub").blocks
    assert [(block.text, block.role.value) for block in found] == [
        ("灯亮了。", "body"),
        ("一、见附录。", "footnote"),
        ("又见。", "footnote"),
        ("一、旁白", "body"),
    ]


@pytest.mark.parametrize(("name", "is_heading"), [("Section 3", False), ("Untitled", False), ("第3节", True)])
def test_an_entry_that_a_program_made_up_is_no_heading(name: str, is_heading: bool) -> None:
    found = placed(book({"a.html": "<p>灯亮了。</p>"}, [(name, "a.html")]))[1:]
    assert found == ([(name, name), (name, "灯亮了。")] if is_heading else [("", "灯亮了。")])


@pytest.mark.parametrize(("name", "title"), [("Unknown Title", None), ("未命名", None), ("未名湖", "未名湖")])
def test_a_book_that_nobody_named(name: str, title: str | None) -> None:
    content = zipped_with_title(name)
    assert read(content, "书.epub").metadata.title == title


def zipped_with_title(name: str) -> bytes:
    with ZipFile(BytesIO(book({"a.html": "<p>甲</p>"}))) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    parts["OEBPS/book.opf"] = parts["OEBPS/book.opf"].replace("巷子".encode(), name.encode())
    return zipped(parts)


def test_an_entry_that_leads_to_the_page_beside_its_own_is_put_right() -> None:
    pages = {"a.html": "<p>春</p><p>花开。</p>", "b.html": "<p>夏</p><p>蝉鸣。</p>", "c.html": "<p>秋</p><p>叶落。</p>"}
    content = book(pages, [("春", "a.html"), ("夏", "c.html"), ("秋", "c.html")])
    assert [section for section, _ in placed(content)[1:]] == ["春", "春", "夏", "夏", "秋", "秋"]


STORY = {f"{name}.html": f"<h2>{name}</h2><p>{name}天以后，船到了。</p>" for name in "一二三四五"}


def test_entries_that_lag_behind_are_put_right_by_the_order_of_the_pages() -> None:
    lagging = [
        ("扉页", "o.html"),
        ("上部", "一.html"),
        ("一", "一.html"),
        *zip("二三四五", [f"{at}.html" for at in "一二二三"], strict=True),
    ]
    content = book({"o.html": "<p>印于石桥。</p>", **STORY}, lagging)
    assert placed(content)[1:] == [
        ("扉页", "扉页"),
        ("扉页", "印于石桥。"),
        ("上部", "上部"),
        *((name, text) for name in "一二三四五" for text in (name, f"{name}天以后，船到了。")),
    ]


def test_entries_that_lead_to_their_pages_are_believed() -> None:
    right = [(f"{name}", f"{name}.html") for name in "一二三四五"]
    content = book({**STORY, "z.html": "<p>一</p><p>另一个一。</p>"}, [*right, ("一", "z.html")])
    assert placed(content)[-1] == ("一", "另一个一。")
    assert [text for section, text in placed(content) if section == text] == [*"一二三四五", "一"]


def test_headings_of_the_page_stand_below_those_of_the_contents() -> None:
    content = book(
        {"a.html": "<h1>城</h1><h2>桥</h2><p>石头的。</p>", "b.html": "<h1>乡</h1>"},
        [("城", "a.html"), ("乡", "b.html")],
    )
    assert placed(content)[1:] == [("城", "城"), ("城/桥", "桥"), ("城/桥", "石头的。"), ("乡", "乡")]


def test_without_contents_the_headings_are_those_of_the_pages() -> None:
    assert placed(book({"a.html": "<h2>桥</h2><p>石头的。</p>"}))[1:] == [("桥", "桥"), ("桥", "石头的。")]


def test_a_page_that_lists_the_others_has_no_sections() -> None:
    names = ["一、桥", "二、井", "三、树", "四、塔"]
    pages = {"toc.html": "<p>目录</p>" + "".join(f"<p>{name}</p>" for name in names)}
    pages |= {f"{at}.html": f"<p>{name}</p><p>在这里。</p>" for at, name in enumerate(names)}
    content = book(pages, [("目录", "toc.html"), *((name, f"{at}.html") for at, name in enumerate(names))])
    assert [section for section, _ in placed(content)[1:6]] == ["目录"] * 5


def test_the_cover_is_left_out_and_nothing_else() -> None:
    pages = {"cover.html": "<p>封面上的字</p>", "a.html": "<p>正文。</p>"}
    cover = '<reference type="cover" href="cover.html"/>'
    assert [text for _, text in placed(book(pages, guide=cover))] == ["巷子", "正文。"]
    assert [text for _, text in placed(book(pages))] == ["巷子", "封面上的字", "正文。"]


def test_classes_say_what_is_bold() -> None:
    blocks = read(
        book({"a.html": '<p class="t">桥</p><p class="p">石头的。</p><p>有<b class="u">字</b>。</p>'}), "书.epub"
    ).blocks
    assert [(block.text, bool(block.bold), block.centered) for block in blocks] == [
        ("桥", True, True),
        ("石头的。", False, False),
        ("有字。", True, False),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (book({"a.html": "<p>甲</p>"})[:-60], "损坏"),
        (zipped({"甲.txt": "甲"}), "container.xml"),
        (book({"a.html": "甲"}, more={"META-INF/container.xml": "<a><b></a>"}), "不是完好的 XML"),
        (
            book(
                {"a.html": "甲"},
                more={
                    "META-INF/encryption.xml": '<e xmlns="x"><EncryptionMethod Algorithm="http://www.w3.org/aes"/></e>'
                },
            ),
            "版权保护",
        ),
        (
            book({"a.html": "甲"}, more={"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "哈">]><a>&b;</a>'}),
            "不安全",
        ),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(content, "书.epub")


def test_garbled_fonts_alone_are_no_protection() -> None:
    fonts = '<e xmlns="x"><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></e>'
    assert placed(book({"a.html": "<p>甲</p>"}, more={"META-INF/encryption.xml": fonts}))[-1] == ("", "甲")
