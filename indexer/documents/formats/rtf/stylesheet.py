"""The fonts and styles of an RTF file, by their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

_CONTENTS = ("toc ", "contents ", "table of figures", "table of authorities", "figure index", "table index")
_HEADING = "heading "


@dataclass(slots=True)
class Style:
    """A style of paragraphs.

    Attributes:
        name: in lower case; those that are built in have English names.
        outline: the outline level that it gives, from 0; None where it gives none.
    """

    name: str = ""
    outline: int | None = None

    @property
    def level(self) -> int | None:
        """The level of a heading, from 1; None of a style that is none."""
        if self.outline is not None:
            return self.outline + 1
        digits = self.name.removeprefix(_HEADING) if self.name.startswith(_HEADING) else ""
        return int(digits) if digits in tuple("123456789") else None

    @property
    def is_title(self) -> bool:
        """Whether it is the built-in style of titles."""
        return self.name == "title"

    @property
    def is_contents(self) -> bool:
        """Whether it is that of entries in a table of contents or of figures."""
        return self.name.startswith(_CONTENTS)


@dataclass(slots=True)
class Font:
    r"""A font: its name, and the number of the characters it has (``\fcharset``)."""

    name: str = ""
    charset: int | None = None


@dataclass(slots=True)
class Stylesheet:
    r"""What control words refer to by number.

    Attributes:
        fonts: number of a font → the font.
        styles: number of a style → the style.
    """

    fonts: dict[int, Font] = field(default_factory=dict)
    styles: dict[int, Style] = field(default_factory=dict)
