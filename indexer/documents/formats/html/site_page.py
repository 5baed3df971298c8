"""A page of a built site: which part of it is the text, and what it says about itself as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from indexer.documents.boilerplate.site_rules import SITE_RULES
from indexer.documents.encoding.decoder import decode
from indexer.documents.formats.html.appearance import HEADINGS
from indexer.documents.formats.html.head import read_head
from indexer.documents.formats.html.reader import Habits, make_soup, read_blocks
from indexer.documents.squeezing import squeezed
from indexer.model import ParsedFile

_HABITS = Habits(SITE_RULES, names_all=True)
# What marks the text of a page, in the order in which they are believed: attributes by which its author says so, then
# elements by what they are. Where an element of the first kind is, all of that kind are the text.
_MARKS = ("[data-xunzhang-body]", "[data-pagefind-body]")
_TEXTS = ("main article", "[role=main] article", "main", "[role=main]", "article", "#main-content", "#main", "#content")
# Around the text of a page in which nothing of that stands.
_AROUND = "header, footer, nav, aside, [role=banner], [role=contentinfo], [role=complementary]"
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "head", "textarea", "select"})
_EXCLUDED = "data-search-exclude"


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of a built site.

    Attributes:
        parsed: its text, every block with the nearest id as its anchor.
        text: all that the page shows, menus and hidden parts too, ``squeezed``.
        canonical: the address that it names as its own, as written.
        generator: the program that it says has made it, in lower case and without the version.
        classes: of the elements ``html`` and ``body``.
        is_page: whether it is a whole page and no fragment of one.
        is_marked: whether its author marked its text with an attribute.
        redirects: whether it only leads to another page.
        is_unlisted: whether it asks not to be listed by searches (``robots``).
    """

    parsed: ParsedFile
    text: str
    canonical: str | None = None
    generator: str = ""
    classes: frozenset[str] = frozenset()
    is_page: bool = True
    is_marked: bool = False
    redirects: bool = False
    is_unlisted: bool = False


def read_site_page(content: bytes) -> SitePage:
    """Read a page of a built site.

    Raises:
        ReadError: the bytes are no text, or in no encoding that can be told.
    """
    soup = make_soup(decode(content, declares=True).replace("\r\n", "\n").replace("\r", "\n"))
    text = squeezed(" ".join(_shown(soup)))
    marked: list[Tag] = next(filter(None, map(soup.select, _MARKS)), [])
    parts = _outermost(marked) if marked else _text_of(soup)
    for part in parts:
        _prepare(part)
    head = read_head(soup)
    return SitePage(
        parsed=read_blocks(soup, head, parts, _HABITS),
        text=text,
        canonical=_attribute(soup.find("link", rel="canonical"), "href"),
        generator=_generator(soup),
        classes=frozenset(
            str(name) for tag in soup.select("html, body") for name in tag.get_attribute_list("class") if name
        ),
        is_page=b"<html" in content[:4_000].lower() or b"<body" in content.lower(),
        is_marked=bool(marked),
        redirects=any(_is_named(meta, "http-equiv", "refresh") for meta in soup.find_all("meta")),
        is_unlisted=any(
            _is_named(meta, "name", "robots") and "noindex" in (_attribute(meta, "content") or "").lower()
            for meta in soup.find_all("meta")
        ),
    )


def _shown(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the texts of a page, without those of elements that are none."""
    stack: list[Tag] = [soup]
    while stack:
        node = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                yield str(node)
        elif node.name not in _UNSEEN:
            stack.extend(reversed(node.contents))  # type: ignore[arg-type]


def _text_of(soup: BeautifulSoup) -> list[Tag]:
    """Return the one element that holds the text, or the page without what is around it."""
    for selector in _TEXTS:
        found = _outermost(soup.select(selector))
        if len(found) == 1:
            return found
    for tag in soup.select(_AROUND):
        tag.decompose()
    return [soup.body or soup]


def _outermost(tags: list[Tag]) -> list[Tag]:
    """Return those that do not stand in another of them."""
    known = set(map(id, tags))
    return [tag for tag in tags if not any(id(above) in known for above in tag.parents)]


def _prepare(part: Tag) -> None:
    """Show the tabs that scripts would show, and take out the sections whose heading says that they are excluded."""
    for tab in part.select("[role=tabpanel]"):
        del tab["hidden"]
    for heading in part.find_all(list(HEADINGS)):
        if not heading.decomposed and heading.has_attr(_EXCLUDED):
            for tag in (*_below(heading), heading):
                tag.decompose()


def _below(heading: Tag) -> list[Tag]:
    """Return what follows a heading up to the next that is not below it."""
    found = []
    for tag in heading.find_next_siblings():
        if HEADINGS.get(tag.name, 9) <= HEADINGS[heading.name]:
            break
        found.append(tag)
    return found


def _generator(soup: BeautifulSoup) -> str:
    meta = next((meta for meta in soup.find_all("meta") if _is_named(meta, "name", "generator")), None)
    words = (_attribute(meta, "content") or "").lower().replace("-", " ").replace(":", " ").split()
    return words[0] if words else ""


def _is_named(tag: Tag, attribute: str, name: str) -> bool:
    return (_attribute(tag, attribute) or "").lower() == name


def _attribute(tag: object, name: str) -> str | None:
    value = tag.get(name) if isinstance(tag, Tag) else None
    return str(value).strip() or None if value is not None else None
