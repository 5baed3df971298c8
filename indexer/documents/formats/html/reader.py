"""The tree of a page → blocks."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from indexer.documents.blocks import BlockBuilder
from indexer.documents.boilerplate.filter import boilerplate_rule
from indexer.documents.boilerplate.link_lists import is_text
from indexer.documents.boilerplate.rules import ElementRule
from indexer.documents.formats.html.appearance import HEADINGS
from indexer.documents.formats.html.element_state import READINGS, State, block_state, inline_state
from indexer.documents.formats.html.head import read_head
from indexer.documents.formats.html.surroundings import Surroundings
from indexer.documents.formats.html.tables import holds_line_numbers, is_layout
from indexer.documents.formats.html.visible_text import VisibleTexts
from indexer.model import Block, Metadata, ParsedFile

# Marks a break that Markdown's author set on purpose, see ``BlockBuilder.line_break``.
HARD_BREAK = '<br data-hard="">'
# Ends a paragraph in the midst of whatever is open.
PARAGRAPH_END = '<br data-ends="">'

_PARAGRAPHS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
# Elements of MDX whose name, an attribute, a reader sees above what is in them.
_TABS = frozenset({"tabitem", "tab", "codegroupitem", "admonition", "accordion"})
# Elements that hold a label in a heading; code points of a heading with one.
_LABELS = frozenset({"div", "p", "center"})
_LONGEST_HEADING = 80
# Paragraphs of an item of a list that is no item but the text of a page.
_MANY_PARAGRAPHS = 5
# Where an element names its picture, in the order in which they are believed.
_SOURCES = ("data-src", "data-original", "src")
_VOID = frozenset({"br", "hr", "img"})
_TABLE_PARTS = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"})


def parse_html(text: str, folder: str = "") -> ParsedFile:
    """Read an HTML fragment, or a page of a book, without front matter; ``folder`` as of ``BlockBuilder``."""
    soup = make_soup(text)
    return read_blocks(soup, read_head(soup), [soup], Habits(folder=folder))


def parse_page(text: str) -> ParsedFile:
    """Read a page of a site."""
    soup = make_soup(text)
    return read_blocks(soup, read_head(soup), [soup], Habits(is_page=True))


def make_soup(text: str) -> BeautifulSoup:
    """Parse a page as browsers would."""
    # BeautifulSoup warns that one line without a tag may be a path or an address; the line break says that it is not
    # and lxml would give up at a comment or an embedded picture of 10 MB and show the rest of it as text
    with warnings.catch_warnings():
        # of a page that says it is XML, as XHTML does, browsers read what it shows all the same
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text.replace("\x00", "") + "\n", "lxml", huge_tree=True)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the pages of one maker are read.

    Attributes:
        rules: of boilerplate, beside those of all pages.
        names_all: whether every block has an anchor: the nearest id at it, around it or before it.
        folder: what the addresses of pictures count from, see ``pictures.picture``.
        is_page: whether what is read is a whole page, with whatever its site shows around its text.
    """

    rules: Sequence[ElementRule] = ()
    names_all: bool = False
    folder: str = ""
    is_page: bool = False


_OF_ANY = Habits()


def read_blocks(soup: BeautifulSoup, head: Metadata, parts: Sequence[Tag], habits: Habits = _OF_ANY) -> ParsedFile:
    """Read what stands in some parts of a page, one after the other."""
    walk = _Walk(soup, habits, head.head_title or "")
    blocks = tuple(walk.blocks(parts))
    return ParsedFile(head, blocks, dropped=tuple(walk.dropped))


class _Terms:
    """The terms of a definition list that await their definitions."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._topics: tuple[str, ...] | None = None

    def add(self, text: str) -> None:
        """Add a term; after a definition it begins a new entry."""
        if self._topics is not None:
            self._names, self._topics = {}, None
        if name := " ".join(text.split()).rstrip("：:"):
            self._names[name] = None

    def topics(self) -> tuple[str, ...]:
        """Return the terms that a definition at this place explains."""
        if self._topics is None:
            self._topics = tuple(self._names)
        return self._topics


class _Walk:
    """One pass over the tree in reading order, without recursion: real pages nest hundreds of unclosed tags."""

    def __init__(self, soup: BeautifulSoup, habits: Habits, title: str) -> None:
        self.dropped: list[str] = []
        self._habits = habits
        self._nearest: str | None = None
        self._visible_texts = VisibleTexts(soup)
        self._surroundings = Surroundings(soup, self._visible_texts, title) if habits.is_page else None
        self._builder = BlockBuilder(habits.folder)
        self._state = State()
        self._terms: dict[int, _Terms] = {}
        self._stack: list[tuple[Iterator[PageElement], Callable[[], None]]] = []

    def blocks(self, parts: Sequence[Tag]) -> list[Block]:
        for part in parts:
            self._builder.end_paragraph()
            self._walk(part)
        return self._builder.finish()

    def _walk(self, part: Tag) -> None:
        self._stack.append((iter(part.contents), lambda: None))
        while self._stack:
            children, leave = self._stack[-1]
            for node in children:
                if isinstance(node, Tag):
                    if self._enter(node):
                        break
                elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                    self._builder.text(self._state.script(node) if self._state.script else node)
            else:
                leave()
                self._stack.pop()

    def _enter(self, tag: Tag) -> bool:
        """Begin an element; true when its children come next."""
        name = tag.name
        if name in _VOID:
            self._enter_void(tag)
            return False
        if self._is_left_out(tag):
            return False
        if name in _TABLE_PARTS:
            self._enter_table_part(tag)
        elif name in _LABELS and self._state.level is not None and self._is_label(tag):
            self._builder.text(" ")
            self._push(tag, inline_state(tag, self._state), self._closing_label())
        elif name == "div" and self._state.verbatim:
            self._push(tag, inline_state(tag, self._state), self._closing_line(tag))
        elif name in _PARAGRAPHS:
            self._enter_paragraph(tag)
        else:
            if name in _TABS and (label := tag.get("label") or tag.get("title")):
                self._show_label(str(label))
            self._push(tag, inline_state(tag, self._state), self._restore())
            if name in READINGS:
                self._builder.text(" ")
        if self._habits.names_all:
            self._note_id(tag)
        return True

    def _enter_void(self, tag: Tag) -> None:
        """Read an element that holds nothing."""
        if tag.name == "img":
            self._show_picture(tag)
        elif tag.name == "hr" or tag.has_attr("data-ends"):
            self._builder.end_paragraph()
        else:
            self._builder.line_break(hard=tag.has_attr("data-hard"))

    def _show_picture(self, tag: Tag) -> None:
        """Add a picture; one that scripts would load later names its file beside that of a place holder."""
        alt = str(tag.get("alt") or "")
        any(self._builder.picture(str(tag[name]), alt) for name in _SOURCES if tag.has_attr(name))

    def _note_id(self, tag: Tag) -> None:
        """Remember the id of an element that has begun; two underscores begin those of a page's own machinery."""
        found = str(tag.get("id") or (tag.name == "a" and tag.get("name")) or "")
        if found and not found.startswith("__"):
            self._nearest = found
            self._builder.anchor = self._state.anchor or found

    def _enter_paragraph(self, tag: Tag) -> None:
        self._builder.end_paragraph()
        state = block_state(tag, self._state)
        if tag.name == "li" and state.item and not self._state.item and self._places_text(tag):
            state = replace(state, item=False)
        if tag.name == "blockquote" and not state.item:
            state = replace(state, item=self._is_quotation(tag))
        if tag.name == "table":
            state = replace(state, rows=not is_layout(tag))
        elif tag.name == "dd":
            state = replace(state, topics=self._terms_of(tag).topics())
        self._push(tag, state, self._closing_term(tag) if tag.name == "dt" else self._closing_paragraph())

    def _is_label(self, tag: Tag) -> bool:
        """Tell a label beside the words of a heading, ``<h3><div>必填</div>名称</h3>``, from what follows it."""
        heading = tag.parent
        if heading is None or heading.name not in HEADINGS:
            return False
        seen = self._visible_texts.of(heading)
        return seen.length <= _LONGEST_HEADING and not seen.sentences

    def _is_left_out(self, tag: Tag) -> bool:
        """Tell what is no part of the text, and remember of it what a reader would have seen."""
        texts, others = self._visible_texts, self._habits.rules
        rule = boilerplate_rule(tag.name, tag.attrs, lambda: texts.of(tag), texts.all, others)
        if rule is not None:
            if rule.names:
                self._note_dropped(tag)
            return True
        if self._state.rows:
            return False
        if self._surroundings is not None and self._surroundings.include(tag):
            self._note_dropped(tag)
            return True
        return tag.name == "td" and holds_line_numbers(tag)

    def _note_dropped(self, tag: Tag) -> None:
        """Remember of an element that is left out what a reader would have seen of it."""
        if text := " ".join(tag.get_text(" ").split()):
            self.dropped.append(text)

    def _show_label(self, label: str) -> None:
        self._builder.end_paragraph()
        self._builder.text(label)
        self._builder.end_paragraph()

    def _places_text(self, tag: Tag) -> bool:
        """Tell an item of a list by which a site places the text of a page, with paragraphs and headings in it."""
        seen, page = self._visible_texts.of(tag), self._visible_texts.all()
        if not self._habits.is_page or not is_text(seen, page) or 2 * seen.prose < page.prose:
            return False
        return (
            tag.find(list(HEADINGS)) is not None or len(tag.find_all("p", limit=_MANY_PARAGRAPHS)) == _MANY_PARAGRAPHS
        )

    def _is_quotation(self, tag: Tag) -> bool:
        """Tell a quotation from a whole text that is set in by means of one."""
        return 2 * self._visible_texts.of(tag).length < self._visible_texts.all().length

    def _enter_table_part(self, tag: Tag) -> None:
        if not self._state.rows or tag.name == "caption":
            self._builder.end_paragraph()
            self._push(tag, block_state(tag, self._state), self._closing_paragraph())
        elif tag.name == "tr":
            self._builder.start_row()
            self._push(tag, self._state, self._builder.end_row)
        else:
            if tag.name in ("td", "th"):
                self._builder.start_cell()
            self._push(tag, inline_state(tag, self._state), self._restore())

    def _push(self, tag: Tag, state: State, leave: Callable[[], None]) -> None:
        self._apply(state)
        self._stack.append((iter(tag.contents), leave))

    def _restore(self) -> Callable[[], None]:
        before = self._state
        return lambda: self._apply(before)

    def _closing_paragraph(self) -> Callable[[], None]:
        before = self._state

        def leave() -> None:
            self._builder.end_paragraph()
            self._apply(before)

        return leave

    def _closing_label(self) -> Callable[[], None]:
        before = self._state

        def leave() -> None:
            self._builder.text(" ")
            self._apply(before)

        return leave

    def _closing_line(self, tag: Tag) -> Callable[[], None]:
        """Return what ends a line of a listing, which is an element of its own."""
        before, follows = self._state, tag.next_sibling

        def leave() -> None:
            if not (isinstance(follows, NavigableString) and follows.lstrip(" \t").startswith("\n")):
                self._builder.text("\n")
            self._apply(before)

        return leave

    def _closing_term(self, tag: Tag) -> Callable[[], None]:
        close, first, terms = self._closing_paragraph(), self._builder.count, self._terms_of(tag)

        def leave() -> None:
            close()
            terms.add(self._builder.paragraph(first))

        return leave

    def _terms_of(self, tag: Tag) -> _Terms:
        """Return the terms of the definition list around ``tag``."""
        return self._terms.setdefault(id(tag.parent), _Terms())

    def _apply(self, state: State) -> None:
        if state is self._state:
            return
        self._state = state
        builder = self._builder
        builder.bold, builder.linked, builder.reading = state.bold, state.linked, state.reading
        builder.level, builder.centered = state.level, state.centered
        builder.kind, builder.topics = state.kind, state.topics
        builder.verbatim, builder.item, builder.code = state.verbatim, state.item, state.code
        builder.anchor, builder.role = state.anchor or self._nearest, state.role
