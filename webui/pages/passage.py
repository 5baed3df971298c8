"""One passage: its neighbours, and where its permalink leads."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

import indexer
from webui.pages.lookup import find_passage
from webui.rendering.templates import render
from webui.urls.mount import root
from webui.urls.state import require_known


def add_routes(routes: Blueprint, index: indexer.Index) -> None:
    """Add ``/p/…`` and ``/around/…``."""

    @routes.get("/p/<permalink>")
    def passage(permalink: str) -> Response:
        """Lead a permalink to its passage, wherever it stands in its document by now."""
        found = find_passage(index, permalink)
        return redirect(f"{root()}/d/{found.document_id}#{indexer.permalink(found)}")

    @routes.get("/around/<passage_id>")
    def around(passage_id: str) -> str:
        """Show a passage with its neighbours."""
        require_known(request.args, ())
        passages = index.around(passage_id)
        return render(
            "around.html",
            document=index.document(passages[0].document_id),
            passages=passages,
            middle=next(passage for passage in passages if passage.id == passage_id),
        )
