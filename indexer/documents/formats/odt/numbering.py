"""Numbers of lists and headings, which OpenDocument writes nowhere in the text: OpenDocument 1.3, part 3, 16.30 to 34.

A list is a chain of ``text:list``s that continue each other; they share their counters. Headings are one list of their
own, the outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.documents.formats.odt.names import LOEXT, STYLE, TEXT
from indexer.documents.number_formats import shown
from indexer.documents.ooxml import whole
from indexer.documents.xml_parts import Element

_DEEPEST = 10
_PLACE = re.compile(r"%(\d{1,2})%")
# The first number of a format names it: "一, 二, 三, ...".
_FORMATS = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "01": "decimalZero",
}
_AFTER = {"listtab": " ", "space": " ", "nothing": ""}

Counters = dict[int, int]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a style of lists; its number, where it is no bullet, is made by ``pattern``."""

    bullet: bool
    number_format: str
    pattern: str
    start: int
    after: str


class ListStyles:
    """The styles of lists and the outline of a document.

    Args:
        roots: the parts that define styles.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self._styles[style.get(f"{STYLE}name", "")] = _levels(style)
            for style in root.iter(f"{TEXT}outline-style"):
                self.outline = _levels(style)

    def levels(self, name: str | None) -> dict[int, Level]:
        """Return the levels of a style, counted from 1; of one that is nowhere none."""
        return self._styles.get(name or "", {})


def next_number(levels: dict[int, Level], counters: Counters, depth: int, start: int | None = None) -> str:
    """Count on at a depth and return the number with what parts it from the text; of a bullet nothing.

    Args:
        levels: of the style of the list.
        counters: of the list, which are counted on.
        depth: from 1.
        start: what the item itself says it counts from.
    """
    level = levels.get(depth)
    if level is None:
        return ""
    counters[depth] = start if start is not None else counters.get(depth, level.start - 1) + 1
    for deeper in range(depth + 1, _DEEPEST + 1):
        counters.pop(deeper, None)
    if level.bullet:
        return ""
    text = _PLACE.sub(lambda place: _counter(levels, counters, int(place[1])), level.pattern)
    return text + level.after if text else ""


def _counter(levels: dict[int, Level], counters: Counters, depth: int) -> str:
    level = levels.get(depth)
    return "" if level is None else shown(counters.setdefault(depth, level.start), level.number_format)


def _levels(style: Element) -> dict[int, Level]:
    return {depth: _level(level, depth) for level in style if (depth := whole(level.get(f"{TEXT}level"))) > 0}


def _level(level: Element, depth: int) -> Level:
    written = level.get(f"{STYLE}num-format", "").strip()
    alignment = level.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    followed = alignment.get(f"{TEXT}label-followed-by") if alignment is not None else None
    return Level(
        not level.tag.endswith(("list-level-style-number", "outline-level-style")),
        _FORMATS.get(re.split(r"[,，、]", written)[0].strip(), "decimal"),
        _pattern(level, depth) if written else "",
        whole(level.get(f"{TEXT}start-value"), 1),
        _AFTER.get(followed or "listtab", " "),
    )


def _pattern(level: Element, depth: int) -> str:
    """Return how a number is put together: ``第%1%章``."""
    given: str | None = level.get(f"{STYLE}num-list-format") or level.get(f"{LOEXT}num-list-format")
    if given:
        return given
    displayed = min(max(whole(level.get(f"{TEXT}display-levels"), 1), 1), depth)
    places = ".".join(f"%{one}%" for one in range(depth - displayed + 1, depth + 1))
    return f"{level.get(f'{STYLE}num-prefix', '')}{places}{level.get(f'{STYLE}num-suffix', '')}"
