"""Answers that a client has already, told by their ETag before anything is searched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Response, request
from werkzeug.http import quote_etag

import indexer


def unless_known(index: indexer.Index | None, answer: Callable[[], Response]) -> Response:
    """Return ``answer()``, or 304 where the client has it: same address, same commit and synonyms, same program.

    The tag is weak, since ``took_ms`` differs from one answer to the next, and is that of the commit before the answer
    is made: at worst a client asks once more.

    Raises:
        IndexUnavailable: the index cannot be read, even if the client has an answer.
    """
    told = f"{indexer.__version__} {index.revision if index else ''} {request.full_path}"
    tag = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:20]
    known = request.if_none_match
    response = _nothing_new() if known.contains_weak(tag) and not known.star_tag else answer()
    if known.star_tag:  # any answer would do, if there is one (RFC 9110, section 13.1.2)
        response = _nothing_new()
    response.headers["ETag"] = quote_etag(tag, weak=True)
    response.cache_control.no_cache = True
    return response


def _nothing_new() -> Response:
    response = Response(status=304)
    del response.headers["Content-Type"]
    response.vary.add("Accept-Encoding")  # as what the client has
    return response
