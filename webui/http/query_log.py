"""Keeping what is asked, where the owner of the server wants it; ``indexer.QueryLog`` says what of it."""

from __future__ import annotations

import logging

from flask import Blueprint, Flask, Response, request

import indexer
from webui.urls import mount

# Where a query is asked, of the page and of the API; what goes on through its hits is not asked anew.
_ASKED_AT = ("/", "/api/v1/search")
# In the surroundings of a request that a server makes of itself, to be ready for the first of others.
OWN = "xunzhang.own"


def install(scaffold: Flask | Blueprint, log: indexer.QueryLog | None) -> None:
    """Write down each query that was answered. What cannot be written holds up no answer."""
    if log is None:
        return

    @scaffold.after_request
    def keep(response: Response) -> Response:
        """Write down the query of this request."""
        is_asked = mount.path() in _ASKED_AT and OWN not in request.environ
        if response.status_code == 200 and is_asked and request.args.get("offset", "0") == "0":
            try:
                log.add(request.args.get("q", ""))
            except OSError as error:
                logging.getLogger(__name__).warning("%s: %s", log.path, error)
        return response
