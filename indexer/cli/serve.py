"""The command ``serve``: the page and the API for everybody who may reach them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

import indexer
from indexer.cli import click_chinese
from indexer.engines.contract import DEFAULT_CACHE_BYTES


@click.command("serve", cls=click_chinese.Command)
@click_chinese.INDEX_OPTION
@click_chinese.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；默认只有本机能访问。")
@click_chinese.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="监听的端口；0 为任选一个。"
)
@click_chinese.option(
    "--allow-origin", multiple=True, help="允许哪个网站的网页调用接口，例如 https://example.org；可重复。"
)
@click_chinese.option("--allow-host", multiple=True, help="还以哪个主机名提供服务，例如 search.example.org；可重复。")
@click_chinese.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="口令文件；有口令的人才能查。也可以用环境变量 XUNZHANG_TOKEN。",
)
@click_chinese.option(
    "--behind-proxy", is_flag=True, help="前面有一层反向代理：相信它写的 X-Forwarded-For、-Proto、-Host、-Prefix。"
)
@click_chinese.option("--originals", is_flag=True, help="阅读页上可以下载原文件；原文件里可能有索引不显示的内容。")
@click_chinese.option(
    "--cache-mb",
    type=click.IntRange(0),
    default=DEFAULT_CACHE_BYTES >> 20,
    show_default=True,
    help="为以后的查询最多在内存里留多少 MB。",
)
def serve_command(
    place: Path,
    host: str,
    port: int,
    allow_origin: Sequence[str],
    allow_host: Sequence[str],
    token_file: Path | None,
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
    with indexer.open_index(place, cache_bytes=cache_mb << 20) as index:
        started = "寻章已启动：{} （按 Ctrl-C 结束）".format
        serve(
            index,
            host,
            port,
            lambda address: click.echo(started(address)),
            allow_origins=allow_origin,
            allow_hosts=allow_host,
            originals=originals,
            token=token,
            behind_proxy=behind_proxy,
        )
