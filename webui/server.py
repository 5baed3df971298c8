"""Serve the page and the API on a socket, by waitress."""

from __future__ import annotations

import errno
import gc
import logging
import os
import re
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from wsgiref.types import WSGIApplication

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server

import indexer
import webui
from indexer.errors import CannotListen, ReadError, reason

# Requests answered at once; search is bound by Python's lock, so more of them would only wait inside.
THREADS = 4
# Connections at most, and seconds that one may stay open without a word. A browser keeps several open, and clients that
# never end their request hold theirs: waitress's own 100 for 120 s are used up by twenty readers or one such client.
CONNECTIONS = 500
IDLE = 30
# Where the token may be, if not in a file; on a command line everybody on the machine could read it.
TOKEN_VARIABLE = "XUNZHANG_TOKEN"


def serve(
    index: indexer.Index,
    host: str,
    port: int,
    announce: Callable[[str], None],
    *,
    allow_origins: Sequence[str] = (),
    allow_hosts: Sequence[str] = (),
    originals: bool = False,
    token: str | None = None,
    behind_proxy: bool = False,
) -> None:
    """Serve until interrupted.

    Args:
        index: what to search.
        host: address to listen on.
        port: 0 for any that is free.
        announce: told the address once the socket listens.
        allow_origins: origins whose pages may call the API.
        allow_hosts: names beside ``host`` and those of the loopback by which the server goes.
        originals: whether the files that documents were read from can be downloaded.
        token: what all have to send who ask; None where everybody may ask.
        behind_proxy: whether one reverse proxy stands before it, whose ``X-Forwarded-`` headers are believed.

    Raises:
        BadParameter: an origin or a token that cannot be one.
        CannotListen: the address or the port cannot be had.
    """
    _warm(index)
    app = webui.create_app(
        index,
        allow_origins=allow_origins,
        hosts=(host, *allow_hosts),
        originals=originals,
        token=token,
        proxies=int(behind_proxy),
    )
    listening = listen(host, port)
    server = _server(app, listening, behind_proxy=behind_proxy)
    announce(address(host, listening))
    try:
        server.run()
    finally:
        server.close()


def _warm(index: indexer.Index) -> None:
    """Load what the first visitors would wait for: segmenter, columns, facets, completions."""
    index.search("寻章", limit=1)
    index.complete("寻")
    gc.collect()
    gc.freeze()  # what stays for good is not looked through again and again, which would hold up answers


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """The parser of waitress, but a target typed as plain UTF-8 (``curl …?q=词``) is percent-encoded, not refused."""

    def parse_header(self, header_plus: bytes) -> None:
        """Parse a header after its first line is made ASCII."""
        first_line, end, rest = header_plus.partition(b"\r\n")
        encoded = re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], first_line)
        super().parse_header(encoded + end + rest)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser


def _server(app: WSGIApplication, listening: socket.socket, *, behind_proxy: bool) -> BaseWSGIServer:
    """Make a waitress with limits that fit a page of many small requests."""
    # It warns of every request that has to wait a moment, even of the first one while its threads are starting.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE,
        cleanup_interval=IDLE // 3,
        asyncore_use_poll=True,  # select() counts files up to 1,024 only
        ident=None,
        clear_untrusted_proxy_headers=not behind_proxy,
    )
    server.channel_class = _Channel
    return server


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
