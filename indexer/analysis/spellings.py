"""Numbers, years and spacing as other writers write them: expansion of a query's run, never of the index.

``第12条`` → ``第十二条``; ``2020年`` → ``二〇二〇年``; ``100亿`` → ``一百亿``, ``10,000,000,000``; ``3.5%`` →
``百分之三点五``; ``5g网络`` → ``5g 网络``. All on folded text. A number is rewritten only where it is surely one: after
``第`` or before a counter, with a large unit, grouped by commas, round and large, or of several Han characters. All
numbers of a run are rewritten in the same style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from indexer.analysis.fold import HAN, KANA, fold_key
from indexer.analysis.numerals import DIGITS, END, NUMERALS, digitwise, from_chinese, from_digitwise, to_chinese

LIMIT = 16

# A number in each style: Han characters, the same otherwise (两, 〇), digits, digits with a large unit, grouped digits,
# Han characters with 点 and a large unit. A style in which it is not written repeats another one.
_Styles: TypeAlias = tuple[str, str, str, str, str, str]

_COUNTER = re.compile(
    " ?(?:[条章节款项编卷回届次部篇集册期号页讲课单元级类批年月日人名天周岁倍户亩吨件]"
    "|个(?:月|工作日|自然日|小时|百分点)|小时|分钟|公里|平方|千克|公斤)"
)
# Before these and 千, 万, 亿 two is 两 as well as 二.
_TAKES_LIANG = re.compile(" ?[年人名天周岁倍户亩吨件次部篇日个小分公平千]")
_SIZES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1}
# From here on a multiple of ``_ROUND`` in digits is rewritten without a counter, and no other number with one.
_LARGE, _ROUND = 10_000, 1_000
# From here on digits are grouped.
_GROUPED = 1_000
# Digits after the point of a number with a large unit.
_PLACES = 2

_CHINESE = f"[{NUMERALS}]+"
_CHINESE_DIGITS = f"[零{DIGITS}]"
_NUMBER = re.compile(
    rf"""
    百分之(?P<chinese_percent>{_CHINESE}(?:点{_CHINESE_DIGITS}+)?)
    | (?<![\d.,])(?P<percent>\d+(?:\.\d+)?)[ ]?%
    | (?<![\d.,])(?P<year>\d{{4}})(?=[ ]?年)
    | (?<![{NUMERALS}])(?P<digitwise>{_CHINESE_DIGITS}{{2,}})(?![{NUMERALS}点])
    | (?P<chinese_decimal>{_CHINESE}点{_CHINESE_DIGITS}+)(?P<chinese_unit>万亿|[万亿])?
    | (?<!\d)(?P<chinese>{_CHINESE})(?![{NUMERALS}\d])
    | (?<![\d.,a-z])(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<places>\.\d+)?(?:[ ]?(?P<unit>万亿|[万亿]))?
      (?![{NUMERALS}\d])
    """,
    re.VERBOSE,
)
_IN_GROUPS = re.compile(r"\d,\d{3}(?!\d)")
# Where Han meets a letter or digit of another script: with a space between them, or without.
_SEAM = re.compile(rf"(?<=[{HAN}]) ?(?=[^\W_])(?![{HAN}{KANA}])|(?<=[^\W_])(?<![{HAN}{KANA}]) ?(?=[{HAN}])")


def expand(run: str) -> tuple[str, ...]:
    """Return ``run`` and its other spellings, itself first, at most ``LIMIT``."""
    # Folded once more, since a number in Han characters keeps no white space beside it.
    spellings = dict.fromkeys([run, *map(fold_key, _number_spellings(run))])
    spaced: dict[str, None] = dict.fromkeys(spellings)
    for spelling in spellings:
        spaced[_SEAM.sub("", spelling)] = None
        spaced[_SEAM.sub(" ", spelling)] = None
    return tuple(spaced)[:LIMIT]


def has_grouped_digits(spelling: str) -> bool:
    """Tell whether commas group the digits of a number in it."""
    return _IN_GROUPS.search(spelling) is not None


def _number_spellings(run: str) -> Iterator[str]:
    """Yield ``run`` with its numbers in each style."""
    parts: list[_Styles] = []
    position = 0
    for match in _NUMBER.finditer(run):
        if styles := _styles(match):
            parts += [_alike(run[position : match.start()]), styles]
            position = match.end()
    parts.append(_alike(run[position:]))
    return map("".join, zip(*parts, strict=True))


def _styles(match: re.Match[str]) -> _Styles | None:
    """Return the number matched in each style; None if it may be no number."""
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    match found:
        case {"chinese_percent": numeral}:
            return _percent("100" if numeral == "百" else _to_digits(numeral))
        case {"percent": digits}:
            return _percent(digits)
        case {"year": digits}:
            return _digitwise(digits)
        case {"digitwise": numeral}:
            is_year = numeral[0] in "一二" and len(numeral) == 4 and re.match(" ?年", match.string[match.end() :])
            return _digitwise(from_digitwise(numeral)) if is_year or set("〇零") & set(numeral) else None
        case {"chinese_decimal": numeral}:
            return _decimal(_to_digits(numeral), found.get("chinese_unit", ""), match)
        case {"chinese": numeral}:
            number = from_chinese(numeral)
            is_sure = len(numeral) > 1 or _is_ordinal(match) or _is_counted(match)
            return _integer(number, match) if number is not None and is_sure else None
    return _from_digits(found["digits"], found.get("places", ""), found.get("unit", ""), match)


def _from_digits(digits: str, places: str, unit: str, match: re.Match[str]) -> _Styles | None:
    plain = digits.replace(",", "")
    if len(plain) > 1 and plain.startswith("0"):
        return None
    number = Decimal(plain + places) * _SIZES[unit]
    if number >= END or number != int(number):
        return _decimal(plain + places, unit, match) if number < END else None
    is_round = number >= _LARGE and number % _ROUND == 0
    is_counted = number < _LARGE * 10 and (_is_ordinal(match) or _is_counted(match))
    return _integer(int(number), match) if unit or "," in digits or is_round or is_counted else None


def _integer(number: int, match: re.Match[str]) -> _Styles:
    chinese, digits = to_chinese(number), str(number)
    other = chinese.replace("零", "〇") if number else chinese
    if _is_ordinal(match):
        return chinese, other, digits, digits, digits, chinese
    follows = match.string[match.end() :]
    if re.match("二[千万亿]", chinese) or (number == 2 and _TAKES_LIANG.match(follows)):
        other = "两" + chinese[1:]
    short, unit = _shortened(number)
    short_chinese = _decimal_to_chinese(short) + unit if "." in short else chinese
    grouped = f"{Decimal(short):,}{unit}" if Decimal(short) >= _GROUPED else f"{number:,}"
    return chinese, other, digits, short + unit, grouped, short_chinese


def _shortened(number: int) -> tuple[str, str]:
    """Return a number in the largest unit in which it has few digits after the point, and that unit."""
    for unit, size in _SIZES.items():
        short = format((Decimal(number) / size).normalize(), "f")
        if number >= size and len(short.partition(".")[2]) <= _PLACES:
            return short, unit
    return str(number), ""


def _decimal(digits: str | None, unit: str, match: re.Match[str]) -> _Styles | None:
    """Return a number that is not whole, in its unit."""
    if digits is None or not (unit or _is_counted(match)):
        return None
    if unit and (number := Decimal(digits) * _SIZES[unit]) == int(number):
        return _integer(int(number), match) if number < END else None
    chinese = _decimal_to_chinese(digits) + unit
    return chinese, chinese, digits + unit, digits + unit, digits + unit, chinese


def _percent(digits: str | None) -> _Styles | None:
    if digits is None or Decimal(digits) >= END:
        return None
    chinese, percent = f"百分之{_decimal_to_chinese(digits)}", f"{digits}%"
    return chinese, "百分之百" if digits == "100" else chinese, percent, percent, percent, chinese


def _digitwise(digits: str) -> _Styles:
    chinese = digitwise(digits)
    return chinese, chinese.replace("〇", "零"), digits, digits, digits, chinese


def _alike(text: str) -> _Styles:
    return text, text, text, text, text, text


def _to_digits(numeral: str) -> str | None:
    """Write ``三点五`` → ``3.5``."""
    whole, point, places = numeral.partition("点")
    number = from_chinese(whole)
    return None if number is None else f"{number}{'.' if point else ''}{from_digitwise(places)}"


def _decimal_to_chinese(digits: str) -> str:
    """Write ``3.5`` → ``三点五``."""
    whole, point, places = digits.partition(".")
    return to_chinese(int(whole)) + ("点" if point else "") + digitwise(places).replace("〇", "零")


def _is_ordinal(match: re.Match[str]) -> bool:
    return match.string[: match.start()].rstrip(" ").endswith("第")


def _is_counted(match: re.Match[str]) -> bool:
    return _COUNTER.match(match.string, match.end()) is not None
