"""The pages for those who have not asked yet: the first page, and how to ask."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

import indexer
from webui.pages.document_order import Documents
from webui.rendering.templates import render
from webui.urls.state import SearchState

# Documents listed on the first page.
HOME_DOCUMENTS = 30
# Filters that the first page offers, and values of each.
BROWSED = ("work", "tag", "year")
MOST_BROWSED = 16


def add_routes(routes: Blueprint) -> None:
    """Add ``/help``; the first page shares its address with the results."""

    @routes.get("/help")
    def how_to_ask() -> str:
        """Show how a query is written and what the answer means."""
        return render("help.html")


def first_page(index: indexer.Index, all_documents: Callable[[], Documents]) -> Callable[[SearchState], str]:
    """Make what renders the first page for a state; what it says of the index is counted once for each commit."""
    overview = index.per_commit(_overview)

    def page(state: SearchState) -> str:
        counted, documents = overview(), all_documents()
        return render(
            "home.html",
            state=state,
            focus=True,
            documents=documents[:HOME_DOCUMENTS],
            document_count=len(documents),
            passage_count=counted.total,
            browse=[(name, values) for name, values in counted.facets.items() if len(values) > 1],
        )

    return page


def _overview(index: indexer.Index) -> indexer.Results:
    """Count how many passages there are, and by what they can be browsed."""
    return index.search("", limit=0, facets=BROWSED, facet_limit=MOST_BROWSED)
