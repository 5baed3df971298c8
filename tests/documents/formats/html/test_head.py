"""What a page is called, without the name of its site."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<title>城南的桥 - 阿宁的屋子</title><meta property="og:title" content="城南的桥">', "城南的桥"),
        ('<title>城南的桥_江城市政府</title><meta name="ArticleTitle" content="城南的桥">', "城南的桥"),
        ('<title>城南的桥 | 阿宁的屋子</title><meta property="og:site_name" content="阿宁的屋子">', "城南的桥"),
        ('<title>城南的桥 - 阿宁的屋子</title><meta property="og:title" content="另一座桥">', "城南的桥 - 阿宁的屋子"),
        ('<title>城南的桥梁</title><meta property="og:title" content="城南的桥">', "城南的桥梁"),
        ('<title>阿宁的屋子</title><meta property="og:site_name" content="阿宁的屋子">', "阿宁的屋子"),
        ('<title>读阿宁的屋子</title><meta property="og:site_name" content="阿宁的屋子">', "读阿宁的屋子"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(read: Read, head: str, title: str) -> None:
    assert read("页.html", f"<head>{head}</head><p>河上有桥。</p>").metadata.head_title == title


def test_a_title_counts_wherever_it_stands(read: Read) -> None:
    assert read("页.html", "<p>警告</p><title>城南的桥</title><p>河上有桥。</p>").metadata.head_title == "城南的桥"


def test_what_is_drawn_has_titles_of_its_own(read: Read) -> None:
    assert read("页.html", "<svg><title>桥的图标</title></svg><p>河上有桥。</p>").metadata.head_title is None
