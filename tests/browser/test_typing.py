"""Results and suggestions as somebody types: with an input method, in races, by keyboard, and without scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.actions import answers, asked, searched, shown, watch


def test_results_follow_what_is_typed(page: Page) -> None:
    page.goto("/")
    top = page.locator("#q").bounding_box()
    page.locator("#q").press_sequentially("数据")
    searched(page, "数据")
    assert shown(page) == [hit["id"] for hit in answers(page, q="数据")["hits"]]
    assert page.url.endswith("/?q=%E6%95%B0%E6%8D%AE")
    assert page.title() == "数据 · 寻章"
    assert page.locator("#q").bounding_box() == top
    expect(page.locator("#announce")).to_contain_text("共")


def test_nothing_is_asked_while_an_input_method_composes(page: Page) -> None:
    page.goto("/")
    requests = watch(page)
    keyboard = page.context.new_cdp_session(page)
    page.locator("#q").focus()
    for text in ("s", "sh", "shu", "shu'j", "shu'ju"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(200)  # longer than the delay after typing
    assert requests == []
    keyboard.send("Input.insertText", {"text": "数据"})
    searched(page, "数据")
    assert asked(requests) == ["数据"]


def test_enter_inside_a_composition_is_not_sent(page: Page) -> None:
    page.goto("/")
    requests = watch(page)
    keyboard = page.context.new_cdp_session(page)
    page.locator("#q").focus()
    keyboard.send("Input.imeSetComposition", {"text": "shuju", "selectionStart": 5, "selectionEnd": 5})
    page.locator("#q").dispatch_event("keydown", {"key": "Enter", "isComposing": True, "cancelable": True})
    page.wait_for_timeout(300)
    assert requests == []


def test_a_burst_of_keys_asks_once(page: Page) -> None:
    page.goto("/")
    requests = watch(page)
    page.locator("#q").evaluate(
        """q => { for (const text of ["数", "数据", "数据安", "数据安全"]) {
            q.value = text;
            q.dispatchEvent(new InputEvent("input", {bubbles: true}));
        } }"""
    )
    searched(page, "数据安全")
    assert asked(requests) == ["数据安全"]


def test_late_answers_are_dropped(page: Page) -> None:
    def late(route: Route) -> None:
        time.sleep(0.8)
        route.continue_()

    page.goto("/")
    page.route("**/?q=%E6%95%B0%E6%8D%AE", late)
    page.locator("#q").fill("数据")
    page.wait_for_timeout(300)
    page.locator("#q").fill("软件")
    searched(page, "软件")
    page.wait_for_timeout(1200)
    searched(page, "软件")
    assert shown(page) == [hit["id"] for hit in answers(page, q="软件")["hits"]]


def test_enter_always_searches(page: Page) -> None:
    page.goto("/")
    page.locator("#q").fill("软件")
    page.locator("#q").press("Enter")
    searched(page, "软件")
    page.locator("#q").press("Enter")
    searched(page, "软件")


def test_back_and_forward(page: Page) -> None:
    page.goto("/")
    page.locator("#q").press_sequentially("数据")
    searched(page, "数据")
    page.locator("#q").press("Enter")
    page.locator("input[name=tag][value=报告]").check()
    expect(page.locator(".chips li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chips li")).to_have_count(0)
    searched(page, "数据")
    page.go_back()
    expect(page.locator("#page")).to_have_attribute("data-view", "home")
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    searched(page, "数据")
    expect(page.locator("#q")).to_have_value("数据")
    page.go_forward()
    expect(page.locator(".chips li")).to_have_count(1)


def test_typing_one_query_is_one_step_back(page: Page) -> None:
    page.goto("/")
    for text in ("数", "数据", "数据安", "数据安全"):
        page.locator("#q").fill(text)
        searched(page, text)
    page.go_back()
    expect(page.locator("#page")).to_have_attribute("data-view", "home")


def test_an_emptied_box_shows_the_first_page(page: Page) -> None:
    page.goto("/?q=数据")
    page.locator("#q").fill("")
    expect(page.locator("#page")).to_have_attribute("data-view", "home")
    assert page.url.endswith("/")


def test_a_server_that_is_gone_is_told_and_asked_again(page: Page) -> None:
    page.goto("/")
    page.route("**/?q=*", lambda route: route.abort())
    page.locator("#q").fill("数据")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.unroute("**/?q=*")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#q").press("Escape")  # closes the suggestions over the button; with none open it would empty the box
    page.locator("[data-retry]").click()
    searched(page, "数据")


def test_a_fault_of_the_query_is_told_in_place(page: Page) -> None:
    page.goto("/")
    body = "<section class=error><h1>索引损坏</h1></section>"
    page.route("**/?q=*", lambda route: route.fulfill(status=503, body=body))
    page.locator("#q").fill("数据")
    expect(page.locator("main h1")).to_have_text("索引损坏")


class TestSuggestions:
    def test_are_chosen_by_keyboard(self, page: Page) -> None:
        page.goto("/")
        box = page.get_by_role("combobox", name="检索内容")
        box.press_sequentially("szzf")
        option = page.get_by_role("option", name="二、数字政府")
        expect(option).to_be_visible()
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("ArrowDown")
        chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        expect(chosen).to_have_attribute("aria-selected", "true")
        text = chosen.get_attribute("data-value")
        expect(box).to_have_value(text or "")
        box.press("Escape")
        expect(box).to_have_value("szzf")
        expect(box).to_have_attribute("aria-expanded", "false")

    def test_enter_takes_the_active_one(self, page: Page) -> None:
        page.goto("/")
        box = page.get_by_role("combobox", name="检索内容")
        box.press_sequentially("szzf")
        expect(page.get_by_role("option").first).to_be_visible()
        box.press("ArrowDown")
        value = box.input_value()
        box.press("Enter")
        searched(page, value)
        expect(page.get_by_role("listbox")).to_be_hidden()

    def test_are_chosen_by_mouse(self, page: Page) -> None:
        page.goto("/")
        page.get_by_role("combobox", name="检索内容").press_sequentially("szzf")
        page.get_by_role("option", name="二、数字政府").click()
        searched(page, "二、数字政府")

    def test_a_document_among_them_opens(self, page: Page) -> None:
        page.goto("/")
        page.locator("#q").press_sequentially("数据条例")
        page.get_by_role("option", name="文档 打开").click()
        expect(page.locator(".paper .title").first).to_contain_text("数据条例")

    def test_make_way_for_the_results(self, page: Page) -> None:
        page.goto("/")
        page.locator("#q").press_sequentially("数据")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.mouse.move(640, 700)
        page.mouse.move(650, 710)
        expect(page.get_by_role("listbox")).to_be_hidden()

    def test_recent_searches_stay_in_the_browser_and_can_be_cleared(self, page: Page) -> None:
        page.goto("/?q=软件")
        page.locator("#q").press("Enter")
        page.goto("/")
        page.locator("#q").click()
        expect(page.get_by_role("option", name="软件")).to_be_visible()
        assert page.context.cookies() == []
        page.get_by_role("button", name="清除最近的检索").click()
        assert page.evaluate("localStorage.length") == 0
        expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("address", ["/", "/help"])
def test_what_is_too_long_stays_in_the_box(page: Page, address: str) -> None:
    page.goto(address)
    text = "数据安全" * 300
    page.locator("#q").fill(text)
    page.locator("#q").press("Enter")
    expect(page.locator("main .error")).to_contain_text("1200 个字")
    expect(page.locator("#q")).to_have_value(text)
    page.reload()
    expect(page.locator("#q")).to_have_value(text)
    page.locator("#q").fill(text[:8])
    page.locator("#q").press("Enter")
    expect(page.locator("article.hit").first).to_be_visible()


def test_a_quotation_found_nowhere_can_be_relaxed(page: Page) -> None:
    page.goto("/?q=“数据处理者应当悬浮”")
    expect(page.locator("article.hit")).to_have_count(0)
    page.get_by_role("link", name="引文不必一字不差").click()
    expect(page.locator("article.hit").first).to_be_visible()
    expect(page.locator("select[name=match]")).to_have_value("relax")


def test_the_slash_leads_to_the_box(page: Page) -> None:
    page.goto("/?q=数据")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("数据")


@pytest.fixture
def plain(chromium: Browser, server: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=server, java_script_enabled=False, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_without_scripts_all_goes_by_get(plain: Page) -> None:
    page = plain
    page.goto("/")
    page.locator("#q").fill("数据")
    page.locator("#q").press("Enter")
    assert "q=%E6%95%B0%E6%8D%AE" in page.url
    page.locator("input[name=section]").first.check()
    page.locator("input[name=tag]").first.check()
    page.locator("select[name=sort]").select_option("order")
    page.get_by_role("button", name="应用").click()
    assert page.locator(".chips li").count() == 3
    assert page.locator("article.hit").count() > 0
    page.get_by_role("link", name="前后各一段").first.click()
    assert page.locator(".text").count() >= 2
