"""``xunzhang mcp`` as its users meet it: the official client, over standard streams and over HTTP."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, McpError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.memory import create_connected_server_and_client_session
from pydantic import AnyUrl

import indexer
from indexer.integrations.mcp import create_server
from tests.support import ROOT, write

QUOTE = "路径相对于运行程序时所在的目录"
COMMAND = [sys.executable, "-m", "indexer", "mcp", "--index"]


@asynccontextmanager
async def session(index: indexer.Index) -> AsyncIterator[ClientSession]:
    async with create_connected_server_and_client_session(create_server(index)) as client:
        yield client


async def call(client: ClientSession, tool: str, **arguments: Any) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.isError, result.content
    (content,) = result.content
    assert content.type == "text"
    assert json.loads(content.text) == result.structuredContent
    return result.structuredContent


async def failure(client: ClientSession, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.isError
    (content,) = result.content
    assert content.type == "text"
    assert "\n" not in content.text
    return content.text


async def test_over_standard_streams(place: Path) -> None:
    parameters = StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:], str(place)], cwd=ROOT)
    async with stdio_client(parameters) as streams, ClientSession(*streams) as client:
        about = await client.initialize()
        assert about.serverInfo.name == "xunzhang"
        assert "verify_quote" in (about.instructions or "")
        assert (await call(client, "verify_quote", quote=QUOTE))["found"] is True
        hits = (await call(client, "search", query=QUOTE))["hits"]
        assert QUOTE in hits[0]["text"]


def test_streams_end_without_a_word(place: Path) -> None:
    run = subprocess.run([*COMMAND, str(place)], input=b"", capture_output=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


def test_an_interruption_ends_it(place: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 0


def test_a_missing_index_is_said_before_anything_is_served(tmp_path: Path) -> None:
    run = subprocess.run([*COMMAND, str(tmp_path / "无")], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stdout, "没有索引" in run.stderr) == (1, "", True), run.stderr


@pytest.fixture(scope="module")
def port(place: Path) -> Iterator[int]:
    with subprocess.Popen(
        [*COMMAND, str(place), "--transport", "http", "--port", "0"], stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stderr is not None
        found = re.search(r"127\.0\.0\.1:(\d+)/mcp", process.stderr.readline())
        assert found
        yield int(found[1])
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 0
        assert process.stderr.read() == ""


async def test_over_http(port: int) -> None:
    async with (
        streamable_http_client(f"http://127.0.0.1:{port}/mcp") as (read, write, _),
        ClientSession(read, write) as client,
    ):
        await client.initialize()
        assert [tool.name for tool in (await client.list_tools()).tools] == [
            "search",
            "fetch",
            "outline",
            "verify_quote",
        ]
        assert (await call(client, "verify_quote", quote=QUOTE))["exact"] is True


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:{port}", None, 200),
        ("localhost:{port}", "http://localhost:{port}", 200),
        ("evil.example:{port}", None, 421),
        ("127.0.0.1:{port}", "http://evil.example", 403),
    ],
)
def test_a_page_elsewhere_cannot_reach_it(port: int, host: str, origin: str | None, status: int) -> None:
    """By rebinding a name to this machine, or from another origin."""
    headers = {"Host": host.format(port=port), "Accept": "application/json, text/event-stream"}
    headers |= {"Origin": origin.format(port=port)} if origin else {}
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", "/mcp", json.dumps(body), {**headers, "Content-Type": "application/json"})
    assert connection.getresponse().status == status
    connection.close()


async def test_every_tool_says_what_it_takes_and_changes_nothing(handbook: indexer.Index) -> None:
    async with session(handbook) as client:
        for tool in (await client.list_tools()).tools:
            assert tool.annotations
            assert tool.annotations.readOnlyHint
            assert tool.description
            assert all("description" in each for each in tool.inputSchema["properties"].values()), tool.name


async def test_search_and_fetch(handbook: indexer.Index) -> None:
    async with session(handbook) as client:
        found = await call(client, "search", query="数据 安全", limit=3)
        assert (len(found["hits"]), found["next"]) == (3, 3)
        assert (await call(client, "search", query="数据 安全", limit=3, offset=3))["hits"][0] not in found["hits"]
        hit = found["hits"][0]
        for wanted in (hit["id"], hit["permalink"]):
            around = await call(client, "fetch", id=wanted, neighbours=1)
            assert around["passages"][min(1, around["start"] + 1)]["id"] == hit["id"] or around["start"] == 0
        whole = await call(client, "fetch", id=hit["document"]["id"], limit=50)
        rest = await call(client, "fetch", id=hit["document"]["path"], start=whole["total"] - 1)
        assert (whole["passages"][0]["id"], rest["next"]) == (f"{hit['document']['id']}-0", None)


async def test_outline(handbook: indexer.Index) -> None:
    async with session(handbook) as client:
        documents = (await call(client, "outline"))["documents"]
        assert len(documents) == len(handbook.documents())
        shallow = (await call(client, "outline", document=documents[0]["id"], depth=1))["outline"]
        assert shallow
        assert {row["level"] for row in shallow} == {1}
        passage = (await call(client, "fetch", id=shallow[0]["first"], neighbours=0))["passages"][0]
        assert passage["section"] == [shallow[0]["heading"]]


async def test_verify_quote(handbook: indexer.Index) -> None:
    async with session(handbook) as client:
        found = await call(client, "verify_quote", quote="路徑相對於運行程序時所在的目錄")
        assert (found["found"], found["exact"], found["nearest"]) == (True, False, None)
        place = found["places"][0]
        (passage,) = place["passages"]
        start, end = passage["ranges"][0]
        assert handbook.passage(passage["permalink"]).text[start:end] == passage["text"] == QUOTE
        assert place["document"]["path"].endswith("05-Python接口.md")
        near = await call(client, "verify_quote", quote="路径相对于运行程序时所处的目录")
        assert (near["found"], near["places"]) == (False, [])
        (difference,) = near["nearest"]["differences"]
        assert (difference["quote"]["text"], difference["source"]["text"]) == ("处", "在")


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {}, "query 没有给出"),
        ("search", {"query": 7}, "query 要是字符串"),
        ("search", {"query": "数据", "limit": 31}, "limit 不能大于 30"),
        ("search", {"query": "数据", "limit": "多"}, "limit 要是整数"),
        ("search", {"query": "数据", "size": 3}, "没有参数 size"),
        ("search", {"query": "数" * 1_001}, "最多 1000 个"),
        ("search", {"query": "数据", "kind": ["诗"]}, "kind 没有“诗”"),
        ("fetch", {"id": "没有"}, "没有段落“没有”"),
        ("fetch", {"id": "0-²"}, "没有段落"),
        ("outline", {"document": "没有"}, "没有文档“没有”"),
        ("verify_quote", {"quote": " "}, "引文是空的"),
        ("抓取", {}, "没有工具“抓取”"),
    ],
)
async def test_what_goes_wrong_is_one_sentence(
    handbook: indexer.Index, tool: str, arguments: dict[str, Any], said: str
) -> None:
    async with session(handbook) as client:
        assert said in await failure(client, tool, **arguments)


async def test_what_nobody_foresaw_tells_no_secrets(handbook: indexer.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(handbook, "verify", fail)
    async with session(handbook) as client:
        assert await failure(client, "verify_quote", quote="数据") == (
            "服务内部出错。请重试；总是这样时，请看服务的日志。"
        )


async def test_documents_are_resources(handbook: indexer.Index) -> None:
    async with session(handbook) as client:
        resources = (await client.list_resources()).resources
        assert [each.name for each in resources] == [each.path for each in handbook.documents()]
        (content,) = (await client.read_resource(resources[0].uri)).contents
        document = handbook.documents()[0]
        assert all(f"[{each.id}] {each.text}" in content.text for each in handbook.passages(document.id))  # type: ignore[union-attr]
        assert (await client.list_resource_templates()).resourceTemplates[
            0
        ].uriTemplate == "xunzhang://document/{document_id}"
        with pytest.raises(McpError, match="没有文档“0”"):
            await client.read_resource(AnyUrl("xunzhang://document/0"))


async def test_search_takes_fields_of_the_users_own(tmp_path: Path) -> None:
    write(tmp_path / "语料" / "一.txt", "窑在山脚。")
    write(tmp_path / "语料" / "二.txt", "窑在河边。")
    write(tmp_path / "语料" / "metadata.csv", "path,密级\n一.txt,公开\n二.txt,内部\n")
    made = indexer.create_index(tmp_path / "index")
    made.update([tmp_path / "语料"])
    async with session(made) as client:
        found = await call(client, "search", query="窑", field=["密级=公开"])
        assert [hit["document"]["path"] for hit in found["hits"]] == ["语料/一.txt"]
        assert (await call(client, "search", query="窑", field=[]))["total"] == 2


async def test_questions_are_answered_side_by_side(handbook: indexer.Index) -> None:
    async with session(handbook) as client:
        answers = await asyncio.gather(*(call(client, "search", query=word) for word in "数据安全检索文档" * 3))
        assert all(answer["query"] == word for answer, word in zip(answers, "数据安全检索文档" * 3, strict=True))


async def test_another_index_in_the_same_place_is_what_it_answers_from(tmp_path: Path) -> None:
    def built(text: str) -> indexer.Index:
        shutil.rmtree(tmp_path / "index", ignore_errors=True)
        write(tmp_path / "语料" / "一.txt", text)
        made = indexer.create_index(tmp_path / "index")
        made.update([tmp_path / "语料"])
        return made

    async with session(built("从前的秘密。")) as client:
        assert (await call(client, "search", query="秘密"))["total"] == 1
        shutil.rmtree(tmp_path / "index")
        assert "没有索引" in await failure(client, "search", query="秘密")
        built("如今的公告。").close()
        assert (await call(client, "search", query="秘密"))["total"] == 0
        assert (await call(client, "search", query="公告"))["total"] == 1
