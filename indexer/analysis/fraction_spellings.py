"""Shares and fractions as other writers write them: ``3.5%`` → ``百分之三点五``, ``5‰`` → ``千分之五``, ``2/3`` →
``三分之二``, ``3分之2``. All on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from indexer.analysis.numerals import (
    DIGITS,
    END,
    NUMERALS,
    decimal_from_chinese,
    decimal_to_chinese,
    from_chinese,
    to_chinese,
)
from indexer.analysis.patterns import lazy

if TYPE_CHECKING:
    from fractions import Fraction

# In Han characters, in digits, and in both.
_Styles: TypeAlias = tuple[str, str, str]

# In a verbose pattern; of a fraction both numbers are below a hundred.
FRACTION = rf"""
    (?<![{NUMERALS}\d])(?P<chinese_hundred>[百千万])分之
      (?P<chinese_share>[{NUMERALS}]+(?:点[零{DIGITS}]+)?|\d+(?:\.\d+)?)
    | (?<![\d.,])(?P<share>\d+(?:\.\d+)?)[ ]?(?P<hundred>[%‰‱])
    | (?<![{NUMERALS}])(?P<chinese_whole>[二三四五六七八九十]+)分之(?P<chinese_part>[一二三四五六七八九十]+)
    | (?<![\d.,])(?P<digit_whole>[1-9]\d?)分之(?P<digit_part>[1-9]\d?)(?!\d)
    | (?<![\d.,/a-z])(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?![\d.,/a-z])
"""
_FRACTION = lazy(FRACTION, re.VERBOSE)
_SIGNS = {"百": "%", "千": "‰", "万": "‱"}
_HUNDREDS = {sign: hundred for hundred, sign in _SIGNS.items()}
_PARTS_OF = {"%": 100, "‰": 1_000, "‱": 10_000}
# 三成 is thirty percent.
_TENTHS = lazy("([1-9]|[一二两三四五六七八九])成")
# 1.5倍 is 150%. Once is no share, nor is what is counted in more than these times.
_TIMES = lazy(rf"(\d{{1,2}}(?:\.\d{{1,2}})?|[两{DIGITS[1:]}十](?:点[{DIGITS[1:]}])?)倍", re.ASCII)
_MOST_TIMES = 10
# Digits after the point of a share, and parts of a fraction that is one, at most.
_PLACES, _MOST_PARTS = 2, 10


def fraction_styles(found: Mapping[str, str]) -> _Styles | None:
    """What ``FRACTION`` matched, by group, in Han characters, in digits and in both; None for what is no fraction."""
    match found:
        case {"chinese_hundred": hundred, "chinese_share": share}:
            return _share(hundred, _in_digits(share))
        case {"hundred": sign, "share": share}:
            return _share(_HUNDREDS[sign], share)
        case {"chinese_whole": whole, "chinese_part": part}:
            return _fraction(from_chinese(part), from_chinese(whole))
        case {"digit_whole": whole, "digit_part": part}:
            return _fraction(int(part), int(whole))
    return _fraction(int(found["part"]), int(found["whole"]))


def read_share(text: str) -> Fraction | None:
    """Return how much a share or fraction is, ``三成`` and ``三倍`` too; None for anything else."""
    from fractions import Fraction  # for the few queries that hold a share

    if tenths := _TENTHS.fullmatch(text):
        return Fraction(int(tenths[1]) if tenths[1].isascii() else from_chinese(tenths[1]) or 0, 10)
    if times := _TIMES.fullmatch(text):
        return Fraction(times[1] if times[1].isascii() else decimal_from_chinese(times[1]) or 0)
    match = _FRACTION.fullmatch(text)
    styles = fraction_styles({name: each for name, each in match.groupdict().items() if each}) if match else None
    if styles is None:
        return None
    _, digits, _ = styles
    return Fraction(digits[:-1]) / _PARTS_OF[digits[-1]] if digits[-1] in _PARTS_OF else Fraction(digits)


def write_share(share: Fraction) -> Iterator[str]:
    """Yield a share below all by each sign by which it has few digits, as a fraction of few parts, and in tenths; what
    is more than all in percent and in times.
    """
    if 1 < share <= _MOST_TIMES and (share * 100).denominator == 1:
        yield from (f"{share * 100}%", f"{float(share):g}倍")
    if not 0 < share < 1:
        return
    for sign, whole in _PARTS_OF.items():
        number = share * whole
        places = next((places for places in range(_PLACES + 1) if (number * 10**places).denominator == 1), None)
        if places is not None and (sign == "%" or 1 <= number < _MOST_PARTS):
            yield f"{float(number):.{places}f}{sign}"
    if share.denominator <= _MOST_PARTS:
        yield f"{share.numerator}/{share.denominator}"
    if (share * 10).denominator == 1:
        yield f"{share * 10}成"


def _in_digits(share: str) -> str | None:
    if share.isascii():
        return share
    return "100" if share == "百" else decimal_from_chinese(share)


def _share(hundred: str, share: str | None) -> _Styles | None:
    if share is None or Decimal(share) >= END:
        return None
    return f"{hundred}分之{decimal_to_chinese(share)}", share + _SIGNS[hundred], f"{hundred}分之{share}"


def _fraction(part: int | None, whole: int | None) -> _Styles | None:
    if part is None or whole is None or part >= whole:
        return None
    return f"{to_chinese(whole)}分之{to_chinese(part)}", f"{part}/{whole}", f"{whole}分之{part}"
