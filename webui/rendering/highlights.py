"""Ranges → pieces of text that a template marks, or that are marked here: what stands in every hit many times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

import indexer
from webui.rendering.escaping import escaped

# Signs in a row that a line is not broken in: laying out 10,000 opening brackets takes a browser minutes.
_LONGEST = 50
_UNBROKEN = re.compile(rf"[^\w\s]{{{_LONGEST}}}(?=[^\w\s])")
# By whether it is marked.
_MARKED = ("{}", "<mark>{}</mark>")
# The same by whether it is emphasised.
_STYLED = (_MARKED, ("<strong>{}</strong>", "<strong><mark>{}</mark></strong>"))


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of text, whether it is highlighted, and whether the document emphasises it."""

    text: str
    mark: bool
    strong: bool = False


def marked(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[Marked]:
    """Part ``text`` into pieces, those in ``ranges`` (ordered, not overlapping) marked."""
    position = 0
    for start, end in ranges:
        if position < start:
            yield Marked(text[position:start], mark=False)
        yield Marked(text[start:end], mark=True)
        position = end
    if position < len(text):
        yield Marked(text[position:], mark=False)


def mark(text: str, ranges: Sequence[tuple[int, int]]) -> Markup:
    """Write ``text`` with what is in ``ranges`` (ordered, not overlapping) in ``<mark>``."""
    return mark_parts((piece.text, piece.mark) for piece in marked(text, ranges))


def mark_parts(parts: Iterable[tuple[str, bool]]) -> Markup:
    """Write pieces of a text one after the other, those that are to be marked in ``<mark>``."""
    return Markup("".join(_MARKED[is_marked].format(escaped(breakable(text))) for text, is_marked in parts))


def emphasised(text: str, ranges: Sequence[tuple[int, int]], strong: Sequence[tuple[int, int]]) -> Iterator[Marked]:
    """Part ``text`` at the ends of what is highlighted and of what is emphasised, both ordered, not overlapping."""
    if not strong:
        yield from marked(text, ranges)
        return
    position = 0
    for piece in marked(text, ranges):
        for part in marked(piece.text, cell_ranges(strong, position, len(piece.text))):
            yield Marked(part.text, piece.mark, strong=part.mark)
        position += len(piece.text)


def breakable(text: str) -> str:
    """Let a line of ``text`` be broken inside of long runs of signs; a copy of it is not changed."""
    if len(text) <= _LONGEST or not _UNBROKEN.search(text):
        return text
    pieces = _UNBROKEN.sub(r"\g<0>\0", text.replace("\0", "")).split("\0")
    return Markup("<wbr>").join(map(escape, pieces))


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture: where it is, and what it shows in words."""

    address: str
    alt: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A piece of text in its marked pieces, and where it leads, nowhere if ``address`` is empty; or a picture."""

    pieces: tuple[Marked, ...]
    address: str = ""
    picture: ShownPicture | None = None


def linked(
    text: str,
    ranges: Sequence[tuple[int, int]],
    links: Sequence[tuple[int, int, str]],
    start: int = 0,
    strong: Sequence[tuple[int, int]] = (),
) -> Iterator[Linked]:
    """Part ``text`` into pieces that lead somewhere or not, each with its highlighted and emphasised parts.

    Args:
        text: what is shown.
        ranges: what is highlighted, in order, not overlapping.
        links: start, end and address of each link, likewise.
        start: where ``text`` begins in that which the ranges count from.
        strong: what is emphasised, likewise.
    """
    if not (ranges or links or strong):  # as most of a document's lines
        if text:
            yield Linked((Marked(text, mark=False),))
        return
    position = 0
    inside = [(a - start, b - start, to) for a, b, to in links if a >= start and b <= start + len(text)]
    for begin, end, address in [*inside, (len(text), len(text), "")]:
        for a, b, to in ((position, begin, ""), (begin, end, address)):
            if a < b:
                own, bold = (cell_ranges(each, start + a, b - a) for each in (ranges, strong))
                yield Linked(tuple(emphasised(text[a:b], own, bold)), to)
        position = end


def illustrated(
    text: str,
    ranges: Sequence[tuple[int, int]],
    links: Sequence[tuple[int, int, str]],
    start: int,
    strong: Sequence[tuple[int, int]],
    pictures: Sequence[tuple[int, ShownPicture]],
) -> Iterator[Linked]:
    """Part ``text`` as ``linked`` does, with pictures at their places, which count as ``ranges`` do, in order."""
    position = 0
    for at, picture in pictures:
        before = text[position : at - start]
        yield from linked(before, ranges, links, start + position, strong)
        yield Linked((), picture=picture)
        position += len(before)
    yield from linked(text[position:], ranges, links, start + position, strong)


def write_runs(runs: Iterable[Linked]) -> Markup:
    """Write the pieces of a line one after the other, each as what it is."""
    return Markup("".join(map(_written, runs)))


def _written(run: Linked) -> str:
    if run.picture:
        return f'<img src="{escaped(run.picture.address)}" alt="{escaped(run.picture.alt)}" loading="lazy">'
    text = "".join([_STYLED[piece.strong][piece.mark].format(escaped(breakable(piece.text))) for piece in run.pieces])
    return f'<a class="ref" href="{escaped(run.address)}">{text}</a>' if run.address else text


def heading_ranges(hit: indexer.Hit, index: int) -> list[tuple[int, int]]:
    """Return the highlighted ranges of one heading of a hit's path."""
    return [(start, end) for at, start, end in hit.path_highlights if at == index]


def cell_ranges(ranges: Sequence[tuple[int, int]], start: int, length: int) -> list[tuple[int, int]]:
    """Cut the parts of ``ranges`` inside one cell of a table row, counted from the cell's start."""
    end = start + length
    return [(max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start]
