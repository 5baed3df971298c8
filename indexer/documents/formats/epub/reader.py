"""A book → blocks: its pages in the order of its spine, under the headings of its table of contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape

from indexer.documents.encoding.decoder import decode
from indexer.documents.formats.epub.outline import Entry, apply_outline, is_contents, read_outline, relocate
from indexer.documents.formats.epub.package import read_book_package
from indexer.documents.formats.epub.stylesheet import shown_classes, with_looks
from indexer.documents.formats.html.reader import parse_html
from indexer.documents.zip_package import ZipPackage
from indexer.model import Block, Metadata, ParsedFile

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
# XHTML closes what holds nothing in itself; in HTML all that follows would stand in it.
_EMPTY = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>"
)
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_START = re.compile(r"<(?:p|h[1-6]|div|section|article|li|table|blockquote|ul|ol|aside)\b[^<>]*>", re.I)


def read_book(content: bytes) -> ParsedFile:
    """Read a book.

    Raises:
        ReadError: it is damaged, protected, or larger than is allowed.
    """
    if not content:
        return ParsedFile(Metadata(), ())
    package = ZipPackage(content)
    book = read_book_package(package)
    looks = shown_classes(_text(package, name) for name in book.stylesheets if name in package)
    pages = {name: _page(package, name, looks) for name in book.pages}
    shown = {name: _shown(page) for name, page in pages.items()}
    opening = {name: _opening(page) for name, page in pages.items()}
    outline = relocate(read_outline(package, book), book.pages, shown, opening)
    blocks: list[Block] = []
    dropped: list[str] = []
    level = 0
    for name, page in pages.items():
        for piece, leading in _pieces(page, [entry for entry in outline if entry.page == name]):
            parsed = parse_html(piece, posixpath.dirname(name))
            listed = is_contents(parsed.blocks, outline)
            found = [replace(block, item=True) for block in parsed.blocks] if listed else parsed.blocks
            made, level = apply_outline(found, leading, level)
            blocks += made
            dropped += parsed.dropped
    return ParsedFile(book.metadata, tuple(blocks), dropped=tuple(dropped))


def _shown(page: str) -> str:
    """Return about what a page shows, without white space."""
    body = page[max(0, page.find("<body")) :]
    return "".join(unescape(_TAG.sub("", body)).split())


def _opening(page: str) -> str:
    """Return the first piece of text that a page shows, without white space."""
    pieces = ("".join(unescape(piece).split()) for piece in _TAG.split(page[max(0, page.find("<body")) :], maxsplit=60))
    return next(filter(None, pieces), "")


def _text(package: ZipPackage, name: str) -> str:
    return decode(package.read(name), declares=True)


def _page(package: ZipPackage, name: str, looks: Mapping[str, str]) -> str:
    return with_looks(_EMPTY.sub(r"<\1\2></\1>", _DECLARATION.sub("", _text(package, name))), looks)


def _pieces(page: str, entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Part a page where entries lead into it, each piece with those that lead to its beginning."""
    cuts: dict[int, list[Entry]] = {0: []}
    for entry in entries:
        cuts.setdefault(_place(page, entry.fragment), []).append(entry)
    places = sorted(cuts)
    for start, end in zip(places, [*places[1:], len(page)], strict=True):
        yield page[start:end], cuts[start]


def _place(page: str, fragment: str) -> int:
    """Return where the paragraph begins that a fragment names; 0 for the page itself and for what is not there."""
    named = (
        re.search(rf"""<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*["']{re.escape(fragment)}["']""", page) if fragment else None
    )
    if named is None:
        return 0
    start = named.start()
    for match in _BLOCK_START.finditer(page, max(0, start - 2_000), start):
        if not _TAG.sub("", page[match.start() : start]).strip():
            return match.start()
    return start
