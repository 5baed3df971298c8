"""Commands that show what an index, or a file, holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rich.cells import cell_len

from tests.cli.conftest import Run


def test_list_stats_explain_check_for_people(indexed: Run) -> None:
    assert "共 2 篇" in indexed("list").stdout
    assert "段落：" in indexed("stats").stdout
    assert "第十二条" in indexed("explain", "第12条").stdout
    assert "完好" in indexed("check").stdout


def test_documents_are_listed_in_columns(indexed: Run) -> None:
    *lines, _ = indexed("list").stdout.splitlines()
    documents = json.loads(indexed("list", "--json").stdout)["documents"]
    assert all(document["id"] in line for document, line in zip(documents, lines, strict=True))
    columns = {cell_len(line[: line.index(document["path"])]) for document, line in zip(documents, lines, strict=True)}
    assert len(columns) == 1


def test_a_small_index_has_a_size(indexed: Run) -> None:
    assert re.search(r"占用：[1-9]\d*\.\d kB", indexed("stats").stdout)


def test_a_passage_is_shown_with_its_neighbours_or_cited(indexed: Run) -> None:
    (hit,) = json.loads(indexed("search", "--json", "--match", "exact", "保障数据安全").stdout)["hits"]
    shown = indexed("show", hit["id"], "--after", 1).stdout
    assert [line for line in shown.splitlines() if "第" in line and "条" in line][-1].endswith("第二条 依法监督管理。")
    body = json.loads(indexed("show", hit["id"], "--before", 1, "--json").stdout)
    assert [passage["text"] for passage in body["passages"]] == ["第一章 总则", "第一条 保障数据安全。"]
    assert indexed("show", hit["id"], "--cite", "plain").stdout == "《数据安全法》，第一章 总则 第一条\n"
    cited = indexed("show", hit["id"], "--cite", "gbt7714", "--url", "https://example.org/a").stdout
    assert cited.endswith("https://example.org/a.\n")
    assert hit["permalink"] != hit["id"]
    assert indexed("show", hit["permalink"], "--cite", "plain").stdout == "《数据安全法》，第一章 总则 第一条\n"
    assert indexed("show", "nobody-1").exit_code == 2
    assert indexed("show", hit["id"], "--before", 51).exit_code == 2


def test_outline_lists_what_was_left_out(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "页.html"
    page.write_text('<p>正文。</p><div class="related"><a>另一条新闻</a></div>', encoding="utf-8")
    assert "另一条新闻" in run("outline", page, "--dropped").stdout
    (found,) = json.loads(run("outline", page, "--dropped", "--json").stdout)["documents"]
    assert (found["cuts"], found["dropped"]) == (0, ["另一条新闻"])
    page.write_text("<p>正文。</p>", encoding="utf-8")
    assert run("outline", page, "--dropped").stdout == ""


def test_a_language_to_recognise_goes_with_recognition(run: Run, corpus: Path) -> None:
    alone = run("outline", corpus, "--ocr-language", "chi_tra")
    assert alone.exit_code == 2
    assert "没有写 --ocr" in alone.stderr
    assert "--ocr --ocr-language chi_tra" in alone.stderr
    assert run("outline", corpus).stdout


def test_outline_needs_no_index(run: Run, corpus: Path) -> None:
    assert "第一章 总则" in run("outline", corpus).stdout
    (other, document) = json.loads(run("outline", corpus, "--json").stdout)["documents"]
    assert [node["heading"] for node in document["outline"][0]["children"]] == ["第一条", "第二条"]
    assert other["topics"] == []
    assert run("outline", corpus / "没有").exit_code == 1
