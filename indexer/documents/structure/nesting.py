"""How deep a heading stands: styles nest in the order in which the document introduces them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.documents.structure.numbering import DIVISION_RANKS

ARTICLE = "条"
# Articles that have names, and parts below them, in contracts.
TITLED_ARTICLE = "第条"
PLAIN = "粗体"
# Ranks of words that are headings by themselves, see ``numbering.word_rank``.
_TOP_WORDS = frozenset({"book", "appendix"})


class Style(NamedTuple):
    """What the level of a heading goes by.

    Attributes:
        level: the level the format gave, else None.
        name: numbering style, word rank, ``ARTICLE`` or ``PLAIN``; empty for a heading that only has a level.
    """

    level: int | None
    name: str


_BELOW_SECTIONS = 5
# Rank of 第一章; above it stand 编 and 部分.
_CHAPTERS = 2
_DECIMALS = frozenset(("2级", "3级", "4级", "5级"))
# What most headings of laws are.
_ARTICLE = Style(None, ARTICLE)
# A bold line without number.
_BOLD = Style(None, PLAIN)


class Nesting:
    """The open headings, in reading order, and the order of the styles met so far.

    A style that is met for the first time stands below the open headings, unless it is known to outrank one of them:
    levels of the format outrank higher ones, what they enclose and bold lines, 编 outranks 章, 章 outranks 节, all of
    them outrank 一、 and （一）; an article is always the deepest. Later it stands where it stood in that order.
    """

    def __init__(self) -> None:
        self._order: list[Style] = []
        self._open: list[Style] = []
        self._named: dict[str, int | None] = {}

    def next_depth(self, style: Style, value: int = 0) -> int:
        """Open the next heading and return its depth, from 1.

        Args:
            style: its style; a style once seen with a level of the format keeps that level where the format gives none.
                前言, 附录 and the like stand beside the chapters, under nothing but an ``h1`` without number.
            value: its number, 0 where it has none; a count that begins again inside an appendix stays inside it.
        """
        if style == _ARTICLE and self._open and self._open[-1] == style:
            return len(self._open)
        style = self._adopted(style)
        if style.name in _TOP_WORDS and style.level is None:
            self._close(lambda open_style: open_style.level != 1 or bool(open_style.name))
        elif style.name == "chapter" and style.level is None:
            self._close(lambda open_style: open_style.level is None and DIVISION_RANKS.get(open_style.name[1:], 9) > 2)
        else:
            self._close_words(value)
            self._close_by_order(style)
        self._open.append(style)
        return len(self._open)

    def _adopted(self, style: Style) -> Style:
        if not style.name.startswith("第"):
            return style
        if style.level is None:
            return Style(self._named.get(style.name), style.name)
        self._named.setdefault(style.name, style.level)
        return style

    def _close(self, ends: Callable[[Style], bool]) -> None:
        """Close the open headings from the outermost for which ``ends`` holds."""
        for index, open_style in enumerate(self._open):
            if ends(open_style):
                del self._open[index:]
                return

    def _close_words(self, value: int) -> None:
        """Close 前言 and its kin at the next heading; an appendix only where the count goes on that it interrupted."""
        for index, open_style in enumerate(self._open):
            if open_style.level is not None:
                continue
            is_leaf = open_style.name in ("book", "chapter")
            is_childless_appendix = open_style.name == "appendix" and index + 1 == len(self._open)
            if is_leaf or (is_childless_appendix and value > 1):
                del self._open[index:]
                return

    def _close_by_order(self, style: Style) -> None:
        if style not in self._order:
            self._introduce(style)
        rank = self._order.index(style)
        for index, open_style in enumerate(self._open):
            if open_style not in self._order:
                continue
            if self._order.index(open_style) >= rank or _are_siblings(open_style, style):
                del self._open[index:]
                return

    def _introduce(self, style: Style) -> None:
        if style == _ARTICLE:
            self._order.append(style)
            return
        for index, open_style in enumerate(self._open):
            if open_style in self._order and outranks(style, open_style, self._open[:index]):
                self._order.insert(self._order.index(open_style), style)
                return
        inner = [open_style for open_style in self._open if open_style in self._order]
        at = self._order.index(inner[-1]) + 1 if inner else 0
        while at < len(self._order) and _stands_above(self._order[at], style, inner):
            at += 1
        self._order.insert(at, style)


def _stands_above(other: Style, style: Style, inner: Sequence[Style]) -> bool:
    """Decide whether a style that was met before, and is not open, stands above one that is met for the first time.

    第一章 does, of the level of the heading without number that is open, and 1.1.1 of another 1.1 above a bold line.
    """
    is_beside = bool(inner) and _are_siblings(other, inner[-1])
    return is_beside or (style == _BOLD and other.name in _DECIMALS)


def outranks(style: Style, other: Style, above: list[Style]) -> bool:
    """Decide whether ``style`` is known to stand above ``other``, ``above`` being open around ``other``."""
    if _numbers_clauses(other) and _is_chapter(style):
        return True
    if style.level is not None and other.level is not None and style.level != other.level:
        return style.level < other.level and not (_numbers_clauses(style) and _is_chapter(other))
    if ARTICLE in (style.name, other.name):
        return other.name == ARTICLE
    if style.level is not None and style.level == other.level and _numbers_clauses(style) and other.name in _DECIMALS:
        return True  # slides, all of one level, of which the first is 1.2
    if _are_siblings(style, other) or _division_rank(style) < _division_rank(other):
        return True
    if style.level is not None and other.level is None:
        return other.name == PLAIN or any(outer.level is not None for outer in above)
    # a list of bold lines stands below a count of chapters, however they were met
    return style.name == "一、" and other == _BOLD


def _is_chapter(style: Style) -> bool:
    return _division_rank(style) <= _CHAPTERS


def _numbers_clauses(style: Style) -> bool:
    """Tell 1 and 1., which count below chapters whatever level the format gives: tenders count through all of them."""
    return style.name in ("1", "1.")


def _are_siblings(style: Style, other: Style) -> bool:
    """Decide whether two styles share a level of the format, only one of them being numbered."""
    return style.level is not None and style.level == other.level and not (style.name and other.name)


def _division_rank(style: Style) -> int:
    """Return the rank of the styles that have one by themselves; the others, which only the document ranks, share 9."""
    return DIVISION_RANKS.get(style.name[1:], _BELOW_SECTIONS) if style.name.startswith("第") else 9
