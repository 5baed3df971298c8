"""The export of a built site: written into it, with links to the paragraphs of its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.errors import BadParameter
from indexer.model import Failure
from indexer.static_export import export_site
from indexer.static_export.own_files import MANIFEST
from tests.static_export.asking import ask, needs_node

PAGE = (
    "<!doctype html><html><head><title>{title}</title></head><body><nav>{title}</nav><main>{text}</main></body></html>"
)
FILES = {
    "index.html": PAGE.format(title="首页", text='<h1 id="top">首页</h1><p>处理者应当保障数据安全。</p>'),
    "指南/a-b/index.html": PAGE.format(
        title="指南",
        text='<h2 id="第 一">第一</h2><p>旧的说法，新的-说法&amp;别的,都算。</p><p>同一句话。</p><p>同一句话。</p>',
    ),
    "404.html": PAGE.format(title="没有", text="<p>没有这一页，处理者也没有。</p>"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(content, "utf-8")
    return tmp_path / "site"


def hits(folder: Path, query: str) -> list[Mapping[str, Any]]:
    (said,) = ask(folder, [{"q": query, "sort": "order"}])
    found: list[Mapping[str, Any]] = said["answer"]["hits"]
    return found


def links(folder: Path, query: str) -> list[str]:
    return [hit["link"] for hit in hits(folder, query)]


@needs_node
def test_a_hit_leads_to_its_paragraph(site: Path) -> None:
    report = export_site(site)
    assert report.left_out == (Failure("404.html", "找不到页面时显示的页。"),)
    folder = site / "xunzhang"
    assert list(map(unquote, links(folder, "处理者"))) == ["../#top:~:text=处理者应当保障数据安全"]
    (hit,) = hits(folder, "旧的说法")
    assert hit["document"]["path"] == "指南/a-b/index.html"
    assert unquote(hit["link"]) == "../指南/a-b/#第 一:~:text=旧的说法"


@needs_node
def test_what_has_a_meaning_in_addresses_is_quoted(site: Path) -> None:
    (site / "index.html").write_text(PAGE.format(title="首页", text='<p id="?&">新的-说法&amp;别的,都算</p>'), "utf-8")
    export_site(site)
    link = links(site / "xunzhang", "新的-说法")[0]
    start, _, words = link.partition(":~:text=")
    assert start == "../#%3F%26"
    assert words == "%E6%96%B0%E7%9A%84%2D%E8%AF%B4%E6%B3%95%26%E5%88%AB%E7%9A%84%2C%E9%83%BD%E7%AE%97"


@needs_node
def test_paragraphs_that_read_the_same_are_told_by_what_is_before_them(site: Path) -> None:
    export_site(site)
    one, two = map(unquote, links(site / "xunzhang", "同一句话"))
    assert one == "../指南/a-b/#第 一:~:text=新的%2D说法&别的,都算。-,同一句话".replace("%2D", "-")
    assert two != one


@needs_node
def test_a_heading_is_led_to_by_its_id(site: Path) -> None:
    export_site(site)
    assert [unquote(hit["link"]) for hit in hits(site / "xunzhang", "第一") if hit["kind"] == "heading"] == [
        "../指南/a-b/#第 一"
    ]


def test_it_is_written_again_over_itself_and_never_reads_itself(site: Path) -> None:
    first = export_site(site, scripts={"说明.html": PAGE.format(title="查", text="<p>检索</p>")})
    second = export_site(site, scripts={"说明.html": PAGE.format(title="查", text="<p>检索</p>")})
    assert first == second
    assert first.export.documents == 2
    assert (site / "xunzhang" / MANIFEST).is_file()


def test_it_may_be_deeper_in_the_site_and_nowhere_else(site: Path, tmp_path: Path) -> None:
    export_site(site, site / "assets" / "检索")
    for outside in (tmp_path / "elsewhere", site, site / ".." / "elsewhere"):
        with pytest.raises(BadParameter, match="不在网站的目录"):
            export_site(site, outside)
    assert not (tmp_path / "elsewhere").exists()


@needs_node
def test_the_way_to_the_root_is_that_of_its_folder(site: Path) -> None:
    export_site(site, site / "assets" / "检索")
    assert links(site / "assets" / "检索", "处理者")[0].startswith("../../#top")


def test_a_folder_of_the_site_itself_is_left_alone(site: Path) -> None:
    (site / "xunzhang").mkdir()
    (site / "xunzhang" / "index.html").write_text(FILES["index.html"], "utf-8")
    with pytest.raises(BadParameter, match="没有"):
        export_site(site)
    assert [path.name for path in (site / "xunzhang").iterdir()] == ["index.html"]


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_says_what_it_wrote_and_what_it_left_out(site: Path) -> None:
    done = CliRunner().invoke(cli, ["export-static", "--site", str(site)])
    assert done.exit_code == 0, done.output
    assert "2 份文档" in done.output
    assert "检索框" in done.output  # which the pages need yet
    assert "index.html" not in done.output  # since no page of ours belongs there
    assert "不检索 404.html：找不到页面时显示的页。" in done.output
    assert (site / "xunzhang" / "widget.js").is_file()


def test_the_command_as_json_and_with_a_page_that_cannot_be_read(site: Path) -> None:
    (site / "坏.html").write_bytes(b"\xef\xbb\xbf\xff\xfe\xfd")
    done = CliRunner().invoke(cli, ["export-static", str(site / "查"), "--site", str(site), "--json"])
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["export"]["documents"] == 2
    assert [one["path"] for one in said["left_out"]] == ["404.html"]
    assert [one["path"] for one in said["failed"]] == ["坏.html"]


def test_the_command_needs_a_folder_or_a_site(site: Path) -> None:
    assert CliRunner().invoke(cli, ["export-static"]).exit_code == 2
    assert CliRunner().invoke(cli, ["export-static", "--site", str(site / "没有")]).exit_code == 2
