"""What a paragraph or run inherits from its style, the style's bases and the defaults of the document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from indexer.documents.ooxml import W, is_on, value, whole
from indexer.documents.xml_parts import Element

# outlineLvl counts from 0; 9 is body text.
_BODY_TEXT = 9
_RUN_STYLE = f"{W}rStyle"
_CONTENTS = ("toc ", "table of figures", "table of authorities")


class Styles:
    """The styles of a document; an absent part has none."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        for style in root.iter(f"{W}style") if root is not None else ():
            identifier = style.get(f"{W}styleId", "")
            self._by_id[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default = identifier
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault") if root is not None else None
        self.style_id = lru_cache(2)(self._style_id)  # asked several times about a paragraph
        self.of_paragraph = cache(self._of_paragraph)
        self.toggle = cache(self._toggle)
        self.name = cache(self._name)
        self._default_toggle = cache(self._of_defaults)

    def _style_id(self, paragraph: Element) -> str:
        """Return the style of a paragraph: its own or the default one."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def _name(self, identifier: str) -> str:
        """Return the name of a style in lower case; those that are built in have English names."""
        style = self._by_id.get(identifier)
        return (value(style.find(f"{W}name"), "") or "").lower() if style is not None else ""

    def chain(self, identifier: str | None) -> list[tuple[str, Element]]:
        """Return a style and its bases, nearest first, as id and element; one that is its own base ends it."""
        found: dict[str, Element] = {}
        while identifier and identifier in self._by_id and identifier not in found:
            found[identifier] = self._by_id[identifier]
            identifier = value(found[identifier].find(f"{W}basedOn"))
        return list(found.items())

    def _of_paragraph(self, identifier: str, path: str) -> Element | None:
        """Return a property (below ``w:pPr``) of a paragraph of a style."""
        found = (style.find(f"{W}pPr/{path}") for _, style in self.chain(identifier))
        return next((one for one in found if one is not None), None)

    def paragraph(self, paragraph: Element, name: str) -> Element | None:
        """Return a property of a paragraph, its own before that of its style."""
        own = paragraph.find(f"{W}pPr/{W}{name}")
        return own if own is not None else self.of_paragraph(self.style_id(paragraph), f"{W}{name}")

    def _toggle(self, identifier: str, name: str) -> bool | None:
        """Return whether a style turns a property of its text on; None where it does not say."""
        found = (is_on(style.find(f"{W}rPr/{W}{name}")) for _, style in self.chain(identifier))
        return next((one for one in found if one is not None), None)

    def run(self, given: Mapping[str, Element], paragraph_style: str, name: str) -> bool:
        """Return whether a property (``b``, ``vanish``) of a run is on: its own, its style's, its paragraph's.

        Args:
            given: the properties of the run by their tags.
            paragraph_style: style of its paragraph.
            name: of the property.
        """
        own = is_on(given.get(f"{W}{name}"))
        if own is None and _RUN_STYLE in given:
            own = self.toggle(value(given[_RUN_STYLE], "") or "", name)
        if own is None:
            own = self.toggle(paragraph_style, name)
        return self._default_toggle(name) if own is None else own

    def _of_defaults(self, name: str) -> bool:
        """Return whether the defaults of the document turn a property of text on."""
        return bool(is_on(self._defaults.find(f"{W}rPr/{W}{name}"))) if self._defaults is not None else False

    def level(self, paragraph: Element) -> int | None:
        """Return the level of a heading, from 1; None of a paragraph that is none."""
        outline = whole(value(self.paragraph(paragraph, "outlineLvl")), -1)
        if 0 <= outline < _BODY_TEXT:
            return outline + 1
        if outline == _BODY_TEXT:
            return None
        names = [self.name(identifier) for identifier, _ in self.chain(self.style_id(paragraph))]
        digits = next((name.removeprefix("heading ") for name in names if name.startswith("heading ")), "")
        return int(digits) if digits in tuple("123456789") else None

    def is_title(self, paragraph: Element) -> bool:
        """Tell whether a paragraph is of the built-in style of titles."""
        return self.name(self.style_id(paragraph)) == "title"

    def is_contents(self, paragraph: Element) -> bool:
        """Tell whether a paragraph is an entry of a table of contents or of figures."""
        return self.name(self.style_id(paragraph)).startswith(_CONTENTS)

    def contents_level(self, identifier: str) -> int | None:
        """Return the level, from 1, of the entries of tables of contents that a style is for; None of another style."""
        level = self.name(identifier).removeprefix("toc ")
        return int(level) if level in tuple("123456789") else None
