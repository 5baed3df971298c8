"""Help, and what is said of a command typed wrongly, in Chinese."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from indexer.cli import cli, strings


def test_every_command_and_option_is_explained() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)
        shown = CliRunner().invoke(cli, [name, "--help"])
        assert (shown.exit_code, "例：" in shown.stdout) == (0, True), name


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["explain"], "缺少参数 查询。用法"),
        (["index"], "缺少参数 路径。用法"),
        (["show"], "缺少参数 段落编号。用法"),
        (["search", "甲", "--matc", "all"], "没有选项 --matc；是不是 --match"),
        (["search", "甲", "--match", "some"], "选项 --match 的取值不对，可用：auto、all、exact"),
        (["search", "甲", "--limit", "十"], "选项 --limit 要是整数"),
        (["serve", "--port", "99999"], "选项 --port 要是 0 到 65535 之间的整数"),
        (["list", "甲"], "参数多了"),
        (["search", "-附则"], "没有选项 -附；查询以 - 开头时，前面先写 --"),
        (["explain", "甲", "--乙"], "查询以 - 开头时，前面先写 --"),
        (["stats", "--乙"], "没有选项 --乙。用法"),
        (["serch", "甲"], "没有命令 serch；是不是 search"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_command_typed_wrongly_is_told_so_in_chinese(words: list[str], says: str) -> None:
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "--help" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_help_is_in_chinese(name: str) -> None:
    shown = CliRunner().invoke(cli, [*filter(None, [name]), "--help"]).stdout
    assert shown.startswith("用法：")
    assert "显示这个说明。" in shown
    for english in ("Usage", "Options", "Commands", "Show this", "default", "TEXT", "INTEGER", "PATH", "ARGS", "MODEL"):
        assert english not in shown


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_help_is_in_english_where_it_is_asked_for(name: str) -> None:
    shown = CliRunner().invoke(cli, ["--lang", "en", *filter(None, [name]), "--help"]).stdout
    assert shown.startswith("Usage: ")
    assert "Show this help." in shown
    for chinese in ("用法", "选项", "命令", "例：", "默认", "可重复", "显示", "。"):
        assert chinese not in shown


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        ({"LANG": "en_US.UTF-8", "XUNZHANG_LANG": "zh"}, "zh"),
        ({"LANG": "en_US.UTF-8", "XUNZHANG_LANG": "fr"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert strings.preferred(environment) == language


def test_a_fault_is_told_in_english() -> None:
    told = CliRunner().invoke(cli, ["search", "甲", "--limit", "ten"], env={"LANG": "en_US.UTF-8", "XUNZHANG_LANG": ""})
    assert (told.exit_code, "option --limit takes an integer" in told.stderr) == (2, True)


def test_without_a_command_there_is_help() -> None:
    result = CliRunner().invoke(cli, [])
    assert "xunzhang index" in result.output


def test_a_search_for_nothing_says_what_else_there_is() -> None:
    result = CliRunner().invoke(cli, ["search"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有写查询" in result.stderr
    assert "--like" in result.stderr
