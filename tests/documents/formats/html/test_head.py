"""What a page is called, without the name of its site."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Build, Read


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


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("石桥镇人民政府门户网站", "水车看护办法"),
        ("欢迎访问石桥镇！", "水车看护办法"),
        ("石桥信息网-首页", "水车看护办法"),
        ("Document", "水车看护办法"),
        ("文章详情", "水车看护办法"),
        ("怎样补渔网", "怎样补渔网"),
        ("水车看护办法_石桥镇门户网站", "水车看护办法"),
        ("镇上的网站", "水车看护办法"),
        ("Document 的写法", "Document 的写法"),
    ],
)
def test_a_title_that_only_names_the_site_gives_way_to_a_sole_h1(build: Build, head: str, title: str) -> None:
    page = f"<html><head><title>{head}</title></head><body><h1>水车看护办法</h1><p>水车由村里看护。</p></body></html>"
    assert build("页.html", page)[0] == title


@pytest.mark.parametrize("heading", ["<h2>水车看护办法</h2>", "<h1>石桥镇门户网站</h1>", "<h1>水车</h1><h1>渡船</h1>"])
def test_the_name_of_the_site_is_the_title_where_no_h1_says_more(build: Build, heading: str) -> None:
    page = f"<html><head><title>石桥镇门户网站</title></head><body>{heading}<p>水车由村里看护。</p></body></html>"
    assert build("页.html", page)[0] == "石桥镇门户网站"


def test_what_the_page_calls_its_article_stands_for_the_name_of_the_site(build: Build) -> None:
    head = (
        '<title>石桥镇政务</title><meta name="SiteName" content="石桥镇政务"><meta name="ArticleTitle" content="修桥">'
    )
    assert build("页.html", f"<head>{head}</head><p>河上有桥。</p>")[0] == "修桥"
