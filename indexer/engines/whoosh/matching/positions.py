"""Where runs of characters begin in a segment, from the positions of its pairs alone: no text is looked at.

A position counts the characters of all rows, with one left free after each row (``layout``), so that what is adjacent
is in one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from indexer.engines.whoosh.matching.row_sets import members
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.model import Glob, Literal, Wild, Within
from indexer.model.choices import GLOB_GAP
from indexer.query.spans import FIGURES, POINTS, POINTS_BEFORE, WHOLE_KINDS

# Characters, and wild ones that any one word character may stand for.
Pattern = Sequence[str | Wild]


def begins_of(reader: SegmentReader, chars: str) -> Numbers:
    """Where ``chars``, at least two, stand, deleted rows included."""
    pairs = sorted((reader.occurrences(chars[at : at + 2]), at) for at in range(len(chars) - 1))
    covered: set[int] = set()
    chosen = []
    for _, at in pairs:  # the rarest that together hold every character
        if not {at, at + 1} <= covered:
            covered |= {at, at + 1}
            chosen.append(at)
    return _begins_of_all([(reader.positions(chars[at : at + 2]), at) for at in chosen])


def whole_begins_of(reader: SegmentReader, chars: str) -> Numbers:
    """Where ``chars``, at least two, stand whole (``Literal.whole``), deleted rows included."""
    begins = begins_of(reader, chars)
    begins = begins[~members(_going_on(reader, chars[0], -1), begins)] if len(begins) else begins
    lasts = begins + len(chars) - 1
    return begins[~members(_going_on(reader, chars[-1], 1), lasts)] if len(begins) else begins


def going_on(reader: SegmentReader, char: str) -> Numbers:
    """Where a character does not stand whole by itself, deleted rows included."""
    return np.unique(np.concatenate([_going_on(reader, char, -1), _going_on(reader, char, 1)]))


def _going_on(reader: SegmentReader, end: str, step: int) -> Numbers:
    """Where ``end`` stands with something on one side (``step``) that belongs to it."""
    kind = next((kind for kind in WHOLE_KINDS if end in kind), "")
    touching = [_beside(reader, end, other, step) for other in kind]
    points = POINTS if step > 0 else POINTS_BEFORE
    for point in points if kind is FIGURES else "":
        pointed = _beside(reader, end, point, step)
        if len(pointed):
            figures = np.sort(np.concatenate([_beside(reader, point, figure, step) for figure in kind]))
            touching.append(pointed[members(figures, pointed + step)])
    return np.sort(np.concatenate([NO_ROWS, *touching]))


def _beside(reader: SegmentReader, char: str, other: str, step: int) -> Numbers:
    """Where ``char`` stands with ``other`` right before (``step`` -1) or after it (1)."""
    return reader.positions(char + other) if step > 0 else reader.positions(other + char) + 1


def glob_rows(reader: SegmentReader, glob: Glob) -> tuple[Numbers, bool] | None:
    """The rows that a wildcard can match, deleted ones included, and whether it is certain that it does.

    None where positions do not tell: a piece between two stars is a single character.
    """
    patterns = [_spelled(run) for is_gap, run in groupby(glob.pieces, Wild.MANY.__eq__) if not is_gap]
    if any(len(pattern) < 2 for pattern in patterns):
        return None
    begins = [_pattern_begins(reader, pattern) for pattern in patterns]
    certain = len(patterns) == 1 and not glob.is_bound and _is_pinned(patterns[0])
    return _rows_in_order(reader, begins, [len(pattern) for pattern in patterns]), certain


def within_rows(reader: SegmentReader, within: Within) -> Numbers | None:
    """The rows for which ``within`` is true, deleted ones included; None where positions do not tell."""
    if any(len(spelling) < 2 for side in (within.left, within.right) for spelling in side.spellings):
        return None
    lefts, rights = ([*_begins_of_spellings(reader, side)] for side in (within.left, within.right))
    rows = [NO_ROWS]
    for left in lefts:
        for right in rights:
            both = left, right
            for (first, length), (second, _) in (both, both[::-1]):
                rows.append(_followed(reader, first + length, second, within.distance))
    return np.unique(np.concatenate(rows))


def _begins_of_spellings(reader: SegmentReader, literal: Literal) -> Iterator[tuple[Numbers, int]]:
    """Yield where each spelling of a literal begins, and its length."""
    for spelling in literal.alternatives:
        yield begins_of(reader, spelling), len(spelling)
    for spelling in literal.whole:
        yield whole_begins_of(reader, spelling), len(spelling)


def _begins_of_all(lists: Sequence[tuple[Numbers, int]]) -> Numbers:
    """Where something begins that has each of the positions at its offset."""
    (shortest, offset), *others = sorted(lists, key=lambda each: len(each[0]))
    begins = shortest - offset
    for positions, at in others:
        begins = begins[members(positions, begins + at)]
    return begins


def _spelled(run: Iterator[str | Wild]) -> Pattern:
    """Pieces as single characters and wild ones."""
    return [each for piece in run for each in ([piece] if isinstance(piece, Wild) else piece)]


def _is_pinned(pattern: Pattern) -> bool:
    """Whether every wild one has a character beside it, and the pattern begins and ends with one."""
    wild = [isinstance(each, Wild) for each in pattern]
    bare = any(all(three) for three in zip(wild, wild[1:], wild[2:], strict=False))
    return not (wild[0] or wild[-1] or bare)


def _pattern_begins(reader: SegmentReader, pattern: Pattern) -> Numbers:
    """Where a pattern can begin: all its pairs fit but those of two wild ones."""
    lists = []
    for offset, (first, second) in enumerate(pairwise(pattern)):
        if isinstance(first, Wild) and isinstance(second, Wild):
            continue
        lists.append((_pair_positions(reader, first, second), offset))
    return _begins_of_all(lists)


def _pair_positions(reader: SegmentReader, first: str | Wild, second: str | Wild) -> Numbers:
    if isinstance(first, Wild):
        return reader.positions_beside(second, 1)
    if isinstance(second, Wild):
        return reader.positions_beside(first, 0)
    return reader.positions(first + second)


def _rows_in_order(reader: SegmentReader, begins: Sequence[Numbers], lengths: Sequence[int]) -> Numbers:
    """Rows in which something of each list begins, at most ``GLOB_GAP`` characters after what is before it ends."""
    *before, last = begins
    for number in range(len(before) - 1, -1, -1):
        ends = before[number] + lengths[number]
        last = before[number][_has_next(reader, ends, last, GLOB_GAP)]
    return np.unique(reader.rows_at(last))


def _followed(reader: SegmentReader, ends: Numbers, begins: Numbers, distance: int) -> Numbers:
    """The rows of the ``ends`` with a begin in the same row at most ``distance`` characters after them."""
    return np.unique(reader.rows_at(ends[_has_next(reader, ends, begins, distance)] - 1))


def _has_next(reader: SegmentReader, ends: Numbers, begins: Numbers, distance: int) -> np.ndarray:
    """For each end (after its last character) whether a begin follows near enough in its row."""
    if not len(begins):
        return np.zeros(len(ends), dtype=bool)
    following = begins[np.minimum(np.searchsorted(begins, ends), len(begins) - 1)]
    near = (following >= ends) & (following <= ends + distance)
    near[near] = reader.rows_at(ends[near] - 1) == reader.rows_at(following[near])
    return near
