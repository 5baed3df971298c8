"""Numbers, years and dates as other writers write them, and where in a run a number with its measure stands.

``第12条`` → ``第十二条``; ``2020年`` → ``二〇二〇年``; ``100亿`` → ``一百亿``, ``10,000,000,000``; ``2/3`` →
``三分之二``; ``2021.03.05`` → ``2021年3月5日``. All on folded text. A number is rewritten only where it is surely one:
after ``第`` or before a counter, with a large unit, grouped by commas, round and large, a fraction, or of several Han
characters. All numbers of a run are rewritten in the same style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from indexer.analysis.clock_times import find_times
from indexer.analysis.date_spellings import find_dates
from indexer.analysis.fold import HAN, fold_key
from indexer.analysis.fraction_spellings import FRACTION, fraction_styles
from indexer.analysis.measures import SUNDAYS, find_measured
from indexer.analysis.numerals import (
    DIGITS,
    END,
    FORMAL,
    NUMERALS,
    decimal_from_chinese,
    decimal_to_chinese,
    digitwise,
    from_chinese,
    from_colloquial,
    from_digitwise,
    from_formal,
    to_chinese,
    to_formal,
)
from indexer.analysis.patterns import lazy
from indexer.model.records import record

# A number in each style: Han characters, the same otherwise (两, 〇), digits, digits with a large unit, grouped digits,
# Han characters with 点 and a large unit; of money the formal ones (壹佰). A style in which it is not written repeats
# another one.
_Styles: TypeAlias = tuple[str, ...]
# Which of them stands for a number where a date beside it has more styles than it has.
_DIGITS_STYLE = 2
# Styles that rank, at most: those of a number, of a date the most usual.
_RANKING = 6

# What is counted, most of it also by 一 and 十; longer ones before those that begin like them.
_SURE = (
    "周[岁年]|年半|[条章节款项编卷回届次部篇集册期号页讲课单元级类批年月日人名天周岁倍户亩吨件]"
    "|个(?:月|星期|工作日|自然日|小时|钟头|百分点)|小时|分钟|公里|平方(?:米|公里|厘米)?|千克|公斤"
)
# What is counted too, but hardly by 一 and 十, which then are no numbers: 一家, 一起, 十分.
_MORE = (
    "个(?:季度|交易日|学期|学年)|季度|星期|世纪|学年|学期|学分|学时|课时|刻钟|昼夜|厘米|毫米|纳米|微米|毫克|毫升"
    "|海里|英里|英尺|英寸|立方(?:米|厘米)?|平米|公顷|千瓦|兆瓦|美元|欧元|日元|港元|港币|英镑|阶段"
    "|块钱?|时(?![间代期刻段空])|[个家份种台辆艘架座栋幢套间层楼张本位起例处门把枚颗只头匹桶箱包瓶袋盒支根棵株场轮组队班站代世秒度米克斤升瓦元圆角点成折]|分(?!之)"
)
_COUNTER = lazy(f" ?(?:{_SURE}|{_MORE})")
_SURE_COUNTER = lazy(f" ?(?:{_SURE})")
_SURE_BEFORE_MORE = ("一", "十")
# Before these 2 is no 两; before 千, 万, 亿 it may be.
_NO_LIANG = lazy(" ?[月号]")
# An amount, that is written in formal characters too; and what in such tells that it is a number.
_MONEY = lazy(" ?[元圆]")
# What texts are made of, and number in words.
_PART = lazy(" ?[条款项目章节编]")
_UNITS = frozenset("拾佰仟万亿")
_SIZES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1}
_SMALL_SIZES = {"百": 100, "千": 1_000}
# From here on a multiple of ``_ROUND`` in digits is rewritten without a counter, and no other number with one.
_LARGE, _ROUND = 10_000, 1_000
# From here on digits are grouped.
_GROUPED = 1_000
# Digits after the point of a number with a large unit.
_PLACES = 2

# 20, 30 and 40 in one character.
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_TENS_CHARS = "".join(_TENS)

# 5千元, 3百人: what is counted in hundreds and thousands beside digits; 5千米 and 5千克 are measures.
_HUNDREDS = "[百千](?=[ ]?[元圆人名户亩辆])"
_CHINESE = f"[{NUMERALS}]+"
_CHINESE_DIGITS = f"[零{DIGITS}]"
_NUMBER = lazy(
    rf"""
    (?P<formal>[{FORMAL}][{FORMAL}零〇万亿]*)
    | (?P<tens>[{_TENS_CHARS}][{DIGITS[1:]}]?)
    | {FRACTION}
    | (?<![\d.,])(?P<year>\d{{4}})(?=[ ]?年)
    | (?<![{NUMERALS}])(?P<digitwise>{_CHINESE_DIGITS}{{2,}})(?![{NUMERALS}点])
    | (?P<chinese_decimal>{_CHINESE}点{_CHINESE_DIGITS}+)(?P<chinese_unit>万亿|[万亿])?
    | (?<!\d)(?P<chinese>{_CHINESE})(?![{NUMERALS}\d])
    | (?<![\d.,a-z])(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<places>\.\d+)?
      (?:[ ]?(?P<unit>万亿|[万亿]|(?<![{NUMERALS}]\d)(?:[百千](?:万亿|[万亿])|{_HUNDREDS})))?(?![{NUMERALS}\d])
    """,
    re.VERBOSE,
)
# What every number and date holds one of; what is a unit without one: halves of a measure begin so, and Sundays.
_NUMERALS = frozenset(NUMERALS + FORMAL + _TENS_CHARS)
_FRACTION_GROUPS = frozenset(re.findall(r"\?P<(\w+)>", FRACTION))
_IN_GROUPS = lazy(r"\d,\d{3}(?!\d)")

_ANY_NUMBER = rf"(?:[{NUMERALS}{_TENS_CHARS}]+|\d+)"
# 第二十条之一 is an article of its own; 第三十九条第二款 is a paragraph of one, that no heading names.
_BRANCH = lazy(rf" ?之 ?{_ANY_NUMBER}", re.ASCII)
_STEP = rf"\(?{_ANY_NUMBER}\)?"
_STEPS = rf"第? ?{_STEP}(?: ?[、,和及至到~—–-] ?第? ?{_STEP})* ?[款项目]"
_LAST_STEP = rf" ?\((?:[{NUMERALS}]+|\d{{1,2}})\)"
_TAIL = lazy(rf"(?: ?(?:[、,的之和及或至到] ?(?=第))?{_STEPS})+(?:{_LAST_STEP})?|{_LAST_STEP}", re.ASCII)
_DIVISION = lazy(rf"{_ANY_NUMBER} ?[编章节条款回卷篇部集册课讲](?: ?之 ?{_ANY_NUMBER})?", re.ASCII)
# What stands before the number of a division: 第二十条之一.
_ORDINAL = ("第", "条之")
_FIGURES = "(?:附[件录表图]|公式|图表|[图表式例])"
_FIGURE = lazy(
    rf"{_FIGURES} ?(?:\d+(?:[-‐‒–—.]\d+)*|[{NUMERALS}]+)|(?:公式|式) ?\(\d+(?:[-.]\d+)?\)",
    re.ASCII,
)
# Where 图 and so on are words, which they are not in 发表.
_OF_FIGURE = lazy(f"(?:^|[^{HAN}]|[见如附]){_FIGURES} ?$")


@record
class Unit:
    """A number with its measure in a run, ``[start, end)``.

    Attributes:
        article_end: where the article ends of which a paragraph or item follows; None for anything else.
    """

    start: int
    end: int
    article_end: int | None = None


def has_numeral(run: str) -> bool:
    """Tell whether a run may hold a number or a date."""
    return not _NUMERALS.isdisjoint(run) or any(map(str.isdecimal, run))


# The runs of a query are looked at while it is rewritten, cut, spelled and ranked.
@lru_cache(maxsize=1_000)
def number_spellings(run: str) -> tuple[str, ...]:
    """Return ``run`` with its numbers and dates in each style; itself where it has none."""
    if not has_numeral(run):
        return (run,)
    parts: list[_Styles] = []
    position = 0
    for start, end, styles in _numbers(run):
        parts += [(run[position:start],), styles]
        position = end
    parts.append((run[position:],))
    # Folded once more, since a number in Han characters keeps no white space beside it.
    return tuple(
        [fold_key("".join([_in_style(part, number) for part in parts])) for number in range(max(map(len, parts)))]
    )


def ranking_spellings(run: str) -> tuple[str, ...]:
    """Return ``run`` and what ranks beside it: its numbers in other styles, but for what commas leave of them."""
    others = (other for other in number_spellings(run) if not _IN_GROUPS.search(other))
    return tuple(dict.fromkeys((run, *islice(others, _RANKING))))


@lru_cache(maxsize=4_096)
def find_units(run: str) -> tuple[Unit, ...]:
    """Return the numbers of a folded run with what they count: ``第39条``, ``五年``, ``2021年3月5日``, ``表2-1``,
    ``上午九点``, ``5kg``.
    """
    if not has_numeral(run) and not any(each in run for each in ("半个", *SUNDAYS)):
        return ()
    found = [Unit(start, _unit_end(run, end)) for start, end, _ in _numbers(run)]
    units = [_with_tail(run, Unit(_unit_start(run, unit.start), unit.end)) for unit in found]
    others = (*(match.span() for match in _FIGURE.finditer(run)), *find_times(run), *find_measured(run))
    merged: list[Unit] = []
    for unit in sorted([*units, *(Unit(*each) for each in others)], key=lambda unit: (unit.start, -unit.end)):
        if not merged or unit.start >= merged[-1].end:
            merged.append(unit)
    return tuple(merged)


def is_unit(run: str) -> bool:
    """Tell whether a folded run is nothing but one number with its measure."""
    return any(unit.start == 0 and unit.end == len(run) for unit in find_units(run))


def as_ordinal(unit: str) -> str:
    """Return ``39条`` as a heading would call it, ``第39条``; the empty string where nothing is called so."""
    return f"第{unit}" if _DIVISION.fullmatch(unit) else ""


@lru_cache(maxsize=1_000)
def _numbers(run: str) -> list[tuple[int, int, _Styles]]:
    """Return where each date and number of a run stands, and how it is written otherwise."""
    dates = find_dates(run)
    numbers = ((*match.span(), styles) for match in _NUMBER.finditer(run) if (styles := _styles(match)))
    apart = (each for each in numbers if all(each[1] <= start or end <= each[0] for start, end, _ in dates))
    return sorted([*dates, *apart])


def _in_style(styles: _Styles, number: int) -> str:
    if number < len(styles):
        return styles[number]
    return styles[min(_DIGITS_STYLE, len(styles) - 1)]


def _unit_start(run: str, start: int) -> int:
    before = run[:start].rstrip(" ")
    return len(before) - 1 if before.endswith("第") else start


def _unit_end(run: str, end: int) -> int:
    """Return where a number's counter ends, the number itself without one; of a date nothing is counted."""
    match = _COUNTER.match(run, end)
    return match.end() if match else end


def _with_tail(run: str, unit: Unit) -> Unit:
    """Return an article with the paragraph of it that is named too; anything else as it is."""
    if run[unit.end - 1] != "条":
        return unit
    branch = _BRANCH.match(run, unit.end)
    article = branch.end() if branch else unit.end
    tail = _TAIL.match(run, article)
    return Unit(unit.start, tail.end() if tail else article, article if tail else None)


def _styles(match: re.Match[str]) -> _Styles | None:
    """Return the number matched in each style; None if it may be no number."""
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    if not _FRACTION_GROUPS.isdisjoint(found):
        return _of_fraction(found)
    match found:
        case {"tens": numeral}:
            tens = _TENS[numeral[0]] + int(from_digitwise(numeral[1:]) or 0)
            return _integer(tens, match) if _is_ordinal(match) or _is_counted(match) else None
        case {"formal": numeral}:
            number = from_formal(numeral)
            is_sure = not _UNITS.isdisjoint(numeral[1:]) or _is_ordinal(match) or _is_counted(match)
            return _integer(number, match) if number is not None and is_sure else None
        case {"year": digits}:
            return _digitwise(digits)
        case {"digitwise": numeral}:
            if _is_part_of_text(numeral, match):
                return _of_part(from_digitwise(numeral))
            is_year = numeral[0] in "一二" and len(numeral) == 4 and re.match(" ?年", match.string[match.end() :])
            return _digitwise(from_digitwise(numeral)) if is_year or set("〇零") & set(numeral) else None
        case {"chinese_decimal": numeral}:
            return _decimal(decimal_from_chinese(numeral), found.get("chinese_unit", ""), match)
        case {"chinese": numeral}:
            number = from_chinese(numeral)
            if number is None and not _is_ordinal(match):
                number = from_colloquial(numeral)
            is_sure = len(numeral) > 1 or _is_ordinal(match) or _is_counted(match, numeral)
            return _integer(number, match) if number is not None and is_sure else None
    return _from_digits(found["digits"], found.get("places", ""), found.get("unit", ""), match)


def _is_part_of_text(numeral: str, match: re.Match[str]) -> bool:
    """Tell whether digits one by one number an article or its like: ``第一〇四三条``, which texts write as a number."""
    is_plain = set("〇零") & set(numeral) and numeral[0] not in "〇零"
    return bool(is_plain and _is_ordinal(match) and _PART.match(match.string, match.end()))


def _from_digits(digits: str, places: str, unit: str, match: re.Match[str]) -> _Styles | None:
    plain = digits.replace(",", "")
    if len(plain) > 1 and plain.startswith("0"):
        return _of_article(plain, match) if not places + unit else None
    number = Decimal(plain + places) * _size(unit)
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
    is_two = number == 2 and _is_counted(match) and not _NO_LIANG.match(follows)
    if re.match("二[千万亿]", chinese) or is_two:
        other = "两" + chinese[1:]
    short, unit = _shortened(number)
    short_chinese = decimal_to_chinese(short) + unit if "." in short else chinese
    grouped = f"{Decimal(short):,}{unit}" if Decimal(short) >= _GROUPED else f"{number:,}"
    styles = chinese, other, digits, short + unit, grouped, short_chinese
    return (*styles, to_formal(number)) if _MONEY.match(follows) else styles


def _size(unit: str) -> int:
    """Return what 万, 千, or 千 and 万 together multiply."""
    return _SIZES[unit] if unit in _SIZES else _SMALL_SIZES[unit[0]] * _SIZES[unit[1:]]


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
    if unit and (number := Decimal(digits) * _size(unit)) == int(number):
        return _integer(int(number), match) if number < END else None
    chinese = decimal_to_chinese(digits) + unit
    return chinese, chinese, digits + unit, digits + unit, digits + unit, chinese


def _of_article(digits: str, match: re.Match[str]) -> _Styles | None:
    """Return the number of an article that was filled up with zeros: ``第039条``."""
    number = int(digits)
    is_part = _is_ordinal(match) and _PART.match(match.string, match.end())
    return _integer(number, match) if number and number < END and is_part else None


def _of_fraction(found: Mapping[str, str]) -> _Styles | None:
    styles = fraction_styles(found)
    if styles is None:
        return None
    chinese, digits, both = styles
    return chinese, "百分之百" if digits == "100%" else chinese, digits, digits, digits, chinese, both


def _digitwise(digits: str) -> _Styles:
    chinese = digitwise(digits)
    return chinese, chinese.replace("〇", "零"), digits, digits, digits, chinese


def _of_part(digits: str) -> _Styles:
    """Return the number of an article that was written digit by digit."""
    chinese, one_by_one = to_chinese(int(digits)), digitwise(digits)
    return chinese, chinese.replace("零", "〇"), digits, digits, one_by_one, one_by_one.replace("〇", "零")


def _is_ordinal(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    return before.rstrip(" ").endswith(_ORDINAL) or _OF_FIGURE.search(before) is not None


def _is_counted(match: re.Match[str], numeral: str = "") -> bool:
    counter = _SURE_COUNTER if numeral in _SURE_BEFORE_MORE else _COUNTER
    return counter.match(match.string, match.end()) is not None
