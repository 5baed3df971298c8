"""Hostile queries, names, titles and texts never become markup, and every state is accessible in light and dark."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.actions import searched

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "{{7*7}}${7*7}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_query_is_text(page: Page, attack: str) -> None:
    page.goto("/")
    page.locator("#q").fill(attack)
    searched(page, attack)
    assert page.locator("#page img, #page script, #page svg:not(.map svg), a[href^='javascript:']").count() == 0
    page.goto(f"/?q={quote(attack)}&tag={quote(attack)}&lang=en")
    expect(page.locator(".chips")).to_contain_text(attack)
    expect(page.locator("#q")).to_have_value(attack)


def test_hostile_documents_are_text(page: Page) -> None:
    for address in ("/?q=恶意数据", "/?q=onerror", "/documents", "/?kind=title", "/?q=恶意&group=document&sort=order"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("<")
        assert page.locator("main img, main script, main [onerror], a[href^='javascript:']").count() == 0
    page.goto("/")
    page.locator("#q").press_sequentially("script")
    page.wait_for_timeout(600)
    assert page.locator("header img, header script").count() == 0


# Address, and what is done there before it is looked at.
STATES = {
    "home": "/",
    "results": "/?q=数据",
    "filtered": "/?q=数据&section=二、数字政府&tag=报告&year=2021",
    "grouped": "/?q=数据 安全&group=document&collapse=text&sort=order",
    "partial": "/?q=数据共享 安全",
    "section": "/?q=软件 活跃&scope=section",
    "warnings": "/?q=数据 OR",
    "nothing": "/?q=鱻龘&tag=报告&match=all",
    "error": "/?sort=size&q=x",
    "missing": "/nothing",
    "values": "/filters/section?q=数据&find=数据",
    "documents": "/documents",
    "documents found": "/documents?folder=语料&find=数据&sort=-date",
    "named": "/?q=数据条例",
    "folded": "/?q=数&tag=报告&collapse=section",
    "years": "/?q=数据&year=2022..2023",
    "one document": "/?q=数据&document=语料/条例.md&section=第二章 数据存储",
    "compare": "/compare?q=数据",
    "too long": f"/?q={'数' * 1_001}",
    "help": "/help",
    "english": "/?q=数据 OR&lang=en&tag=报告",
}


def violations(page: Page) -> list[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, state: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(STATES[state])
    for opened in page.locator("main details:not([open]):not(.fold) > summary").all()[:3]:
        if opened.is_visible():
            opened.click()
    assert violations(page) == []


@pytest.mark.parametrize("chosen", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?q=数据", "/documents"])
def test_axe_finds_nothing_in_colours_chosen_against_the_system(page: Page, path: str, chosen: str) -> None:
    page.emulate_media(color_scheme="dark" if chosen == "light" else "light")
    page.add_init_script(f"localStorage.setItem('xunzhang.theme', '{chosen}')")
    page.add_init_script('localStorage.setItem(\'xunzhang:opened\', \'[{"text": "报告", "address": "/d/1"}]\')')
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("data-theme", chosen)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/")
    page.locator("#q").press_sequentially("数据")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#q").press("ArrowDown")
    assert violations(page) == []
    page.locator("#q").press("Escape")
    page.get_by_role("button", name="查询写法").click()
    assert violations(page) == []
    page.goto("/?q=跨境")
    page.get_by_text("展开全段").click()
    page.get_by_role("link", name="前后各一段").click()
    assert violations(page) == []


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off_on_a_phone_or_at_400_percent(chromium: Browser, server: str, state: str) -> None:
    for width in (360, 320):  # 1280 pixels at 400 % are 320
        context = chromium.new_context(base_url=server, viewport={"width": width, "height": 640}, locale="zh-CN")
        page = context.new_page()
        page.goto(STATES[state])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
