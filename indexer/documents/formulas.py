"""Formulas of Office (OMML) as one line of text: a/b, x², ∑_(i=1)^k, √(x).

After Unicode Nearly Plain-Text Encoding of Mathematics (Unicode Technical Note 28); the elements are those of ECMA-376
part 1, 22.1.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.documents.ooxml import M, value
from indexer.documents.superscripts import lowered, raised
from indexer.documents.xml_parts import Element


def linear(node: Element) -> str:
    """Return what is in an element of a formula, brackets set where the line would be read otherwise.

    The depth of the element is bounded by that of the parser (256).
    """
    if node.tag == f"{M}t":
        return node.text or ""
    shape = _SHAPES.get(node.tag)
    return shape(node) if shape else "".join(map(linear, node))


def _part(node: Element, name: str) -> str:
    part = node.find(f"{M}{name}")
    return linear(part).strip() if part is not None else ""


def _bracketed(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _above(text: str) -> str:
    return _moved(text, raised, "^")


def _below(text: str) -> str:
    return _moved(text, lowered, "_")


def _moved(text: str, move: Callable[[str], str], sign: str) -> str:
    """Return a raised or lowered text: as Unicode has it, else behind a sign."""
    if not text:
        return ""
    moved = move(text)
    return moved if moved != text else f"{sign}{_bracketed(text)}"


def _fraction(node: Element) -> str:
    return f"{_bracketed(_part(node, 'num'))}/{_bracketed(_part(node, 'den'))}"


def _scripts(node: Element) -> str:
    return f"{_part(node, 'e')}{_below(_part(node, 'sub'))}{_above(_part(node, 'sup'))}"


def _limit(node: Element) -> str:
    limit = _part(node, "lim")
    return _part(node, "e") + (_below(limit) if node.tag == f"{M}limLow" else _above(limit))


def _sum(node: Element) -> str:
    sign = value(node.find(f"{M}naryPr/{M}chr"), "∫", M) or ""
    return f"{sign}{_below(_part(node, 'sub'))}{_above(_part(node, 'sup'))} {_part(node, 'e')}"


def _root(node: Element) -> str:
    return f"{_above(_part(node, 'deg'))}√{_bracketed(_part(node, 'e'))}"


def _brackets(node: Element) -> str:
    properties = node.find(f"{M}dPr")
    signs = {name: value(properties.find(f"{M}{name}"), None, M) if properties is not None else None for name in _SIGNS}
    opening, separator, closing = (_SIGNS[name] if sign is None else sign for name, sign in signs.items())
    return f"{opening}{separator.join(linear(each).strip() for each in node.iterchildren(f'{M}e'))}{closing}"


def _lines(node: Element) -> str:
    return "; ".join(linear(each).strip() for each in node.iterchildren(f"{M}e"))


def _matrix(node: Element) -> str:
    return "; ".join(
        ", ".join(linear(each).strip() for each in row.iterchildren(f"{M}e")) for row in node.iterchildren(f"{M}mr")
    )


_SIGNS = {"begChr": "(", "sepChr": "|", "endChr": ")"}
_SHAPES: dict[object, Callable[[Element], str]] = {
    f"{M}f": _fraction,
    f"{M}sSup": _scripts,
    f"{M}sSub": _scripts,
    f"{M}sSubSup": _scripts,
    f"{M}limLow": _limit,
    f"{M}limUpp": _limit,
    f"{M}nary": _sum,
    f"{M}rad": _root,
    f"{M}d": _brackets,
    f"{M}eqArr": _lines,
    f"{M}m": _matrix,
}
