"""Pages that no browser would mind and a careless reader would not survive."""

from __future__ import annotations

import warnings

import pytest

from indexer.documents.formats.html.reader import parse_html
from tests.documents.conftest import Read


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 4000 + "甲",
        "<b>甲" * 4000,
        "<ul><li>甲" * 2000,
        "<table><tr><td>甲" * 10_000,
        "<dl><dt>甲" * 10_000,
        '<div class="nav">甲' * 2000,
        "<dl><dt>甲" + "<dd>甲" * 3000,
    ],
)
def test_hostile_nesting(read: Read, page: str) -> None:
    text = "".join(block.text for block in read("甲.html", page).blocks)
    assert text.count("甲") == page.count("甲")


def test_a_hidden_text_without_sentences_is_that_of_a_page_that_shows_none() -> None:
    verse = "<br>".join(
        ["石板换过三次", "桥栏修过两回", "石匠姓陈", "今年七十岁", "他的师傅也姓陈", "家在城南", "门前有河", "河上有桥"]
    )
    hidden = f'<div style="visibility:hidden">{verse}</div>'
    assert "门前有河" in [block.text for block in parse_html(f"<p>阿宁</p>{hidden}").blocks]
    assert [block.text for block in parse_html(f"<p>桥通了。</p>{hidden}").blocks] == ["桥通了。"]
    links = "".join(f"<a>{line}</a>" for line in verse.split("<br>"))
    assert [block.text for block in parse_html(f"<p>阿宁</p>{hidden.replace(verse, links)}").blocks] == ["阿宁"]


def test_a_page_that_says_it_is_xml_is_read_without_a_word() -> None:
    page = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><p>河上有桥。</p></html>'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [block.text for block in parse_html(page).blocks] == ["河上有桥。"]


@pytest.mark.parametrize("hidden", ["<!--{}-->", '<img alt="" src="{}">', "<script>{}</script>"])
def test_huge_pieces_do_not_become_text(read: Read, hidden: str) -> None:
    page = f"<p>甲</p>{hidden.format('x' * 11_000_000)}<p>乙</p>"
    assert [block.text for block in read("甲.html", page).blocks] == ["甲", "乙"]


def test_a_hidden_element_is_the_text_of_its_page_only_with_nearly_all_sentences(read: Read) -> None:
    hidden = '<div style="visibility:hidden"><p>第一句。</p><p>第二句，长一些。</p></div>'
    assert [block.text for block in read("甲.html", f"<p>署名</p>{hidden}").blocks] == [
        "署名",
        "第一句。",
        "第二句，长一些。",
    ]
    shown = "<p>外面也有句子。还有一句。</p>"
    assert [block.text for block in read("甲.html", f"{shown}{hidden}").blocks] == ["外面也有句子。还有一句。"]


@pytest.mark.parametrize(
    ("page", "anchor"),
    [
        ('<h2 id="setup">安装</h2>', "setup"),
        ('<h2><a name="setup"></a>安装</h2>', "setup"),
        ('<section id="setup"><h2>安装</h2><p>步骤。</p></section>', "setup"),
        ('<section id="setup"><p>引言。</p><h2>安装</h2></section>', None),
        ('<div id="setup"><p id="other">引言。</p></div><h2>安装</h2>', None),
    ],
)
def test_anchor_of_a_heading(read: Read, page: str, anchor: str | None) -> None:
    (heading,) = (block for block in read("甲.html", page).blocks if block.level)
    assert heading.anchor == anchor
    assert all(block.anchor is None for block in read("甲.html", page).blocks if not block.level)


def test_what_is_dropped_is_kept_as_data(read: Read) -> None:
    page = '<p>正文。</p><div class="related"><a>另一条新闻</a></div><script>var 甲</script><p>【打印本页】</p>'
    parsed = read("甲.html", page)
    assert [block.text for block in parsed.blocks] == ["正文。"]
    assert parsed.dropped == ("另一条新闻", "【打印本页】")
