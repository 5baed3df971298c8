"""The table: recall, kB and ms on built sites."""

from __future__ import annotations

import argparse
import math
import random
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.sites import __doc__ as about
from bench.sites.searches import OWN, Found, ours, ours_first, pagefind
from bench.sites.serving import Host, serving
from bench.sites.visible import counts, cut_strings, shown
from indexer.build.site_reader import read_site
from indexer.static_export import FOLDER, export_site
from indexer.static_export.own_files import MANIFEST
from webui.embed import widget

_TYPED = ("安装", "配置", "使用方法", "数据", "示例代码")
# Hits that are followed to their paragraphs.
_FOLLOWED = 20
_BLOCKS = "p, li, td, th, tr, h1, h2, h3, h4, h5, h6, pre, dd, dt, div, blockquote, figcaption"
_IN_VIEW = """([text, blocks]) => {
  const squeeze = (each) => each.replace(/\\s+/g, "");
  const wanted = squeeze(text);
  const found = [...document.querySelectorAll(blocks)].filter((one) => squeeze(one.textContent).includes(wanted));
  return found.filter((one) => !found.some((other) => other !== one && one.contains(other))).some((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
}"""


@dataclass
class Site:
    """A site, and what was measured on it."""

    generator: str
    base: str
    folder: Path
    rows: list[tuple[str, ...]] = field(default_factory=list)


def main() -> None:
    """Print a table for each site."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", metavar="NAME:BASE=FOLDER")
    parser.add_argument("--pagefind", type=Path, help="folder in which npm installed pagefind")
    parser.add_argument("--strings", type=int, default=200)
    parser.add_argument("--asked", type=int, default=40, help="of the strings, those that other searches are asked")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for each in options.sites:
            name, _, rest = each.partition(":")
            base, _, folder = rest.partition("=")
            _measure(browser, Site(name, base, Path(folder)), options)
        browser.close()


def _measure(browser: Browser, site: Site, options: argparse.Namespace) -> None:
    for old in (FOLDER, "pagefind"):
        shutil.rmtree(site.folder / old, ignore_errors=True)
    started = time.perf_counter()
    report = export_site(site.folder, scripts={"widget.js": widget.script()})
    seconds = time.perf_counter() - started
    export = report.export
    print(f"\n## {site.generator}: {export.documents} pages, {export.passages} passages, built in {seconds:.1f} s")
    print(f"left out: {', '.join(f'{one.path} ({one.reason})' for one in report.left_out) or 'none'}")
    if options.pagefind:
        _run_pagefind(options.pagefind, site.folder)
    pages = {page.document.path: page.address for page in read_site(site.folder, MANIFEST).pages}
    with serving(site.folder, site.base) as host:
        page = _context(browser).new_page()
        texts = {}
        for path, address in pages.items():
            page.goto(host.address + address)
            texts[path] = shown(page, site.generator)
        strings = cut_strings(texts, options.strings, options.seed)
        truth = counts(texts, strings)
        print(f"strings: {len(strings)}, occurrences: {sum(sum(each.values()) for each in truth.values())}")
        links = _ours(browser, host, truth)
        _landings(browser, host, links, options.seed)
        asked = strings[: options.asked]
        searches: dict[str, tuple[Callable[[Page, str, str], Found], str]] = {}
        if options.pagefind:
            searches["Pagefind"] = (pagefind, "^pagefind/")
        if site.generator in OWN:
            searches["its own"] = OWN[site.generator]
        for name, (search, files) in searches.items():
            _other(browser, host, name, search, files, {string: truth[string] for string in asked}, pages)


def _run_pagefind(folder: Path, site: Path) -> None:
    program = folder / "node_modules" / ".bin" / "pagefind"
    ran = subprocess.run([program, "--site", site], capture_output=True, text=True, check=True)
    print("Pagefind:", " ".join(re.findall(r"Indexed \d+ \w+", ran.stdout)))


def _context(browser: Browser) -> BrowserContext:
    """A window that asks nobody but the host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
    return context


def _fresh(browser: Browser, host: Host) -> Page:
    page = _context(browser).new_page()
    host.sent.clear()
    page.goto(host.address)
    page.wait_for_load_state("networkidle")
    return page


def _ours(browser: Browser, host: Host, truth: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Print what ours finds; every hit's link and text."""
    page = _fresh(browser, host)
    first = ours_first(page, host.address, _TYPED[0])
    sent = host.bytes_of(f"^{FOLDER}/")
    times = [ours_first(page, host.address, typed) for typed in _TYPED[1:]]
    later = (host.bytes_of(f"^{FOLDER}/") - sent) / len(times)
    there = seen = more = 0
    links: dict[str, str] = {}
    missed: list[str] = []
    for string, expected in truth.items():
        answer = ours(page, host.address, string)
        found: dict[str, int] = {}
        for path, count, link, text in answer["hits"]:
            found[path] = found.get(path, 0) + count
            links[link] = text
        for path in expected.keys() | found.keys():
            there += expected.get(path, 0)
            seen += min(expected.get(path, 0), found.get(path, 0))
            more += max(0, found.get(path, 0) - expected.get(path, 0))
            if found.get(path, 0) < expected.get(path, 0):
                missed.append(f"{string!r} in {path}: {found.get(path, 0)} of {expected[path]}")
    print(f"ours: {seen} of {there} occurrences found ({seen / there:.4f}), {more} more that are not shown")
    later_ms = statistics.median(times)
    print(f"  first search {sent / 1e3:.0f} kB, {first:.0f} ms; later {later / 1e3:.0f} kB, {later_ms:.0f} ms")
    for line in missed[:8]:
        print("  missed:", line)
    page.context.close()
    return list(links.items())


def _landings(browser: Browser, host: Host, links: Sequence[tuple[str, str]], seed: int) -> None:
    """Print how many links bring their paragraph into view: with our box on the page, by the text or the id alone."""
    chosen = random.Random(seed).sample(list(links), min(_FOLLOWED, len(links)))
    landed = {"box": 0, "text": 0, "id": 0}
    with_text = 0
    context = _context(browser)
    for link, text in chosen:
        whole = host.address + FOLDER + "/" + link
        start, _, fragment = whole.partition("#")
        anchor, mark, words = fragment.partition(":~:text=")
        with_text += bool(mark)
        forms = {"box": whole, "text": f"{start}#:~:text={words}" if mark else "", "id": f"{start}#{anchor}"}
        for form, address in forms.items():
            if address:
                landed[form] += _lands(context.new_page(), host, address, words if form == "box" else "", text)
    context.close()
    print(
        f"  of {len(chosen)} hits, {landed['box']} lead to where their paragraph is in view;"
        f" without the box {landed['text']} of {with_text} by the text alone, {landed['id']} by the id alone"
    )


def _lands(page: Page, host: Host, address: str, words: str, text: str) -> bool:
    """Tell whether a paragraph is in view; with ``words`` as after a choice in the box, which the page has."""
    if words:
        page.goto(f"{host.address}{FOLDER}/index.json")
        path = page.evaluate("(address) => new URL(address).pathname", address)
        page.evaluate(
            "([path, words]) => sessionStorage.setItem('xunzhang:arrival', JSON.stringify({ path, words }))",
            [path, words],
        )
    page.goto(address)
    if words:
        page.add_script_tag(url=f"{host.address}{FOLDER}/widget.js", type="module")
    page.wait_for_timeout(1500)
    landed: bool = page.evaluate(_IN_VIEW, [text, _BLOCKS])
    page.close()
    return landed


def _other(
    browser: Browser,
    host: Host,
    name: str,
    search: Callable[[Page, str, str], Found],
    files: str,
    truth: Mapping[str, Mapping[str, int]],
    pages: Mapping[str, str],
) -> None:
    """Print what another search finds, by page: how often a string stands on it, it does not tell."""
    page = _fresh(browser, host)
    cold = search(page, host.address, _TYPED[0])
    sent = host.bytes_of(files)
    there = found = 0
    times = []
    for string, expected in truth.items():
        answer = search(page, host.address, string)
        names = {each.removesuffix(".html").rstrip("/") for each in answer.pages}
        there += len(expected)
        found += sum(pages[path].removesuffix(".html").rstrip("/") in names for path in expected)
        times.append(answer.milliseconds)
    told = [each for each in times if not math.isnan(each)] or [math.nan]
    print(f"{name}: {found} of {there} pages found ({found / there:.3f})")
    print(f"  first search {sent / 1e3:.0f} kB, {cold.milliseconds:.0f} ms; later {statistics.median(told):.0f} ms")
    page.context.close()


if __name__ == "__main__":
    main()
