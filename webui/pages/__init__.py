"""The pages for people, one module each, rendered by the server and whole without scripts; and those of an export.

Holds what a page shows, from a request's state to the values of its template. Never JSON (``api``), what is common to
all answers (``http``), sentences (``strings``). To add a page: a module with ``add_routes``, called here, a template,
and its sentences in each language.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint

import indexer
from webui.pages import compare, document, documents, download, home, indexing, originals, passage, pictures, search
from webui.pages.document_order import in_natural_order
from webui.pages.examples import example_queries


def add_routes(
    routes: Blueprint,
    index: indexer.Index,
    *,
    offers_originals: bool,
    offers_pictures: bool,
    watch: indexer.Watch | None,
) -> None:
    """Add the routes of all pages.

    Args:
        routes: of the site.
        index: what the pages are about.
        offers_originals: whether the files that documents were read from can be downloaded.
        offers_pictures: whether the pictures beside documents are shown.
        watch: what keeps the index current, if anything does.
    """
    all_documents = index.per_commit(in_natural_order)
    home.add_routes(routes)
    search.add_routes(
        routes, index, all_documents, home.first_page(index, all_documents), offers_originals=offers_originals
    )
    documents.add_routes(routes, all_documents)
    compare.add_routes(routes, index)
    document.add_routes(routes, index, offers_originals=offers_originals, offers_pictures=offers_pictures)
    passage.add_routes(routes, index)
    originals.add_routes(routes, index, are_offered=offers_originals)
    pictures.add_routes(routes, index, are_offered=offers_pictures)
    download.add_routes(routes, index)
    indexing.add_routes(routes, index, watch)


def template_globals(index: indexer.Index, watch: indexer.Watch | None, *, keeps_queries: bool) -> dict[str, Any]:
    """Return what templates may use of this room, beside what each page gives them."""
    return {
        "examples": index.per_commit(example_queries),
        "export_most": download.MOST,
        "keeps_queries": keeps_queries,
        "indexing_note": watch and partial(indexing.note, watch),
        "indexing_generation": lambda: index.generation,
    }
