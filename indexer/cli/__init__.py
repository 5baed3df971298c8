"""The command ``xunzhang``.

Holds the commands, by what they are for, and what a terminal needs: help and sentences in the reader's language
(``strings``), exit codes, printing. Never holds what the library could do for a program of one's own. To add a command,
write it in the module of its kind, name it in that module's ``COMMANDS``, and say what it does in ``strings``; what it
needs beyond ``indexer`` it imports when it runs.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

import indexer
from indexer.cli import (
    about,
    copy,
    evaluate,
    exit_codes,
    index,
    opening,
    read,
    search,
    serve,
    settings,
    strings,
    synonyms,
)
from indexer.cli.localized_click import option
from indexer.cli.strings import say


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(say("version", version=indexer.__version__))
        context.exit()


def _speak(context: click.Context, _: click.Parameter, language: str | None) -> None:
    """Speak what is asked for on the command line, else what is set."""
    if context.resilient_parsing:
        return
    context.obj = settings.load(Path.cwd(), os.environ)
    strings.speak(language or settings.language(context.obj) or strings.spoken())


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
@click.pass_context
def cli(context: click.Context) -> None:
    """Give each command what is set for it."""
    context.default_map = {name: settings.defaults(each, context.obj) for name, each in cli.commands.items()}


for _module in (opening, index, copy, search, read, synonyms, serve, evaluate, about):
    for _command in _module.COMMANDS:
        cli.add_command(_command)
