"""The pages of a static export in Chromium: what the served ones show, from files alone."""

from __future__ import annotations

import csv
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response, send_from_directory
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

import indexer
import webui
from indexer.static_export import export_static
from tests.browser.actions import searched, shown
from tests.browser.conftest import CHAPTERS, LONG
from tests.webui.conftest import HOSTILE, REPORT
from webui.pages import static_page

BOLD = "# 要点\n\n**先说结论**：数据要分类，**数据**要分级。\n\n| 甲 | 乙 |\n| --- | --- |\n| **数据**表 | 二 |\n"
SAME = "# {0}\n\n两篇都有的一段数据。\n\n{0}自己的一段。\n"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
BELOW = "docs/search"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    """An index of a document of each sort."""
    folder = tmp_path_factory.mktemp("small")
    texts = {
        "报告.md": REPORT,
        "条例.md": f"---\ntitle: 数据条例\ndate: 2023-01-01\ntags: [法规]\n---\n{CHAPTERS}",
        "长文.md": LONG,
        "要点.md": BOLD,
        "分/甲.md": SAME.format("甲"),
        "分/乙.md": SAME.format("乙"),
        "恶意<img src=x onerror=alert(9)>.html": HOSTILE,
    }
    for name, text in texts.items():
        file = folder / "语料" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    with indexer.create_index(folder / "index") as made:
        assert not made.update([folder / "语料"]).failed
        yield made


@pytest.fixture(scope="module")
def exported(small: indexer.Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "export"
    export_static(small, folder, pages=static_page.files(small))
    return folder


def static_host(folder: Path) -> Flask:
    """A host of files somewhere below its root, which shows ``index.html`` for a folder, and nothing else."""
    app = Flask("static", static_folder=None)

    @app.get(f"/{BELOW}/")
    @app.get(f"/{BELOW}/<path:name>")
    def file(name: str = "index.html") -> Response:
        return send_from_directory(folder, name)

    return app


@contextmanager
def serving(application: Flask) -> Iterator[str]:
    """The address of a server that keeps no connection open, so that it can end while a page still stands."""
    made = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_port}"
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


@pytest.fixture(scope="module")
def host(exported: Path) -> Iterator[str]:
    with serving(static_host(exported)) as address:
        yield f"{address}/{BELOW}"


@pytest.fixture(scope="module")
def server(small: indexer.Index) -> Iterator[str]:
    """The same documents, served."""
    with serving(webui.create_app(small)) as address:
        yield address


def is_made(page: Page) -> None:
    """Wait until the page has made itself."""
    expect(page.locator("main > *:not(.waiting):not([aria-busy=true])").first).to_be_visible()


def is_read(page: Page) -> None:
    """Wait until every passage of a document has its text: a place of it is there from the first on."""
    expect(page.locator(".prose [id]").first).to_be_attached()
    expect(page.locator(".prose [id]:not(:has(.here))")).to_have_count(0)


def document_id(index: indexer.Index, title: str) -> str:
    return next(document.id for document in index.documents() if document.title == title)


# ── the same as the served page ──────────────────────────────────────────────────────────────────────────────────────

TELLING = """main => ({
  status: [...main.querySelectorAll(".status > :not(.took), .tier")].map(
    each => each.textContent.trim().replace(/\\s+/g, " ")),
  warnings: [...main.querySelectorAll(".warnings li")].map(each => each.textContent.trim()),
  faults: [...main.querySelectorAll(".fault")].map(each => each.textContent),
  chips: [...main.querySelectorAll(".chips a")].map(each => each.textContent.trim().replace(/\\s+/g, " ")),
  cards: [...main.querySelectorAll(".card h2 a, .card .parts a")].map(each => each.textContent),
  hits: [...main.querySelectorAll("article.hit")].map(hit => [
    hit.dataset.passageId,
    hit.querySelector(".path a").textContent.replace(/\\s+/g, ""),
    hit.querySelector(":scope > .text").innerHTML.replace(/\\s+$/, ""),
    [...hit.querySelectorAll("mark")].map(each => each.textContent),
    [...hit.querySelectorAll(".badge, time, .file")].map(each => each.textContent),
    [...hit.querySelectorAll(".copies li, .others .text")].map(each => each.textContent.replace(/[¶\\s]/g, "")),
  ]),
  filters: [...main.querySelectorAll(".facet .value:not(.needs-script):not(:has([data-keys-of-hits]))")].map(each =>
    [each.querySelector("input").name, each.querySelector("input").value, each.querySelector("input").checked,
     each.querySelector(".label, span").textContent, each.querySelector(".count")?.textContent ?? ""]),
  titles: [...main.querySelectorAll(".facet h2")].map(each => each.textContent.trim().replace(/\\s+/g, " ")),
  years: main.querySelector("[data-years] output")?.textContent,
  chart: [...main.querySelectorAll(".map svg a")].map(each => [
    ...["aria-label", "aria-current"].map(name => each.getAttribute(name)),
    each.querySelector(".bar").getAttribute("height")]),
  labels: [...main.querySelectorAll(".map-labels a, .map-title")].map(each => each.textContent),
  table: [...main.querySelectorAll(".map-table tr")].map(each => each.textContent.replace(/\\s+/g, "")),
  pages: [...main.querySelectorAll(".pages a")].map(each => each.textContent),
})"""

QUERIES = [
    "q=数据",
    "q=数据 保障&sort=order&group=document",
    "q=数据&collapse=text&tag=法规",
    "q=一段&collapse=text",
    "q=数据处理者&collapse=section&offset=10&document=语料/条例.md",
    "q=数据条例 第三章",
    "q=数据 OR&year=2022..2023&kind=body",
    "q=数据&section=第二章 数据存储&document=语料/条例.md",
    "q=恶意&script=exact",
    "q=先说结论",
    "tag=报告",
    "q=数据&offset=900",
]


@pytest.mark.parametrize("query", QUERIES)
def test_it_shows_what_the_served_page_shows(page: Page, server: str, host: str, query: str) -> None:
    page.goto(f"{server}/?{query}")
    expected = page.locator("main").evaluate(TELLING)
    page.goto(f"{host}/?{query}")
    is_made(page)
    found = page.locator("main").evaluate(TELLING)
    for name in expected:
        assert found[name] == expected[name], name
    assert found["filters"]
    assert page.title() == page.locator("#page").get_attribute("data-title")


PROSE = """article => ({
  ids: [...article.querySelectorAll("[id]:not(template)")].map(each => each.id),
  kinds: [...article.querySelectorAll(".prose [id], .prose .table")].map(each => `${each.localName}.${each.className}`),
  texts: [...article.querySelectorAll("h1[id], .prose :is(p, h1, h2, h3, h4, h5, h6, td)")].map(each => {
    const copy = each.cloneNode(true);
    for (const added of copy.querySelectorAll(".here, .steps, noscript")) added.remove();
    return copy.textContent;
  }),
  marks: [...article.querySelectorAll("mark")].map(each => each.textContent),
  strong: [...article.querySelectorAll(".prose strong")].map(each => each.textContent),
})"""


@pytest.mark.parametrize("title", ["要点", "数据条例", "数字发展报告", "甲"])
def test_a_document_reads_as_it_does_there(
    page: Page, server: str, host: str, small: indexer.Index, title: str
) -> None:
    found = document_id(small, title)
    page.goto(f"{server}/d/{found}?q=数据")
    expected = page.locator("article.paper").evaluate(PROSE)
    outline = page.locator(".outline a").evaluate_all("links => links.map(link => [link.textContent, link.hash])")
    page.goto(f"{host}/read.html?id={found}&q=数据")
    is_read(page)
    assert page.locator("article.paper").evaluate(PROSE) == expected
    assert (
        page.locator(".outline a").evaluate_all("links => links.map(link => [link.textContent, link.hash])") == outline
    )
    if title == "要点":
        assert page.locator(".prose strong").all_inner_texts() == ["先说结论", "数据", "数据"]


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_is_found_and_the_address_keeps_it(page: Page, host: str) -> None:
    page.goto(f"{host}/")
    expect(page.get_by_role("heading", name="几个字，找到那一段。")).to_be_visible()
    page.locator("#q").press_sequentially("数据处理")
    searched(page, "数据处理")
    first = shown(page)
    assert page.url.endswith("/?q=%E6%95%B0%E6%8D%AE%E5%A4%84%E7%90%86")
    page.get_by_role("checkbox", name="第二章 数据存储").click()
    expect(page.locator(".chips a")).to_have_count(1)
    fewer = shown(page)
    assert 0 < len(fewer) < len(first)
    page.go_back()
    expect(page.locator(".chips a")).to_have_count(0)
    assert shown(page) == first
    page.go_forward()
    expect(page.locator(".chips a")).to_have_count(1)
    page.reload()
    expect(page.locator(".chips a")).to_have_count(1)
    assert shown(page) == fewer
    page.locator(".chips a").click()
    expect(page.locator(".chips a")).to_have_count(0)
    page.go_back()
    page.go_back()
    expect(page.locator(".chips a")).to_have_count(0)


def test_it_may_be_opened_by_its_name(page: Page, host: str) -> None:
    """Some hosts show no page for a folder."""
    page.goto(f"{host}/index.html?q=跨境")
    searched(page, "跨境")
    page.locator("#q").fill("分类")
    searched(page, "分类")
    assert "/index.html?q=" in page.url
    page.locator("article.hit .path a").click()
    expect(page.locator(".prose mark")).to_have_text("分类")
    page.get_by_role("link", name="回到检索结果").click()
    searched(page, "分类")


def test_a_hit_leads_to_its_passage_and_back(page: Page, host: str) -> None:
    page.goto(f"{host}/?q=第三类")
    searched(page, "第三类")
    page.locator("article.hit .path a").first.click()
    expect(page.locator(":target mark")).to_have_text("第三类")
    expect(page.locator(":target")).to_be_in_viewport()
    address = page.url
    page.reload()
    expect(page.locator(":target mark")).to_have_text("第三类")
    expect(page.locator(".stepper .count")).to_contain_text("1 / 10")
    page.keyboard.press("n")
    expect(page.locator(".stepper .count")).to_contain_text("2 / 10")
    page.goto(address)
    expect(page.locator(":target mark")).to_have_text("第三类")
    page.goto(f"{host}/?q=第三类")
    searched(page, "第三类")


def test_a_permalink_finds_its_passage_where_it_stands_by_now(page: Page, host: str, small: indexer.Index) -> None:
    found = document_id(small, "数据条例")
    passages = small.passages(found)
    link = indexer.permalink(passages[9])
    moved = f"{found}-3.{link.rpartition('.')[2]}"
    page.goto(f"{host}/read.html?id={found}#{moved}")
    expect(page.locator(":target")).to_have_id(link)
    assert page.url.endswith(f"#{link}")
    page.evaluate("link => { location.hash = link }", f"{found}-12")
    expect(page.locator(":target")).to_have_id(indexer.permalink(passages[12]))
    page.evaluate("link => { location.hash = link }", f"{found}-9999.000000")
    expect(page.locator(":target")).to_have_count(0)
    expect(page.locator(".prose")).to_be_visible()


def test_a_passage_is_cited(page: Page, host: str, small: indexer.Index) -> None:
    found = document_id(small, "数据条例")
    link = indexer.permalink(small.passages(found)[2])
    page.goto(f"{host}/read.html?id={found}#{link}")
    page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", {
            value: {writeText: async text => { window.copied = text; }},
        })"""
    )
    expect(page.locator(":target .here")).to_be_attached()
    for name, said in (
        ("复制出处", "《数据条例》，第一章 数据采集 第一条"),
        ("复制链接", f"{host}/read.html?id={found}#{link}"),
    ):
        page.locator(":target .here").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name=name).click()
        expect(page.locator("#announce")).to_have_text("已复制")
        assert page.evaluate("window.copied") == said
        page.keyboard.press("Escape")
        page.evaluate("() => { document.getElementById('announce').textContent = ''; }")


# ── typing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_suggestions_come_from_the_export(page: Page, host: str) -> None:
    page.goto(f"{host}/?q=跨境")
    searched(page, "跨境")
    page.locator("#q").fill("数据存")
    expect(page.get_by_role("option", name="第二章 数据存储")).to_be_visible()
    first = page.get_by_role("option").first.get_attribute("data-value") or ""
    assert first != "数据存"
    page.locator("#q").press("ArrowDown")
    expect(page.locator("#q")).to_have_value(first)
    page.locator("#q").press("Enter")
    searched(page, first)
    page.locator("#q").fill("数字发")
    document = page.get_by_role("option", name="数字发展报告")
    expect(document).to_be_visible()
    document.click()
    expect(page.locator("article.paper h1")).to_have_text("数字发展报告")


def test_filters_are_found_in_their_list(page: Page, host: str) -> None:
    page.goto(f"{host}/?q=数据")
    searched(page, "数据")
    finder = page.get_by_role("searchbox", name="在章节里找")
    finder.focus()
    finder.fill("出境")
    expect(page.locator("[data-facet=section] .label")).to_have_count(5)  # the chapter and its articles
    expect(page.locator("[data-facet=section] .label").first).to_have_text("第九章 数据出境")
    page.get_by_role("checkbox", name="第九章 数据出境").click()
    expect(page.locator(".chips a")).to_have_count(1)


ROWS = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim().replace(/\\s+/g, ' ')))"


def test_documents_are_compared_as_on_the_served_page(page: Page, server: str, host: str) -> None:
    page.goto(f"{server}/compare?q=数据")
    expected = page.locator(".compare table").evaluate(ROWS)
    page.goto(f"{host}/?q=数据")
    page.locator("[data-compare]").click()
    assert page.locator(".compare table").evaluate(ROWS) == expected
    assert len(expected) > 2
    page.locator(".compare .meta a").click()
    expect(page.locator("article.hit").first).to_be_visible()


def test_hits_are_taken_away_as_the_served_table(page: Page, server: str, host: str) -> None:
    with urlopen(f"{server}/export?{urlencode({'q': '数据', 'sort': 'order'})}") as answer:
        expected = list(csv.DictReader(StringIO(answer.read().decode("utf-8-sig"))))
    page.goto(f"{host}/?q=数据&sort=order&offset=10")
    with page.expect_download() as downloading:
        page.locator("[data-csv]").click()
    assert downloading.value.suggested_filename == "xunzhang.csv"
    text = Path(downloading.value.path()).read_bytes().decode("utf-8-sig")
    found = list(csv.DictReader(StringIO(text)))
    of_an_export = ("链接", "引文")  # which leads to its own pages, and cites plainly
    assert [{**each, **dict.fromkeys(of_an_export)} for each in found] == [
        {**each, **dict.fromkeys(of_an_export)} for each in expected
    ]
    assert len(found) > 10
    page.goto(found[-1]["链接"])
    expect(page.locator(":target")).to_contain_text(found[-1]["原文"].splitlines()[0])


def test_what_stands_around_a_hit_is_shown(page: Page, host: str) -> None:
    page.goto(f"{host}/?q=第三类")
    searched(page, "第三类")
    page.get_by_role("link", name="前后各一段").first.click()
    expect(page.locator("article.hit").first.locator(".neighbour")).to_have_count(2)


def test_documents_are_listed_and_found(page: Page, host: str, small: indexer.Index) -> None:
    page.goto(f"{host}/documents.html")
    expect(page.locator(".documents a")).to_have_count(len(small.documents()))
    page.get_by_role("searchbox", name="按题名或路径找文档").fill("分/")
    expect(page.locator(".documents a")).to_have_text(["甲", "乙"])
    page.locator("#q").fill("跨境")
    page.locator("#q").press("Enter")
    searched(page, "跨境")


def test_the_other_language_is_kept(page: Page, host: str) -> None:
    page.goto(f"{host}/?q=数据")
    searched(page, "数据")
    page.locator("#q").fill("跨境")
    searched(page, "跨境")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#page")).to_have_attribute("data-title", "跨境 · Xunzhang")
    assert "lang" not in page.url
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{host}/documents.html")
    expect(page.get_by_role("heading", name="All documents")).to_be_visible()


# ── a long document ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_texts_of_a_long_document_are_read_as_they_come_near(page: Page, tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"## 第{number}章 长\n\n" + f"第{number}号的一段长文。" * 30 for number in range(200))
    (tmp_path / "长.md").write_text(f"# 长\n\n{paragraphs}\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "长.md"])
        pages = static_page.files(index)
        assert "const UNASKED=200;" in pages["page/main.js"]
        pages["page/main.js"] = pages["page/main.js"].replace("const UNASKED=200;", "const UNASKED=0;")
        export_static(index, tmp_path / "export", pages=pages)
        (document,) = index.documents()
        passages = index.passages(document.id)
    last, some = passages[-1], passages[200]
    with serving(static_host(tmp_path / "export")) as address:
        page.goto(f"{address}/{BELOW}/read.html?id={document.id}")
        expect(page.locator(".prose .here").first).to_be_attached()
        expect(page.locator(f"[id='{indexer.permalink(last)}']")).to_have_text("")
        page.goto(f"{address}/{BELOW}/read.html?id={document.id}#{indexer.permalink(some)}")
        expect(page.locator(":target")).to_contain_text(some.text)
        expect(page.locator(":target")).to_be_in_viewport()
        expect(page.locator(f"[id='{indexer.permalink(last)}']")).to_have_text("")
        page.locator(".outline a").last.focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"[id='{indexer.permalink(last)}']")).to_contain_text(last.text)
        expect(page.locator(":target")).to_be_in_viewport()


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_scripts_it_says_what_it_needs(chromium: Browser, host: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    for name in static_page.PAGES:
        page.goto(f"{host}/{name}")
        expect(page.locator("noscript section")).to_be_visible()
        said = page.locator("noscript").inner_text()
        assert "请允许本页的 JavaScript" in said
        assert "please allow JavaScript" in said
        expect(page.locator(".waiting")).to_be_hidden()
    context.close()


def test_what_is_missing_is_told_with_the_way_out(
    page: Page, exported: Path, tmp_path: Path, small: indexer.Index
) -> None:
    folder = Path(shutil.copytree(exported, tmp_path / "export"))
    generation = json.loads((folder / "index.json").read_text("utf-8"))["generation"]
    with serving(static_host(folder)) as address:
        page.goto(f"{address}/{BELOW}/?q=跨境")
        searched(page, "跨境")
        (folder / generation).rename(folder / "away")
        page.locator("#q").fill("分级")
        expect(page.get_by_role("alert")).to_contain_text("请把导出的目录完整地上传一遍。")
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("不在了")
        (folder / "away").rename(folder / generation)
        page.get_by_role("button", name="重试").click()
        searched(page, "分级")
        (folder / generation).rename(folder / "000000000000")
        (folder / "index.json").write_text(json.dumps({"format": 2, "generation": "000000000000"}), "utf-8")
        page.locator("#q").fill("加工")
        expect(page.get_by_role("alert")).to_contain_text("文档更新了")
        page.get_by_role("button", name="重试").click()
        searched(page, "加工")
        page.goto(f"{address}/{BELOW}/read.html?id=nobody")
        expect(page.get_by_role("alert")).to_contain_text("索引里没有文档")
        page.goto(f"{address}/{BELOW}/?q=x&year=abc")
        expect(page.get_by_role("alert")).to_contain_text("年份“abc”看不懂")


def test_hostile_documents_stay_text(page: Page, host: str, small: indexer.Index) -> None:
    hostile = next(document for document in small.documents() if document.path.endswith(".html"))
    for address in ("?q=恶意数据", "documents.html", f"read.html?id={hostile.id}&q=恶意"):
        page.goto(f"{host}/{address}")
        is_made(page)
        expect(page.locator("main")).to_contain_text("<img src=x onerror=alert")
        assert page.locator("main :is(img, script, iframe)").count() == 0


# ── for everybody ────────────────────────────────────────────────────────────────────────────────────────────────────

STATES: dict[str, Any] = {
    "home": "",
    "results": "?q=数据&collapse=text",
    "by document": "?q=数据&group=document&year=2022..2023",
    "nothing": "?q=鱻龘骉&tag=报告",
    "warning": "?q=数据 OR&lang=en",
    "reading": "read.html?id={要点}&q=数据",
    "long outline": "read.html?id={数据条例}&q=数据",
    "documents": "documents.html",
    "gone": "read.html?id=nobody",
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, host: str, small: indexer.Index, state: str) -> None:
    ids = {document.title: document.id for document in small.documents()}
    page.goto(f"{host}/{STATES[state].format_map(ids)}")
    is_made(page)
    for opened in page.locator("main details:not([open]):not(.fold) > summary").all()[:3]:
        if opened.is_visible():
            opened.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=RULES)
        assert found.response["violations"] == [], found.generate_report()
    for width in (768, 390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_of_it_is_printed(page: Page, host: str, small: indexer.Index) -> None:
    found = document_id(small, "数据条例")
    page.goto(f"{host}/read.html?id={found}")
    passages = small.passages(found)
    is_read(page)
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".outline")).to_be_hidden()
    expect(page.get_by_text(passages[-1].text)).to_be_visible()


def test_its_own_policy_refuses_what_others_put_into_it(context: BrowserContext, host: str) -> None:
    """That the page itself keeps to it the fixture ``page`` watches."""
    page = context.new_page()
    page.goto(f"{host}/")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert "unsafe" not in policy
    assert "*" not in policy
    assert policy.startswith("default-src 'none'")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.head.append(script);
        }"""
    )
    assert page.evaluate("window.ran") is None
    page.close()
