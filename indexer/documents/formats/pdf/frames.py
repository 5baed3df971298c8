"""Directions in which text runs on a page → one: from the left to the right, lines from the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from indexer.documents.formats.pdf.glyphs import Glyph

Box: TypeAlias = tuple[float, float, float, float]

# Directions in degrees, counter-clockwise; vertical writing runs downward with upright characters.
UPRIGHT, UPWARD, OVERHEAD, DOWNWARD = 0, 90, 180, 270
# Share of an em by which characters of one vertical line are off, and em from one to the next.
_OFF, _LEAST_STEP, _MOST_STEP = 0.35, 0.5, 1.7
# Characters that are one below the other not by chance, and how many times those beside each other they are.
_LEAST_STACKED, _MORE_STACKED = 12, 1.5
# Characters looked at on a page to see whether any stands below another.
_SAMPLE = 64
_MARKS = frozenset("，。、；：？！·")
# Characters beside each other that make a horizontal line on a page of vertical ones.
_LEAST_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Glyphs that run in one direction, turned so that it is the usual one.

    Attributes:
        direction: in which they ran; see ``turned``.
        width, height: of the page as turned, in points.
    """

    glyphs: list[Glyph]
    direction: int
    width: float
    height: float


def turned(box: Box, direction: int, width: float, height: float) -> Box:
    """Return where a box lies on a page of that size once what runs in ``direction`` runs from left to right."""
    left, bottom, right, top = box
    if direction == UPWARD:
        return bottom, width - right, top, width - left
    if direction == OVERHEAD:
        return width - right, height - top, width - left, height - bottom
    if direction == DOWNWARD:
        return height - top, left, height - bottom, right
    return box


def frames_of(glyphs: Sequence[Glyph], width: float, height: float) -> tuple[list[Frame], str]:
    """Return the glyphs of a page by direction, that of most first, and the text that lies obliquely over the page."""
    parts: dict[int, list[Glyph]] = {}
    over: list[str] = []
    for glyph in glyphs:
        if glyph.direction is None:
            over.append(glyph.char)
        else:
            parts.setdefault(glyph.direction, []).append(glyph)
    upright = parts.pop(UPRIGHT, [])
    stacked, upright = _stacked(upright) if upright else ([], [])
    if stacked:
        parts[DOWNWARD] = [*parts.get(DOWNWARD, ()), *stacked]
    frames = [_frame(part, direction, width, height) for direction, part in parts.items()]
    if upright or not frames:
        frames.insert(0, Frame(upright, UPRIGHT, width, height))
    return sorted(frames, key=lambda frame: -len(frame.glyphs)), "".join(over)


def _frame(glyphs: Iterable[Glyph], direction: int, width: float, height: float) -> Frame:
    moved = []
    for glyph in glyphs:
        left, bottom, right, top = turned((glyph.left, glyph.bottom, glyph.right, glyph.top), direction, width, height)
        moved.append(replace(glyph, left=left, bottom=bottom, right=right, top=top))
    size = (height, width) if direction in (UPWARD, DOWNWARD) else (width, height)
    return Frame(moved, direction, *size)


def _stacked(glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Part what is written from the top to the bottom from what is not; all is one or the other but for headings."""
    sample = range(1, len(glyphs), max(len(glyphs) // _SAMPLE, 1))
    if not any(_step(glyphs[index - 1], glyphs[index]) == "below" for index in sample):
        return [], glyphs
    steps = [_step(before, glyph) for before, glyph in pairwise(glyphs)]
    count = Counter(steps)
    if count["below"] < _LEAST_STACKED or count["below"] < _MORE_STACKED * count["beside"]:
        return [], glyphs
    rows = _rows(steps)
    return (
        _straightened([glyph for index, glyph in enumerate(glyphs) if index not in rows]),
        [glyph for index, glyph in enumerate(glyphs) if index in rows],
    )


def _straightened(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Put the marks of vertical lines, which stand in a corner of their place, in line with what they follow."""
    result: list[Glyph] = []
    for glyph in glyphs:
        if result and glyph.char in _MARKS and _follows(result[-1], glyph):
            glyph = replace(glyph, left=result[-1].left, right=result[-1].right)
        result.append(glyph)
    return result


def _follows(before: Glyph, glyph: Glyph) -> bool:
    down = before.top + before.bottom - glyph.top - glyph.bottom
    return abs(glyph.left - before.left) < before.size and 0 < down < 2 * _MOST_STEP * before.size


def _rows(steps: Sequence[str]) -> set[int]:
    """Return the indexes of the glyphs that stand beside each other, several in a row."""
    rows: set[int] = set()
    run: list[int] = []
    for index, step in enumerate((*steps, "")):
        if step == "beside":
            run += [index, index + 1] if not run else [index + 1]
            continue
        if len(run) >= _LEAST_BESIDE:
            rows.update(run)
        run = []
    return rows


def _step(before: Glyph, glyph: Glyph) -> str:
    """Tell whether a glyph stands below the one drawn before it, beside it, or elsewhere."""
    em = max(glyph.size, 1.0)
    down = (before.top + before.bottom - glyph.top - glyph.bottom) / 2 / em
    right = (glyph.left + glyph.right - before.left - before.right) / 2 / em
    if abs(right) < _OFF and _LEAST_STEP < down < _MOST_STEP:
        return "below"
    return "beside" if abs(down) < _OFF and 0 < right < _MOST_STEP else ""
