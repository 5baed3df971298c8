"""Commands that ask an index: what they print, and where."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import FILTERS
from indexer.cli import cli
from tests.cli.conftest import Run


def test_search_prints_path_date_and_text(indexed: Run) -> None:
    result = indexed("search", "保障数据安全")
    assert result.exit_code == 0
    assert "数据安全法 › 第一章 总则 › 第一条" in result.stdout
    assert re.search(r"语料/法\.md  无日期  [0-9a-f]{16}-\d+$", result.stdout, re.M)
    assert "原文包含" in result.stdout
    assert "\x1b[" not in result.stdout


def test_the_work_is_printed_before_the_title(run: Run, tmp_path: Path) -> None:
    for name, head in (("一", "work: 渔业管理办法释义\ntitle: 卷一"), ("二", "title: 卷二")):
        (tmp_path / f"{name}.md").write_text(f"---\n{head}\n---\n# 水面\n\n养殖须领证。\n", encoding="utf-8")
    run("index", str(tmp_path))
    printed = run("search", "养殖").stdout
    assert "1. 渔业管理办法释义 › 卷一 › 水面" in printed
    assert "2. 卷二 › 水面" in printed


def test_what_follows_can_be_asked_for_as_it_is_said(indexed: Run) -> None:
    first = indexed("search", "安全", "--limit", 1).stdout
    said = re.search(r"^后面还有 (\d+) 段，接着看：加上 --offset (\d+)$", first, re.M)
    assert said
    rest = indexed("search", "安全", "--offset", said[2]).stdout
    assert len(re.findall(r"^\d+\. ", rest, re.M)) == int(said[1])
    assert rest.count("后面还有") == 0


def test_no_hits_is_no_failure(indexed: Run) -> None:
    result = indexed("search", "鱻")
    assert (result.exit_code, "没有找到" in result.stdout) == (0, True)


def test_partial_matches_alone_are_never_none(indexed: Run) -> None:
    shown = indexed("search", "数据共享 税收").stdout.splitlines()[0]
    assert re.match(r"没有一段包含全部词；最接近的 [1-9]\d* 段，", shown)
    assert re.match(r"共 [1-9]\d* 段（原文包含", indexed("search", "数据").stdout.splitlines()[0])


def test_partial_matches_are_told_apart_from_what_has_all_words(run: Run, tmp_path: Path) -> None:
    """As in the API and on the page, they are not in the total."""
    (tmp_path / "船.md").write_text("# 船\n\n渔船靠港。\n\n靠港的渔船。\n\n渔船出海。\n", encoding="utf-8")
    run("index", str(tmp_path))
    assert run("search", "渔船靠港").stdout.startswith("共 2 段（原文包含 1，包含全部词 1），另有部分匹配 1，")
    assert run("search", "靠港").stdout.startswith("共 2 段（原文包含 2），")


def test_no_hits_is_explained(indexed: Run) -> None:
    shown = indexed("search", "数据 税收", "--tag", "报告", "--match", "all").stdout
    assert "数据 3，税收 0" in shown
    assert "有 3 段" not in shown  # since the tag leaves nothing of them
    assert "只找“数据”，有 2 段" in indexed("search", "数据 税收", "--kind", "body", "--match", "all").stdout
    assert "不限标签，有" in indexed("search", "数据", "--tag", "报告").stdout


@pytest.mark.parametrize("name", FILTERS)
def test_any_filter_may_be_what_leaves_nothing(indexed: Run, name: str) -> None:
    value = {"year": "1900", "field": "无此=无此", "kind": "table"}.get(name, "无此")
    result = indexed("search", "数据", f"--{name}", value)
    assert result.exit_code == 0
    assert re.search("^不限.+，有 ", result.stdout, re.M)


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


def test_the_other_matches_of_a_section_are_printed(run: Run, corpus: Path) -> None:
    (corpus / "条.md").write_text("## 第一条\n\n公司设立账簿。\n\n会计对账簿负责，公司监督。\n", "utf-8")
    run("index", corpus)
    shown = run("search", "公司", "账簿", "--scope", "section", "--match", "exact").stdout
    assert "同一章节另有 1 段" in shown
    assert "公司设立账簿。" in shown
    assert "会计对账簿负责，公司监督。" in shown
    assert "同一章节" not in run("search", "公司", "账簿").stdout


def test_a_query_may_be_several_arguments(indexed: Run) -> None:
    several, one = (
        json.loads(indexed("search", *words, "--json").stdout) for words in (["保障", "安全"], ["保障 安全"])
    )
    assert several | {"took_ms": 0} == one | {"took_ms": 0}
    assert several["total"] == 1
    assert json.loads(indexed("explain", "保障", "安全", "--json").stdout)["runs"] == ["保障", "安全"]


@pytest.fixture
def many(run: Run, tmp_path: Path) -> Run:
    text = "\n\n".join(f"第{number}段，说到数据。" for number in range(250))
    (tmp_path / "多.txt").write_text(f"多\n\n{text}\n", "utf-8")
    run("index", tmp_path / "多.txt")
    return run


class TestAllHits:
    def test_every_hit_is_a_row_under_one_head(self, many: Run) -> None:
        rows = list(csv.reader(many("search", "数据", "--all").stdout.removeprefix("\ufeff").splitlines()))
        assert rows[0][0] == "序号"
        assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 251)]
        ids = rows[0].index("段落编号")
        assert len({row[ids] for row in rows[1:]}) == 250

    def test_every_hit_is_a_line_as_in_json(self, many: Run) -> None:
        lines = many("search", "数据", "--all", "--format", "jsonl", "--sort", "order").stdout.splitlines()
        first = json.loads(many("search", "数据", "--sort", "order", "--limit", 1, "--json").stdout)["hits"][0]
        assert (len(lines), json.loads(lines[0])) == (250, first)

    def test_nothing_found_is_a_head_alone(self, many: Run) -> None:
        assert many("search", "鱻", "--all").stdout.count("\n") <= 1
        assert many("search", "鱻", "--all", "--format", "jsonl").stdout == ""

    @pytest.mark.parametrize(
        "others", [("--limit", "5"), ("--offset", "5"), ("--format", "text"), ("--json",), ("--format", "md")]
    )
    def test_what_does_not_go_with_it_is_refused(self, many: Run, others: tuple[str, ...]) -> None:
        refused = many("search", "数据", "--all", *others)
        assert (refused.exit_code, refused.stdout, "--all" in refused.stderr) == (2, "", True)


def test_a_passage_is_an_example_instead_of_a_query(indexed: Run) -> None:
    (first,) = json.loads(indexed("search", "保障数据安全", "--json", "--limit", 1).stdout)["hits"]
    found = json.loads(indexed("search", "--like", first["id"], "--json").stdout)
    assert [hit["tier"] for hit in found["hits"]] == ["near"]
    assert [hit["text"] for hit in found["hits"]] == ["数据安全法"]
    similar = indexed("search", "--like", first["id"]).stdout
    assert ("相近的段落 1 段" in similar, "──" in similar) == (True, False)  # there is no tier to name
    assert "──" in indexed("search", "数据").stdout
    refused = indexed("search", "数据", "--like", first["id"])
    assert (refused.exit_code, "不能同时给出" in refused.stderr) == (2, True)
    assert "--like" in indexed("search").stderr
    assert indexed("search", "--like", "没有-1").exit_code == 2


def test_an_empty_index_is_named_as_what_leaves_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    run("index", folder)
    assert run("search", "数据").stdout == "索引是空的：xunzhang index 还没有读进文档。\n"
    assert json.loads(run("search", "数据", "--json").stdout)["total"] == 0
    (folder / "文.txt").write_text("有字的。", "utf-8")
    run("index", folder)
    assert "没有找到" in run("search", "数据").stdout
