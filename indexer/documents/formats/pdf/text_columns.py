"""The columns of a document, between their margins, and what the habits of its paragraphs are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median, quantiles

from indexer.documents.formats.pdf.lines import Line

# The end of a sentence, or of what is said of it in brackets.
SENTENCE_END = re.compile(r"[。！？；：…!?;:](?:[”』」）)]?|（[^（）]{1,40}）)$")
# Lines of a column that tell its margins by themselves; the share of them that ends at its right margin, from which
# others may stick out by so many em.
_LEAST_LINES, _MANY_ENDS, _STICKS_OUT = 4, 0.25, 4
# Share of the room between equal margins that not even the longest line of a page takes where all are short, and
# points in which left margins are told apart.
_NARROW, SAME_LEFT = 0.6, 20
# Widths in em: an indent; the indents of a document with that habit.
INDENT, DEEPEST_INDENT = 1.3, 3.5
# Marks that hang beyond the margin, and em by which they do.
_HANGING, _LEAST_HANGING, _MOST_HANGING = frozenset("，。、．；：！？"), 0.2, 1.1
# Em that lines end before the margin at most to tell whether they end at it, and how many tell.
_NEAR_MARGIN, _LEAST_JUSTIFIED = 2, 20
# What tells that gaps part paragraphs: so many lines of either sort, em of room after the last line of a paragraph,
# em by which gaps are wider than others, and that they are wide at most.
_LEAST_GAPS, _CLEAR_ROOM, _CLEAR_GAP, _FAR_GAP = 6, 4, 0.2, 6
# Width by height of slides, those of paper on its side being 1.41 and 1.29.
_SLIDES, _NEAR_SHAPE = (4 / 3, 16 / 10, 16 / 9), 0.015


@dataclass(slots=True)
class Column:
    """The lines of a column, its margins, and the distance of its base lines, in points."""

    lines: list[Line]
    left: float
    right: float
    leading: float


@dataclass(slots=True)
class Text:
    """The lines of a document without what stands around them.

    Attributes:
        body: size of most of its text, in points.
        indented: whether its paragraphs open with an indent.
        slides: whether each page stands by itself, as slides do.
        justified: whether its lines end at the margin but for the last of a paragraph.
        gap: points between lines above which the lower one opens a paragraph; None where no gaps tell.
    """

    columns: list[Column]
    body: float
    indented: bool = field(default=False)
    slides: bool = field(default=False)
    justified: bool = field(default=False)
    gap: float | None = field(default=None)


def text_of(pages: Sequence[Sequence[Line]], widths: Sequence[float], *, slides: bool) -> Text:
    """Return the columns of a document, whose pages are so many points wide, with what its habits are."""
    body = _usual_size(line for page in pages for line in page if not line.cells)
    body = body or _usual_size(line for page in pages for line in page) or 10.0
    columns = [column for page, width in zip(pages, widths, strict=True) for column in _columns(page, body, width)]
    _widen(columns)
    return Text(
        columns,
        body,
        _has_indents(columns, body),
        slides,
        _is_justified(columns, body),
        _gap(columns, body),
    )


def are_slides(widths: Sequence[float], heights: Sequence[float]) -> bool:
    """Tell whether most pages, so many points wide and high, are slides."""
    return 2 * sum(map(is_slide, widths, heights)) > len(widths)


def is_slide(width: float, height: float) -> bool:
    """Tell a page of the shape of a screen from a sheet of paper that lies on its side."""
    return any(abs(width / height - shape) < _NEAR_SHAPE for shape in _SLIDES)


def _usual_size(lines: Iterable[Line]) -> float | None:
    """The size of most text; None where there is none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _columns(page: Sequence[Line], body: float, width: float) -> Iterator[Column]:
    by_number: defaultdict[int, list[Line]] = defaultdict(list)
    for line in page:
        by_number[line.column].append(line)
    large = [line for lines in by_number.values() if len(lines) >= _LEAST_LINES for line in lines]
    for lines in by_number.values():
        _tuck_in(lines)
        telling = lines if len(lines) >= _LEAST_LINES else large or lines
        telling = [line for line in telling if not line.cells] or telling
        left, right = _left(telling, body), _usual_right(telling, body)
        if len(by_number) == 1 and right - left < _NARROW * (width - 2 * left):
            right = width - left  # all lines are short, and the margins alike
        yield Column(lines, left, right, _leading(lines, body))


def _tuck_in(lines: Sequence[Line]) -> None:
    """Take the marks that hang beyond the margin, as word processors let them, as ending at it."""
    others = [line for line in lines if line.text[-1] not in _HANGING and not line.cells]
    margin = max((line.right for line in others), default=0.0)
    if sum(1 for line in others if margin - line.right < line.size) < _LEAST_LINES:
        return
    for line in lines:
        if line.text[-1] in _HANGING and _LEAST_HANGING < (line.right - margin) / line.size < _MOST_HANGING:
            line.right = margin


def _widen(columns: Sequence[Column]) -> None:
    """Give columns of few lines, which may all be short, the margin of those that begin where they do."""
    rights: defaultdict[int, list[float]] = defaultdict(list)
    for column in columns:
        if len(column.lines) >= _LEAST_LINES:
            rights[round(column.left / SAME_LEFT)].append(column.right)
    for column in columns:
        usual = rights.get(round(column.left / SAME_LEFT))
        if usual and len(column.lines) < _LEAST_LINES:
            column.right = max(column.right, median(usual))


def _left(lines: Sequence[Line], body: float) -> float:
    """The left margin: the first place where more lines than by chance begin."""
    places = Counter(round(line.left / 3) for line in lines if line.size <= body * 1.1)
    enough = max(2, 0.12 * len(lines))
    usual = [line.left for line in lines if places[round(line.left / 3)] >= enough]
    return min(usual or [line.left for line in lines])


def _usual_right(lines: Sequence[Line], body: float) -> float:
    """The right margin: where the line ends that goes furthest, or right before that, where many do."""
    ends = sorted((line.right for line in lines), reverse=True)
    enough = max(2, _MANY_ENDS * len(ends))
    for end in ends:
        if ends[0] - end > _STICKS_OUT * body:
            break
        if sum(1 for other in ends if 0 <= end - other < body) > enough:
            return end
    return ends[0]


def _leading(lines: Sequence[Line], body: float) -> float:
    gaps = [before.bottom - line.bottom for before, line in pairwise(lines)]
    usual = [gap for gap in gaps if 0 < gap < 4 * body]
    return median(usual) if usual else 1.5 * body


def _has_indents(columns: Iterable[Column], body: float) -> bool:
    """Tell whether most lines after the end of a sentence that could open a paragraph are indented by about 2 em."""
    indented = flush = 0
    for column in columns:
        for before, line in pairwise(column.lines):
            if line.size != body or len(line.text) <= 12 or not SENTENCE_END.search(before.text):
                continue
            if INDENT * body < line.left - column.left < DEEPEST_INDENT * body:
                indented += 1
            else:
                flush += 1
    return indented > 3 and indented > 0.35 * (indented + flush)


def _is_justified(columns: Iterable[Column], body: float) -> bool:
    """Tell whether nearly all lines that end near the margin, in the middle of a sentence, end right at it."""
    rooms = [
        column.right - line.right
        for column in columns
        for line in column.lines
        if line.size == body and not line.cells and not SENTENCE_END.search(line.text)
    ]
    near = [room for room in rooms if room < _NEAR_MARGIN * body]
    return len(near) >= _LEAST_JUSTIFIED and sum(room < 0.3 * body for room in near) >= 0.8 * len(near)


def _gap(columns: Iterable[Column], body: float) -> float | None:
    """Between the distances of lines within paragraphs and of those that surely open one, where the two are apart."""
    within: list[float] = []
    opening: list[float] = []
    for column in columns:
        for before, line in pairwise(column.lines):
            if line.size != body or before.size != body or before.cells or line.cells:
                continue
            distance, room = before.bottom - line.bottom, column.right - before.right
            if not 0 < distance < _FAR_GAP * body:
                continue
            if SENTENCE_END.search(before.text):
                opening += [distance] * (room > _CLEAR_ROOM * body)
            else:
                within += [distance] * (room < body)
    if min(len(within), len(opening)) < _LEAST_GAPS:
        return None
    upper, lower = quantiles(within, n=20)[-1], quantiles(opening, n=10)[0]
    return (upper + lower) / 2 if lower - upper > _CLEAR_GAP * body else None
