"""Characters of picture fonts (Wingdings, Symbol) → characters that other fonts have."""

from __future__ import annotations

import re

_PRIVATE = range(0xF000, 0xF100)
_SYMBOLS = re.compile("[\uf000-\uf0ff]")
# The Greek letters of the font Symbol stand where the Latin ones do in others; what is no letter of it is left alone.
_SYMBOL = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
) | {
    "\xb1": "±",
    "\xb4": "×",
    "\xb8": "÷",
    "\xa3": "≤",
    "\xb3": "≥",
    "\xb9": "≠",
    "\xbb": "≈",
    "\xa5": "∞",
    "\xb0": "°",
}
_PICTURES = {
    "wingdings": {"o": "□", "\xa8": "◻", "\xfe": "☑", "\xfd": "☒", "\xfc": "✓", "\xfb": "✗", "l": "●", "n": "■",
                  "u": "◆", "\xd8": "➢", "\xe0": "→", "J": "☺", "(": "☎"},
    "wingdings 2": {"R": "☑", "S": "☒", "P": "✓", "O": "✗", "\xa3": "□", "\xa2": "■"},
    "symbol": _SYMBOL,
}  # fmt: skip


def character(font: str, number: int) -> str:
    """Return what a symbol shows; nothing of a picture that no character is like.

    Args:
        font: name of its font.
        number: its place in the font, from 0xF000 on or not.
    """
    is_private = number in _PRIVATE
    place = chr(number - _PRIVATE.start if is_private else number)
    known = _PICTURES.get(font.strip().lower())
    if known is None:
        return "" if is_private else place
    return known.get(place, place if place.isdigit() else "")


def shown(text: str, font: str) -> str:
    """Return a text whose symbols (U+F000–F0FF) are what they show in a font."""
    return _SYMBOLS.sub(lambda symbol: character(font, ord(symbol[0])), text)
