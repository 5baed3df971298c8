"""The calendar date that a file writes, as ISO 8601; never shifted by a zone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_MONTH = re.compile(r"(\d{4})(?:\s*年\s*(\d{1,2})\s*月份?|[-/.](\d{1,2}))")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Za-z]{3})[A-Za-z]*\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 80

_DIGITS = "〇一二三四五六七八九"
# 零 and the circles that stand for 〇 in documents.
_ZEROS = str.maketrans("零○◯Ｏ", "〇〇〇〇")
# 民國一一〇年, 民国38年, 中華民國元年
_REPUBLIC = re.compile(rf"(?:中[华華])?民[国國]\s*([0-9]{{1,3}}|[元十百{_DIGITS}零○]{{1,5}})\s*年")
_CHINESE = re.compile(
    rf"([{_DIGITS}零○◯Ｏ]{{4}}|(?<!\d)\d{{4}})\s*年\s*([元十{_DIGITS}]{{1,3}})\s*月(?:\s*([十廿卅{_DIGITS}]{{1,3}})\s*日)?"
)
# A day as documents write it: 2021年7月2日, in digits of either width.
_DAY = re.compile(r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_LONG_SCALES = str.maketrans({"廿": "二十", "卅": "三十", "元": "一"})


def calendar_date(text: str) -> str | None:
    """Return the date in ``text`` as ``YYYY-MM-DD``, or None where none is written.

    A month alone (``2020年5月``, ``2020-05``) gives ``YYYY-MM``, so that the year can be found and no day is made up.
    Reads ``2021-07-02``, ``2021/7/2``, ``2021.7.2``, ``2021年7月2日``, ``二〇二一年七月二日``, ``20210702``, RFC 2822
    (``Fri, 02 Jul 2021 …``) and ``July 2, 2021``, with anything after it.
    """
    text = in_digits(text.strip()[:_LONGEST])
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


def in_digits(text: str) -> str:
    """Return ``text`` with its dates in Chinese numerals (``二〇二一年七月二日``) or of the Republic in digits."""
    if "民" in text:
        text = _REPUBLIC.sub(lambda match: f"{1911 + _year_of_republic(match[1])}年", text)
    return _CHINESE.sub(_digits_of, text)


def days(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and ISO form of every ``2021年7月2日`` in ``text`` that a calendar has."""
    for match in _DAY.finditer(text):
        if date := _iso(match[1], match[2], match[3]):
            yield match.start(), match.end(), date


def _digits_of(match: re.Match[str]) -> str:
    written = match[1].translate(_ZEROS)
    year = written if written.isdecimal() else "".join(str(_DIGITS.index(digit)) for digit in written)
    day = f"{_small_number(match[3])}日" if match[3] else ""
    return f"{year}年{_small_number(match[2])}月{day}"


def _year_of_republic(numeral: str) -> int:
    """Return the number that ``110``, ``一一〇``, ``一百一十``, ``三十八`` or ``元`` writes."""
    if numeral.isdecimal():
        return int(numeral)
    hundreds, scale, rest = numeral.translate(_ZEROS).rpartition("百")
    rest = rest.lstrip("〇")
    return (100 * _small_number(hundreds or "一") if scale else 0) + (_small_number(rest) if rest else 0)


def _small_number(numeral: str) -> int:
    """Return the number that ``十二``, ``二十``, ``廿三`` or ``三〇`` writes."""
    numeral = numeral.translate(_LONG_SCALES)
    tens, scale, ones = numeral.rpartition("十")
    if not scale:
        return int("".join(str(_DIGITS.index(digit)) for digit in ones) or "0")
    return 10 * (_DIGITS.index(tens) if tens in _DIGITS and tens else 1) + (
        _DIGITS.index(ones) if len(ones) == 1 else 0
    )


def _month(name: str) -> str:
    """Return the number of an English month by its first three letters, ``"0"`` for no month."""
    return str(_MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else "0"


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
