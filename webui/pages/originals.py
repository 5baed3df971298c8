"""The files that documents were read from, where the server offers them."""

from __future__ import annotations

from flask import Blueprint, Response

import indexer
from indexer.errors import NotFound
from webui.http.files import send_bytes
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
        if found.content.startswith(b"%PDF-"):
            # the browser's own reader, in which scripts reach nothing of ours; a sandbox would stop it
            policy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
            return send_bytes(found, "application/pdf", policy)
        return send_bytes(found, "application/octet-stream", "default-src 'none'; sandbox", is_kept=True)
