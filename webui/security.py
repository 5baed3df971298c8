"""What every answer carries and every request must pass: Host, headers, origins, and errors that tell no secrets."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

import indexer
from indexer import errors
from webui import messages
from webui.strings import say

# Bytes of a request's body at most: nothing here takes one.
MAX_BODY = 1_000
LOOPBACK = ("localhost", "127.0.0.1", "::1")

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# What pages of allowed origins may read.
_FOR_OTHERS = ("/api/", "/widget.js", "/index.json")
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def install(app: Flask, allow_origins: Sequence[str], hosts: Sequence[str]) -> None:
    """Guard an application."""
    served = frozenset((*LOOPBACK, *(host.lower().strip("[]") for host in hosts)))
    anything = any(_is_wildcard(host) for host in served)
    origins = frozenset(allow_origins)

    @app.before_request
    def check_host() -> tuple[Response | str, int] | None:
        """Refuse names this server does not go by, so that a page elsewhere cannot reach it by rebinding a name."""
        host = _host_name(request.headers.get("Host", ""))
        if host in served or (anything and _is_address(host)):
            return None
        error = errors.BadParameter(say("bad_host", host=host[:100]), say("bad_host_hint"))
        return _answer(error, 421)

    @app.after_request
    def add_headers(response: Response) -> Response:
        """Carry the policy, and name an allowed origin if it asks."""
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        origin = request.headers.get("Origin")
        if request.path.startswith(_FOR_OTHERS) and origins:
            response.vary.add("Origin")
            if origin in origins:
                response.headers["Access-Control-Allow-Origin"] = origin
                response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    app.register_error_handler(errors.XunzhangError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _known(error: errors.XunzhangError) -> tuple[Response | str, int]:
    if isinstance(error, errors.NotFound):
        return _answer(error, 404)
    if isinstance(error, errors.UsageError):
        return _answer(error, 400)
    return _answer(error, 503)


def _http(error: HTTPException) -> tuple[Response | str, int] | Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, NotFound):
        return _answer(errors.NotFound(say("not_found"), say("not_found_hint")), 404)
    if isinstance(error, MethodNotAllowed):
        return _answer(errors.BadParameter(say("bad_method"), say("bad_method_hint")), 405)
    if error.code >= 500:
        return _internal(error.code)
    return _answer(errors.BadParameter(say("bad_request"), say("bad_request_hint")), error.code)


def _unknown(error: Exception) -> tuple[Response | str, int]:
    """The log gets the error, without the query; the caller a sentence."""
    current_app.logger.error("%s %s: %s", request.method, request.path, type(error).__name__, exc_info=error)
    return _internal(500)


def _internal(status: int) -> tuple[Response | str, int]:
    error = errors.XunzhangError(say("internal"), say("internal_hint"))
    error.code = "internal"
    return _answer(error, status)


def _answer(error: errors.XunzhangError, status: int) -> tuple[Response | str, int]:
    """The envelope for programs, a page for people."""
    if request.path.startswith("/api/") or request.path == "/healthz":
        return jsonify(indexer.error_to_dict(error)), status
    return render_template("error.html", message=messages.of_error(error), status=status), status


def _host_name(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _is_wildcard(host: str) -> bool:
    """Whether listening on ``host`` means listening on every address of the machine."""
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_address(host: str) -> bool:
    """A literal address cannot be rebound, so it is as good as its owner."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
