"""The table of contents of a book, and the headings it makes of the blocks of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from indexer.documents.formats.epub.package import Book, link_target
from indexer.documents.xml_parts import parse_xml
from indexer.documents.zip_package import ZipPackage
from indexer.model import Block, Kind

_TYPE = "{http://www.idpf.org/2007/ops}type"
# Levels that headings have.
_DEEPEST = 6
# Code points of a heading that goes on after the entry: 第一章 in the entry, 第一章 总则 on the page.
_LONGEST = 80
# Pages beside the one an entry leads to that are looked at, and lines that make a table of contents.
_NEAR = 2
_LEAST_LISTED = 4
# Share of the entries with which pages open, by which the order of the pages is believed and not the addresses.
_OPENED_SHARE = 0.75
# What programs call a piece of a book that has no heading.
_AUTOMATIC = re.compile(r"(?:section|chapter|part|unknown|untitled|start|cover|title ?page)[\s\d._-]*", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents.

    Attributes:
        level: 1 for the outermost.
        page: name of the part it leads to.
        fragment: of the address, empty where it leads to the page as a whole.
    """

    title: str
    level: int
    page: str
    fragment: str


def read_outline(package: ZipPackage, book: Book) -> tuple[Entry, ...]:
    """Return the lines of the table of contents, of EPUB 3's if there is one; none where the book has none.

    Raises:
        ReadError: it is damaged.
    """
    if book.nav is not None and book.nav in package:
        entries = tuple(_nav_entries(parse_xml(package.read(book.nav), book.nav), book.nav))
        if entries:
            return entries
    if book.ncx is not None and book.ncx in package:
        return tuple(_ncx_entries(parse_xml(package.read(book.ncx), book.ncx), book.ncx))
    return ()


def _nav_entries(root: etree._Element, base: str) -> Iterator[Entry]:
    navs = [each for each in root.iter("{*}nav") if "toc" in str(each.get(_TYPE) or each.get("role") or "")]
    for link in navs[0].iter("{*}a") if navs else ():
        level = sum(1 for each in link.iterancestors("{*}ol"))
        yield from _entry(link, level, base, str(link.get("href") or ""))


def _ncx_entries(root: etree._Element, base: str) -> Iterator[Entry]:
    for point in root.iter("{*}navPoint"):
        level = 1 + sum(1 for _ in point.iterancestors("{*}navPoint"))
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and content is not None:
            yield from _entry(label, level, base, str(content.get("src") or ""))


def _entry(label: etree._Element, level: int, base: str, href: str) -> Iterator[Entry]:
    title = " ".join("".join(label.itertext()).split())
    if title and href:
        yield Entry(title, min(level, _DEEPEST), *link_target(base, href))


def relocate(
    entries: Sequence[Entry], pages: Sequence[str], shown: Mapping[str, str], opening: Mapping[str, str]
) -> tuple[Entry, ...]:
    """Return the entries, those that lead to a page beside the one that opens with their words corrected.

    Books that were converted lead to the page before or after, from some chapter on to the end.

    Args:
        entries: as they are written.
        pages: in reading order.
        shown: the text of each page, without white space.
        opening: the first words of each page that stand by themselves, without white space.
    """
    places = _places_in_order(entries, pages, opening)
    if places is None:
        return tuple(_relocated(entry, pages, shown) for entry in entries)
    return tuple(replace(entry, page=page, fragment="") for entry, page in zip(entries, places, strict=True))


def _places_in_order(
    entries: Sequence[Entry], pages: Sequence[str], opening: Mapping[str, str]
) -> Sequence[str] | None:
    """Return the pages that open with the entries, one after the other, where nearly all do and few are led to.

    An entry with which no page opens, as the name of a part, stays between those before and after it.
    """
    found: list[int | None] = []
    start = 0
    for entry in entries:
        place = next((at for at in range(start, len(pages)) if opening[pages[at]] == _squeezed(entry.title)), None)
        found.append(place)
        start = start if place is None else place + 1
    right = sum(1 for entry in entries if opening.get(entry.page) == _squeezed(entry.title))
    opened = sum(1 for place in found if place is not None)
    if opened < _LEAST_LISTED or opened < _OPENED_SHARE * len(entries) or 2 * right >= opened:
        return None
    return [pages[at] for at in _between_found(entries, pages, found)]


def _between_found(entries: Sequence[Entry], pages: Sequence[str], found: Sequence[int | None]) -> Iterator[int]:
    before = 0
    for at, entry in enumerate(entries):
        after = next((place for place in found[at:] if place is not None), len(pages) - 1)
        own = pages.index(entry.page) if entry.page in pages else after
        before = after if found[at] is not None or not before <= own <= after else own
        yield before


def _squeezed(title: str) -> str:
    return "".join(title.split())


def _relocated(entry: Entry, pages: Sequence[str], shown: Mapping[str, str]) -> Entry:
    wanted = "".join(entry.title.split())
    if entry.page not in shown or wanted in shown[entry.page]:
        return entry
    at = pages.index(entry.page)
    near = [page for page in pages[max(0, at - _NEAR) : at + _NEAR + 1] if shown[page].startswith(wanted)]
    return replace(entry, page=near[0], fragment="") if len(near) == 1 else entry


def is_contents(blocks: Sequence[Block], entries: Sequence[Entry]) -> bool:
    """Tell a page that is itself a table of contents: most of what it shows are titles of others."""
    titles = {"".join(entry.title.split()) for entry in entries}
    listed = sum(1 for block in blocks if "".join(block.text.split()) in titles)
    return listed >= _LEAST_LISTED and 2 * listed > len(blocks)


def apply_outline(blocks: Sequence[Block], entries: Sequence[Entry], level: int) -> tuple[list[Block], int]:
    """Make headings of the blocks of one page that show entries; an entry that none shows becomes a heading of its own,
    but for what programs call pieces without one.

    Headings that the page has besides are put below the entry they follow.

    Args:
        blocks: of the page, or of the part of it from one fragment to the next.
        entries: those that lead there, in order.
        level: of the last entry before; 0 where there is none.

    Returns:
        The blocks, and the level of the last entry.
    """
    result: list[Block] = []
    at, shift = 0, 0
    for entry in entries:
        found = _find(blocks, at, entry.title)
        if found is None and _AUTOMATIC.fullmatch(entry.title):
            continue
        before = found if found is not None else at
        result += _below(blocks[at:before], level, shift)
        level, at = entry.level, before
        if found is None:
            result.append(Block(entry.title, level=level))
        else:
            shift = level - (blocks[found].level or level)
            result.append(replace(blocks[found], level=level, item=False))
            at += 1
    return [*result, *_below(blocks[at:], level, shift)], level


def _below(blocks: Sequence[Block], level: int, shift: int) -> Iterator[Block]:
    for block in blocks:
        if block.level is None or not level:
            yield block
        else:
            yield replace(block, level=min(max(block.level + shift, level + 1), _DEEPEST))


def _find(blocks: Sequence[Block], start: int, title: str) -> int | None:
    wanted = "".join(title.split())
    for index in range(start, len(blocks)):
        block = blocks[index]
        if block.kind is Kind.BODY and not block.code:
            shown = "".join(block.text.split())
            if shown == wanted or (block.level is not None and len(shown) <= _LONGEST and shown.startswith(wanted)):
                return index
    return None
