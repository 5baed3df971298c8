"""What an element of a page says about the text in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from bs4.element import Tag

from indexer.documents.formats.html.appearance import HEADINGS, is_bold, is_centered
from indexer.documents.formats.html.tables import elements_below
from indexer.documents.superscripts import lowered, raised
from indexer.model import Kind, Role

_CAPTIONS = frozenset({"caption", "figcaption"})
_VERBATIM = frozenset({"pre", "listing", "xmp"})
_CODE = frozenset({"code", "samp", "kbd"})
_SCRIPTS: dict[str, Callable[[str], str]] = {"sup": raised, "sub": lowered}
_NOTES = frozenset(
    {"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote", "doc-endnotes", "duokan-footnote-item"}
)
READINGS = frozenset({"rt", "rtc"})
# Classes by which programs that colour listings mark them, some levels above their text.
_HIGHLIGHTERS = frozenset(
    {"highlight", "codehilite", "chroma", "rouge-code", "sourceCode", "syntaxhighlighter", "code"}
)
_LOOKED_AROUND = 5
# Elements in a heading among which its anchor is looked for: headings that are never closed hold one another.
_LOOKED_INTO = 20


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside an element; restored when it ends."""

    bold: bool = False
    linked: bool = False
    reading: bool = False
    level: int | None = None
    centered: bool = False
    kind: Kind = Kind.BODY
    topics: tuple[str, ...] = ()
    verbatim: bool = False
    item: bool = False
    code: bool = False
    rows: bool = False
    anchor: str | None = None
    role: Role = Role.BODY
    script: Callable[[str], str] | None = None


def inline_state(tag: Tag, outer: State) -> State:
    """Return what holds inside an element that stands in a paragraph, ``outer`` holding around it."""
    bold = is_bold(tag.name, tag.attrs, outer.bold)
    reading = outer.reading or tag.name in READINGS
    script = _SCRIPTS.get(tag.name, outer.script)
    linked = outer.linked or (tag.name == "a" and "href" in tag.attrs)
    if (bold, linked, reading, script) == (outer.bold, outer.linked, outer.reading, outer.script):
        return outer
    return replace(outer, bold=bold, linked=linked, reading=reading, script=script)


def block_state(tag: Tag, outer: State) -> State:
    """Return what holds inside an element that is a paragraph, or holds some, ``outer`` holding around it."""
    name = tag.name
    return State(
        bold=is_bold(name, tag.attrs, outer.bold),
        linked=outer.linked,
        reading=outer.reading,
        level=HEADINGS.get(name, outer.level),
        centered=is_centered(name, tag.attrs, outer.centered),
        kind=Kind.CAPTION if name in _CAPTIONS else outer.kind,
        topics=outer.topics,
        verbatim=outer.verbatim or name in _VERBATIM,
        item=outer.item or (name == "li" and _is_among_items(tag)),
        code=outer.code or (name in _VERBATIM and _holds_code(tag)),
        rows=outer.rows and name != "caption",
        anchor=_anchor(tag) if name in HEADINGS else outer.anchor,
        role=Role.FOOTNOTE if _is_note(tag) else outer.role,
    )


def _is_note(tag: Tag) -> bool:
    """Tell a footnote by what EPUB (``epub:type``), ARIA (``role``) or the Duokan of Chinese books calls it."""
    named = (tag.get("epub:type"), tag.get("role"), tag.get("class"))
    words = (word for each in named if each for word in (each.split() if isinstance(each, str) else each))
    return not _NOTES.isdisjoint(words)


def _anchor(heading: Tag) -> str | None:
    """Return the id that links to a heading name: its own, that of an ``<a>`` in it, or of the section it opens."""
    links = (each for each in islice(elements_below(heading), _LOOKED_INTO) if each.name == "a")
    named = (each.get("id") or each.get("name") for each in links)
    found = heading.get("id") or next(filter(None, named), None)
    if not found and heading.parent is not None and heading.parent.name == "section":
        found = heading.parent.get("id") if heading.find_previous_sibling() is None else None
    return str(found) if found else None


def _is_among_items(tag: Tag) -> bool:
    """Tell an item beside others, under a bullet, or above a list, from a numbered heading taken for a list of one."""
    if tag.parent is not None and tag.parent.name == "ul":
        return True
    if tag.find_previous_sibling("li") or tag.find_next_sibling("li"):
        return True
    return any(isinstance(child, Tag) and child.name in ("ul", "ol") for child in tag.children)


def _holds_code(tag: Tag) -> bool:
    """Tell a listing from a text that is only set with its own line ends."""
    if any(isinstance(child, Tag) and child.name in _CODE for child in tag.children):
        return True
    around = (tag, *islice(tag.parents, _LOOKED_AROUND))
    return any(not _HIGHLIGHTERS.isdisjoint(each.get_attribute_list("class")) for each in around)
