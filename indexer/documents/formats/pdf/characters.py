"""Characters as PDF files hold them → as people type them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Shapes of radicals (2E80–2EFF) that fonts give for characters; Unicode has no mapping for most of them.
_RADICALS = dict(
    zip(
        "⺊⺓⺕⺟⺠⻁⻄⻅⻆⻉⻋⻌⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "卜幺彐母民虎西见角贝车辶阝長长长雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
# Marks turned for vertical lines, and the places of picture fonts where list marks stand → marks as people type them.
_UPRIGHT_MARKS = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…：—–（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
_LIST_MARKS = dict(zip("\uf06c\uf06e\uf075\uf076\uf0a7\uf0b7\uf0d8\uf0fc\uf0e8\uf0a8", "●■◆❖▪•➢✓➔□", strict=True))
_DRAWN = _RADICALS | _UPRIGHT_MARKS | _LIST_MARKS
# What pdfium gives for a hyphen at the end of a line.
_HYPHEN = 2
_DROPPED = frozenset("\xad\u200b\u2060\ufeff\ufffe\uffff")


@lru_cache(maxsize=1 << 14)
def typed(code: int) -> str:
    """Return the character that people type for a code point; nothing for one that shows nothing.

    Kangxi radicals and compatibility ideographs are the characters they stand for, marks turned for vertical lines
    those of horizontal ones; full-width forms stay.
    """
    if code == _HYPHEN:
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    character = chr(code)
    if code < 0x2E80:
        return "" if character in _DROPPED else character
    if 0x2F00 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F or character in "⺟⻳":
        return unicodedata.normalize("NFKC", character)
    return _DRAWN.get(character, "" if character in _DROPPED else character)


def half_width(character: str) -> str:
    """Return the half-width form of a full-width letter or digit; nothing for any other character."""
    half = chr(ord(character) - 0xFEE0) if "\uff10" <= character <= "\uff5a" else ""
    return half if half.isalnum() else ""


def letter_width(letter: str) -> float:
    """Return about how many em a Latin letter or digit takes in a font like Times."""
    if letter in "ijltfIJr":
        return 0.33
    if letter in "mwMW":
        return 0.8
    return 0.68 if letter.isupper() else 0.5


def is_wide(character: str) -> bool:
    """Whether a character takes a full em and is written without spaces around it."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
        or character in "“”‘’…—·"
        or (character >= "\U00020000")
    )
