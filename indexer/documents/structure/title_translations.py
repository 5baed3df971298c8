"""A title that is said once more in another language."""

from __future__ import annotations

import re

_HAN = re.compile("[\u4e00-\u9fff]")
# Characters of one; what is shorter may be part of the title: an abbreviation, a name.
_LEAST = 16


def is_translation(text: str, title: str) -> bool:
    """Tell a line in Latin letters that says a Chinese title once more."""
    return len(text) >= _LEAST and _HAN.search(text) is None and _HAN.search(title) is not None
