"""Whole addresses, for use outside of this site."""

from __future__ import annotations

from flask import url_for

import indexer


def of_passage(passage: indexer.Passage) -> str:
    """Make the address of a passage that lasts."""
    return url_for(".passage", permalink=indexer.permalink(passage), _external=True)
