"""The pages beside search: documents, a document to read, and how to ask."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, redirect, request, send_file
from werkzeug.wrappers import Response

import indexer
from indexer.errors import NotFound
from webui.pages import document_hits, document_layout, hit_rail
from webui.pages.document_order import PAGE_SIZE, Documents
from webui.pages.paging import page_links
from webui.rendering.templates import render
from webui.strings import say
from webui.urls.mount import root
from webui.urls.state import SearchState, read_number, require_known


def add_routes(
    routes: Blueprint, index: indexer.Index, all_documents: Callable[[], Documents], *, originals: bool
) -> None:
    """Routes of these pages; with ``originals`` the files that documents were read from can be had."""
    _add_documents(routes, all_documents)
    _add_reading(routes, index, originals=originals)

    @routes.get("/help")
    def how_to_ask() -> str:
        """How a query is written and what the answer means."""
        return render("help.html")


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add_documents(routes: Blueprint, all_documents: Callable[[], Documents]) -> None:
    def address(offset: int) -> str:
        return f"{root()}/documents" + (f"?offset={offset}" if offset else "")

    @routes.get("/documents")
    def documents() -> str:
        """All documents, page by page."""
        require_known(request.args, ("offset",))
        offset, found = read_number(request.args, "offset"), all_documents()
        return render(
            "documents.html",
            documents=found[offset : offset + PAGE_SIZE],
            total=len(found),
            first=offset + 1,
            pages=page_links(offset, PAGE_SIZE, len(found), address),
        )


def _add_reading(routes: Blueprint, index: indexer.Index, *, originals: bool) -> None:
    @routes.get("/d/<document_id>")
    def document(document_id: str) -> str:
        """A document to read, with the hits of ``q`` marked."""
        state = SearchState.read(request.args)
        found = document_hits.find_document(index, document_id)
        passages = index.passages(found.id)
        hits = document_hits.hits_in(index, state, found, passages)
        return render(
            "document.html",
            state=state,
            document=found,
            view=document_layout.lay_out(found, passages, hits.highlights, index.references(found.id)),
            hits=hits,
            ticks=list(hit_rail.ticks(passages, hits.steps)),
            rail_length=hit_rail.LENGTH,
            original=originals and index.original(found.id) is not None,
        )

    @routes.get("/p/<permalink>")
    def passage(permalink: str) -> Response:
        """Lead a permalink to its passage, wherever it stands in its document by now."""
        found = document_hits.find_passage(index, permalink)
        return redirect(f"{root()}/d/{found.document_id}#{indexer.permalink(found)}")

    @routes.get("/original/<document_id>")
    def original(document_id: str) -> Response:
        """The file a document was read from, to be kept and not to be shown here: it may hold scripts."""
        found = index.original(document_hits.find_document(index, document_id).id) if originals else None
        if found is None:
            raise NotFound(say("original_gone"), say("original_gone_hint"))
        response = send_file(BytesIO(found.content), "application/octet-stream", True, found.name)  # noqa: FBT003
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.cache_control.no_store = True
        return response
