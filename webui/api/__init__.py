"""The JSON API, version 1: ``operations`` say what is answered, ``openapi`` describes them, and here they meet HTTP.

Holds operations, their parameters, and the description made from both. Never pages, or a name or shape that takes back
what version 1 has promised (``tests/golden/api_v1.json``). To add an operation: an entry in ``OPERATIONS``, its shape
in ``indexer.serialize.shapes``, its sentences in each language.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

import indexer
from webui.api.openapi import describe
from webui.api.operations import OPERATIONS, Operation
from webui.api.schema import type_name
from webui.http.conditional import unless_known
from webui.http.json_response import answer_json
from webui.rendering.templates import render
from webui.urls.state import require_known


def add_routes(routes: Blueprint, index: indexer.Index) -> None:
    """Add the routes under ``/api/`` and ``/healthz``."""
    for operation in OPERATIONS:
        routes.add_url_rule(operation.path, f"api_{operation.name}", _view(operation, index))

    @routes.get("/api/v1/openapi.json")
    def openapi() -> Response:
        """Describe all of this in the words of OpenAPI 3.1."""
        require_known(request.args, ())
        return unless_known(None, lambda: answer_json(describe()))

    @routes.get("/api/docs")
    def api_docs() -> str:
        """Describe the same for people."""
        require_known(request.args, ())
        return render("api_docs.html", api=describe(), type_name=type_name)

    @routes.get("/healthz")
    def healthz() -> Response:
        """Say whether the index answers; 503 by the error handler where it does not."""
        stats = index.stats()
        health: indexer.shapes.Health = {
            "status": "ok",
            "generation": stats.generation,
            "documents": stats.documents,
            "passages": stats.passages,
        }
        response = answer_json(health)
        response.cache_control.no_store = True
        return response


def _view(operation: Operation, index: indexer.Index) -> Callable[[], Response]:
    names = [parameter.name for parameter in operation.parameters]

    def view() -> Response:
        values = request.args
        require_known(values, names)
        for parameter in operation.parameters:
            if parameter.is_required or parameter.name in values:
                parameter.check(values)
        return unless_known(index, lambda: answer_json(operation.answer(index, values)))

    return view
