"""Whatever is wrong between the widget and its source, it says what, and how to go on; it is never blank."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page, expect

import indexer
import webui
from tests.browser.conftest import serving
from tests.browser.hosts import TAG, Host, ask, tag


@pytest.fixture
def bare(chromium: Browser) -> Iterator[Page]:
    """A page that may complain on its console."""
    context = chromium.new_context(locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def widget_of(script: str, src: str, attributes: str = "") -> str:
    """A widget whose script comes from another place than its answers."""
    return TAG.format(server=script, src=src, attributes=attributes)


def fails(page: Page, *words: str) -> None:
    """The failure is shown, said, and can be tried again."""
    failure = page.locator("xunzhang-search .failure")
    for word in words:
        expect(failure).to_contain_text(word)
    expect(failure.get_by_role("button", name="重试")).to_be_visible()
    expect(page.locator("xunzhang-search [role=status]")).not_to_be_empty()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_vanishes_between_two_keys_is_told_and_asked_again(page: Page, host: Host, allowing: str) -> None:
    host.show(page, tag(allowing))
    hits = ask(page, "数据")
    expect(hits.first).to_be_visible()
    page.route(f"{allowing}/**", lambda route: route.abort())
    page.evaluate("window.told = []; addEventListener('xunzhang:error', ({detail}) => window.told.push(detail))")
    page.locator("xunzhang-search input").press_sequentially("安全")
    fails(page, "连不上检索服务", allowing)
    assert page.evaluate("window.told") == [{"code": "away_elsewhere", "message": "连不上检索服务。"}]
    page.unroute(f"{allowing}/**")
    page.get_by_role("button", name="重试").click()
    expect(hits.first).to_be_visible()
    expect(page.locator("xunzhang-search input")).to_be_focused()


def test_a_server_that_never_was_there_is_told(page: Page, host: Host, allowing: str) -> None:
    host.show(page, widget_of(allowing, f"http://127.0.0.1:{free_port()}/"))
    ask(page, "数据")
    fails(page, "连不上检索服务", f"--allow-origin {host.address}")


def test_a_server_that_does_not_allow_the_site_is_told(
    bare: Page, index: indexer.Index, host: Host, allowing: str
) -> None:
    with serving(webui.create_app(index, allow_origins=["https://elsewhere.example"])) as other:
        host.show(bare, widget_of(allowing, other))
        ask(bare, "数据")
        fails(bare, "不允许这个网站", f"--allow-origin {host.address}")


@pytest.mark.parametrize("src", ["http://", "javascript:alert(1)", "file:///tmp/", "ftp://127.0.0.1/"])
def test_an_address_that_is_none_is_told(page: Page, host: Host, allowing: str, src: str) -> None:
    host.show(page, widget_of(allowing, src))
    ask(page, "数据")
    fails(page, f"{src} 不是寻章的地址", "静态导出的目录")


def test_a_place_where_something_else_is_is_told(page: Page, host: Host, allowing: str) -> None:
    host.show(page, widget_of(allowing, "/"))
    ask(page, "数据")
    fails(page, "不是寻章的地址")


def test_a_server_that_does_not_answer_is_given_up(page: Page, host: Host, allowing: str) -> None:
    release = threading.Event()
    slow = Flask("slow")

    @slow.get("/<path:name>")
    def wait(name: str) -> Response:
        release.wait(20)
        return Response("{}")

    with serving(slow) as address:
        host.show(page, widget_of(allowing, address, 'timeout="3200"'))
        ask(page, "数据")
        expect(page.locator("xunzhang-search .summary")).to_have_text("检索中……")
        expect(page.locator("xunzhang-search .summary")).to_have_text("服务器有些慢，还在等……")
        fails(page, "服务器太久没有回答")
        release.set()


def test_what_the_server_says_is_shown(page: Page, host: Host, allowing: str) -> None:
    host.show(page, tag(allowing, 'kind="没有的种类"'))
    ask(page, "数据")
    fails(page, "没有的种类")


@pytest.mark.parametrize(
    ("status", "body"), [(502, "<h1>Bad Gateway</h1>"), (200, "<html>"), (200, "null"), (503, "{}")]
)
def test_what_is_no_answer_is_a_failure(page: Page, host: Host, allowing: str, status: int, body: str) -> None:
    host.show(page, tag(allowing))
    headers = {"Access-Control-Allow-Origin": host.address}
    page.route("**/api/v1/search*", lambda route: route.fulfill(status=status, body=body, headers=headers))
    ask(page, "数据")
    fails(page, "服务器没有完成" if status >= 500 else "不是寻章的地址")


def test_a_policy_that_stops_it_is_told(bare: Page, host: Host, allowing: str) -> None:
    host.show(bare, tag(allowing), policy=f"default-src 'none'; script-src {allowing}")
    ask(bare, "数据")
    fails(bare, "内容安全策略", f"加上 {allowing}")


def test_a_late_answer_is_dropped(page: Page, host: Host, allowing: str) -> None:
    host.show(page, tag(allowing))
    page.evaluate(
        """() => { const real = window.fetch; window.fetch = async (url, ...rest) => {
            if (String(url).includes(encodeURIComponent("数据"))) await new Promise((done) => setTimeout(done, 900));
            return real(url, ...rest); } }"""
    )
    ask(page, "数据")
    page.wait_for_timeout(250)
    page.locator("xunzhang-search input").fill("软件")
    expect(page.locator("xunzhang-search mark").first).to_have_text("软件")
    page.wait_for_timeout(1_200)
    expect(page.locator("xunzhang-search mark").first).to_have_text("软件")


def test_a_server_that_asks_for_a_token_gets_it(page: Page, index: indexer.Index, host: Host) -> None:
    token = "0123456789abcdef"
    with serving(webui.create_app(index, allow_origins=[host.address], token=token)) as closed:
        host.show(page, tag(closed))
        ask(page, "数据")
        fails(page, "口令")
        page.evaluate("token => document.querySelector('xunzhang-search').token = token", token)
        page.get_by_role("button", name="重试").click()
        expect(page.locator("xunzhang-search [role=option]").first).to_be_visible()
