"""Folding: normalisation character by character, with a map back to the original offsets.

A character folds to NFKC, lower case, a letter without its accents, traditional, Hong Kong and Japanese forms →
simplified (many to one), whatever stands beside it, so that any piece of a text folds to a piece of the folded text.
Two rules concern white space alone: beside a letter or digit that is not CJK (``5G 网络``, ``big data``) a run of it
becomes one space; between Han, kana and marks it vanishes (a line wrap cuts nothing, ``（一） 总则`` is ``(一)总则``).
What stands beside it is looked at after folding, so that width makes no difference, and past characters that take no
room.

Sources: Unicode Standard Annex #15 (NFKC); OpenCC's character tables by way of ``opencc``; GB/T 2312, what is in it
being a form of its own; ``data/variants.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from indexer.analysis.tables import entries
from indexer.model.records import record

VERSION = "3"

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
# Ideographs as they are mostly met.
_FIRST_UNIFIED, _LAST_UNIFIED = "\u4e00", "\u9fff"
# The ranges in which a traditional form may stand.
_HAN_RANGES = (range(0x2E80, 0x3400), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
# What takes no room on a page: zero-width spaces and joiners, soft hyphen, variation selectors.
INVISIBLE = "\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
# Accents as characters of their own, which fold to nothing: those that stand over or under a letter, none that strikes
# it through (≠ is no =).
ACCENTS = "\u0300-\u0333"

_SPACES = re.compile(rf"\s[\s{INVISIBLE}{ACCENTS}]*")
_ACCENTS = re.compile(f"[{ACCENTS}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_LAST_COMMON = b"\xd7\xf9"
# Stands for a character that does not fold to one; no folded text holds a lone surrogate.
_UNEVEN = "\udfff"
# Code points of a text whose folding is remembered, at most.
_SHORT = 40
# The first offsets of a text, copied faster than counted.
_OFFSETS = array("I", range(1_000))
_BLANK = re.compile(rf"[\s{INVISIBLE}]+")


def _edges(ranges: str) -> list[str]:
    """Return where the ranges of a class of characters begin and have ended, in order. A pattern of such a class takes
    2 ms to be compiled.
    """
    return sorted(chain(ranges[::3], (chr(ord(last) + 1) for last in ranges[2::3])))


_HAN_EDGES, _CJK_EDGES = _edges(HAN), _edges(HAN + KANA)


@record
class Folded:
    """Folded text and where each of its characters came from.

    Attributes:
        text: the folded characters.
        offsets: for each folded character the offset of its original character; None stands for the identity.
    """

    text: str
    offsets: Sequence[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of original code points behind the non-empty folded range ``[start, end)``."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold ``text``; white space at its ends is kept as one space, for the caller to strip."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> Folded:
    folded = text.translate(_EVEN)
    return Folded(folded) if _UNEVEN not in folded and not _SPACES.search(text) else _fold_unevenly(text, folded)


# Pieces of a query are folded again and again while it is understood.
_fold_short = lru_cache(maxsize=1_000)(_fold)


def fold_key(text: str) -> str:
    """Return the folded characters alone, without white space at the ends."""
    return fold(text).text.strip()


def visible(text: str) -> str:
    """Return ``text`` without white space and without what takes no room."""
    return _BLANK.sub("", text)


def other_scripts(text: str) -> tuple[str, ...]:
    """Return ``text`` in simplified and in traditional characters, where that differs from ``text``."""
    storable = text.encode("utf-8", "replace").decode()  # OpenCC takes no lone surrogates
    converted = (_converter(name).convert(storable) for name in ("t2s", "s2t"))
    return tuple(dict.fromkeys(other for other in converted if other != storable))


@cache
def simplified_forms() -> dict[str, str]:
    """Map every character that folding writes in another, simplified form, beyond what NFKC and lower case do."""
    chars = chain(map(chr, chain.from_iterable(_HAN_RANGES)), _variants())
    return {char: form for char in chars if (form := _simplify(char)) != char and len(form) == 1}


def is_word_character(char: str) -> bool:
    """Tell whether a character can be part of a word: a letter or digit of any script, Han included."""
    return char.isalnum() or char == "_"


def has_word_character(text: str) -> bool:
    """Tell whether a text holds a character that can be part of a word."""
    return text.isalnum() or any(map(is_word_character, text))


def fold_character(code_point: int) -> str:
    """Return what a character folds to, white space being looked at for itself alone."""
    return _TABLE[code_point]


@lru_cache(maxsize=10_000)
def keeps_space(beside: str) -> bool:
    """Tell whether white space beside a folded character stays; at the ends of a text it does, to be stripped."""
    return not beside or (beside.isalnum() and not _is_between(_CJK_EDGES, beside))


def is_rare(char: str) -> bool:
    """Tell whether it is a Han character beyond the 3,755 common ones of GB/T 2312, level 1: as telling as a word."""
    return is_han(char) and (not _is_standard(char) or char.encode("gb2312") > _LAST_COMMON)


def is_han(char: str) -> bool:
    """Tell whether it is a Han character."""
    return _is_between(_HAN_EDGES, char)


def _is_between(edges: Sequence[str], char: str) -> bool:
    return bisect_right(edges, char) % 2 == 1


def _fold_unevenly(text: str, even: str) -> Folded:
    """Fold the general case, in which folded and original characters do not stand one to one; ``even`` by ``_EVEN``."""
    parts: list[str] = []
    offsets = array("I")
    position = 0
    for match in _SPACES.finditer(text):
        start, end = match.span()
        _append(text, even, range(position, start), parts, offsets)
        position = end
        before = parts[-1][-1] if parts else ""
        after = _TABLE[ord(text[end])][0] if end < len(text) else ""
        if keeps_space(before) or keeps_space(after):
            parts.append(" ")
            offsets.append(start)
    _append(text, even, range(position, len(text)), parts, offsets)
    return Folded("".join(parts), offsets)


def _append(text: str, even: str, at: range, parts: list[str], offsets: array[int]) -> None:
    """Fold the characters of ``text`` at some places, none of which is white space, onto ``parts`` and ``offsets``."""
    piece = even[at.start : at.stop]
    if piece and _UNEVEN not in piece:
        parts.append(piece)
        offsets.extend(_OFFSETS[at.start : at.stop] if at.stop <= len(_OFFSETS) else at)
        return
    for offset in at:
        if folded := _TABLE[ord(text[offset])]:
            parts.append(folded)
            offsets.extend([offset] * len(folded))


class _FoldTable(dict[int, str]):
    """Code point → folded characters, filled as characters are met, so that starting costs nothing."""

    def __missing__(self, code_point: int) -> str:
        folded = self[code_point] = _fold_character(chr(code_point))
        return folded


class _EvenTable(dict[int, str]):
    """The same, but ``_UNEVEN`` for what folds to no character or to several."""

    def __missing__(self, code_point: int) -> str:
        folded = _TABLE[code_point]
        even = self[code_point] = folded if len(folded) == 1 else _UNEVEN
        return even


def _fold_character(char: str) -> str:
    if _FIRST_UNIFIED <= char <= _LAST_UNIFIED:  # for which NFKC, lower case and accents change nothing
        return _simplify(char)
    if unicodedata.category(char) == "Cs":  # a lone surrogate cannot be encoded, so no engine could store it
        return "\ufffd"
    if _INVISIBLE.match(char):
        return ""
    compatible = char
    for _ in range(3):  # lower case of a compatible form may itself have a compatible form
        compatible = unicodedata.normalize("NFKC", compatible).lower()
    if any(part.isspace() for part in compatible) and not char.isspace():
        compatible = char.lower()  # ¨ and its kin decompose into a space, which would part what stands together
    return "".join(_simplify(part) for part in map(_without_accents, compatible))


def _without_accents(char: str) -> str:
    """Return a letter without its accents, an accent as nothing, anything else as it is."""
    if _ACCENTS.match(char):
        return ""
    base, *marks = list(unicodedata.normalize("NFD", char))
    return base if marks and base.isalpha() and all(map(_ACCENTS.match, marks)) else char


@cache
def _simplify(char: str) -> str:
    if not (is_han(char) or char in _variants()):
        return char
    simplified = _simplified(char)
    if not _is_standard(simplified):
        forms = map(_simplified, _regional_forms(simplified))
        simplified = next(filter(_is_standard, forms), simplified)
    return _variants().get(simplified, simplified)


def _simplified(char: str) -> str:
    simplified: str = _converter("t2s").convert(char)
    return simplified if simplified == char else _converter("t2s").convert(simplified)  # 薴 takes two steps: 苧, 苎


def _regional_forms(char: str) -> Iterator[str]:
    """Yield what a Hong Kong, Taiwan or Japanese form is elsewhere in traditional characters."""
    for name in ("hk2t", "tw2t", "jp2t"):
        yield _converter(name).convert(char)


def _is_standard(char: str) -> bool:
    """Tell whether a character is of the basic set of simplified ones: 予 and 欠 are Japanese forms too, but words."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter(name: str):  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc

    return opencc.OpenCC(name)


@cache
def _variants() -> dict[str, str]:
    rows = (entry.split("\t") for entry in entries("variants.tsv"))
    return {row[0]: row[1] for row in rows}


_TABLE = _FoldTable()
_EVEN = _EvenTable()
