"""The pages: search, documents, a document to read, and how to ask."""

from __future__ import annotations

from itertools import groupby
from typing import TypeAlias

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

import indexer
from webui import highlights, reading
from webui.commits import PerCommit
from webui.documents import PAGE_SIZE, in_natural_order
from webui.examples import example_queries
from webui.paging import page_links
from webui.parameters import FILTERS, SearchState, read_number, require_known

FACETS = ("section", "topic", "document", "tag", "year", "kind")
FACET_DEPTH = 3
FACET_LIMIT = 20
# Documents listed on the first page.
HOME_DOCUMENTS = 30

Documents: TypeAlias = tuple[indexer.Document, ...]


def blueprint(index: indexer.Index) -> Blueprint:
    """Routes of the pages."""
    routes = Blueprint("pages", __name__)
    all_documents = PerCommit(index, in_natural_order)
    _add_search(routes, index, all_documents)
    _add_documents(routes, all_documents)
    _add_reading(routes, index)

    @routes.get("/help")
    def how_to_ask() -> str:
        """How a query is written and what the answer means."""
        return render_template("help.html")

    for function in (highlights.marked, highlights.heading_ranges, highlights.cell_ranges, indexer.permalink):
        routes.add_app_template_global(function)
    return routes


# ── search ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add_search(routes: Blueprint, index: indexer.Index, all_documents: PerCommit[Documents]) -> None:
    examples = PerCommit(index, example_queries)

    @routes.get("/")
    def home() -> str:
        """The first page, or a page of hits."""
        state = SearchState.read(request.args)
        if not state.is_blank:
            return _results_page(index, state)
        documents = all_documents.get()
        return render_template(
            "home.html",
            state=state,
            documents=documents[:HOME_DOCUMENTS],
            document_count=len(documents),
            passage_count=index.search("", limit=0, facets=()).total,
            examples=examples.get(),
        )


def _results_page(index: indexer.Index, state: SearchState) -> str:
    results = index.search(
        state.q, **state.arguments(), facets=FACETS, facet_depth=FACET_DEPTH, facet_limit=FACET_LIMIT
    )
    found = sum(results.tiers.values())
    reachable = min(found, indexer.MAX_OFFSET)
    return render_template(
        "results.html",
        state=state,
        results=results,
        facets=FACETS,
        facet_limit=FACET_LIMIT,
        found=found,
        asks_words=bool(index.explain(state.q).runs),
        tier_groups=[(tier, list(hits)) for tier, hits in groupby(results.hits, key=lambda hit: hit.tier.value)],
        chips=_chips(results, state),
        pages=page_links(state.offset, state.limit, reachable, lambda offset: state.at(offset).url()),
    )


def _chips(results: indexer.Results, state: SearchState) -> list[tuple[str, str, str]]:
    """The chosen filters: name, value, and what a person reads for it."""
    return [(name, value, _label(results, name, value)) for name in FILTERS for value in state.filters.get(name, ())]


def _label(results: indexer.Results, name: str, value: str) -> str:
    if name == "section":
        return " › ".join(indexer.section_path(value))
    return next((each.label for each in results.facets.get(name, ()) if each.value == value), value)


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
