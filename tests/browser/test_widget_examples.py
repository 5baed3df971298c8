"""The pages of examples/widget as a reader opens them, with the libraries that .ci/run has fetched."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import indexer
from tests.browser.hosts import VENDOR, needs
from tests.support import ROOT

# Where the pages take libraries from, and which of the packages' files that is.
LIBRARIES = {
    "https://unpkg.com/react@18/umd/react.production.min.js": "react/umd/react.production.min.js",
    "https://unpkg.com/react-dom@18/umd/react-dom.production.min.js": "react-dom/umd/react-dom.production.min.js",
    "https://unpkg.com/vue@3/dist/vue.esm-browser.prod.js": "vue/dist/vue.esm-browser.prod.js",
}


@pytest.fixture(scope="module")
def example() -> ModuleType:
    specification = importlib.util.spec_from_file_location("widget_example", ROOT / "examples" / "widget" / "main.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(example: ModuleType, index: indexer.Index) -> Iterator[str]:
    with example.both(index) as (address, _):
        yield address


@pytest.fixture
def online(chromium: Browser) -> Iterator[Page]:
    """A page whose libraries are at hand; nothing is asked of any other host."""

    def give(route: Route) -> None:
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(path=VENDOR / LIBRARIES[route.request.url], content_type="text/javascript", headers=headers)

    context = chromium.new_context(locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route(lambda address: not address.startswith("http://127.0.0.1"), give)
    yield page
    context.close()
    assert faults == []


def test_the_plain_page(online: Page, site: str) -> None:
    online.goto(site)
    online.locator("main input[name=q]").fill("数字经济")
    expect(online.locator("main [role=option]").first).to_contain_text("数字经济")
    online.keyboard.press("Escape")
    online.keyboard.press("Control+k")
    expect(online.get_by_role("dialog")).to_be_visible()
    assert online.locator("header a:text('打开检索')").is_hidden()


@pytest.mark.parametrize("name", ["react", "vue"])
def test_the_pages_of_frameworks(online: Page, site: str, name: str) -> None:
    needs(*(file for file in LIBRARIES.values() if file.startswith(name)))
    online.goto(f"{site}/{name}.html")
    online.locator("input[name=q]").fill("数字经济")
    online.locator("[role=option]").first.click()
    expect(online.locator("blockquote")).to_contain_text("——《数字发展报告》")
