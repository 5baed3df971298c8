"""HTML pages and fragments → blocks. The only user of BeautifulSoup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from indexer.documents.blocks import BlockBuilder
from indexer.documents.boilerplate import filter as furniture
from indexer.documents.dates import calendar_date
from indexer.documents.formats.html.appearance import is_bold, is_centered
from indexer.model import Block, Kind, Metadata, ParsedFile

# Marks a break that Markdown's author set on purpose, see ``BlockBuilder.line_break``.
HARD_BREAK = '<br data-hard="">'
# Ends a paragraph in the midst of whatever is open.
PARAGRAPH_END = '<br data-ends="">'

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
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
_TABLE_PARTS = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"})
_CAPTIONS = frozenset({"caption", "figcaption"})
_VERBATIM = frozenset({"pre", "listing", "xmp"})
_CODE = frozenset({"code", "samp", "kbd"})
_READINGS = frozenset({"rt", "rtc"})
# So many paragraphs in a cell are placed there; so many are an article, whatever the other rows hold.
_PLACED = 3
_ARTICLE = 8

# By how sure they are to mean the publication.
_META_DATES = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "dcterms.date",
    "dc.date",
    "date",
)
_META_AUTHORS = ("author", "article:author", "dc.creator")


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside an element; restored when it ends."""

    bold: bool = False
    reading: bool = False
    level: int | None = None
    centered: bool = False
    kind: Kind = Kind.BODY
    topics: tuple[str, ...] = ()
    verbatim: bool = False
    item: bool = False
    code: bool = False
    rows: bool = False


def read(text: str) -> ParsedFile:
    """Read an HTML page or fragment without front matter."""
    # BeautifulSoup warns that one line without a tag may be a path or an address; the line break says that it is not
    # and lxml would give up at a comment or an embedded picture of 10 MB and show the rest of it as text
    soup = BeautifulSoup(text.replace("\x00", "") + "\n", "lxml", huge_tree=True)
    return ParsedFile(_metadata(soup), tuple(_Walk(soup).blocks()))


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

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._glances = _Glances(soup)
        self._builder = BlockBuilder()
        self._state = _State()
        self._terms: dict[int, _Terms] = {}
        self._stack: list[tuple[Iterator[PageElement], Callable[[], None]]] = []

    def blocks(self) -> list[Block]:
        self._stack.append((iter(self._soup.contents), lambda: None))
        while self._stack:
            children, leave = self._stack[-1]
            for node in children:
                if isinstance(node, Tag):
                    if self._enter(node):
                        break
                elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                    self._builder.text(node)
            else:
                leave()
                self._stack.pop()
        return self._builder.finish()

    def _enter(self, tag: Tag) -> bool:
        """Begin an element; true when its children come next."""
        name = tag.name
        if name == "hr" or (name == "br" and tag.has_attr("data-ends")):
            self._builder.end_paragraph()
            return False
        if name == "br":
            self._builder.line_break(hard=tag.has_attr("data-hard"))
            return False
        if furniture.drops_element(name, tag.attrs, lambda: self._glances.at(tag)):
            return False
        if name in _TABLE_PARTS:
            self._enter_table_part(tag)
        elif name in _PARAGRAPHS:
            self._enter_paragraph(tag)
        else:
            self._push(tag, _inline_state(tag, self._state), self._restore())
            if name in _READINGS:
                self._builder.text(" ")
        return True

    def _enter_paragraph(self, tag: Tag) -> None:
        self._builder.end_paragraph()
        state = _block_state(tag, self._state)
        if tag.name == "table":
            state = replace(state, rows=not _is_layout(tag))
        elif tag.name == "dd":
            state = replace(state, topics=self._terms_of(tag).topics())
        self._push(tag, state, self._closing_term(tag) if tag.name == "dt" else self._closing_paragraph())

    def _enter_table_part(self, tag: Tag) -> None:
        if not self._state.rows or tag.name == "caption":
            self._builder.end_paragraph()
            self._push(tag, _block_state(tag, self._state), self._closing_paragraph())
        elif tag.name == "tr":
            self._builder.start_row()
            self._push(tag, self._state, self._builder.end_row)
        else:
            if tag.name in ("td", "th"):
                self._builder.start_cell()
            self._push(tag, _inline_state(tag, self._state), self._restore())

    def _push(self, tag: Tag, state: _State, leave: Callable[[], None]) -> None:
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

    def _closing_term(self, tag: Tag) -> Callable[[], None]:
        close, first, terms = self._closing_paragraph(), self._builder.count, self._terms_of(tag)

        def leave() -> None:
            close()
            terms.add(self._builder.paragraph(first))

        return leave

    def _terms_of(self, tag: Tag) -> _Terms:
        """Return the terms of the definition list around ``tag``."""
        return self._terms.setdefault(id(tag.parent), _Terms())

    def _apply(self, state: _State) -> None:
        if state is self._state:
            return
        self._state = state
        builder = self._builder
        builder.bold, builder.reading = state.bold, state.reading
        builder.level, builder.centered = state.level, state.centered
        builder.kind, builder.topics = state.kind, state.topics
        builder.verbatim, builder.item, builder.code = state.verbatim, state.item, state.code


def _inline_state(tag: Tag, outer: _State) -> _State:
    bold = is_bold(tag.name, tag.attrs, outer.bold)
    reading = outer.reading or tag.name in _READINGS
    return outer if (bold, reading) == (outer.bold, outer.reading) else replace(outer, bold=bold, reading=reading)


def _block_state(tag: Tag, outer: _State) -> _State:
    name = tag.name
    return _State(
        bold=is_bold(name, tag.attrs, outer.bold),
        reading=outer.reading,
        level=_HEADINGS.get(name, outer.level),
        centered=is_centered(name, tag.attrs, outer.centered),
        kind=Kind.CAPTION if name in _CAPTIONS else outer.kind,
        topics=outer.topics,
        verbatim=outer.verbatim or name in _VERBATIM,
        item=outer.item or (name == "li" and _is_among_items(tag)),
        code=outer.code or (name in _VERBATIM and _holds_code(tag)),
        rows=outer.rows and name != "caption",
    )


def _is_among_items(tag: Tag) -> bool:
    """Tell an item beside others, or above a list, from a numbered heading that was taken for a list of one item."""
    if tag.find_previous_sibling("li") or tag.find_next_sibling("li"):
        return True
    return any(isinstance(child, Tag) and child.name in ("ul", "ol") for child in tag.children)


def _holds_code(tag: Tag) -> bool:
    """Tell a listing from a text that is only set with its own line ends."""
    return any(isinstance(child, Tag) and child.name in _CODE for child in tag.children)


class _Glances:
    """What every element shows, measured in one pass over the tree, and only when a page has an element that asks."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._seen: dict[int, furniture.Glance] = {}

    def at(self, tag: Tag) -> furniture.Glance:
        if not self._seen:
            self._measure()
        return self._seen[id(tag)]

    def _measure(self) -> None:
        stack: list[tuple[Tag, Iterator[PageElement], list[furniture.Glance], bool]]
        stack = [(self._soup, iter(self._soup.contents), [], False)]
        while stack:
            tag, children, parts, linked = stack[-1]
            for node in children:
                if isinstance(node, Tag):
                    stack.append((node, iter(node.contents), [], linked or node.name == "a"))
                    break
                if type(node) is NavigableString:
                    parts.append(furniture.glance_at(node, linked=linked))
            else:
                stack.pop()
                self._seen[id(tag)] = whole = furniture.combined(tag.name, parts)
                if stack:
                    stack[-1][2].append(whole)


def _is_layout(table: Tag) -> bool:
    """Decide whether a table only places things: other tables, headings, several paragraphs in a cell.

    A cell may hold several paragraphs where other rows show that the table holds data.
    """
    rows: list[list[int]] = [[]]  # paragraphs of every cell
    for node in _elements(table):
        if node.name == "table" or node.name in _HEADINGS:
            return True
        if node.name == "tr":
            rows.append([])
        elif node.name in ("td", "th"):
            rows[-1].append(0)
        elif node.name == "p" and rows[-1]:
            rows[-1][-1] += 1
    if sum(map(len, rows)) <= 1:
        return True
    most = max(max(row, default=0) for row in rows)
    is_tabular = any(len(row) > 1 and max(row) < _PLACED for row in rows)
    return most >= (_ARTICLE if is_tabular else _PLACED)


def _elements(tag: Tag) -> Iterator[Tag]:
    """Elements below ``tag`` in reading order; ``descendants`` walks to the deepest one before it begins."""
    stack = [iter(tag.contents)]
    while stack:
        for node in stack[-1]:
            if isinstance(node, Tag):
                yield node
                stack.append(iter(node.contents))
                break
        else:
            stack.pop()


def _metadata(soup: BeautifulSoup) -> Metadata:
    named: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        content = " ".join(str(meta.get("content") or "").split())
        if name and content:
            named.setdefault(name, content)
    date = next((named[name] for name in _META_DATES if name in named), None)
    canonical = soup.find("link", rel="canonical")
    href = str(canonical.get("href") or "") if isinstance(canonical, Tag) else ""
    return Metadata(
        head_title=_head_title(soup),
        date=calendar_date(date) if date else None,
        author=next((named[name] for name in _META_AUTHORS if name in named), None),
        url=href or named.get("og:url"),
    )


def _head_title(soup: BeautifulSoup) -> str | None:
    head = soup.head
    title = head.title if head is not None else None
    return " ".join(title.get_text().split()) or None if title is not None else None
