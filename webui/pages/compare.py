"""What the documents say of one thing, side by side: a table to read and print."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request

import indexer
from webui.rendering.templates import render
from webui.urls.state import SearchState

# Documents of a table, and passages of each.
DOCUMENTS = 50
PASSAGES = 5


def add_routes(routes: Blueprint, index: indexer.Index) -> None:
    """Add ``/compare``."""

    @routes.get("/compare")
    def compare() -> str:
        """Show the best passages of each document, a row each."""
        state = SearchState.read(request.args)
        arguments = replace(state, limit=DOCUMENTS).arguments()
        results = index.search(state.q, **arguments | {"group": "document", "group_limit": PASSAGES}, facets=())
        return render("compare.html", state=state, results=results, address=state.query_string())
