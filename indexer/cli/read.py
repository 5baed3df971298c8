"""Commands that show what an index, or a file, holds: ``outline``, ``show``, ``list``, ``stats``, ``check``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer.cli import exit_codes, stdio
from indexer.cli.click_chinese import (
    FOLLOW_LINKS_OPTION,
    INDEX_OPTION,
    JSON_OPTION,
    MAX_FILE_OPTION,
    MAX_SECONDS_OPTION,
    OCR_LANGUAGE_OPTION,
    OCR_OPTION,
    command,
    option,
    recognition_of,
)
from indexer.model import Failure


@command("outline")
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--dropped", is_flag=True, help="不看章节，列出当作页面杂物略去的文字和切开的长段落。")
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
    """看看文件被读成什么样：章节的树。不需要索引。

    \b
    例：
      xunzhang outline 报告.html
      xunzhang outline 法规/ --json
      xunzhang outline 网页/ --dropped
    """
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
@click.argument("passage_id", metavar="段落编号")
@INDEX_OPTION
@option("--before", type=int, default=0, show_default=True, help="也给出前面多少段（不超过 50）。")
@option("--after", type=int, default=0, show_default=True, help="也给出后面多少段（不超过 50）。")
@option("--cite", "style", type=click.Choice(indexer.CITATION_STYLES), help="不给全文，给这种格式的引文。")
@option("--url", help="引文里写的网址；默认是文档自己的。")
@JSON_OPTION
def show_command(
    passage_id: str, folder: Path, before: int, after: int, style: str | None, url: str | None, *, as_json: bool
) -> None:
    """看一段和它的前后文，或者给出它的引文。段落编号印在 search 的每个命中里；永久链接也行。

    \b
    例：
      xunzhang show 0f3a5c7e9b1d2f46-12 --before 1 --after 1
      xunzhang show 0f3a5c7e9b1d2f46-12 --cite gbt7714
    """
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
    """列出索引里的文档。

    \b
    例：
      xunzhang list
    """
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
    """索引有多大，用什么建的。

    \b
    例：
      xunzhang stats --json
    """
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
    """把索引通读一遍，看有没有损坏。

    \b
    例：
      xunzhang check
    """
    with indexer.open_index(folder) as index:
        problems = index.check()
    if problems:
        way_out = f"索引 {folder} 有损坏。请重建：xunzhang index 目录 --index {folder} --rebuild"
        return exit_codes.fail(*problems, way_out, status=1)
    click.echo(stdio.one_line(f"索引 {folder} 完好。"))
    return 0


COMMANDS = (outline_command, show_command, list_command, stats_command, check_command)
