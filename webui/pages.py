"""The pages beside search: documents, a document to read, and how to ask."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

import indexer
from webui import highlights, reading
from webui.commits import PerCommit
from webui.documents import PAGE_SIZE, Documents
from webui.paging import page_links
from webui.parameters import SearchState, read_number, require_known


def blueprint(index: indexer.Index, all_documents: PerCommit[Documents]) -> Blueprint:
    """Routes of these pages."""
    routes = Blueprint("pages", __name__)
    _add_documents(routes, all_documents)
    _add_reading(routes, index)

    @routes.get("/help")
    def how_to_ask() -> str:
        """How a query is written and what the answer means."""
        return render_template("help.html")

    for function in (highlights.marked, highlights.heading_ranges, highlights.cell_ranges, indexer.permalink):
        routes.add_app_template_global(function)
    return routes


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add_documents(routes: Blueprint, all_documents: PerCommit[Documents]) -> None:
    def address(offset: int) -> str:
        return f"/documents?offset={offset}" if offset else "/documents"

    @routes.get("/documents")
    def documents() -> str:
        """All documents, page by page."""
        require_known(request.args, ("offset",))
        offset, found = read_number(request.args, "offset"), all_documents.get()
        return render_template(
            "documents.html",
            documents=found[offset : offset + PAGE_SIZE],
            total=len(found),
            first=offset + 1,
            pages=page_links(offset, PAGE_SIZE, len(found), address),
        )


def _add_reading(routes: Blueprint, index: indexer.Index) -> None:
    @routes.get("/d/<document_id>")
    def document(document_id: str) -> str:
        """A document to read, with the hits of ``q`` marked."""
        state = SearchState.read(request.args)
        found = reading.find_document(index, document_id)
        passages = index.passages(found.id)
        return render_template(
            "document.html",
            state=state,
            document=found,
            outline=indexer.outline_of(passages),
            layout=reading.lay_out(found, passages),
            hits=reading.hits_in(index, state, found, passages),
        )

    @routes.get("/p/<permalink>")
    def passage(permalink: str) -> Response:
        """Lead a permalink to its passage, wherever it stands in its document by now."""
        found = reading.find_passage(index, permalink)
        return redirect(f"/d/{found.document_id}#{indexer.permalink(found)}")
