"""What a query looks up by its number: the name of a document, numbers of its articles, and nothing else that counts.

``劳动合同法第39、40条``, ``查一下《劳动合同法》第39条的规定``, ``劳动合同法 39``. Without a name: ``第八条``, and
``租赁合同第四条`` by what the document is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import has_word_character
from indexer.analysis.number_spellings import as_ordinal
from indexer.analysis.numerals import NUMERALS, from_chinese, to_chinese
from indexer.analysis.patterns import lazy
from indexer.model.records import record
from indexer.query.article_parts import Steps
from indexer.query.names import without_marks
from indexer.query.pieces import Piece

# Articles from and to that are looked up at most.
_MOST = 20
# Who issues interpretations, which says nothing more about one that is named.
ISSUERS = frozenset(["两高", "最高法", "最高院", "最高检", "最高人民法院", "最高人民检察院"])
# Words that say that something is looked up, or how; they ask for nothing else.
_FRAME = frozenset(
    [
        *("根据", "依据", "依照", "按照", "按", "查", "查询", "查看", "查找", "查一下", "一下", "说", "讲"),
        *("依", "据", "见", "参见", "参阅", "参看", "详见", "出自", "引用", "条款", "法条", "article", "art"),
        *("规定", "内容", "条文", "原文", "全文", "具体", "解释", "释义", "解读", "新", "最新", "现行", "我国"),
        *ISSUERS,
    ]
)
_NUMBER = rf"(?:\d+|[{NUMERALS}]+)"
_DIVISIONS = "编章节条回卷篇部集册课讲"
_SEVERAL = lazy(
    rf"第? ?{_NUMBER} ?[{_DIVISIONS}]?(?: ?[、,和及与或至到~—–-] ?第? ?{_NUMBER} ?[{_DIVISIONS}]?)+", re.ASCII
)
_EACH = lazy(rf"({_NUMBER}) ?[{_DIVISIONS}]?(?: ?([至到~—–-]))?", re.ASCII)
# What follows the number of an article: numbers of paragraphs and items, and ranges of them.
_STEP = lazy(rf"(?P<to>[至到~—–-])? ?第? ?\(?(?P<number>{_NUMBER})\)? ?(?P<unit>[款项目]?)", re.ASCII)
# 第9-1条 is 第9条之1, as Taiwan writes it; 第9-11条 are three.
_ITEM = rf"\((?:\d{{1,2}}|[{NUMERALS}]+)\)"
_HYPHENED = lazy(r"第 ?(\d+)-(\d+) ?条", re.ASCII)
_ARTICLE_SIGN = r"(?:§§?|art(?:icle|s)?\.?)"
_SIGN = lazy(_ARTICLE_SIGN)
# A number with nothing but its sign, and where within that article: §47第2款, Art. 47, 57(2), (47).
_BARE = lazy(
    rf"{_ARTICLE_SIGN}? ?(?P<number>\d{{1,4}})"
    rf"(?P<tail>(?: ?第? ?\(?{_NUMBER}\)? ?[款项目])+(?: ?{_ITEM})?| ?{_ITEM})?"
    r"|\((?P<bracketed>\d{1,3})\)",
    re.ASCII,
)
_STOPS = ".,;。、 "
# What the number of a division begins with where another name of it may stand before: 四条 may be four of them.
_OPENS_NUMBER = "第0123456789"
# Characters of what a document is about, at least, and at most beside the numbers: more is a sentence.
_SHORTEST_SUBJECT, _MOST_BESIDE = 2, 16


@record
class Numbered:
    """What a query looks up by numbers in documents that it does not name.

    Attributes:
        numbers: of articles, or of another division, as headings are called.
        divisions: in which these are: 第三章 of 第三章第八条.
        subjects: what else the query says, which stands above them: 租赁合同 of 租赁合同第四条.
    """

    numbers: tuple[str, ...]
    divisions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def looked_up(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The numbers that the pieces of a query look up in the documents that it names, as headings are called; else none.

    Args:
        pieces: of all runs, a space between two of them.
    """
    others = [piece for piece in pieces if not piece.documents]
    if len(others) == len(pieces):
        return ()
    others = [replace(piece, text=piece.article) if piece.article else piece for piece in others]
    text = "".join(piece.text for piece in others)
    if several := _SEVERAL.search(text):
        if (branch := _HYPHENED.fullmatch(several[0])) and int(branch[2]) < int(branch[1]):
            return (several[0],) if _is_frame(_outside(others, *several.span())) else ()
        is_signed = _SIGN.match(text[: several.start()].lstrip()) is not None
        found = tuple(_several(several[0], "条" if is_signed else ""))
        return found if _is_frame(_outside(others, *several.span())) else ()
    if bare := _bare(text):
        return (f"第{int(bare['number'] or bare['bracketed'])}条",)
    numbers = tuple(filter(None, (_ordinal(piece.text) for piece in others if piece.is_unit)))
    return numbers if _is_frame(piece for piece in others if not piece.is_unit) else ()


def numbered(pieces: Sequence[Piece]) -> Numbered | None:
    """What the pieces of a query that names no document look up by numbers; None where they look up nothing.

    Args:
        pieces: of all runs, a space between two of them.
    """
    numbers: list[str] = []
    texts = [""]
    if sum(len(piece.text) for piece in pieces if not piece.is_unit) > _MOST_BESIDE:
        return None
    for piece in pieces:
        number = _number_of_division(piece)
        if number:
            numbers.append(number)
        if number or _is_frame([piece]):
            texts.append("")
        else:
            texts[-1] += piece.text
    subjects = tuple(filter(None, texts))
    if not numbers or any(len(subject) < _SHORTEST_SUBJECT for subject in subjects):
        return None
    if not subjects and any(piece.is_unit and not piece.text.startswith("第") for piece in pieces):
        return None  # 三条 by itself is three of them
    wanted = [number for number in numbers if "条" in number] or numbers[-1:]
    divisions = tuple(number for number in numbers if number not in wanted)
    is_alone = not (subjects or "条" in wanted[0])
    return None if is_alone else Numbered(tuple(wanted), divisions, subjects)


def _number_of_division(piece: Piece) -> str:
    """A number as headings call it, of a piece that says so: 第四条, 4条; nothing for any other, 四条 among them."""
    text = piece.article or piece.text
    return _ordinal(text) if piece.is_unit and text[0] in _OPENS_NUMBER else ""


def steps_into_article(pieces: Sequence[Piece]) -> Steps | None:
    """Where within an article the pieces of a query ask (``第九条第一款第(二)项``); None where they ask for all."""
    steps: dict[str, list[int]] = {}
    numbers: list[int] = []
    for match in _STEP.finditer(_behind_article(pieces)):
        number = _value(match["number"])
        if number is None:
            return None
        before = numbers or [each for found in steps.values() for each in found]
        first = before[-1] + 1 if match["to"] and before and number - before[-1] < _MOST else number
        numbers += range(min(first, number), number + 1)
        if match["unit"]:
            steps.setdefault(match["unit"], []).extend(numbers)
            numbers = []
    if numbers:
        steps.setdefault("项", []).extend(numbers)
    paragraphs, items = steps.get("款", ()), steps.get("项", ())
    is_taiwan = [*steps][:2] == ["项", "款"]
    return Steps(tuple(paragraphs), tuple(items), is_taiwan=is_taiwan) if paragraphs or items else None


def _behind_article(pieces: Sequence[Piece]) -> str:
    """What of a query follows the number of the first article, if that may lead into it."""
    for piece in pieces:
        if piece.article:
            return piece.text[len(piece.article) :]
    if not any(piece.documents for piece in pieces):
        return ""
    bare = _bare("".join(piece.text for piece in pieces if not piece.documents))
    return bare["tail"] or "" if bare else ""


def _bare(text: str) -> re.Match[str] | None:
    """What of a query is left beside names as the number of an article with nothing but its sign."""
    return _BARE.fullmatch(without_marks(text).rstrip(_STOPS))


def articles(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The numbers of the articles within which the pieces of a query ask, as headings are called."""
    return tuple(filter(None, (_ordinal(piece.article) for piece in pieces if piece.article)))


def marks_of_items(steps: Steps) -> tuple[str, ...]:
    """How items begin: （二）, in Taiwan 二、; nothing where none is asked for."""
    if steps.is_taiwan:
        return tuple(f"{to_chinese(number)}、" for number in steps.paragraphs)
    return tuple(f"({to_chinese(number)})" for number in steps.items)


def _several(text: str, otherwise: str) -> Iterator[str]:
    """What ``第6、7条`` and ``第6至8条`` call, one after the other, of the division that is told, or else given."""
    unit = next((char for char in reversed(text) if char in _DIVISIONS), otherwise)
    found = [(_value(number), to) for number, to in _EACH.findall(text)]
    for (number, to), (following, _) in pairwise([*found, (None, "")]):
        if unit and number is not None:
            last = following if to and following is not None and following - number < _MOST else number + 1
            yield from (f"第{each}{unit}" for each in range(number, max(last, number + 1)))


def _value(number: str) -> int | None:
    return int(number) if number.isascii() else from_chinese(number)


def _outside(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """Those of some pieces that are not within a range of their text."""
    ends = accumulate(len(piece.text) for piece in pieces)
    return (piece for piece, at in zip(pieces, ends, strict=True) if at <= start or at - len(piece.text) >= end)


def _ordinal(unit: str) -> str:
    """A number of a division as headings call it; nothing for any other."""
    return unit if unit.startswith("第") and as_ordinal(unit[1:].lstrip()) else as_ordinal(unit)


def _is_frame(pieces: Iterable[Piece]) -> bool:
    return all(
        piece.text in _FRAME or piece.text in uninformative_words() or not has_word_character(piece.text)
        for piece in pieces
    )
