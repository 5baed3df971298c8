"""A real browser (Debian's Chromium) on a real server on the loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

import indexer
import webui
from tests.support import serving
from tests.webui.conftest import HOSTILE, REPORT

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from tests.browser.hosts import Host, hosting, serving_to  # noqa: E402 (it needs Playwright)

# Milliseconds that what is expected may take: a machine under load is no failure.
sync_api.expect.set_options(timeout=60_000)

NAMES = ("采集", "存储", "使用", "加工", "传输", "提供", "公开", "删除", "出境", "交易")
# Documents with hits beyond one page, and with chapters beyond one level.
CHAPTERS = "".join(
    f"\n## 第{chapter}章 数据{name}\n"
    + "".join(f"\n### 第{article}条\n\n数据处理者应当{name}第{article}类数据。\n" for article in "一二三四")
    for chapter, name in zip("一二三四五六七八九十", NAMES, strict=True)
)
LONG = "# 长文\n\n" + "很长的一段，" * 40 + "末尾说到数据跨境。\n"


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    folder = tmp_path_factory.mktemp("browser")
    corpus = folder / "语料"
    corpus.mkdir()
    (corpus / "报告.md").write_text(REPORT, "utf-8")
    (corpus / "条例.md").write_text(f"---\ntitle: 数据条例\ndate: 2023-01-01\ntags: [法规]\n---\n{CHAPTERS}", "utf-8")
    (corpus / "长文.md").write_text(LONG, "utf-8")
    (corpus / "恶意<img src=x onerror=alert(9)>.html").write_text(HOSTILE, "utf-8")
    with indexer.create_index(folder / "index") as made:
        assert not made.update([corpus]).failed
        yield made


@pytest.fixture(scope="session")
def server(index: indexer.Index) -> Iterator[str]:
    """The address of a server of the index."""
    with serving(webui.create_app(index)) as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[sync_api.Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium here; .ci/run installs one")
    arguments = ["--disable-gpu", "--disable-background-networking"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium has no sandbox for root
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: sync_api.Browser, server: str) -> Iterator[sync_api.BrowserContext]:
    made = chromium.new_context(base_url=server, locale="zh-CN", reduced_motion="reduce")
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: sync_api.BrowserContext) -> Iterator[sync_api.Page]:
    """A page on which no script may fail, whose policy nothing may break, and which asks no other host."""
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
    made.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    made.on("request", lambda request: None if "127.0.0.1" in request.url else faults.append(request.url))
    yield made
    assert faults == []


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """Somebody else's site, of another origin."""
    with hosting() as made:
        yield made


@pytest.fixture(scope="module")
def allowing(index: indexer.Index, host: Host) -> Iterator[str]:
    """The address of a server that lets that site search."""
    with serving_to(index, host) as address:
        yield address
