"""The command ``copy``, and what commands that make an index are told of other machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import cli, settings
from tests.cli.conftest import Run
from tests.support import write

SECRET = "geheim"


def test_an_index_is_copied_and_answers(indexed: Run, tmp_path: Path) -> None:
    result = indexed("copy", tmp_path / "副本")
    assert (result.exit_code, "复制了 2 篇文档" in result.stdout) == (0, True), result.output
    found = [CliRunner().invoke(cli, ["search", "数据安全", "--index", str(tmp_path / name)]).stdout.partition("，")[2]
             for name in ("副本", "索引")]  # fmt: skip
    assert found[0].splitlines()[1:] == found[1].splitlines()[1:] != []


def test_a_copy_takes_the_place_of_an_index_only_if_it_is_told_to(indexed: Run, tmp_path: Path) -> None:
    assert indexed("copy", tmp_path / "副本").exit_code == 0
    refused = indexed("copy", tmp_path / "副本")
    assert (refused.exit_code, "已经有索引" in refused.stderr, "--replace" in refused.stderr) == (2, True, True)
    assert indexed("copy", tmp_path / "副本", "--replace").exit_code == 0


def test_an_address_is_refused_by_an_engine_that_is_here(indexed: Run, tmp_path: Path, corpus: Path) -> None:
    for words in (("copy", tmp_path / "副本"), ("index", corpus, "--rebuild")):
        result = indexed(*words, "--url", "http://127.0.0.1:1")
        assert (result.exit_code, "没有地址可连" in result.stderr) == (2, True)


def test_what_is_set_for_a_cluster_does_not_concern_an_engine_that_is_here(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNZHANG_URL", "http://127.0.0.1:1")
    assert run("index", corpus).exit_code == 0


def test_an_index_is_made_with_what_is_set_and_updated_with_the_same(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine and the dictionary that a file sets are no objection to the index that was made with them."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "词.txt", "数据安全\n")
    write(tmp_path / settings.FILE, "engine = 'whoosh'\nuserdict = '词.txt'\n")
    for _ in range(2):
        result = CliRunner().invoke(cli, ["index", str(corpus)])
        assert result.exit_code == 0, result.output
    write(tmp_path / "词.txt", "别的\n")
    refused = CliRunner().invoke(cli, ["index", str(corpus)])
    assert (refused.exit_code, "不能再换" in refused.stderr) == (2, True)


def test_an_address_is_shown_without_who_logs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XUNZHANG_PASSWORD", SECRET)
    write(tmp_path / settings.FILE, f"url = ['https://u:{SECRET}@a.example:9200', 'http://b.example']\n")
    shown = CliRunner().invoke(cli, ["config", "--json"])
    assert json.loads(shown.stdout)["settings"]["url"]["value"] == ["https://a.example:9200", "http://b.example"]
    assert SECRET not in shown.output + CliRunner().invoke(cli, ["config"]).output


@pytest.mark.parametrize("value", [f"'http://u:{SECRET}@a'", f"['u:{SECRET}@a']", f"[['u:{SECRET}@a']]"])
def test_an_address_that_is_wrong_is_not_told_with_who_logs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / settings.FILE, f"url = {value}\n")
    write(tmp_path / "x", "河水涨了。")
    for words in (["config"], ["index", "x", "--engine", "opensearch"]):
        result = CliRunner().invoke(cli, words)
        assert (result.exit_code, SECRET in result.output) == (2, False), result.output


def test_a_cluster_that_is_not_there_is_named_and_nothing_is_made(run: Run, corpus: Path, tmp_path: Path) -> None:
    result = run("index", corpus, "--engine", "opensearch", "--url", f"http://u:{SECRET}@127.0.0.1:1", "--timeout", "1")
    assert (result.exit_code, "127.0.0.1:1" in result.stderr, SECRET in result.output) == (1, True, False)
    assert run("search", "数据").exit_code == 1
    assert "里没有索引" in run("search", "数据").stderr


def test_without_an_address_it_is_said_how_to_give_one(run: Run, corpus: Path) -> None:
    result = run("index", corpus, "--engine", "opensearch")
    assert (result.exit_code, "XUNZHANG_URL" in result.stderr) == (2, True)
