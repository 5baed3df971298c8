"""Output in an encoding that lacks characters, at a terminal that obeys control characters, on a disk that is full."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import Run
from tests.support import ROOT


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
