"""Filters, hits and what can be done with them, as a hand and an eye find them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.actions import answers, searched, shown


def counts(page: Page, name: str) -> dict[str, int]:
    """Value → count of all listed values of a filter."""
    boxes = page.locator(f"[type=checkbox][name={name}]").evaluate_all(
        "boxes => boxes.map(box => [box.value, Number(box.parentElement.querySelector('.count').textContent)])"
    )
    return dict(boxes)


def flat(values: list[dict[str, object]]) -> dict[str, int]:
    """Value → count of a facet's values, those below others too."""
    return {v["value"]: v["count"] for v in values} | {  # type: ignore[misc]
        name: count
        for value in values
        for name, count in flat(value.get("children", [])).items()  # type: ignore[arg-type]
    }


class TestFilters:
    def test_several_nodes_at_any_depth_with_counts_as_the_api_says(self, page: Page) -> None:
        page.goto("/?q=数据")
        assert counts(page, "section").items() <= flat(answers(page, q="数据")["facets"]["section"]).items()
        chosen = ["一、数字经济", "第二章 数据存储/第三条"]
        page.locator("[data-fold='section:第二章 数据存储'] > summary").click()
        for number, value in enumerate(chosen):
            page.locator(f"input[type=checkbox][value='{value}']").check()
            expect(page.locator(".chips li")).to_have_count((1, 3)[number])
        api = answers(page, q="数据", section=chosen)
        assert shown(page) == [hit["id"] for hit in api["hits"]]
        expect(page.locator(".status strong")).to_have_text(f"共 {api['total']} 段")
        assert counts(page, "year") == flat(api["facets"]["year"])
        page.locator("[form=search][name=year][value='2023']").check()
        expect(page.locator(".chips li")).to_have_count(4)
        api = answers(page, q="数据", section=chosen, year="2023")
        assert shown(page) == [hit["id"] for hit in api["hits"]]
        assert counts(page, "section").items() <= flat(api["facets"]["section"]).items()

    def test_the_focus_stays_on_the_box_that_was_checked(self, page: Page) -> None:
        page.goto("/?q=数据")
        box = page.locator("[form=search][name=tag][value=法规]")
        box.focus()
        page.keyboard.press("Space")
        expect(page.locator(".chips li")).to_have_count(1)
        expect(box).to_be_focused()
        expect(box).to_be_checked()
        page.keyboard.press("Space")
        expect(page.locator(".chips li")).to_have_count(0)
        expect(box).to_be_focused()

    def test_folds_stay_as_they_were_left(self, page: Page) -> None:
        page.goto("/?q=数据")
        fold = page.locator(".tree > li > details:not([open])").first
        name = fold.get_attribute("data-fold")
        fold.locator("summary").first.click()
        page.locator("[form=search][name=tag][value=法规]").check()
        expect(page.locator(".chips li")).to_have_count(1)
        kept = page.locator(f"[data-fold='{name}']")
        if kept.count():
            expect(kept).to_have_attribute("open", "")

    def test_values_are_found_by_their_name_and_chosen(self, page: Page) -> None:
        page.goto("/?q=数据")
        find = page.get_by_role("searchbox", name="在章节里找")
        find.press_sequentially("政府")
        expect(page.locator("[data-facet=section] .label")).to_have_text(["二、数字政府"])
        assert find.input_value() == "政府"
        page.get_by_role("checkbox", name="二、数字政府").check()
        expect(page.locator(".chips li")).to_have_count(1)
        assert {"section=" in page.url} == {True}

    def test_what_is_chosen_stays_when_another_list_takes_its_place(self, page: Page) -> None:
        page.goto("/?q=数据&section=一、数字经济")
        box = page.get_by_role("searchbox", name="在章节里找")
        box.click()
        box.press_sequentially("存储")
        expect(page.locator("#announce")).to_have_text(re.compile("列出 [1-9]"))
        page.locator("input[type=checkbox][value='第二章 数据存储']").check()
        expect(page.locator(".chips li")).to_have_count(3)

    def test_a_lookup_that_fails_is_told_and_the_list_stays(self, page: Page) -> None:
        page.goto("/?q=数据")
        before = counts(page, "section")
        page.route("**/filters/**", lambda route: route.fulfill(status=503, body=""))
        page.get_by_role("searchbox", name="在章节里找").press_sequentially("存储")
        expect(page.locator("[data-facet=section] .failed")).to_be_visible()
        expect(page.locator("#announce")).to_contain_text("没能查找")
        assert counts(page, "section") == before
        page.unroute("**/filters/**")
        page.get_by_role("searchbox", name="在章节里找").fill("数据存")
        expect(page.locator(".failed")).to_have_count(0)

    def test_a_chip_takes_its_filter_back(self, page: Page) -> None:
        page.goto("/?q=数据&tag=法规&year=2023")
        page.get_by_role("link", name="去掉条件：法规").click()
        expect(page.locator(".chips li")).to_have_count(1)
        expect(page.locator("[name=tag]:checked")).to_have_count(0)

    def test_only_this_document(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.get_by_role("link", name="只看这篇").first.click()
        expect(page.locator(".chips li")).to_have_count(1)
        files = page.locator("article .file").all_text_contents()
        assert len(set(files)) == 1


class TestTheDrawing:
    def test_a_bar_filters_and_takes_it_back(self, page: Page) -> None:
        page.goto("/?q=数据")
        bars = page.locator(".map svg a")
        expect(bars.first).to_have_attribute("aria-label", page.locator(".map svg title").first.text_content() or "")
        wanted = bars.nth(1)
        name = wanted.get_attribute("aria-label") or ""
        wanted.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".chips li")).to_have_count(3)
        number = int(name.rpartition("：")[2].split()[0])
        expect(page.locator(".status strong")).to_have_text(f"共 {number} 段")

    def test_its_table_says_the_same(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.get_by_text("用表格看").click()
        rows = page.locator(".map-table tbody tr")
        assert rows.count() == page.locator(".map svg a").count() > 3
        chapters = answers(page, q="数据", chapters=24)["chapters"]
        assert [int(text) for text in rows.locator("td:last-child").all_text_contents()] == [
            c["count"] for c in chapters
        ]


class TestHits:
    def test_a_long_passage_opens_in_place(self, page: Page) -> None:
        page.goto("/?q=跨境")
        hit = page.locator("article.hit")
        expect(hit.locator("> .text")).to_be_visible()
        hit.get_by_text("展开全段").click()
        expect(hit.locator("> .text")).to_be_hidden()
        expect(hit.locator(".whole .text")).to_be_visible()
        assert len(hit.locator(".whole .text").inner_text()) > 240
        assert hit.locator(".whole mark").all_text_contents() == ["跨境"]

    def test_neighbours_come_and_go(self, page: Page) -> None:
        page.goto("/?q=软件业务收入")
        hit = page.locator("article.hit").first
        hit.get_by_role("link", name="前后各一段").click()
        expect(hit.locator(".neighbour")).to_have_text(["（二）数字产业化", "二、数字政府"])
        hit.get_by_role("link", name="前后各一段").click()
        expect(hit.locator(".neighbour")).to_have_count(0)

    def test_a_copy_carries_the_whole_text_and_where_it_stands(self, page: Page) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/?q=跨境")
        page.get_by_role("button", name="复制引文").click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        text, _, citation = copied.partition("\n")
        assert text.startswith("很长的一段") and text.endswith("数据跨境。")
        assert citation.startswith("长文[Z]")
        assert "127.0.0.1" not in citation  # an address of this machine leads nobody anywhere

    def test_the_first_link_leads_to_the_passage(self, page: Page) -> None:
        page.goto("/?q=软件业务收入")
        page.locator("article.hit a").first.click()
        expect(page.locator(":target")).to_contain_text("软件业务收入")
        page.go_back()
        searched(page, "软件业务收入")

    def test_hits_by_document(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.get_by_label("按文档归在一起").check()
        expect(page.locator(".of-document").first).to_be_visible()
        assert "group=document" in page.url
        api = answers(page, q="数据", group="document")
        assert shown(page) == [hit["id"] for hit in api["hits"]]

    def test_sorting(self, page: Page) -> None:
        page.goto("/?q=数据")
        before = shown(page)
        page.locator("select[name=sort]").select_option("-date")
        wanted = [hit["id"] for hit in answers(page, q="数据", sort="-date")["hits"]]
        assert wanted != before
        expect(page.locator("article.hit").first).to_have_attribute("data-passage-id", wanted[0])
        assert shown(page) == wanted

    def test_paging_leads_to_the_top_with_the_focus(self, page: Page) -> None:
        page.goto("/?q=数据")
        first = shown(page)
        page.get_by_role("link", name="下一页").click()
        expect(page.locator(".pages [aria-current]")).to_have_text("2")
        assert not set(first) & set(shown(page))
        assert page.evaluate("scrollY") == 0
        expect(page.locator("#main")).to_be_focused()
        page.go_back()
        expect(page.locator(".pages [aria-current]")).to_have_text("1")
        assert page.evaluate("scrollY") > 0


def test_the_keyboard_need_not_walk_through_the_filters(page: Page) -> None:
    page.goto("/?q=软件")
    page.locator(".languages a").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳过筛选，到结果")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.url.endswith("#hits")
    expect(page.locator("select[name=sort]")).to_be_focused()


def test_no_hits_say_why_and_lead_on(page: Page) -> None:
    page.goto("/?q=软件 鱻龘&match=all&tag=报告")
    expect(page.locator(".nothing")).to_contain_text("软件")
    page.locator(".remedies a[lang=zh]").click()
    searched(page, "软件")
    assert page.locator("article.hit").count() == 1
    page.goto("/?q=软件&tag=法规&match=exact")
    page.get_by_role("link", name="去掉“标签”条件").click()
    expect(page.locator("article.hit").first).to_be_visible()


def test_how_to_ask_opens_beside_the_box_and_its_examples_work(page: Page) -> None:
    page.goto("/?q=软件")
    page.get_by_role("button", name="查询写法").click()
    panel = page.locator("#ask")
    expect(panel).to_be_visible()
    example = panel.locator("dt a").first
    query = example.text_content() or ""
    example.click()
    searched(page, query)
    expect(panel).to_be_hidden()
    expect(page.locator("#q")).to_have_value(query)


@pytest.mark.parametrize(("language", "count"), [("zh", "共 {} 段"), ("en", "{} passages")])
def test_both_languages_follow_typing(page: Page, language: str, count: str) -> None:
    page.goto(f"/?lang={language}")
    page.locator("#q").fill("软件")
    expect(page.locator(".status strong")).to_have_text(count.format(1))
    page.reload()
    expect(page.locator(".status strong")).to_have_text(count.format(1))


def test_the_language_is_switched_where_one_stands(page: Page) -> None:
    page.goto("/?q=软件&tag=报告")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".chips li")).to_have_count(1)
