"""The list of all documents, page by page."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request

from webui.pages.document_order import Documents
from webui.pages.paging import page_links
from webui.rendering.templates import render
from webui.urls.mount import root
from webui.urls.state import read_number, require_known

# Documents of one page of the list.
PAGE_SIZE = 200


def add_routes(routes: Blueprint, all_documents: Callable[[], Documents]) -> None:
    """Add ``/documents``."""

    @routes.get("/documents")
    def documents() -> str:
        """Show one page of the list."""
        require_known(request.args, ("offset",))
        offset, found = read_number(request.args, "offset"), all_documents()
        return render(
            "documents.html",
            documents=found[offset : offset + PAGE_SIZE],
            total=len(found),
            first=offset + 1,
            pages=page_links(offset, PAGE_SIZE, len(found), _address),
        )


def _address(offset: int) -> str:
    return f"{root()}/documents" + (f"?offset={offset}" if offset else "")
