"""Amounts within bounds as other writers say them. All on folded text.

``3-10年`` is ``三年以上十年以下``, ``14岁以下`` is ``不满十四周岁``, ``5万以下`` is ``五万元以下``.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.numerals import NUMERALS, from_chinese
from indexer.analysis.patterns import lazy

_NUMBER = rf"(?:\d{{1,4}}(?:\.\d+)?|[{NUMERALS}]{{1,5}})"
_NONE_BEFORE = rf"(?<![\d.{NUMERALS}第月-])"
_LARGE = "[万亿]"
_RANGE = lazy(
    rf"{_NONE_BEFORE}(?P<least>{_NUMBER})(?P<own>{_LARGE}?(?:元|年|个月|天|日|倍|周?岁)|{_LARGE})? ?[-~—–至到] ?"
    rf"(?P<most>{_NUMBER})(?P<unit>{_LARGE}?(?:元|年|个月|天|日|倍|周?岁)|{_LARGE})(?![{NUMERALS}\d代级])"
)
_MONEY = lazy(rf"{_NONE_BEFORE}(?:{_NUMBER}{_LARGE}元?以上)?{_NUMBER}{_LARGE}元?以[上下]")
_WITHOUT_YUAN = lazy(rf"(?<={_LARGE})(?=以[上下])")
_AGE = lazy(rf"[不未]满(?P<below>{_NUMBER})周?岁|{_NONE_BEFORE}(?P<number>{_NUMBER})周?岁(?P<side>以[上下])")
_PATTERNS = (_RANGE, _MONEY, _AGE)
# What every bound holds one of.
_SIGNS = frozenset("-~—–至到以满")
_DAYS = ("日", "天")
# From here on 2019-2021年 are years of a calendar.
_YEARS = 100


def find_bounds(run: str) -> Iterator[tuple[int, int]]:
    """Yield where amounts stand in a run with their bounds."""
    if not _SIGNS.isdisjoint(run):
        yield from (match.span() for each in _PATTERNS for match in each.finditer(run) if equal_bounds(match[0]))


def equal_bounds(unit: str) -> tuple[str, ...]:
    """Return what says as much as an amount with its bounds; nothing for any other text."""
    if _SIGNS.isdisjoint(unit):
        return ()
    return tuple(dict.fromkeys(other for other in _others(unit) if other != unit))


def _others(unit: str) -> Iterator[str]:
    if match := _RANGE.fullmatch(unit):
        if match["own"] in (None, match["unit"], match["unit"][0], match["unit"][-1]):
            yield from _of_range(match["least"], match["most"], match["unit"])
    elif _MONEY.fullmatch(unit):
        yield _WITHOUT_YUAN.sub("元", unit)
    elif match := _AGE.fullmatch(unit):
        yield from _of_age(match["below"] or match["number"], is_below=match["side"] != "以上")


def _of_range(least: str, most: str, unit: str) -> Iterator[str]:
    low, high = _value(least), _value(most)
    if low is None or high is None or not low < high or (unit == "年" and high >= _YEARS):
        return
    measure = f"{unit}元" if unit[-1] in "万亿" else unit
    for each in _DAYS if measure in _DAYS else ("岁", "周岁") if measure.endswith("岁") else (measure,):
        yield from (f"{least}{each}以上{most}{each}以下", f"{least}{each}至{most}{each}", f"{least}至{most}{each}")


def _of_age(number: str, *, is_below: bool) -> Iterator[str]:
    """Yield what says an age; 满 alone stands in 不满, which says the opposite."""
    for age in ("周岁", "岁"):
        if is_below:
            yield from (f"不满{number}{age}", f"未满{number}{age}", f"{number}{age}以下")
        else:
            yield from (f"{number}{age}以上", f"年满{number}{age}", f"已满{number}{age}")


def _value(number: str) -> float | None:
    return float(number) if number.isascii() else from_chinese(number)
