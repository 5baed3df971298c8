"""What people call a law for short, though no text says so: 民诉法, 道交法, 消保法, 治安法, 工伤条例.

Such a name begins and ends as the title does and keeps some of its characters, in their order: 民诉法 of 民事诉讼法.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

_ENDINGS = ("法", "条例")
_RULES = re.compile(f"(?:{'|'.join(_ENDINGS)})$")
# Folded characters of a short name.
_SHORTEST, _LONGEST = 3, 6


class ShortNames:
    """Titles of laws, found by what they may be called for short."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for title in titles:
            if _RULES.search(title):
                self._by_first[title[0]].append(title)

    def at(self, text: str, start: int) -> Iterator[int]:
        """Where a short name that begins there may end, the longest first."""
        if text[start] in self._by_first:
            ends = range(min(start + _LONGEST, len(text)), start + _SHORTEST - 1, -1)
            yield from (end for end in ends if text.endswith(_ENDINGS, start, end))

    def titles(self, short: str, knows: Callable[[str], bool]) -> list[str]:
        """The titles that a folded short name may stand for, those from which it leaves out least.

        Args:
            short: as ``at`` found it.
            knows: whether the dictionary has a word. A word that begins as a title does is called so itself: 劳动法 is
                not 劳动合同法.
        """
        begin = _RULES.sub("", short) if knows(short) else ""
        found = [title for title in self._by_first[short[0]] if is_short_for(short, title)]
        nearest = min(map(len, found), default=0)  # 海上安全法 is rather 海上交通安全法 than 海上航行交通安全法
        return [title for title in found if len(title) == nearest and not (begin and title.startswith(begin))]


def is_short_for(short: str, title: str) -> bool:
    """Tell whether a folded name begins and ends as a longer title does and keeps its order."""
    ending = _RULES.search(short)
    if ending is None or len(short) >= len(title) or not title.endswith(ending[0]):
        return False
    rest = iter(title[: -len(ending[0])])
    return short[0] == title[0] and all(char in rest for char in short[: ending.start()])
