"""What stands on a slide, in reading order: shapes with their text and place, those of groups among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from indexer.documents.ooxml import MC, A, P, one_alternative, whole
from indexer.documents.xml_parts import Element

_TITLES = ("title", "ctrTitle")
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
# Code points of a name beside the number of a slide.
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A linear map of a group's inside to the slide; offsets in EMU."""

    x: float = 0
    y: float = 0
    scale_x: float = 1
    scale_y: float = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that may show text, or a picture.

    Attributes:
        element: of it.
        placeholder: what it holds the place of on the layout: ``title``, ``body``; empty of a shape of its own.
        top: from the top of the slide, EMU; None where only the layout says it, as of most placeholders.
        left: from the left.
        height: of the shape.
    """

    element: Element
    placeholder: str
    top: float | None = None
    left: float = 0
    height: float = 0

    @property
    def is_title(self) -> bool:
        """Whether it is the title of its slide."""
        return self.placeholder in _TITLES

    @property
    def words(self) -> str:
        """Its text without regard to paragraphs."""
        return " ".join("".join(text.text or "" for text in self.element.iter(f"{A}t")).split())


def shapes(tree: Iterable[Element], place: Place | None = None) -> Iterator[Shape]:
    """Yield the shapes of a slide in the order in which they are read out, without dates, footers and numbers."""
    place = place or Place()
    for node in tree:
        if node.tag == f"{P}grpSp":
            yield from shapes(node, _inside(node, place))
        elif node.tag == f"{MC}AlternateContent":
            yield from shapes(one_alternative(node), place)
        elif node.tag in (f"{P}sp", f"{P}graphicFrame", f"{P}pic"):
            shape = _shape(node, place)
            if shape.placeholder not in _FURNITURE:
                yield shape


def filled(found: Iterable[Shape], *, titles: bool = True) -> list[Shape]:
    """Return the shapes that show text of their own, with the titles of slides or without."""
    shown = (shape for shape in found if titles or not shape.is_title)
    return [shape for shape in shown if shape.element.tag == f"{P}sp" and shape.words]


def title_of(found: Iterable[Shape], repeated: Collection[str]) -> list[Shape]:
    """Return the shape(s) that name a slide: its title, else the topmost text, with the name beside a bare number.

    Args:
        found: those of the slide.
        repeated: what stands on most slides, as the name of a school does, and names none while there is other text.
    """
    shown = filled(found)
    titles = [shape for shape in shown if shape.is_title]
    if titles:
        return titles[:1]
    own = [shape for shape in shown if shape.words not in repeated] or shown
    placed = [shape for shape in own if shape.top is not None] or own
    if not placed:
        return []
    first = min(placed, key=lambda shape: (shape.top or 0, shape.left))
    return [first, *_name_beside(first, placed)]


def _name_beside(first: Shape, placed: list[Shape]) -> list[Shape]:
    if any(character.isalpha() for character in first.words) or first.top is None:
        return []
    beside = [
        shape
        for shape in placed
        if shape is not first
        and shape.top is not None
        and shape.top - first.top < max(first.height, shape.height) / 2
        and len(shape.words) <= _LONGEST_NAME
    ]
    return sorted(beside, key=lambda shape: shape.left)[:1]


def _shape(node: Element, place: Place) -> Shape:
    holder = node.find(f"*/{P}nvPr/{P}ph")
    placeholder = "" if holder is None else holder.get("type", "body")
    frame = node.find(f"{P}spPr/{A}xfrm")
    frame = node.find(f"{P}xfrm") if frame is None else frame
    offset = frame.find(f"{A}off") if frame is not None else None
    if frame is None or offset is None:
        return Shape(node, placeholder)
    extent = frame.find(f"{A}ext")
    height = whole(extent.get("cy")) if extent is not None else 0
    return Shape(
        node,
        placeholder,
        top=place.y + whole(offset.get("y")) * place.scale_y,
        left=place.x + whole(offset.get("x")) * place.scale_x,
        height=height * place.scale_y,
    )


def _inside(group: Element, place: Place) -> Place:
    frame = group.find(f"{P}grpSpPr/{A}xfrm")
    if frame is None:
        return place
    scale_x = place.scale_x * _ratio(frame, "cx")
    scale_y = place.scale_y * _ratio(frame, "cy")
    return Place(
        place.x + _number(frame, "off", "x") * place.scale_x - _number(frame, "chOff", "x") * scale_x,
        place.y + _number(frame, "off", "y") * place.scale_y - _number(frame, "chOff", "y") * scale_y,
        scale_x,
        scale_y,
    )


def _ratio(frame: Element, side: str) -> float:
    inner = _number(frame, "chExt", side)
    return _number(frame, "ext", side) / inner if inner else 1


def _number(frame: Element, name: str, attribute: str) -> int:
    found = frame.find(f"{A}{name}")
    return whole(found.get(attribute)) if found is not None else 0
