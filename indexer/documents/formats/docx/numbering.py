"""Automatic numbers: what Word shows before a paragraph and writes nowhere in its text.

After ECMA-376, 17.9: a paragraph names a ``num`` and a level of it, itself or by its style; the ``num`` names an
``abstractNum``, whose counters all its ``num``s share, and may override levels of it. ``%2`` in the text of a level
stands for the counter of its second level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.documents.formats.docx.styles import Styles
from indexer.documents.number_formats import shown
from indexer.documents.ooxml import MC, W, is_on, value, whole
from indexer.documents.xml_parts import Element

_DEEPEST = 8
_PLACE = re.compile(r"%([1-9])")
_AFTER = {"space": " ", "nothing": "", "tab": " "}
# A number that stands for none, in a paragraph whose style has one.
_NO_NUMBER = "0"


@dataclass(frozen=True, slots=True)
class Number:
    """An automatic number.

    Attributes:
        text: as it is shown, with what parts it from the text; empty of a bullet.
        bullet: whether it is the sign of an item and no number.
    """

    text: str = ""
    bullet: bool = False


@dataclass(slots=True)
class _Level:
    number_format: str
    text: str
    start: int
    restart: int
    legal: bool
    after: str
    style: str


@dataclass(slots=True)
class _List:
    """A ``num`` with its overrides applied; ``counters`` are those of its ``abstractNum``."""

    levels: dict[int, _Level]
    restarts: dict[int, int]
    counters: dict[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document and how far each has counted: ask for its paragraphs in their order.

    Args:
        root: of ``numbering.xml``; None where there is none.
        styles: of the document.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        numbers = root.iter(f"{W}num") if root is not None else ()
        abstracts = root.iter(f"{W}abstractNum") if root is not None else ()
        self._numbers = {one.get(f"{W}numId", ""): one for one in numbers}
        self._abstracts = {one.get(f"{W}abstractNumId", ""): one for one in abstracts}
        self._counters: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List | None] = {}

    def next_number(self, paragraph: Element) -> Number:
        """Count a paragraph and return its number; also one without text or hidden counts."""
        number_id, depth = self._place(paragraph)
        found = self._list(number_id) if number_id and number_id != _NO_NUMBER else None
        if found is None or depth not in found.levels:
            return Number()
        _count(found, depth)
        level = found.levels[depth]
        if level.number_format == "bullet":
            return Number(bullet=True)
        text = _PLACE.sub(lambda place: _counter(found, int(place[1]) - 1, legal=level.legal), level.text)
        return Number(text + level.after if text else "")

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """Return the ``num`` of a paragraph and the level in it."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number_id = value(own.find(f"{W}numId")) if own is not None else None
        depth = value(own.find(f"{W}ilvl")) if own is not None else None
        if number_id is not None:
            return number_id, whole(depth)
        chain = self._styles.chain(self._styles.style_id(paragraph))
        for identifier, style in chain:
            number_id = number_id or value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            if number_id and depth is None:
                depth = self._linked_depth(number_id, identifier)
            depth = depth or value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            if number_id:
                break
        return number_id, whole(depth)

    def _linked_depth(self, number_id: str, style: str) -> str | None:
        """Return the level that a list gives to a style, as an attribute."""
        found = self._list(number_id)
        levels = found.levels.items() if found is not None else ()
        return next((str(depth) for depth, level in levels if level.style == style), None)

    def _list(self, number_id: str) -> _List | None:
        if number_id not in self._lists:
            self._lists[number_id] = self._resolved(number_id)
        return self._lists[number_id]

    def _resolved(self, number_id: str) -> _List | None:
        number = self._numbers.get(number_id)
        abstract_id = self._abstract_of(number_id)
        abstract = self._abstracts.get(abstract_id) if abstract_id else None
        if number is None or abstract is None or abstract_id is None:
            return None
        found = _List(_levels(abstract), {}, self._counters.setdefault(abstract_id, {}))
        for override in number.iter(f"{W}lvlOverride"):
            depth = whole(override.get(f"{W}ilvl"))
            found.levels.update(_levels(override))
            start = override.find(f"{W}startOverride")
            if start is not None:
                found.restarts[depth] = whole(value(start), 1)
        return found

    def _abstract_of(self, number_id: str) -> str | None:
        """Return the ``abstractNum`` whose levels a ``num`` has, by way of a style of lists where it names one."""
        seen: set[str] = set()
        while number_id in self._numbers and number_id not in seen:
            seen.add(number_id)
            abstract_id = value(self._numbers[number_id].find(f"{W}abstractNumId"))
            abstract = self._abstracts.get(abstract_id or "")
            link = value(abstract.find(f"{W}numStyleLink")) if abstract is not None else None
            linked = self._styles.of_paragraph(link, f"{W}numPr/{W}numId") if link else None
            if linked is None:
                return abstract_id
            number_id = value(linked, "") or ""
        return None


def _levels(parent: Element) -> dict[int, _Level]:
    return {whole(level.get(f"{W}ilvl")): _level(level) for level in parent.findall(f"{W}lvl")}


def _level(level: Element) -> _Level:
    number_format = level.find(f"{W}numFmt")
    if number_format is None:  # formats of one's own are written as an alternative
        number_format = level.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    return _Level(
        value(number_format, "decimal") or "decimal",
        value(level.find(f"{W}lvlText"), "") or "",
        whole(value(level.find(f"{W}start")), 0 if level.find(f"{W}start") is None else 1),
        whole(value(level.find(f"{W}lvlRestart")), -1),
        bool(is_on(level.find(f"{W}isLgl"))),
        _AFTER.get(value(level.find(f"{W}suff"), "tab") or "tab", " "),
        value(level.find(f"{W}pStyle"), "") or "",
    )


def _count(found: _List, depth: int) -> None:
    counters = found.counters
    if depth in found.restarts and depth not in found.begun:
        counters[depth] = found.restarts[depth]
    else:
        counters[depth] = counters[depth] + 1 if depth in counters else found.levels[depth].start
    found.begun.add(depth)
    for deeper in range(depth + 1, _DEEPEST + 1):
        restart = found.levels[deeper].restart if deeper in found.levels else -1
        if restart < 0 or depth < restart:  # 0: never; n: only after a level above n
            counters.pop(deeper, None)


def _counter(found: _List, depth: int, *, legal: bool) -> str:
    level = found.levels.get(depth)
    if level is None:
        return ""
    number = found.counters.setdefault(depth, level.start)
    return shown(number, "decimal" if legal and level.number_format != "none" else level.number_format)
