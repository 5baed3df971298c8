"""Pictures keep their place beside the text, whatever is cut or dropped; addresses of elsewhere are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.blocks import BlockBuilder
from indexer.documents.long_passages import LONGEST, bounded
from indexer.documents.pictures import picture
from indexer.model import Block, Picture
from tests.documents.conftest import Read


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("图/a.png", "图/a.png"),
        ("./a.PNG", "a.PNG"),
        ("../fig/a.jpeg?raw=true#上", "../fig/a.jpeg"),
        ("%E5%9B%BE%201.webp", "图 1.webp"),
        (r"图\a.svg", "图/a.svg"),
        (" a.gif\n", "a.gif"),
        ("图/../b.png", "b.png"),
    ],
)
def test_a_relative_path_of_a_picture_is_one(address: str, source: str) -> None:
    assert picture(address) == Picture(0, source)


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org/a.png", "//example.org/a.png", "/static/a.png", r"\\host\a.png", "C:/a.png"),
        *("data:image/png;base64,AAAA", "cid:a.png", "java\nscript:a.png", "%2Fetc/a.png"),
        *("", "#a.png", "a", "a.emf", "笔记.md", "a\\0%00.png", "图/" * 400 + "a.png"),
    ],
)
def test_what_lies_elsewhere_or_is_no_picture_is_none(address: str) -> None:
    assert picture(address) is None


def pictures(read: Read, name: str, text: str) -> list[tuple[str, list[tuple[int, str, bool]]]]:
    return [
        (block.text, [(each.at, each.source, each.alone) for each in block.pictures])
        for block in read(name, text).blocks
    ]


def test_a_picture_of_markdown_stands_in_its_text_or_above_what_follows(read: Read) -> None:
    text = "首段有![式](式.svg)在内。\n\n![图](图.png)\n\n图1 流程\n\n![远](http://a.example/x.png)\n\n末段。\n\n![尾](尾.gif)\n"
    assert pictures(read, "甲.md", text) == [
        ("首段有在内。", [(3, "式.svg", False)]),
        ("图1 流程", [(0, "图.png", True)]),
        ("末段。", [(3, "尾.gif", True)]),
    ]


def test_markdown_is_read_the_same_where_it_holds_html(read: Read) -> None:
    text = "首段![式](式.svg)在内，![[图 2.png|300]]。\n\n![图](图.png)\n\n图1 流程\n"
    plain, mixed = (pictures(read, "甲.md", text + end) for end in ("", "\n<u>完</u>\n"))
    assert mixed[:-1] == plain
    assert plain[0] == ("首段在内，。", [(2, "式.svg", False), (5, "图 2.png", False)])


def test_a_picture_of_a_page_that_was_saved_is_the_file_beside_it(read: Read) -> None:
    page = (
        '<p>一<img src="a_files/1.png" data-src="https://a.example/1.png" alt="甲  乙">二</p>'
        '<figure><img src="wait.gif" data-src="真.png"><figcaption>图1 题</figcaption></figure>'
        "<p>三<br><br><img src=4.png><br><br>五</p><table><tr><td>六</td><td><img src=7.png></td></tr></table>"
    )
    assert pictures(read, "甲.html", page) == [
        ("一二", [(1, "a_files/1.png", False)]),
        ("图1 题", [(0, "真.png", True)]),
        ("三", []),
        ("五", [(0, "4.png", True)]),
        ("六\t", [(2, "7.png", False)]),
    ]
    assert read("甲.html", page).blocks[0].pictures[0].alt == "甲 乙"


def test_a_picture_stays_where_boilerplate_is_dropped(read: Read) -> None:
    page = "<p>一。</p><img src=a.png><p>分享到：</p><p>二。</p>"
    assert pictures(read, "甲.html", page) == [("一。", []), ("二。", [(0, "a.png", True)])]


def test_a_picture_goes_with_its_part_of_a_long_paragraph() -> None:
    text = "字" * (2 * LONGEST)
    block = Block(text, pictures=(Picture(0, "a.png"), Picture(LONGEST, "b.png"), Picture(len(text), "c.png")))
    (first, second), _ = bounded([block])
    assert first.pictures == (Picture(0, "a.png"),)
    assert second.pictures == (Picture(0, "b.png"), Picture(LONGEST, "c.png"))


@given(st.lists(st.sampled_from(["甲", "乙丙", " ", "\n", "图", "断", "段"]), max_size=12))
def test_none_is_lost_and_none_is_out_of_place(pieces: list[str]) -> None:
    builder = BlockBuilder()
    given_pictures = []
    for number, piece in enumerate(pieces):
        if piece == "图":
            builder.picture(f"{number}.png")
            given_pictures.append(f"{number}.png")
        elif piece == "断":
            builder.line_break()
        elif piece == "段":
            builder.end_paragraph()
        else:
            builder.text(piece)
    blocks = builder.finish()
    shown = [each for block in blocks for each in block.pictures]
    assert [each.source for each in shown] == (given_pictures if blocks else [])
    assert all(0 <= each.at <= len(block.text) for block in blocks for each in block.pictures)
    assert all(list(map(_at, block.pictures)) == sorted(map(_at, block.pictures)) for block in blocks)


def _at(each: Picture) -> int:
    return each.at
