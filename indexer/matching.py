"""Where the leaves of an analysed query stand in folded characters. Imports the model only.

Engines use it to verify candidates, ``highlight`` to mark what was matched: one definition for both.
All ranges are half open, in folded characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from indexer.model import Glob, Literal, Range, Wild, Within

# Word characters that a ``*`` inside a wildcard may stand for at most, so that its work is bounded.
GLOB_GAP = 16


def contains(chars: str, literal: Literal) -> bool:
    """Whether any spelling of ``literal`` stands in ``chars``."""
    return any(spelling in chars for spelling in literal.alternatives)


def is_as_typed(text: str, literal: Literal) -> bool:
    """Whether original text holds the very characters that the literal asks for, if it does, white space aside."""
    return not literal.original or _squeezed(literal.original) in _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def literal_spans(chars: str, literal: Literal) -> list[Range]:
    """Every occurrence of every spelling, overlapping ones too, in order."""
    return sorted({span for spelling in literal.alternatives for span in _occurrences(chars, spelling)})


def glob_spans(chars: str, glob: Glob, lengths: Sequence[int]) -> list[Range]:
    """Every match of ``glob``, one per place where it can start (or end, if bound to a word's end).

    A match bound to a word's boundary takes in the rest of that word. ``lengths`` are the lengths of the segmented
    pieces of ``chars``; they are looked at only if the glob is bound to a boundary.
    """
    if not (glob.starts_word or glob.ends_word):
        return [(match.start(), match.end(1)) for match in _pattern(glob.pieces, "ahead").finditer(chars)]
    edges = list(accumulate(lengths, initial=0))
    spans = _spans_to_word_ends(chars, glob, edges) if glob.ends_word else _spans_from_word_starts(chars, glob, edges)
    return list(spans)


def within_spans(chars: str, within: Within) -> list[Range]:
    """The occurrences of both sides that have one of the other side near enough, in order."""
    left, right = literal_spans(chars, within.left), literal_spans(chars, within.right)
    near = {span for a in left for b in _near(a, right, within.distance) for span in (a, b)}
    return sorted(near)


def _occurrences(chars: str, spelling: str) -> Iterator[Range]:
    start = chars.find(spelling)
    while start >= 0:
        yield start, start + len(spelling)
        start = chars.find(spelling, start + 1)


def _near(span: Range, others: Sequence[Range], distance: int) -> Iterator[Range]:
    """Those of ``others`` (in order) that do not overlap ``span`` and leave at most ``distance`` characters between."""
    start, end = span
    widest = max((b - a for a, b in others), default=0)
    first = bisect_left(others, (start - distance - widest, 0))
    last = bisect_right(others, (end + distance, len(others) and others[-1][1]))
    for a, b in others[first:last]:
        if 0 <= a - end <= distance or 0 <= start - b <= distance:
            yield a, b


def _spans_from_word_starts(chars: str, glob: Glob, edges: Sequence[int]) -> Iterator[Range]:
    pattern = _pattern(glob.pieces, "here")
    for start in edges[:-1]:
        if match := pattern.match(chars, start):
            yield start, edges[bisect_left(edges, match.end())]


def _spans_to_word_ends(chars: str, glob: Glob, edges: Sequence[int]) -> Iterator[Range]:
    pattern = _pattern(glob.pieces, "to end")
    reach = sum(GLOB_GAP if piece is Wild.MANY else len(piece) for piece in glob.pieces)
    for end in edges[1:]:
        if match := pattern.search(chars, max(0, end - reach), end):
            yield edges[bisect_right(edges, match.start()) - 1], end


@lru_cache(maxsize=256)
def _pattern(pieces: tuple[str | Wild, ...], anchor: str) -> re.Pattern[str]:
    body = "".join(map(_piece_pattern, pieces))
    return re.compile({"ahead": f"(?=({body}))", "here": body, "to end": rf"{body}\Z"}[anchor])


def _piece_pattern(piece: str | Wild) -> str:
    if piece is Wild.ONE:
        return r"\w"
    if piece is Wild.MANY:
        return rf"\w{{0,{GLOB_GAP}}}?"
    return re.escape(piece)
