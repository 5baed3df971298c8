"""Commands that offer an index to others: ``serve``, ``mcp``, ``export-static``."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import click

import indexer
from indexer.cli import stdio
from indexer.cli.click_chinese import INDEX_OPTION, JSON_OPTION, command, option
from indexer.engines.contract import DEFAULT_CACHE_BYTES

_OPEN = "注意：没有口令，凡是连得到这台机器的人都能检索、读全部文档。"


@command("serve")
@INDEX_OPTION
@option("--host", default="127.0.0.1", show_default=True, help="监听的地址；默认只有本机能访问。")
@option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="监听的端口；0 为任选一个。")
@option("--allow-origin", multiple=True, help="允许哪个网站的网页调用接口，例如 https://example.org；可重复。")
@option("--allow-host", multiple=True, help="还以哪个主机名提供服务，例如 search.example.org；可重复。")
@option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="口令文件；有口令的人才能查。也可以用环境变量 XUNZHANG_TOKEN。",
)
@option("--behind-proxy", is_flag=True, help="本机有一层反向代理：相信它写的 X-Forwarded-For、-Proto、-Host、-Prefix。")
@option(
    "--trusted-proxy", multiple=True, help="反向代理在别的机器或容器里：它的地址或网段，例如 172.18.0.0/16；可重复。"
)
@option("--originals", is_flag=True, help="阅读页上可以下载原文件；原文件里可能有索引不显示的内容。")
@option(
    "--cache-mb",
    type=click.IntRange(0),
    default=DEFAULT_CACHE_BYTES >> 20,
    show_default=True,
    help="为以后的查询最多在内存里留多少 MB。",
)
def serve_command(
    folder: Path,
    host: str,
    port: int,
    allow_origin: Sequence[str],
    allow_host: Sequence[str],
    token_file: Path | None,
    trusted_proxy: Sequence[str],
    cache_mb: int,
    *,
    originals: bool,
    behind_proxy: bool,
) -> None:
    """打开网页和 JSON 接口，按 Ctrl-C 结束。

    \b
    例：
      xunzhang serve
      xunzhang serve --index 法规索引 --port 9000
      xunzhang serve --token-file 口令.txt --behind-proxy --allow-host search.example.org
    """
    from webui.server import read_token, serve

    token = read_token(token_file)
    with indexer.open_index(folder, cache_bytes=cache_mb << 20) as index:
        serve(
            index,
            host,
            port,
            _announce,
            allow_origins=allow_origin,
            allow_hosts=allow_host,
            originals=originals,
            token=token,
            behind_proxy=behind_proxy,
            trusted_proxies=trusted_proxy,
        )


def _announce(address: str, is_open: bool) -> None:  # called by the server alone
    if is_open:
        click.echo(f"{_OPEN}要口令请用 --token-file；只给本机用请去掉 --host。", err=True)
    click.echo(f"寻章已启动：{address} （按 Ctrl-C 结束）")


@command("mcp")
@INDEX_OPTION
@option(
    "--transport",
    type=click.Choice(["stdio", "http"]),
    default="stdio",
    show_default=True,
    help="stdio：由客户端启动；http：可流式 HTTP，监听一个端口。",
)
@option("--host", default="127.0.0.1", show_default=True, help="http 监听的地址；默认只有本机能访问。")
@option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="http 的端口；0 为任选一个。")
@option("--allow-host", multiple=True, help="http 请求的 Host 还可以是这个名字，例如 search.example.org；可重复。")
def mcp_command(folder: Path, transport: str, host: str, port: int, allow_host: Sequence[str]) -> None:
    """作为 MCP 服务，让大模型的客户端检索、读原文、核对引文。

    \b
    例：
      xunzhang mcp --index 法规索引
      xunzhang mcp --transport http --port 9100
    """
    from indexer.integrations import mcp
    from webui.server import address, is_reachable, listen

    with indexer.open_index(folder) as index:
        if transport == "stdio":
            mcp.serve_stdio(index)
            return
        listening = listen(host, port)
        if is_reachable(listening):
            click.echo(f"{_OPEN}只给本机用请去掉 --host；要给别人用，请放在会查口令的反向代理后面。", err=True)
        click.echo(f"寻章 MCP 已启动：{address(host, listening)}mcp （按 Ctrl-C 结束）", err=True)
        mcp.serve_http(index, listening, (host, *allow_host))


@command("export-static")
@click.argument("target", metavar="目录", type=click.Path(path_type=Path))
@INDEX_OPTION
@JSON_OPTION
def export_static_command(target: Path, folder: Path, as_json: bool) -> None:
    """把检索导出成一个目录，放到任何静态网站上，不用服务器就能查。

    \b
    例：
      xunzhang export-static 网站/search
      xunzhang export-static 网站/search --index 法规索引
    """
    from indexer.cli import terminal
    from indexer.static_export import export_static
    from webui.embed import widget

    with indexer.open_index(folder) as index:
        export = export_static(index, target, {"widget.js": widget.script()})
    if as_json:
        stdio.print_json(dataclasses.asdict(export))
    else:
        terminal.print_export(terminal.console(), target, export)


COMMANDS = (serve_command, mcp_command, export_static_command)
