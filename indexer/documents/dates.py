"""The calendar date that a file writes, as ISO 8601; never shifted by a zone."""

from __future__ import annotations

import datetime
import re

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_MONTH = re.compile(r"(\d{4})(?:\s*年\s*(\d{1,2})\s*月份?|[-/.](\d{1,2}))")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Za-z]{3})[A-Za-z]*\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 80


def calendar_date(text: str) -> str | None:
    """Return the date in ``text`` as ``YYYY-MM-DD``, or None where none is written.

    A month alone (``2020年5月``, ``2020-05``) gives ``YYYY-MM``, so that the year can be found and no day is made up.
    Reads ``2021-07-02``, ``2021/7/2``, ``2021.7.2``, ``2021年7月2日``, ``20210702``, RFC 2822 (``Fri, 02 Jul 2021 …``)
    and ``July 2, 2021``, with anything after it.
    """
    text = text.strip()[:_LONGEST]
    for pattern in (_YEAR_FIRST, _COMPACT):
        if match := pattern.search(text):
            return _iso(match[1], match[2], match[3])
    if match := _MONTH.fullmatch(text):
        first = _iso(match[1], match[2] or match[3], "1")
        return first[:7] if first else None
    if match := _DAY_FIRST.search(text):
        return _iso(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.search(text):
        return _iso(match[3], _month(match[1]), match[2])
    return None


def _month(name: str) -> str:
    """Return the number of an English month by its first three letters, ``"0"`` for no month."""
    return str(_MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else "0"


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
