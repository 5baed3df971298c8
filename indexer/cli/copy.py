"""The command ``copy``: an index moves to another folder or engine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

import indexer
from indexer import engines
from indexer.cli.localized_click import INDEX_OPTION, MEMORY_OPTION, argument, command, option
from indexer.cli.remote import connection_of, remote_options
from indexer.cli.strings import say
from indexer.errors import UsageError


@command("copy")
@argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@INDEX_OPTION
@option("--to", "engine", default=engines.DEFAULT, show_default=True, type=click.Choice(engines.persistent()),
        help="option_to")  # fmt: skip
@option("--replace", is_flag=True, help="option_replace")
@MEMORY_OPTION
@remote_options
def copy_command(target: Path, folder: Path, engine: str, *, replace: bool, memory: int, **told: Any) -> None:
    """Copy an index."""
    from indexer.cli import terminal

    if indexer.exists(target) and not replace:
        raise UsageError(say("copy_exists", folder=target), say("copy_exists_hint"))
    started = time.perf_counter()
    with terminal.copying_bar(terminal.console(stderr=True)) as progress:
        copied = indexer.copy_index(
            folder,
            target,
            engine,
            connection=connection_of(engine, told),
            replace_existing=replace,
            progress=progress,
            memory=memory << 20,
        )
    with copied:
        stats = copied.stats()
    seconds = time.perf_counter() - started
    click.echo(say("copied", documents=stats.documents, passages=stats.passages, folder=target, seconds=seconds))


COMMANDS = (copy_command,)
