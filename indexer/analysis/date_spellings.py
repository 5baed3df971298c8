"""Dates and months as other writers write them: ``2021年3月5日``, ``2021.3.5``, ``20210305``, ``二〇二一年三月五日``;
``2021年3月``, ``2021-03``; ``21年3月5日`` for short.
"""

from __future__ import annotations

import re

from indexer.analysis.numerals import DIGITS, NUMERALS, digitwise, from_chinese, from_digitwise, to_chinese
from indexer.analysis.patterns import lazy

_YEAR = rf"(?P<year>\d{{4}}|[零{DIGITS}]{{4}})"
# A year for short is of this century up to here, of the last one after it; those of 民国 are counted otherwise.
_LAST_OF_CENTURY = 50
_WRITTEN = lazy(
    rf"(?<![\d{NUMERALS}])(?:(?:{_YEAR}|(?<![国和治正元宗熙绪])(?P<short>\d\d)) ?年 ?)?"
    rf"(?P<month>\d{{1,2}}|[{NUMERALS}]{{1,2}}) ?月 ?(?P<day>\d{{1,2}}|[{NUMERALS}]{{1,3}}) ?[日号]",
    re.ASCII,
)
_PLAIN = lazy(
    r"(?<![\d.-])(?P<year>\d{4})(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d-]|[./]\d)",
    re.ASCII,
)

_JOINED = lazy(r"(?<![\d.-])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d.-])", re.ASCII)


_MONTH = lazy(
    rf"(?<![\d{NUMERALS}]){_YEAR} ?年 ?(?P<month>\d{{1,2}}|[{NUMERALS}]{{1,2}}) ?月(?! ?(?:\d|[{NUMERALS}]+ ?[日号]))",
    re.ASCII,
)
_PLAIN_MONTH = lazy(r"(?<![\d./-])(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?![\d%]|[-./]\d)", re.ASCII)


def find_dates(run: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return where each whole date and each month of a year stands in a folded run, in order, and all the ways to
    write it.
    """
    dates = [each for pattern in (_WRITTEN, _PLAIN, _JOINED) for each in pattern.finditer(run)]
    found = [(*match.span(), _spellings(_year(match), match["month"], match["day"])) for match in dates]
    months = [each for pattern in (_MONTH, _PLAIN_MONTH) for each in pattern.finditer(run)]
    found += [(*match.span(), _spellings_of_month(match["year"], match["month"])) for match in months]
    return sorted((start, end, spellings) for start, end, spellings in found if spellings)


def _year(match: re.Match[str]) -> str | None:
    short = match.groupdict().get("short")
    if short is None:
        return match["year"]
    return f"{20 if int(short) <= _LAST_OF_CENTURY else 19}{short}"


def _spellings(year: str | None, month: str, day: str) -> tuple[str, ...]:
    """Return a date in Han characters, then in digits; nothing where the calendar has none such."""
    numbers = [int(part) if part.isascii() else from_chinese(part) for part in (month, day)]
    m, d = numbers
    if m is None or d is None or not (1 <= m <= 12 and 1 <= d <= 31):
        return ()
    chinese, written = f"{to_chinese(m)}月{to_chinese(d)}日", (f"{m}月{d}日", f"{m:02}月{d:02}日")
    if year is None:
        return (chinese, chinese, *written)
    digits = year if year.isascii() else from_digitwise(year)
    chinese = f"{digitwise(digits)}年{chinese}"
    plain = [f"{digits}{mark}{part}" for mark in "-./" for part in (f"{m:02}{mark}{d:02}", f"{m}{mark}{d}")]
    return (
        chinese,
        chinese.replace("〇", "零"),
        *(f"{digits}年{day}" for day in written),
        *plain,
        f"{digits}{m:02}{d:02}",
    )


def _spellings_of_month(year: str, month: str) -> tuple[str, ...]:
    """Return a month of a year in Han characters, then in digits; nothing where the calendar has none such."""
    m = int(month) if month.isascii() else from_chinese(month)
    if m is None or not 1 <= m <= 12:
        return ()
    digits = year if year.isascii() else from_digitwise(year)
    chinese = f"{digitwise(digits)}年{to_chinese(m)}月"
    written = (f"{digits}年{m}月", f"{digits}年{m:02}月")
    return (chinese, chinese.replace("〇", "零"), *written, *(f"{digits}{mark}{m:02}" for mark in "-./"))
