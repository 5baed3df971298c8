"""A document to read, with the hits of a query marked."""

from __future__ import annotations

from flask import Blueprint, request

import indexer
from webui.pages import hit_rail
from webui.pages.document_hits import hits_in
from webui.pages.document_layout import lay_out
from webui.pages.lookup import find_document
from webui.rendering.templates import render
from webui.urls.state import SearchState


def add_routes(routes: Blueprint, index: indexer.Index, *, offers_originals: bool, offers_pictures: bool) -> None:
    """Add ``/d/…``, which links to the file of a document, and shows its pictures, where these are offered."""

    @routes.get("/d/<document_id>")
    def document(document_id: str) -> str:
        """Show a document, with the hits of ``q`` marked."""
        state = SearchState.read(request.args)
        with index.one_commit():
            return page(state, find_document(index, document_id))

    def page(state: SearchState, found: indexer.Document) -> str:
        passages = index.passages(found.id)
        hits = hits_in(index, state, found, passages)
        sources = {each.source for passage in passages for each in passage.pictures} if offers_pictures else ()
        pictures = index.existing_pictures(found.id, sources)
        return render(
            "document.html",
            state=state,
            document=found,
            view=lay_out(found, passages, hits.highlights, index.references(found.id), pictures),
            hits=hits,
            ticks=list(hit_rail.ticks(passages, hits.steps)),
            rail_length=hit_rail.LENGTH,
            original=offers_originals and index.original(found.id) is not None,
        )
