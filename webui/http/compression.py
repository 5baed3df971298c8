"""Answers in gzip for those who accept it: the first page has to be light without a proxy in front."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Blueprint, Flask, Response, request

# Bytes below which nothing is won, and the level: 6 costs 1 ms for a large page and is within 1 % of 9.
SMALLEST = 600
LEVEL = 6

_TYPES = (
    "text/",
    "application/json",
    "application/atom+xml",
    "image/svg+xml",
    "application/javascript",
)


def install(scaffold: Flask | Blueprint) -> None:
    """Compress whole answers of text; streams pass as they are."""

    @scaffold.after_request
    def compress(response: Response) -> Response:
        """Compress one answer."""
        if not (response.mimetype or "").startswith(_TYPES) or _is_stream(response):
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] and response.status_code == 200 and not response.content_encoding:
            _replace_body(response, is_static=(request.endpoint or "").endswith(".static"))
        return response


def _is_stream(response: Response) -> bool:
    return response.is_streamed and not response.direct_passthrough


def _replace_body(response: Response, *, is_static: bool) -> None:
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < SMALLEST:
        return
    response.set_data(_kept(body) if is_static else gzip.compress(body, LEVEL, mtime=0))
    response.content_encoding = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # other bytes for the same thing


@lru_cache(maxsize=64)
def _kept(body: bytes) -> bytes:
    """Compress and keep a script or a style: they are few and requested again and again."""
    return gzip.compress(body, 9, mtime=0)
