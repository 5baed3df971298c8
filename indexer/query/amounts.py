"""What a number must count to answer a query: ``几天`` and ``多久`` ask for days, ``多少钱`` for money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from indexer.analysis.numerals import NUMERALS
from indexer.analysis.patterns import lazy

# What is asked for → what answers it: after a numeral, and by itself.
_ASKED = (
    (lazy("(?:几|多少)个?(?:工作)?[天日]"), "日天", ("个工作日", "个自然日")),
    (lazy("(?:几|多少)年"), "年", ()),
    (lazy("(?:几|多少)个?月"), "", ("个月",)),
    (lazy("(?:几|多少)个?(?:周|星期)"), "周", ("星期",)),
    (lazy("(?:几|多少)个?小时"), "", ("小时",)),
    (lazy("(?:几|多少)(?:周?岁)|多大年龄|年满几"), "岁", ("周岁",)),
    (lazy("多少[钱元块]"), "元", ()),
    (lazy("(?:几|多少)倍"), "倍", ()),
    (
        lazy("多久|多长时间|期限|时限|(?:有效|保护|保质|保修)期|[刑任工租]期"),
        "日天年",
        ("个月", "个工作日", "小时"),
    ),
)
# Each of these patterns holds one of them.
_SIGNS = frozenset("几多期限")
_LAST = f"0123456789{NUMERALS}"


def asked_amounts(runs: Iterable[str]) -> tuple[str, ...]:
    """The characters that tell of an amount that folded runs ask for; none for what asks for none."""
    return tuple(dict.fromkeys(each for run in runs for each in _amounts(run)))


def _amounts(run: str) -> Iterator[str]:
    for pattern, units, others in () if _SIGNS.isdisjoint(run) else _ASKED:
        if pattern.search(run):
            yield from map("".join, product(_LAST, units))
            yield from others
