"""How much text every element of a page shows, for the rules of boilerplate that ask for it."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from indexer.documents.boilerplate.filter import VisibleText, combine, is_hidden, measure, shown_above


class VisibleTexts:
    """What every element shows, measured in one pass over the tree, and only when a page has an element that asks."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._texts: dict[int, VisibleText] = {}

    def of(self, tag: Tag) -> VisibleText:
        """Return what an element shows."""
        if not self._texts:
            self._measure()
        return self._texts[id(tag)]

    def all(self) -> VisibleText:
        """Return what the whole page shows."""
        return self.of(self._soup)

    def _measure(self) -> None:
        stack: list[tuple[Tag, Iterator[PageElement], list[VisibleText], bool]]
        stack = [(self._soup, iter(self._soup.contents), [], False)]
        while stack:
            tag, children, parts, linked = stack[-1]
            for node in children:
                if isinstance(node, Tag):
                    stack.append((node, iter(node.contents), [], linked or node.name == "a"))
                    break
                if type(node) is NavigableString:
                    parts.append(measure(node, linked=linked))
            else:
                stack.pop()
                self._texts[id(tag)] = whole = combine(tag.name, parts)
                if stack:
                    stack[-1][2].append(shown_above(whole) if is_hidden(tag.name, tag.attrs) else whole)
