"""A page of a built site: its text, the ids that lead to its blocks, and what it says about itself."""

from __future__ import annotations

import pytest

from indexer.documents import read_site_page
from indexer.documents.formats.html.site_page import SitePage
from indexer.errors import ReadError


def read(body: str, head: str = "", attributes: str = "") -> SitePage:
    html = f"<!doctype html><html {attributes}><head><title>页 - 站</title>{head}</head><body>{body}</body></html>"
    return read_site_page(html.encode(), "页.html")


def texts(page: SitePage) -> list[str]:
    return [block.text for block in page.parsed.blocks]


# ── which part is the text ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        "<header>站名</header><main><div>侧栏</div><article><p>正文</p></article></main><footer>页脚</footer>",
        "<header>站名</header><main><p>正文</p></main><footer>页脚</footer>",
        '<div>侧栏</div><div role="main"><p>正文</p></div>',
        "<div>侧栏</div><article><p>正文</p></article>",
        '<div>侧栏</div><section id="main"><p>正文</p></section>',
        "<header>站名</header><div><p>正文</p></div><aside>侧栏</aside><footer>页脚</footer>",
        "<main><p>别的</p><div data-xunzhang-body><p>正文</p></div></main>",
        "<main><p>别的</p></main><div data-pagefind-body><p>正文</p></div>",
    ],
)
def test_the_text_of_a_page(body: str) -> None:
    assert texts(read(body)) == ["正文"]


def test_several_articles_are_all_the_text() -> None:
    assert texts(read("<main><article><p>甲</p></article><article><p>乙</p></article></main>")) == ["甲", "乙"]


def test_all_that_is_marked_is_the_text_in_order_and_once() -> None:
    marked = "<h1 data-pagefind-body>甲</h1><p>乙</p><div data-pagefind-body><p data-pagefind-body>丙</p></div>"
    page = read(marked)
    assert texts(page) == ["甲", "丙"]
    assert page.is_marked
    assert not read("<main>甲</main>").is_marked


def test_tabs_that_are_not_shown_yet_are_text_and_what_is_hidden_otherwise_is_not() -> None:
    tabs = '<div role="tabpanel">甲</div><div role="tabpanel" hidden>乙</div><div hidden>丙</div>'
    assert texts(read(f"<main><p>正文在这里。</p>{tabs}</main>")) == ["正文在这里。", "甲", "乙"]


def test_a_heading_takes_its_section_out_up_to_the_next_of_its_level() -> None:
    body = "<h2 data-search-exclude>甲</h2><p>一</p><h3>乙</h3><p>二</p><h2>丙</h2><p>三</p>"
    assert texts(read(f"<main>{body}</main>")) == ["丙", "三"]


# ── ids ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def anchors(body: str) -> list[tuple[str, str | None]]:
    return [(block.text, block.anchor) for block in read(f"<main>{body}</main>").parsed.blocks]


def test_a_block_has_the_nearest_id_at_it_around_it_or_before_it() -> None:
    body = '<p>零</p><h2 id="a">甲</h2><p>一</p><p id="b">二</p><div id="c"><p>三</p></div><p>四</p>'
    expected = [("零", None), ("甲", "a"), ("一", "a"), ("二", "b"), ("三", "c"), ("四", "c")]
    assert anchors(body) == expected


def test_the_id_of_what_comes_next_is_not_that_of_what_is_open() -> None:
    assert anchors('甲<h2 id="b">乙</h2>') == [("甲", None), ("乙", "b")]


def test_a_heading_without_an_id_has_that_of_the_section_it_opens() -> None:
    assert anchors('<section id="a"><h2>甲</h2><p>一</p></section>') == [("甲", "a"), ("一", "a")]


def test_ids_of_machinery_and_of_what_is_dropped_lead_nowhere() -> None:
    body = '<h2 id="a">甲</h2><nav id="b">目录</nav><input id="__tab_1"><a id="__line_1"></a><p>一</p><a name="d"></a>'
    assert anchors(f"{body}<p>二</p>") == [("甲", "a"), ("一", "a"), ("二", "d")]


# ── what it says about itself ────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_page_says_in_its_head() -> None:
    page = read(
        "<main>甲</main>",
        '<link rel="canonical" href="https://a.example/x/"><meta name="generator" content="mkdocs-1.6.1, material-9">'
        '<meta name="ROBOTS" content="NoIndex, follow">',
        'class="docs-wrapper 甲"',
    )
    assert (page.canonical, page.generator) == ("https://a.example/x/", "mkdocs")
    assert page.classes == {"docs-wrapper", "甲"}
    assert page.is_unlisted
    assert not page.redirects


def test_a_page_that_says_nothing() -> None:
    page = read("<main>甲</main>")
    assert (page.canonical, page.generator, page.classes) == (None, "", frozenset())
    assert not page.is_unlisted
    assert page.is_page


def test_a_page_that_leads_elsewhere() -> None:
    assert read("", '<meta http-equiv="Refresh" content="0; url=/x/">').redirects


def test_a_fragment_is_no_page() -> None:
    assert not read_site_page(b"google-site-verification: a.html", "a.html").is_page


def test_all_that_is_shown_is_there_for_comparison() -> None:
    page = read("<nav>目 录</nav><main>Ａ\u200b甲<script>乙</script></main><!-- 丙 -->")
    assert page.text == "目录a甲"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ReadError):
        read_site_page(b"\xef\xbb\xbf\xff\xfe\xfd", "a.html")
