"""Commands about the command itself: ``config``, ``completion``, ``help``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.shell_completion import get_completion_class

from indexer.cli import settings, stdio
from indexer.cli.localized_click import JSON_OPTION, argument, command

SHELLS = ("bash", "zsh", "fish")
_PROGRAM = "xunzhang"


@command("config")
@JSON_OPTION
@click.pass_context
def config_command(context: click.Context, as_json: bool) -> None:
    """Print the settings that hold, and where each comes from."""
    here = Path.cwd()
    held = list(settings.shown(_commands(context), settings.load(here, os.environ)))
    if as_json:
        stdio.print_json(
            {
                "files": [str(file) for file in settings.files(here)],
                "settings": {name: {"value": value, "source": source or None} for name, value, source in held},
            }
        )
        return
    from indexer.cli import terminal

    found = settings.files(here)
    terminal.print_settings(terminal.console(), found, settings.own_file(), held)


def _commands(context: click.Context) -> list[click.Command]:
    """All commands, and the group, whose options are settings too."""
    group = context.find_root().command
    return [*(group.commands.values() if isinstance(group, click.Group) else ()), group]


@command("completion")
@argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print a script for a shell."""
    made = get_completion_class(shell)
    if made is None:  # click knows all of ours
        raise AssertionError(shell)
    program = made(context.find_root().command, {}, _PROGRAM, f"_{_PROGRAM.upper()}_COMPLETE")
    click.echo(program.source_template % program.source_vars())


@command("help")
@argument("name", metavar="NAME_OF_COMMAND", required=False)
@click.pass_context
def help_command(context: click.Context, name: str | None) -> None:
    """Show the help of a command, or of all of them."""
    root = context.find_root()
    if name is None:
        click.echo(root.get_help())
        return
    group: Any = root.command
    found, command, _ = group.resolve_command(root, [name])
    click.echo(command.get_help(command.context_class(command, info_name=found, parent=root)))


COMMANDS = (config_command, completion_command, help_command)
