"""The command ``xunzhang``.

Holds the commands, by what they are for, and what a terminal needs: help and sentences in the reader's language
(``strings``), exit codes, printing. Never holds what the library could do for a program of one's own. To add a command,
write it in the module of its kind, name it in that module's ``COMMANDS`` and here, and say what it does in ``strings``;
what it needs beyond ``indexer`` it imports when it runs.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections import UserDict
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

import indexer
from indexer import heap
from indexer.cli import exit_codes, settings, strings
from indexer.cli.localized_click import option
from indexer.cli.strings import say

# Command → the module that it is in.
_HOMES = {
    "check": "read",
    "completion": "about",
    "config": "about",
    "copy": "copy",
    "eval": "evaluate",
    "explain": "search",
    "export-static": "serve",
    "help": "about",
    "index": "index",
    "list": "read",
    "mcp": "serve",
    "open": "opening",
    "outline": "read",
    "remove": "index",
    "search": "search",
    "serve": "serve",
    "show": "read",
    "stats": "read",
    "synonyms": "synonyms",
    "verify": "search",
}


class _Commands(UserDict[str, click.Command]):
    """The commands by name; the module of one is loaded when it is asked for: no search waits for the others."""

    def __missing__(self, name: str) -> click.Command:
        module = import_module(f"{__name__}.{_HOMES[name]}")
        self.data |= {command.name: command for command in module.COMMANDS}
        return self.data[name]

    def __contains__(self, name: object) -> bool:
        return name in _HOMES

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


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
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy multiplies next to nothing, and starts threads for that
    gc.disable()  # till a command goes on for longer than one answer: what is loaded is no garbage
    atexit.register(gc.freeze)  # or all that an index has made is looked through for garbage before the process ends
    try:
        cli(prog_name="xunzhang")
    except SystemExit as ended:
        if gc.isenabled():
            raise
        _end(ended.code)


def _end(status: str | int | None) -> None:
    """End a process that gave one answer: taking apart what was loaded for it takes as long as printing it."""
    with suppress(OSError):  # standard output is flushed, or what hindered it was told
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


@click.group(
    "xunzhang",
    cls=exit_codes.Commands,
    commands=_Commands(),
    context_settings={"help_option_names": ["-h", "--help"]},
)
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
    """Give each command what is set for it; where nothing is, none of them is loaded for that."""
    if context.invoked_subcommand != "search":
        gc.enable()
    elif not gc.isenabled():
        heap.keep()
    if context.obj.keys() - {settings.LANGUAGE}:
        context.default_map = {name: settings.defaults(each, context.obj) for name, each in cli.commands.items()}
