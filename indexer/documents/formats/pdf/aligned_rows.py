"""Tables without rules: lines whose parts stand below each other → rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.documents.formats.pdf.lines import Line, Part

# Lines of a table with more columns than two; with two, and the points by which those may be off.
_LEAST_ROWS, _LEAST_PAIRS, _OFF = 3, 4, 4.0
# Em from one row to the next at most.
_FAR = 3.2
# Share of the parts of a row that stand below one of the row before.
_MATCHING = 0.6


def mark_rows(lines: Sequence[Line]) -> None:
    """Make the rows of tables without rules, among the lines of a page, rows of cells."""
    for run in _runs(lines):
        if not _is_table(run):
            continue
        columns = _columns(run)
        for line in run:
            line.text = "\t".join(_cells(line, columns)).rstrip("\t")
            line.bold = []
            line.cells = True


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and not _is_next(run[-1], line):
            yield run
            run = []
        if len(line.parts) > 1 and not line.cells:
            run.append(line)
    yield run


def _is_next(before: Line, line: Line) -> bool:
    if len(line.parts) < 2 or line.column != before.column or abs(len(line.parts) - len(before.parts)) > 1:
        return False
    if not 0 < before.bottom - line.bottom < _FAR * max(line.size, before.size):
        return False
    below = sum(any(_overlap(part, other) for other in before.parts) for part in line.parts)
    return below >= _MATCHING * len(line.parts)


def _overlap(part: Part, other: Part) -> bool:
    return part.left < other.right and other.left < part.right


def _is_table(run: Sequence[Line]) -> bool:
    if max((len(line.parts) for line in run), default=0) > 2:
        return len(run) >= _LEAST_ROWS and len(_columns(run)) > 1
    seconds = [line.parts[1].left for line in run]
    return len(run) >= _LEAST_PAIRS and max(seconds) - min(seconds) < _OFF


def _columns(run: Sequence[Line]) -> list[Part]:
    """The columns, each from the left end to the right one of what stands in it."""
    columns: list[Part] = []
    for part in sorted((part for line in run for part in line.parts), key=lambda each: each.left):
        if columns and part.left < columns[-1].right:
            columns[-1] = Part(0, columns[-1].left, max(columns[-1].right, part.right))
        else:
            columns.append(Part(0, part.left, part.right))
    return columns


def _cells(line: Line, columns: Sequence[Part]) -> list[str]:
    cells = [""] * len(columns)
    ends = [*(part.start for part in line.parts[1:]), len(line.text)]
    for part, end in zip(line.parts, ends, strict=True):
        at = next(index for index, column in enumerate(columns) if _overlap(part, column))
        text = line.text[part.start : end].strip()
        cells[at] = f"{cells[at]} {text}" if cells[at] else text
    return cells
