"""The command `synonyms`, and the options of others that take a file of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import QueryLog
from indexer.analysis import Synonyms
from indexer.cli import cli
from tests.cli.conftest import Run
from tests.support import write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "词.txt", "保护 => 保障, 维护\n")
    return tmp_path / "词.txt"


def test_a_query_takes_a_file_or_none(indexed: Run, file: Path) -> None:
    assert json.loads(indexed("search", "保护", "--json").stdout)["tiers"]["some"] == 0
    found = json.loads(indexed("search", "保护", "--json", "--synonyms", file).stdout)
    assert (found["tiers"]["some"], found["synonyms"]) == (1, {"保护": ["保障", "维护"]})
    left_out = json.loads(indexed("search", "保护", "--json", "--synonyms", file, "--no-synonyms").stdout)
    assert (left_out["tiers"]["some"], left_out["synonyms"]) == (0, {})


def test_explain_says_what_stands_for_what_and_at_which_weight(indexed: Run, file: Path) -> None:
    printed = indexed("explain", "保护", "--synonyms", file).stdout
    assert "“保护”的同义词，只算部分匹配，分量 0.4：保障  维护" in printed


def test_what_is_kept_is_printed_as_a_file_with_how_often_each_word_stands(indexed: Run, file: Path) -> None:
    assert "没有同义词" in indexed("synonyms").stdout
    assert "已存进索引：1 个词" in indexed("synonyms", "--keep", file).stdout
    printed = indexed("synonyms").stdout
    assert printed == "保护 => 保障, 维护    # 保障 1、维护 0\n"
    assert Synonyms.parse(printed.splitlines()) == Synonyms.load(file)
    assert json.loads(indexed("synonyms", "--json").stdout) == {
        "保护": [{"word": "保障", "count": 1}, {"word": "维护", "count": 0}]
    }


def test_an_index_takes_other_synonyms_without_a_rebuild(indexed: Run, corpus: Path, file: Path) -> None:
    assert "未变 2" in indexed("index", corpus, "--synonyms", file).stdout
    assert indexed("synonyms").stdout.startswith("保护 => ")


def test_words_that_were_asked_for_in_vain_wait_for_their_right_side(indexed: Run, tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "记录.txt").open()
    for query in ("保护 数据", "保护", "租客"):
        log.add(query)
    printed = indexed("synonyms", "--suggest", "--query-log", log.path).stdout
    assert "# 保护 =>    # 2 次，如：保护 数据\n# 租客 =>    # 1 次，如：租客\n" in printed
    assert Synonyms.parse(printed.splitlines()) == Synonyms()
    first = json.loads(indexed("synonyms", "--suggest", "--query-log", log.path, "--limit", 1, "--json").stdout)
    assert first == [{"word": "保护", "times": 2, "example": "保护 数据"}]


def test_without_a_log_there_is_nothing_to_suggest_from(indexed: Run, tmp_path: Path) -> None:
    refused = indexed("synonyms", "--suggest")
    assert (refused.exit_code, "--query-log" in refused.stderr) == (2, True)
    missing = indexed("synonyms", "--suggest", "--query-log", tmp_path / "没有.txt")
    assert (missing.exit_code, "没有这个文件或目录" in missing.stderr) == (2, True)


def test_the_example_can_be_read() -> None:
    path = Path(__file__).parents[2] / "examples" / "synonyms" / "法律口语.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert 400 <= len(lines) <= 1_000
    assert all(line.count("=>") == 1 for line in lines)
    found = Synonyms.load(path).applied("房东不退押金", ("房东",))
    assert found["房东"] == ("出租人", "业主")
    assert found["不退押金"] == found["退押金"] == ("返还", "违约责任", "保证金")
    assert not Synonyms.load(path).applied("出租人不退押金", ("出租人",)).keys() & {"出租人"}


def test_a_log_that_cannot_be_written_is_said_before_anything_is_served(indexed: Run, tmp_path: Path) -> None:
    refused = indexed("serve", "--query-log", tmp_path / "没有" / "记录.txt")
    assert (refused.exit_code, "写不了" in refused.stderr) == (2, True)


def test_its_help_is_there_in_both_languages() -> None:
    for language in ("zh", "en"):
        assert "--suggest" in CliRunner().invoke(cli, ["--lang", language, "synonyms", "--help"]).stdout
