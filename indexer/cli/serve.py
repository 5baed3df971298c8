"""Commands that offer an index to others: ``serve``, ``mcp``, ``export-static``."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import click

import indexer
from indexer.cli import stdio
from indexer.cli.localized_click import INDEX_OPTION, JSON_OPTION, argument, command, option
from indexer.cli.strings import say
from indexer.engines.contract import DEFAULT_CACHE_BYTES


@command("serve")
@INDEX_OPTION
@option("--host", default="127.0.0.1", show_default=True, help="option_host")
@option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="option_port")
@option("--allow-origin", multiple=True, help="option_allow_origin")
@option("--allow-host", multiple=True, help="option_allow_host")
@option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="option_token_file",
)
@option("--behind-proxy", is_flag=True, help="option_behind_proxy")
@option("--trusted-proxy", multiple=True, help="option_trusted_proxy")
@option("--originals", is_flag=True, help="option_originals")
@option(
    "--cache-mb",
    type=click.IntRange(0),
    default=DEFAULT_CACHE_BYTES >> 20,
    show_default=True,
    help="option_cache_mb",
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
    """Serve the page and the API."""
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
        click.echo(say("open_to_all") + say("open_hint"), err=True)
    click.echo(say("serving", address=address))


@command("mcp")
@INDEX_OPTION
@option(
    "--transport",
    type=click.Choice(["stdio", "http"]),
    default="stdio",
    show_default=True,
    help="option_transport",
)
@option("--host", default="127.0.0.1", show_default=True, help="option_mcp_host")
@option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="option_mcp_port")
@option("--allow-host", multiple=True, help="option_mcp_allow_host")
def mcp_command(folder: Path, transport: str, host: str, port: int, allow_host: Sequence[str]) -> None:
    """Serve MCP."""
    from indexer.integrations import mcp
    from webui.server import address, is_reachable, listen

    with indexer.open_index(folder) as index:
        if transport == "stdio":
            mcp.serve_stdio(index)
            return
        listening = listen(host, port)
        if is_reachable(listening):
            click.echo(say("open_to_all") + say("open_hint_mcp"), err=True)
        click.echo(say("serving_mcp", address=f"{address(host, listening)}mcp"), err=True)
        mcp.serve_http(index, listening, (host, *allow_host))


@command("export-static")
@argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@INDEX_OPTION
@JSON_OPTION
def export_static_command(target: Path, folder: Path, as_json: bool) -> None:
    """Write the search as static files."""
    from indexer.cli import terminal
    from indexer.static_export import export_static
    from webui.embed import widget
    from webui.pages import static_page

    with indexer.open_index(folder) as index:
        export = export_static(index, target, {"widget.js": widget.script(), **static_page.files(index)})
    if as_json:
        stdio.print_json(dataclasses.asdict(export))
    else:
        terminal.print_export(terminal.console(), target, export)


COMMANDS = (serve_command, mcp_command, export_static_command)
