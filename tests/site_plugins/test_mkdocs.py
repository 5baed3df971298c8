"""The plugin of MkDocs, built with Material as its users do, and with the theme that MkDocs brings."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from indexer.site_plugins.mkdocs import XunzhangPlugin
from tests.static_export.asking import ask, needs_node
from tests.support import ROOT

PAGES = {
    "index.md": "# 首页\n\n处理者应当保障数据安全。\n",
    "指南/安装.md": "# 安装\n\n## 准备\n\n先备份数据，再安装。\n",
    "草稿.md": "---\nsearch:\n  exclude: true\n---\n# 草稿\n\n数据还没有写完。\n",
    "附录/旧版.md": "# 旧版\n\n数据的旧格式。\n",
}
Build = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build a site, with options of the plugin."""
    entry = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["mkdocs.plugins"]
    installed = dict(MkDocsConfig._schema)["plugins"].installed_plugins  # read once, when MkDocs is imported
    for name, value in entry.items():
        monkeypatch.setitem(installed, name, EntryPoint(name, value, "mkdocs.plugins"))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    for name, text in PAGES.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")

    def run(theme: str = "material", others: tuple[str, ...] = (), **options: Any) -> Path:
        config = tmp_path / "mkdocs.yml"
        config.write_text("site_name: 手册\nsite_url: https://example.org/手册/\n", "utf-8")
        build(
            load_config(
                str(config),
                theme={"name": theme, "font": False} if theme == "material" else theme,
                plugins=[*others, {"xunzhang": options}],
            )
        )
        return tmp_path / "site"

    return run


def found(site: Path, query: str, folder: str = "xunzhang") -> list[str]:
    (said,) = ask(site / folder, [{"q": query, "sort": "order"}])
    return [hit["document"]["path"] for hit in said["answer"]["hits"]]


@needs_node
def test_it_takes_the_place_of_the_themes_search(make: Build) -> None:
    site = make(others=("search",), exclude=["附录/*"])
    assert found(site, "数据") == ["index.html", "指南/安装/index.html"]
    assert not (site / "search").exists()
    page = (site / "指南" / "安装" / "index.html").read_text("utf-8")
    assert "md-search" not in page
    header = page[page.index('<nav class="md-header__inner') :].partition("</nav>")[0]
    assert '<xunzhang-search mode="dialog" src="../../xunzhang/" limit="8"></xunzhang-search>' in header
    assert '<script type="module" src="../../xunzhang/widget.js"></script></head>' in page
    assert '<link rel="stylesheet" href="../../xunzhang/mkdocs.css">' in page
    assert {name for name in ("widget.js", "mkdocs.css") if (site / "xunzhang" / name).is_file()} == {
        "widget.js",
        "mkdocs.css",
    }


def test_a_page_that_was_not_found_has_the_box_wherever_it_is_shown(make: Build) -> None:
    page = (make() / "404.html").read_text("utf-8")
    assert 'src="/手册/xunzhang/"' in page
    assert 'src="/手册/xunzhang/widget.js"' in page


@needs_node
def test_options(make: Build) -> None:
    site = make(folder="assets/查", placeholder='搜"这里"', limit=3)
    assert found(site, "备份", "assets/查") == ["指南/安装/index.html"]
    page = (site / "index.html").read_text("utf-8")
    assert 'src="assets/查/" limit="3" placeholder="搜&quot;这里&quot;"' in page


def test_it_can_be_switched_off(make: Build) -> None:
    site = make(others=("search",), enabled=False)
    assert (site / "search" / "search_index.json").is_file()
    assert not (site / "xunzhang").exists()
    assert "xunzhang" not in (site / "index.html").read_text("utf-8")


def test_another_theme_has_the_box_in_a_corner(make: Build) -> None:
    page = (make(theme="mkdocs") / "index.html").read_text("utf-8")
    body = page[page.index("<body") :].partition(">")[2]
    assert body.startswith('<div class="xunzhang-corner"><xunzhang-search ')


def test_a_page_that_has_a_box_keeps_it_where_it_is() -> None:
    plugin = XunzhangPlugin()
    assert not plugin.load_config({})[0]
    own = "<head></head><body><main><xunzhang-search></xunzhang-search></main></body>"
    with_box = plugin._with_box(own, "../xunzhang/")
    assert with_box.count("<xunzhang-search") == 1
    assert 'src="../xunzhang/widget.js"' in with_box


@needs_node
def test_a_page_that_changes_is_read_again_in_the_same_process(make: Build, tmp_path: Path) -> None:
    assert found(make(), "备份") == ["指南/安装/index.html"]
    (tmp_path / "docs" / "index.md").write_text("# 首页\n\n先备份。\n", "utf-8")
    assert found(make(), "备份") == ["index.html", "指南/安装/index.html"]


def test_what_cannot_be_written_ends_the_build_with_a_sentence(make: Build, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        make(folder="../外面")
    assert "不在网站的目录" in caplog.text


def test_it_says_how_much_there_is(make: Build, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "mkdocs.plugins.xunzhang"):
        make()
    assert any("寻章：3 页" in record.message for record in caplog.records)
