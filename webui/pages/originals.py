"""The files that documents were read from, where the server offers them."""

from __future__ import annotations

import hashlib
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
        if found.content.startswith(b"%PDF-"):
            # the browser's own reader, in which scripts reach nothing of ours; a sandbox would stop it
            policy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
            return _sent(found, "application/pdf", policy, is_kept=False)
        return _sent(found, "application/octet-stream", "default-src 'none'; sandbox", is_kept=True)


def _sent(found: indexer.Original, kind: str, policy: str, *, is_kept: bool) -> Response:
    """Send a file whole, in the ranges that are asked for, or not at all to whoever has it: they ask each time."""
    response = send_file(
        BytesIO(found.content),
        kind,
        as_attachment=is_kept,
        download_name=found.name,
        conditional=True,
        etag=hashlib.sha256(found.content).hexdigest()[:32],
    )
    response.headers["Content-Security-Policy"] = policy
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response
