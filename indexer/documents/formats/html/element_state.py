"""What an element of a page says about the text in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bs4.element import Tag

from indexer.documents.formats.html.appearance import HEADINGS, is_bold, is_centered
from indexer.model import Kind

_CAPTIONS = frozenset({"caption", "figcaption"})
_VERBATIM = frozenset({"pre", "listing", "xmp"})
_CODE = frozenset({"code", "samp", "kbd"})
READINGS = frozenset({"rt", "rtc"})


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside an element; restored when it ends."""

    bold: bool = False
    reading: bool = False
    level: int | None = None
    centered: bool = False
    kind: Kind = Kind.BODY
    topics: tuple[str, ...] = ()
    verbatim: bool = False
    item: bool = False
    code: bool = False
    rows: bool = False


def inline_state(tag: Tag, outer: State) -> State:
    """Return what holds inside an element that stands in a paragraph, ``outer`` holding around it."""
    bold = is_bold(tag.name, tag.attrs, outer.bold)
    reading = outer.reading or tag.name in READINGS
    return outer if (bold, reading) == (outer.bold, outer.reading) else replace(outer, bold=bold, reading=reading)


def block_state(tag: Tag, outer: State) -> State:
    """Return what holds inside an element that is a paragraph, or holds some, ``outer`` holding around it."""
    name = tag.name
    return State(
        bold=is_bold(name, tag.attrs, outer.bold),
        reading=outer.reading,
        level=HEADINGS.get(name, outer.level),
        centered=is_centered(name, tag.attrs, outer.centered),
        kind=Kind.CAPTION if name in _CAPTIONS else outer.kind,
        topics=outer.topics,
        verbatim=outer.verbatim or name in _VERBATIM,
        item=outer.item or (name == "li" and _is_among_items(tag)),
        code=outer.code or (name in _VERBATIM and _holds_code(tag)),
        rows=outer.rows and name != "caption",
    )


def _is_among_items(tag: Tag) -> bool:
    """Tell an item beside others, or above a list, from a numbered heading that was taken for a list of one item."""
    if tag.find_previous_sibling("li") or tag.find_next_sibling("li"):
        return True
    return any(isinstance(child, Tag) and child.name in ("ul", "ol") for child in tag.children)


def _holds_code(tag: Tag) -> bool:
    """Tell a listing from a text that is only set with its own line ends."""
    return any(isinstance(child, Tag) and child.name in _CODE for child in tag.children)
