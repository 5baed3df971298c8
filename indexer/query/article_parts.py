"""Which passage of an article is its paragraph (款) or item (项): 第四十七条第二款, 第十四条第二款第三项.

A paragraph has no number in a text, so the passages of the article are counted. On the mainland a 款 is a paragraph and
a 项 an item of one; in Taiwan, which writes 條, a 项 is a paragraph, and a 款 an item that begins with 二、.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice, product
from typing import TypeAlias

from indexer.analysis.fold import fold_key
from indexer.analysis.numerals import NUMERALS, from_chinese
from indexer.analysis.patterns import lazy
from indexer.model import Kind, Passage
from indexer.model.records import record

# Characters that an item's number and its marks take at most.
_LONGEST_MARK = 8
_NUMBER = rf"\d{{1,3}}|[{NUMERALS}]{{1,4}}"
_ITEM = lazy(
    rf"\((?P<brackets>{_NUMBER})\)|(?P<chinese>[{NUMERALS}]{{1,4}})、|(?P<digits>\d{{1,3}})[.、)](?!\d)", re.ASCII
)
# What goes on with the number of another article: 第二十条之一 is not 第二十条.
_GOES_ON = ("之", "-")


@record
class Steps:
    """Where in an article: the numbers behind it; none where that is not told.

    Attributes:
        paragraphs, items: of 款 and 项; an item may have no name of its own: 第三十九条(二).
        is_taiwan: whether the 项 come first, as in Taiwan.
    """

    paragraphs: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    is_taiwan: bool = False


# The style and the number of an item.
_Mark: TypeAlias = tuple[str, int]


def find_parts(passages: Iterable[Passage], names: Collection[str], steps: Steps) -> Iterator[tuple[Passage, ...]]:
    """Yield the passages that some steps lead to, in the order of these, of each article that is called so.

    Args:
        passages: in the order of their documents; those under other headings are left out.
        names: folded spellings of the numbers of articles.
        steps: at least one of them is told.
    """
    for heading, article in _articles(passages, names):
        paragraphs = [(passage, _mark(passage.text)) for passage in article if passage.kind is Kind.BODY]
        wanted = _as_counted(heading, [mark for _, mark in paragraphs if mark], steps)
        places = product(*(numbers or (None,) for numbers in wanted))
        yield tuple(filter(None, (_part(paragraphs, paragraph, item) for paragraph, item in places)))


def find_openings(passages: Iterable[Passage], names: Collection[str]) -> Iterator[Passage]:
    """Yield the first paragraph of each article that is called so: its heading may be a passage of its own."""
    for _, article in _articles(passages, names):
        yield from islice((passage for passage in article if passage.kind is Kind.BODY), 1)


def _articles(passages: Iterable[Passage], names: Collection[str]) -> Iterator[tuple[str, Iterator[Passage]]]:
    """Yield the heading of each article that is called so, and what stands under it."""

    def place(passage: Passage) -> tuple[str, tuple[str, ...]]:
        depth = next((at for at, each in enumerate(passage.section) if _is_called(each, names)), None)
        return passage.document_id, () if depth is None else passage.section[: depth + 1]

    return ((path[-1], article) for (_, path), article in groupby(passages, place) if path)


def _is_called(heading: str, names: Collection[str]) -> bool:
    folded = fold_key(heading)
    return any(folded.startswith(name) and not folded.startswith(_GOES_ON, len(name)) for name in names)


def _as_counted(heading: str, marks: Sequence[_Mark], steps: Steps) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the paragraphs and the items that are meant, by how the article is written."""
    has_brackets = bool(marks) and marks[0][0] == "brackets"
    is_written_so = "條" in heading and not has_brackets and not (steps.paragraphs and steps.items)
    return (steps.items, steps.paragraphs) if steps.is_taiwan or is_written_so else (steps.paragraphs, steps.items)


def _part(
    paragraphs: Sequence[tuple[Passage, _Mark | None]], paragraph: int | None, item: int | None
) -> Passage | None:
    starts = [at for at, (_, mark) in enumerate(paragraphs) if mark is None]
    first, until = 0, len(paragraphs)
    if paragraph is not None:
        if not 1 <= paragraph <= len(starts):
            return None
        first, until = (*starts, until)[paragraph - 1 : paragraph + 1]
    if item is None:
        return paragraphs[first][0]
    items = [(mark, passage) for passage, mark in paragraphs[first:until] if mark]
    return next((passage for mark, passage in items if mark == (items[0][0][0], item)), None)


def _mark(text: str) -> _Mark | None:
    match = _ITEM.match(fold_key(text[:_LONGEST_MARK]))
    if match is None or match.lastgroup is None:
        return None
    number = match[match.lastgroup]
    value = int(number) if number.isdecimal() else from_chinese(number)
    return None if value is None else (match.lastgroup, value)
