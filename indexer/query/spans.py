"""Where the leaves of an analysed query stand in folded characters.

Engines use it to verify candidates, the highlighter to mark what was matched: one definition for both.
All ranges are half open, in folded characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from indexer.analysis import Folded, fold
from indexer.analysis.fold import fold_key, visible
from indexer.analysis.numerals import NUMERALS
from indexer.analysis.patterns import lazy
from indexer.model import Glob, Literal, Range, TextLeaf, Wild, Within
from indexer.model.choices import GLOB_GAP

# What a number is written with, and what parts its figures, before it also the month of a date (``10日`` is no duration
# in ``5月10日``); the letters of a Latin word.
FIGURES = "0123456789" + NUMERALS
POINTS = ".,点"
POINTS_BEFORE = f"{POINTS}月"
WHOLE_KINDS = (FIGURES, "abcdefghijklmnopqrstuvwxyz")

_fold_key = lru_cache(maxsize=256)(fold_key)
_NO_WORD = lazy(r"\W")
_WORDS_AT_END = lazy(r"\w*\Z")


@dataclass(slots=True, eq=False, repr=False)
class Value:
    """A passage, a heading, a title: what leaves are looked for in.

    Attributes:
        chars: its folded characters.
        original: the same before folding; looked at only for leaves that ask for the very characters typed.
        lengths: of the segmented pieces of ``chars``; looked at only for globs bound to a word's boundary.
        folding: how ``original`` became ``chars``, once that is known; it is found out when needed.
    """

    chars: str
    original: str = ""
    lengths: Sequence[int] = ()
    folding: Folded | None = None

    def is_as_typed(self, start: int, end: int, typed: str) -> bool:
        """Tell whether a folded range was written with the visible characters of ``typed``."""
        self.folding = self.folding or fold(self.original)
        begin, stop = self.folding.original(start, end)
        written = self.original[begin:stop]
        return written == typed or visible(written) == visible(typed)


def holds(value: Value, leaf: TextLeaf) -> bool:
    """Tell whether ``leaf`` stands anywhere in ``value``."""
    if not isinstance(leaf, Literal):
        return bool(spans(value, leaf))
    if is_typed(leaf):
        return any(spelling in value.chars for spelling in leaf.spellings) and _holds_as_typed(value, leaf)
    return any(spelling in value.chars for spelling in leaf.alternatives) or any(
        is_whole(value.chars, *span) for spelling in leaf.whole for span in _occurrences(value.chars, spelling)
    )


@lru_cache(maxsize=4_096)
def vanishes(char: str) -> bool:
    """Tell whether folding drops a character that is no white space."""
    return not char.isspace() and fold(f"字{char}字").text == "字字"


def visible_characters(typed: str) -> str:
    """Return what of ``typed`` must stand as it is."""
    return visible(typed)


def _holds_as_typed(value: Value, literal: Literal) -> bool:
    """Tell whether a literal that ``value`` holds is anywhere written as typed; mostly one look into the text tells."""
    sure = surely_written(literal)
    if sure and sure in value.original:
        return True
    return visible(literal.original) in visible(value.original) and bool(spans(value, literal))


def surely_written(literal: Literal) -> str:
    """Return what shows, wherever it stands in a text before folding, that the text holds ``literal`` as it was typed;
    an empty string where nothing does.
    """
    written = visible(literal.original)
    return written if _fold_key(written) in literal.alternatives else ""


def is_whole(chars: str, start: int, end: int) -> bool:
    """Tell whether what stands at a range of folded characters goes on at neither end (``Literal.whole``)."""
    before, after = chars[max(0, start - 2) : start][::-1], chars[end : end + 2]
    if start == end:
        return True
    return not (_goes_on(chars[start], before, POINTS_BEFORE) or _goes_on(chars[end - 1], after, POINTS))


def _goes_on(end: str, beyond: str, points: str) -> bool:
    """Tell whether ``beyond``, the characters next to an end and then farther from it, belongs to what ends there."""
    kind = next((kind for kind in WHOLE_KINDS if end in kind), "")
    nearest, farther = beyond[:1], beyond[1:2]
    if not kind or not nearest:
        return False
    return nearest in kind or (kind is FIGURES and nearest in points and farther != "" and farther in kind)


def may_be_wild(char: str) -> bool:
    """Tell whether ``Wild.ONE`` may stand for a folded character."""
    return _NO_WORD.match(char) is None


def is_typed(leaf: TextLeaf) -> bool:
    """Tell whether ``leaf`` asks for the very characters typed."""
    match leaf:
        case Literal():
            return bool(leaf.original)
        case Glob():
            return bool(leaf.originals)
        case Within(left, right):
            return is_typed(left) or is_typed(right)


def spans(value: Value, leaf: TextLeaf) -> list[Range]:
    """Return where ``leaf`` stands in ``value``, in order."""
    match leaf:
        case Literal():
            return _literal_spans(value, leaf)
        case Glob():
            return _glob_spans(value, leaf)
        case Within():
            return _within_spans(value, leaf)


class Spelling(NamedTuple):
    """One spelling of a literal.

    Attributes:
        chars: folded.
        is_whole: whether it counts only where neither end goes on (``Literal.whole``).
        original: as in ``Literal``.
    """

    chars: str
    is_whole: bool
    original: str

    @classmethod
    def all_of(cls, literal: Literal) -> Iterator[Spelling]:
        """Yield the spellings of a literal."""
        for chars in literal.alternatives:
            yield cls(chars, is_whole=False, original=literal.original)
        for chars in literal.whole:
            yield cls(chars, is_whole=True, original=literal.original)

    def spans(self, value: Value) -> list[Range]:
        """Return where it stands in ``value``, in order, overlapping places too."""
        found = _occurrences(value.chars, self.chars)
        if self.is_whole:
            found = [span for span in found if is_whole(value.chars, *span)]
        if self.original:
            found = [span for span in found if value.is_as_typed(*span, self.original)]
        return found


def _literal_spans(value: Value, literal: Literal) -> list[Range]:
    """Return every occurrence of every spelling, overlapping ones too."""
    return sorted({span for spelling in Spelling.all_of(literal) for span in spelling.spans(value)})


def _glob_spans(value: Value, glob: Glob) -> list[Range]:
    """Return every match of ``glob``: the shortest one from each start; bound to a word's end, the longest to each end.

    A match bound to a word's boundary takes in the rest of that word. Time grows with characters times pieces,
    whatever both are.
    """
    segments = _segments(glob.pieces, glob.originals)
    if not glob.is_bound:
        return sorted(_shortest_ends(value, segments).items())
    edges = list(accumulate(value.lengths, initial=0))
    bound = _spans_to_word_ends if glob.ends_word else _spans_from_word_starts
    return list(bound(value, segments, edges))


def _within_spans(value: Value, within: Within) -> list[Range]:
    """Return the occurrences of both sides that have one of the other side near enough, in order."""
    left, right = _literal_spans(value, within.left), _literal_spans(value, within.right)
    widest = max((end - start for start, end in right), default=0)
    near = {span for a in left for b in _near(a, right, within.distance, widest) for span in (a, b)}
    return sorted(near)


def _occurrences(chars: str, spelling: str) -> list[Range]:
    found: list[Range] = []
    start = chars.find(spelling)
    while start >= 0:
        found.append((start, start + len(spelling)))
        start = chars.find(spelling, start + 1)
    return found


def _near(span: Range, others: Sequence[Range], distance: int, widest: int) -> Iterator[Range]:
    """Yield those of ``others`` (in order, at most ``widest`` long) that do not overlap ``span`` and leave at most
    ``distance`` characters between.
    """
    start, end = span
    first = bisect_left(others, (start - distance - widest, 0))
    last = bisect_right(others, (end + distance, len(others) and others[-1][1]))
    for a, b in others[first:last]:
        if 0 <= a - end <= distance or 0 <= start - b <= distance:
            yield a, b


def _spans_from_word_starts(value: Value, segments: Sequence[_GlobSegment], edges: Sequence[int]) -> Iterator[Range]:
    ends = _shortest_ends(value, segments)
    for start in edges[:-1]:
        if start in ends:
            yield start, edges[bisect_left(edges, ends[start])]


def _spans_to_word_ends(value: Value, segments: Sequence[_GlobSegment], edges: Sequence[int]) -> Iterator[Range]:
    starts = _earliest_starts(value, segments)
    for end in edges[1:]:
        if end in starts:
            yield edges[bisect_right(edges, starts[end]) - 1], end


@dataclass(eq=False, repr=False)
class _GlobSegment:
    """What stands between two stars of a glob: a fixed number of characters, and how its literal pieces were typed."""

    pieces: tuple[str | Wild, ...] = ()
    originals: tuple[str, ...] = ()

    def starts(self, value: Value) -> list[int]:
        """Return where it matches, overlapping matches too."""
        found = [match.start() for match in self._pattern.finditer(value.chars)]
        return [start for start in found if self._is_as_typed(value, start)] if self.originals else found

    @cached_property
    def length(self) -> int:
        return sum(map(len, self.pieces))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        body = "".join(r"\w" if piece is Wild.ONE else re.escape(piece) for piece in self.pieces)
        return re.compile(f"(?={body})")

    def _is_as_typed(self, value: Value, start: int) -> bool:
        originals = iter(self.originals)
        ends = accumulate(map(len, self.pieces), initial=start)
        return all(
            isinstance(piece, Wild) or value.is_as_typed(*span, next(originals))
            for piece, span in zip(self.pieces, pairwise(ends), strict=True)
        )


@lru_cache(maxsize=256)
def _segments(pieces: tuple[str | Wild, ...], originals: tuple[str, ...]) -> tuple[_GlobSegment, ...]:
    segments = [_GlobSegment()]
    typed = iter(originals)
    for piece in pieces:
        *done, last = segments
        if piece is Wild.MANY:
            segments.append(_GlobSegment())
        elif isinstance(piece, Wild):
            segments = [*done, replace(last, pieces=(*last.pieces, piece))]
        else:
            segments = [*done, _GlobSegment((*last.pieces, piece), (*last.originals, *islice(typed, 1)))]
    return tuple(segments)


def _shortest_ends(value: Value, segments: Sequence[_GlobSegment]) -> Mapping[int, int]:
    """Return where a match of all ``segments`` starts → where the shortest one ends.

    Found from the last segment to the first. Of the places within reach where the rest may go on, the first gives the
    shortest match: a rest that starts later never ends earlier.
    """
    *others, last = segments
    ends = {start: start + last.length for start in last.starts(value)}
    for segment in reversed(others):
        rests = sorted(ends)
        length = segment.length
        found = ((start, _first_after(value.chars, start + length, rests)) for start in segment.starts(value))
        ends = {start: ends[rest] for start, rest in found if rest is not None}
    return ends


def _earliest_starts(value: Value, segments: Sequence[_GlobSegment]) -> Mapping[int, int]:
    """Return where a match of all ``segments`` ends → where the longest starts, as above, from first to last."""
    first, *others = segments
    starts = {start + first.length: start for start in first.starts(value)}
    for segment in others:
        before = sorted(starts)
        length = segment.length
        found = ((start, _farthest_before(value.chars, start, before)) for start in segment.starts(value))
        starts = {start + length: starts[end] for start, end in found if end is not None}
    return starts


def _first_after(chars: str, at: int, positions: Sequence[int]) -> int | None:
    """Return the first of ``positions`` that at most ``GLOB_GAP`` characters, all of words, part from ``at``."""
    index = bisect_left(positions, at)
    if index == len(positions) or positions[index] > at + GLOB_GAP or _NO_WORD.search(chars, at, positions[index]):
        return None
    return positions[index]


def _farthest_before(chars: str, at: int, positions: Sequence[int]) -> int | None:
    """Return the first of ``positions`` from which at most ``GLOB_GAP`` characters, all of words, lead to ``at``."""
    gap = _WORDS_AT_END.search(chars, max(0, at - GLOB_GAP), at)
    index = bisect_left(positions, gap.start() if gap else at)
    return positions[index] if index < len(positions) and positions[index] <= at else None
