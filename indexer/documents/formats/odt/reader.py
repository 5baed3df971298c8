"""The body of an OpenDocument text → blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formats.odt.names import (
    DC,
    DRAW,
    LOEXT,
    MANIFEST,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
    XML,
)
from indexer.documents.formats.odt.numbering import Counters, ListStyles, next_number
from indexer.documents.formats.odt.styles import Styles
from indexer.documents.layout_tables import placed_rows
from indexer.documents.office_titles import TitleLines, shown_title
from indexer.documents.ooxml import whole
from indexer.documents.superscripts import lowered, raised
from indexer.documents.xml_parts import Element
from indexer.documents.zip_package import ZipPackage, encrypted, no_such_document
from indexer.model import Block, Metadata, ParsedFile, Role

_MOST_SPACES = 200
_MOST_LEVEL = 10
_SCRIPTS: dict[str, Callable[[str], str]] = {"super": raised, "sub": lowered}
# What a reader does not see, or sees as a list of what stands elsewhere.
_UNSEEN = frozenset(
    [
        *(f"{TEXT}{kind}" for kind in ("table-of-content", "illustration-index", "table-index", "object-index")),
        *(f"{TEXT}{kind}" for kind in ("alphabetical-index", "user-index", "index-title-template")),
        *(
            f"{TEXT}{kind}"
            for kind in ("tracked-changes", "note-citation", "number", "hidden-text", "bibliography-source")
        ),
        *(f"{OFFICE}{kind}" for kind in ("annotation", "annotation-end", "forms", "event-listeners")),
    ]
)
_BOXES = frozenset(
    f"{DRAW}{kind}" for kind in ("text-box", "custom-shape", "rect", "ellipse", "line", "polygon", "path")
)


def parse_odt(content: bytes) -> ParsedFile:
    """Read an OpenDocument text.

    Raises:
        ReadError: it is none, or damaged, encrypted, too large.
    """
    package = ZipPackage(content)
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
        raise encrypted()
    root = package.part("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise no_such_document("文字文档")
    styles = package.part("styles.xml")
    walk = _Walk([root] if styles is None else [styles, root])
    blocks = tuple(walk.blocks(body))
    return ParsedFile(Metadata(title=walk.title() or shown_title(_named(package), blocks)), blocks)


def _named(package: ZipPackage) -> str:
    meta = package.part("meta.xml")
    title = next(meta.iter(f"{DC}title"), None) if meta is not None else None
    return " ".join((title.text or "").split()) if title is not None else ""


@dataclass(frozen=True, slots=True)
class _Item:
    """Where in a list a paragraph stands; ``numbered`` until the first paragraph of an item took the number."""

    style: str | None
    counters: Counters
    depth: int = 0
    start: int | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    hidden: bool = False
    script: Callable[[str], str] | None = None


class _Walk:
    """One pass over the body in reading order; the notes of a paragraph follow it, those of a table its row."""

    def __init__(self, roots: list[Element]) -> None:
        self._builder = BlockBuilder()
        self._styles = Styles(roots)
        self._lists = ListStyles(roots)
        self._outline: Counters = {}
        self._counters_of_id: dict[str, Counters] = {}
        self._counters_of_style: dict[str | None, Counters] = {}
        self._titles = TitleLines(self._builder)
        self._beside: list[tuple[Role, Element]] = []
        self._in_row = False
        self._breaks = 0
        self._before = ""

    def blocks(self, body: Element) -> list[Block]:
        """Return the blocks of the body."""
        self._inside(body, None)
        # text that was pasted from a page is one paragraph full of breaks
        return self._builder.finish(single_ends=self._breaks > self._builder.count)

    def title(self) -> str | None:
        """Return what is set in the style of titles above everything else."""
        return self._titles.title()

    # ── what holds paragraphs ────────────────────────────────────────────────────────────────────────────────────────

    def _inside(self, parent: Element, item: _Item | None) -> None:
        for node in parent:
            tag = node.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(node, item)
                item = replace(item, numbered=True) if item else None
            elif tag == f"{TEXT}list":
                self._list(node, item)
            elif tag == f"{TABLE}table":
                self._table(node)
            elif tag in _BOXES:
                self._beside.append((Role.TEXT_BOX, node))
            elif tag not in _UNSEEN and node.get(f"{TEXT}display") != "none":
                self._inside(node, item)
        if not self._in_row:
            self._read_beside()

    def _list(self, node: Element, outer: _Item | None) -> None:
        style = node.get(f"{TEXT}style-name") or (outer.style if outer else None)
        counters = outer.counters if outer else self._counters(node, style)
        depth = outer.depth + 1 if outer else 1
        for child in node:
            is_item = child.tag == f"{TEXT}list-item"
            start = child.get(f"{TEXT}start-value")
            self._inside(
                child, _Item(style, counters, depth, None if start is None else whole(start, 1), numbered=not is_item)
            )

    def _counters(self, node: Element, style: str | None) -> Counters:
        """Return the counters of the list that a ``text:list`` begins or continues."""
        continued = node.get(f"{TEXT}continue-list")
        if continued is not None:
            counters = self._counters_of_id.setdefault(continued, {})
        elif node.get(f"{TEXT}continue-numbering") == "true":
            counters = self._counters_of_style.get(style, {})
        else:
            counters = {}
        self._counters_of_id[node.get(f"{XML}id", "")] = self._counters_of_style[style] = counters
        return counters

    def _table(self, table: Element) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        for row, is_placed in zip(rows, _placed(rows), strict=True):
            if is_placed and not self._in_row:
                for cell in row:
                    self._inside(cell, None)
            else:
                self._row(row)

    def _row(self, cells: list[Element]) -> None:
        if self._in_row:  # of a table in a cell: its text is that of the cell
            for cell in cells:
                self._inside(cell, None)
            return
        self._in_row = True
        self._builder.start_row()
        for cell in cells:
            self._builder.start_cell()
            self._inside(cell, None)
        self._builder.end_row()
        self._in_row = False
        self._read_beside()

    def _read_beside(self) -> None:
        """Read the text boxes and notes that have been met; they may lead to more."""
        found, self._beside = self._beside, []
        before = self._builder.role
        for role, node in found:
            self._builder.role = role
            self._inside(node, None)
        self._builder.role = before

    # ── a paragraph ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _paragraph(self, node: Element, item: _Item | None) -> None:
        style = node.get(f"{TEXT}style-name")
        level = _outline_level(node)
        self._before, is_item = self._number(node, item, level)
        look = _Look(bool(self._styles.is_bold("paragraph", style)), bool(self._styles.is_hidden("paragraph", style)))
        self._text(node, look)
        builder = self._builder
        builder.centered, builder.item = self._styles.is_centered(style), is_item
        if not self._in_row:
            builder.level = self._titles.level_of_next() if level is None and self._styles.is_title(style) else level
        builder.end_paragraph()
        builder.centered, builder.item, builder.level = False, False, None
        if not self._in_row:
            self._read_beside()

    def _number(self, node: Element, item: _Item | None, level: int | None) -> tuple[str, bool]:
        """Return the number before a paragraph, and whether a bullet stands there."""
        if item is not None and not item.numbered:
            levels = self._lists.levels(item.style or self._styles.list_style(node.get(f"{TEXT}style-name")))
            number = next_number(levels, item.counters, item.depth, item.start)
            return number, item.depth in levels and levels[item.depth].bullet
        if item is None and level is not None and node.get(f"{TEXT}is-list-header") != "true":
            start = whole(node.get(f"{TEXT}start-value"), 1) if node.get(f"{TEXT}restart-numbering") == "true" else None
            return next_number(self._lists.outline, self._outline, level, start), False
        return "", False

    def _text(self, node: Element, look: _Look) -> None:
        self._show(node.text, look)
        for child in node:
            self._inline(child, look)
            self._show(child.tail, look)

    def _inline(self, node: Element, look: _Look) -> None:
        tag = node.tag
        if tag in (f"{TEXT}s", f"{TEXT}tab"):
            self._show(" " * min(whole(node.get(f"{TEXT}c"), 1), _MOST_SPACES), look)
        elif tag == f"{TEXT}line-break":
            if not look.hidden:
                self._builder.line_break()
                self._breaks += 1
        elif tag == f"{TEXT}note":
            self._beside += [(Role.FOOTNOTE, body) for body in node.iterchildren(f"{TEXT}note-body")]
        elif tag in _BOXES:
            self._beside.append((Role.TEXT_BOX, node))
        elif tag == f"{TEXT}ruby-text":
            self._builder.reading = True
            self._text(node, look)
            self._builder.reading = False
        elif tag.startswith(DRAW):
            self._drawing(node, look)
        elif tag not in _UNSEEN and tag.startswith((TEXT, LOEXT)):
            self._text(node, self._look(node, look))

    def _drawing(self, node: Element, look: _Look) -> None:
        if not self._show_picture(node):
            for child in node.iterchildren(f"{DRAW}*"):
                self._inline(child, look)

    def _show_picture(self, frame: Element) -> bool:
        """Add the picture of a frame, the first of those that show the same; return whether there is one."""
        images = frame.iterchildren(f"{DRAW}image")
        alt = next((each.text or "" for each in frame.iterchildren(f"{SVG}desc", f"{SVG}title")), "")
        return any(self._builder.picture(image.get(f"{XLINK}href", ""), alt) for image in images)

    def _look(self, node: Element, outer: _Look) -> _Look:
        name = node.get(f"{TEXT}style-name")
        if name is None or node.tag not in (f"{TEXT}span", f"{TEXT}a"):
            return outer
        bold, hidden = self._styles.is_bold("text", name), self._styles.is_hidden("text", name)
        return _Look(
            outer.bold if bold is None else bold,
            outer.hidden if hidden is None else hidden,
            _SCRIPTS.get(self._styles.position("text", name), outer.script),
        )

    def _show(self, text: str | None, look: _Look) -> None:
        if not text or look.hidden:
            return
        if self._before and text.strip() and not self._builder.reading:
            self._builder.bold = look.bold
            self._builder.text(self._before)
            self._before = ""
        text = text.replace("\n", " ")
        self._builder.bold = look.bold
        self._builder.text(look.script(text) if look.script else text)
        self._builder.bold = False


def _outline_level(node: Element) -> int | None:
    if node.tag != f"{TEXT}h":
        return None
    return min(max(whole(node.get(f"{TEXT}outline-level"), 1), 1), _MOST_LEVEL)


def _rows(table: Element) -> Iterator[Element]:
    for node in table:
        if node.tag == f"{TABLE}table-row":
            yield node
        elif node.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(node)


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row; those that one before them spans are part of it."""
    spanned = 0
    for node in row:
        if node.tag == f"{TABLE}table-cell":
            spanned = whole(node.get(f"{TABLE}number-columns-spanned"), 1) - 1
            yield node
        elif node.tag == f"{TABLE}covered-table-cell":
            if spanned <= 0:
                yield node
            spanned -= 1


def _placed(rows: list[list[Element]]) -> list[bool]:
    """Return of each row whether it only places things."""
    counts = [[sum(1 for _ in cell.iter(f"{TEXT}p", f"{TEXT}h")) for cell in row] for row in rows]
    return placed_rows(
        counts, [any(next(cell.iter(f"{TABLE}table"), None) is not None for cell in row) for row in rows]
    )
