"""The JSON API, version 1. Its objects are those of ``indexer.results_to_dict`` and ``outline_to_dict``."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, request

import indexer
from webui.parameters import SearchState, read_number, require_known

_LAST_RUN = re.compile(r"(.*\s)?(\S*)\s*", re.S)
# Suggestions given where no number is asked for.
SUGGESTIONS = 8


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

    @routes.get("/api/v1/suggest")
    def suggest() -> Response:
        """How a query that is being typed may go on: of the corpus only, by characters, pinyin or initials."""
        require_known(request.args, ("q", "limit"))
        query = request.args.get("q", "")
        found = completed(index, query, read_number(request.args, "limit", default=SUGGESTIONS))
        return jsonify(query=query, suggestions=[_suggestion(text, completion) for text, completion in found])

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


def completed(index: indexer.Index, query: str, limit: int) -> list[tuple[str, indexer.Completion]]:
    """Queries that ``query`` may become: it as a whole, else its last run, is completed.

    Raises:
        BadParameter: ``limit`` is out of its range.
        QueryTooLong: ``query`` is longer than a query may be.
    """
    index.explain(query)  # refuses what is too long
    before, last = _LAST_RUN.fullmatch(query).groups()  # type: ignore[union-attr]
    if whole := index.complete(query.strip(), limit):
        return [(completion.text, completion) for completion in whole]
    return [(before + completion.text, completion) for completion in index.complete(last, limit)] if before else []


def _suggestion(text: str, completion: indexer.Completion) -> dict[str, object]:
    return {
        "text": text,
        "kind": str(completion.kind),
        "count": completion.count,
        "value": completion.value,
        "completed": completion.text,
        "matched": list(completion.matched),
    }
