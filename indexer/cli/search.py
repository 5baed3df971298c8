"""Commands that ask an index: ``search``, ``explain``, ``verify``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer.cli import stdio
from indexer.cli.click_chinese import INDEX_OPTION, JSON_OPTION, command, option
from indexer.model import Kind
from indexer.model.choices import BOUNDS, CHOICES, CONDITIONS, DEFAULT_FACETS, DEFAULTS, FILTERS, PLACES
from indexer.model.weights import SCORE_PARTS


def _print_results(results: indexer.Results, offset: int) -> None:
    from indexer.cli import terminal

    terminal.print_results(terminal.console(), results, offset)


# What hits are printed as; each is told how many hits were skipped.
_FORMATS: dict[str, Callable[[indexer.Results, int], None]] = {
    "text": _print_results,
    "json": lambda results, _: stdio.print_json(indexer.results_to_dict(results)),
    "csv": lambda results, offset: stdio.print_table(indexer.results_to_csv(results, offset + 1)),
    "md": lambda results, offset: stdio.print_text(indexer.results_to_markdown(results)),
    "plain": lambda results, offset: stdio.print_text(indexer.results_to_lines(results)),
}


@command("search")
@click.argument("query", metavar="查询...", nargs=-1, required=True)
@INDEX_OPTION
@option("--section", multiple=True, help="只在这个章节及其下查找，各级标题用 / 连接；可重复。")
@option("--topic", multiple=True, help="只要这个主题；可重复。")
@option("--document", multiple=True, help="只在这个文档里查找，写路径或编号；可重复。")
@option("--tag", multiple=True, help="只要带这个标签的文档；可重复。")
@option("--kind", multiple=True, type=click.Choice([kind.value for kind in Kind]), help="只要这种段落；可重复。")
@option("--year", multiple=True, help="年份：2020、2020..2021、2020..，没有日期的写“无”；可重复。")
@option("--work", multiple=True, help="只要这部著作（法典、丛书）的文档；可重复。")
@option("--field", multiple=True, help="只要自定义字段有这个值的文档，写 名=值；可重复。")
@option("--path", multiple=True, help="只要这个文件夹及其下的文档；可重复。")
@option("--type", multiple=True, help="只要这种文件，写扩展名，例如 pdf；可重复。")
@option(
    "--match",
    type=click.Choice(CHOICES["match"]),
    default=DEFAULTS["match"],
    show_default=True,
    help="auto 全部三层；all 不要部分匹配；exact 只要原文包含。",
)
@option(
    "--scope",
    type=click.Choice(CHOICES["scope"]),
    default=DEFAULTS["scope"],
    show_default=True,
    help="section：各词可以分散在同一章节（条）的几段里。",
)
@option(
    "--sort",
    type=click.Choice(CHOICES["sort"]),
    default=DEFAULTS["sort"],
    show_default=True,
    help="按相关度、文档顺序或日期排列。",
)
@option(
    "--script",
    type=click.Choice(CHOICES["script"]),
    default=DEFAULTS["script"],
    show_default=True,
    help="exact：只要字形完全一样的，繁简、全半角、大小写不通。",
)
@option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="打分时不算这一项；可重复。")
@option(
    "--collapse",
    type=click.Choice(CHOICES["collapse"]),
    default=DEFAULTS["collapse"],
    help="text：文字相同的段落只列一次；section：同一条的段落只列最好的一段。",
)
@option("--offset", type=int, default=BOUNDS["offset"].default, show_default=True, help="跳过前面多少段。")
@option(
    "--limit",
    type=int,
    default=BOUNDS["limit"].default,
    show_default=True,
    help=f"最多给出多少段（不超过 {BOUNDS['limit'].most}）。",
)
@option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True, help="输出成什么样。")
@option("--json", "form", flag_value="json", help="同 --format json：输出 JSON，供程序读取。")
@option("--plain", "form", flag_value="plain", help="同 --format plain：一行一段，各项之间是制表符。")
def search_command(query: Sequence[str], folder: Path, form: str, **options: Any) -> None:
    """检索段落。几个参数连成一个查询，中间是空格；查询以 - 开头时，前面先写 --。

    \b
    例：
      xunzhang search 数据安全
      xunzhang search '"监督管理" -处罚' --section '第一章 总则'
      xunzhang search '数据 NEAR/10 安全' --year 2020..2021 --json
      xunzhang search 数据 --format csv --limit 100 > 数据.csv
      xunzhang search -- -附则
    """
    with indexer.open_index(folder) as index:
        results = index.search(" ".join(query), facets=DEFAULT_FACETS if form == "json" else (), **options)
        narrowed = {name: options[name] for name in (*FILTERS, *CONDITIONS)}
        diagnosis = None if form != "text" or results.total else index.diagnose(results.query, **narrowed)
    if form == "json":
        stdio.print_json(indexer.results_to_dict(results))
        return
    from indexer.cli import terminal

    terminal.print_warnings(terminal.console(stderr=True), results.warnings)
    _FORMATS[form](results, options["offset"])
    terminal.print_diagnosis(terminal.console(), diagnosis)


@command("explain")
@click.argument("query", metavar="查询...", nargs=-1, required=True)
@INDEX_OPTION
@JSON_OPTION
def explain_command(query: Sequence[str], folder: Path, as_json: bool) -> None:
    """一条查询是怎样理解的：折叠、切词、展开、条件树。

    \b
    例：
      xunzhang explain '第12条 -附则'
    """
    from indexer.cli import terminal

    with indexer.open_index(folder) as index:
        explained = index.explain(" ".join(query))
    if as_json:
        stdio.print_json(dataclasses.asdict(explained))
        return
    terminal.print_warnings(terminal.console(stderr=True), explained.warnings)
    terminal.print_explanation(terminal.console(), explained)


@command("verify")
@click.argument("quote", metavar="引文", default="-")
@INDEX_OPTION
@option("--document", multiple=True, help="只在这个文档里核对，写路径或编号；可重复。")
@option("--tag", multiple=True, help="只在带这个标签的文档里核对；可重复。")
@option("--year", multiple=True, help="只在这些年份的文档里核对；可重复。")
@option("--work", multiple=True, help="只要这部著作（法典、丛书）的文档；可重复。")
@option("--field", multiple=True, help="只要自定义字段有这个值的文档，写 名=值；可重复。")
@option("--path", multiple=True, help="只要这个文件夹及其下的文档；可重复。")
@option("--type", multiple=True, help="只要这种文件，写扩展名，例如 pdf；可重复。")
@option(
    "--limit", type=int, default=PLACES.default, show_default=True, help=f"最多列出多少处（不超过 {PLACES.most}）。"
)
@JSON_OPTION
def verify_command(quote: str, folder: Path, as_json: bool, **options: Any) -> None:
    """核对一句引文：原文里有没有，在哪里；没有时，最接近的是哪一段，差在哪些字。

    引文可以跨几段，省略的地方写 ……；空白不算。不写引文或写 -，从标准输入读。

    \b
    例：
      xunzhang verify 个人经营的，以个人财产承担
      xunzhang verify '为了规范数据处理活动……制定本法' --json
      xunzhang verify < 引文.txt
    """
    if quote == "-":
        quote = stdio.read_input()
    with indexer.open_index(folder) as index:
        verification = index.verify(quote, **options)
    if as_json:
        stdio.print_json(indexer.verification_to_dict(verification))
    else:
        from indexer.cli import terminal

        terminal.print_verification(terminal.console(), verification)


COMMANDS = (search_command, explain_command, verify_command)
