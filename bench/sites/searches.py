"""Searches of a page: ours, Pagefind's, and those that generators bring, asked as a reader would."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NeverCame

# Every hit of a quoted string: its page, how many times the string is marked in it, its link.
_OURS = """async ([base, q]) => {
  globalThis.ours ??= await (await import(base + "xunzhang/engine/engine.js")).open(base + "xunzhang/");
  const hits = [], started = performance.now();
  for (let offset = 0; offset !== null; ) {
    const answer = await ours.search({ q, offset, limit: 50, match: "exact", facets: [] });
    if (answer.error) throw new Error(answer.error.message);
    for (const hit of answer.hits) hits.push([hit.document.path, hit.highlights.length, hit.link, hit.text]);
    offset = answer.next_offset;
  }
  return { hits, milliseconds: performance.now() - started };
}"""
_OURS_FIRST = """async ([base, q]) => {
  const started = performance.now();
  globalThis.ours ??= await (await import(base + "xunzhang/engine/engine.js")).open(base + "xunzhang/");
  await ours.search({ q, limit: 8, facets: [] });
  return performance.now() - started;
}"""
_PAGEFIND = """async ([base, q]) => {
  globalThis.pagefind ??= await import(base + "pagefind/pagefind.js");
  const started = performance.now();
  const found = await pagefind.search(q);
  const shown = await Promise.all(found.results.slice(0, 8).map((one) => one.data()));
  const milliseconds = performance.now() - started;
  const all = await Promise.all(found.results.map((one) => one.data()));
  return { urls: all.map((one) => one.url), milliseconds };
}"""


@dataclass(frozen=True)
class Found:
    """The addresses of what a search found, below the root of the site and without ``#``, and milliseconds."""

    pages: frozenset[str]
    milliseconds: float


def ours(page: Page, base: str, string: str) -> dict[str, Any]:
    """Ask ours for all passages that hold a string."""
    answer: dict[str, Any] = page.evaluate(_OURS, [base, f'"{string}"'])
    return answer


def ours_first(page: Page, base: str, string: str) -> float:
    """Milliseconds of a typed search, opening included where it is the first of the page."""
    taken: float = page.evaluate(_OURS_FIRST, [base, string])
    return taken


def pagefind(page: Page, base: str, string: str) -> Found:
    """Ask Pagefind, as its own page does: nothing is quoted."""
    answer = page.evaluate(_PAGEFIND, [base, string])
    return Found(_below(answer["urls"], base), answer["milliseconds"])


def _below(urls: list[str], base: str) -> frozenset[str]:
    root = urlsplit(base).path
    paths = (unquote(urlsplit(urljoin(base, url)).path) for url in urls)
    return frozenset(path.removeprefix(root).removesuffix("index.html") for path in paths)


def _links(page: Page, selector: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(selector, "all => all.map((each) => each.href)")
    return found


def _settled(page: Page, selector: str, patience: float = 1.5) -> list[str]:
    """Return the links when there are some that have stayed the same for a while, or the time is over."""
    seen, since, began = _links(page, selector), time.perf_counter(), time.perf_counter()
    while (not seen or time.perf_counter() - since < 0.3) and time.perf_counter() - began < patience:
        page.wait_for_timeout(30)
        if (now := _links(page, selector)) != seen:
            seen, since = now, time.perf_counter()
    return seen


def _typed(page: Page, base: str, string: str, field: str, links: str) -> Found:
    page.click(field)
    page.fill(field, "")
    page.wait_for_timeout(100)
    before = _links(page, links)
    started = time.perf_counter()
    page.fill(field, string)
    try:
        page.wait_for_function(
            "([links, before]) => [...document.querySelectorAll(links)].map((each) => each.href).join() !== before",
            arg=[links, ",".join(before)],
            timeout=15_000,
        )
        milliseconds = (time.perf_counter() - started) * 1e3
    except NeverCame:
        milliseconds = float("nan")
    return Found(_below(_settled(page, links), base), milliseconds)


def _mkdocs(page: Page, base: str, string: str) -> Found:
    """Material's box; the list grows while it is scrolled."""
    if not page.is_visible(".md-search__input"):
        page.click("label[for=__search]")
    found = _typed(page, base, string, ".md-search__input", ".md-search-result__link")
    for _ in range(20):
        page.evaluate("() => { const list = document.querySelector('.md-search__scrollwrap'); list.scrollTop = 1e6; }")
        page.wait_for_timeout(30)
    return Found(found.pages | _below(_links(page, ".md-search-result__link"), base), found.milliseconds)


def _sphinx(page: Page, base: str, string: str) -> Found:
    started = time.perf_counter()
    page.goto(f"{base}search.html?q={string}")
    page.wait_for_selector(".search-summary", state="attached")
    found = _settled(page, "ul.search li a", 6)
    return Found(_below(found, base), (time.perf_counter() - started) * 1e3 - 300 if found else float("nan"))


def _vitepress(page: Page, base: str, string: str) -> Found:
    if not page.query_selector(".VPLocalSearchBox"):
        page.click(".VPNavBarSearch button")
        page.wait_for_selector(".VPLocalSearchBox .search-input")
    return _typed(page, base, string, ".VPLocalSearchBox .search-input", ".VPLocalSearchBox a.result")


def _docusaurus(page: Page, base: str, string: str) -> Found:
    started = time.perf_counter()
    page.goto(f"{base}search?q={string}")
    found = _settled(page, "main section article a", 6)
    return Found(_below(found, base), (time.perf_counter() - started) * 1e3 - 300 if found else float("nan"))


# Generator → what asks its search, and the files that belong to it. Hugo brings none.
OWN: Mapping[str, tuple[Callable[[Page, str, str], Found], str]] = {
    "mkdocs": (_mkdocs, r"search_index|workers/search|lunr"),
    "sphinx": (_sphinx, r"searchindex|searchtools|language_data"),
    "vitepress": (_vitepress, r"localSearchIndex|VPLocalSearchBox"),
    "docusaurus": (_docusaurus, r"search-index"),
}
