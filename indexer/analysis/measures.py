"""What says as much in another measure: ``七天`` is ``七日``, ``36个月`` is ``3年``, ``5公斤`` is ``5kg``, ``三成`` is
``30%``, ``周五`` is ``星期五``; and within bounds (``bounds``). All on folded text.

A year and a month are of no fixed number of days, so these stay apart; ``三年`` of a date (``第三年``) is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from indexer.analysis.bounds import equal_bounds, find_bounds
from indexer.analysis.clock_times import equal_times
from indexer.analysis.fraction_spellings import read_share, write_share
from indexer.analysis.numerals import FORMAL, NUMERALS, from_chinese, is_numeral
from indexer.analysis.patterns import lazy

# Measures that say the same.
_SAME = (
    ("天", "日"),
    ("周", "个星期", "星期"),
    ("小时", "个小时", "个钟头"),
    ("岁", "周岁"),
    ("元", "圆", "块钱", "块"),
    ("平方米", "平米", "m2"),
    ("立方米", "m3"),
    ("公里", "千米", "km"),
    ("厘米", "公分", "cm"),
    ("毫米", "mm"),
    ("纳米", "nm"),
    ("公斤", "千克", "kg"),
    ("克", "g"),
    ("毫克", "mg"),
    ("升", "l"),
    ("毫升", "ml"),
    ("千瓦", "kw"),
    ("瓦", "w"),
    ("度", "摄氏度", "°c"),
)
_OTHERS = {measure: tuple(each for each in group if each != measure) for group in _SAME for measure in group}
# Measures that mean something else after small numbers: 三块地, 5g网络, 两度.
_LEAST = {"块": 10, "g": 10, "度": 10}
_LATIN = "|".join(sorted((each for each in _OTHERS if each[-1].isascii()), key=len, reverse=True))
_MEASURED = lazy(
    rf"(?<![0-9a-z.,])[0-9]+(?:[.,][0-9]+)* ?(?:{_LATIN})(?![0-9a-z])|(?<![{NUMERALS}])半个(?:小时|钟头|月)"
)
_AMOUNT = lazy(
    rf"(?P<number>[0-9]+(?:[.,][0-9]+)*[百千万亿]*|[{NUMERALS}{FORMAL}]{{1,9}}) ?"
    rf"(?P<measure>年半|年|个月|{'|'.join(sorted(_OTHERS, key=len, reverse=True))})"
)
SUNDAYS = ("星期日", "星期天", "周日", "礼拜日", "礼拜天")
# What names an amount without a number of its own.
_NAMED = {
    "半年": ("6个月",),  # six months are no 半年, which 上半年 and 下半年 hold
    "半个月": ("15天", "15日"),
    "半小时": ("半个小时", "30分钟"),
    "半个小时": ("半小时", "30分钟"),
    "半个钟头": ("半小时", "半个小时", "30分钟"),
    "30分钟": ("半小时", "半个小时"),
    "一半": ("半数", "1/2", "50%"),
    "半数": ("一半", "1/2", "50%"),
    "双倍": ("2倍",),
    "以内": ("内", "之内"),
    "之内": ("内", "以内"),
    "每月": ("每个月",),
    "每天": ("每日",),
    "每日": ("每天",),
    "每周": ("每星期", "每个星期"),
    "每星期": ("每周", "每个星期"),
    **{day: tuple(each for each in SUNDAYS if each != day) for day in SUNDAYS},
}
_HALF = 0.5
_TENTHS = lazy(r"0\.(\d{1,2})倍")
_DAY_OF_WEEK = lazy(rf"(?:星期|礼拜|周)(?P<day>[一二三四五六日天])(?![天日个次小时年月节课{NUMERALS}])")
_DECADE = lazy(r"(?:(?:20|上个?)世纪(?P<tens>[1-9]0|[一二三四五六七八九]十)|(?<!\d)19(?P<years>[1-9]0))年代")
_MONTHS = 12
# Nobody counts more years in months, or more days in weeks.
_MOST_YEARS = 10
_WEEK, _MOST_WEEKS = 7, 8


# The same words come again in query after query.
@lru_cache(maxsize=4_096)
def equal_measures(unit: str) -> tuple[str, ...]:
    """Return what says as much as an amount, a share or a time of day in another measure; nothing for anything else."""
    if not any(map(is_numeral, unit)):
        return _NAMED.get(unit, ())
    found = (
        *_NAMED.get(unit, ()),
        *_equals(unit),
        *equal_times(unit),
        *equal_bounds(unit),
        *_equal_dates(unit),
    )
    return tuple(dict.fromkeys(other for other in found if other != unit))


def find_measured(run: str) -> Iterator[tuple[int, int]]:
    """Yield where halves, numbers with a measure in letters, bounds, days of a week and decades stand in a run:
    ``半个月``, ``5 kg``, ``3-10年``, ``周五``, but no ``5g``.
    """
    yield from (match.span() for match in _MEASURED.finditer(run) if equal_measures(match[0]))
    dates = (match for pattern in (_DAY_OF_WEEK, _DECADE) for match in pattern.finditer(run))
    yield from (match.span() for match in dates if equal_measures(match[0]))
    yield from find_bounds(run)


def _equals(unit: str) -> Iterator[str]:
    match = _AMOUNT.fullmatch(unit)
    if not match:
        yield from _equal_shares(unit)
        return
    number, measure = match["number"], match["measure"]
    value = int(number) if number.isdecimal() else from_chinese(number)
    if value == 0:
        return
    others = (measure, *_OTHERS.get(measure, ()))
    if value is None or value >= max(_LEAST.get(each, 0) for each in others):
        yield from (f"{number}{other}" for other in others[1:])
    if value is not None:
        yield from _equal_durations(value, measure)


def _equal_durations(number: int, measure: str) -> Iterator[str]:
    years, months = divmod(number, _MONTHS)
    match measure:
        case "年" if number <= _MOST_YEARS:
            yield f"{number * _MONTHS}个月"
        case "年半" if number <= _MOST_YEARS:
            yield from (f"{number * _MONTHS + _MONTHS // 2}个月", f"{number}年6个月")
        case "个月" if years <= _MOST_YEARS and not months:
            yield f"{years}年"
        case "个月" if 0 < years <= _MOST_YEARS and months == _MONTHS // 2:
            yield from (f"{years}年半", f"{years}年6个月")
        case "周" | "星期" | "个星期" if number <= _MOST_WEEKS:
            yield from (f"{number * _WEEK}天", f"{number * _WEEK}日")
        case "天" | "日" if number % _WEEK == 0 and number <= _WEEK * _MOST_WEEKS:
            yield from (f"{number // _WEEK}周", f"{number // _WEEK}个星期")


def _equal_dates(unit: str) -> Iterator[str]:
    """Yield what else calls a day of a week or a decade."""
    if match := _DAY_OF_WEEK.fullmatch(unit):
        yield from (f"{week}{match['day']}" for week in ("星期", "周", "礼拜"))
    elif match := _DECADE.fullmatch(unit):
        tens = match["years"] or match["tens"]
        digits = tens if tens.isascii() else f"{from_chinese(tens)}"
        yield from (f"{before}{digits}年代" for before in ("19", "20世纪", "上世纪", "上个世纪"))


def _equal_shares(unit: str) -> Iterator[str]:
    if tenths := _TENTHS.fullmatch(unit):
        yield f"{int(tenths[1].ljust(2, '0'))}%"
        return
    share = read_share(unit)
    if share is not None:
        yield from write_share(share)
        yield from ("一半", "半数") if share == _HALF else ()
