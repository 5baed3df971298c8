"""Which addresses that a document gives for itself may be followed: those of the web, and relative ones."""

from __future__ import annotations

import re

# What browsers leave out of an address before they look for its scheme: white space and controls.
_PASSED_OVER = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_FOLLOWED = ("http", "https")


def followable(address: str | None) -> str | None:
    """Return an address that opens a page, None for any other: ``javascript:``, ``data:``, ``file:`` and their like.

    Whoever shows an answer makes links of what it says, so nothing else may come into an index.
    """
    scheme = _SCHEME.match(_PASSED_OVER.sub("", address or ""))
    return address or None if scheme is None or scheme[1].lower() in _FOLLOWED else None
