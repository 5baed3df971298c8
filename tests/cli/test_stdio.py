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


@pytest.fixture
def misnamed(run: Run, tmp_path: Path) -> Path:
    """An index of files whose names break lines and turn the text around, one of which cannot be read."""
    folder = tmp_path / "语\n料\u202e"
    folder.mkdir()
    (folder / "甲\n已删除\u202egpj.md").write_text("野家。\n", "utf-8")
    (folder / "坏\n\u2028读不了：无\x85.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "x.p\ndf").write_bytes(b"")
    assert run("index", folder).exit_code == 1
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["search", "野家"],
        ["search", "野家", "--plain"],
        ["verify", "野家。"],
        ["outline", "FOLDER"],
        ["index", "FOLDER"],
        ["index", "没有\n的\u202e"],
        ["remove", "没有\n的\u202e"],
        ["check", "--index", "没有\n的\u202e"],
        ["stats", "--\u202e\n"],
    ],
)
def test_names_break_no_line_and_turn_no_text(misnamed: Path, words: list[str]) -> None:
    given = [word.replace("FOLDER", str(misnamed)) for word in words]
    if "--index" not in given and words[0] != "outline":
        given += ["--index", str(misnamed.parent / "索引")]
    done = outside(*given)
    shown = done.stdout.decode() + done.stderr.decode()
    assert "␊" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", shown)
    assert not any(line.startswith(("已删除", "料", "读不了：无", "的")) for line in shown.splitlines())


def test_json_has_names_as_they_are(misnamed: Path) -> None:
    listed = json.loads(outside("list", "--json", "--index", misnamed.parent / "索引").stdout)
    assert listed["documents"][0]["path"] == f"{misnamed.name}/甲\n已删除\u202egpj.md"
