"""The MCP server over HTTP keeps nobody waiting for whoever sends slowly, without end, or holds many connections."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

uvicorn = pytest.importorskip("uvicorn", reason="the extra mcp is not installed")

from indexer.integrations import mcp_http  # noqa: E402 (it needs uvicorn)

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    if scope["path"] == "/slow":
        await asyncio.sleep(0.8)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@contextlib.asynccontextmanager
async def running() -> AsyncIterator[int]:
    config = uvicorn.Config(application, port=0, lifespan="off", log_level="error", http=mcp_http.BoundedProtocol)
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.force_exit = True
        await server.shutdown()


async def send(port: int, data: bytes, then: bytes = b"") -> bytes:
    """What comes back until the connection ends or stays silent; ``then`` is sent again and again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(60):
            writer.write(data)
            while then and not reader.at_eof():
                writer.write(then)
                await writer.drain()
                await asyncio.sleep(0.05)
            answer = await reader.read(1_000)
    writer.close()
    return answer


@pytest.mark.parametrize(("data", "then"), [
    (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"x"),
    (HEAD.replace(b"4", b"900"), b"x"),
    (b"", b"\r\n"),
    (HEAD.replace(b"4", b"9000000"), b"x" * 500_000),
], ids=["headers", "body", "blank lines", "size"])  # fmt: skip
async def test_what_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, data: bytes, then: bytes) -> None:
    if len(then) < 10:
        monkeypatch.setattr(mcp_http, "SECONDS", 0.4)
    async with running() as port:
        assert b"200" not in await send(port, data, then)


async def test_who_waits_for_an_answer_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_http, "SECONDS", 0.4)
    async with running() as port:
        assert b"200" in await send(port, HEAD.replace(b" / ", b" /slow ") + b"body")


async def test_one_client_holds_some_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_http, "CONNECTIONS", 3)
    async with running() as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        assert await send(port, HEAD + b"body") == b""
        held.pop()[1].close()
        await asyncio.sleep(0.1)
        assert b"200" in await send(port, HEAD + b"body")
        for _, writer in held:
            writer.close()
