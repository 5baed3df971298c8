"""Where a pattern comes nearest to standing in a text, and how the two differ: optimal edit distance.

Myers, A fast bit-vector algorithm for approximate string matching (JACM 46, 1999), in the form of Hyyrö (2003): a
column of the edit matrix is two integers of as many bits as the pattern has characters, so that a column costs a few
operations of Python's integers. Time and memory are bounded by both lengths, whatever the texts hold.
Patterns are not empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.model import Range


@dataclass(frozen=True, slots=True)
class Edit:
    """Ranges of pattern and text that differ; either may be empty, not both."""

    pattern: Range
    text: Range


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a pattern stands in a text.

    Attributes:
        distance: characters replaced, added and missing.
        text: the range of the text that the pattern is likest to.
        edits: in order, not touching each other.
    """

    distance: int
    text: Range
    edits: tuple[Edit, ...]


def nearest_end(pattern: str, text: str, *, anchored: bool = False) -> Range:
    """``(distance, end)`` of the part of ``text`` that ``pattern`` is likest to.

    Of equal ones the first, as long as it can be: a last character that differs is replaced rather than added.

    Args:
        pattern: what to look for.
        text: where.
        anchored: whether that part must begin where the text does.
    """
    matrix = _Matrix(pattern)
    distance = best = len(pattern)
    end = 0
    for at, char in enumerate(text, 1):
        distance += matrix.add(char, free_start=not anchored)
        if distance < best or (0 < distance == best and at == end + 1):
            best, end = distance, at
    return best, end


def align(pattern: str, text: str) -> Alignment:
    """The part of ``text`` that ``pattern`` is likest to, and how the two differ."""
    distance, end = nearest_end(pattern, text)
    before = text[max(0, end - 2 * len(pattern)) : end]  # a longer part would be farther than none at all
    start = end - nearest_end(pattern[::-1], before[::-1], anchored=True)[1]
    edits = _merged(_steps(pattern, text[start:end]))
    moved = (Edit(edit.pattern, (edit.text[0] + start, edit.text[1] + start)) for edit in edits)
    return Alignment(distance, (start, end), tuple(moved))


class _Matrix:
    """The last column of the edit matrix, as bits that say where its values go up and down by one.

    Attributes:
        up, down: bit i is set where row i + 1 is one more, one less than row i.
    """

    def __init__(self, pattern: str) -> None:
        self._mask = (1 << len(pattern)) - 1
        self._last = len(pattern) - 1
        self.up, self.down = self._mask, 0
        self._positions: dict[str, int] = {}
        for at, char in enumerate(pattern):
            self._positions[char] = self._positions.get(char, 0) | 1 << at

    def add(self, char: str, *, free_start: bool) -> int:
        """Go on by one character of the text; how much the value of the last row changes.

        Args:
            char: the character.
            free_start: whether the pattern may begin anywhere in the text: row 0 stays 0.
        """
        mask, up, down = self._mask, self.up, self.down
        equal = self._positions.get(char, 0)
        diagonal = (((equal & up) + up) ^ up) | equal | down
        rises = down | (mask & ~(diagonal | up))
        falls = up & diagonal
        change = (rises >> self._last & 1) - (falls >> self._last & 1)
        rises = (rises << 1 | (not free_start)) & mask
        falls = falls << 1 & mask
        self.up = falls | (mask & ~(diagonal | rises))
        self.down = rises & diagonal & mask
        return change


def _steps(pattern: str, text: str) -> Iterator[Edit]:
    """Edits of single characters that turn ``pattern`` into the whole of ``text``, last ones first."""
    matrix = _Matrix(pattern)
    columns = [(matrix.up, matrix.down)]
    for char in text:
        matrix.add(char, free_start=False)
        columns.append((matrix.up, matrix.down))
    row, column = len(pattern), len(text)
    while row or column:
        if row and column and pattern[row - 1] == text[column - 1]:
            row, column = row - 1, column - 1
            continue
        if row and columns[column][0] >> (row - 1) & 1:  # the value above is one less: a character of the pattern only
            yield Edit((row - 1, row), (column, column))
            row -= 1
        elif row and column and not columns[column - 1][1] >> (row - 1) & 1:  # by the diagonal: one for another
            yield Edit((row - 1, row), (column - 1, column))
            row, column = row - 1, column - 1
        else:
            yield Edit((row, row), (column - 1, column))
            column -= 1


def _merged(steps: Iterator[Edit]) -> list[Edit]:
    """Edits in order, those that touch made one."""
    edits: list[Edit] = []
    for step in steps:
        if edits and edits[-1].pattern[0] == step.pattern[1] and edits[-1].text[0] == step.text[1]:
            last = edits.pop()
            step = Edit((step.pattern[0], last.pattern[1]), (step.text[0], last.text[1]))
        edits.append(step)
    return edits[::-1]
