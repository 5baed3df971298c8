"""A list of hits to take away, as CSV, JSON or Markdown, each hit with its citation; sent as it is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, stream_with_context

import indexer
from indexer.errors import BadParameter
from webui.strings import say
from webui.urls import permalinks
from webui.urls.state import SearchState

# Hits of one file at most.
MOST = 1_000
COLUMNS = ("number", "tier", "document", "path", "date", "section", "kind", "text", "link", "citation")

# What is put into words.
_SAID = {"export": COLUMNS, "tier": tuple(indexer.Tier), "kind": tuple(indexer.Kind)}


def add_routes(routes: Blueprint, index: indexer.Index) -> None:
    """Add ``/export``."""

    @routes.get("/export")
    def export() -> Response:
        """Send the hits of a search from ``offset`` on, at most ``MOST``, in the order of the page."""
        wanted = request.args.get("format", "csv")
        if wanted not in _WRITERS:
            raise BadParameter(say("bad_format", name=wanted[:40]), say("bad_format_hint", names="、".join(_WRITERS)))
        state = SearchState.read(request.args, others=("format",))
        write, mimetype, ending = _WRITERS[wanted]
        first = index.search(state.q, **_arguments(state))  # faults are told before the answer begins
        words = {f"{kind}_{name}": say(f"{kind}_{name}") for kind, names in _SAID.items() for name in names}
        # The body is written after this request's language is forgotten, so it is given its words.
        body = write(state, _rows(index, state, first), words)
        response = Response(stream_with_context(body), mimetype=mimetype)
        response.headers["Content-Disposition"] = f"attachment; filename=xunzhang.{ending}"
        response.cache_control.no_store = True
        return response


def _arguments(state: SearchState) -> dict[str, Any]:
    page = replace(state, limit=indexer.MAX_LIMIT).arguments()
    return page | {"group": "none", "facets": ()}


def _rows(index: indexer.Index, state: SearchState, first: indexer.Results) -> Iterator[dict[str, Any]]:
    """Make a row for each hit, page by page; the list ends where the index has changed meanwhile."""
    results, number = first, 0
    while results.hits and results.generation == first.generation:
        for hit in results.hits[: MOST - number]:
            number += 1
            yield _row(number, hit)
        offset = state.offset + number
        if number >= MOST or len(results.hits) < indexer.MAX_LIMIT or offset > indexer.MAX_OFFSET:
            return
        results = index.search(state.q, **_arguments(state) | {"offset": offset})


def _row(number: int, hit: indexer.Hit) -> dict[str, Any]:
    link = permalinks.of_passage(hit.passage)
    return {
        "number": number,
        "tier": hit.tier.value,
        "document": hit.document.title,
        "path": hit.document.path,
        "date": hit.document.date or "",
        "section": list(hit.passage.section),
        "kind": hit.passage.kind.value,
        "text": hit.passage.text,
        "link": link,
        "citation": indexer.cite(hit.document, hit.passage, "gbt7714", link),
        "markdown": indexer.cite(hit.document, hit.passage, "markdown", link),
    }


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _csv(state: SearchState, rows: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> Iterator[str]:
    """Write RFC 4180, with the mark by which spreadsheets know UTF-8; no cell begins a formula."""
    yield "\ufeff" + indexer.csv_line([words[f"export_{name}"] for name in COLUMNS])
    for row in rows:
        section = " › ".join(row["section"])
        said = {"section": section, "tier": words[f"tier_{row['tier']}"], "kind": words[f"kind_{row['kind']}"]}
        yield indexer.csv_line([str({**row, **said}[name]) for name in COLUMNS])


def _json(state: SearchState, rows: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> Iterator[str]:
    yield f'{{"query": {json.dumps(state.q)}, "hits": ['
    for number, row in enumerate(rows):
        body = {name: row[name] for name in COLUMNS}
        text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace").decode()
        yield f"{',' if number else ''}\n{text}"
    yield "\n]}\n"


def _markdown(state: SearchState, rows: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> Iterator[str]:
    for row in rows:
        yield f"{row['markdown']}\n\n".encode("utf-8", "replace").decode()


_Writer = Callable[[SearchState, Iterable[Mapping[str, Any]], Mapping[str, str]], Iterator[str]]
# Format → what writes it, its media type, the ending of its file.
_WRITERS: Mapping[str, tuple[_Writer, str, str]] = {
    "csv": (_csv, "text/csv", "csv"),
    "json": (_json, "application/json", "json"),
    "markdown": (_markdown, "text/markdown", "md"),
}
FORMATS = tuple(_WRITERS)
