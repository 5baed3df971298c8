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
        """Send the file of a document, to be kept and not to be shown here, as it may hold scripts; a PDF is shown, so
        that a link can lead to its page.
        """
        found = index.original(find_document(index, document_id).id) if are_offered else None
        if found is None:
            raise NotFound(say("original_gone"), say("original_gone_hint"))
        content = BytesIO(found.content)
        if found.content.startswith(b"%PDF-"):
            return _shown(send_file(content, "application/pdf", download_name=found.name))
        response = send_file(content, "application/octet-stream", as_attachment=True, download_name=found.name)
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.cache_control.no_store = True
        return response


def _shown(response: Response) -> Response:
    """What the browser's own reader of PDF shows, in which scripts reach nothing of ours; a sandbox would stop it."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
    response.cache_control.no_store = True
    return response
