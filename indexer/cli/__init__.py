"""The command ``xunzhang``.

Holds the commands, by what they are for, and what a terminal needs: help in Chinese, exit codes, printing. Never holds
what the library could do for a program of one's own. To add a command, write it in the module of its kind and name it
in that module's ``COMMANDS``; what it needs beyond ``indexer`` it imports when it runs.
"""

from __future__ import annotations

import click

import indexer
from indexer.cli import evaluate, exit_codes, index, read, search, serve


def main() -> None:
    """Entry point of the command."""
    cli(prog_name="xunzhang")


@click.group(cls=exit_codes.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(indexer.__version__, message="寻章 %(version)s", help="显示版本。")
def cli() -> None:
    """寻章：给一个文件夹的中文文档建索引，按段落检索。

    \b
    例：
      xunzhang index 文档目录          建索引（或更新）
      xunzhang search 数据安全         检索
      xunzhang serve                   打开网页
    """


for _module in (index, search, read, serve, evaluate):
    for _command in _module.COMMANDS:
        cli.add_command(_command)
