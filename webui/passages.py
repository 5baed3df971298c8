"""One passage by itself, as JSON: what stands around it, and how it is cited."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for

import indexer
from webui.parameters import read_number, require_known


def blueprint(index: indexer.Index) -> Blueprint:
    """Routes ``/api/v1/around`` and ``/api/v1/cite``."""
    routes = Blueprint("passages", __name__)

    @routes.get("/api/v1/around")
    def around() -> Response:
        """A passage with its neighbours."""
        require_known(request.args, ("id", "before", "after"))
        found = index.around(
            request.args.get("id", ""), read_number(request.args, "before", 1), read_number(request.args, "after", 1)
        )
        return jsonify(indexer.context_to_dict(index.document(found[0].document_id), found))

    @routes.get("/api/v1/cite")
    def cite() -> Response:
        """A passage's citations in every style, and the address they name."""
        require_known(request.args, ("id",))
        passage = index.passage(request.args.get("id", ""))
        address = address_of(passage)
        document = index.document(passage.document_id)
        citations = {style: indexer.cite(document, passage, style, address) for style in indexer.CITATION_STYLES}
        return jsonify(url=address, citations=citations)

    return routes


def address_of(passage: indexer.Passage) -> str:
    """The whole address of a passage that lasts, for use outside of this site."""
    return url_for("pages.passage", permalink=indexer.permalink(passage), _external=True)
