"""The entry point: commands are found in their modules, and nobody waits for garbage to be looked for."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

import indexer
import indexer.cli
from indexer.cli import cli

MODULES = sorted(set(indexer.cli._HOMES.values()))


@pytest.mark.parametrize("module", MODULES)
def test_the_commands_of_a_module_are_named_with_it(module: str) -> None:
    commands = {command.name: command for command in import_module(f"indexer.cli.{module}").COMMANDS}
    assert set(commands) == {name for name, home in indexer.cli._HOMES.items() if home == module}
    assert all(cli.commands[name] is command for name, command in commands.items())


def test_what_is_no_command_is_none() -> None:
    assert "searches" not in cli.commands
    assert cli.commands.get("searches") is None
    assert len(cli.commands) == len(list(cli.commands)) == len(indexer.cli._HOMES)


def test_garbage_is_let_be_at_the_end_of_the_process(tmp_path: Path) -> None:
    indexer.create_index(tmp_path).close()
    code = f"""
import atexit, gc, sys
atexit.register(lambda: print(gc.get_freeze_count(), file=sys.stderr))
from indexer.cli import main
sys.argv = ["xunzhang", "list", "--index", {str(tmp_path)!r}]
main()
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(run.stderr) > 1_000


@pytest.mark.parametrize(
    ("arguments", "looks"),
    [(["search", "数据"], False), (["search", "--all", "数据"], True), (["list"], True), (["explain", "数据"], True)],
)
def test_a_process_that_answers_once_looks_for_no_garbage(tmp_path: Path, arguments: list[str], looks: bool) -> None:
    text = tmp_path / "法.md"
    text.write_text("# 总则\n\n国家保障数据安全。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([text])
    code = f"""
import atexit, gc, os, sys
end = os._exit
def say(*status):
    print("at once" if status else "in order", gc.isenabled(), file=sys.stderr, flush=True)
    end(*status or [0])
atexit.register(say)
os._exit = say
from indexer.cli import main
sys.argv = ["xunzhang", *{arguments!r}, "--index", {str(tmp_path / "index")!r}]
main()
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr == ("in order True\n" if looks else "at once False\n")
    assert "数据" in run.stdout or "法.md" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "status"), [(["甲"], 0), (["甲", "--limit", "x"], 2), (["甲", "--index", "没有"], 1), (["--help"], 0)]
)
def test_a_process_that_ends_at_once_has_printed_all_and_keeps_its_exit_code(
    tmp_path: Path, arguments: list[str], status: int
) -> None:
    indexer.create_index(tmp_path / "index").close()
    command = [sys.executable, "-m", "indexer", "search", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert run.returncode == status
    assert (run.stdout if status == 0 else run.stderr).endswith("\n")


def test_a_process_whose_reader_has_gone_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "法.md").write_text("# 总则\n\n国家保障数据安全。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "法.md"])
    command = [sys.executable, "-m", "indexer", "search", "数据", "--index", str(tmp_path / "index")]
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (run.returncode, run.stderr) == (1, "")


@pytest.mark.parametrize("query", ["数据", "税收", ""])
def test_garbage_is_looked_for_again_after_a_search(tmp_path: Path, query: str) -> None:
    text = tmp_path / "法.md"
    text.write_text("# 总则\n\n国家保障数据安全。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([text])
    CliRunner().invoke(cli, ["search", *query.split(), "--index", str(tmp_path / "index")])
    assert gc.isenabled()
