"""The widget on a static export: the same box, without a server, with the server's answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask, Response, send_from_directory
from playwright.sync_api import Browser, Page, expect

import indexer
from indexer.cli import cli
from tests.browser.conftest import serving
from tests.browser.hosts import TAG, Host, ask

DOCUMENTS = {
    "条例.md": "---\ntitle: 数据条例\nurl: https://a.example/条例\n---\n## 第一章 总则\n\n处理者应当保障数据安全。\n",
    "恶意.md": "---\ntitle: <img src=x onerror=alert(1)>\nurl: javascript:alert(2)\n---\n恶意数据 <b>\n",
    "无址.md": "# 没有地址\n\n" + "很长的一段，" * 40 + "末尾说到跨境。\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("export")
    (place / "语料").mkdir()
    for name, text in DOCUMENTS.items():
        (place / "语料" / name).write_text(text, "utf-8")
    with indexer.create_index(place / "index") as index:
        assert not index.update([place / "语料"]).failed
    made = CliRunner().invoke(cli, ["export-static", str(place / "search"), "--index", str(place / "index")])
    assert made.exit_code == 0, made.output
    return place / "search"


def static_host(folder: Path, origin: str) -> Flask:
    """A host of files that lets one origin read them."""
    app = Flask("static", static_folder=None)

    @app.get("/docs/search/<path:name>")
    def file(name: str) -> Response:
        response = send_from_directory(folder, name)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response

    return app


@pytest.fixture(scope="module")
def static(folder: Path, host: Host) -> Iterator[str]:
    with serving(static_host(folder, host.address)) as address:
        yield f"{address}/docs/search"


def test_it_searches_the_folder(page: Page, host: Host, static: str) -> None:
    host.show(page, TAG.format(server=static, src=f"{static}/", attributes=""))
    hit = ask(page, "数据安全").first
    expect(hit.locator("mark")).to_have_text("数据安全")
    expect(hit).to_contain_text("数据条例 › 第一章 总则")
    expect(hit).to_have_attribute("href", "https://a.example/%E6%9D%A1%E4%BE%8B")
    expect(page.locator("xunzhang-search .count")).to_contain_text("共 1 段")
    assert page.locator("xunzhang-search .more").count() == 0


def test_the_folder_of_the_script_is_searched_where_none_is_named(page: Page, host: Host, static: str) -> None:
    host.show(page, f'<script type="module" src="{static}/widget.js"></script><xunzhang-search></xunzhang-search>')
    expect(ask(page, "保障").first).to_contain_text("数据条例")


def test_an_address_that_is_a_script_is_not_followed(page: Page, host: Host, static: str) -> None:
    host.show(page, TAG.format(server=static, src=static, attributes=""))
    hit = ask(page, "恶意数据").first
    expect(hit).to_contain_text("<img src=x onerror=alert(1)>")
    assert hit.get_attribute("href") is None
    assert page.locator("xunzhang-search :is(img, script)").count() == 0


def test_a_passage_without_an_address_opens_in_place(page: Page, host: Host, static: str) -> None:
    host.show(page, TAG.format(server=static, src=static, attributes=""))
    hit = ask(page, "跨境").first
    hit.click()
    expect(hit.locator(".text")).to_have_text("很长的一段，" * 40 + "末尾说到跨境。")


def test_filters_and_their_faults_are_those_of_the_server(page: Page, host: Host, static: str) -> None:
    host.show(page, TAG.format(server=static, src=static, attributes='document="语料/恶意.md"'))
    expect(ask(page, "数据")).to_have_count(1)
    page.evaluate("document.querySelector('xunzhang-search').kind = '没有的种类'")
    page.locator("xunzhang-search input").fill("安全")
    expect(page.locator("xunzhang-search .failure")).to_contain_text("没有的种类")


def test_a_host_that_lets_nobody_read_is_told(chromium: Browser, host: Host, folder: Path, static: str) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    with serving(static_host(folder, "https://elsewhere.example")) as address:
        host.show(page, TAG.format(server=static, src=f"{address}/docs/search/", attributes=""))
        ask(page, "数据")
        expect(page.locator("xunzhang-search .failure")).to_contain_text("Access-Control-Allow-Origin")
    context.close()


def test_files_that_vanish_are_told(page: Page, host: Host, static: str) -> None:
    host.show(page, TAG.format(server=static, src=static, attributes=""))
    expect(ask(page, "数据").first).to_be_visible()
    page.route(f"{static}/**", lambda route: route.abort())
    page.locator("xunzhang-search input").fill("很长")
    expect(page.locator("xunzhang-search .failure button")).to_be_visible()


def test_a_search_that_was_given_up_leaves_nothing_behind(page: Page, host: Host, static: str) -> None:
    host.show(page, TAG.format(server=static, src=static, attributes=""))
    expect(ask(page, "数据").first).to_be_visible()
    page.evaluate(
        """() => { const real = window.fetch; window.fetch = async (...asked) => {
            await new Promise((done) => setTimeout(done, 700)); return real(...asked); } }"""
    )
    page.locator("xunzhang-search input").fill("很长的")
    page.wait_for_timeout(180)
    page.locator("xunzhang-search input").fill("")
    page.wait_for_timeout(500)
    expect(page.locator("xunzhang-search .combo")).to_be_hidden()
