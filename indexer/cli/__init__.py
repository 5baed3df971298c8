"""The command ``xunzhang``.

Holds the commands, by what they are for, and what a terminal needs: help and sentences in the reader's language
(``strings``), exit codes, printing. Never holds what the library could do for a program of one's own. To add a command,
write it in the module of its kind, name it in that module's ``COMMANDS``, and say what it does in ``strings``; what it
needs beyond ``indexer`` it imports when it runs.
"""

from __future__ import annotations

import click

import indexer
from indexer.cli import evaluate, exit_codes, index, read, search, serve, strings
from indexer.cli.localized_click import option
from indexer.cli.strings import say


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(say("version", version=indexer.__version__))
        context.exit()


def _speak(_: click.Context, __: click.Parameter, language: str | None) -> None:
    if language:
        strings.speak(language)


def main() -> None:
    """Entry point of the command."""
    cli(prog_name="xunzhang")


@click.group("xunzhang", cls=exit_codes.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@option("--version", "-V", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="option_version")
@option(
    "--lang",
    type=click.Choice(strings.LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="option_lang",
)
def cli() -> None:
    """Hold the commands."""


for _module in (index, search, read, serve, evaluate):
    for _command in _module.COMMANDS:
        cli.add_command(_command)
