"""Serve the page and the API on a socket, by waitress."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from flask import Flask

import indexer
import webui
from indexer import heap
from indexer.errors import BadParameter, CannotListen, ReadError, XunzhangError, reason
from webui import allocator
from webui.connections import Server
from webui.http.networks import LOOPBACK, parse_networks
from webui.http.query_log import OWN
from webui.loads import Load
from webui.workers import serve_in

# Where the token may be, if not in a file; on a command line everybody on the machine could read it.
TOKEN_VARIABLE = "XUNZHANG_TOKEN"


def serve(
    index: indexer.Index,
    host: str,
    port: int,
    announce: Callable[[str, bool], None],
    *,
    allow_origins: Sequence[str] = (),
    allow_hosts: Sequence[str] = (),
    originals: bool = False,
    pictures: bool = False,
    token: str | None = None,
    behind_proxy: bool = False,
    trusted_proxies: Sequence[str] = (),
    watch: indexer.Watch | None = None,
    query_log: indexer.QueryLog | None = None,
    workers: int = 1,
) -> None:
    """Serve until interrupted.

    Args:
        index: what to search.
        host: address to listen on.
        port: 0 for any that is free.
        announce: told the address once the socket listens, and whether anybody on other machines may ask.
        allow_origins: origins whose pages may call the API.
        allow_hosts: names beside ``host`` and those of the loopback by which the server goes.
        originals: whether the files that documents were read from can be downloaded.
        pictures: whether the pictures that documents show are shown.
        token: what all have to send who ask; None where everybody may ask.
        behind_proxy: whether one reverse proxy stands before it on this machine, whose ``X-Forwarded-`` headers are
            believed.
        trusted_proxies: addresses or networks of where else it may stand.
        watch: what keeps the index current, to be shown on the page.
        query_log: where queries are written down, with their days; nowhere without one.
        workers: processes that answer; what holds for one client, or is kept in memory, holds for each of them.

    Raises:
        BadParameter: an origin, a token or a proxy's address that cannot be one; or no system or index for several
            workers.
        CannotListen: the address or the port cannot be had.
        WorkersFailed: the processes die before they can answer.
    """
    if workers > 1 and not index.may_be_copied:
        hint = "请不加 --workers；要用满几个核，可以在几个端口各开一个，前面放反向代理。"
        raise BadParameter("集群里的索引、带嵌入模型的索引，不能由几个进程一起回答。", hint)
    proxies = (*(LOOPBACK if behind_proxy else ()), *parse_networks(trusted_proxies))
    heap.share()
    app = webui.create_app(
        index,
        allow_origins=allow_origins,
        hosts=(host, *allow_hosts),
        originals=originals,
        pictures=pictures,
        token=token,
        proxies=int(bool(proxies)),
        watch=watch,
        query_log=query_log,
    )
    _warm(index, app, token)
    listening = listen(host, port)

    def answer(started: Callable[[], None], load: Load | None = None) -> None:
        server = Server(app, listening, trusted_proxies=proxies, load=load)
        with closing(server), index.keep_warm(allocator.settle):
            started()
            server.run()

    def announce_it() -> None:
        announce(address(host, listening), token is None and is_reachable(listening))

    with listening:
        if workers == 1:
            answer(announce_it)
        else:
            serve_in(workers, answer, announce_it)


def _warm(index: indexer.Index, app: Flask, token: str | None) -> None:
    """Load what the first visitors would wait for; a fault in what few ask for is theirs to hear of."""
    with allocator.settling():
        index.search("寻章", limit=1)
        with suppress(XunzhangError):
            index.warm()
        for page in ("/", "/?q=寻章"):  # templates are compiled as they are first rendered
            app.test_client().get(page, headers={"Authorization": f"Bearer {token}"}, environ_overrides={OWN: True})


def read_token(file: Path | None) -> str | None:
    """Read the token of a file, white space at its ends aside, else that of the environment; None where neither is.

    Raises:
        ReadError: the file cannot be read.
    """
    if file is None:
        return os.environ.get(TOKEN_VARIABLE)
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ReadError(f"口令文件 {file} 读不了：{reason(error)}。", "请检查 --token-file。") from error


def listen(host: str, port: int) -> socket.socket:
    """Bind a socket.

    Waitress and uvicorn name no fault in Chinese, and waitress leaks the one it makes itself when it cannot bind it.

    Raises:
        CannotListen: the address or the port cannot be had.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, UnicodeError) as error:
        raise CannotListen(f"无法监听 {_in_url(host)}:{port}：{_fault(error)}。", _way_out(error)) from error


def address(host: str, listening: socket.socket) -> str:
    """Return the URL of what listens there."""
    return f"http://{_in_url(host)}:{listening.getsockname()[1]}/"


def is_reachable(listening: socket.socket) -> bool:
    """Say whether others than this machine can get at a socket."""
    return not ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def _fault(error: OSError | UnicodeError) -> str:
    known = isinstance(error, OSError) and (error.errno or 0) > 0  # resolving a name fails with numbers below 0
    return reason(error) if known else "没有这个主机名或地址"


def _way_out(error: OSError | UnicodeError) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return "请换一个端口，例如 --port 8001；0 为任选一个。"
        case errno.EACCES:
            return "请用 1024 以上的端口，例如 --port 8000。"
    return "请检查 --host：127.0.0.1 只有本机能访问，0.0.0.0 是本机的所有地址。"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
