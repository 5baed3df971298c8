"""What people call an interpretation of a law, whose title is a sentence: 民诉法解释, 刑诉解释, 公司法解释三,
担保制度司法解释, 民间借贷规定.

Such a name is what the interpretation is about, and its kind: 适用《中华人民共和国公司法》若干问题的规定（三） is about
公司法, and called 解释 whatever it calls itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from indexer.analysis.numerals import NUMERALS, from_chinese
from indexer.analysis.patterns import lazy
from indexer.model.records import record

_STATE = "中华人民共和国"
_LAW = "法典|条例|[法典]"
_TITLE = lazy(
    r"关于(?:审理|办理|适用|执行|确定)?(?P<about>[^、,]{2,40}?)(?:刑事|民事|行政)?(?:纠纷)?(?:案件)?(?:具体)?(?:[应适]用法律)?"
    rf"(?:若干|有关)?(?:问题)?的?(?:若干)?(?P<kind>解释|规定)(?:\((?P<number>[{NUMERALS}]+)\))?$"
)
_CALLED = lazy(
    rf"(?:司法)?(?P<kind>解释|规定)(?:之?\(?(?P<number>[{NUMERALS}]+|\d{{1,2}})\)?(?![条款项章节年\d{NUMERALS}]))?"
)
_ABOUT_LAW = lazy(rf"(?P<law>.{{1,12}}?(?:{_LAW}))(?:有关|中)?(?P<rest>.*)")
# Folded characters of what such a name says it is about.
_SHORTEST, _LONGEST = 2, 14


def may_name_one(text: str) -> bool:
    """Tell whether a folded text holds the kind of an interpretation."""
    return "解释" in text or "规定" in text


@record
class _Interpretation:
    title: str
    kind: str
    number: int


class Interpretations:
    """Titles of interpretations, found by what they are about.

    Args:
        titles: folded, without marks around names.
        is_short: whether a text is what a law is called for short.
    """

    def __init__(self, titles: Iterable[str], is_short: Callable[[str, str], bool]) -> None:
        self._is_short = is_short
        self._about: dict[str, list[_Interpretation]] = defaultdict(list)
        # of what is about a part of a law, that part → the laws: 担保制度 → 民法典
        self._laws: dict[str, dict[str, None]] = defaultdict(dict)
        for title in titles:
            if match := _TITLE.search(title):
                found = _Interpretation(title, match["kind"], _number(match["number"]))
                about = match["about"].replace(_STATE, "")
                self._about[about].append(found)
                law = _ABOUT_LAW.fullmatch(about)
                if law:
                    self._laws[law["rest"]][law["law"]] = None
                    for other in (law["rest"], law["law"] + law["rest"]):
                        if other and other != about:
                            self._about[other].append(found)
        self.firsts = {about[0] for about in self._about}

    def at(self, text: str, start: int) -> Iterator[tuple[int, list[str]]]:
        """Where the name of an interpretation that begins at ``start`` ends, and the titles that it may stand for."""
        if text[start] not in self.firsts:
            return
        for match in _CALLED.finditer(text, start + _SHORTEST, start + _LONGEST + len("司法解释")):
            titles = self._called(text[start : match.start()], match)
            if titles:
                yield match.end(), titles

    def _called(self, about: str, match: re.Match[str]) -> list[str]:
        """The titles about something; of those with numbers that which is asked for, all where none is."""
        found = [each for name in self._meant(about) for each in self._about[name]]
        if match["kind"] == "规定":
            found = [each for each in found if each.kind == "规定"]
        if match["number"]:
            found = [each for each in found if each.number == _number(match["number"])]
        return list(dict.fromkeys(each.title for each in found))

    def _meant(self, about: str) -> Iterator[str]:
        """What something that is about a law by its short name is about, as titles have it: 民诉法 is 民事诉讼法."""
        if about in self._about:
            yield about
            return
        match = _ABOUT_LAW.fullmatch(about)
        short, rest = (match["law"], match["rest"]) if match else (f"{about}法", "")
        for law in self._laws.get(rest, ()):
            if self._is_short(short, law) and not law.startswith(about):  # 行政解释 is none of 行政诉讼法
                yield law + rest


def _number(numeral: str | None) -> int:
    if not numeral:
        return 0
    return int(numeral) if numeral.isdecimal() else from_chinese(numeral) or 0
