"""Ruled tables: the lines drawn on a page → rows, and the glyphs that are in none of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from indexer.documents.formats.pdf.characters import is_wide
from indexer.documents.formats.pdf.frames import Box
from indexer.documents.formats.pdf.glyphs import Glyph
from indexer.documents.formats.pdf.lines import Line, lines_of
from indexer.documents.formats.pdf.open_tables import open_tables
from indexer.documents.formats.pdf.rules import NEAR, THICKEST, Rule, apart

# Points that a rule is long at least.
_SHORTEST = 8.0
# Points between rectangles that share a side, which is drawn.
_SHARED = 1.5
# Share of the rows of a table that have several cells with words.
_FILLED = 0.5
# The same for rows that rules part into cells, and how many of them are needed.
_GRIDDED, _LEAST_GRIDDED = 0.25, 2
# Lines that are text in a frame and in a cell, and that what this is about has at most beside it; em before the right
# end of its cell where a line ended.
_LEAST_LINES, _LONG_TEXT, _LONGEST_LABEL, _ENDED = 3, 8, 4, 1.6
# More are a drawing.
_MOST_RULES, _MOST_RECTANGLES = 4000, 600
# Rules that stand in a table of two columns with one at either side.
_CLOSED = 3
# Lines that all cells of a row have, which are rows of their own.
_LEAST_ROWS = 3
# Points that rules go on beyond the outermost standing one where a table is open at that side, and the share of the
# width that they take at each height there.
_OPEN_SIDE, _WHOLE = 12.0, 0.8
# Share of the width of a character on either side where a rule that stands there does not go through it; the share of
# the characters of a table, beside one, that rules may go through.
_EDGE, _MOST_CROSSED = 0.25, 0.01


@dataclass(frozen=True, slots=True)
class _Table:
    """Rules that hang together; heights of its lying ones from the top, its standing ones from the left.

    It is open where too few of these stand for one at either side, framed where rules go all along each; ``places``
    keeps where rules stand at a height.
    """

    box: Rule
    heights: tuple[float, ...]
    standing: tuple[Rule, ...]
    is_open: bool
    is_framed: bool
    places: dict[float, list[float]] = field(default_factory=dict, compare=False)

    def has(self, glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        return self.box.left <= x <= self.box.right and self.box.bottom <= y <= self.box.top

    def row(self, glyph: Glyph) -> int:
        y = (glyph.bottom + glyph.top) / 2
        return bisect_right([-height for height in self.heights], -y)

    def column(self, glyph: Glyph) -> int:
        """How many rules stand left of a glyph at its height."""
        return bisect_right(self._beside(glyph), (glyph.left + glyph.right) / 2)

    def parts(self, row: dict[int, list[Glyph]]) -> bool:
        """Tell whether a rule parts the row, as the glyphs of its cells tell where it is."""
        glyph = next(iter(row.values()))[0]
        return any(self.box.left + NEAR < x < self.box.right - NEAR for x in self._beside(glyph))

    def crosses(self, glyph: Glyph) -> bool:
        """Tell whether a rule goes through a glyph, upright."""
        edge = _EDGE * (glyph.right - glyph.left)
        return any(glyph.left + edge < x < glyph.right - edge for x in self._beside(glyph))

    def _beside(self, glyph: Glyph) -> list[float]:
        """Where rules stand at the height of a glyph."""
        y = (glyph.bottom + glyph.top) / 2
        if y not in self.places:
            self.places[y] = apart(rule.left for rule in self.standing if rule.bottom - NEAR <= y <= rule.top + NEAR)
        return self.places[y]


def with_rows(
    boxes: Iterable[Box], glyphs: Sequence[Glyph], number: int, *, forms: bool = True
) -> tuple[list[Glyph], Callable[[list[Line]], list[Line]]]:
    """Return the glyphs outside tables, and what puts the rows of the tables between the lines made of these.

    Args:
        boxes: around what is drawn on the page.
        glyphs: of the page.
        number: of the page.
        forms: whether tables may be forms, most of whose cells are empty; on slides they are drawings.
    """
    found: list[tuple[Rule, list[Line]]] = []
    rest = list(glyphs)
    rules, rectangles = _rules(boxes)
    for table in _ruled(rules, rectangles):
        inside = [glyph for glyph in rest if table.has(glyph)]
        cells = _cells(table, inside)
        rows = _rows(table, cells, number)
        gridded = sum(map(table.parts, cells)) if forms and table.is_framed else 0
        if (
            _is_filled(rows, gridded)
            and not _is_drawing(table, inside)
            and not (table.is_open and _have_rows(cells, number))
        ):
            found.append((table.box, rows))
            rest = [glyph for glyph in rest if not table.has(glyph)]
    free = [rule for rule in rules if not any(rule.meets(box) for box, _ in found)]
    for box, rows, taken in open_tables(free, rest, number) if len(free) <= _MOST_RULES else ():
        if _is_filled(rows):
            found.append((box, rows))
            rest = [glyph for glyph in rest if id(glyph) not in taken]

    def put(lines: list[Line]) -> list[Line]:
        for box, rows in found:
            lines = _inserted(lines, rows, box)
        return lines

    return rest, put


def _is_filled(rows: Sequence[Line], gridded: int = 0) -> bool:
    """Tell rows of cells from text in a frame: most have a word in more than one cell, or it is a form.

    Of a form few cells may have words yet; ``gridded`` of its rows are parted into cells by rules.
    """
    of_cells = [row for row in rows if row.cells]
    several = sum(1 for row in of_cells if sum(map(bool, row.text.split("\t"))) > 1)
    if several and gridded >= max(_LEAST_GRIDDED, _GRIDDED * len(of_cells)):
        return True
    return several >= 2 and several >= _FILLED * len(of_cells)


def _is_drawing(table: _Table, glyphs: Sequence[Glyph]) -> bool:
    """Tell what is drawn under or over text, a watermark, by its rules that go through characters."""
    letters = [glyph for glyph in glyphs if glyph.char.isalnum()]
    return sum(map(table.crosses, letters)) > 1 + _MOST_CROSSED * len(letters)


def _ruled(rules: Sequence[Rule], rectangles: Sequence[Rule]) -> list[_Table]:
    """The tables of a page; a rectangle is a cell where no rules around it make a table, else it marks text in one."""
    if not rectangles or len(rules) + 4 * len(rectangles) > _MOST_RULES or len(rectangles) > _MOST_RECTANGLES:
        return _tables(rules) if len(rules) <= _MOST_RULES else []
    ruled = _tables(rules)
    free = [box for box in rectangles if not any(_is_inside(box, table.box) for table in ruled)]
    cells = [box for box in free if any(box is not other and _touch(box, other) for other in (*free, *rules))]
    return _tables([*rules, *(side for box in cells for side in _sides(box))]) if cells else ruled


def _rules(boxes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """What is drawn as rules, and as rectangles."""
    rules: list[Rule] = []
    rectangles: list[Rule] = []
    for box in boxes:
        rule = Rule(*box)
        width, height = rule.right - rule.left, rule.top - rule.bottom
        if (width <= THICKEST) != (height <= THICKEST) and max(width, height) >= _SHORTEST:
            rules.append(rule)
        elif min(width, height) > _SHORTEST:
            rectangles.append(rule)
    return rules, rectangles


def _touch(one: Rule, other: Rule) -> bool:
    """Tell whether a rectangle shares a side with something, as cells do, and marks behind words do not."""
    return (
        one.left <= other.right + _SHARED
        and other.left <= one.right + _SHARED
        and one.bottom <= other.top + _SHARED
        and other.bottom <= one.top + _SHARED
    )


def _is_inside(box: Rule, around: Rule) -> bool:
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    is_part = box.right - box.left < around.right - around.left and box.top - box.bottom < around.top - around.bottom
    return is_part and around.left < x < around.right and around.bottom < y < around.top


def _sides(box: Rule) -> Iterable[Rule]:
    """The sides of a rectangle, which may be a cell."""
    yield Rule(box.left, box.top, box.right, box.top)
    yield Rule(box.left, box.bottom, box.right, box.bottom)
    yield Rule(box.left, box.bottom, box.left, box.top)
    yield Rule(box.right, box.bottom, box.right, box.top)


def _tables(rules: Sequence[Rule]) -> list[_Table]:
    """Groups of rules that make at least two rows and two columns."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in sorted(rules, key=lambda one: (-one.top, one.left)):
        box, its = rule, [rule]
        apart = []
        for group in groups:
            if any(rule.meets(other) for other in group[1]):
                box, its = _around(box, group[0]), [*group[1], *its]
            else:
                apart.append(group)
        groups = [*apart, (box, its)]
    return [table for box, its in groups if (table := _table(box, its))]


def _around(one: Rule, other: Rule) -> Rule:
    return Rule(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )


def _table(box: Rule, rules: Sequence[Rule]) -> _Table | None:
    lying = [rule for rule in rules if rule.lies]
    heights = apart(rule.bottom for rule in lying)
    standing = tuple(sorted((rule for rule in rules if not rule.lies), key=lambda rule: rule.left))
    places = apart(rule.left for rule in standing)
    is_open = len(places) < _CLOSED
    if len(heights) < 3 or not places or (is_open and not _goes_across(box, lying, heights, places)):
        return None
    return _Table(box, tuple(reversed(heights)), standing, is_open, _is_framed(box, lying, standing))


def _is_framed(box: Rule, lying: Sequence[Rule], standing: Sequence[Rule]) -> bool:
    """Tell whether rules go all along each side of a box, as they do around forms and not around drawings."""
    width, height = box.right - box.left, box.top - box.bottom
    across = [sum(one.right - one.left for one in lying if abs(one.bottom - y) <= NEAR) for y in (box.bottom, box.top)]
    along = [sum(one.top - one.bottom for one in standing if abs(one.left - x) <= NEAR) for x in (box.left, box.right)]
    return min(across) > _WHOLE * width and min(along) > _WHOLE * height


def _goes_across(box: Rule, lying: Sequence[Rule], heights: Sequence[float], places: Sequence[float]) -> bool:
    """Tell a table without rules at its sides, whose lying ones go from side to side, from a frame and a drawing."""
    sides = (places[0] - box.left > _OPEN_SIDE) + (box.right - places[-1] > _OPEN_SIDE)
    if len(places) - 1 + sides < 2:
        return False
    width = box.right - box.left
    return all(
        sum(rule.right - rule.left for rule in lying if abs(rule.bottom - height) <= NEAR) > _WHOLE * width
        for height in heights
    )


def _cells(table: _Table, glyphs: Iterable[Glyph]) -> list[dict[int, list[Glyph]]]:
    """Return the glyphs of each row from the top, by column."""
    cells: dict[int, dict[int, list[Glyph]]] = {}
    for glyph in glyphs:
        cells.setdefault(table.row(glyph), {}).setdefault(table.column(glyph), []).append(glyph)
    return [row for _, row in sorted(cells.items())]


def _have_rows(cells: Iterable[dict[int, list[Glyph]]], page: int) -> bool:
    """Tell whether what lies between two rules are rows themselves: all its cells have as many lines, and several."""
    for row in cells:
        lines = {len(lines_of(cell, page)) for cell in row.values()}
        if len(row) > 1 and len(lines) == 1 and lines.pop() >= _LEAST_ROWS:
            return True
    return False


def _rows(table: _Table, cells: Iterable[dict[int, list[Glyph]]], page: int) -> list[Line]:
    rows: list[Line] = []
    for row in cells:
        if lines := _text_in(row, page, is_parted=table.parts(row)):
            rows += lines
            continue
        parts = [_cell_text(row.get(column, ()), page) for column in range(min(row), max(row) + 1)]
        its = [glyph for cell in row.values() for glyph in cell]
        box = (table.box.left, min(g.bottom for g in its), table.box.right, max(g.top for g in its))
        rows.append(Line("\t".join(parts), *box, its[0].size, page, cells=True))
    return rows


def _text_in(row: dict[int, list[Glyph]], page: int, *, is_parted: bool) -> list[Line]:
    """Return the lines of a row that is text: in a frame, or beside what it is about, too long for a cell."""
    if len(row) > 2:
        return []
    cells = [lines_of(cell, page) for _, cell in sorted(row.items())]
    shorter, longer = sorted(len(cell) for cell in cells) if len(cells) > 1 else (0, len(cells[0]))
    least = _LEAST_LINES if not is_parted else _LONG_TEXT if shorter else _LONGEST_LABEL + 1
    is_text = longer >= least and shorter <= _LONGEST_LABEL
    return [line for cell in cells for line in cell] if is_text else []


def _cell_text(glyphs: Sequence[Glyph], page: int) -> str:
    text = ""
    lines = lines_of(glyphs, page)
    right = max((line.right for line in lines), default=0.0)
    ended = False
    for line in lines:
        apart = text and (ended or not (is_wide(text[-1]) or is_wide(line.text[0])))
        text += f" {line.text}" if apart else line.text
        ended = right - line.right > _ENDED * line.size
    return text


def _inserted(lines: list[Line], rows: list[Line], box: Rule) -> list[Line]:
    """Put rows before the first line that stands below the top of their table and in its width."""
    at = next((index for index, line in enumerate(lines) if _is_below(line, box)), len(lines))
    before = lines[at - 1].column if at else 0
    for row in rows:
        row.column = before if at else (lines[0].column if lines else 0)
    return [*lines[:at], *rows, *lines[at:]]


def _is_below(line: Line, box: Rule) -> bool:
    return line.top <= box.top and line.left < box.right and line.right > box.left
