"""Raised and lowered characters (10³, H₂O): set as Unicode has them, since 103 is another number."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raised(text: str) -> str:
    """Return ``text`` as superscript; unchanged where Unicode lacks one of its characters."""
    return _moved(text, _RAISED)


def lowered(text: str) -> str:
    """Return ``text`` as subscript; unchanged where Unicode lacks one of its characters."""
    return _moved(text, _LOWERED)


def _moved(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(character) in table for character in text.strip()) else text
