"""Hostile requests to the page and the API: as the application sees them, and over a socket as bytes."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.test import run_wsgi_app

import indexer
import webui
from bench.faults import Trial, fault, too_dear
from bench.faults._hostile_requests import TOKEN, HostileRequest, draw
from webui.connections import Limits, Server

# Seconds of CPU for one request.
BUDGET = 0.5
_LINK_ELSEWHERE = re.compile(
    rb"""(href|src|action)=["'](javascript:|[/\\\\]{2}|https?://(?!localhost|127\.|\[::1\]))"""
)
_HANDBOOK = Path(__file__).parents[2] / "docs"


@fault("hostile requests", short=150, faults=2_000, endurance=50_000)
def to_the_application(folder: Path) -> Iterator[Trial]:
    """Ask applications of all kinds; each answer must be one, be no 500, and have cost no more than its budget."""
    with _index(folder) as index:
        applications = [
            webui.create_app(index),
            webui.create_app(index, originals=True, allow_origins=["*"], proxies=1),
            webui.create_app(index, token=TOKEN, hosts=["0.0.0.0"], proxies=2),
        ]
        ids = _ids(index)

        def trial(random: Random) -> str:
            application, request = random.choice(applications), draw(random, ids)
            spent, said = _answered(application, request)
            if spent > BUDGET:  # the first request of its kind compiles a template, or the like
                spent, said = _answered(application, request)
            return said or (f"{spent:.2f} s of CPU: {request}" if too_dear(spent, BUDGET) else "")

        yield trial


@fault("hostile bytes over a socket", short=40, faults=200, endurance=5_000)
def to_the_server(folder: Path) -> Iterator[Trial]:
    """Send bytes; the server must answer without a 500 or close the connection, and answer the next client."""
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # it reports what is wrong with requests
    with _index(folder) as index, _serving(webui.create_app(index)) as port:
        ids = _ids(index)

        def trial(random: Random) -> str:
            sent = _garbled(random, _bytes(draw(random, ids)))
            status, spent = _asked(port, sent)
            if spent > BUDGET:
                status, spent = _asked(port, sent)
            if status not in (0, 501) and not 200 <= status < 500:  # 501: another transfer encoding than chunked
                return f"{status} to {sent[:2_000]!r}"
            if _status(_ask(port, b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")) != 200:
                return f"no answer after {sent[:2_000]!r}"
            return f"{spent:.2f} s of CPU: {sent[:2_000]!r}" if too_dear(spent, BUDGET) else ""

        yield trial


def _index(folder: Path) -> indexer.Index:
    index = indexer.create_index(folder / "index")
    index.update([_HANDBOOK])
    index.search("寻章")
    return index


def _ids(index: indexer.Index) -> list[str]:
    passages = [hit.passage for hit in index.search("索引", limit=20).hits]
    documents = index.documents()
    return [
        *(each.id for each in documents),
        *(each.path for each in documents),
        *(each.id for each in passages),
        *(indexer.permalink(each) for each in passages),
    ]


# ── as the application sees it ───────────────────────────────────────────────────────────────────────────────────────


def _environ(request: HostileRequest) -> dict[str, Any]:
    """Make what a WSGI server would; it hands on whatever it can read."""
    headers = {name.upper().replace("-", "_"): value for name, value in (("Host", "localhost"), *request.headers)}
    plain = {name: headers.pop(name) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if name in headers}
    if request.body and "CONTENT_LENGTH" not in plain:
        plain["CONTENT_LENGTH"] = str(len(request.body))
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query.decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": f"192.0.2.{len(request.query) % 256}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **plain,
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }


def _answered(application: Flask, request: HostileRequest) -> tuple[float, str]:
    """Seconds of CPU that an answer took, and what is wrong with it."""
    started = time.thread_time()
    answer = run_wsgi_app(application, _environ(request), buffered=True)
    return time.thread_time() - started, _judge(request, *answer)


def _judge(request: HostileRequest, body: Any, status: str, headers: Any) -> str:
    number = int(status[:3])
    content = b"".join(body)
    if number >= 500:
        return f"{status}: {request}"
    if any(re.search(r"[\r\n\0]", value) for _, value in headers):
        return f"a header that ends early: {headers} for {request}"
    if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        return f"no policy: {request}"
    # A file to be saved holds the words of documents: addresses in them are no links of ours.
    saved = headers.get("Content-Disposition", "").startswith("attachment")
    if not saved and _LINK_ELSEWHERE.search(content):
        return f"a link that leads elsewhere: {request}"
    if headers.get("Content-Type") == "application/json" and content and "Content-Encoding" not in headers:
        answer = json.loads(content)
        if number >= 400 and set(answer.get("error", ())) < {"code", "message", "hint"}:
            return f"an error without its envelope: {answer} for {request}"
    return ""


# ── as bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _serving:  # noqa: N801  # used as a function
    """A server on a thread of its own, and its port."""

    def __init__(self, application: Flask) -> None:
        self._server = Server(application, socket.create_server(("127.0.0.1", 0)), Limits(seconds=2.0))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._server.asyncore.loop(0.05, use_poll=True, map=self._server._map, count=1)

    def __enter__(self) -> int:
        self._thread.start()
        return int(self._server.effective_port)

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._server.task_dispatcher.shutdown()
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()


def _bytes(request: HostileRequest) -> bytes:
    target = request.path + (b"?" + request.query if request.query else b"")
    lines = [request.method.encode() + b" " + target + b" HTTP/1.1"]
    headers = {"Host": "localhost", "Connection": "close", **dict(request.headers)}
    if request.body:
        headers.setdefault("Content-Length", str(len(request.body)))
    lines += [f"{name}: {value}".encode("latin-1") for name, value in headers.items()]
    return b"\r\n".join([*lines, b"", b""]) + request.body


def _garbled(random: Random, sent: bytes) -> bytes:
    """Change a few bytes now and then, cut off the end, or repeat."""
    for _ in range(random.choice((0, 0, 0, 1, 2, 9))):
        at = random.randrange(len(sent))
        sent = sent[:at] + random.choice((b"", b"\0", b"\r", b"\n", b" ", b"\xff", b":", b"\r\n\r\n")) + sent[at + 1 :]
    return sent * random.choice((1,) * 9 + (3,)) if random.random() < 0.9 else sent[: random.randrange(len(sent))]


def _asked(port: int, sent: bytes) -> tuple[int, float]:
    """The status of the answer, and seconds of CPU that it took."""
    started = time.process_time()
    return _status(_ask(port, sent)), time.process_time() - started


def _ask(port: int, sent: bytes) -> bytes:
    """Send bytes and nothing more; all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65_536), b""))
        except OSError:  # closed on our bytes
            return b""


def _status(answer: bytes) -> int:
    """The status of the first answer, 0 without any; to go on is none."""
    found = re.match(rb"(?:HTTP/1\.1 100 Continue\r\n\r\n)?HTTP/1\.[01] (?!100)(\d{3})", answer)
    return int(found[1]) if found else 0
