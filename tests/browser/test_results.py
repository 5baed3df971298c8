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
        left = {value: count for value, count in counts(page, "section").items() if count}
        assert left.items() <= flat(api["facets"]["section"]).items()
        assert set(chosen) <= set(counts(page, "section"))  # what is chosen stays, also where it finds nothing

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

    def test_a_caption_says_what_is_under_the_hand_and_arrows_lead_on(self, page: Page) -> None:
        page.goto("/?q=数据")
        said = page.locator(".map [data-caption]")
        before = said.text_content()
        bars = page.locator(".map svg a")
        bars.nth(2).hover()
        expect(said).to_have_text(bars.nth(2).get_attribute("aria-label") or "")
        page.mouse.move(5, 5)
        expect(said).to_have_text(before or "")
        bars.nth(0).focus()
        expect(said).to_have_text(bars.nth(0).get_attribute("aria-label") or "")
        page.keyboard.press("ArrowRight")
        expect(bars.nth(1)).to_be_focused()
        expect(said).to_have_text(bars.nth(1).get_attribute("aria-label") or "")

    def test_names_are_touched(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.locator(".map-title", has_text="数据条例").click()
        expect(page.locator(".chips li")).to_have_count(1)
        page.locator(".map-labels a", has_text="第二章").click()
        expect(page.locator(".chips")).to_contain_text("第二章 数据存储")

    def test_its_table_says_the_same(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.get_by_text("用表格看").click()
        rows = page.locator(".map-table tbody tr")
        assert rows.count() == page.locator(".map svg a").count() > 3
        chapters = answers(page, q="数据", chapters=24)["chapters"]
        assert [int(text) for text in rows.locator("td:last-child").all_text_contents()] == [
            c["count"] for c in chapters
        ]


class TestYears:
    def test_the_slider_chooses_from_when_to_when_and_all_again(self, page: Page) -> None:
        page.goto("/?q=数据")
        first = page.get_by_role("slider", name="从哪一年起")
        expect(page.locator(".years output")).to_have_text("2021–2023")
        first.focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".chips")).to_contain_text("2022..2023")
        wanted = answers(page, q="数据", year="2022..2023")["total"]
        expect(page.locator(".status strong")).to_have_text(f"共 {wanted} 段")
        expect(first).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".chips")).to_have_count(0)
        assert "year" not in page.url


class TestMine:
    def test_filters_are_kept_in_the_browser_and_asked_with_another_query(self, page: Page) -> None:
        page.goto("/?q=数据&tag=法规&sort=order")
        page.get_by_role("button", name="存下这些条件").click()
        expect(page.get_by_role("button", name="已存下")).to_be_visible()
        page.goto("/?q=采集")
        kept = page.locator("[data-mine=filters] a")
        expect(kept).to_have_text("法规")
        kept.click()
        expect(page.locator(".chips li")).to_have_count(1)
        assert "sort=order" in page.url and "q=%E9%87%87%E9%9B%86" in page.url
        assert page.context.cookies() == []
        page.get_by_role("button", name="不再保留：法规").click()
        expect(page.locator("[data-mine=filters]")).to_be_hidden()
        page.reload()
        expect(page.locator("[data-mine=filters]")).to_be_hidden()

    def test_documents_opened_lately_are_on_the_first_page_and_under_the_box(self, page: Page) -> None:
        page.goto("/?q=软件业务收入")
        page.locator("article.hit a").first.click()
        expect(page.locator(".paper")).to_be_visible()
        page.wait_for_load_state("load")  # all modules have run by then
        page.goto("/")
        expect(page.locator("[data-mine=opened] a")).to_have_text("数字发展报告")
        page.locator("#q").click()
        page.get_by_role("option", name="数字发展报告").click()
        expect(page.locator(".paper .title").first).to_contain_text("数字发展报告")

    def test_colours_chosen_survive(self, page: Page) -> None:
        page.emulate_media(color_scheme="light")
        page.goto("/")
        light = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        page.get_by_role("button", name="外观：随系统").click()
        page.get_by_role("button", name="外观：浅色").click()
        expect(page.locator("body")).not_to_have_css("background-color", light)
        page.goto("/?q=数据")
        expect(page.locator("body")).not_to_have_css("background-color", light)
        page.get_by_role("button", name="外观：深色").click()
        page.reload()
        expect(page.locator("body")).to_have_css("background-color", light)


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

    def test_hits_of_one_article_are_folded_and_opened_in_place(self, page: Page) -> None:
        page.goto("/?q=数&tag=报告")
        page.locator("select[name=collapse]").select_option("section")
        expect(page.locator(".status strong")).to_contain_text("合并为")
        api = answers(page, q="数", tag="报告", collapse="section")
        assert shown(page) == [hit["id"] for hit in api["hits"]]
        folded = next(hit for hit in api["hits"] if hit["others"])
        hit = page.locator(f"article[data-passage-id='{folded['id']}']")
        expect(hit.locator(".others .text").first).to_be_hidden()
        hit.get_by_text("同一章节里另有").click()
        expect(hit.locator(".others .text")).to_have_count(len(folded["others"]))
        expect(hit.locator(".others .text").first).to_contain_text(folded["others"][0]["text"])

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


class TestKeys:
    def test_skip_links_lead_to_the_hits_and_to_the_filters(self, page: Page) -> None:
        page.goto("/?q=软件")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到结果")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("article.hit .path a").first).to_be_focused()
        page.get_by_role("link", name="跳到筛选").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('filters').contains(document.activeElement)")

    def test_few_steps_lead_from_the_box_to_the_first_hit_and_filters_come_after_the_last(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.locator("#q").focus()
        place = """() => { const at = document.activeElement;
            return at.closest('#filters') ? 'filters' : at.matches('.hit .path a') ? 'hit' : '' }"""
        steps = 0
        while page.evaluate(place) == "":
            page.keyboard.press("Tab")
            steps += 1
            assert steps < 12
        assert page.evaluate(place) == "hit"
        page.locator(".exports a").last.focus()
        page.keyboard.press("Tab")
        assert page.evaluate(place) == "filters"

    def test_letters_and_arrows_move_over_hits(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus() }")
        links = page.locator("article.hit > .path > a")
        page.keyboard.press("j")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("j")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(links.nth(2)).to_be_focused()
        page.keyboard.press("k")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(links.nth(0)).to_be_focused()
        page.locator("#q").focus()
        page.keyboard.press("End")
        page.keyboard.press("j")
        expect(page.locator("#q")).to_have_value("数据j")

    def test_letters_can_be_switched_off_for_good(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.get_by_label("用 j / k 键").uncheck()
        page.reload()
        expect(page.get_by_label("用 j / k 键")).not_to_be_checked()
        page.locator("article.hit > .path > a").first.focus()
        page.keyboard.press("j")
        page.keyboard.press("ArrowDown")
        expect(page.locator("article.hit > .path > a").nth(1)).to_be_focused()

    def test_the_arrow_leads_out_of_the_box(self, page: Page) -> None:
        page.goto("/?q=数据")
        page.locator("#q").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("article.hit > .path > a").first).to_be_focused()


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


@pytest.mark.parametrize(("language", "count"), [("zh", "共 1 段"), ("en", "1 passage")])
def test_both_languages_follow_typing(page: Page, language: str, count: str) -> None:
    page.goto(f"/?lang={language}")
    page.locator("#q").fill("软件")
    expect(page.locator(".status strong")).to_have_text(count)
    page.reload()
    expect(page.locator(".status strong")).to_have_text(count)


def test_the_language_is_switched_where_one_stands(page: Page) -> None:
    page.goto("/?q=软件&tag=报告")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".chips li")).to_have_count(1)
