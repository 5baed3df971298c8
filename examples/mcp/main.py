"""An MCP client that checks quotations: python main.py [索引目录 | http://127.0.0.1:8765/mcp] [引文…]."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

QUOTES = ("路径相对于运行程序时所在的目录", "路徑相對於運行程序時所在的目錄", "路径相对于运行程序时所处的目录")


@asynccontextmanager
async def connect(server: str) -> AsyncIterator[ClientSession]:
    """A session with a server that runs at an address, or that is started on an index."""
    if server.startswith("http"):
        async with streamable_http_client(server) as (read, write, _), ClientSession(read, write) as session:
            yield session
    else:
        command = StdioServerParameters(command=sys.executable, args=["-m", "indexer", "mcp", "--index", server])
        async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
            yield session


async def check(server: str, quotes: list[str]) -> None:
    """Print for each quotation whether it is in the documents."""
    async with connect(server) as session:
        await session.initialize()
        for quote in quotes:
            result = await session.call_tool("verify_quote", {"quote": quote})
            if result.isError or result.structuredContent is None:
                print(f"？ {quote}：{getattr(result.content[0], 'text', '')}")
            else:
                print_answer(result.structuredContent)


def print_answer(answer: dict[str, Any]) -> None:
    """One answer of ``verify_quote``."""
    for place in answer["places"][:3]:
        passage = place["passages"][0]
        where = " › ".join([place["document"]["title"], *passage["section"]])
        print(f"{'✓' if place['exact'] else '≈'} {answer['quote']}\n    {where}（{passage['permalink']}）")
    nearest = answer["nearest"]
    if nearest:
        differences = "；".join(
            f"引文“{each['quote']['text']}”，原文“{each['source']['text']}”" for each in nearest["differences"]
        )
        print(f"✗ {answer['quote']}\n    最接近《{nearest['document']['title']}》：{differences}")
    elif not answer["found"]:
        print(f"✗ {answer['quote']}\n    没有相近的段落")


def main() -> None:
    """Run the example; a server that is away is said in one sentence."""
    server, *quotes = sys.argv[1:] or ["index/demo"]
    try:
        asyncio.run(check(server, quotes or list(QUOTES)))
    except Exception:  # what a transport raises when it breaks is its own affair, and comes in groups
        sys.exit(f"错误：连不上 MCP 服务（{server}）。请先建索引：xunzhang index 目录 --index {server}，或检查地址。")


if __name__ == "__main__":
    main()
