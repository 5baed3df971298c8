"""The command ``xunzhang``; ``exits`` makes exit codes of its errors."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer import engines
from indexer.cli import click_chinese, evaluate, exit_codes, serve, stdio
from indexer.errors import UsageError
from indexer.index.index import Index
from indexer.model import Failure, Kind
from indexer.model.choices import BOUNDS, CHOICES, CONDITIONS, DEFAULT_FACETS, DEFAULTS, FILTERS
from indexer.model.weights import SCORE_PARTS

_option, _INDEX_OPTION, _JSON_OPTION = click_chinese.option, click_chinese.INDEX_OPTION, click_chinese.JSON_OPTION


def _print_results(results: indexer.Results, offset: int) -> None:
    from indexer.cli import terminal

    terminal.print_results(terminal.console(), results, offset)


# What hits are printed as; each is told how many hits were skipped.
_FORMATS: dict[str, Callable[[indexer.Results, int], None]] = {
    "text": _print_results,
    "json": lambda results, _: click.echo(stdio.to_json(indexer.results_to_dict(results))),
    "csv": lambda results, offset: stdio.print_table(indexer.results_to_csv(results, offset + 1)),
    "md": lambda results, offset: stdio.print_text(indexer.results_to_markdown(results)),
    "plain": lambda results, offset: stdio.print_text(indexer.results_to_lines(results)),
}


def main() -> None:
    """Entry point of the command."""
    cli(prog_name="xunzhang")


@click.group(cls=exit_codes.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xunzhang", message="寻章 %(version)s", help="显示版本。")
def cli() -> None:
    """寻章：给一个文件夹的中文文档建索引，按段落检索。

    \b
    例：
      xunzhang index 文档目录          建索引（或更新）
      xunzhang search 数据安全         检索
      xunzhang serve                   打开网页
    """


@cli.command("index")
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_INDEX_OPTION
@_option("--engine", default=None, type=click.Choice(engines.PERSISTENT), help="引擎；只在新建时有用。")
@_option("--userdict", type=click.Path(path_type=Path), help="用户词典，一行一个词；只在新建时有用，保存在索引里。")
@_option(
    "--synonyms",
    type=click.Path(path_type=Path),
    help="同义词文件，每行一组；只在新建时有用，保存在索引里。",
)
@_option("--prune", is_flag=True, help="文件已经不在的文档，从索引里移除（只限这次给出的目录）。")
@_option("--rebuild", is_flag=True, help="重新建一个，建好了才换掉旧索引。")
@_option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help="同时读文件的进程数；默认按文件的多少，用一个或与核数相同。",
)
@_option(
    "--memory",
    type=click.IntRange(256, 1 << 20),
    default=1024,
    show_default=True,
    help="建索引时各个进程一共占多少内存，单位 MB，大致不超过；小了索引分段多，检索会慢些。",
)
def index_command(
    paths: Sequence[Path],
    place: Path,
    *,
    prune: bool,
    rebuild: bool,
    workers: int | None,
    memory: int,
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
        _open_or_create(place, rebuild=rebuild, **made_with) as index,
        terminal.progress_bar(console) as progress,
    ):
        report = index.update(paths, prune=prune, progress=progress, workers=workers, memory=memory << 20)
    terminal.print_failures(console, report.failed)
    terminal.print_report(terminal.console(), report)
    return 1 if report.failed else 0


@cli.command("search")
@click.argument("query", metavar="查询...", nargs=-1, required=True)
@_INDEX_OPTION
@_option("--section", multiple=True, help="只在这个章节及其下查找，各级标题用 / 连接；可重复。")
@_option("--topic", multiple=True, help="只要这个主题；可重复。")
@_option("--document", multiple=True, help="只在这个文档里查找，写路径或编号；可重复。")
@_option("--tag", multiple=True, help="只要带这个标签的文档；可重复。")
@_option("--kind", multiple=True, type=click.Choice([kind.value for kind in Kind]), help="只要这种段落；可重复。")
@_option("--year", multiple=True, help="年份：2020、2020..2021、2020..，没有日期的写“无”；可重复。")
@_option(
    "--match",
    type=click.Choice(CHOICES["match"]),
    default=DEFAULTS["match"],
    show_default=True,
    help="auto 全部三层；all 不要部分匹配；exact 只要原文包含。",
)
@_option(
    "--scope",
    type=click.Choice(CHOICES["scope"]),
    default=DEFAULTS["scope"],
    show_default=True,
    help="section：各词可以分散在同一章节（条）的几段里。",
)
@_option(
    "--sort",
    type=click.Choice(CHOICES["sort"]),
    default=DEFAULTS["sort"],
    show_default=True,
    help="按相关度、文档顺序或日期排列。",
)
@_option(
    "--script",
    type=click.Choice(CHOICES["script"]),
    default=DEFAULTS["script"],
    show_default=True,
    help="exact：只要字形完全一样的，繁简、全半角、大小写不通。",
)
@_option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="打分时不算这一项；可重复。")
@_option(
    "--collapse",
    type=click.Choice(CHOICES["collapse"]),
    default=DEFAULTS["collapse"],
    help="text：文字相同的段落只列一次。",
)
@_option("--offset", type=int, default=BOUNDS["offset"].default, show_default=True, help="跳过前面多少段。")
@_option(
    "--limit",
    type=int,
    default=BOUNDS["limit"].default,
    show_default=True,
    help=f"最多给出多少段（不超过 {BOUNDS['limit'].most}）。",
)
@_option(
    "--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True, help="输出成什么样。"
)
@_option("--json", "form", flag_value="json", help="同 --format json：输出 JSON，供程序读取。")
@_option("--plain", "form", flag_value="plain", help="同 --format plain：一行一段，各项之间是制表符。")
def search_command(query: Sequence[str], place: Path, form: str, **options: Any) -> None:
    """检索段落。几个参数连成一个查询，中间是空格；查询以 - 开头时，前面先写 --。

    \b
    例：
      xunzhang search 数据安全
      xunzhang search '"监督管理" -处罚' --section '第一章 总则'
      xunzhang search '数据 NEAR/10 安全' --year 2020..2021 --json
      xunzhang search 数据 --format csv --limit 100 > 数据.csv
      xunzhang search -- -附则
    """
    with indexer.open_index(place) as index:
        results = index.search(" ".join(query), facets=DEFAULT_FACETS if form == "json" else (), **options)
        asked = {name: options[name] for name in (*FILTERS, *CONDITIONS)}
        diagnosis = None if form != "text" or results.total else index.diagnose(results.query, **asked)
    if form == "json":
        click.echo(stdio.to_json(indexer.results_to_dict(results)))
        return
    from indexer.cli import terminal

    terminal.print_warnings(terminal.console(stderr=True), results.warnings)
    _FORMATS[form](results, options["offset"])
    terminal.print_diagnosis(terminal.console(), diagnosis)


@cli.command("outline")
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_JSON_OPTION
def outline_command(paths: Sequence[Path], as_json: bool) -> int:
    """看看文件被读成什么样：章节的树。不需要索引。

    \b
    例：
      xunzhang outline 报告.html
      xunzhang outline 法规/ --json
    """
    from indexer.cli import terminal

    failures: list[Failure] = []
    documents = indexer.read(paths, on_failure=failures.append)
    if as_json:
        _print_json(indexer.outline_to_dict(documents))
    else:
        console = terminal.console()
        for document, passages in documents:
            terminal.print_outline(console, document, passages)
    terminal.print_failures(terminal.console(stderr=True), failures)
    return 1 if failures else 0


@cli.command("list")
@_INDEX_OPTION
@_JSON_OPTION
def list_command(place: Path, as_json: bool) -> None:
    """列出索引里的文档。

    \b
    例：
      xunzhang list
    """
    from indexer.cli import terminal

    with indexer.open_index(place) as index:
        documents = index.documents()
    if as_json:
        _print_json({"documents": [dataclasses.asdict(document) for document in documents]})
    else:
        terminal.print_documents(terminal.console(), documents)


@cli.command("remove")
@click.argument("documents", metavar="文档...", nargs=-1, required=True)
@_INDEX_OPTION
def remove_command(documents: Sequence[str], place: Path) -> None:
    """从索引里移除文档，写路径或编号；文件本身不动。

    \b
    例：
      xunzhang remove 法规/旧法.md
    """
    from indexer.cli import terminal

    with indexer.open_index(place) as index:
        terminal.print_report(terminal.console(), index.remove(documents))


@cli.command("stats")
@_INDEX_OPTION
@_JSON_OPTION
def stats_command(place: Path, as_json: bool) -> None:
    """索引有多大，用什么建的。

    \b
    例：
      xunzhang stats --json
    """
    from indexer.cli import terminal

    with indexer.open_index(place) as index:
        stats = index.stats()
    if as_json:
        _print_json(dataclasses.asdict(stats))
    else:
        terminal.print_stats(terminal.console(), stats)


@cli.command("show")
@click.argument("passage_id", metavar="段落编号")
@_INDEX_OPTION
@_option("--before", type=int, default=0, show_default=True, help="也给出前面多少段（不超过 50）。")
@_option("--after", type=int, default=0, show_default=True, help="也给出后面多少段（不超过 50）。")
@_option("--cite", "style", type=click.Choice(indexer.CITATION_STYLES), help="不给全文，给这种格式的引文。")
@_option("--url", help="引文里写的网址；默认是文档自己的。")
@_JSON_OPTION
def show_command(
    passage_id: str, place: Path, before: int, after: int, style: str | None, url: str | None, *, as_json: bool
) -> None:
    """看一段和它的前后文，或者给出它的引文。段落编号印在 search 的每个命中里；永久链接也行。

    \b
    例：
      xunzhang show 0f3a5c7e9b1d2f46-12 --before 1 --after 1
      xunzhang show 0f3a5c7e9b1d2f46-12 --cite gbt7714
    """
    with indexer.open_index(place) as index:
        passage_id = index.passage(passage_id).id  # a permalink will do too: the table of hits has both
        passages = index.around(passage_id, before, after)
        document = index.document(passages[0].document_id)
    if style:
        (wanted,) = (passage for passage in passages if passage.id == passage_id)
        click.echo(stdio.harmless(indexer.cite(document, wanted, style, url)))
    elif as_json:
        _print_json(indexer.context_to_dict(document, passages))
    else:
        from indexer.cli import terminal

        terminal.print_context(terminal.console(), document, passages)


@cli.command("explain")
@click.argument("query", metavar="查询...", nargs=-1, required=True)
@_INDEX_OPTION
@_JSON_OPTION
def explain_command(query: Sequence[str], place: Path, as_json: bool) -> None:
    """一条查询是怎样理解的：折叠、切词、展开、条件树。

    \b
    例：
      xunzhang explain '第12条 -附则'
    """
    from indexer.cli import terminal

    with indexer.open_index(place) as index:
        explained = index.explain(" ".join(query))
    if as_json:
        _print_json(dataclasses.asdict(explained))
        return
    terminal.print_warnings(terminal.console(stderr=True), explained.warnings)
    terminal.print_explanation(terminal.console(), explained)


@cli.command("check")
@_INDEX_OPTION
def check_command(place: Path) -> int:
    """把索引通读一遍，看有没有损坏。

    \b
    例：
      xunzhang check
    """
    with indexer.open_index(place) as index:
        problems = index.check()
    if problems:
        way_out = f"索引 {place} 有损坏。请重建：xunzhang index 目录 --index {place} --rebuild"
        return exit_codes.fail("\n".join((*problems, way_out)), 1)
    click.echo(f"索引 {place} 完好。")
    return 0


for _command in (serve.serve_command, *evaluate.COMMANDS):
    cli.add_command(_command)


def _open_or_create(
    place: Path, engine: str | None, userdict: Path | None, synonyms: Path | None, *, rebuild: bool
) -> Index:
    if rebuild or not indexer.exists(place):
        engine = engine or engines.DEFAULT
        return indexer.create_index(place, engine, userdict, synonyms=synonyms, replace_existing=rebuild)
    if userdict or synonyms or engine:
        raise UsageError(
            f"{place} 里已经有索引，不能再换词典、同义词或引擎。",
            "去掉 --userdict、--synonyms 和 --engine，或加 --rebuild 重建。",
        )
    return indexer.open_index(place)


def _print_json(value: object) -> None:
    click.echo(stdio.to_json(value))
