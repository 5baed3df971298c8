"""What a paragraph or a span inherits from its style and the parents of the style."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from indexer.documents.formats.odt.names import FO, STYLE, TEXT
from indexer.documents.ooxml import whole
from indexer.documents.xml_parts import Element

_BOLD = frozenset({"bold", "600", "700", "800", "900"})


class Styles:
    """The styles of a document.

    Args:
        roots: the parts that define styles.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles = {
            (style.get(f"{STYLE}family"), style.get(f"{STYLE}name")): style
            for root in roots
            for style in root.iter(f"{STYLE}style")
        }
        self.is_bold = cache(self._is_bold)
        self.is_hidden = cache(self._is_hidden)
        self.position = cache(self._position)

    def _chain(self, family: str, name: str | None) -> list[Element]:
        found: dict[str, Element] = {}
        while name and (family, name) in self._styles and name not in found:
            found[name] = self._styles[family, name]
            name = found[name].get(f"{STYLE}parent-style-name")
        return list(found.values())

    def _of(self, family: str, name: str | None, properties: str, *attributes: str) -> str | None:
        """Return the first of the attributes that the style or its nearest parent gives."""
        for style in self._chain(family, name):
            element = style.find(f"{STYLE}{properties}")
            given = [element.get(one) for one in attributes] if element is not None else []
            found: str | None = next((one for one in given if one is not None), None)
            if found is not None:
                return found
        return None

    def _is_bold(self, family: str, name: str | None) -> bool | None:
        """Return whether a style makes text bold; None where it does not say. The weight of Han text comes first."""
        weight = self._of(family, name, "text-properties", f"{STYLE}font-weight-asian", f"{FO}font-weight")
        return None if weight is None else weight in _BOLD

    def _is_hidden(self, family: str, name: str | None) -> bool | None:
        """Return whether a style hides text; None where it does not say."""
        display = self._of(family, name, "text-properties", f"{TEXT}display")
        return None if display is None else display == "none"

    def _position(self, family: str, name: str | None) -> str:
        """Return ``super``, ``sub``, or nothing; a share of the height of the line is one of them."""
        given = (self._of(family, name, "text-properties", f"{STYLE}text-position") or "").partition(" ")[0]
        share = whole(given.removesuffix("%")) if given.endswith("%") else 0
        return ("super" if share > 0 else "sub") if share else given

    def is_centered(self, name: str | None) -> bool:
        """Tell whether a style centres paragraphs."""
        return self._of("paragraph", name, "paragraph-properties", f"{FO}text-align") == "center"

    def list_style(self, name: str | None) -> str | None:
        """Return the style of lists that a style of paragraphs names; an empty one ends the search."""
        given = (style.get(f"{STYLE}list-style-name") for style in self._chain("paragraph", name))
        return next((one for one in given if one is not None), None)

    def is_title(self, name: str | None) -> bool:
        """Tell whether a style is the built-in one of titles, or made from it directly."""
        own = self._styles.get(("paragraph", name))
        return "Title" in (name, None if own is None else own.get(f"{STYLE}parent-style-name"))
