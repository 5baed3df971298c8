"""The box in a built site: a hit leads to its paragraph on another page, whatever that page's scripts do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response, send_from_directory
from playwright.sync_api import Page, expect

from indexer.static_export import export_site
from tests.browser.conftest import serving
from tests.browser.hosts import ask
from webui.embed import widget

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<script type="module" src="{up}xunzhang/widget.js"></script>{head}</head>
<body><header><xunzhang-search></xunzhang-search></header><main>{text}</main></body></html>"""
TALL = '<div style="height: 4000px"></div>'
# As VitePress does when it has started: to the heading, or to the top.
SCROLLS = """<script>addEventListener("load", () => {
  document.getElementById("end").scrollIntoView();
  document.body.dataset.scrolled = "";
});</script>"""
FILES = {
    "index.html": PAGE.format(title="首页", up="", head="", text='<h1 id="top">首页</h1><p>从这里开始检索。</p>'),
    "指南/index.html": PAGE.format(
        title="指南",
        up="../",
        head=SCROLLS,
        text=f'<h2 id="a">前言</h2><p>同一句话。</p>{TALL}<p>处理者应当保障数据安全。</p><p>同一句话。</p>{TALL}'
        '<h2 id="end">后记</h2>',
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the root of a built site."""
    folder = tmp_path_factory.mktemp("site")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    export_site(folder, scripts={"widget.js": widget.script()})
    app = Flask("site", static_folder=None)

    @app.get("/docs/")
    @app.get("/docs/<path:name>")
    def file(name: str = "") -> Response:
        return send_from_directory(folder, f"{name}index.html" if name.endswith("/") or not name else name)

    with serving(app) as address:
        yield f"{address}/docs/"


def test_a_hit_leads_to_its_paragraph_though_the_page_scrolls(page: Page, site: str) -> None:
    page.goto(site)
    hit = ask(page, "数据安全").first
    expect(hit).to_contain_text("指南")
    hit.click()
    page.wait_for_selector("body[data-scrolled]", state="attached")
    expect(page.get_by_text("处理者应当保障数据安全。", exact=True)).to_be_in_viewport()
    assert page.evaluate("sessionStorage.length") == 0


def test_of_paragraphs_that_read_the_same_each_is_led_to(page: Page, site: str) -> None:
    for number in (0, 1):
        page.goto(site)
        ask(page, "同一句话").nth(number).click()
        page.wait_for_selector("body[data-scrolled]", state="attached")
        expect(page.get_by_text("同一句话。", exact=True).nth(number)).to_be_in_viewport()


def test_a_page_that_is_opened_otherwise_is_left_where_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}指南/#a")
    page.wait_for_selector("body[data-scrolled]", state="attached")
    page.wait_for_selector("xunzhang-search:defined")
    expect(page.get_by_role("heading", name="后记")).to_be_in_viewport()
    expect(page.get_by_text("处理者应当保障数据安全。", exact=True)).not_to_be_in_viewport()
