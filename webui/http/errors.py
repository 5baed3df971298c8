"""Whatever goes wrong → one envelope for programs, a page for people; neither tells secrets."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, default_exceptions

import indexer
from indexer import errors
from webui.http.json_response import answer_json
from webui.rendering import messages
from webui.rendering.templates import render
from webui.strings import say
from webui.urls import mount

METHODS = ("GET", "HEAD", "OPTIONS")


def install(scaffold: Flask | Blueprint) -> None:
    """Answer for every error that leaves a route.

    A handler of ours for each status comes before those that an application around has for a status.
    """
    scaffold.register_error_handler(errors.XunzhangError, _known)
    scaffold.register_error_handler(HTTPException, _http)
    for status in default_exceptions:
        scaffold.register_error_handler(status, _http)
    scaffold.register_error_handler(Exception, _unknown)


def add_routes(routes: Blueprint) -> None:
    """Add a route for what there is not: only so does a blueprint, and not the application around it, answer there."""

    @routes.route("/<path:rest>", methods=("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
    def nothing(rest: str) -> Response:
        """Say that there is no such address; or there is, but not for this method."""
        adapter = current_app.create_url_adapter(request)
        if adapter is not None and request.method not in METHODS:
            rule, _ = adapter.match(method="GET", return_rule=True)
            if rule.endpoint != request.endpoint:
                raise MethodNotAllowed(METHODS)
        raise NotFound


def answer(error: errors.XunzhangError, status: int) -> Response:
    """Answer an error that a request meets before it reaches its route, or there."""
    if mount.is_for_programs():
        return answer_json(indexer.error_to_dict(error), status)
    return Response(render("error.html", message=messages.of_error(error), status=status), status, mimetype="text/html")


def refusal(key: str, status: int, **values: object) -> Response:
    """Answer an error that is said by ``key`` and ``key_hint``."""
    return answer(errors.BadParameter(say(key, **values), say(f"{key}_hint")), status)


def _known(error: errors.XunzhangError) -> Response:
    if isinstance(error, errors.NotFound):
        return answer(error, 404)
    return answer(error, 400 if isinstance(error, errors.UsageError) else 503)


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, NotFound):
        return answer(_not_found(), 404)
    if isinstance(error, MethodNotAllowed):
        response = refusal("bad_method", 405)
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or METHODS))
        return response
    return _internal(error.code) if error.code >= 500 else refusal("bad_request", error.code)


def _not_found() -> errors.NotFound:
    if mount.path().startswith("/api/"):
        return errors.NotFound(say("not_found_api"), say("not_found_api_hint"))
    return errors.NotFound(say("not_found"), say("not_found_hint"))


def _unknown(error: Exception) -> Response:
    """Log the error, without the query; the caller gets a sentence."""
    current_app.logger.error("%s %s: %s", request.method, request.path, type(error).__name__, exc_info=error)
    return _internal(500)


def _internal(status: int) -> Response:
    error = errors.XunzhangError(say("internal"), say("internal_hint"))
    error.code = "internal"
    return answer(error, status)
