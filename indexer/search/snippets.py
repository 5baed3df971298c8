"""What is shown of a passage at a glance: all of it, or the window that holds most of what is matched."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.model import Range, Snippet

# Code points of a passage that a person takes in at a glance; a longer one is shown through a window of that length.
SNIPPET_LENGTH = 180
# A window begins after one of these if there is one near before its first match.
_BREAKS = "。！？；!?;\n，,、：:"
_LEAD = 30


def snippet(text: str, highlights: Sequence[Range]) -> Snippet:
    """The whole text if it is short, else the window with most distinct matches."""
    start, end = (0, len(text)) if len(text) <= SNIPPET_LENGTH else _window(text, highlights)
    return Snippet(start, end, _parts(text, highlights, start, end))


def _window(text: str, highlights: Sequence[Range]) -> Range:
    """The window whose matches are most distinct, then most, then first; it begins at a break where one is near."""
    if not highlights:
        return 0, _whole_character(text, SNIPPET_LENGTH)
    worth = list(_worths(text, highlights))
    best = max(range(len(highlights)), key=lambda at: (*worth[at], -at))
    start = _start(text, highlights[best][0])
    end = min(len(text), max(start + SNIPPET_LENGTH, min(highlights[best][1], start + 2 * SNIPPET_LENGTH)))
    if end == len(text):
        start = _whole_character(text, min(start, max(0, end - SNIPPET_LENGTH)))
    return start, _whole_character(text, end)


def _worths(text: str, highlights: Sequence[Range]) -> Iterator[tuple[int, int]]:
    """For the window that begins at each of the highlights: distinct matches in it, and matches."""
    inside: Counter[str] = Counter()
    last = 0  # the first highlight that is not in the window
    for at, (start, end) in enumerate(highlights):
        while last < len(highlights) and highlights[last][1] <= start + SNIPPET_LENGTH - _LEAD:
            a, b = highlights[last]
            inside[text[a:b]] += 1
            last += 1
        yield len(inside), max(0, last - at)
        if last <= at:  # it is longer than a window
            last = at + 1
        elif inside[text[start:end]] == 1:
            del inside[text[start:end]]
        else:
            inside[text[start:end]] -= 1


def _start(text: str, match: int) -> int:
    """After the last break in the lead before ``match``, else a little before it."""
    lead = text[max(0, match - _LEAD) : match]
    if match <= _LEAD:
        return 0
    at = max(lead.rfind(mark) for mark in _BREAKS)
    return _whole_character(text, match - len(lead) + at + 1 if at >= 0 else match - _LEAD // 2)


def _whole_character(text: str, offset: int) -> int:
    """``offset``, or the next one that does not part a character from its combining marks."""
    while offset < len(text) and unicodedata.combining(text[offset]):
        offset += 1
    return offset


def _parts(text: str, highlights: Sequence[Range], start: int, end: int) -> tuple[tuple[str, bool], ...]:
    if end - start < len(text):
        highlights = [(max(a, start), min(b, end)) for a, b in highlights if a < end and b > start]
    parts: list[tuple[str, bool]] = []
    position = start
    for a, b in highlights:
        if position < a:
            parts.append((text[position:a], False))
        parts.append((text[a:b], True))
        position = b
    if position < end:
        parts.append((text[position:end], False))
    return tuple(parts)
