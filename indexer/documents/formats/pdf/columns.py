"""The order in which the pieces of a page are read: columns, and what runs across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.documents.formats.pdf.glyphs import Glyph

_DEEPEST = 6
# Fewer pieces are no columns.
_LEAST_PIECES = 10
_LEAST_LINES = 5
# Points between columns.
_GUTTER = 7.0
# Share of the page's width that the lines of a column have at least, and of its pieces that may cross the gutter.
_LEAST_WIDTH = 0.25
_MOST_CROSSING = 0.45
# Labels of lists that are drawn at once: how many are no chance, and em that each has at most.
_LEAST_LABELS, _LABEL = 3, 4
# Em upward that open a column, how often on a page, and the share of pieces beside others that may contradict that.
_JUMP, _MOST_JUMPS, _MOST_WRONG = 8, 5, 0.05


@dataclass(slots=True)
class Piece:
    """Glyphs drawn one after the other on one line."""

    glyphs: list[Glyph]
    left: float
    bottom: float
    right: float
    top: float


def pieces_of(glyphs: Sequence[Glyph]) -> list[Piece]:
    """Return the pieces of a page: glyphs in drawing order that stay on a base line and leave no wide gap."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _goes_on(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [piece(run) for run in runs]


def piece(run: list[Glyph]) -> Piece:
    """Return glyphs as a piece, with the box around them."""
    bottom, top, right = run[0].bottom, run[0].top, run[0].right
    left = run[0].left
    for glyph in run:
        if glyph.bottom < bottom:
            bottom = glyph.bottom
        if glyph.top > top:
            top = glyph.top
        if glyph.right > right:
            right = glyph.right
        if glyph.left < left:
            left = glyph.left
    return Piece(run, left, bottom, right, top)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = glyph.size
    off = glyph.bottom - before.bottom
    if off > 0.45 * size or off < -0.45 * size:
        return size < 4 and abs(off) < 1.8
    step = glyph.left - before.right
    return -0.6 * size < step < 1.2 * size or (size < before.size and 0 < step < 1.2 * before.size)


def reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Part the pieces of a page into columns, in the order in which they are read.

    Columns that were drawn one after the other are taken as they were drawn, others found by the white between them.
    """
    parts = _drawn_columns(pieces)
    return [column for part in parts for column in (_cut(part) if len(parts) == 1 else [part])]


def _drawn_columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Part pieces where the next was drawn far above: a column begins there, unless that happens too often or the
    parts lie beside each other in another order.
    """
    parts: list[list[Piece]] = []
    for one in pieces:
        if not parts or one.bottom - parts[-1][-1].bottom > _JUMP * one.glyphs[0].size:
            parts.append([])
        parts[-1].append(one)
    if not 1 < len(parts) <= _MOST_JUMPS + 1 or sum(map(_is_long, parts)) < 2 or not _run_rightwards(parts):
        return [list(pieces)]
    return [list(pieces)] if any(_are_labels(part, parts) for part in parts) else parts


def _are_labels(part: Sequence[Piece], parts: Sequence[Sequence[Piece]]) -> bool:
    """Tell the numbers of lists, drawn at once, from a column: all are narrow, and most have their text beside them."""
    if len(part) < _LEAST_LABELS or any(one.right - one.left > _LABEL * one.glyphs[0].size for one in part):
        return False
    others = [other for another in parts if another is not part for other in another]
    return 2 * sum(any(_is_beside(one, other) for other in others) for one in part) > len(part)


def _is_long(part: Sequence[Piece]) -> bool:
    return len({round(one.bottom / 4) for one in part}) >= _LEAST_LINES


def _run_rightwards(parts: Sequence[Sequence[Piece]]) -> bool:
    """Whether pieces stand on one height with what was drawn in a part before theirs, and few of them left of it."""
    left = right = 0
    for number, part in enumerate(parts):
        before = [other for earlier in parts[:number] for other in earlier]
        for one in part:
            beside = [other for other in before if _is_beside(one, other)]
            left += any(one.left < other.left for other in beside)
            right += bool(beside)
    return right >= _LEAST_LINES and left <= _MOST_WRONG * right


def _is_beside(one: Piece, other: Piece) -> bool:
    return one.bottom < (other.bottom + other.top) / 2 < one.top


def _cut(pieces: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """Part pieces by the white between them (recursive X-Y cut).

    Where a white gutter goes through all of them, left is read before right. Where some lines cross the gutter, as a
    title does, they part the page into bands that are read from the top.
    """
    if len(pieces) < _LEAST_PIECES or depth > _DEEPEST:
        return [list(pieces)] if pieces else []
    left, right = min(one.left for one in pieces), max(one.right for one in pieces)
    middle = _gutter(pieces, left, right)
    if middle is not None and _are_columns(pieces, middle, right - left):
        before = [one for one in pieces if _middle(one) <= middle]
        after = [one for one in pieces if _middle(one) > middle]
        return [*_cut(before, depth + 1), *_cut(after, depth + 1)]
    return _bands(pieces, left, right)


def _middle(one: Piece) -> float:
    return (one.left + one.right) / 2


def _gutter(pieces: Sequence[Piece], left: float, right: float) -> float | None:
    """The middle of the widest gap that no piece crosses, in the middle part of the page."""
    ranges = sorted((one.left, one.right) for one in pieces)
    reached, best, found = ranges[0][1], _GUTTER, None
    for start, end in ranges[1:]:
        middle = (start + reached) / 2
        if start - reached > best and 0.3 < (middle - left) / (right - left) < 0.7:
            best, found = start - reached, middle
        reached = max(reached, end)
    return found


def _are_columns(pieces: Sequence[Piece], middle: float, width: float) -> bool:
    return all(
        len({round(one.bottom / 4) for one in side}) >= _LEAST_LINES
        and median(one.right - one.left for one in side) > _LEAST_WIDTH * width
        for side in (
            [one for one in pieces if one.right <= middle + 1],
            [one for one in pieces if one.left >= middle - 1],
        )
    )


def _bands(pieces: Sequence[Piece], left: float, right: float) -> list[list[Piece]]:
    middle = _least_crossed(pieces, left, right)
    crossing = [one for one in pieces if one.left < middle - 2 and one.right > middle + 2]
    others = [one for one in pieces if not (one.left < middle - 2 and one.right > middle + 2)]
    columns = len(crossing) <= _MOST_CROSSING * len(pieces) and len(others) >= _LEAST_PIECES
    if not columns or not _are_columns(others, middle, right - left):
        return [list(pieces)]
    result: list[list[Piece]] = []
    for wide, band in _parted(pieces, crossing):
        if wide:
            result.append(band)
            continue
        sides = [[one for one in band if _middle(one) < middle], [one for one in band if _middle(one) >= middle]]
        result += filter(None, sides)
    return result


def _least_crossed(pieces: Sequence[Piece], left: float, right: float) -> float:
    """The place in the middle of the page that the fewest pieces cross, the middle one of such."""
    places = [left + (right - left) * share / 100 for share in range(36, 65)]
    counts = [sum(one.left < x - 2 and one.right > x + 2 for one in pieces) for x in places]
    best = [x for x, count in zip(places, counts, strict=True) if count == min(counts)]
    return best[len(best) // 2]


def _parted(pieces: Sequence[Piece], crossing: Sequence[Piece]) -> list[tuple[bool, list[Piece]]]:
    """Bands from the top, each with whether its pieces stand beside ones that cross the gutter."""
    bands: list[tuple[bool, list[Piece]]] = []
    for one in sorted(pieces, key=lambda each: -each.top):
        wide = any(one.bottom <= other.top - 1 and one.top >= other.bottom + 1 for other in crossing)
        if not bands or bands[-1][0] != wide:
            bands.append((wide, []))
        bands[-1][1].append(one)
    return bands
