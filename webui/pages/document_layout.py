"""A document as it stands on the page: chunks that a browser lays out only when they come near, made of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

import indexer
from webui.rendering.highlights import Linked, ShownPicture, illustrated
from webui.urls.mount import root

# Lines of text of a chunk, and characters of a line, roughly; what a chunk's height is guessed from (reading.css).
CHUNK_LINES = 40
_LINE = 38
_SPACE_BETWEEN = 0.5
_ITEM_OPENS = "（(①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as it is shown.

    Attributes:
        link: its permalink, which is also its id on the page.
        kind: of the passage; ``item`` for a body that opens with a number in brackets.
        level: of a heading's element, 1 to 6; 0 of anything else.
        opens: whether an entry of the outline leads here.
        cells: its text; of a row of a table, that of each cell.
        above: pictures that stand by themselves before it.
        below: the same after it.
    """

    passage: indexer.Passage
    link: str
    kind: str
    level: int
    opens: bool
    cells: tuple[tuple[Linked, ...], ...]
    above: tuple[ShownPicture, ...] = ()
    below: tuple[ShownPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that are laid out together.

    Attributes:
        under: permalink of the entry of the outline that its first line stands under; empty above all of them.
        groups: its lines in runs of one kind, so that the rows of a table become one table.
    """

    under: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline, and where it leads."""

    heading: str
    link: str
    children: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A document laid out.

    Attributes:
        titles: the lines that open the document and are its title.
        names_itself: whether the document's title stands in it, so that it need not be said above.
        chunks: the other lines.
        outline: its headings.
    """

    titles: tuple[Line, ...]
    names_itself: bool
    chunks: tuple[Chunk, ...]
    outline: tuple[OutlineEntry, ...]


def lay_out(
    document: indexer.Document,
    passages: Sequence[indexer.Passage],
    highlights: Mapping[int, Sequence[tuple[int, int]]],
    references: Mapping[int, Sequence[indexer.Reference]],
    pictures: frozenset[str] = frozenset(),
) -> View:
    """Arrange a document.

    Args:
        document: the document.
        passages: all its passages in order.
        highlights: ordinal → highlighted ranges.
        references: ordinal → what the passage refers to.
        pictures: sources of the pictures that can be shown.
    """
    links = {passage.ordinal: indexer.permalink(passage) for passage in passages}
    nodes = indexer.outline_of(passages)
    opening = set(_firsts(nodes))
    lines = [
        _line(
            passage,
            links[passage.ordinal],
            passage.ordinal in opening,
            highlights.get(passage.ordinal, ()),
            references.get(passage.ordinal, ()),
            pictures,
        )
        for passage in passages
    ]
    titles = tuple(takewhile(lambda line: line.kind == "title", lines))
    return View(
        titles=titles,
        names_itself=_names_itself(document, passages),
        chunks=tuple(_chunks(lines[len(titles) :])),
        outline=tuple(_entries(nodes, links)),
    )


def _line(
    passage: indexer.Passage,
    link: str,
    opens: bool,
    highlights: Sequence[tuple[int, int]],
    references: Sequence[indexer.Reference],
    pictures: frozenset[str],
) -> Line:
    kind, level = passage.kind.value, 0
    if kind == "heading":
        level = min(len(passage.section) + 1, 6)
    elif kind == "title":
        level = 1
    elif kind == "body" and passage.text[:1] in _ITEM_OPENS:
        kind = "item"
    to = [(each.start, each.end, _address(each.target, passage.document_id)) for each in references]
    texts, start, cells = passage.text.split("\t") if kind == "table" else [passage.text], 0, []
    shown = [(each, _shown(passage, number)) for number, each in enumerate(passage.pictures) if each.source in pictures]
    for text in texts:
        end = start + len(text)
        inside = [(each.at, picture) for each, picture in shown if not each.alone and start <= each.at <= end]
        cells.append(tuple(illustrated(text, highlights, to, start, passage.emphasis, inside)))
        start = end + 1
    above, below = (
        tuple(picture for each, picture in shown if each.alone and bool(each.at) is is_below)
        for is_below in (False, True)
    )
    return Line(passage, link, kind, level, opens, tuple(cells), above, below)


def _shown(passage: indexer.Passage, number: int) -> ShownPicture:
    return ShownPicture(f"{root()}/picture/{passage.id}/{number}", passage.pictures[number].alt)


def _address(target: indexer.Passage, here: str) -> str:
    page = "" if target.document_id == here else f"{root()}/d/{target.document_id}"
    return f"{page}#{indexer.permalink(target)}"


def _chunks(lines: Sequence[Line]) -> Iterator[Chunk]:
    """Part the lines into chunks of about the same height; a table is never parted."""
    held: list[Line] = []
    under, begins_under, height = "", "", 0.0
    for kind, run in groupby(lines, key=lambda line: line.kind):
        for part in [list(run)] if kind == "table" else [[line] for line in run]:
            if height >= CHUNK_LINES:
                yield Chunk(begins_under, _grouped(held))
                held, height, begins_under = [], 0.0, under
            held += part
            height += sum(_height(line) for line in part)
            under = next((line.link for line in reversed(part) if line.opens), under)
    if held:
        yield Chunk(begins_under, _grouped(held))


def _height(line: Line) -> float:
    return len(line.passage.text) // _LINE + 1 + line.passage.text.count("\n") + _SPACE_BETWEEN


def _grouped(lines: Iterable[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    return tuple((kind, tuple(run)) for kind, run in groupby(lines, key=lambda line: line.kind))


def _firsts(nodes: Iterable[indexer.OutlineNode]) -> Iterator[int]:
    for node in nodes:
        yield node.first
        yield from _firsts(node.children)


def _entries(nodes: Iterable[indexer.OutlineNode], links: Mapping[int, str]) -> Iterator[OutlineEntry]:
    for node in nodes:
        yield OutlineEntry(node.heading, links[node.first], tuple(_entries(node.children, links)))


def _names_itself(document: indexer.Document, passages: Sequence[indexer.Passage]) -> bool:
    """Whether a title, the lines of a title joined, or the heading at the top read as the document's title."""
    titles = [_compact(each.text) for each in passages if each.kind is indexer.Kind.TITLE]
    top = [_compact(each.text) for each in passages[:1] if each.kind is indexer.Kind.HEADING]
    return _compact(document.title) in (*titles, "".join(titles), *top)


def _compact(text: str) -> str:
    return "".join(text.split())
