"""The numbers of pages in plain text that a program took out of pages: - 7 -, alone on lines that count up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.documents.lines import SENTENCE_END

_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s?([0-9]{1,4})\s?[-—–－]|第\s?([0-9]{1,4})\s?页(?:[ ,，/／]*共\s?[0-9]{1,4}\s?页)?)\s*"
)
_LONGEST = 24
_HAN = re.compile("[\u4e00-\u9fff]")
_INDENTED = re.compile("[ \t\u3000\xa0]{2}")
# So many numbers count up by one, so many of them stand in the midst of a sentence, that all are those of pages.
_LEAST, _COUNTING_SHARE = 8, 0.6
_LEAST_WITHIN, _WITHIN_SHARE = 5, 0.1
_SHORTEST_ROW = 15


def without_page_numbers(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the numbers of its pages, and those; a sentence that one interrupts goes on.

    Numbers that stand between sentences are those of chapters, and those without marks may be in a table.
    """
    rows = text.splitlines()
    found = {index: value for index, row in enumerate(rows) if (value := _value(row)) is not None}
    if len(found) < _LEAST or not _count_pages(rows, found):
        return text, ()
    numbers = tuple(rows[index].strip() for index in found)
    for index in found:
        before, after = _neighbours(rows, index)
        if _is_within(rows, before, after):
            for each in range(before + 1, after):
                rows[each] = "\x00"
        else:
            rows[index] = ""
    return "\n".join(row for row in rows if row != "\x00"), numbers


def _value(row: str) -> int | None:
    match = _NUMBER.fullmatch(row) if len(row) <= _LONGEST else None
    return int(match[match.lastindex or 0]) if match is not None else None


def _count_pages(rows: Sequence[str], found: dict[int, int]) -> bool:
    counting = sum(1 for value, following in pairwise(found.values()) if following == value + 1)
    within = sum(1 for index in found if _is_within(rows, *_neighbours(rows, index)))
    is_count = counting >= _COUNTING_SHARE * (len(found) - 1)
    return is_count and within >= _LEAST_WITHIN and within >= _WITHIN_SHARE * len(found)


def _neighbours(rows: Sequence[str], index: int) -> tuple[int, int]:
    """Return the indexes of the rows before and after one that show something, -1 and the count of rows for none."""
    before = next((each for each in range(index - 1, -1, -1) if rows[each].strip()), -1)
    return before, next((each for each in range(index + 1, len(rows)) if rows[each].strip()), len(rows))


def _is_within(rows: Sequence[str], before: int, after: int) -> bool:
    if before < 0 or after >= len(rows):
        return False
    row = rows[before].strip()
    runs_on = len(row) >= _SHORTEST_ROW and _HAN.search(row) is not None and SENTENCE_END.search(row) is None
    return runs_on and _INDENTED.match(rows[after]) is None and _HAN.match(rows[after].strip()) is not None
