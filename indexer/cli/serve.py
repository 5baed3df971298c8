"""Commands that offer an index to others: ``serve``, ``mcp``, ``export-static``."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import click

import indexer
from indexer.cli import stdio
from indexer.cli.localized_click import (
    EMBEDDER_OPTION,
    INDEX_OPTION,
    JSON_OPTION,
    SYNONYMS_OPTION,
    argument,
    command,
    option,
)
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
@option("--pictures", is_flag=True, help="option_pictures")
@SYNONYMS_OPTION
@option("--query-log", type=click.Path(path_type=Path), help="option_query_log")
@option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="option_serve_workers")
@option(
    "--cache-mb",
    type=click.IntRange(0),
    default=DEFAULT_CACHE_BYTES >> 20,
    show_default=True,
    help="option_cache_mb",
)
@EMBEDDER_OPTION
def serve_command(
    folder: Path,
    host: str,
    port: int,
    allow_origin: Sequence[str],
    allow_host: Sequence[str],
    token_file: Path | None,
    trusted_proxy: Sequence[str],
    workers: int,
    cache_mb: int,
    synonyms: Path | None,
    query_log: Path | None,
    embedder: str | None,
    *,
    originals: bool,
    pictures: bool,
    behind_proxy: bool,
) -> None:
    """Serve the page and the API."""
    from webui.server import read_token, serve

    token = read_token(token_file)
    with indexer.open_index(folder, cache_bytes=cache_mb << 20, synonyms=synonyms, embedder=embedder) as index:
        serve(
            index,
            host,
            port,
            _announce,
            allow_origins=allow_origin,
            allow_hosts=allow_host,
            originals=originals,
            pictures=pictures,
            token=token,
            behind_proxy=behind_proxy,
            trusted_proxies=trusted_proxy,
            query_log=indexer.QueryLog(query_log).open() if query_log else None,
            workers=workers,
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
@EMBEDDER_OPTION
def mcp_command(
    folder: Path, transport: str, host: str, port: int, allow_host: Sequence[str], embedder: str | None
) -> None:
    """Serve MCP."""
    from indexer.integrations import mcp
    from webui.server import address, is_reachable, listen

    with indexer.open_index(folder, embedder=embedder) as index:
        if transport == "stdio":
            mcp.serve_stdio(index)
            return
        listening = listen(host, port)
        if is_reachable(listening):
            click.echo(say("open_to_all") + say("open_hint_mcp"), err=True)
        click.echo(say("serving_mcp", address=f"{address(host, listening)}mcp"), err=True)
        mcp.serve_http(index, listening, (host, *allow_host))


@command("export-static")
@argument("target", metavar="FOLDER", type=click.Path(path_type=Path), required=False)
@option("--site", type=click.Path(path_type=Path), help="option_site")
@INDEX_OPTION
@JSON_OPTION
@click.pass_context
def export_static_command(
    context: click.Context, target: Path | None, site: Path | None, folder: Path, as_json: bool
) -> int:
    """Write the search as static files, of an index or of a built site."""
    from indexer.cli import terminal
    from indexer.static_export import FOLDER, export_site, export_static
    from webui.embed import widget
    from webui.pages import static_page

    scripts = {"widget.js": widget.script()}
    if site is not None:
        target = target or site / FOLDER
        report = export_site(site, target, scripts)
        if as_json:
            stdio.print_json(dataclasses.asdict(report))
        else:
            terminal.print_site_export(terminal.console(), target, report)
        return 1 if report.failed else 0
    if target is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    with indexer.open_index(folder) as index:
        export = export_static(index, target, scripts, static_page.files(index))
    if as_json:
        stdio.print_json(dataclasses.asdict(export))
    else:
        terminal.print_export(terminal.console(), target, export)
    return 0


COMMANDS = (serve_command, mcp_command, export_static_command)
