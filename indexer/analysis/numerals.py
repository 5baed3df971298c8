"""Whole and decimal numbers in Chinese characters and back: ``一万五千`` is 15,000, ``三点五`` is 3.5."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
NUMERALS = "零〇一二两三四五六七八九十百千万亿"
# As they are written on cheques, and the same plainly.
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_PLAIN = "一二三四五六七八九十百千"
_UNITS = ("", "十", "百", "千")
_LARGE = {"万": 10_000, "亿": 100_000_000}
# The first number that is not written.
END = 10**16


def to_chinese(number: int) -> str:
    """Write ``12`` as ``十二``, ``105`` as ``一百零五``; from 0 to ``END``."""
    text = _numeral(number) or "零"
    return text[1:] if text.startswith("一十") else text


def from_chinese(numeral: str) -> int | None:
    """Read ``十二`` as ``12``; None where the characters make no number, or leave it to be guessed (``一百二``)."""
    plain = numeral.replace("〇", "零").replace("两", "二")
    if not plain or not set(plain) <= set(NUMERALS) or (number := _value(plain)) >= END:
        return None
    return number if to_chinese(number) == (plain[1:] if plain.startswith("一十") else plain) else None


def from_colloquial(numeral: str) -> int | None:
    """Read ``一万五`` as 15,000 and ``两千三`` as 2,300, as people say for short; None for what ends in no such digit.

    ``一百二`` may be 102 as well.
    """
    head, last = numeral[:-1], numeral[-1:]
    if len(head) < 2 or head[-1] not in "千万亿" or last not in DIGITS[1:]:
        return None
    whole, tenth = from_chinese(head), from_chinese(f"一{head[-1]}")
    return None if whole is None or tenth is None else whole + DIGITS.index(last) * tenth // 10


def digitwise(digits: str) -> str:
    """Write ``2020`` as ``二〇二〇``."""
    return "".join(DIGITS[int(digit)] for digit in digits)


def from_digitwise(numeral: str) -> str:
    """Write ``二〇二〇`` and ``二零二零`` as ``2020``."""
    return "".join(str(DIGITS.index(char)) for char in numeral.replace("零", "〇"))


def decimal_from_chinese(numeral: str) -> str | None:
    """Write ``三点五`` as ``3.5``; None where the characters before ``点`` make no number."""
    whole, point, places = numeral.partition("点")
    number = from_chinese(whole)
    return None if number is None else f"{number}{'.' if point else ''}{from_digitwise(places)}"


def decimal_to_chinese(digits: str) -> str:
    """Write ``3.5`` as ``三点五``."""
    whole, point, places = digits.partition(".")
    return to_chinese(int(whole)) + ("点" if point else "") + digitwise(places).replace("〇", "零")


def is_numeral(char: str) -> bool:
    """Tell whether a character is a digit or a numeral of any kind."""
    return char.isdecimal() or char in NUMERALS or char in FORMAL


def from_formal(numeral: str) -> int | None:
    """Read ``壹佰贰拾`` as 120; None as ``from_chinese``."""
    return from_chinese(numeral.translate(str.maketrans(FORMAL, _PLAIN)))


def to_formal(number: int) -> str:
    """Write 120 as ``壹佰贰拾``, 10 as ``壹拾``."""
    chinese = to_chinese(number)
    whole = f"一{chinese}" if chinese.startswith("十") else chinese
    return whole.translate(str.maketrans(_PLAIN, FORMAL))


def _numeral(number: int) -> str:
    """Write a number as ``to_chinese``, with nothing for 0, and ``一十`` at its beginning."""
    for unit, size in reversed(_LARGE.items()):
        if number >= size:
            rest = number % size
            return to_chinese(number // size) + unit + ("零" if 0 < rest < size // 10 else "") + _numeral(rest)
    text, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if pending_zero else "") + DIGITS[digit] + _UNITS[power]
            pending_zero = False
        else:
            pending_zero = bool(text)
    return text


def _value(numeral: str) -> int:
    """Return the number that the characters add up to, whether or not it is written so."""
    for unit, size in reversed(_LARGE.items()):
        large, found, rest = numeral.rpartition(unit)
        if found:
            return _value(large) * size + _value(rest)
    total = digit = 0
    for char in numeral:
        if char in _UNITS:
            total, digit = total + (digit or 1) * 10 ** _UNITS.index(char), 0
        else:
            digit = 0 if char == "零" else DIGITS.index(char)
    return total + digit
