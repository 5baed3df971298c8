"""Commands beside those of daily use: for those who quote, for other programs, for us who measure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import indexer
from indexer.cli import click_chinese, stdio
from indexer.model.choices import PLACES
from indexer.model.weights import SCORE_PARTS


@click.command("verify", cls=click_chinese.Command)
@click.argument("quote", metavar="引文", default="-")
@click_chinese.INDEX_OPTION
@click_chinese.option("--document", multiple=True, help="只在这个文档里核对，写路径或编号；可重复。")
@click_chinese.option("--tag", multiple=True, help="只在带这个标签的文档里核对；可重复。")
@click_chinese.option("--year", multiple=True, help="只在这些年份的文档里核对；可重复。")
@click_chinese.option(
    "--limit", type=int, default=PLACES.default, show_default=True, help=f"最多列出多少处（不超过 {PLACES.most}）。"
)
@click_chinese.JSON_OPTION
def verify_command(quote: str, place: Path, as_json: bool, **options: Any) -> None:
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
    with indexer.open_index(place) as index:
        verification = index.verify(quote, **options)
    if as_json:
        click.echo(stdio.to_json(indexer.verification_to_dict(verification)))
    else:
        from indexer.cli import terminal

        terminal.print_verification(terminal.console(), verification)


@click.command("mcp", cls=click_chinese.Command)
@click_chinese.INDEX_OPTION
@click_chinese.option(
    "--transport",
    type=click.Choice(["stdio", "http"]),
    default="stdio",
    show_default=True,
    help="stdio：由客户端启动；http：可流式 HTTP，监听一个端口。",
)
@click_chinese.option("--host", default="127.0.0.1", show_default=True, help="http 监听的地址；默认只有本机能访问。")
@click_chinese.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="http 的端口；0 为任选一个。"
)
@click_chinese.option(
    "--allow-host", multiple=True, help="http 请求的 Host 还可以是这个名字，例如 search.example.org；可重复。"
)
def mcp_command(place: Path, transport: str, host: str, port: int, allow_host: Sequence[str]) -> None:
    """作为 MCP 服务，让大模型的客户端检索、读原文、核对引文。

    \b
    例：
      xunzhang mcp --index 法规索引
      xunzhang mcp --transport http --port 9100
    """
    from indexer.integrations import mcp
    from webui.server import address, listen

    with indexer.open_index(place) as index:
        if transport == "stdio":
            mcp.serve_stdio(index)
            return
        listening = listen(host, port)
        click.echo(f"寻章 MCP 已启动：{address(host, listening)}mcp （按 Ctrl-C 结束）", err=True)
        mcp.serve_http(index, listening, (host, *allow_host))


@click.command("export-static", cls=click_chinese.Command)
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click_chinese.INDEX_OPTION
@click_chinese.JSON_OPTION
def export_static_command(folder: Path, place: Path, as_json: bool) -> None:
    """把检索导出成一个目录，放到任何静态网站上，不用服务器就能查。

    \b
    例：
      xunzhang export-static 网站/search
      xunzhang export-static 网站/search --index 法规索引
    """
    from indexer.cli import terminal
    from indexer.static_export import export_static
    from webui.embed import widget

    with indexer.open_index(place) as index:
        export = export_static(index, folder, {"widget.js": widget.script()})
    if as_json:
        click.echo(stdio.to_json(dataclasses.asdict(export)))
    else:
        terminal.print_export(terminal.console(), folder, export)


@click.command("eval", cls=click_chinese.Command)
@click.argument("questions", metavar="问题文件", type=click.Path(path_type=Path))
@click_chinese.INDEX_OPTION
@click_chinese.option("--qrels", type=click.Path(path_type=Path), help="答案另放的文件，TREC 或 BEIR 的 qrels。")
@click_chinese.option("--corpus", type=click.Path(path_type=Path), help="不用 --index，给这个 JSONL 语料建临时索引。")
@click_chinese.option("--against", type=click.Path(path_type=Path), help="与另一个索引比较。")
@click_chinese.option(
    "--without", multiple=True, type=click.Choice(SCORE_PARTS), help="与打分时不算这一项比较；可重复。"
)
@click_chinese.option("--depth", type=click.IntRange(1, 100), default=10, show_default=True, help="看前几个单位。")
@click_chinese.option(
    "--lost", type=click.IntRange(0), default=0, show_default=True, help="列出多少个没排在第一的问题。"
)
@click_chinese.JSON_OPTION
def eval_command(questions: Path, place: Path, corpus: Path | None, as_json: bool, lost: int, **options: Any) -> None:
    """用有答案的问题量检索质量：MRR、nDCG、召回率、首位命中率等。

    问题是 JSON Lines，每行有 question 和 gold；gold 是文件名，或带 file 与 article（或 section）的对象，或它们的列表。

    \b
    例：
      xunzhang eval 问题.jsonl
      xunzhang eval 问题.jsonl --against 旧索引 --lost 20
      xunzhang eval 问题.jsonl --without window --without lead
      xunzhang eval queries.jsonl --qrels qrels.tsv --corpus corpus.jsonl
    """
    from indexer.cli import terminal
    from indexer.evaluation import compare

    with compare.index_of_corpus(corpus) if corpus else indexer.open_index(place) as index:
        rows = compare.compare(index, questions, **options)
    if as_json:
        click.echo(stdio.to_json(compare.rows_to_dict(rows)))
    else:
        terminal.print_evaluation(terminal.console(), rows, lost)


COMMANDS = (verify_command, mcp_command, export_static_command, eval_command)
