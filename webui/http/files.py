"""Files as answers: whole, in the ranges that are asked for, or not at all to whoever has them."""

from __future__ import annotations

import hashlib
from io import BytesIO

from flask import Response, send_file

import indexer


def send_bytes(found: indexer.Original, kind: str, policy: str, *, is_kept: bool = False) -> Response:
    """Send a file; browsers ask each time whether it is still the same.

    Args:
        found: the file.
        kind: its media type.
        policy: what a browser that shows it may do.
        is_kept: whether it is to be kept and not to be shown.
    """
    response = send_file(
        BytesIO(found.content),
        kind,
        as_attachment=is_kept,
        download_name=found.name,
        conditional=True,
        etag=hashlib.sha256(found.content).hexdigest()[:32],
    )
    response.headers["Content-Security-Policy"] = policy
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response
