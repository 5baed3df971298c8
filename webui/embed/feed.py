"""For browsers and feed readers: the site as a search engine (OpenSearch), and a query's newest passages (Atom)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for
from markupsafe import escape

import indexer
from webui.api.operations import complete_query
from webui.http.conditional import unless_known
from webui.rendering import highlights
from webui.rendering.templates import render
from webui.strings import say
from webui.urls import permalinks
from webui.urls.state import SearchState, read_number, require_known

# Entries of a feed where no number is given; there may be as many as hits of a page.
ENTRIES = 20
SUGGESTIONS = 8
# When a document without a date was made, as far as a feed is concerned, which must have one.
NO_DATE = "1970-01-01"

# What XML 1.0 has no way to write (its production 2).
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A passage in a feed; ``updated`` by RFC 3339, ``html`` its text with the words that were looked for marked."""

    title: str
    address: str
    updated: str
    author: str | None
    html: str


def add_routes(routes: Blueprint, index: indexer.Index) -> None:
    """Add ``/opensearch.xml``, ``/opensearch/suggest`` and ``/feed.atom``."""

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        """Say how a browser can ask here (OpenSearch 1.1)."""
        require_known(request.args, ())
        home, suggest = url_for(".home", _external=True), url_for(".opensearch_suggest", _external=True)
        icon = url_for(".static", filename="icon.svg", _external=True)
        return _xml("opensearch.xml", "application/opensearchdescription+xml", home=home, suggest=suggest, icon=icon)

    @routes.get("/opensearch/suggest")
    def opensearch_suggest() -> Response:
        """Suggest queries as browsers want them: ``[query, [query, …]]``."""
        require_known(request.args, ("q",))
        query = request.args.get("q", "")
        found = [text for text, _ in complete_query(index, query, SUGGESTIONS)]
        body = json.dumps([query, found], ensure_ascii=False).encode("utf-8", "replace")
        return Response(body, mimetype="application/x-suggestions+json")

    @routes.get("/feed.atom")
    def feed() -> Response:
        """List a query's newest passages (RFC 4287)."""
        state = SearchState.read(request.args)
        limit = read_number(request.args, "limit", ENTRIES)
        return unless_known(index, lambda: _feed(index, state.from_the_start(), limit))


def _feed(index: indexer.Index, state: SearchState, limit: int) -> Response:
    fixed = {"limit": limit, "sort": "-date", "group": "none", "facets": ()}
    if state.choices["match"] == "auto":
        fixed["match"] = "all"  # what matches by half has no end
    results = index.search(state.q, **{**state.arguments(), **fixed})
    entries = list(_entries(results))
    updated = max((entry.updated for entry in entries), default=_instant(None))
    title = say("feed_title", query=state.q) if state.q.strip() else say("feed_all")
    page = url_for(".home", _external=True) + state.query_string()
    address = request.base_url + state.query_string()
    context = {"title": title, "page": page, "address": address, "updated": updated, "entries": entries}
    return _xml("feed.atom", "application/atom+xml", **context)


def _entries(results: indexer.Results) -> Iterator[FeedEntry]:
    for hit in results.hits:
        document, passage = hit.document, hit.passage
        title = " › ".join((*document.titles, *passage.section))
        pieces = highlights.marked(passage.text, hit.highlights)
        html = "".join(f"<mark>{escape(each.text)}</mark>" if each.mark else escape(each.text) for each in pieces)
        yield FeedEntry(title, permalinks.of_passage(passage), _instant(document.date), document.author, html)


def _instant(date: str | None) -> str:
    """Write a calendar date, which may lack its day, as an instant."""
    year, month, day = [*(date or NO_DATE).split("-"), "01", "01"][:3]
    return f"{year}-{month}-{day}T00:00:00Z"


def _xml(template: str, mimetype: str, **context: Any) -> Response:
    text = _UNWRITABLE.sub("\ufffd", render(template, **context))
    return Response(text, mimetype=mimetype)
