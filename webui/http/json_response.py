"""Answers as JSON, in the same form whatever the settings of an application around."""

from __future__ import annotations

import json

from flask import Response


def answer_json(body: object, status: int = 200) -> Response:
    """Write an object as it goes over the wire: UTF-8 without needless spaces, what UTF-8 cannot carry replaced."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace") + b"\n", status, mimetype="application/json")
