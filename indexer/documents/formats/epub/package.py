"""What a book says of itself: title, author, date, its pages in reading order, where its table of contents is.

After EPUB 3.3 (Open Container Format, Package Document) and OPF 2.0.1.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag

from lxml import etree

from indexer.documents.dates import calendar_date
from indexer.documents.xml_parts import parse_xml
from indexer.documents.zip_package import ZipPackage
from indexer.errors import ReadError
from indexer.model import DateSource, Metadata

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/encryption.xml"
_OBFUSCATED_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")

# What programs call a book that nobody named.
_UNNAMED = re.compile(r"(?:unknown|untitled)(?: title)?|未命名|无标题", re.I)


@dataclass(frozen=True, slots=True)
class Book:
    """A book, its parts by their names in the package.

    Attributes:
        pages: in reading order, without the cover and the page that is the table of contents of an EPUB 3.
        stylesheets: those of all pages.
        nav: the table of contents of EPUB 3, if there is one.
        ncx: that of EPUB 2, likewise.
    """

    metadata: Metadata
    pages: tuple[str, ...]
    stylesheets: tuple[str, ...]
    nav: str | None
    ncx: str | None


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    media_type: str
    properties: tuple[str, ...]


def read_book_package(package: ZipPackage) -> Book:
    """Read what the package document says.

    Raises:
        ReadError: it is missing, damaged, or the pages are encrypted.
    """
    _require_open(package)
    container = parse_xml(package.read(_CONTAINER), _CONTAINER)
    name = next((str(each.get("full-path") or "") for each in container.iter("{*}rootfile")), "")
    root = parse_xml(package.read(name), name)
    items = {str(each.get("id")): _item(each, name) for each in root.iter("{*}item")}
    spine = [items.get(str(each.get("idref"))) for each in root.iter("{*}itemref")]
    covers = set(_covers(root, name))
    pages = (item.name for item in spine if item and "nav" not in item.properties and item.name not in covers)
    return Book(
        _metadata(root),
        tuple(page for page in pages if page in package),
        tuple(item.name for item in items.values() if item.media_type == "text/css"),
        next((item.name for item in items.values() if "nav" in item.properties), None),
        next((item.name for item in items.values() if item.media_type == "application/x-dtbncx+xml"), None),
    )


def link_target(base: str, href: str) -> tuple[str, str]:
    """Return the part that ``href`` in the part ``base`` leads to, and the fragment of it."""
    address, fragment = urldefrag(href)
    path = unquote(address)
    return (posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base), unquote(fragment)


def _require_open(package: ZipPackage) -> None:
    """Refuse a book under copy protection; fonts alone may be garbled."""
    if _RIGHTS not in package:
        return
    methods = parse_xml(package.read(_RIGHTS), _RIGHTS).iter("{*}EncryptionMethod")
    if any(each.get("Algorithm") not in _OBFUSCATED_FONTS for each in methods):
        raise ReadError("这本电子书有版权保护（DRM），内容是加密的。", "请换一份没有加密的。")


def _item(element: etree._Element, base: str) -> _Item:
    name, _ = link_target(base, str(element.get("href") or ""))
    return _Item(name, str(element.get("media-type") or ""), tuple(str(element.get("properties") or "").split()))


def _covers(root: etree._Element, base: str) -> Iterator[str]:
    for each in root.iter("{*}reference"):
        if str(each.get("type") or "").lower() == "cover":
            yield link_target(base, str(each.get("href") or ""))[0]


def _metadata(root: etree._Element) -> Metadata:
    def first(name: str) -> str | None:
        texts = (" ".join("".join(each.itertext()).split()) for each in root.iter(f"{{*}}{name}"))
        return next(filter(None, texts), None)

    title = first("title")
    date = calendar_date(first("date") or "")
    tags = (" ".join((each.text or "").split()) for each in root.iter("{*}subject"))
    return Metadata(
        title=None if title is None or _UNNAMED.fullmatch(title) else title,
        date=date,
        date_source=DateSource.PAGE if date else None,
        author="、".join(dict.fromkeys(" ".join((each.text or "").split()) for each in root.iter("{*}creator")))
        or None,
        tags=tuple(dict.fromkeys(filter(None, tags))),
    )
