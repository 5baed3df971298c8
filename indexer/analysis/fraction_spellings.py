"""Shares and fractions as other writers write them: ``3.5%`` → ``百分之三点五``, ``5‰`` → ``千分之五``, ``2/3`` →
``三分之二``. All on folded text.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from indexer.analysis.numerals import (
    DIGITS,
    END,
    NUMERALS,
    decimal_from_chinese,
    decimal_to_chinese,
    from_chinese,
    to_chinese,
)

# In a verbose pattern; of a fraction both numbers are below a hundred.
FRACTION = rf"""
    (?P<chinese_hundred>[百千])分之(?P<chinese_share>[{NUMERALS}]+(?:点[零{DIGITS}]+)?)
    | (?<![\d.,])(?P<share>\d+(?:\.\d+)?)[ ]?(?P<hundred>[%‰])
    | (?<![{NUMERALS}])(?P<chinese_whole>[二三四五六七八九十]+)分之(?P<chinese_part>[一二三四五六七八九十]+)
    | (?<![\d.,/a-z])(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?![\d.,/a-z])
"""
_SIGNS = {"百": "%", "千": "‰"}
_HUNDREDS = {sign: hundred for hundred, sign in _SIGNS.items()}


def fraction_styles(found: Mapping[str, str]) -> tuple[str, str] | None:
    """What ``FRACTION`` matched, by group, in Han characters and in digits; None for what is no fraction."""
    match found:
        case {"chinese_hundred": hundred, "chinese_share": share}:
            return _share(hundred, "100" if share == "百" else decimal_from_chinese(share))
        case {"hundred": sign, "share": share}:
            return _share(_HUNDREDS[sign], share)
        case {"chinese_whole": whole, "chinese_part": part}:
            return _fraction(from_chinese(part), from_chinese(whole))
    return _fraction(int(found["part"]), int(found["whole"]))


def _share(hundred: str, share: str | None) -> tuple[str, str] | None:
    if share is None or Decimal(share) >= END:
        return None
    return f"{hundred}分之{decimal_to_chinese(share)}", share + _SIGNS[hundred]


def _fraction(part: int | None, whole: int | None) -> tuple[str, str] | None:
    if part is None or whole is None or part >= whole:
        return None
    return f"{to_chinese(whole)}分之{to_chinese(part)}", f"{part}/{whole}"
