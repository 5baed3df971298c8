"""Answers as JSON, in the same form whatever the settings of an application around."""

from __future__ import annotations

import json

from flask import Response

try:
    import orjson
except ImportError:  # of Pythons other than CPython
    orjson = None  # type: ignore[assignment]


def answer_json(body: object, status: int = 200) -> Response:
    """Write an object as it goes over the wire: UTF-8 without needless spaces, what UTF-8 cannot carry replaced."""
    return Response(encode(body), status, mimetype="application/json")


def encode(body: object) -> bytes:
    """Encode an object, in a seventh of the time that ``json`` takes, if it can be."""
    if orjson is None:
        return _encode_any(body)
    try:
        return orjson.dumps(body, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # a lone surrogate, typed or of a file's name
        return _encode_any(body)


def _encode_any(body: object) -> bytes:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"
