"""The command ``xunzhang``. The only place where errors become exit codes.

0: done, with hits or none; 1: something failed (single files too; the rest is committed); 2: asked in a wrong way.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import click

import indexer
from indexer import engines, output, usage
from indexer.engines.base import DEFAULT_CACHE_BYTES, SCOPES, SORTS
from indexer.errors import UsageError, XunzhangError, reason
from indexer.index import Index
from indexer.model import Failure, Kind
from indexer.parameters import DEFAULT_FACETS, SCORE_PARTS, SCRIPTS
from indexer.plan import MATCHES

_option = partial(click.option, cls=usage.Option)
_INDEX_OPTION = _option(
    "--index", "place", default="index", show_default=True, type=click.Path(path_type=Path), help="索引所在的目录。"
)
_JSON_OPTION = _option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")


class Commands(usage.Group):
    """The group of commands; turns errors, those of click too, an interruption and a full disk into exit codes."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line and end the process."""
        output.replace_what_is_lacking()
        try:
            status = self._status(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read our output has gone
            output.discard()
            status = 1
        except OSError as error:
            output.discard()
            status = _fail(f"错误：读写出错：{reason(error)}。", 1)
        sys.exit(status)

    def _status(self, *args: Any, **kwargs: Any) -> int:
        try:
            return super().main(*args, **kwargs | {"standalone_mode": False}) or 0
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return 2
        except click.UsageError as error:
            return _fail(f"错误：{usage.sentence(error)}", 2)
        except click.Abort:
            return _fail("已中断；上一次提交的内容完好。", 1)
        except XunzhangError as error:
            return _fail(f"错误：{error}", 2 if isinstance(error, UsageError) else 1)


def _fail(message: str, status: int) -> int:
    click.echo(output.harmless(message), err=True)
    return status


def main() -> None:
    """Entry point of the command."""
    cli(prog_name="xunzhang")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
    from indexer import terminal

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
    type=click.Choice(list(MATCHES)),
    default="auto",
    show_default=True,
    help="auto 全部三层；all 不要部分匹配；exact 只要原文包含。",
)
@_option(
    "--scope",
    type=click.Choice(SCOPES),
    default="passage",
    show_default=True,
    help="section：各词可以分散在同一章节（条）的几段里。",
)
@_option(
    "--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="按相关度、文档顺序或日期排列。"
)
@_option(
    "--script",
    type=click.Choice(SCRIPTS),
    default="any",
    show_default=True,
    help="exact：只要字形完全一样的，繁简、全半角、大小写不通。",
)
@_option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="打分时不算这一项；可重复。")
@_option("--offset", type=int, default=0, show_default=True, help="跳过前面多少段。")
@_option("--limit", type=int, default=10, show_default=True, help="最多给出多少段（不超过 100）。")
@_JSON_OPTION
def search_command(query: Sequence[str], place: Path, as_json: bool, **options: Any) -> None:
    """检索段落。几个参数连成一个查询，中间是空格；查询以 - 开头时，前面先写 --。

    \b
    例：
      xunzhang search 数据安全
      xunzhang search 数据 监管
      xunzhang search '"监督管理" -处罚' --section '第一章 总则'
      xunzhang search '数据 NEAR/10 安全' --year 2020..2021 --json
      xunzhang search -- -附则
    """
    with indexer.open_index(place) as index:
        results = index.search(" ".join(query), facets=DEFAULT_FACETS if as_json else (), **options)
    if as_json:
        _print_json(indexer.results_to_dict(results))
        return
    from indexer import terminal

    terminal.print_warnings(terminal.console(stderr=True), results.warnings)
    terminal.print_results(terminal.console(), results, options["offset"])


@cli.command("serve")
@_INDEX_OPTION
@_option("--host", default="127.0.0.1", show_default=True, help="监听的地址；默认只有本机能访问。")
@_option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="监听的端口；0 为任选一个。")
@_option("--allow-origin", multiple=True, help="允许哪个网站的网页调用接口，例如 https://example.org；可重复。")
@_option(
    "--cache-mb",
    type=click.IntRange(0),
    default=DEFAULT_CACHE_BYTES >> 20,
    show_default=True,
    help="为以后的查询最多在内存里留多少 MB。",
)
def serve_command(place: Path, host: str, port: int, allow_origin: Sequence[str], cache_mb: int) -> None:
    """打开网页和 JSON 接口，按 Ctrl-C 结束。

    \b
    例：
      xunzhang serve
      xunzhang serve --index 法规索引 --port 9000
    """
    from indexer.server import serve

    with indexer.open_index(place, cache_bytes=cache_mb << 20) as index:
        serve(
            index,
            host,
            port,
            allow_origin,
            announce=lambda address: click.echo(f"寻章已启动：{address} （按 Ctrl-C 结束）"),
        )


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
    from indexer import terminal

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
    from indexer import terminal

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
    from indexer import terminal

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
    from indexer import terminal

    with indexer.open_index(place) as index:
        stats = index.stats()
    if as_json:
        _print_json(dataclasses.asdict(stats))
    else:
        terminal.print_stats(terminal.console(), stats)


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
    from indexer import terminal

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
        return _fail("\n".join((*problems, way_out)), 1)
    click.echo(f"索引 {place} 完好。")
    return 0


@cli.command("export-static")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@_INDEX_OPTION
@_JSON_OPTION
def export_static_command(folder: Path, place: Path, as_json: bool) -> None:
    """把检索导出成一个目录，放到任何静态网站上，不用服务器就能查。

    \b
    例：
      xunzhang export-static 网站/search
      xunzhang export-static 网站/search --index 法规索引
    """
    from indexer import terminal
    from indexer.export import export_static

    with indexer.open_index(place) as index:
        export = export_static(index, folder)
    if as_json:
        _print_json(dataclasses.asdict(export))
    else:
        terminal.print_export(terminal.console(), folder, export)


@cli.command("eval")
@click.argument("questions", metavar="问题文件", type=click.Path(path_type=Path))
@_INDEX_OPTION
@_option("--qrels", type=click.Path(path_type=Path), help="答案另放的文件，TREC 或 BEIR 的 qrels。")
@_option("--corpus", type=click.Path(path_type=Path), help="不用 --index，给这个 JSONL 语料建临时索引。")
@_option("--against", type=click.Path(path_type=Path), help="与另一个索引比较。")
@_option("--without", multiple=True, type=click.Choice(SCORE_PARTS), help="与打分时不算这一项比较；可重复。")
@_option("--depth", type=click.IntRange(1, 100), default=10, show_default=True, help="看前几个单位。")
@_option("--lost", type=click.IntRange(0), default=0, show_default=True, help="列出多少个没排在第一的问题。")
@_JSON_OPTION
def eval_command(questions: Path, place: Path, corpus: Path | None, as_json: bool, lost: int, **options: Any) -> None:
    """用有答案的问题量检索质量：MRR、nDCG、召回率、首位命中率、毫秒。

    问题是 JSON Lines，每行有 question 和 gold；gold 是文件名，或带 file 与 article（或 section）的对象，或它们的列表。

    \b
    例：
      xunzhang eval 问题.jsonl
      xunzhang eval 问题.jsonl --against 旧索引 --lost 20
      xunzhang eval 问题.jsonl --without window --without lead
      xunzhang eval queries.jsonl --qrels qrels.tsv --corpus corpus.jsonl
    """
    from indexer import evaluation, terminal

    with ExitStack() as stack:
        index = stack.enter_context(_of_corpus(corpus, stack) if corpus else indexer.open_index(place))
        rows = evaluation.compare(index, questions, **options)
    if as_json:
        _print_json(evaluation.rows_to_dict(rows))
    else:
        terminal.print_evaluation(terminal.console(), rows, lost)


def _of_corpus(corpus: Path, stack: ExitStack) -> Index:
    """An index of a JSON Lines corpus that is gone with ``stack``."""
    from tempfile import TemporaryDirectory

    from indexer import evaluation

    folder = Path(stack.enter_context(TemporaryDirectory()))
    evaluation.write_corpus(corpus, folder / "corpus")
    index = indexer.create_index(folder / "index")
    index.update([folder / "corpus"])
    return index


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
    click.echo(output.to_json(value))
