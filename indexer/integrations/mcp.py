"""The index as a server of the Model Context Protocol: tools to search, read and check quotations.

Answers are small and cited: each passage with its id, permalink, document and section. What goes wrong is an error of
the tool, in one sentence that a model can act on. Needs the extra ``mcp``.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import indexer
from indexer.errors import BadParameter, ExtraMissing, NotFound, XunzhangError

try:
    from mcp.server.fastmcp import FastMCP
    from mcp.server.fastmcp.exceptions import ResourceError, ToolError
    from mcp.server.transport_security import TransportSecuritySettings
    from mcp.types import CallToolResult, Resource, TextContent, ToolAnnotations
    from pydantic import AnyUrl, ValidationError
except ImportError as missing:
    raise ExtraMissing("MCP 服务要用到 mcp 这个库。", "请在项目目录里运行：pip install '.[mcp]'") from missing

from indexer.integrations.mcp_tools import Tools

# Documents that are listed as resources.
MAX_RESOURCES = 200
_URI = "xunzhang://document/{}"
_INSTRUCTIONS = """\
寻章：在一批中文文档里按段落检索。search 找段落，fetch 读它的上下文或整篇，outline 看有哪些文档和章节；
引用原文之前用 verify_quote 核对是否一字不差。引用时写明文档标题、章节和段落编号（id）。"""
# What pydantic found, by its names for it.
_WANTED = {
    "missing": "没有给出",
    "string_type": "要是字符串",
    "list_type": "要是列表",
    "int_type": "要是整数",
    "int_parsing": "要是整数",
    "int_from_float": "要是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}


def serve_stdio(index: indexer.Index) -> None:
    """Serve over standard input and output until the client closes them; an interruption ends the process."""
    server = create_server(index)
    _warm(index)
    # The thread that waits for input cannot be interrupted, and nothing of ours is unsaved.
    signal.signal(signal.SIGINT, lambda number, frame: os._exit(0))
    with _streams_of_its_own(), index.keep_warm():
        asyncio.run(server.run_stdio_async())


@contextmanager
def _streams_of_its_own() -> Iterator[None]:
    """Standard input and output that the library may close, as it does at the end."""
    before = sys.stdin, sys.stdout
    with open(os.dup(0), encoding="utf-8") as sys.stdin, open(os.dup(1), "w", encoding="utf-8") as sys.stdout:  # noqa: PTH123
        try:
            yield
        finally:
            sys.stdin, sys.stdout = before


def serve_http(index: indexer.Index, listening: socket.socket, hosts: Sequence[str] = ()) -> None:
    """Serve streamable HTTP at ``/mcp`` until interrupted.

    Args:
        index: what to search.
        listening: a bound socket.
        hosts: names beside those of the loopback that the Host header may carry.
    """
    import uvicorn

    from indexer.integrations.mcp_http import BoundedProtocol

    app = create_server(index, hosts).streamable_http_app()
    _warm(index)
    server = uvicorn.Server(uvicorn.Config(app, http=BoundedProtocol, log_level="warning", access_log=False))
    with suppress(KeyboardInterrupt), index.keep_warm():
        server.run(sockets=[listening])


def create_server(index: indexer.Index, hosts: Sequence[str] = ()) -> FastMCP[None]:
    """A server of one index, for a transport of one's own choice (``run_stdio_async``, ``streamable_http_app``).

    Args:
        index: open; shared by all sessions.
        hosts: names beside those of the loopback that the Host header may carry over HTTP.
    """
    names = dict.fromkeys(
        ("127.0.0.1", "localhost", "[::1]", *(f"[{host}]" if ":" in host else host for host in hosts))
    )
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[pattern for name in names for pattern in (name, f"{name}:*")],
        allowed_origins=[pattern for name in names for pattern in (f"http://{name}", f"http://{name}:*")],
    )
    server = _Server(index, security)
    # It reports every refused call with a traceback; the caller is told, and a log is not for that.
    logging.getLogger("mcp.server").setLevel(logging.ERROR)
    return server


def _warm(index: indexer.Index) -> None:
    """Load the segmenter and the columns, which the first question would wait for."""
    index.search("寻章", limit=1)


class _Server(FastMCP[None]):
    """FastMCP with our tools; an error is one sentence, not the library's prefix, nor what its validation prints."""

    def __init__(self, index: indexer.Index, security: TransportSecuritySettings) -> None:
        super().__init__(
            "xunzhang",
            instructions=_INSTRUCTIONS,
            log_level="WARNING",
            stateless_http=True,
            json_response=True,
            transport_security=security,
        )
        self._mcp_server.version = indexer.__version__  # it has no parameter for it
        self._index = index
        tools = Tools(index)
        for tool in (tools.search, tools.fetch, tools.outline, tools.verify_quote):
            self.add_tool(
                tool,
                description=inspect.getdoc(tool),
                annotations=ToolAnnotations(readOnlyHint=True, openWorldHint=False),
            )
        self.resource(_URI.format("{document_id}"), name="document", mime_type="text/markdown")(tools.document)

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
        """Call a tool; whatever goes wrong is an answer."""
        tools = {tool.name: list(tool.inputSchema["properties"]) for tool in await self.list_tools()}
        if name not in tools:
            return _failure(NotFound(f"没有工具“{name[:100]}”。", f"可用：{'、'.join(tools)}。"))
        if unknown := [each[:100] for each in arguments if each not in tools[name]]:
            return _failure(
                BadParameter(f"{name} 没有参数 {'、'.join(unknown)}。", f"可用：{'、'.join(tools[name])}。")
            )
        try:
            return await super().call_tool(name, arguments)
        except ToolError as error:
            return _failure(_sentence(name, error.__cause__))

    async def list_resources(self) -> list[Resource]:
        """The first documents; the others are read by their ids, which ``outline`` lists."""
        documents = await asyncio.to_thread(self._index.documents)
        return [
            Resource(uri=AnyUrl(_URI.format(each.id)), name=each.path, title=each.title, mimeType="text/markdown")
            for each in documents[:MAX_RESOURCES]
        ]

    async def read_resource(self, uri: AnyUrl | str) -> Any:
        """Read a document; one that is not there is said in a sentence."""
        try:
            return await super().read_resource(uri)
        except (ResourceError, ValueError) as error:
            raise ResourceError(str(error).rpartition("template: ")[2]) from error


def _sentence(tool: str, cause: BaseException | None) -> XunzhangError:
    """What is wrong, for whoever called a tool."""
    match cause:
        case XunzhangError():
            return cause
        case ValidationError():
            fault = cause.errors()[0]
            wanted = _WANTED.get(fault["type"], fault["msg"]).format_map(fault.get("ctx", {}))
            return BadParameter(f"{tool} 的参数 {fault['loc'][0]} {wanted}。", "请按工具的说明改正。")
    logging.getLogger(__name__).error("%s: %s", tool, type(cause).__name__, exc_info=cause)
    return XunzhangError("服务内部出错。", "请重试；总是这样时，请看服务的日志。")


def _failure(error: XunzhangError) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=str(error))],
        structuredContent={**indexer.error_to_dict(error)},
        isError=True,
    )
