"""A corpus, and the command line asked about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

from indexer.cli import cli

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
