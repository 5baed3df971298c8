"""Whole addresses, for use outside of this site."""

from __future__ import annotations

from urllib.parse import quote

from flask import request, url_for

import indexer

# Where a request keeps the address below which passages stand, of which a page may name hundreds.
_BELOW = "xunzhang.permalinks"
_ANY = "x"


def of_passage(passage: indexer.Passage) -> str:
    """Make the address of a passage that lasts."""
    if _BELOW not in request.environ:
        request.environ[_BELOW] = url_for(".passage", permalink=_ANY, _external=True).removesuffix(_ANY)
    return f"{request.environ[_BELOW]}{quote(indexer.permalink(passage))}"
