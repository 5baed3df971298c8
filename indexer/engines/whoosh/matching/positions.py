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
from indexer.model import Glob, Wild, Within
from indexer.model.choices import GLOB_GAP
from indexer.query.spans import LATIN, is_latin

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


def whole_begins(reader: SegmentReader, chars: str) -> Numbers:
    """Those of ``begins_of`` with no letter or digit right before or after one of its own."""
    begins = begins_of(reader, chars)
    for other in LATIN if is_latin(chars[0], 1) else ():
        begins = begins[~members(reader.positions(other + chars[0]), begins - 1)]
    for other in LATIN if is_latin(chars[-1], 1) else ():
        begins = begins[~members(reader.positions(chars[-1] + other), begins + len(chars) - 1)]
    return begins


def touching(reader: SegmentReader, char: str) -> Numbers:
    """Where a letter or digit stands beside another one, deleted rows included."""
    before = [reader.positions(other + char) + 1 for other in sorted(LATIN)]
    after = [reader.positions(char + other) for other in sorted(LATIN)]
    return np.unique(np.concatenate([*before, *after]))


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
    sides = within.left.alternatives, within.right.alternatives
    if any(len(spelling) < 2 for side in sides for spelling in side):
        return None
    rows = [NO_ROWS]
    for left in sides[0]:
        for right in sides[1]:
            both = (begins_of(reader, left), len(left)), (begins_of(reader, right), len(right))
            for (first, length), (second, _) in (both, both[::-1]):
                rows.append(_followed(reader, first + length, second, within.distance))
    return np.unique(np.concatenate(rows))


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
