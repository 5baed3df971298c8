"""Exit codes, and errors in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


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


def test_a_damaged_index_is_one_sentence(indexed: Run, tmp_path: Path) -> None:
    (path,) = (tmp_path / "索引").glob("_MAIN7_*.toc")
    path.write_bytes(b"x")
    result = indexed("search", "数据")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "重建" in result.stderr


@pytest.mark.parametrize("option", ["--userdict", "--synonyms"])
def test_what_the_system_says_is_said_in_chinese(run: Run, corpus: Path, option: str) -> None:
    result = run("index", corpus, option, corpus / "没有.txt")
    assert result.exit_code == 2
    assert "没有这个文件或目录" in result.stderr
    assert "Errno" not in result.stderr
