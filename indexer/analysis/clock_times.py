"""Times of day as other writers write them: ``上午九点`` is ``9:00``, ``晚上10点半`` is ``22:30``. On folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analysis.numerals import from_chinese
from indexer.analysis.patterns import lazy

# Parts of a day that begin at midnight, and those in which twelve hours are added to what is said.
_BEFORE_NOON = "凌晨|清晨|早晨|早上|上午|早|晨"
_AFTER_NOON = "下午|傍晚|晚上|晚间|夜间|夜晚|夜里|晚|夜"
_HOUR = "(?:2[0-4]|[01]?[0-9]|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九零])"
_MINUTE = (
    "(?:[0-5][0-9]分?|[0-9]分|[二三四五]?十[一二三四五六七八九]?分|零?[一二三四五六七八九]分"
    "|[二三四五]十[一二三四五六七八九]?(?![一二三四五六七八九百千万人名个元块年月天岁条]))"
)
_CLOCK = lazy(
    rf"(?<![0-9.:第〇零一二两三四五六七八九十])(?:(?P<before>{_BEFORE_NOON})|(?P<after>{_AFTER_NOON}))? ?"
    rf"(?P<hour>{_HOUR})(?::(?P<sexagesimal>[0-5][0-9])(?![0-9:])"
    rf"| ?(?P<said>[点时])(?![间代期刻段空])(?P<rest>整|钟|半|{_MINUTE})?)"
)
_NOON = 12
# From which hour on 夜 is said of the evening; before it, of the night that follows.
_EVENING = 6
_NIGHT = frozenset("夜晚")
_NAMES = (
    (range(6), ("凌晨",)),
    (range(5, 12), ("上午", "早上", "早", "晨")),
    (range(12, 19), ("下午",)),
    (range(18, 24), ("晚上", "晚")),
)


def find_times(run: str) -> Iterator[tuple[int, int]]:
    """Yield where each time of day of a folded run stands; an hour alone is one only by 时 or by a part of the day."""
    yield from (match.span() for match in _CLOCK.finditer(run) if _is_time(match))


def equal_times(text: str) -> tuple[str, ...]:
    """Return what else says a time of day, in digits; nothing for any other text."""
    match = _CLOCK.fullmatch(text)
    if match is None or not _is_time(match):
        return ()
    return tuple(other for other in _spellings(_hour(match), _minute(match)) if other != text)


def _is_time(match: re.Match[str]) -> bool:
    return match["said"] != "点" or any(match[name] for name in ("before", "after", "rest"))


def _hour(match: re.Match[str]) -> int:
    """Return the hour, of 24."""
    hour, part = _value(match["hour"]), match["after"]
    if part is None or hour > _NOON:
        return hour
    if part[0] in _NIGHT and (hour < _EVENING or hour == _NOON):
        return hour % _NOON
    return hour % _NOON + _NOON


def _minute(match: re.Match[str]) -> int:
    said = (match["sexagesimal"] or match["rest"] or "").rstrip("整钟分")
    return 30 if said == "半" else _value(said.removeprefix("零")) if said else 0


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else from_chinese(number) or 0


def _spellings(hour: int, minute: int) -> Iterator[str]:
    """Yield a time by the 24 hours of a day, and by the 12 of its halves."""
    for each in (0, 24) if hour % 24 == 0 else (hour,):
        yield from dict.fromkeys(f"{digits}:{minute:02}" for digits in (f"{each}", f"{each:02}"))
        yield from (f"{each}{rest}" for rest in _rests(minute))
    said = hour - _NOON if hour > _NOON else hour
    for hours, names in _NAMES:
        if hour and hour in hours:
            yield from (f"{name}{said}{rest}" for name in names for rest in _rests(minute))


def _rests(minute: int) -> tuple[str, ...]:
    if not minute:
        return ("时", "点")
    return ("时30分", "点30分", "点半") if minute == 30 else (f"时{minute}分", f"点{minute}分")
