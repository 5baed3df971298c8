"""The pictures that documents show."""

from __future__ import annotations

import re

from flask import Blueprint, Response

import indexer
from indexer.errors import NotFound
from webui.http.files import send_bytes
from webui.strings import say

# What pictures begin with, after the registries of their formats; whatever begins otherwise is none.
_SIGNATURES = (
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/gif", re.compile(rb"GIF8[79]a")),
    ("image/webp", re.compile(rb"RIFF.{4}WEBP", re.S)),
    ("image/avif", re.compile(rb".{4}ftypavi[fs]", re.S)),
    ("image/bmp", re.compile(rb"BM.{4}\0{4}", re.S)),
    ("image/svg+xml", re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:svg\b|[?!].*?<svg\b)", re.S)),
)
# Code points of an SVG before its element.
_HEAD = 4_000
# For who opens a picture by itself: scripts in an SVG run nowhere, and nothing is asked of elsewhere.
_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"


def add_routes(routes: Blueprint, index: indexer.Index, *, are_offered: bool) -> None:
    """Add ``/picture/…``, which finds nothing where no pictures are offered."""

    @routes.get("/picture/<passage_id>/<int:number>")
    def picture(passage_id: str, number: int) -> Response:
        """Send a picture that a passage shows, and no other file."""
        found = index.picture(passage_id, number) if are_offered else None
        kind = media_type(found.content) if found is not None else None
        if found is None or kind is None:
            raise NotFound(say("picture_gone"), say("picture_gone_hint"))
        return send_bytes(found, kind, _POLICY)


def media_type(content: bytes) -> str | None:
    """Return the type of a picture by what it begins with; None for what is none."""
    return next((kind for kind, begins in _SIGNATURES if begins.match(content, 0, _HEAD)), None)
