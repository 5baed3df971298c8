"""Numbers, years and spacing as other writers write them: expansion of a query's run, never of the index.

``第12条`` → ``第十二条``; ``2020年`` → ``二〇二〇年``, ``二零二零年``; ``5g网络`` → ``5g 网络``. All on folded text.
"""

from __future__ import annotations

import re

from indexer.analysis.fold import HAN, KANA, fold_key

LIMIT = 16

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
NUMERALS = "零〇一二三四五六七八九十百千万"
_COUNTERS = "条章节款项编卷回届次部篇集册期号页讲课单元级类批年月日"
_YEAR_ARABIC = re.compile(r"(?<!\d)(\d{4}) ?(?=年)")
_YEAR_CHINESE = re.compile(r"([一二][〇零一二三四五六七八九]{3}) ?(?=年)")
_COUNT_ARABIC = re.compile(rf"(?:(?<=第)|(?<=第 ))(\d{{1,5}})|(?<![\d.,])(\d{{1,4}})(?= ?[{_COUNTERS}])")
_COUNT_CHINESE = re.compile(rf"(?:(?<=第)|(?<=第 ))([{NUMERALS}]+)|([{NUMERALS}]+)(?= ?[月日条款项章节])")
# Where Han meets a letter or digit of another script: with a space between them, or without.
_SEAM = re.compile(rf"(?<=[{HAN}]) ?(?=[^\W_])(?![{HAN}{KANA}])|(?<=[^\W_])(?<![{HAN}{KANA}]) ?(?=[{HAN}])")


def expand(run: str) -> tuple[str, ...]:
    """``run`` and its other spellings, itself first, at most ``LIMIT``."""
    # Folded once more, since a number in Han characters keeps no white space beside it.
    spellings = dict.fromkeys([run, *map(fold_key, _number_spellings(run))])
    spaced: dict[str, None] = dict.fromkeys(spellings)
    for spelling in spellings:
        spaced[_SEAM.sub("", spelling)] = None
        spaced[_SEAM.sub(" ", spelling)] = None
    return tuple(spaced)[:LIMIT]


def _number_spellings(run: str) -> list[str]:
    chinese = _YEAR_ARABIC.sub(lambda match: _digitwise(match[1]), run)
    chinese = _COUNT_ARABIC.sub(lambda match: to_chinese(int(match[1] or match[2])), chinese)
    arabic = _YEAR_CHINESE.sub(lambda match: _undigit(match[1]), run)
    arabic = _COUNT_CHINESE.sub(_to_arabic_match, arabic)
    zeros = [spelling.replace("〇", "零") for spelling in (chinese, run) if "〇" in spelling]
    rings = [spelling.replace("零", "〇") for spelling in (run,) if _YEAR_CHINESE.search(spelling)]
    return [chinese, arabic, *zeros, *rings]


def to_chinese(number: int) -> str:
    """``12`` → ``十二``, ``105`` → ``一百零五``; from 0 to 99,999."""
    if number >= 10_000:
        rest = number % 10_000
        joint = "零" if 0 < rest < 1_000 else ""
        return to_chinese(number // 10_000) + "万" + (joint + _below_ten_thousand(rest) if rest else "")
    text = _below_ten_thousand(number) or "零"
    return text[1:] if text.startswith("一十") else text


def _below_ten_thousand(number: int) -> str:
    text, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + _UNITS[power]
            pending_zero = False
        else:
            pending_zero = bool(text)
    return text


def from_chinese(numeral: str) -> int | None:
    """``十二`` → ``12``; None where the characters make no number."""
    total = section = digit = 0
    for char in numeral.replace("零", "〇"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            unit = 10 ** _UNITS.index(char)
            section, digit = section + (digit or 1) * unit, 0
    number = total + section + digit
    return number if to_chinese(number) in (numeral, "一" + numeral) and number < 100_000 else None


def _digitwise(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _undigit(numeral: str) -> str:
    return "".join(str(_DIGITS.index(char)) for char in numeral.replace("零", "〇"))


def _to_arabic_match(match: re.Match[str]) -> str:
    number = from_chinese(match[1] or match[2])
    return match[0] if number is None else str(number)
