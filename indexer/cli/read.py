"""Commands that show what an index, or a file, holds: ``outline``, ``show``, ``list``, ``stats``, ``check``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer.cli import exit_codes, stdio
from indexer.cli.localized_click import (
    INDEX_OPTION,
    JSON_OPTION,
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
from indexer.cli.strings import say
from indexer.model import Failure
from indexer.model.choices import AROUND

_MOST_AROUND: dict[str, object] = {"most": AROUND.most}


@command("outline")
@argument("paths", metavar="PATHS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--dropped", is_flag=True, help="option_dropped")
@JSON_OPTION
@FOLLOW_LINKS_OPTION
@MAX_FILE_OPTION
@MAX_SECONDS_OPTION
@OCR_OPTION
@OCR_LANGUAGE_OPTION
def outline_command(
    paths: Sequence[Path],
    max_file_mb: int,
    max_seconds: float,
    ocr_language: str,
    *,
    dropped: bool,
    as_json: bool,
    follow_links: bool,
    ocr: bool,
) -> int:
    """Print the tree of headings of files."""
    from indexer.cli import terminal

    failures: list[Failure] = []
    bounds: dict[str, Any] = {
        "follow_links": follow_links,
        "max_file_bytes": max_file_mb << 20,
        "max_seconds": max_seconds,
        "recognition": recognition_of(ocr=ocr, ocr_language=ocr_language),
    }
    if dropped:
        _print_left_out(paths, failures, bounds, as_json=as_json)
        terminal.print_failures(terminal.console(stderr=True), failures)
        return 1 if failures else 0
    documents = indexer.read(paths, on_failure=failures.append, **bounds)
    if as_json:
        stdio.print_json(indexer.outline_to_dict(documents))
    else:
        console = terminal.console()
        for document, passages in documents:
            terminal.print_outline(console, document, passages)
    terminal.print_failures(terminal.console(stderr=True), failures)
    return 1 if failures else 0


def _print_left_out(
    paths: Sequence[Path], failures: list[Failure], bounds: Mapping[str, Any], *, as_json: bool
) -> None:
    """Print what was left out of each file and how often a paragraph was cut, for files where there is any."""
    from indexer.build.reader import readings
    from indexer.cli import terminal

    found = [one for one in readings(paths, failures.append, **bounds) if one.dropped or one.cuts]
    if as_json:
        listed = [{"path": one.document.path, "cuts": one.cuts, "dropped": list(one.dropped)} for one in found]
        stdio.print_json({"documents": listed})
        return
    console = terminal.console()
    for one in found:
        terminal.print_left_out(console, one.document.path, one.cuts, one.dropped)


@command("show")
@argument("passage_id", metavar="PASSAGE")
@INDEX_OPTION
@option("--before", type=int, default=0, show_default=True, help="option_before", values=_MOST_AROUND)
@option("--after", type=int, default=0, show_default=True, help="option_after", values=_MOST_AROUND)
@option("--cite", "style", type=click.Choice(indexer.CITATION_STYLES), help="option_cite")
@option("--url", help="option_url")
@JSON_OPTION
def show_command(
    passage_id: str, folder: Path, before: int, after: int, style: str | None, url: str | None, *, as_json: bool
) -> None:
    """Print a passage with its context, or its citation."""
    with indexer.open_index(folder) as index:
        passage_id = index.passage(passage_id).id  # a permalink will do too: the table of hits has both
        passages = index.around(passage_id, before, after)
        document = index.document(passages[0].document_id)
        siblings = [each for each in index.passages(document.id) if each.section == passages[0].section]
    if style:
        (wanted,) = (passage for passage in passages if passage.id == passage_id)
        click.echo(stdio.harmless(indexer.cite(document, wanted, style, url, siblings=siblings)))
    elif as_json:
        stdio.print_json(indexer.context_to_dict(document, passages))
    else:
        from indexer.cli import terminal

        terminal.print_context(terminal.console(), document, passages)


@command("list")
@INDEX_OPTION
@JSON_OPTION
def list_command(folder: Path, as_json: bool) -> None:
    """List the documents of the index."""
    from indexer.cli import terminal

    with indexer.open_index(folder) as index:
        documents = index.documents()
    if as_json:
        stdio.print_json({"documents": [dataclasses.asdict(document) for document in documents]})
    else:
        terminal.print_documents(terminal.console(), documents)


@command("stats")
@INDEX_OPTION
@JSON_OPTION
def stats_command(folder: Path, as_json: bool) -> None:
    """Print figures of the index."""
    from indexer.cli import terminal

    with indexer.open_index(folder) as index:
        stats = index.stats()
    if as_json:
        stdio.print_json(dataclasses.asdict(stats))
    else:
        terminal.print_stats(terminal.console(), stats)


@command("check")
@INDEX_OPTION
def check_command(folder: Path) -> int:
    """Read the whole index and name what is damaged."""
    with indexer.open_index(folder) as index:
        problems = index.check()
    if problems:
        return exit_codes.fail(*problems, say("damaged", folder=folder), status=1)
    click.echo(stdio.one_line(say("sound", folder=folder)))
    return 0


COMMANDS = (outline_command, show_command, list_command, stats_command, check_command)
