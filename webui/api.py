"""The JSON API, version 1. Its objects are those of ``indexer.results_to_dict`` and ``outline_to_dict``."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

import indexer
from webui.parameters import SearchState, read_number, require_known


def blueprint(index: indexer.Index) -> Blueprint:
    """Routes under ``/api/v1`` and ``/healthz``."""
    routes = Blueprint("api", __name__)

    @routes.get("/api/v1/search")
    def search() -> Response:
        """Passages for a query; all parameters as the command line takes them."""
        state = SearchState.read(request.args, others=("chapters",))
        chapters = read_number(request.args, "chapters", default=0)
        return jsonify(indexer.results_to_dict(index.search(state.q, **state.arguments(), chapters=chapters)))

    @routes.get("/api/v1/diagnose")
    def diagnose() -> Response:
        """Why a query finds little; parameters as of a search, those that choose a page aside."""
        state = SearchState.read(request.args)
        return jsonify(indexer.diagnosis_to_dict(index.diagnose(state.q, **state.conditions())))

    @routes.get("/api/v1/outline")
    def outline() -> Response:
        """Outlines of all documents, or of those named by ``document`` (ids or paths)."""
        require_known(request.args, ("document",))
        wanted = request.args.getlist("document")
        documents = [index.document(each) for each in wanted] if wanted else index.documents()
        return jsonify(indexer.outline_to_dict((each, index.passages(each.id)) for each in documents))

    @routes.get("/healthz")
    def healthz() -> Response:
        """Whether the index answers; 503 by the error handler where it does not."""
        stats = index.stats()
        return jsonify(status="ok", generation=stats.generation, documents=stats.documents, passages=stats.passages)

    return routes
