"""Which element holds the text of a page, and what around it only leads to other pages."""

from __future__ import annotations

from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from indexer.documents.boilerplate.frame_lines import is_frame_line
from indexer.documents.boilerplate.link_lists import (
    is_list_of_links,
    is_text,
    is_text_of_article,
    leads_elsewhere,
    names_page,
)
from indexer.documents.formats.html.appearance import HEADINGS
from indexer.documents.formats.html.tables import elements_below, is_layout
from indexer.documents.formats.html.visible_text import VisibleTexts

# Elements that may hold the text of a page as a whole.
_HOLDERS = frozenset({"div", "article", "section", "main", "td", "form", "body", "center", "li", "dd", "blockquote"})
# Elements that stand in others of their kind, each a part of one text.
_PARTS = frozenset({"section", "article", "main"})
# Elements that may be a list of links.
_LISTS = frozenset(
    {"div", "ul", "ol", "dl", "section", "aside", "header", "footer", "center", "form", "p", "td", "table"}
)
# Elements that may be a line by themselves, where none of the elements below stands in them.
_LINES = frozenset({"p", "div", "li", "td", "center", "footer", "dd", "dt", *HEADINGS}) - {"h1"}
_BLOCKS = ("p", "div", "li", "td", "dd", "dt", *HEADINGS)
# Paragraphs side by side, of which none by itself is the text.
_HEADED = frozenset(HEADINGS) - {"h1"}
_LEAST_HEADED = 2
_LONGEST_HEADING = 40
# Elements around a piece of text among which its link and its heading are.
_LINK_DEPTH = 4
# Of a table that only leads elsewhere, the share of link text.
_LINKS_ALONE = 0.95


class Surroundings:
    """What stands outside the element that holds the text of a page, which is found when it is first asked for."""

    def __init__(self, soup: BeautifulSoup, texts: VisibleTexts, title: str) -> None:
        self._soup = soup
        self._texts = texts
        self._title = title
        self._kept: frozenset[int] | None = None
        self._has_text = False

    def include(self, tag: Tag) -> bool:
        """Tell an element around the text that is a list of links to other pages, or a line about the site."""
        if not (tag.name in _LISTS or tag.name in _LINES) or not self._is_around(tag):
            return False
        return self._is_line(tag) or self._leads_elsewhere(tag)

    def _is_line(self, tag: Tag) -> bool:
        text = self._texts.of(tag).text
        return bool(text) and tag.name in _LINES and is_frame_line(text) and tag.find(_BLOCKS) is None

    def _leads_elsewhere(self, tag: Tag) -> bool:
        if tag.name not in _LISTS or not is_list_of_links(self._texts.of(tag)) or self._holds_data(tag):
            return False
        links = [str(link.get("href") or "") for link in tag.find_all("a")]
        return leads_elsewhere(tag.get_text(" "), _heading_above(tag), links) and not self._shows_title(tag)

    def _shows_title(self, tag: Tag) -> bool:
        """Tell what shows the title of the page, other than as one of its links."""
        return names_page(_own_words(tag), self._title)

    def _is_around(self, tag: Tag) -> bool:
        if self._kept is None:
            holder = self._find_holder()
            self._has_text = holder is not None
            kept = (holder, *holder.parents, *elements_below(holder)) if holder is not None else ()
            self._kept = frozenset(map(id, kept))
        return self._has_text and id(tag) not in self._kept

    def _find_holder(self) -> Tag | None:
        """Return the smallest element with half of the sentences, or what that is only a part of."""
        page = self._texts.all()
        holder: Tag = self._soup
        while page.prose and (inner := self._with_most(holder, page.prose)) is not None:
            holder = inner
        while holder.parent is not None and (holder.name not in _HOLDERS or _is_a_part(holder)):
            holder = holder.parent
        seen = self._texts.of(holder)
        is_found = is_text(seen, page, self._title) or is_text_of_article(
            seen, page, _own_words(self._soup.body), self._title
        )
        return holder if is_found else None

    def _with_most(self, holder: Tag, prose: int) -> Tag | None:
        children = (child for child in holder.children if isinstance(child, Tag))
        return next((child for child in children if 2 * self._texts.of(child).prose >= prose), None)

    def _holds_data(self, tag: Tag) -> bool:
        """Tell a table that says something, by its head or by what stands in it without being a link."""
        tables = [tag] if tag.name == "table" else tag.find_all("table")
        return any(table.find("th") is not None or not self._only_leads(table) for table in tables)

    def _only_leads(self, table: Tag) -> bool:
        seen = self._texts.of(table)
        return seen.leading >= _LINKS_ALONE * (seen.own + seen.leading) or is_layout(table)


def _is_a_part(holder: Tag) -> bool:
    """Tell one of several elements that make up a text: nested sections, those of one class, what headings head."""
    parent = holder.parent
    if parent is None or parent.name == "html":
        return False
    if parent.name in _PARTS:
        return True
    beside = [tag for tag in parent.children if isinstance(tag, Tag) and tag is not holder]
    classes = holder.get("class")
    if (classes and parent.get("class") == classes) or any(_is_like(tag, holder) for tag in beside):
        return True
    headings = sum(1 for tag in beside if tag.name in _HEADED)
    return headings >= _LEAST_HEADED or 0 < headings == len(beside)


def _is_like(tag: Tag, holder: Tag) -> bool:
    classes = holder.get("class")
    return tag.name == holder.name and tag.get("class") == classes and (bool(classes) or tag.name in _PARTS)


def _own_words(tag: Tag | None) -> str:
    """Return what an element says other than in links."""
    return "".join(text for text in tag.find_all(string=True) if not _is_link(text)) if tag is not None else ""


def _is_link(text: PageElement) -> bool:
    around = {parent.name for parent in islice(text.parents, _LINK_DEPTH)}
    return "a" in around and around.isdisjoint(HEADINGS)


def _heading_above(tag: Tag) -> str:
    before = tag.find_previous_sibling()
    text = before.get_text() if before is not None else ""
    return text if len(text) <= _LONGEST_HEADING else ""
