"""The files that documents were read from, where the server offers them."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, send_file

import indexer
from indexer.errors import NotFound
from webui.pages.lookup import find_document
from webui.strings import say


def add_routes(routes: Blueprint, index: indexer.Index, *, are_offered: bool) -> None:
    """Add ``/original/…``, which finds nothing where no files are offered."""

    @routes.get("/original/<document_id>")
    def original(document_id: str) -> Response:
        """Send the file of a document, to be kept and not to be shown here: it may hold scripts."""
        found = index.original(find_document(index, document_id).id) if are_offered else None
        if found is None:
            raise NotFound(say("original_gone"), say("original_gone_hint"))
        content = BytesIO(found.content)
        response = send_file(content, "application/octet-stream", as_attachment=True, download_name=found.name)
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.cache_control.no_store = True
        return response
