"""Help by name, and what shells complete with."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.cli.about import SHELLS


def test_help_of_a_command_is_what_it_says_itself() -> None:
    own = CliRunner().invoke(cli, ["search", "--help"]).stdout
    assert (
        CliRunner().invoke(cli, ["help", "search"]).stdout.split() == own.replace("用法：cli", "用法：xunzhang").split()
    )


def test_help_alone_lists_the_commands() -> None:
    shown = CliRunner().invoke(cli, ["help"]).stdout
    assert [name for name in cli.commands if name not in shown] == []


def test_help_of_nothing_there_is_told() -> None:
    result = CliRunner().invoke(cli, ["help", "serch"])
    assert (result.exit_code, "search" in result.stderr) == (2, True)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_gets_a_script_that_it_can_read(shell: str) -> None:
    script = CliRunner().invoke(cli, ["completion", shell]).stdout
    assert f"_XUNZHANG_COMPLETE={shell}_complete" in script
    if shell != "bash" or shutil.which("bash") is None:
        return
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_words_are_completed() -> None:
    asked = {"_XUNZHANG_COMPLETE": "bash_complete", "COMP_WORDS": "xunzhang ser", "COMP_CWORD": "1"}
    assert "plain,serve" in CliRunner().invoke(cli, [], env=asked).stdout
    asked = {"_XUNZHANG_COMPLETE": "bash_complete", "COMP_WORDS": "xunzhang search --so", "COMP_CWORD": "2"}
    assert "plain,--sort" in CliRunner().invoke(cli, [], env=asked).stdout
