"""Commands that change an index: what they print and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from indexer import documents
from indexer.build import isolation
from indexer.cli import cli
from indexer.cli.index import print_update, print_updates
from indexer.cli.terminal.lines import LISTED
from indexer.model import Failure, UpdateReport
from tests.cli.conftest import Run
from tests.documents.formats.sheets.workbooks import compound
from tests.support import obey_interrupts


def test_index_reports_what_it_did(run: Run, corpus: Path) -> None:
    assert "新增 2" in run("index", corpus).stdout
    (corpus / "文.txt").unlink()
    assert "移除 1" in run("index", corpus, "--prune").stdout


def test_files_of_other_formats_are_counted(run: Run, corpus: Path) -> None:
    for name in ("甲.rar", "乙.rar", "丙.msg"):
        (corpus / name).write_bytes(b"")
    assert "新增 2，略过 3（.rar 2、.msg 1）；" in run("index", corpus).stdout


@pytest.mark.parametrize("name", ["错字", "错字/*.md"])
def test_what_is_not_there_makes_no_index(run: Run, corpus: Path, name: str) -> None:
    folder = corpus.parent / "新索引"
    refused = run("index", corpus.parent / name, "--index", folder)
    assert (refused.exit_code, name in refused.stderr, "没有建索引" in refused.stderr) == (1, True, True)
    assert not folder.exists()
    assert run("index", corpus.parent / name, corpus / "*.txt", "--index", folder).exit_code == 1
    assert folder.exists()


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


def test_a_library_that_is_missing_is_named_once_with_the_command(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation.Reader, "parse", lambda _, content, name: documents.read(content, name))
    monkeypatch.setitem(sys.modules, "indexer.documents.formats.sheets", None)
    for number in range(5):
        (corpus / f"{number}.xlsx").write_bytes(b"PK")
    result = run("index", corpus)
    assert (result.exit_code, "新增 2，失败 5" in result.stdout) == (1, True)
    assert result.stderr.count("pip install '.[office]'") == 1
    assert "语料/0.xlsx" in result.stderr
    assert "等 5 个文件" in result.stderr.replace("\n", "")


def test_libreoffice_is_missed_once_for_all_files(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation.Reader, "parse", lambda _, content, name: documents.read(content, name))
    monkeypatch.setenv("PATH", str(corpus))  # where no program is
    for number in range(5):
        (corpus / f"{number}.doc").write_bytes(compound("WordDocument", b""))
    result = run("index", corpus)
    assert (result.exit_code, "新增 2，失败 5" in result.stdout) == (1, True)
    assert result.stderr.count("LibreOffice，还没有安装") == 1
    assert "等 5 个文件" in result.stderr.replace("\n", "")


def test_a_folder_of_which_nothing_can_be_read_fails_with_a_way_out(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "全是图"
    folder.mkdir()
    assert run("index", folder).exit_code == 0  # there was nothing to read
    (folder / "图.png").write_bytes(b"x")
    result = run("index", folder)
    assert (result.exit_code, "略过 1（.png 1）" in result.stdout) == (1, True)
    assert "请先转换成" in result.stderr
    (folder / "文.txt").write_text("有字的。", "utf-8")
    assert run("index", folder).exit_code == 0


def test_what_was_passed_over_is_listed_when_asked_for(run: Run, corpus: Path) -> None:
    (corpus / "甲.rar").write_bytes(b"")
    (corpus / ".xunzhangignore").write_text("法.md\n", "utf-8")
    listed = run("index", corpus, "--list-skipped").stdout
    assert "略过 语料/甲.rar：不读这种文件\n" in listed
    assert "略过 语料/法.md：.xunzhangignore 里写着\n" in listed
    assert "略过 1（.rar 1），按 .xunzhangignore 略过 1；" in listed
    assert "语料/甲.rar" not in run("index", corpus).stdout


def test_the_path_is_cut_first_where_a_bar_has_no_room() -> None:
    from io import StringIO

    from rich.console import Console

    from indexer.cli import terminal
    from indexer.model import Progress

    console = Console(file=StringIO(), force_terminal=True, width=80, color_system=None, _environ={})
    path = "语料/" + "很长的目录名/" * 20 + "一.md"
    with terminal.progress_bar(console) as show:
        assert show is not None
        show(Progress(path, 12, 345, 6789, 2_000_000, 30_000_000))
    written = console.file.getvalue()  # type: ignore[attr-defined]
    for shown in ("建索引", "12/345", "2.0/30.0 MB", "6789 段", "语料/", "…"):
        assert shown in written


def test_an_index_that_follows_says_what_it_did(indexed: Run, corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "indexer", "index", str(corpus), "--index", str(tmp_path / "索引"), "--watch"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, preexec_fn=obey_interrupts
    ) as run:
        assert run.stdout is not None
        assert "未变 2" in next(run.stdout)
        (corpus / "新.txt").write_text("后来写的。", "utf-8")
        said = next(line for line in run.stdout if "新增 1" in line)
        run.send_signal(signal.SIGINT)
        run.communicate()
    assert "未变 2" in said
    assert run.returncode == 0


def test_what_still_cannot_be_read_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    old, new, other = Failure("语料/坏.txt", "乱码"), Failure("语料/差.txt", "乱码"), Failure("语料/坏.txt", "太大")
    failed = ((old,), (old,), (old, new), (other,), (), (old,))
    print_updates(UpdateReport(failed=each, passages=1) for each in failed)
    printed = capsys.readouterr()
    said = [line.partition("：")[2] for line in printed.err.splitlines()]
    assert said == ["语料/坏.txt：乱码", "语料/差.txt：乱码", "语料/坏.txt：太大", "语料/坏.txt：乱码"]
    assert sum("失败" in line for line in printed.out.splitlines()) == 5
    print_updates([UpdateReport(failed=(old, new))], UpdateReport(failed=(old,)))
    assert [line.partition("：")[2] for line in capsys.readouterr().err.splitlines()] == ["语料/差.txt：乱码"]


def test_files_that_fail_alike_share_one_reason(capsys: pytest.CaptureFixture[str]) -> None:
    failed = [Failure(f"语料/{name}.pdf", "是扫描件。") for name in "甲乙"] + [Failure("语料/丙.pdf", "损坏。")]
    print_update(UpdateReport(failed=tuple(failed), passages=1))
    assert capsys.readouterr().err.splitlines() == [
        "读不了的 2 份：是扫描件。",
        "  语料/甲.pdf",
        "  语料/乙.pdf",
        "读不了：语料/丙.pdf：损坏。",
    ]


@pytest.mark.parametrize(("count", "last"), [(LISTED, "  语料/{}.pdf"), (LISTED + 2, "……另有 2 个文件读不了")])
def test_many_that_fail_alike_are_counted(capsys: pytest.CaptureFixture[str], count: int, last: str) -> None:
    print_update(UpdateReport(failed=tuple(Failure(f"语料/{at}.pdf", "是扫描件。") for at in range(count)), passages=1))
    first, *_, end = capsys.readouterr().err.splitlines()
    assert (first, end) == (f"读不了的 {count} 份：是扫描件。", last.format(count - 1))


def test_one_that_follows_waits_for_another_builder(
    indexed: Run, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.cli import index
    from indexer.engines.whoosh.commits.commit import Commit

    other = Commit(tmp_path / "索引")
    monkeypatch.setattr(index, "time", SimpleNamespace(sleep=lambda _: other.abort()))
    monkeypatch.setattr(index, "_follow", lambda *_: None)
    (corpus / "新.txt").write_text("后来写的。", "utf-8")
    result = indexed("index", corpus, "--watch")
    assert (result.exit_code, "等它结束" in result.stderr, "新增 1" in result.stdout) == (0, True, True)
    busy = Commit(tmp_path / "索引")
    assert indexed("index", corpus).exit_code == 1
    busy.abort()
