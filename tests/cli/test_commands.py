"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeAlias

import click
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from indexer.cli import cli
from tests.support import ROOT

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "语料"
    folder.mkdir()
    (folder / "法.md").write_text(
        "# 数据安全法\n\n## 第一章 总则\n\n第一条 保障数据安全。\n\n第二条 依法监督管理。\n", "utf-8"
    )
    (folder / "文.txt").write_text("说明\n\n数据的安全与管理。\n", "utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def invoke(*words: object) -> Result:
        arguments = [str(word) for word in words]
        if arguments[0] not in ("outline", "--help", "--version") and "--help" not in arguments:
            arguments[1:1] = ["--index", str(tmp_path / "索引")]
        result = CliRunner().invoke(cli, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def indexed(run: Run, corpus: Path) -> Run:
    assert run("index", corpus).exit_code == 0
    return run


def test_index_reports_what_it_did(run: Run, corpus: Path) -> None:
    assert "新增 2" in run("index", corpus).stdout
    (corpus / "文.txt").unlink()
    assert "移除 1" in run("index", corpus, "--prune").stdout


def test_files_of_other_formats_are_counted(run: Run, corpus: Path) -> None:
    for name in ("甲.pdf", "乙.pdf", "丙.docx"):
        (corpus / name).write_bytes(b"")
    assert "新增 2，略过 3（.pdf 2、.docx 1）；" in run("index", corpus).stdout


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


def test_search_prints_path_date_and_text(indexed: Run) -> None:
    result = indexed("search", "保障数据安全")
    assert result.exit_code == 0
    assert "数据安全法 › 第一章 总则 › 第一条" in result.stdout
    assert re.search(r"语料/法\.md  无日期  [0-9a-f]{16}-\d+$", result.stdout, re.M)
    assert "原文包含" in result.stdout
    assert "\x1b[" not in result.stdout


def test_what_follows_can_be_asked_for_as_it_is_said(indexed: Run) -> None:
    first = indexed("search", "安全", "--limit", 1).stdout
    said = re.search(r"^后面还有 (\d+) 段，接着看：加上 --offset (\d+)$", first, re.M)
    assert said
    rest = indexed("search", "安全", "--offset", said[2]).stdout
    assert len(re.findall(r"^\d+\. ", rest, re.M)) == int(said[1])
    assert rest.count("后面还有") == 0


def test_no_hits_is_no_failure(indexed: Run) -> None:
    result = indexed("search", "鱻")
    assert (result.exit_code, "共 0 段" in result.stdout) == (0, True)


def test_no_hits_is_explained(indexed: Run) -> None:
    shown = indexed("search", "数据 税收", "--tag", "报告", "--match", "all").stdout
    assert "数据 3，税收 0" in shown
    assert "有 3 段" not in shown  # since the tag leaves nothing of them
    assert "只找“数据”，有 2 段" in indexed("search", "数据 税收", "--kind", "body", "--match", "all").stdout
    assert "不限标签，有" in indexed("search", "数据", "--tag", "报告").stdout


def test_filters_reach_the_search(indexed: Run) -> None:
    printed = indexed("search", "数据", "--section", "第一章 总则", "--limit", "5", "--json").stdout
    assert {hit["section"][0] for hit in json.loads(printed)["hits"]} == {"第一章 总则"}
    assert json.loads(indexed("search", "数据", "--document", "语料/文.txt", "--json").stdout)["total"] == 1


def test_a_query_may_begin_with_a_minus(indexed: Run) -> None:
    assert "说明" in indexed("search", "--", "-数据安全法").stdout


def test_warnings_go_to_stderr(indexed: Run) -> None:
    result = indexed("search", "数据 OR", "--json")
    assert json.loads(result.stdout)["warnings"]
    assert "提示" in indexed("search", "数据 OR").stderr


@pytest.mark.parametrize(("short", "long"), [("--json", "json"), ("--plain", "plain")])
def test_formats_have_short_names(indexed: Run, short: str, long: str) -> None:
    def printed(*options: str) -> str:
        return re.sub(r'"took_ms": [0-9.]+|[0-9.]+ 毫秒', "", indexed("search", "数据", *options).stdout)

    assert printed(short) == printed("--format", long) != printed("--format", "text") == printed()
    assert indexed("search", "数据", "--format", "xml").exit_code == 2


def test_hits_as_csv_and_markdown(indexed: Run) -> None:
    table = indexed("search", "数据", "--format", "csv", "--offset", "1", "--limit", "1").stdout_bytes.decode("utf-8")
    header, row, rest = table.split("\r\n")
    assert (header[:4], row[:2], rest) == ("\ufeff序号,", "2,", "")
    assert (
        "> 第一条 保障数据安全。\n>\n> ——《数据安全法》，第一章 总则 第一条\n"
        in indexed("search", "数据", "--format", "md").stdout
    )
    assert indexed("search", "鱻", "--format", "md").stdout == ""


def test_warnings_stay_out_of_what_is_piped(indexed: Run) -> None:
    for form in ("csv", "md", "plain"):
        result = indexed("search", "数据 OR", "--format", form)
        assert "提示" in result.stderr
        assert "提示" not in result.stdout


def test_a_quotation_is_checked(indexed: Run, tmp_path: Path) -> None:
    found = indexed("verify", "保障數據安全")
    assert found.exit_code == 0
    assert "找到 1 处，只有折叠以后相同" in found.stdout
    assert "數據→数据" in found.stdout
    near = indexed("verify", "保障数据完全。").stdout
    assert ("没有找到。最接近的" in near, "保障数据[-完-]{+安+}全。" in near) == (True, True)
    assert "也没有相近的段落" in indexed("verify", "鱻鱻").stdout
    assert "次序不同" in indexed("verify", "监督管理……保障").stdout
    assert json.loads(indexed("verify", "保障数据安全", "--json").stdout)["exact"] is True
    assert indexed("verify", " ").exit_code == 2


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [("保障数据安全\r\n".encode(), 0, "一字不差"), ("保障".encode("gb18030"), 1, "不是 UTF-8"), (b"", 2, "引文是空的")],
)
def test_a_quotation_may_come_from_standard_input(
    indexed: Run, tmp_path: Path, given: bytes, status: int, said: str
) -> None:
    result = CliRunner().invoke(cli, ["verify", "--index", str(tmp_path / "索引")], input=given)
    assert (result.exit_code, said in result.output) == (status, True)


@pytest.mark.parametrize("command", ["stats", "list", "explain", "search"])
def test_json_is_nothing_but_json(indexed: Run, command: str) -> None:
    words = ("数据",) if command in ("explain", "search") else ()
    result = indexed(command, *words, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)


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


def test_the_other_matches_of_a_section_are_printed(run: Run, corpus: Path) -> None:
    (corpus / "条.md").write_text("## 第一条\n\n公司设立账簿。\n\n会计对账簿负责，公司监督。\n", "utf-8")
    run("index", corpus)
    shown = run("search", "公司", "账簿", "--scope", "section", "--match", "exact").stdout
    assert "同一章节另有 1 段" in shown
    assert "公司设立账簿。" in shown
    assert "会计对账簿负责，公司监督。" in shown
    assert "同一章节" not in run("search", "公司", "账簿").stdout


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


def test_remove(indexed: Run) -> None:
    assert "移除 1" in indexed("remove", "语料/文.txt").stdout
    result = indexed("remove", "语料/文.txt")
    assert (result.exit_code, "没有文档" in result.stderr) == (2, True)


def test_outline_needs_no_index(run: Run, corpus: Path) -> None:
    assert "第一章 总则" in run("outline", corpus).stdout
    (other, document) = json.loads(run("outline", corpus, "--json").stdout)["documents"]
    assert [node["heading"] for node in document["outline"][0]["children"]] == ["第一条", "第二条"]
    assert other["topics"] == []
    assert run("outline", corpus / "没有").exit_code == 1


@pytest.mark.parametrize(
    "command", [("search", "甲"), ("serve",), ("list",), ("stats",), ("check",), ("explain", "甲")]
)
def test_a_missing_index_says_how_to_make_one(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert "xunzhang index" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("search",), ("search", "甲", "--limit", "1000"), ("search", "甲", "--year", "x"), ("search", "甲", "--sort", "x"),
     ("search", "数" * 1001), ("index",), ("nothing",)],
)  # fmt: skip
def test_wrong_usage_is_2(indexed: Run, words: tuple[str, ...]) -> None:
    assert indexed(*words).exit_code == 2


def test_an_index_is_rebuilt_only_when_asked(indexed: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "词.txt").write_text("保障数据安全\n", "utf-8")
    refused = indexed("index", corpus, "--userdict", tmp_path / "词.txt")
    assert (refused.exit_code, "--rebuild" in refused.stderr) == (2, True)
    assert indexed("index", corpus, "--userdict", tmp_path / "词.txt", "--rebuild").exit_code == 0
    assert json.loads(indexed("explain", "保障数据安全", "--json").stdout)["words"] == ["保障数据安全"]


def test_a_damaged_index_is_one_sentence(indexed: Run, tmp_path: Path) -> None:
    (path,) = (tmp_path / "索引").glob("_MAIN6_*.toc")
    path.write_bytes(b"x")
    result = indexed("search", "数据")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "重建" in result.stderr


def test_a_port_in_use_is_said_so(indexed: Run) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        result = indexed("serve", "--port", busy.getsockname()[1])
    assert result.exit_code == 1
    assert "端口已被占用。请换一个端口" in result.stderr


@pytest.mark.parametrize(("host", "says"), [("1.2.3.4", "本机没有这个地址"), ("没有.invalid", "没有这个主机名或地址")])
def test_an_address_that_cannot_be_had_is_no_matter_of_ports(indexed: Run, host: str, says: str) -> None:
    result = indexed("serve", "--host", host, "--port", "0")
    assert result.exit_code == 1
    assert says in result.stderr
    assert "--host" in result.stderr
    assert "--port" not in result.stderr


@pytest.mark.parametrize("option", ["--userdict", "--synonyms"])
def test_what_the_system_says_is_said_in_chinese(run: Run, corpus: Path, option: str) -> None:
    result = run("index", corpus, option, corpus / "没有.txt")
    assert result.exit_code == 2
    assert "没有这个文件或目录" in result.stderr
    assert "Errno" not in result.stderr


def test_every_command_and_option_is_explained() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)
        shown = CliRunner().invoke(cli, [name, "--help"])
        assert (shown.exit_code, "例：" in shown.stdout) == (0, True), name


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["search"], "缺少参数 查询"),
        (["search", "甲", "--matc", "all"], "没有选项 --matc；是不是 --match"),
        (["search", "甲", "--match", "some"], "选项 --match 的取值不对，可用：auto、all、exact"),
        (["search", "甲", "--limit", "十"], "选项 --limit 要是整数"),
        (["serve", "--port", "99999"], "选项 --port 要是 0 到 65535 之间的整数"),
        (["list", "甲"], "参数多了"),
        (["search", "-附则"], "没有选项 -附；查询以 - 开头时，前面先写 --"),
        (["explain", "甲", "--乙"], "查询以 - 开头时，前面先写 --"),
        (["stats", "--乙"], "没有选项 --乙。用法"),
        (["serch", "甲"], "没有命令 serch；是不是 search"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_command_typed_wrongly_is_told_so_in_chinese(words: list[str], says: str) -> None:
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "--help" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_help_is_in_chinese(name: str) -> None:
    shown = CliRunner().invoke(cli, [*filter(None, [name]), "--help"]).stdout
    assert shown.startswith("用法：")
    assert "显示这个说明。" in shown
    for english in ("Usage", "Options", "Commands", "Show this", "default", "TEXT", "INTEGER", "PATH", "ARGS"):
        assert english not in shown


def test_a_query_may_be_several_arguments(indexed: Run) -> None:
    several, one = (
        json.loads(indexed("search", *words, "--json").stdout) for words in (["保障", "安全"], ["保障 安全"])
    )
    assert several | {"took_ms": 0} == one | {"took_ms": 0}
    assert several["total"] == 1
    assert json.loads(indexed("explain", "保障", "安全", "--json").stdout)["runs"] == ["保障", "安全"]


# ── the world outside ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def hostile(run: Run, tmp_path: Path) -> Path:
    """An index of a document with rare, invisible and control characters."""
    folder = tmp_path / "语料"
    folder.mkdir()
    (folder / "险\x1b]0;x\x07.md").write_text("# 题\x1b[31m\n\n## 第一章\x9b2J\n\n𠮷\x1b[2J野家\x7f。\n", "utf-8")
    assert run("index", folder).exit_code == 0
    return tmp_path / "索引"


def outside(
    *words: object, encoding: str = "utf-8", stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "indexer", *map(str, words)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
        check=False,
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_characters_that_the_encoding_lacks_are_replaced(hostile: Path, encoding: str) -> None:
    shown = outside("search", "野家", "--index", hostile, encoding=encoding)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert ("野家" in shown.stdout.decode(encoding)) == (encoding == "gbk")
    as_json = outside("search", "野家", "--index", hostile, "--json", encoding=encoding)
    assert (as_json.returncode, as_json.stderr) == (0, b"")
    assert "𠮷" in json.loads(as_json.stdout.decode(encoding))["hits"][0]["text"]
    assert outside("--help", encoding=encoding).returncode == 0


@pytest.mark.parametrize("words", [["search", "野家"], ["search", "野家", "--json"], ["list"], ["outline", "../语料"]])
def test_control_characters_do_not_reach_the_terminal(hostile: Path, words: list[str]) -> None:
    index = () if words[0] == "outline" else ("--index", hostile)
    where = [word.replace("../语料", str(hostile.parent / "语料")) for word in words]
    shown = outside(*where, *index).stdout.decode()
    assert "野家" in shown or "题" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_control_characters_do_not_reach_the_terminal_in_errors(hostile: Path) -> None:
    for words in (
        ["remove", "\x1b[2J", "--index", hostile],
        ["outline", "没有\x1b[2J.md"],
        ["stats", "--index", "\x9b2J"],
    ):
        shown = outside(*words)
        assert shown.returncode != 0
        assert b"\x1b" not in shown.stderr
        assert "\x9b" not in shown.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["search", "野家"], ["search", "野家", "--json"], ["stats"], ["--help"]])
def test_a_full_disk_is_one_sentence(hostile: Path, words: list[str]) -> None:
    index = () if words == ["--help"] else ("--index", hostile)
    with Path("/dev/full").open("wb") as full:
        shown = outside(*words, *index, stdout=full)
    assert shown.returncode == 1
    assert shown.stderr.decode() == "错误：读写出错：磁盘已满。\n"


def test_a_reader_that_has_gone_is_no_matter_for_words(hostile: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        shown = outside("search", "野家", "--index", hostile, stdout=pipe)
    assert (shown.returncode, shown.stderr) == (1, b"")


def test_without_a_command_there_is_help() -> None:
    result = CliRunner().invoke(cli, [])
    assert "xunzhang index" in result.output


def test_an_index_is_not_put_among_documents(corpus: Path) -> None:
    result = CliRunner().invoke(cli, ["index", str(corpus), "--index", str(corpus)])
    assert result.exit_code == 2
    assert "里有文档" in result.stderr
    assert not (corpus / "xunzhang.json").exists()
