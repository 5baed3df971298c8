"""Tables with lying rules only, as papers have them (三线表): the text between the rules → rows.

A rule stands above the names of the columns, one below them, one below the rows; or every row has one. Where words of a
cell go on below, they belong to the row that is nearest to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.documents.formats.pdf.characters import is_wide
from indexer.documents.formats.pdf.glyphs import Glyph
from indexer.documents.formats.pdf.lines import Line, line_of
from indexer.documents.formats.pdf.rules import NEAR, Rule, apart

_LEAST_RULES = 3
# Points that a table is wide at least.
_NARROWEST = 60.0
# Em between two cells; between columns of so many lines; where these part a line; by which glyphs are off their line.
_BETWEEN, _ALIGNED, _MANY_LINES, _NARROW, _OFF = 0.9, 0.5, 5, 0.25, 0.4
# Em that a column is wide whose cells are broken, and that the line of one ends before its end.
_WRAPPED, _ROOM = 5.0, 1.3
# Em from a line to the next that is the half of a cell of two lines beside one of one; from line to line at most.
_HALF, _FAR = 1.05, 2.9
# Share of the lines of a table that may go through all of its columns.
_MOST_THROUGH = 0.15


@dataclass(slots=True)
class _Piece:
    """Glyphs without a gap between them, of one line."""

    glyphs: list[Glyph]
    left: float
    right: float


@dataclass(slots=True)
class _Row:
    """A line of a table: where its middle is, and what it has in each column."""

    middle: float
    size: float
    cells: dict[int, list[_Piece]]


def open_tables(
    rules: Iterable[Rule], glyphs: Sequence[Glyph], page: int
) -> Iterator[tuple[Rule, list[Line], set[int]]]:
    """Yield the box, the rows and the identities of the glyphs of each table of a page.

    Args:
        rules: of the page, those of other tables left out.
        glyphs: of the page, those of other tables left out.
        page: its number.
    """
    for left, right, heights in _groups(rules):
        inside = [glyph for glyph in glyphs if left - NEAR <= (glyph.left + glyph.right) / 2 <= right + NEAR]
        bands = [_lines(inside, bottom, top) for top, bottom in pairwise(heights)]
        for first, end in _tabular(bands):
            columns = _columns([line for band in bands[first:end] for line in band])
            if len(columns) < 2:
                continue
            lines = [_cells(band, columns) for band in bands[first:end]]
            hangs = _hangs(lines)
            rows = [row for band in lines for row in _merged(band, columns, hangs=hangs)]
            taken = {id(glyph) for row in rows for glyph in _glyphs(row)}
            box = Rule(left, heights[end], right, heights[first])
            yield box, [_line(row, len(columns), box, page) for row in rows], taken


def _groups(rules: Iterable[Rule]) -> Iterator[tuple[float, float, list[float]]]:
    """Yield where rules that lie below each other begin and end, and their heights from the top; none that meets one
    that stands.
    """
    rules = list(rules)
    lying = _whole([rule for rule in rules if rule.lies])
    if len(lying) < _LEAST_RULES:
        return
    standing = [rule for rule in rules if not rule.lies]
    groups: list[list[Rule]] = []
    for rule in lying:
        if rule.right - rule.left < _NARROWEST or any(rule.meets(other) for other in standing):
            continue
        its = next((group for group in groups if _are_alike(group[0], rule)), None)
        if its is None:
            groups.append([rule])
        else:
            its.append(rule)
    for group in groups:
        heights = apart(rule.bottom for rule in group)
        if len(heights) >= _LEAST_RULES:
            yield group[0].left, group[0].right, heights[::-1]


def _are_alike(one: Rule, other: Rule) -> bool:
    return abs(one.left - other.left) < NEAR and abs(one.right - other.right) < NEAR


def _whole(lying: list[Rule]) -> list[Rule]:
    """Return rules, those that continue each other at one height, one for each cell, as one."""
    result: list[Rule] = []
    for rule in sorted(lying, key=lambda one: (round(one.bottom), one.left)):
        last = result[-1] if result else None
        if last and abs(last.bottom - rule.bottom) < 1 and rule.left - last.right < NEAR:
            result[-1] = Rule(last.left, last.bottom, max(last.right, rule.right), last.top)
        else:
            result.append(rule)
    return result


def _lines(glyphs: Iterable[Glyph], bottom: float, top: float) -> list[list[_Piece]]:
    """Return the lines between two heights, each as the pieces that gaps part."""
    here = sorted(
        (glyph for glyph in glyphs if bottom <= (glyph.bottom + glyph.top) / 2 <= top),
        key=lambda glyph: -(glyph.bottom + glyph.top),
    )
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in here:
        its = (glyph.bottom + glyph.top) / 2
        if lines and middle - its < _OFF * max(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middle = its
    return [_pieces(sorted(line, key=lambda glyph: glyph.left)) for line in lines]


def _pieces(line: Sequence[Glyph]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for glyph in line:
        if pieces and glyph.left - pieces[-1].right < _BETWEEN * glyph.size:
            pieces[-1].glyphs.append(glyph)
            pieces[-1].right = max(pieces[-1].right, glyph.right)
        else:
            pieces.append(_Piece([glyph], glyph.left, glyph.right))
    return pieces


def _tabular(bands: Sequence[Sequence[Sequence[_Piece]]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of bands between rules that are a table: each has cells side by side, at least two do."""
    start = 0
    for index in range(len(bands) + 1):
        if index < len(bands) and _is_tabular(bands[index]):
            continue
        if index - start > 1:
            yield start, index
        start = index + 1


def _is_tabular(band: Sequence[Sequence[_Piece]]) -> bool:
    """Tell lines of cells side by side from text, and from the end of a table with the next one below."""
    glyphs = [line[0].glyphs[0] for line in band]
    is_close = all(above.bottom - below.bottom < _FAR * above.size for above, below in pairwise(glyphs))
    return is_close and (any(len(line) > 1 for line in band) or _are_beside(band))


def _are_beside(band: Sequence[Sequence[_Piece]]) -> bool:
    """Tell whether lines stand beside each other, as a cell in the middle of a row and the two lines of another do."""
    first = max((line[0].left for line in band), default=0.0)
    return any(first - line[-1].right > _BETWEEN * line[0].glyphs[0].size for line in band)


def _columns(lines: Sequence[Sequence[_Piece]]) -> list[tuple[float, float]]:
    """Return where the columns begin and end: what gaps part that hardly a line goes through."""
    em = lines[0][0].glyphs[0].size
    least = (_ALIGNED if len(lines) >= _MANY_LINES else _BETWEEN) * em
    steps = sorted(
        [(piece.left, 1) for line in lines for piece in line] + [(piece.right, -1) for line in lines for piece in line]
    )
    columns: list[tuple[float, float]] = []
    covered, begin, most = 0, None, _MOST_THROUGH * len(lines)
    for place, step in steps:
        covered += step
        if covered > most and begin is None:
            begin = place
        elif covered <= most and begin is not None:
            if columns and begin - columns[-1][1] < least:
                begin = columns.pop()[0]
            columns.append((begin, place))
            begin = None
    return columns


def _cells(band: Iterable[Sequence[_Piece]], columns: Sequence[tuple[float, float]]) -> list[_Row]:
    rows: list[_Row] = []
    for line in band:
        first = line[0].glyphs[0]
        row = _Row((first.bottom + first.top) / 2, first.size, {})
        for piece in line:
            for part in _parted(piece, columns):
                row.cells.setdefault(_nearest(part, columns), []).append(part)
        rows.append(row)
    return rows


def _parted(piece: _Piece, columns: Sequence[tuple[float, float]]) -> list[_Piece]:
    """Return the parts of a piece that a gap between two columns parts, however narrow."""
    parts = [_Piece([piece.glyphs[0]], piece.left, piece.glyphs[0].right)]
    for before, glyph in pairwise(piece.glyphs):
        gap = glyph.left - before.right
        if gap > _NARROW * glyph.size and any(before.right < left < glyph.left + NEAR for left, _ in columns[1:]):
            parts.append(_Piece([glyph], glyph.left, glyph.right))
        else:
            parts[-1].glyphs.append(glyph)
            parts[-1].right = glyph.right
    return parts


def _nearest(piece: _Piece, columns: Sequence[tuple[float, float]]) -> int:
    middle = (piece.left + piece.right) / 2
    return min(range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1]))


def _merged(rows: Sequence[_Row], columns: Sequence[tuple[float, float]], *, hangs: bool) -> list[_Row]:
    """Return the rows of a band, the lines that only go on with words of cells put into them.

    Args:
        rows: its lines, from the top.
        columns: those of the table.
        hangs: whether cells of one line stand at the top of their row, not in the middle.
    """
    opening = [index for index in range(len(rows)) if _opens(rows, index, columns)]
    opening = opening or [index for index, row in enumerate(rows) if 0 in row.cells] or [0]
    merged = [_Row(rows[index].middle, rows[index].size, {}) for index in opening]
    for index, row in enumerate(rows):
        above = [one for at, one in zip(opening, merged, strict=True) if at <= index]
        nearest = above[-1] if hangs and above else min(merged, key=lambda one: abs(one.middle - row.middle))
        for column, pieces in row.cells.items():
            nearest.cells.setdefault(column, []).extend(pieces)
    return merged


def _hangs(bands: Iterable[Sequence[_Row]]) -> bool:
    """Tell whether cells stand at the top of their rows: each band opens with a first cell, none is between lines."""
    for band in bands:
        if 0 not in band[0].cells:
            return False
        for row, other in pairwise(band):
            if (0 in row.cells) != (0 in other.cells) and row.middle - other.middle < _HALF * row.size:
                return False
    return True


def _opens(rows: Sequence[_Row], index: int, columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a line opens a row: it has the first cell and others, or stands between two halves of others.

    One that has all but the first cell, which spans several rows, opens one too, if no cell is broken there.
    """
    row = rows[index]
    beside = [*rows[max(index - 1, 0) : index], *rows[index + 1 : index + 2]]
    if 0 in row.cells:
        return len(row.cells) > 1 or any(
            0 not in other.cells and abs(other.middle - row.middle) < _HALF * row.size for other in beside
        )
    is_whole = len(columns) > 2 and len(row.cells) == len(columns) - 1
    return is_whole and not any(_is_broken(one, columns) for one in (row, *beside))


def _is_broken(row: _Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a cell reaches the end of a wide column, so that it may go on below."""
    return any(
        columns[at][1] - columns[at][0] > _WRAPPED * row.size and columns[at][1] - pieces[-1].right < _ROOM * row.size
        for at, pieces in row.cells.items()
    )


def _line(row: _Row, columns: int, box: Rule, page: int) -> Line:
    text = "\t".join(_text(row.cells.get(column, ()), page) for column in range(columns))
    glyphs = list(_glyphs(row))
    bottom, top = min(glyph.bottom for glyph in glyphs), max(glyph.top for glyph in glyphs)
    return Line(text, box.left, bottom, box.right, top, row.size, page, cells=True)


def _glyphs(row: _Row) -> Iterator[Glyph]:
    return (glyph for pieces in row.cells.values() for piece in pieces for glyph in piece.glyphs)


def _text(pieces: Iterable[_Piece], page: int) -> str:
    text = ""
    for piece in pieces:
        more = line_of(piece.glyphs, page).text
        text += more if not text or is_wide(text[-1]) or is_wide(more[0]) else f" {more}"
    return text
