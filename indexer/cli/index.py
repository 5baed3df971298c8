"""Commands that change an index: ``index``, ``remove``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer import engines
from indexer.cli import exit_codes
from indexer.cli.localized_click import (
    FOLLOW_LINKS_OPTION,
    INDEX_OPTION,
    MAX_FILE_OPTION,
    MAX_SECONDS_OPTION,
    argument,
    command,
    option,
)
from indexer.cli.strings import say
from indexer.documents import SUFFIXES
from indexer.errors import UsageError
from indexer.index.index import Index


@command("index")
@argument("paths", metavar="PATHS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@option("--engine", default=None, type=click.Choice(engines.persistent()), help="option_engine")
@option("--userdict", type=click.Path(path_type=Path), help="option_userdict")
@option("--synonyms", type=click.Path(path_type=Path), help="option_synonyms")
@option("--prune", is_flag=True, help="option_prune")
@option("--rebuild", is_flag=True, help="option_rebuild")
@option("--workers", type=click.IntRange(1, 64), default=None, help="option_workers")
@option("--memory", type=click.IntRange(256, 1 << 20), default=1024, show_default=True, help="option_memory")
@FOLLOW_LINKS_OPTION
@MAX_FILE_OPTION
@MAX_SECONDS_OPTION
def index_command(
    paths: Sequence[Path],
    folder: Path,
    *,
    prune: bool,
    rebuild: bool,
    workers: int | None,
    memory: int,
    follow_links: bool,
    max_file_mb: int,
    max_seconds: float,
    **made_with: Any,
) -> int:
    """Index files and folders."""
    from indexer.cli import terminal

    console = terminal.console(stderr=True)
    with (
        _open_or_create(folder, rebuild=rebuild, **made_with) as index,
        terminal.progress_bar(console) as progress,
    ):
        report = index.update(
            paths,
            prune=prune,
            progress=progress,
            workers=workers,
            memory=memory << 20,
            follow_links=follow_links,
            max_file_bytes=max_file_mb << 20,
            max_seconds=max_seconds,
        )
    terminal.print_failures(console, report.failed)
    terminal.print_report(terminal.console(), report)
    if report.skipped and not report.passages:
        return exit_codes.fail(say("nothing_read", suffixes=say("comma").join(sorted(SUFFIXES))), status=1)
    return 1 if report.failed else 0


def _open_or_create(
    folder: Path, engine: str | None, userdict: Path | None, synonyms: Path | None, *, rebuild: bool
) -> Index:
    if rebuild or not indexer.exists(folder):
        engine = engine or engines.DEFAULT
        return indexer.create_index(folder, engine, userdict, synonyms=synonyms, replace_existing=rebuild)
    if userdict or synonyms or engine:
        raise UsageError(say("has_index", folder=folder), say("has_index_hint"))
    return indexer.open_index(folder)


@command("remove")
@argument("documents", metavar="DOCUMENTS...", nargs=-1, required=True)
@INDEX_OPTION
def remove_command(documents: Sequence[str], folder: Path) -> None:
    """Take documents out of the index."""
    from indexer.cli import terminal

    with indexer.open_index(folder) as index:
        terminal.print_report(terminal.console(), index.remove(documents))


COMMANDS = (index_command, remove_command)
