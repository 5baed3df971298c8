"""What people call a law for short, though no text says so: 民诉法, 道交法, 消保法, 治安法, 工伤条例.

Such a name begins and ends as the title does and keeps some of its characters, in their order: 民诉法 of 民事诉讼法.
One that begins a run, with the number of an article or nothing behind it, may begin later than the title, which tells a
region or an issuer first (物业条例 of 某市物业管理条例), and end as rules of any sort do (危废名录).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator

from indexer.analysis.numerals import NUMERALS
from indexer.analysis.patterns import lazy

# What names end in, each a sort of its own: 数据安全法 is no 数据安全管理办法.
_ENDINGS = ("办法", "方法", "法", "条例")
_RULES = re.compile(f"(?:{'|'.join(_ENDINGS)})$")
_ANY_RULES = f"{'|'.join(_ENDINGS)}|规定|细则|规则|规程|名录|目录"
_ENDS_AS_RULES = lazy(f"(?:{_ANY_RULES})$")
# Folded characters of a short name.
_SHORTEST, _LONGEST = 3, 6
_ASKED_ALONE = lazy(rf".{{2,10}}?(?:{_ANY_RULES})(?=[》〉」』”\"]?(?:$| ?第? ?(?:\d+|[{NUMERALS}]+) ?条| ?\d{{1,3}}$))")
# Titles at most that hold a name which begins later: what more of them hold (管理条例) is no name.
_MOST_HELD = 4
# What is called otherwise than its title would be.
_CONVENTIONAL = {
    "消法": ("消费者权益保护法",),
    "反法": ("反不正当竞争法",),
    "征管法": ("税收征收管理法",),
    "计生法": ("人口与计划生育法",),
    "版权法": ("著作权法",),
    "交规": ("道路交通安全法", "道路交通安全法实施条例"),
    "港版国安法": ("香港特别行政区维护国家安全法",),
}


def conventional_firsts(titles: Container[str]) -> Iterator[str]:
    """Yield what names begin with that are not made from the titles they stand for, of titles that are there."""
    yield from (name[0] for name, called in _CONVENTIONAL.items() if any(title in titles for title in called))


def may_be_asked_alone(text: str) -> bool:
    """Tell whether a folded text may begin with a short name, the number of an article or nothing behind it."""
    return _ASKED_ALONE.match(text) is not None


class ShortNames:
    """Titles of laws, found by what they may be called for short."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = tuple(title for title in titles if _ENDS_AS_RULES.search(title))
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for title in filter(_RULES.search, self._titles):
            self._by_first[title[0]].append(title)

    def at(self, text: str, start: int, knows: Callable[[str], bool]) -> Iterator[tuple[int, list[str]]]:
        """Where a short name that begins there may end, the longest first, and the titles that it may stand for.

        Args:
            text: folded.
            start: in it.
            knows: whether the dictionary has a word.
        """
        alone = _ASKED_ALONE.match(text) if start == 0 else None
        ends = set(self._ends(text, start)) | ({alone.end()} if alone else set())
        for end in sorted(ends, reverse=True):
            short = text[start:end]
            found = self._called(short) if short in _CONVENTIONAL else self._begun_as(short, knows)
            if not found and alone and end == alone.end():
                found = self._apart(short, knows, is_numbered=end < len(text))
            if found:
                yield end, found

    def _ends(self, text: str, start: int) -> Iterator[int]:
        yield from (start + len(name) for name in _CONVENTIONAL if text.startswith(name, start))
        if text[start] in self._by_first:
            ends = range(start + _SHORTEST, min(start + _LONGEST, len(text)) + 1)
            yield from (end for end in ends if text.endswith(_ENDINGS, start, end))

    def _called(self, short: str) -> list[str]:
        return [title for title in _CONVENTIONAL[short] if title in self._titles]

    def _begun_as(self, short: str, knows: Callable[[str], bool]) -> list[str]:
        """Return the titles that begin as a name does from which it leaves out least. A word that begins as a title
        does is called so itself: 劳动法 is not 劳动合同法.
        """
        begin = _RULES.sub("", short) if knows(short) else ""
        titles = self._by_first.get(short[0], ())
        # 海上安全法 is rather 海上交通安全法 than 海上航行交通安全法
        found = _shortest(title for title in titles if is_short_for(short, title))
        return [title for title in found if not (begin and title.startswith(begin))]

    def _apart(self, short: str, knows: Callable[[str], bool], *, is_numbered: bool) -> list[str]:
        """Return the titles that a name asked for alone may stand for: a word does by the number behind it."""
        if not knows(short):
            return self._holding(short)
        return self._ended_as(short) if is_numbered else []

    def _ended_as(self, short: str) -> list[str]:
        """Return the titles that end in a name, if these are few: 破产法 of 企业破产法."""
        found = [title for title in self._titles if title.endswith(short)]
        return found if len(found) <= _MOST_HELD else []

    def _holding(self, short: str) -> list[str]:
        """Return the titles that hold a name's characters in their order and end as it does, if these are few, and of
        them those from which it leaves out least.
        """
        head, ending = _parted(short)
        parted = (_parted(title) for title in self._titles if short[0] in title)
        found = [
            f"{rest}{ending}"
            for rest, own in parted
            if own == ending and len(rest) > len(head) and _keeps_order(head, rest)
        ]
        return _shortest(found) if len(found) <= _MOST_HELD else []


def is_short_for(short: str, title: str) -> bool:
    """Tell whether a folded name begins and ends as a longer title does and keeps its order."""
    if _RULES.search(short) is None or len(short) >= len(title) or short[0] != title[0]:
        return False
    (head, ending), (rest, own) = _parted(short), _parted(title)
    return ending == own and _keeps_order(head, rest)


def _parted(name: str) -> tuple[str, str]:
    """Return a name without what rules of its sort end in, and that."""
    head = _ENDS_AS_RULES.sub("", name)
    return head, name.removeprefix(head)


def _keeps_order(chars: str, text: str) -> bool:
    rest = iter(text)
    return all(char in rest for char in chars)


def _shortest(titles: Iterable[str]) -> list[str]:
    found = list(titles)
    least = min(map(len, found), default=0)
    return [title for title in found if len(title) == least]
