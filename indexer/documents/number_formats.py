"""Numbers as the automatic numbering of word processors shows them: 3 → 三, III, c, ③, 叁.

The names of the formats are those of ECMA-376, 17.18.59 (ST_NumberFormat); a format that is not known is decimal.
"""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_FORMAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
# So many are counted in letters or Roman digits; a number beyond is no number of a paragraph.
_MOST = 4999


def shown(number: int, number_format: str) -> str:
    """Return a number in a format, ``chineseCounting``; of ``bullet`` and ``none`` nothing."""
    if number_format in ("bullet", "none"):
        return ""
    if number < 0:
        return str(number)
    return _FORMATS.get(number_format, str)(number)


def counted(number: int) -> str:
    """Return a number as it is counted in Chinese: 一百零五, 十二."""
    if not 0 < number < 10**8:
        return "零" if number == 0 else str(number)
    high, low = divmod(number, 10**4)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        return f"{counted(high)}万{gap}{_below_ten_thousand(low)}"
    return _below_ten_thousand(low).removeprefix("一") if 10 <= low < 20 else _below_ten_thousand(low)


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = bool(text) and not digit
    return text


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    text = ""
    for size, name in _ROMAN:
        times, number = divmod(number, size)
        text += name * times
    return text


def _letters(number: int) -> str:
    """Return A, B … Z, AA, BB, as Word counts on."""
    if not 0 < number <= _MOST:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def _of_row(row: str) -> Callable[[int], str]:
    return lambda number: row[(number - 1) % len(row)] if number > 0 else str(number)


_COUNTED = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)
_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(_COUNTED, counted),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digit_by_digit),
    **dict.fromkeys(
        ("chineseLegalSimplified", "japaneseLegal", "ideographLegalTraditional"),
        lambda number: counted(number).translate(_FORMAL),
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    "ideographTraditional": _of_row(_STEMS),
    "ideographZodiac": _of_row(_BRANCHES),
    "decimalEnclosedFullstop": lambda number: chr(0x2487 + number) if 0 < number <= 20 else f"{number}.",
    "decimalEnclosedParen": lambda number: chr(0x2473 + number) if 0 < number <= 20 else f"({number})",
    "ideographEnclosedCircle": lambda number: chr(0x327F + number) if 0 < number <= 10 else str(number),
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
}
