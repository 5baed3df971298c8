"""Characters of picture fonts (``w:sym``) → characters that other fonts have."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)
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


def character(font: str, code: str) -> str:
    """Return what a symbol shows; nothing of a picture that no character is like.

    Args:
        font: name of its font.
        code: its place in the font, hexadecimal.
    """
    try:
        number = int(code, 16)
        place = chr(number - _PRIVATE.start if number in _PRIVATE else number)
    except (ValueError, OverflowError):
        return ""
    known = _PICTURES.get(font.strip().lower())
    if known is None:
        return "" if number in _PRIVATE else place
    return known.get(place, place if place.isdigit() else "")
