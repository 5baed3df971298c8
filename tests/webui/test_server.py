"""``xunzhang serve`` as a process of its own, asked over a socket."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

import indexer
from tests.support import ROOT
from webui.connections import THREADS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "文").mkdir()
    (tmp_path / "文" / "甲.txt").write_text("数据安全，人人有责。\n", "utf-8")
    with indexer.create_index(tmp_path / "索引") as made:
        made.update([tmp_path / "文"])
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "indexer", "serve", "--index", str(folder / "索引"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert found
        yield process, int(found[1])
        process.kill()


def ask(port: int, target: str) -> tuple[int, str]:
    """Status and body of a GET whose target goes over the wire as it is, in UTF-8."""
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        request = f"GET {target} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize("query", ["数据安全", "%E6%95%B0%E6%8D%AE%E5%AE%89%E5%85%A8"], ids=["plain", "encoded"])
def test_a_target_may_be_typed_as_it_is(server: tuple[subprocess.Popen[str], int], query: str) -> None:
    status, body = ask(server[1], f"/api/v1/search?q={query}")
    assert (status, json.loads(body)["query"], json.loads(body)["total"]) == (200, "数据安全", 1)


def test_a_commit_is_served_at_once(server: tuple[subprocess.Popen[str], int], folder: Path) -> None:
    (folder / "文" / "乙.txt").write_text("数据共享。\n", "utf-8")
    with indexer.open_index(folder / "索引") as other:
        other.update([folder / "文"])
    assert json.loads(ask(server[1], "/api/v1/search?q=数据")[1])["total"] == 2


def test_connections_that_say_nothing_more_keep_nobody_out(server: tuple[subprocess.Popen[str], int]) -> None:
    with ExitStack() as held:
        for _ in range(150):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", server[1]), timeout=120))
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert ask(server[1], "/healthz")[0] == 200


def test_many_requests_and_an_interrupt_are_no_news(server: tuple[subprocess.Popen[str], int]) -> None:
    process, port = server
    with ThreadPoolExecutor(max_workers=4 * THREADS) as many:
        assert {status for status, _ in many.map(lambda _: ask(port, "/healthz"), range(8 * THREADS))} == {200}
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=120) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


@pytest.mark.parametrize(
    ("options", "is_told"),
    [
        ("serve --host 0.0.0.0", True),
        ("serve --host 127.0.0.1", False),
        ("serve --host 0.0.0.0 --token-file 口令", False),
        ("mcp --transport http --host 0.0.0.0", True),
        ("mcp --transport http", False),
    ],
)
def test_at_the_start_it_is_said_that_anybody_may_ask(folder: Path, options: str, is_told: bool) -> None:
    (folder / "口令").write_text("correct-horse-battery\n")
    command = [sys.executable, "-m", "indexer", *options.split(), "--index", "索引", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder, env=environment
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        while "已启动" not in lines[-1]:
            lines.append(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        lines.extend(process.stdout)
    assert any("没有口令" in line for line in lines) == is_told
