"""A built site as documents: which pages are searched, what is said of the others, and where each of them is."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build.site_reader import SiteReading, read_site
from indexer.errors import BadParameter


def page(text: str, head: str = "", attributes: str = "") -> str:
    return f"<!doctype html><html {attributes}><head>{head}</head><body><main>{text}</main></body></html>"


def read(folder: Path, files: dict[str, str], leave_out: tuple[str, ...] = ()) -> SiteReading:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return read_site(folder, "ours.json", leave_out)


def left_out(reading: SiteReading) -> dict[str, str]:
    return {one.path: one.reason for one in reading.left_out}


def test_pages_are_documents_by_path_with_their_address(tmp_path: Path) -> None:
    head = '<title>安装</title><link rel="canonical" href="https://a.example/docs/指南/安装/">'
    files = {"乙.html": page("<p>一</p>"), "指南/安装/index.html": page('<h2 id="a">甲</h2><p>二</p>', head)}
    found = read(tmp_path, files).pages
    assert [(one.document.path, one.address) for one in found] == [
        ("乙.html", "乙.html"),
        ("指南/安装/index.html", "指南/安装/"),
    ]
    assert [one.document.title for one in found] == ["乙", "安装"]
    assert found[1].document.url == "https://a.example/docs/指南/安装/"
    assert [(each.text, each.section, each.anchor) for each in found[1].passages] == [
        ("甲", ("甲",), "a"),
        ("二", ("甲",), "a"),
    ]


def test_a_page_without_a_title_is_called_by_its_folder(tmp_path: Path) -> None:
    reading = read(tmp_path, {"指南/index.html": page("<p>一</p>"), "index.html": page("<p>二</p>")})
    assert {one.document.path: one.document.title for one in reading.pages} == {
        "index.html": "index",
        "指南/index.html": "指南",
    }


def test_every_page_that_is_not_searched_is_named_with_the_reason(tmp_path: Path) -> None:
    made_by = '<meta name="generator" content="Hugo 0.140.0">'
    same = '<link rel="canonical" href="https://a.example/b/">'
    files = {
        "index.html": page("<p>首页</p>", f'{made_by}<link rel="canonical" href="https://a.example/">'),
        "404.html": page("<p>没有</p>"),
        "b/index.html": page("<p>乙</p>", same),
        "c/index.html": page("<p>丙</p>", same),
        "google1.html": "google-site-verification: google1.html",
        "old/index.html": page("", '<meta http-equiv="refresh" content="0; url=/b/">'),
        "draft.html": page("<p>草稿</p>", '<meta name="robots" content="noindex">'),
        "tags/index.html": page("<p>标签</p>"),
        "empty.html": page(""),
        "secret.html": page("<p>密</p>"),
    }
    reading = read(tmp_path, files, ("secret.html",))
    assert [one.document.path for one in reading.pages] == ["b/index.html", "index.html"]
    assert left_out(reading) == {
        "404.html": "找不到页面时显示的页。",
        "c/index.html": "规范网址是另一页：b/index.html。",
        "draft.html": "网页写明不让检索收录（robots noindex）。",
        "empty.html": "没有正文。",
        "google1.html": "不是一个完整的网页。",
        "old/index.html": "只是转到别的页。",
        "secret.html": "作者写明不检索。",
        "tags/index.html": "标签、分类或归档的列表。",
    }


def test_where_one_page_is_marked_the_others_are_left_out_and_a_marked_one_is_never_by_its_name(tmp_path: Path) -> None:
    marked = "<article data-xunzhang-body><p>正文</p></article>"
    reading = read(tmp_path, {"a.html": page(marked), "b.html": page("<p>列表</p>"), "search.html": page(marked)})
    assert [one.document.path for one in reading.pages] == ["a.html", "search.html"]
    assert left_out(reading) == {"b.html": "没有标出正文，而别的页标了。"}


def test_a_page_that_cannot_be_read_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "坏.html").write_bytes(b"\x00\x01\x02\xff" * 64)
    reading = read(tmp_path, {"好.html": page("<p>一</p>")})
    assert [one.document.path for one in reading.pages] == ["好.html"]
    assert [one.path for one in reading.failed] == ["坏.html"]


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="没有能检索的网页"):
        read(tmp_path, {"404.html": page("<p>没有</p>"), "甲.md": "# 甲"})
    with pytest.raises(BadParameter, match="不是目录"):
        read_site(tmp_path / "没有", "ours.json")
