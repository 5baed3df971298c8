"""Commands that change an index: ``index``, ``remove``."""

from __future__ import annotations

import glob
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

import indexer
from indexer import engines
from indexer.cli import exit_codes, stdio
from indexer.cli.localized_click import (
    EMBEDDER_OPTION,
    INDEX_OPTION,
    MEMORY_OPTION,
    argument,
    command,
    option,
)
from indexer.cli.reading_options import (
    FOLLOW_LINKS_OPTION,
    MAX_FILE_OPTION,
    MAX_SECONDS_OPTION,
    OCR_LANGUAGE_OPTION,
    OCR_OPTION,
    recognition_of,
)
from indexer.cli.remote import connection_of, remote_options
from indexer.cli.strings import say
from indexer.errors import IndexBusy, IndexUnavailable, UsageError
from indexer.model import Failure, UpdateReport

# Seconds between attempts, where another builder holds the lock.
_BETWEEN_ATTEMPTS = 0.5


@command("index")
@argument("paths", metavar="PATHS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@option("--engine", default=None, type=click.Choice(engines.persistent()), help="option_engine")
@option("--userdict", type=click.Path(path_type=Path), help="option_userdict")
@option("--synonyms", type=click.Path(path_type=Path), help="option_synonyms")
@EMBEDDER_OPTION
@option("--prune", is_flag=True, help="option_prune")
@option("--rebuild", is_flag=True, help="option_rebuild")
@option("--workers", type=click.IntRange(1, 64), default=None, help="option_workers")
@MEMORY_OPTION
@FOLLOW_LINKS_OPTION
@MAX_FILE_OPTION
@MAX_SECONDS_OPTION
@OCR_OPTION
@OCR_LANGUAGE_OPTION
@remote_options
@option("--list-skipped", is_flag=True, help="option_list_skipped")
@option("--watch", is_flag=True, help="option_watch")
def index_command(
    paths: Sequence[Path],
    folder: Path,
    *,
    prune: bool,
    rebuild: bool,
    workers: int | None,
    memory: int,
    follow_links: bool,
    ocr: bool,
    ocr_language: str,
    max_file_mb: int,
    max_seconds: float,
    list_skipped: bool,
    watch: bool,
    **made_with: Any,
) -> int:
    """Index files and folders."""
    reading: dict[str, Any] = {
        "workers": workers,
        "memory": memory << 20,
        "follow_links": follow_links,
        "max_file_bytes": max_file_mb << 20,
        "max_seconds": max_seconds,
        "recognition": recognition_of(ocr=ocr, ocr_language=ocr_language),
    }
    if not (watch or indexer.exists(folder) or any(map(_is_there, paths))):
        return exit_codes.fail(say("nothing_there", paths=say("comma").join(map(str, paths))), status=1)
    with _open_or_create(folder, rebuild=rebuild, **made_with) as index:
        update = _update_when_free if watch else _update
        report = update(index, paths, prune=prune or watch, **reading)
        print_update(report, list_skipped=list_skipped)
        if watch:
            _follow(index, paths, reading, report)
    if report.skipped and not report.passages:
        from indexer.documents import SUFFIXES

        return exit_codes.fail(say("nothing_read", suffixes=say("comma").join(sorted(SUFFIXES))), status=1)
    return 1 if report.failed else 0


def _is_there(path: Path) -> bool:
    """Tell whether a path, or what it is a pattern of, is there."""
    pattern = str(path)
    return path.exists() or (glob.has_magic(pattern) and any(glob.iglob(pattern, recursive=True)))  # noqa: PTH207


def _update(index: indexer.Index, paths: Sequence[Path], **options: Any) -> UpdateReport:
    from indexer.cli import terminal

    with terminal.progress_bar(terminal.console(stderr=True)) as progress:
        return index.update(paths, progress=progress, **options)


def _update_when_free(index: indexer.Index, paths: Sequence[Path], **options: Any) -> UpdateReport:
    """Update, however long another builder holds the lock."""
    try:
        return _update(index, paths, **options)
    except IndexBusy:
        click.echo(say("waiting_for_lock"), err=True)
    while True:
        time.sleep(_BETWEEN_ATTEMPTS)
        with suppress(IndexBusy):
            return _update(index, paths, **options)


def print_updates(reports: Iterable[UpdateReport], last: UpdateReport | None = None) -> None:
    """Print what updates one after the other did; a failure that ``last``, or the one before, had is not said again."""
    for report in reports:
        print_update(report, known=last.failed if last else ())
        last = report


def print_update(report: UpdateReport, *, list_skipped: bool = False, known: Sequence[Failure] = ()) -> None:
    """Print what an update did, failures that are not ``known`` to standard error."""
    from indexer.cli import terminal

    terminal.print_failures(terminal.console(stderr=True), [each for each in report.failed if each not in known])
    terminal.print_incomplete(terminal.console(stderr=True), report.incomplete)
    if list_skipped:
        terminal.print_skipped(terminal.console(), report)
    terminal.print_report(terminal.console(), report)


def _follow(index: indexer.Index, paths: Sequence[Path], reading: dict[str, Any], report: UpdateReport) -> None:
    """Follow every change until interrupted; what ``report`` says is said already."""
    click.echo(stdio.one_line(say("watching", paths=say("comma").join(map(str, paths)))), err=True)
    watch = index.watch(paths, **reading)
    try:
        print_updates(watch.run(report), report)
    except KeyboardInterrupt:
        click.echo(say("watch_ended"), err=True)


def _open_or_create(
    folder: Path,
    engine: str | None,
    userdict: Path | None,
    synonyms: Path | None,
    embedder: str | None,
    *,
    rebuild: bool,
    **told: Any,
) -> indexer.Index:
    if rebuild or not indexer.exists(folder):
        engine = engine or _engine_of(folder)
        return indexer.create_index(
            folder,
            engine,
            userdict,
            synonyms=synonyms,
            embedder=embedder,
            replace_existing=rebuild,
            connection=connection_of(engine, told),
        )
    index = indexer.open_index(folder, embedder=embedder)
    if (engine or _engine_of(folder)) != _engine_of(folder) or not _has_words(index, userdict):
        index.close()
        raise UsageError(say("has_index", folder=folder), say("has_index_hint"))
    if synonyms:
        index.keep_synonyms(synonyms)
    return index


def _has_words(index: indexer.Index, userdict: Path | None) -> bool:
    """Whether an index was made with the dictionary that is named, if one is."""
    from indexer.analysis import UserDictionary  # which the help of all commands does not wait for

    return userdict is None or index.analyzer.user.words == UserDictionary.load(userdict).words


def _engine_of(folder: Path) -> str:
    """The engine of an index that is there, else the default."""
    from indexer.index.folder import read_marker

    try:
        engine = read_marker(folder)
    except IndexUnavailable:
        return engines.DEFAULT
    return engine if engine in engines.persistent() else engines.DEFAULT


@command("remove")
@argument("documents", metavar="DOCUMENTS...", nargs=-1, required=True)
@INDEX_OPTION
def remove_command(documents: Sequence[str], folder: Path) -> None:
    """Take documents out of the index."""
    from indexer.cli import terminal

    with indexer.open_index(folder) as index:
        terminal.print_report(terminal.console(), index.remove(documents))


COMMANDS = (index_command, remove_command)
