"""Commands that change an index: what they print and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from indexer.cli import cli
from tests.cli.conftest import Run


def test_index_reports_what_it_did(run: Run, corpus: Path) -> None:
    assert "新增 2" in run("index", corpus).stdout
    (corpus / "文.txt").unlink()
    assert "移除 1" in run("index", corpus, "--prune").stdout


def test_files_of_other_formats_are_counted(run: Run, corpus: Path) -> None:
    for name in ("甲.rar", "乙.rar", "丙.docx"):
        (corpus / name).write_bytes(b"")
    assert "新增 2，略过 3（.rar 2、.docx 1）；" in run("index", corpus).stdout


def test_a_rebuild_that_finds_nothing_leaves_the_index(indexed: Run, corpus: Path) -> None:
    refused = indexed("index", corpus.with_name("错字"), "--rebuild")
    assert (refused.exit_code, "没有动" in refused.stderr) == (2, True)
    assert "共 2 篇" in indexed("list").stdout
    assert "新增 2" in indexed("index", corpus, "--rebuild").stdout


def test_a_file_that_cannot_be_read_is_named_and_the_rest_committed(run: Run, corpus: Path) -> None:
    (corpus / "坏.txt").write_bytes(bytes(range(256)) * 30)
    result = run("index", corpus)
    assert result.exit_code == 1
    assert "语料/坏.txt" in result.stderr
    assert "新增 2，失败 1" in result.stdout


def test_remove(indexed: Run) -> None:
    assert "移除 1" in indexed("remove", "语料/文.txt").stdout
    result = indexed("remove", "语料/文.txt")
    assert (result.exit_code, "没有文档" in result.stderr) == (2, True)


def test_an_index_is_rebuilt_only_when_asked(indexed: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "词.txt").write_text("保障数据安全\n", "utf-8")
    refused = indexed("index", corpus, "--userdict", tmp_path / "词.txt")
    assert (refused.exit_code, "--rebuild" in refused.stderr) == (2, True)
    assert indexed("index", corpus, "--userdict", tmp_path / "词.txt", "--rebuild").exit_code == 0
    assert json.loads(indexed("explain", "保障数据安全", "--json").stdout)["words"] == ["保障数据安全"]


def test_an_index_is_not_put_among_documents(corpus: Path) -> None:
    result = CliRunner().invoke(cli, ["index", str(corpus), "--index", str(corpus)])
    assert result.exit_code == 2
    assert "里有文档" in result.stderr
    assert not (corpus / "xunzhang.json").exists()
