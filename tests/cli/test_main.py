"""The entry point: commands are found in their modules, and nobody waits for garbage to be looked for."""

from __future__ import annotations

import gc
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


def test_garbage_is_let_be_at_the_end_of_the_process() -> None:
    code = """
import atexit, gc, sys
atexit.register(lambda: print(gc.get_freeze_count(), file=sys.stderr))
from indexer.cli import main
sys.argv = ["xunzhang", "--version"]
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
import atexit, gc, sys
atexit.register(lambda: print(gc.isenabled(), file=sys.stderr))
from indexer.cli import main
sys.argv = ["xunzhang", *{arguments!r}, "--index", {str(tmp_path / "index")!r}]
main()
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.split() == [str(looks)]
    assert run.stdout


@pytest.mark.parametrize("query", ["数据", "税收", ""])
def test_garbage_is_looked_for_again_after_a_search(tmp_path: Path, query: str) -> None:
    text = tmp_path / "法.md"
    text.write_text("# 总则\n\n国家保障数据安全。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([text])
    CliRunner().invoke(cli, ["search", *query.split(), "--index", str(tmp_path / "index")])
    assert gc.isenabled()
