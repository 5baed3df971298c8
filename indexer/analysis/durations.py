"""Durations that are as long in another measure: ``七天`` is ``7日``, ``36个月`` is ``3年``. All on folded text.

A year, a month and a week are of no fixed number of days, so these stay apart; ``三年`` of a date (``第三年``) is none.
"""

from __future__ import annotations

from indexer.analysis.numerals import from_chinese
from indexer.analysis.patterns import lazy

_DURATION = lazy(r"(?P<number>[0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7}) ?(?P<measure>天|日|年|个月)")
_HALF_A_YEAR = "半年"
_MONTHS = 12
# Nobody counts more years in months.
_MOST_YEARS = 10


def equal_durations(unit: str) -> tuple[str, ...]:
    """Return what says as long a time as a number with its measure, in digits; nothing for any other unit."""
    if unit == _HALF_A_YEAR:
        return (f"{_MONTHS // 2}个月",)
    match = _DURATION.fullmatch(unit)
    number = _value(match["number"]) if match else None
    if match is None or not number:
        return ()
    match match["measure"]:
        case "天":
            return (f"{number}日",)
        case "日":
            return (f"{number}天",)
        case "年":
            return (f"{number * _MONTHS}个月",) if number <= _MOST_YEARS else ()
    # six months are no 半年, which 上半年 and 下半年 hold
    years, rest = divmod(number, _MONTHS)
    return (f"{years}年",) if not rest and years <= _MOST_YEARS else ()


def _value(number: str) -> int | None:
    return int(number) if number.isdecimal() else from_chinese(number)
