"""Commands that change an index: ``index``, ``remove``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer import engines
from indexer.cli import exit_codes
from indexer.cli.click_chinese import (
    FOLLOW_LINKS_OPTION,
    INDEX_OPTION,
    MAX_FILE_OPTION,
    MAX_SECONDS_OPTION,
    OCR_LANGUAGE_OPTION,
    OCR_OPTION,
    command,
    option,
    recognition_of,
)
from indexer.documents import SUFFIXES
from indexer.errors import UsageError
from indexer.index.index import Index

_NOTHING_READ = (
    f"没有一份文件读得了，索引是空的。能读的有：{'、'.join(sorted(SUFFIXES))}，和 .zip、.tar 压缩包里的这些文件；"
    "别的请先转换成其中一种。"
)


@command("index")
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@option("--engine", default=None, type=click.Choice(engines.persistent()), help="引擎；只在新建时有用。")
@option("--userdict", type=click.Path(path_type=Path), help="用户词典，一行一个词；只在新建时有用，保存在索引里。")
@option(
    "--synonyms",
    type=click.Path(path_type=Path),
    help="同义词文件，每行一组；只在新建时有用，保存在索引里。",
)
@option("--prune", is_flag=True, help="文件已经不在的文档，从索引里移除（只限这次给出的目录）。")
@option("--rebuild", is_flag=True, help="重新建一个，建好了才换掉旧索引。")
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help="同时读文件的进程数；默认按文件的多少，用一个或与核数相同。",
)
@option(
    "--memory",
    type=click.IntRange(256, 1 << 20),
    default=1024,
    show_default=True,
    help="建索引时各个进程一共占多少内存，单位 MB，大致不超过；小了索引分段多，检索会慢些。",
)
@FOLLOW_LINKS_OPTION
@MAX_FILE_OPTION
@MAX_SECONDS_OPTION
@OCR_OPTION
@OCR_LANGUAGE_OPTION
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
    **made_with: Any,
) -> int:
    """给文件和目录建索引；再次运行只读有变化的文件。

    \b
    例：
      xunzhang index 法规/ 报告/
      xunzhang index 法规/ --index 法规索引 --prune
      xunzhang index 法规/ --userdict 术语.txt --rebuild
    """
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
            recognition=recognition_of(ocr=ocr, ocr_language=ocr_language),
        )
    terminal.print_failures(console, report.failed)
    terminal.print_incomplete(console, report.incomplete)
    terminal.print_report(terminal.console(), report)
    if report.skipped and not report.passages:
        return exit_codes.fail(_NOTHING_READ, status=1)
    return 1 if report.failed else 0


def _open_or_create(
    folder: Path, engine: str | None, userdict: Path | None, synonyms: Path | None, *, rebuild: bool
) -> Index:
    if rebuild or not indexer.exists(folder):
        engine = engine or engines.DEFAULT
        return indexer.create_index(folder, engine, userdict, synonyms=synonyms, replace_existing=rebuild)
    if userdict or synonyms or engine:
        raise UsageError(
            f"{folder} 里已经有索引，不能再换词典、同义词或引擎。",
            "去掉 --userdict、--synonyms 和 --engine，或加 --rebuild 重建。",
        )
    return indexer.open_index(folder)


@command("remove")
@click.argument("documents", metavar="文档...", nargs=-1, required=True)
@INDEX_OPTION
def remove_command(documents: Sequence[str], folder: Path) -> None:
    """从索引里移除文档，写路径或编号；文件本身不动。

    \b
    例：
      xunzhang remove 法规/旧法.md
    """
    from indexer.cli import terminal

    with indexer.open_index(folder) as index:
        terminal.print_report(terminal.console(), index.remove(documents))


COMMANDS = (index_command, remove_command)
