"""Where leaves stand in a segment, from positions alone: no text is looked at.

A position counts the characters of all rows, with one left free after each row (``layout``), so that what is adjacent
is in one row. Deleted rows are included everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, in_order
from indexer.engines.whoosh.segments.position_marks import UNKNOWN
from indexer.engines.whoosh.segments.posting import changes
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import members
from indexer.model import Glob, Literal, Wild, Within
from indexer.model.choices import GLOB_GAP
from indexer.model.records import record
from indexer.query.spans import FIGURES, POINTS, POINTS_BEFORE, WHOLE_KINDS, visible_characters

# Where characters begin: (folded, as they were typed or "") → positions.
Begins = Callable[[str, str], Numbers]


def begins_of(reader: SegmentReader, chars: str) -> Numbers:
    """Where ``chars``, at least one, stand."""
    if len(chars) <= 2:
        return reader.positions(chars)
    pairs = []
    for at in range(len(chars) - 1):
        if not (occurrences := reader.occurrences(chars[at : at + 2])):
            return NO_ROWS
        pairs.append((occurrences, at))
    covered: set[int] = set()
    chosen = []
    for _, at in sorted(pairs):  # the rarest that together hold every character
        if not {at, at + 1} <= covered:
            covered |= {at, at + 1}
            chosen.append(at)
    return _begins_of_all([(reader.positions(chars[at : at + 2]), at) for at in chosen])


def whole_begins_of(reader: SegmentReader, chars: str) -> Numbers:
    """Where ``chars``, at least one, stand whole (``Literal.whole``)."""
    return _standing_whole(reader, chars, begins_of(reader, chars))


def _standing_whole(reader: SegmentReader, chars: str, begins: Numbers) -> Numbers:
    """Those of the places where ``chars`` begin at which neither end goes on."""
    begins = begins[~members(_going_on(reader, chars[0], -1), begins)] if len(begins) else begins
    lasts = begins + len(chars) - 1
    return begins[~members(_going_on(reader, chars[-1], 1), lasts)] if len(begins) else begins


def _going_on(reader: SegmentReader, end: str, step: int) -> Numbers:
    """Where ``end`` stands with something on one side (``step``) that belongs to it."""
    return reader.stored.get(("going on", end, step), lambda: (_find_going_on(reader, end, step),))[0]


def _find_going_on(reader: SegmentReader, end: str, step: int) -> Numbers:
    kind = next((kind for kind in WHOLE_KINDS if end in kind), "")
    touching = [_beside(reader, end, other, step) for other in kind]
    points = POINTS if step > 0 else POINTS_BEFORE
    for point in points if kind is FIGURES else "":
        pointed = _beside(reader, end, point, step)
        if len(pointed):
            figures = in_order([_beside(reader, point, figure, step) for figure in kind])
            touching.append(pointed[members(figures, pointed + step)])
    return in_order(touching)


def _beside(reader: SegmentReader, char: str, other: str, step: int) -> Numbers:
    """Where ``char`` stands with ``other`` right before (``step`` -1) or after it (1)."""
    return reader.positions(char + other) if step > 0 else reader.positions(other + char) + 1


class TypedBegins:
    """Where the pieces of one leaf stand, written as they were typed if that counts; each is found once, however often
    it is asked for.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._found: dict[tuple[str, str], tuple[Numbers, Mask]] = {}

    def sure(self, chars: str, typed: str) -> Numbers:
        """Where ``chars``, at least one, surely stand, written as ``typed`` if that is not empty."""
        begins, sure = self._find(chars, typed)
        return begins if sure.all() else begins[sure]

    def unsure(self, chars: str, typed: str) -> Numbers:
        """Where only the text tells whether they are written so."""
        begins, sure = self._find(chars, typed)
        return begins[~sure]

    def possible(self, chars: str, typed: str) -> Numbers:
        """Where they surely are, or only the text tells."""
        return self._find(chars, typed)[0]

    @property
    def are_sure(self) -> bool:
        """Whether no text need be looked at for any place that was asked for."""
        return all(sure.all() for _, sure in self._found.values())

    def _find(self, chars: str, typed: str) -> tuple[Numbers, Mask]:
        key = chars, typed
        if key not in self._found:
            self._found[key] = _begins_as_typed(self._reader, chars, typed)
        return self._found[key]


def _begins_as_typed(reader: SegmentReader, chars: str, typed: str) -> tuple[Numbers, Mask]:
    """Where ``chars`` may stand as ``typed``, and for each place whether that is sure."""
    begins = begins_of(reader, chars)
    written = visible_characters(typed)
    if not typed or len(written) != len(chars):
        return begins, np.full(len(begins), not typed)
    sure = np.ones(len(begins), dtype=bool)
    for offset, (folded, shown) in enumerate(zip(chars, written, strict=True)):
        codes = reader.written(folded, begins + offset)
        unknown = codes == UNKNOWN
        possible = unknown | (codes == ord(shown))
        begins, sure = begins[possible], (sure & ~unknown)[possible]
    return begins, sure


def glob_rows(reader: SegmentReader, glob: Glob, begins: Begins) -> Numbers:
    """The rows that hold a wildcard with a character, its pieces standing where ``begins`` says."""
    chain = _chain(glob)
    *before, last = [_pattern_begins(reader, pattern, begins) for pattern in chain.patterns]
    last = last[_ends_well(reader, last + chain.patterns[-1].length, chain.gaps[-1], bound=glob.ends_word)]
    for pattern, starts, gap in reversed(list(zip(chain.patterns, before, chain.gaps[1:], strict=False))):
        last = starts[_reaches(reader, starts + pattern.length, last, gap)]
    return distinct_rows(reader, last[_begins_well(reader, last, chain.gaps[0], bound=glob.starts_word)])


def within_rows(reader: SegmentReader, within: Within, begins: Begins) -> Numbers:
    """The rows for which ``within`` is true, its sides standing where ``begins`` says."""
    lefts, rights = ([*begins_of_spellings(reader, side, begins)] for side in (within.left, within.right))
    found = np.zeros(reader.size, dtype=bool)
    for left in lefts:
        for right in rights:
            for (first, length), (second, _) in ((left, right), (right, left)):
                found[_followed(reader, first + length, second, within.distance)] = True
    return np.flatnonzero(found)


def distinct_rows(reader: SegmentReader, positions: Numbers) -> Numbers:
    """The rows of ascending positions, each once."""
    rows = reader.rows_at(positions)
    return rows[changes(rows)]


def begins_of_spellings(reader: SegmentReader, literal: Literal, begins: Begins) -> Iterator[tuple[Numbers, int]]:
    """Yield where each spelling of a literal begins, standing where ``begins`` says, and its length."""
    for spelling in literal.alternatives:
        yield begins(spelling, literal.original), len(spelling)
    for spelling in literal.whole:
        yield _standing_whole(reader, spelling, begins(spelling, literal.original)), len(spelling)


def _begins_of_all(lists: Sequence[tuple[Numbers, int]]) -> Numbers:
    """Where something begins that has each of the positions at its offset."""
    (shortest, offset), *others = sorted(lists, key=lambda each: len(each[0]))
    begins = shortest - offset
    for positions, at in others:
        begins = begins[members(positions, begins + at)]
    return begins


# ── wildcards ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Fewest and most word characters.
_Gap = tuple[int, int]


@record
class _Pattern:
    """What stands between two stars: characters (folded, as typed) at offsets, and offsets of single wild ones."""

    pieces: tuple[tuple[str, str, int], ...]
    wild: tuple[int, ...]
    length: int


@record
class _Chain:
    """A wildcard as patterns with characters, and the gaps before, between and after them."""

    patterns: Sequence[_Pattern]
    gaps: Sequence[_Gap]


def _chain(glob: Glob) -> _Chain:
    """Stars, and wild ones that stand alone between them, become gaps."""
    typed = iter(glob.originals)
    patterns: list[_Pattern] = []
    gaps = [(0, 0)]
    for is_star, run in groupby(glob.pieces, Wild.MANY.__eq__):
        pieces = list(run)
        least, most = gaps[-1]
        if is_star:
            gaps[-1] = least, most + GLOB_GAP * len(pieces)
        elif all(isinstance(piece, Wild) for piece in pieces):
            gaps[-1] = least + len(pieces), most + len(pieces)
        else:
            patterns.append(_pattern(pieces, typed))
            gaps.append((0, 0))
    return _Chain(patterns, gaps)


def _pattern(pieces: Sequence[str | Wild], typed: Iterator[str]) -> _Pattern:
    kept, wild, offset = [], [], 0
    for piece in pieces:
        if isinstance(piece, Wild):
            wild.append(offset)
        else:
            kept.append((piece, next(typed, ""), offset))
        offset += len(piece)
    return _Pattern(tuple(kept), tuple(wild), offset)


def _pattern_begins(reader: SegmentReader, pattern: _Pattern, begins: Begins) -> Numbers:
    """Where a pattern begins."""
    found = _begins_of_all([(begins(chars, typed), offset) for chars, typed, offset in pattern.pieces])
    found = found[(found >= 0) & (found + pattern.length < len_of(reader))]
    for offset in pattern.wild:
        found = found[~reader.breaks.holding(found + offset)]
    return found


def len_of(reader: SegmentReader) -> int:
    """Positions of a segment."""
    return int(reader.starts[-1])


def _begins_well(reader: SegmentReader, begins: Numbers, gap: _Gap, *, bound: bool) -> Mask:
    """For each begin whether enough word characters stand before it, at the beginning of a word if ``bound``."""
    least, most = gap
    latest = begins - least
    if not (bound or least):
        return np.ones(len(begins), dtype=bool)
    if not bound:
        return (latest >= 0) & _unbroken(reader, latest, begins)
    if gap == (0, 0):
        return reader.edges.holding(begins)
    nearest = _nearest_edges(reader, latest, -1, most - least)
    return (latest >= 0) & (begins - nearest <= most) & _unbroken(reader, nearest, begins)


def _ends_well(reader: SegmentReader, ends: Numbers, gap: _Gap, *, bound: bool) -> Mask:
    """For each end whether enough word characters follow it, up to the end of a word if ``bound``."""
    least, most = gap
    if not (bound or least):
        return np.ones(len(ends), dtype=bool)
    if not bound:
        return _unbroken(reader, ends, ends + least)
    if gap == (0, 0):
        return reader.edges.holding(ends)
    nearest = _nearest_edges(reader, ends + least, 1, most - least)
    return (nearest < len_of(reader)) & (nearest - ends <= most) & _unbroken(reader, ends, nearest)


def _nearest_edges(reader: SegmentReader, positions: Numbers, step: int, reach: int) -> Numbers:
    """The nearest edge of a word from each position on, forwards (``step`` 1) or back (-1).

    Where none is in reach it is what lies beyond that; a position outside the segment stays.
    """
    nearest = positions.copy()
    left = np.flatnonzero((positions >= 0) & (positions < len_of(reader)))
    for _ in range(reach + 1):
        left = left[~reader.edges.holding(nearest[left])]
        nearest[left] += step
    return nearest


def _reaches(reader: SegmentReader, ends: Numbers, begins: Numbers, gap: _Gap) -> Mask:
    """For each end whether a begin follows after a gap of word characters. The first one in reach decides: what stands
    in the way of it stands in the way of all later ones.
    """
    if not len(begins):
        return np.zeros(len(ends), dtype=bool)
    least, most = gap
    following = begins[np.minimum(np.searchsorted(begins, ends + least), len(begins) - 1)]
    near = (following >= ends + least) & (following <= ends + most)
    near[near] = _unbroken(reader, ends[near], following[near])
    return near


def _unbroken(reader: SegmentReader, starts: Numbers, ends: Numbers) -> Mask:
    """Whether nothing but word characters of one row stands from each start to before its end."""
    before_starts, before_ends = (reader.breaks.before(np.clip(each, 0, len_of(reader))) for each in (starts, ends))
    unbroken: Mask = (before_starts == before_ends) | (starts >= ends)
    return unbroken


# ── nearness ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _followed(reader: SegmentReader, ends: Numbers, begins: Numbers, distance: int) -> Numbers:
    """The rows of the ``ends``, some repeatedly, with a begin in the same row at most ``distance`` characters later."""
    if not len(begins):
        return NO_ROWS
    following = begins[np.minimum(np.searchsorted(begins, ends), len(begins) - 1)]
    near = (following >= ends) & (following <= ends + distance)
    ends = ends[near]
    rows = reader.rows_at(ends - 1)
    return rows[following[near] < reader.starts[rows + 1]]
