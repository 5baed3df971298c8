"""The reading page: arriving at a passage, stepping through hits, the outline, citing, references, export."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import indexer
import webui
from tests.support import serving

ARTICLES = "".join(
    f"\n## 第{chapter}章 {name}\n"
    + "".join(
        f"\n第{number}条 {name}的第{number}项规定，" + "数据处理者应当保障安全，" * 12 + f"见本法第{other}条。\n"
        for number, other in zip(numbers, numbers[1:] + numbers[:1], strict=True)
    )
    for chapter, name, numbers in (("一", "总则", "一二三四五"), ("二", "责任", "六七八九十"))
)
LAW = f"---\ntitle: 数据测试法\ndate: 2021-06-10\n---\n{ARTICLES}\n| 指标 | 数值 |\n| --- | --- |\n| 数据量 | 1 |\n"
# Passages so uneven that no guess of their heights holds.
LONG = "# 长篇\n" + "".join(f"\n第{number}段，{'很长的一段话，' * (number % 40)}完。\n" for number in range(900))
# An outline longer than any window, and a table that is wider and longer than one.
LARGE = (
    "# 大文\n"
    + "".join(f"\n## 第{number}章 名称{number}\n\n经营主体应当遵守第{number}项规则。\n" for number in range(1, 71))
    + f"\n|{' 栏 |' * 16}\n|{' --- |' * 16}\n"
    + "".join(f"|{f' 很长的一格内容{number} |' * 16}\n" for number in range(30))
)
HOSTILE = """# 恶意文档

<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">

正文 [链接](javascript:window.hacked=3) 与 <a href="javascript:window.hacked=4">点我</a>，数据。

&lt;script&gt;window.hacked=5&lt;/script&gt; 数据
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    folder = tmp_path_factory.mktemp("reading")
    (folder / "法").mkdir()
    (folder / "法" / "法.md").write_text(LAW, "utf-8")
    (folder / "法" / "长.md").write_text(LONG, "utf-8")
    (folder / "法" / "大.md").write_text(LARGE, "utf-8")
    (folder / "法" / "恶意.md").write_text(HOSTILE, "utf-8")
    with indexer.create_index(folder / "index") as made:
        assert not made.update([folder / "法"]).failed
        yield made


@pytest.fixture(scope="module")
def address(index: indexer.Index) -> str:
    return f"/d/{index.document('法/法.md').id}"


@pytest.fixture(scope="module")
def server(index: indexer.Index) -> Iterator[str]:
    """A server that offers original files."""
    with serving(webui.create_app(index, originals=True)) as made:
        yield made


def passage(index: indexer.Index, opening: str) -> indexer.Passage:
    found = (each for each in index.passages(index.document("法/法.md").id) if each.text.startswith(opening))
    return next(found)


def at_hash(page: Page) -> Locator:
    """The passage that the address names."""
    return page.locator(f'[id="{unquote(page.url.partition("#")[2])}"]')


def in_view(locator: Locator) -> bool:
    return bool(
        locator.evaluate("e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight")
    )


class TestPermalinks:
    def test_lead_to_their_passage_and_mark_it(self, page: Page, index: indexer.Index) -> None:
        wanted = passage(index, "第八条")
        page.goto(f"/p/{indexer.permalink(wanted)}")
        expect(page.locator(":target")).to_contain_text("第八条")
        assert in_view(page.locator(":target"))
        paper = page.locator(".paper").evaluate("e => getComputedStyle(e).backgroundColor")
        expect(page.locator(":target")).not_to_have_css("background-color", paper)

    def test_show_their_passage_at_the_top_however_far_it_is(self, page: Page, index: indexer.Index) -> None:
        passages = index.passages(index.document("法/长.md").id)
        wanted = next(each for each in passages if each.text.startswith("第700段"))
        page.emulate_media(reduced_motion="no-preference")
        page.goto(f"/d/{wanted.document_id}?q=长#{indexer.permalink(wanted)}")
        page.wait_for_timeout(1_500)  # till the chunks above have been laid out
        top, height = page.locator(":target").evaluate("e => [e.getBoundingClientRect().top, innerHeight]")
        assert 0 <= top < height / 4

    def test_old_places_are_found_again(self, page: Page, index: indexer.Index, address: str) -> None:
        """As a link shared before something was put in above: the number is another, the text the same."""
        wanted = indexer.permalink(passage(index, "第八条"))
        page.goto(f"{address}#{re.sub(r'-[0-9]+[.]', '-3.', wanted)}")
        page.wait_for_url(f"**#{wanted}")
        expect(page.locator(":target")).to_contain_text("第八条")

    def test_references_lead_to_what_they_mean(self, page: Page, address: str) -> None:
        page.goto(address)
        page.get_by_role("link", name="本法第七条").click()
        expect(page.locator(":target")).to_contain_text("责任的第七项规定")


class TestHits:
    def test_buttons_and_keys_step_and_say_where(self, page: Page, address: str) -> None:
        page.goto(f"{address}?q=数据处理者")
        count = page.locator("[data-hit]").count()
        assert count == 10
        number = page.locator("[data-number]")
        page.get_by_role("button", name="下一处").click()
        expect(number).to_have_text("1")
        expect(page.locator("#announce")).to_have_text(f"第 1 处，共 {count} 处")
        page.keyboard.press("n")
        expect(number).to_have_text("2")
        assert in_view(at_hash(page))
        expect(at_hash(page).locator("mark").first).to_have_text("数据处理者")
        page.keyboard.press("p")
        page.keyboard.press("p")
        expect(number).to_have_text(str(count))
        page.get_by_role("button", name="上一处").click()
        expect(number).to_have_text(str(count - 1))

    def test_keys_can_be_switched_off_for_good(self, page: Page, address: str) -> None:
        page.goto(f"{address}?q=数据处理者")
        page.get_by_label("用 n / p 键").uncheck()
        page.keyboard.press("n")
        page.reload()
        expect(page.get_by_label("用 n / p 键")).not_to_be_checked()
        page.keyboard.press("n")
        expect(page.locator("[data-number]")).to_have_text("–")

    def test_keys_are_letters_where_somebody_types(self, page: Page, address: str) -> None:
        page.goto(f"{address}?q=数据处理者")
        box = page.get_by_role("searchbox", name="在本篇里找")
        box.fill("")
        box.press("n")
        expect(box).to_have_value("n")
        expect(page.locator("[data-number]")).to_have_text("–")

    def test_the_rail_shows_them_in_their_places(self, page: Page, address: str) -> None:
        page.goto(f"{address}?q=数据处理者")
        ticks = page.locator(".rail .tick")
        tops = ticks.evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
        assert len(tops) == page.locator("[data-hit]").count()
        assert tops == sorted(set(tops))
        page.locator(".rail a").nth(6).click()
        expect(page.locator("[data-number]")).to_have_text("7")
        expect(page.locator(".rail .current")).to_have_count(1)
        assert in_view(at_hash(page))

    def test_the_rail_is_whole(self, page: Page, address: str) -> None:
        page.goto(f"{address}?q=数据处理者")
        rail, ticks = page.locator(".rail"), page.locator(".rail .tick")
        box = rail.bounding_box()
        assert box is not None
        width, height = page.evaluate("[document.documentElement.clientWidth, innerHeight]")
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] >= 0 and box["y"] + box["height"] <= height
        for tick in (ticks.first, ticks.last):
            inside = tick.bounding_box()
            assert inside is not None
            assert box["y"] <= inside["y"] and inside["y"] + inside["height"] <= box["y"] + box["height"] + 1

    def test_without_scripts_links_step(self, chromium: Browser, server: str, address: str) -> None:
        context = chromium.new_context(base_url=server, locale="zh-CN", java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}?q=数据处理者")
        expect(page.locator(".stepper")).to_be_hidden()
        page.locator(".about a", has_text="看第一处").click()
        page.locator(":target").get_by_role("link", name="下一处").click()
        expect(page.locator(":target")).to_contain_text("第二条")
        context.close()


def test_the_size_of_type_survives(page: Page, address: str) -> None:
    page.goto(address)
    size = "prose => parseFloat(getComputedStyle(prose).fontSize)"
    usual = page.locator(".prose").evaluate(size)
    page.get_by_role("button", name="大字").click()
    assert page.locator(".prose").evaluate(size) > usual
    page.reload()
    assert page.locator(".prose").evaluate(size) > usual
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="小字").click()
    assert page.locator(".prose").evaluate(size) < usual
    page.get_by_role("button", name="一般的字").click()
    assert page.locator(".prose").evaluate(size) == usual


class TestOutline:
    def test_follows_what_is_read(self, page: Page, index: indexer.Index, address: str) -> None:
        page.goto(address)
        current = page.locator(".outline [aria-current]")
        for opening in ("第三条", "第九条", "第二条"):
            page.evaluate(
                "id => scrollTo({ top: document.getElementById(id).getBoundingClientRect().top + scrollY - 100 })",
                indexer.permalink(passage(index, opening)),
            )
            expect(current).to_have_text(opening)
            expect(current).to_have_count(1)
        page.evaluate("scrollTo({ top: 0 })")
        expect(current).to_have_count(0)

    def test_leads_there(self, page: Page, address: str) -> None:
        page.goto(address)
        page.locator(".outline").get_by_role("link", name="第二章 责任").click()
        expect(page.locator(":target")).to_have_text("第二章 责任")
        expect(page.locator(".outline [aria-current]")).to_have_text("第二章 责任")


class TestCiting:
    @pytest.mark.parametrize(
        ("button", "copied"),
        [
            ("复制 GB/T 7714 引文", "数据测试法[Z]. 第二章 责任 第八条(2021-06-10)."),
            ("复制出处", "《数据测试法》，第二章 责任 第八条"),
            ("复制 Markdown", "> 第八条 责任的第八项规定"),
            ("复制链接", "http://127.0.0.1:"),
        ],
    )
    def test_copies(self, page: Page, index: indexer.Index, address: str, button: str, copied: str) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        wanted = passage(index, "第八条")
        page.goto(address)
        line = page.locator(f'[id="{indexer.permalink(wanted)}"]')
        line.hover()
        line.locator(".here").click()
        page.get_by_role("button", name=button).click()
        expect(page.locator("#announce")).to_have_text("已复制")
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.startswith(copied)
        if copied.startswith("http"):
            page.goto(text)
            expect(page.locator(":target")).to_contain_text("第八条")

    def test_by_keyboard_and_back(self, page: Page, index: indexer.Index, address: str) -> None:
        page.goto(address)
        here = page.locator(f'[id="{indexer.permalink(passage(index, "第二条"))}"] .here')
        here.focus()
        here.press("Enter")
        expect(page.get_by_role("button", name="复制 GB/T 7714 引文")).to_be_focused()
        expect(here).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(page.get_by_role("group", name="引用这一段")).to_have_count(0)
        expect(here).to_be_focused()


class TestTakingAway:
    def test_a_list_opened_by_a_csv_reader(self, page: Page, tmp_path: Path) -> None:
        page.goto("/?q=数据处理者")
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        assert download.value.suggested_filename == "xunzhang.csv"
        download.value.save_as(tmp_path / "a.csv")
        with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 10
        page.goto(rows[3]["链接"])
        expect(page.locator(":target")).to_contain_text(rows[3]["原文"][:20])

    def test_json(self, page: Page, tmp_path: Path) -> None:
        page.goto("/?q=数据处理者")
        with page.expect_download() as download:
            page.get_by_role("link", name="JSON", exact=True).click()
        download.value.save_as(tmp_path / "a.json")
        assert len(json.loads((tmp_path / "a.json").read_text("utf-8"))["hits"]) == 10

    def test_the_original_is_saved_not_opened(self, page: Page, index: indexer.Index, tmp_path: Path) -> None:
        page.goto(f"/d/{index.document('法/恶意.md').id}")
        with page.expect_download() as download:
            page.get_by_role("link", name="下载原文件").click()
        download.value.save_as(tmp_path / "x")
        assert (tmp_path / "x").read_text("utf-8") == HOSTILE
        assert download.value.suggested_filename == "恶意.md"


def test_a_document_runs_nothing(page: Page, index: indexer.Index) -> None:
    page.goto(f"/d/{index.document('法/恶意.md').id}?q=数据")
    addresses = page.locator("main a").evaluate_all(
        "links => links.map(link => new URL(link.getAttribute('href'), location).protocol)"
    )
    assert set(addresses) == {"http:"}
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("window.hacked") is None


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_a_large_document(context: BrowserContext, index: indexer.Index, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"/d/{index.document('法/大.md').id}?q=经营主体")
    found = Axe().run(page, options=RULES)
    assert found.response["violations"] == [], found.generate_report()
    page.close()


def test_a_long_outline_and_a_wide_table_can_be_reached_by_keys(context: BrowserContext, index: indexer.Index) -> None:
    """What scrolls and has the focus, browsers move by the arrow keys."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(f"/d/{index.document('法/大.md').id}")
    for place, size in ((".outline", "Height"), (".prose .table", "Width")):
        found = page.locator(place)
        found.scroll_into_view_if_needed()  # a chunk is laid out only then
        assert found.evaluate(f"element => element.scroll{size} > element.client{size}")
        found.focus()
        expect(found).to_be_focused()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(context: BrowserContext, address: str, scheme: str, width: int) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}?q=数据处理者")
    page.keyboard.press("n")
    at_hash(page).locator(".here").click()
    expect(page.get_by_role("group", name="引用这一段")).to_be_visible()
    found = Axe().run(page, options=RULES)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
