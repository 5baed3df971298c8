"""Where the leaves of an analysed query stand in folded characters. Imports the model only.

Engines use it to verify candidates, ``highlight`` to mark what was matched: one definition for both.
All ranges are half open, in folded characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

from indexer.model import Glob, Literal, Range, Wild, Within

# Word characters that a ``*`` inside a wildcard may stand for at most, so that its work is bounded.
GLOB_GAP = 16

# Pieces of a glob without ``Wild.MANY``.
_Segment: TypeAlias = "tuple[str | Wild, ...]"

_NO_WORD = re.compile(r"\W")
_WORDS_AT_END = re.compile(r"\w*\Z")


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
    """Every match of ``glob``: the shortest one at each place where one starts; bound to a word's end, the longest one
    before each place where one ends.

    A match bound to a word's boundary takes in the rest of that word. ``lengths`` are the lengths of the segmented
    pieces of ``chars``; they are looked at only if the glob is bound to a boundary. Time grows with characters times
    pieces, whatever both are.
    """
    segments = _segments(glob.pieces)
    if not (glob.starts_word or glob.ends_word):
        return sorted(_shortest_ends(chars, segments).items())
    edges = list(accumulate(lengths, initial=0))
    bound = _spans_to_word_ends if glob.ends_word else _spans_from_word_starts
    return list(bound(chars, segments, edges))


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


def _spans_from_word_starts(chars: str, segments: Sequence[_Segment], edges: Sequence[int]) -> Iterator[Range]:
    ends = _shortest_ends(chars, segments)
    for start in edges[:-1]:
        if start in ends:
            yield start, edges[bisect_left(edges, ends[start])]


def _spans_to_word_ends(chars: str, segments: Sequence[_Segment], edges: Sequence[int]) -> Iterator[Range]:
    starts = _earliest_starts(chars, segments)
    for end in edges[1:]:
        if end in starts:
            yield edges[bisect_right(edges, starts[end]) - 1], end


@lru_cache(maxsize=256)
def _segments(pieces: tuple[str | Wild, ...]) -> tuple[_Segment, ...]:
    """What stands between the stars of a glob; each matches characters of a fixed number."""
    segments: list[_Segment] = [()]
    for piece in pieces:
        if piece is Wild.MANY:
            segments.append(())
        else:
            segments[-1] = (*segments[-1], piece)
    return tuple(segments)


def _shortest_ends(chars: str, segments: Sequence[_Segment]) -> Mapping[int, int]:
    """Where a match of all ``segments`` starts → where the shortest one ends.

    Found from the last segment to the first. Of the places within reach where the rest may go on, the first gives the
    shortest match: a rest that starts later never ends earlier.
    """
    *others, last = segments
    ends = {start: start + _length(last) for start in _starts(chars, last)}
    for segment in reversed(others):
        rests = sorted(ends)
        length = _length(segment)
        found = ((start, _first_after(chars, start + length, rests)) for start in _starts(chars, segment))
        ends = {start: ends[rest] for start, rest in found if rest is not None}
    return ends


def _earliest_starts(chars: str, segments: Sequence[_Segment]) -> Mapping[int, int]:
    """Where a match of all ``segments`` ends → where the longest one starts; as above, from the first to the last."""
    first, *others = segments
    starts = {start + _length(first): start for start in _starts(chars, first)}
    for segment in others:
        before = sorted(starts)
        length = _length(segment)
        found = ((start, _farthest_before(chars, start, before)) for start in _starts(chars, segment))
        starts = {start + length: starts[end] for start, end in found if end is not None}
    return starts


def _first_after(chars: str, at: int, places: Sequence[int]) -> int | None:
    """The first of ``places`` that at most ``GLOB_GAP`` characters, all of words, part from ``at``."""
    index = bisect_left(places, at)
    if index == len(places) or places[index] > at + GLOB_GAP or _NO_WORD.search(chars, at, places[index]):
        return None
    return places[index]


def _farthest_before(chars: str, at: int, places: Sequence[int]) -> int | None:
    """The first of ``places`` from which at most ``GLOB_GAP`` characters, all of words, lead to ``at``."""
    gap = _WORDS_AT_END.search(chars, max(0, at - GLOB_GAP), at)
    index = bisect_left(places, gap.start() if gap else at)
    return places[index] if index < len(places) and places[index] <= at else None


def _starts(chars: str, segment: _Segment) -> list[int]:
    """Where ``segment`` matches, overlapping matches too."""
    return [match.start() for match in _pattern(segment).finditer(chars)]


def _length(segment: _Segment) -> int:
    return sum(map(len, segment))


@lru_cache(maxsize=1_024)
def _pattern(segment: _Segment) -> re.Pattern[str]:
    body = "".join(r"\w" if piece is Wild.ONE else re.escape(piece) for piece in segment)
    return re.compile(f"(?={body})")
