"""The widget in pages of another origin: what it shows, keys, input methods, events, and how it looks to a machine."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import indexer
import webui
from tests.browser.actions import watch
from tests.browser.conftest import serving
from tests.browser.hosts import Host, ask, needs, tag
from tests.browser.test_safety import violations

STRICT = (
    "default-src 'none'; style-src 'none'; script-src {server}; connect-src {server}; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
# A host whose own rules would spoil the widget if they reached it.
STYLE = """<style>
xunzhang-search { --xunzhang-mark: rgb(1 2 3) } xunzhang-search::part(input) { color: rgb(4 5 6) }
div, a, mark { display: none !important }
</style>"""


def listen(page: Page, name: str, prevent: bool = False) -> None:
    """Keep the details of an event in ``window.told``."""
    page.evaluate(
        """([name, prevent]) => { window.told = []; document.addEventListener(name, (event) => {
            window.told.push(event.detail); if (prevent) event.preventDefault(); }) }""",
        [name, prevent],
    )


def told(page: Page, count: int = 1) -> list[Any]:
    """The details of the events that came."""
    page.wait_for_function("count => window.told.length >= count", arg=count)
    return page.evaluate("window.told")


class TestHits:
    def test_name_their_work_where_the_title_does_not(self, page: Page, host: Host, allowing: str) -> None:
        def answer(route: Route) -> None:
            """Let the documents be parts of a work, one of which has its name."""
            body = route.fetch().json()
            for number, hit in enumerate(body["hits"]):
                title = "渔业释义 卷二" if number else "卷一"
                hit |= {"work_highlights": [] if number else [[0, 2]], "title_highlights": []}
                hit["document"] |= {"work": "渔业释义", "title": title}
            route.fulfill(json=body, headers={"Access-Control-Allow-Origin": "*"})

        page.route("**/api/v1/search*", answer)
        host.show(page, tag(allowing))
        hits = ask(page, "数据")
        expect(hits.first.locator(".work")).to_have_text("渔业释义")
        expect(hits.first.locator(".work mark")).to_have_text("渔业")
        expect(hits.first.locator(".path")).to_contain_text("渔业释义 › 卷一")
        expect(hits.nth(1).locator(".work")).to_have_count(0)

    def test_alone_in_part_are_never_none(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        ask(page, "数据共享 软件")
        expect(page.locator("xunzhang-search .count")).to_contain_text("没有一段包含全部词；最接近的")

    def test_are_those_of_the_server_with_marks_paths_and_links(self, page: Page, host: Host, allowing: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        host.show(page, tag(allowing))
        hits = ask(page, "数字经济")
        expect(hits.first.locator("mark").first).to_have_text("数字经济")
        expect(hits.first).to_contain_text("数字发展报告")
        answer = page.request.get(f"{allowing}/api/v1/search?q=数字经济&limit=8").json()
        assert hits.count() == len(answer["hits"])
        first = answer["hits"][0]
        href = hits.first.get_attribute("href") or ""
        assert href.startswith(f"{allowing}/d/{first['document']['id']}?q=")
        assert href.endswith(f"#{first['permalink']}")
        expect(page.locator("xunzhang-search .count")).to_contain_text(f"共 {answer['entries']} 段")
        assert [url for url in asked if url.startswith(allowing) and "/api/" not in url] == [
            f"{allowing}/widget.js",
            f"{allowing}/index.json",
        ]
        hits.first.click()
        expect(page.locator("mark").first).to_be_visible()
        assert page.url == href

    def test_a_limit_and_filters_are_asked_for(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing, 'limit="2" tag="法规" document="语料/条例.md&#10;语料/报告.md"'))
        requests = watch(page)
        expect(ask(page, "数据")).to_have_count(2)
        page.wait_for_timeout(100)
        assert "limit=2&document=" in requests[-1].url
        assert requests[-1].url.count("document=") == 2
        expect(page.locator("xunzhang-search .title").first).to_have_text("数据条例")

    def test_nothing_found_is_said_with_a_way_out(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        ask(page, "鱻龘")
        expect(page.locator("xunzhang-search .summary")).to_contain_text("没有找到“鱻龘”")
        expect(page.locator("xunzhang-search [role=status]")).to_contain_text("没有找到“鱻龘”")

    def test_an_emptied_field_shows_nothing(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        expect(ask(page, "数据").first).to_be_visible()
        page.locator("xunzhang-search input").fill("")
        expect(page.locator("xunzhang-search .combo")).to_be_hidden()

    def test_hostile_documents_are_text(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        expect(ask(page, "恶意数据").first).to_contain_text("<script>alert(3)</script>")
        page.locator("xunzhang-search input").fill("onerror")
        expect(page.locator("xunzhang-search mark").first).to_have_text("onerror")
        assert page.locator("xunzhang-search :is(img, script, [onerror])").count() == 0
        assert page.locator("xunzhang-search a[href^='javascript:']").count() == 0

    def test_the_host_may_lead_them_elsewhere(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing, 'link="/docs/{path}?q={q}#{permalink}"'))
        href = ask(page, "数字经济").first.get_attribute("href") or ""
        assert href.startswith(f"{host.address}/docs/%E8%AF%AD%E6%96%99/%E6%8A%A5%E5%91%8A.md?q=")
        page.evaluate("document.querySelector('xunzhang-search').link = 'javascript:alert(1)//{q}'")
        page.locator("xunzhang-search input").fill("软件")
        expect(page.locator("xunzhang-search mark").first).to_have_text("软件")
        assert page.locator("xunzhang-search a[role=option]").count() == 0

    def test_without_a_link_the_whole_passage_opens_in_place(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing, 'link="javascript:0"'))
        hit = ask(page, "跨境").first
        expect(hit).to_contain_text("…")
        hit.click()
        expect(hit.locator(".text")).to_have_text("很长的一段，" * 40 + "末尾说到数据跨境。")
        expect(hit.locator("mark")).to_have_text("跨境")

    def test_a_server_under_a_path_is_searched(self, page: Page, index: indexer.Index, host: Host) -> None:
        inner = webui.create_app(index, allow_origins=[host.address])
        outer = Flask("outer")
        outer.wsgi_app = DispatcherMiddleware(outer.wsgi_app, {"/sub": inner})  # type: ignore[method-assign]
        with serving(outer) as address:
            host.show(
                page,
                f'<script type="module" src="{address}/sub/widget.js"></script><xunzhang-search></xunzhang-search>',
            )
            href = ask(page, "数据").first.get_attribute("href") or ""
            assert href.startswith(f"{address}/sub/d/")

    def test_a_part_of_another_application_is_searched(self, page: Page, index: indexer.Index, host: Host) -> None:
        outer = Flask("outer")
        outer.register_blueprint(webui.search(index, allow_origins=[host.address]), url_prefix="/in/side")
        with serving(outer) as address:
            host.show(page, tag(f"{address}/in/side"))
            href = ask(page, "数据").first.get_attribute("href") or ""
            assert href.startswith(f"{address}/in/side/d/")


class TestTyping:
    def test_nothing_is_asked_while_an_input_method_composes(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        requests = watch(page)
        keyboard = page.context.new_cdp_session(page)
        field = page.locator("xunzhang-search input")
        field.focus()
        for text in ("s", "sh", "shu'ju"):
            keyboard.send(
                "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
            )
            page.wait_for_timeout(250)
        field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "cancelable": True})
        page.wait_for_timeout(250)
        assert requests == []
        keyboard.send("Input.insertText", {"text": "数据"})
        expect(page.locator("xunzhang-search [role=option]").first).to_be_visible()
        assert len(requests) == 1

    def test_keys_walk_through_the_hits(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        hits = ask(page, "数据")
        field = page.get_by_role("combobox", name="检索内容")
        expect(hits.first).to_be_visible()
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowDown")
        field.press("ArrowDown")
        expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
        assert field.get_attribute("aria-activedescendant") == hits.nth(1).get_attribute("id")
        expect(field).to_have_value("数据")
        field.press("Escape")
        expect(hits.first).to_be_hidden()
        expect(field).to_have_value("数据")
        field.press("ArrowDown")
        expect(hits.first).to_be_visible()
        field.press("Enter")
        expect(hits.first).to_have_attribute("aria-selected", "true")
        href = hits.first.get_attribute("href")
        field.press("Enter")
        expect(page).to_have_url(href or "")

    def test_enter_asks_at_once(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        requests = watch(page)
        page.locator("xunzhang-search input").fill("数据")
        page.locator("xunzhang-search input").press("Enter")
        expect(page.locator("xunzhang-search [role=option]").first).to_be_visible()
        page.wait_for_timeout(300)
        assert len(requests) == 1

    def test_what_is_typed_is_no_shortcut_of_the_host(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        page.evaluate("window.keys = []; document.addEventListener('keydown', ({key}) => window.keys.push(key))")
        page.locator("xunzhang-search input").press_sequentially("s/k")
        page.locator("xunzhang-search input").press("ArrowDown")
        assert page.evaluate("window.keys") == ["ArrowDown"]

    def test_the_list_goes_with_the_focus_and_comes_back(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing) + "<button>别处</button>")
        hits = ask(page, "数据")
        expect(hits.first).to_be_visible()
        page.get_by_role("button", name="别处").focus()
        expect(hits.first).to_be_hidden()
        page.locator("xunzhang-search input").focus()
        expect(hits.first).to_be_visible()


class TestHosts:
    def test_are_told_of_results_and_choices(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        listen(page, "xunzhang:results")
        hits = ask(page, "数据")
        assert told(page)[-1]["query"] == "数据"
        listen(page, "xunzhang:select", prevent=True)
        expect(hits.first).to_be_visible()
        address = page.url
        hits.nth(1).click()
        (detail,) = told(page)
        answer = page.request.get(f"{allowing}/api/v1/search?q=数据").json()
        assert detail["id"] == answer["hits"][1]["id"]
        assert detail["href"].startswith(f"{allowing}/d/")
        expect(hits.first).to_be_hidden()
        assert page.url == address

    def test_call_methods_and_set_properties(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing))
        page.evaluate("customElements.whenDefined('xunzhang-search')")
        page.evaluate("document.querySelector('xunzhang-search').tag = ['法规']")
        page.evaluate("document.querySelector('xunzhang-search').search('数据')")
        expect(page.locator("xunzhang-search .title").first).to_have_text("数据条例")
        page.evaluate("document.querySelector('xunzhang-search').close()")
        expect(page.locator("xunzhang-search .combo")).to_be_hidden()

    def test_properties_set_before_the_script_came_count(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, "<xunzhang-search></xunzhang-search>")
        page.evaluate("document.querySelector('xunzhang-search').placeholder = '查法条'")
        page.add_script_tag(url=f"{allowing}/widget.js", type="module")
        expect(page.get_by_role("combobox")).to_have_attribute("placeholder", "查法条")

    def test_may_move_and_remove_it(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, f"<div id=there></div>{tag(allowing)}")
        expect(ask(page, "数据").first).to_be_visible()
        page.evaluate("document.querySelector('#there').append(document.querySelector('xunzhang-search'))")
        page.locator("xunzhang-search input").fill("软件")
        expect(page.locator("xunzhang-search mark").first).to_have_text("软件")
        page.evaluate("document.querySelector('xunzhang-search').remove()")
        page.keyboard.press("Control+k")

    def test_choose_the_language(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, f"<div lang=en>{tag(allowing)}</div>")
        expect(page.get_by_role("combobox", name="Search for")).to_be_visible()
        ask(page, "鱻龘")
        expect(page.locator("xunzhang-search .summary")).to_contain_text("Nothing found")
        page.evaluate("document.querySelector('xunzhang-search').lang = 'zh-TW'")
        expect(page.get_by_role("combobox", name="检索内容")).to_have_value("鱻龘")

    def test_style_it_by_variables_and_parts(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing), head=STYLE)
        mark = ask(page, "数据").locator("mark").first
        expect(mark).to_have_css("background-color", "rgb(1, 2, 3)")
        expect(page.locator("xunzhang-search input")).to_have_css("color", "rgb(4, 5, 6)")

    def test_with_a_strict_policy_carry_it(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing), policy=STRICT.format(server=allowing))
        expect(ask(page, "数据").first.locator("mark").first).to_have_css("background-color", "rgb(255, 224, 138)")

    def test_made_with_react_carry_it(self, page: Page, host: Host, allowing: str) -> None:
        needs("react/umd/react.production.min.js", "react-dom/umd/react-dom.production.min.js")
        script = f"""<div id=app></div><script type=module src="{allowing}/widget.js"></script>
          <script src=/vendor/react/umd/react.production.min.js></script>
          <script src=/vendor/react-dom/umd/react-dom.production.min.js></script><script>
          const {{ createElement: e, StrictMode, useEffect, useRef, useState }} = React;
          function App() {{
            const [chosen, choose] = useState(""), box = useRef(null);
            useEffect(() => {{
              const act = (event) => {{ event.preventDefault(); choose(event.detail.document.title); }};
              box.current.addEventListener("xunzhang:select", act);
              return () => box.current?.removeEventListener("xunzhang:select", act);
            }}, []);
            const search = e("xunzhang-search", {{ src: {json.dumps(allowing)}, limit: 3, ref: box }});
            return e("main", null, search, e("output", null, chosen));
          }}
          ReactDOM.createRoot(document.getElementById("app")).render(e(StrictMode, null, e(App)));</script>"""
        host.show(page, script)
        hits = ask(page, "数字经济")
        hits.first.click()
        expect(page.locator("output")).to_have_text("数字发展报告")
        expect(page.locator("xunzhang-search input")).to_have_value("数字经济")

    def test_made_with_vue_carry_it(self, page: Page, host: Host, allowing: str) -> None:
        needs("vue/dist/vue.global.prod.js")
        script = f"""<div id=app>
          <xunzhang-search src="{allowing}" :tag.prop="tags" @xunzhang:select.prevent="choose"></xunzhang-search>
          <output>{{{{ chosen }}}}</output></div><script type=module src="{allowing}/widget.js"></script>
          <script src=/vendor/vue/dist/vue.global.prod.js></script><script>
          const app = Vue.createApp({{ data: () => ({{ chosen: "", tags: ["法规", "报告"] }}),
            methods: {{ choose({{ detail }}) {{ this.chosen = detail.document.title; }} }} }});
          app.config.compilerOptions.isCustomElement = (name) => name === "xunzhang-search";
          app.mount("#app");</script>"""
        host.show(page, script)
        ask(page, "数字经济").first.click()
        expect(page.locator("output")).to_have_text("数字发展报告")


class TestDialog:
    def test_opens_and_closes_by_keys(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, f"<button>之前</button>{tag(allowing, 'mode=dialog')}")
        expect(page.get_by_role("button", name="检索")).to_be_visible()
        page.get_by_role("button", name="之前").focus()
        page.keyboard.press("Control+k")
        field = page.get_by_role("combobox", name="检索内容")
        expect(field).to_be_focused()
        field.press_sequentially("数据")
        hits = page.locator("xunzhang-search [role=option]")
        expect(hits.first).to_be_visible()
        field.press("ArrowDown")
        expect(hits.first).to_have_attribute("aria-selected", "true")
        field.press("Escape")
        expect(field).to_be_hidden()
        expect(page.get_by_role("button", name="之前")).to_be_focused()
        page.keyboard.press("Control+k")
        expect(field).to_have_value("数据")
        expect(hits.first).to_be_visible()
        page.keyboard.press("Control+k")
        expect(field).to_be_hidden()

    def test_opens_by_its_button_and_closes_beside_it(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing, "mode=dialog"))
        page.get_by_role("button", name="检索").click()
        expect(page.get_by_role("dialog", name="检索")).to_be_visible()
        page.mouse.click(5, 5)
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.get_by_role("button", name="检索").click()
        page.get_by_role("button", name="关闭").click()
        expect(page.get_by_role("dialog")).to_be_hidden()

    def test_closes_when_the_host_goes_there_itself(self, page: Page, host: Host, allowing: str) -> None:
        host.show(page, tag(allowing, "mode=dialog"))
        listen(page, "xunzhang:select", prevent=True)
        page.keyboard.press("Control+k")
        expect(ask(page, "数据").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert told(page)[0]["id"]
        expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["field", "dialog"])
def test_axe_finds_nothing(page: Page, host: Host, allowing: str, mode: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    head = "<style>:root { color-scheme: light dark }</style>"
    host.show(page, f"<main><h1>页</h1>{tag(allowing, f'mode={mode}')}</main>", head=head)
    expect(page.locator("xunzhang-search .root")).to_be_attached()
    assert violations(page) == []
    page.evaluate("document.querySelector('xunzhang-search').open()")
    for query, sign in (("数据安全", "mark"), ("鱻龘", ".summary")):
        page.locator("xunzhang-search input").fill(query)
        expect(page.locator(f"xunzhang-search {sign}").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert violations(page) == []
    page.route("**/api/v1/search*", lambda route: route.abort())
    page.locator("xunzhang-search input").fill("软件")
    expect(page.locator("xunzhang-search .failure")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_cut_off(page: Page, host: Host, allowing: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    host.show(
        page,
        f"<div style='width: 9rem; margin-left: auto'>{tag(allowing)}</div>",
        head="<meta name=viewport content='width=device-width'>",
    )
    expect(ask(page, "数据").first).to_be_visible()
    box = page.locator("xunzhang-search .combo").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 640
