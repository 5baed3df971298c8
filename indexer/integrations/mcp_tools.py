"""What an MCP client can ask: each method is a tool, its docstring what a model reads, its answer one small object."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeAlias

from mcp.types import CallToolResult, TextContent
from pydantic import Field

import indexer
from indexer.errors import BadParameter, NotFound

Json: TypeAlias = dict[str, Any]

# Code points of a passage that a hit gives whole; of a longer one its snippet.
WHOLE = 400
# Passages of one ``fetch``, hits, occurrences, and documents or headings of one ``outline``, at most.
MAX_PASSAGES = 50
MAX_HITS = 30
MAX_PLACES = 20
MAX_ROWS = 200
# Code points of a document as a resource.
MAX_RESOURCE = 200_000

Query = Annotated[
    str, Field(description="要找的话：几个词（空格隔开，都要有）、一句原话（引号里的必须连在一起），- 排除，OR 任选")
]
Like = Annotated[str, Field(description="不写 query，写一个段落的 id：找与它相近的段落，如别的法里对应的条文")]
Documents = Annotated[list[str], Field(description="只在这些文档里，写编号或路径")]
Sections = Annotated[list[str], Field(description="只在这些章节里，各级标题用 / 连接")]
Values = Annotated[list[str], Field(description="只要这些")]
Kinds = Annotated[
    list[str],
    Field(
        description="只要这些：title 标题、heading 章节标题、body 正文、caption 图表题、source 来源、table 表格的一行"
    ),
]
Fields = Annotated[list[str], Field(description="只要这些自定的栏目，写 名=值，如 效力=有效")]
Match = Annotated[
    str, Field(description="auto；all 不要部分匹配；exact 只要原文连续包含；near 再列意思相近的，索引带有向量时才有")
]
Years = Annotated[list[str], Field(description="只要这些年份：2020 或 2020..2021")]


class Tools:
    """The tools, on one index. Each runs in a thread, so that a slow question holds up no other."""

    def __init__(self, index: indexer.Index) -> None:
        self._index = index

    async def search(
        self,
        query: Query = "",
        like: Like = "",
        document: Documents = [],
        section: Sections = [],
        topic: Values = [],
        tag: Values = [],
        kind: Kinds = [],
        year: Years = [],
        work: Values = [],
        field: Fields = [],
        match: Match = indexer.DEFAULTS["match"],
        offset: Annotated[int, Field(ge=0, description="跳过多少段")] = 0,
        limit: Annotated[int, Field(ge=1, le=MAX_HITS, description="最多几段")] = 8,
    ) -> CallToolResult:
        """检索段落。返回命中的段落：编号 id、所在文档和章节、原文（过长的只给片段，用 fetch 读全文）。
        tier：exact 原文连续包含，all 含有全部词，some 只含有一部分，near 只是意思相近，或与 like 那一段相近。
        """
        if not query and not like:
            raise BadParameter("search 的参数 query 没有给出。", "请写要找的话，或用 like 给出一个段落的 id。")
        options: dict[str, Any] = {"document": document, "section": section, "topic": topic, "tag": tag, "kind": kind}
        options |= {
            "year": year,
            "work": work,
            "field": field,
            "match": match,
            "like": like,
            "offset": offset,
            "limit": limit,
            "facets": (),
        }
        return await _answer(lambda: _results(self._index.search(query, **options), offset))

    async def fetch(
        self,
        id: Annotated[str, Field(description="段落的 id 或永久链接，或文档的 id 或路径")],  # noqa: A002
        neighbours: Annotated[int, Field(ge=0, le=MAX_PASSAGES // 2, description="段落前后各带几段")] = 2,
        start: Annotated[int, Field(ge=0, description="文档从第几段读起")] = 0,
        limit: Annotated[int, Field(ge=1, le=MAX_PASSAGES, description="文档最多读几段")] = 20,
    ) -> CallToolResult:
        """读原文：一个段落和它前后几段，或者一份文档从某段起的若干段；next 是接着读时的 start，没有就是读完了。"""
        return await _answer(lambda: self._fetch(id, neighbours, start, limit))

    async def outline(
        self,
        document: Annotated[str, Field(description="文档的 id 或路径；不写则列出文档")] = "",
        depth: Annotated[int, Field(ge=1, le=10, description="章节列到第几级")] = 2,
        offset: Annotated[int, Field(ge=0, description="跳过多少个文档或章节")] = 0,
    ) -> CallToolResult:
        """列出有哪些文档；或一份文档的章节，first 是那一节第一段的 id。"""
        return await _answer(lambda: self._outline(document, depth, offset))

    async def verify_quote(
        self,
        quote: Annotated[str, Field(description="要核对的引文，可以跨几段；省略的地方写 ……")],
        document: Documents = [],
        limit: Annotated[int, Field(ge=1, le=MAX_PLACES, description="最多列出几处")] = 5,
    ) -> CallToolResult:
        """核对引文：原文里有没有这句话（空白不算），在哪里。exact 为假表示只是折叠后相同（繁简、全半角、大小写）；
        没有时 nearest 是最接近的段落，differences 逐处说明引文与原文差在哪里。
        """
        return await _answer(
            lambda: {**indexer.verification_to_dict(self._index.verify(quote, document=document, limit=limit))}
        )

    async def document(self, document_id: str) -> str:
        """一份文档的全文（Markdown），每段前面是它的 id。"""
        return await asyncio.to_thread(self._markdown, document_id)

    def _fetch(self, wanted: str, neighbours: int, start: int, limit: int) -> Json:
        document = self._document(wanted)
        if document is None:
            passage = self._index.passage(wanted)
            document = self._index.document(passage.document_id)
            start, end = max(0, passage.ordinal - neighbours), passage.ordinal + neighbours + 1
        else:
            end = start + limit
        passages = self._index.passages(document.id)
        return {
            "document": _document(document),
            "passages": [_passage(each) for each in passages[start:end]],
            "start": start,
            "total": len(passages),
            "next": end if end < len(passages) else None,
        }

    def _document(self, wanted: str) -> indexer.Document | None:
        try:
            return self._index.document(wanted)
        except NotFound:
            return None

    def _outline(self, wanted: str, depth: int, offset: int) -> Json:
        if not wanted:
            documents = self._index.documents()
            rows = [_document(each) for each in documents]
            return {"documents": rows[offset : offset + MAX_ROWS], **_page(offset, len(rows))}
        document = self._index.document(wanted)
        nodes = list(_rows(document.id, self._index.outline(document.id), depth))
        return {
            "document": _document(document),
            "outline": nodes[offset : offset + MAX_ROWS],
            **_page(offset, len(nodes)),
        }

    def _markdown(self, document_id: str) -> str:
        document = self._index.document(document_id)
        text = f"# {document.title}\n"
        for passage in self._index.passages(document.id):
            if len(text) > MAX_RESOURCE:
                return f"{text}\n（未完：用 fetch 从第 {passage.ordinal} 段读起。）\n"
            text += f"\n[{passage.id}] {passage.text}\n"
        return text


async def _answer(ask: Callable[[], Json]) -> CallToolResult:
    """What ``ask`` finds out in a thread, as compact JSON."""
    value = await asyncio.to_thread(ask)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()
    return CallToolResult(content=[TextContent(type="text", text=text)], structuredContent=json.loads(text))


def _results(results: indexer.Results, offset: int) -> Json:
    shown = offset + len(results.hits)
    return {
        "query": results.query,
        "entries": results.entries,
        "total": results.total,
        "tiers": dict(results.tiers),
        "named": [_document(document) for document in results.named],
        "hits": [_hit(hit) for hit in results.hits],
        "next": shown if results.hits and shown < results.entries else None,
        "suggestions": list(results.suggestions),
        "warnings": [warning.message for warning in results.warnings],
    }


def _hit(hit: indexer.Hit) -> Json:
    text, snippet = hit.passage.text, hit.snippet
    whole = len(text) <= WHOLE
    return {
        "document": _document(hit.document),
        **_passage(hit.passage),
        "text": text if whole else text[snippet.start : snippet.end],
        "whole": whole,
        "tier": hit.tier.value,
        "score": round(hit.score, 3),
    }


def _document(document: indexer.Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "path": document.path,
        "date": document.date,
        "url": document.url,
    }


def _passage(passage: indexer.Passage) -> Json:
    return {key: value for key, value in indexer.passage_to_dict(passage).items() if value not in (None, [])}


def _rows(document_id: str, nodes: Sequence[indexer.OutlineNode], depth: int) -> list[Json]:
    """Headings in reading order, down to ``depth`` levels."""
    rows: list[Json] = []
    for node in nodes:
        first = f"{document_id}-{node.first}"
        rows.append({"level": node.level, "heading": node.heading, "first": first, "passages": node.passages})
        if node.level < depth:
            rows.extend(_rows(document_id, node.children, depth))
    return rows


def _page(offset: int, total: int) -> Json:
    return {"total": total, "next": offset + MAX_ROWS if offset + MAX_ROWS < total else None}
