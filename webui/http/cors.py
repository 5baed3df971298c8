"""Pages of other origins: which of them may read the API (CORS). None may, unless it is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, Flask, Response, request

from indexer.errors import BadParameter
from webui.urls import mount

# All origins; only for those who typed it.
ANY = "*"
# Paths of the site that a named origin may read.
SHARED = ("/api/v1/", "/widget.js", "/index.json")
# Seconds that a browser need not ask again whether it may ask.
REMEMBERED = "600"

_ORIGIN = re.compile(r"https?://[^\s/?#@*]+", re.I)


def install(scaffold: Flask | Blueprint, allow_origins: Sequence[str]) -> None:
    """Let the pages of some origins read the API; they never bring a reader's cookies with them.

    Raises:
        BadParameter: an origin that no browser would send.
    """
    origins = frozenset(_checked(origin) for origin in allow_origins)
    if not origins:
        return

    @scaffold.after_request
    def admit(response: Response) -> Response:
        """Name the origin that asks, if it may; caches keep the answers to different origins apart."""
        if not mount.path().startswith(SHARED):
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if ANY in origins or origin in origins:
            response.headers["Access-Control-Allow-Origin"] = ANY if ANY in origins else origin
            response.headers["Access-Control-Expose-Headers"] = "ETag"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if "Access-Control-Request-Method" in request.headers:
                _answer_preflight(response)
        return response


def _answer_preflight(response: Response) -> None:
    response.headers["Access-Control-Allow-Methods"] = "GET"
    response.headers["Access-Control-Allow-Headers"] = "Authorization, If-None-Match"
    response.headers["Access-Control-Max-Age"] = REMEMBERED
    if "Access-Control-Request-Private-Network" in request.headers:  # a public page that asks a server at home
        response.headers["Access-Control-Allow-Private-Network"] = "true"


def _checked(origin: str) -> str:
    if origin != ANY and not _ORIGIN.fullmatch(origin):
        hint = "请只写协议、主机和端口，例如 https://example.org，末尾没有 /；* 为所有网站。"
        raise BadParameter(f"“{origin}”不是网页的来源。", hint)
    return origin.lower()
