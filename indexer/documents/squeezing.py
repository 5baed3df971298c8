"""Texts as browsers compare them when they look for one on a page."""

from __future__ import annotations

import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))


def squeezed(text: str) -> str:
    """Return a text without white space and what is invisible, and without case and width."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().split())
