"""How many bits a text costs under rough models of what people write.

Of several readings of the same bytes the true one is nearly always the cheapest: read in a wrong encoding, common
characters become rare ones, and rare ones cost much. A model gives each character the bits of its frequency; ASCII
costs the same in all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from indexer.documents.encoding.character_frequencies import FREQUENT

ASCII = 6.0
# What a byte costs that no reading explains: more than any character.
UNREAD = 40.0

_MARKS = (
    dict.fromkeys("，。、　", 7.0)
    | dict.fromkeys("：；“”《》（）—…？！·", 9.0)
    | dict.fromkeys("‘’「」『』〈〉【】〔〕～－％＋", 11.0)
)
_HANGUL = frozenset(
    "이다는의에가을하고지한로도기사자리시어아인나대서그들만은전수라정보부있해를게일제상장으과여성주구동연것신유원문공경국안용세중"
    "오조비마니무소화미스우관생할거발학내면와개선위진계방식요통강단분행작차바회실후트러까야모교년업적현반물말때같없었했며습녕글"
)
_LATIN = re.compile("[À-ÖØ-öø-ÿĀ-ľŁ-ňŌ-žǍ-ǜȘ-țẠ-ỹ]")
_OTHER_LETTERS = re.compile("[Ά-ώЀ-ёђ-џҐґא-תء-ي]")
_SYMBOLS = frozenset("§°·×±«»©®€£¥¿¡–—‘’“”•…™µ¶÷¹²³ªº")
_FRACTIONS = frozenset("¼½¾")


def chinese(text: str) -> float:
    """Return the bits under the model of simplified or traditional Chinese."""
    return _independent(text, _in_chinese)


def korean(text: str) -> float:
    """Return the bits under the model of Korean."""
    return _independent(text, _in_korean)


def japanese(text: str) -> float:
    """Return the bits under the model of Japanese."""
    return _independent(text, _in_japanese)


def alphabetic(text: str) -> float:
    """Return the bits under the model of scripts with alphabets: letters stand beside letters of their own script."""
    pairs = Counter(zip(text, f" {text}", strict=False))
    return sum(
        count * (ASCII if character < "\x80" else _in_alphabets(character, before))
        for (character, before), count in pairs.items()
    )


def any_script(text: str) -> float:
    """Return the bits under the model that fits best."""
    return min(model(text) for model in (chinese, alphabetic, japanese, korean))


def _independent(text: str, cost: Callable[[str], float]) -> float:
    return sum(cost(character) * count for character, count in Counter(text).items())


@lru_cache(maxsize=50_000)
def _in_chinese(character: str) -> float:
    if character < "\x80":
        return ASCII
    if character in FREQUENT:
        return FREQUENT[character] + 0.5
    if character in _MARKS:
        return _MARKS[character]
    code = ord(character)
    if 0x4E00 <= code <= 0x9FFF:
        return _rare_han(character)
    if 0xFF01 <= code <= 0xFF5E or 0x2000 <= code <= 0x27BF or 0x3000 <= code <= 0x303F or 0x1F300 <= code <= 0x1FAFF:
        return 13.0
    if code < 0x460 or 0x3041 <= code <= 0x30FF:
        return 25.0 if code < 0xA0 else 15.0
    return UNREAD if _is_unassigned(character) else 26.0


def _is_unassigned(character: str) -> bool:
    return unicodedata.category(character) in ("Cn", "Co")


def _rare_han(character: str) -> float:
    """Of those that are not frequent, the ones of the national standards are written most."""
    if _in_standard(character, "gb2312"):
        return 18.0
    if _in_standard(character, "big5"):
        return 18.0 if character.encode("big5") < b"\xc9" else 20.0
    return 23.0


def _in_standard(character: str, codec: str) -> bool:
    try:
        return bool(character.encode(codec))
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=20_000)
def _in_korean(character: str) -> float:
    if "가" <= character <= "힣":
        return 7.5 if character in _HANGUL else 13.0 if _in_standard(character, "euc_kr") else 18.0
    return _in_chinese(character) + 4.0 if character >= "\x80" else ASCII


@lru_cache(maxsize=20_000)
def _in_japanese(character: str) -> float:
    if "ぁ" <= character <= "ん":
        return 6.0
    if "ァ" <= character <= "ー":
        return 8.0
    if "｡" <= character <= "ﾟ":
        return 14.0
    return _in_chinese(character) + 1.0 if character >= "\x80" else ASCII


def _in_alphabets(character: str, before: str) -> float:
    if unicodedata.combining(character):
        return 12.0 if before.isalpha() else 20.0
    if character in _SYMBOLS:
        return 9.0 if before < "\x80" or before == character else 14.0
    if character == "\xa0":  # editors of pages write many, one after the other
        return 9.0
    if character in _FRACTIONS:
        return 10.0 if before < "\x80" and not before.isalpha() else 16.0
    if character.isalpha():
        if not (_LATIN.match(character) or _OTHER_LETTERS.match(character)):
            return 18.0
        beside = before.isalpha() and _script(character) == _script(before)
        if beside and before >= "\x80" and _LATIN.match(character):
            beside = False  # accents are scattered among plain letters
        return (6.0 if beside else 10.0) + 6.0 * (before.islower() and character.isupper())
    return UNREAD if _is_unassigned(character) else 25.0 if character < "\xa0" else 18.0


@lru_cache(maxsize=20_000)
def _script(character: str) -> str:
    return unicodedata.name(character, "?").partition(" ")[0]
