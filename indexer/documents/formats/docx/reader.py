"""The body of a Word document → blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formats.docx.chunks import other_format
from indexer.documents.formats.docx.contents import with_listed_levels
from indexer.documents.formats.docx.fields import Fields
from indexer.documents.formats.docx.numbering import Number, Numbering
from indexer.documents.formats.docx.runs import Beside, Runs
from indexer.documents.formats.docx.styles import Styles
from indexer.documents.formats.docx.tabbed_rows import tabbed_rows
from indexer.documents.formats.docx.typed_markdown import with_typed_markdown
from indexer.documents.graphics import lines
from indexer.documents.layout_tables import placed_rows
from indexer.documents.office_titles import TitleLines, shown_title
from indexer.documents.ooxml import MC, OfficePackage, R, W, one_alternative, value
from indexer.documents.xml_parts import Element
from indexer.documents.zip_package import no_such_document
from indexer.model import Block, Metadata, ParsedFile, Role

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_NOTES = ("footnote", "endnote")


def parse_docx(content: bytes, *, converted: bool = False) -> ParsedFile:
    """Read a Word document.

    Args:
        content: the whole file.
        converted: whether LibreOffice made it just now, so that its fields of dates say today.

    Raises:
        ReadError: it is none, or damaged, encrypted, too large.
    """
    package = OfficePackage(content)
    name = package.main_name() or "word/document.xml"
    root = package.xml(name)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise no_such_document(" Word 文档")
    walk = _Walk(package, name, body, converted=converted)
    blocks = tuple(walk.blocks(body))
    title = walk.title() or shown_title(package.title(), blocks)
    return ParsedFile(Metadata(title=title), blocks, dropped=walk.dropped())


class _Walk:
    """One pass over the body in reading order; the notes of a paragraph follow it, those of a table the table."""

    def __init__(self, package: OfficePackage, name: str, body: Element, *, converted: bool) -> None:
        roots = {kind: _related(package, name, f"{kind}s") for kind in _NOTES}
        self._notes = {
            (kind, note.get(f"{W}id", "")): note
            for kind, root in roots.items()
            for note in (root.iter(f"{W}{kind}") if root is not None else ())
        }
        self._package, self._name = package, name
        chunks = package.related(name, "aFChunk")
        self._chunks = {key: package.read(part) for key, part in chunks.items() if part in package}
        self._builder = BlockBuilder()
        self._styles = Styles(_related(package, name, "styles"))
        self._numbering = Numbering(_related(package, name, "numbering"), self._styles)
        fields = Fields([body, *(root for root in roots.values() if root is not None)], without_dates=converted)
        # what LibreOffice has made is gone when somebody wants to look at it
        pictures = {} if converted else package.related(name, "image")
        self._runs = Runs(self._builder, self._styles, fields, pictures)
        self._unended: list[Element] = []
        self._beside: list[Beside] = []
        self._in_row = False
        self._titles = TitleLines(self._builder)
        self._before_contents = 0

    def blocks(self, body: Element) -> list[Block]:
        """Return the blocks of the body."""
        self._inside(body)
        # text that was pasted from a page is one paragraph full of breaks
        made = self._builder.finish(single_ends=self._runs.breaks > self._builder.count)
        return with_typed_markdown(with_listed_levels(made, self._runs.left_out, self._before_contents))

    def title(self) -> str | None:
        """Return what is set in the style of titles above everything else."""
        return self._titles.title()

    def dropped(self) -> tuple[str, ...]:
        """Return the entries of tables of contents, which are not read: the headings come again."""
        return tuple(entry.text for entry in self._runs.left_out)

    def _leave_out(self, node: Element) -> None:
        if not self._runs.left_out:
            self._before_contents = self._builder.count
        self._runs.leave_out(node)

    def _inside(self, parent: Iterable[Element]) -> None:
        rows = [] if self._in_row else tabbed_rows(parent, self._runs.is_bold)
        ids = frozenset(map(id, rows))
        for node in parent:
            if id(node) in ids:
                self._tabbed_row(node)
            elif node.tag == f"{W}p":
                self._paragraph(node)
            elif node.tag == f"{W}tbl":
                self._table(node)
            elif node.tag == f"{W}altChunk":
                self._chunk(node)
            elif node.tag == f"{MC}AlternateContent":
                self._inside(one_alternative(node))
            elif node.tag in _WRAPPERS:
                self._leave_out(node) if _is_contents(node) else self._inside(node)
        self._end_unended()

    def _chunk(self, node: Element) -> None:
        """Read a file that stands for a part of the text; one of another kind than is known is left out."""
        content = self._chunks.get(node.get(f"{R}id", ""))
        reader = other_format(content) if content is not None else None
        if reader is not None and content is not None:
            self._builder.insert(reader(content).blocks)

    def _paragraph(self, paragraph: Element) -> None:
        if _end_is_gone(paragraph):
            self._unended.append(paragraph)
            return
        paragraphs, self._unended = [*self._unended, paragraph], []
        if self._styles.is_contents(paragraph) and _leads_elsewhere(paragraph):
            for one in paragraphs:
                self._leave_out(one)
            return
        number = Number() if _only_ends_section(paragraph) else self._numbering.next_number(paragraph)
        self._read(paragraphs, number)

    def _end_unended(self) -> None:
        """Read what was to go on in a paragraph that never came."""
        if self._unended:
            paragraphs, self._unended = self._unended, []
            self._read(paragraphs, Number())

    def _read(self, paragraphs: list[Element], number: Number) -> None:
        builder, last = self._builder, paragraphs[-1]
        beside = self._runs.read(paragraphs, number.text)
        builder.centered = value(self._styles.paragraph(last, "jc")) == "center"
        builder.item = number.bullet
        builder.level = None if self._in_row else self._level(last)
        builder.end_paragraph()
        builder.centered, builder.item, builder.level = False, False, None
        if beside:
            self._beside.append(beside)
        if not self._in_row:
            self._read_beside()

    def _level(self, paragraph: Element) -> int | None:
        if self._styles.is_title(paragraph):
            return self._titles.level_of_next()
        return self._styles.level(paragraph)

    def _read_beside(self) -> None:
        """Read the text boxes and notes that have been met; they may lead to more."""
        found, self._beside = self._beside, []
        role = self._builder.role
        for beside in found:
            for box in beside.boxes:
                self._builder.role = Role.TEXT_BOX
                self._inside(box)
            self._builder.role = Role.TEXT_BOX
            for line in lines(self._package, self._name, beside.graphics):
                self._builder.text(line)
                self._builder.end_paragraph()
            for key in beside.notes:
                self._builder.role = Role.FOOTNOTE
                self._inside(self._notes.pop(key, ()))
        self._builder.role = role

    def _table(self, table: Element) -> None:
        rows = [(row, list(_parts(row, "tc"))) for row in _parts(table, "tr") if not _is_deleted(row)]
        for (_, cells), is_placed in zip(rows, _placed(rows), strict=True):
            if is_placed and not self._in_row:
                for cell in cells:
                    self._inside(cell)
            else:
                self._row(cells)

    def _tabbed_row(self, paragraph: Element) -> None:
        self._end_unended()
        self._builder.start_row()
        self._builder.start_cell()
        self._runs.tabs_part_cells = True
        beside = self._runs.read([paragraph])
        self._runs.tabs_part_cells = False
        self._builder.end_row()
        if beside:
            self._beside.append(beside)
        self._read_beside()

    def _row(self, cells: Iterable[Element]) -> None:
        if self._in_row:  # of a table in a cell: its text is that of the cell
            for cell in cells:
                self._inside(cell)
            return
        self._in_row = True
        self._builder.start_row()
        for cell in cells:
            self._builder.start_cell()
            self._inside(cell)
        self._builder.end_row()
        self._in_row = False
        self._read_beside()


def _related(package: OfficePackage, source: str, kind: str) -> Element | None:
    name = next(iter(package.related(source, kind).values()), None)
    return package.xml(name) if name else None


def _parts(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also where something is wrapped around them."""
    for node in parent:
        if node.tag == f"{W}{name}":
            yield node
        elif node.tag in _WRAPPERS:
            yield from _parts(node, name)


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _placed(rows: Iterable[tuple[Element, list[Element]]]) -> list[bool]:
    """Return of each row whether it only places things."""
    table = [cells for _, cells in rows]
    holds_table = [any(cell.find(f".//{W}tbl") is not None for cell in cells) for cells in table]
    return placed_rows([[_texts(cell) for cell in cells] for cells in table], holds_table)


def _texts(cell: Element) -> int:
    """Return how many paragraphs of a cell hold text."""
    return sum(1 for one in cell.iter(f"{W}p") if next(one.iter(f"{W}t"), None) is not None)


def _end_is_gone(paragraph: Element) -> bool:
    """Tell a paragraph whose end was deleted or moved away: it goes on in the next one."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def _only_ends_section(paragraph: Element) -> bool:
    """Tell a paragraph that is there for the section break in it; one with text has its number."""
    is_break = paragraph.find(f"{W}pPr/{W}sectPr") is not None
    return is_break and not any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))


def _leads_elsewhere(paragraph: Element) -> bool:
    """Tell an entry of a table of contents from a paragraph that only has its style: it says a page or is a link."""
    if any(next(paragraph.iter(f"{W}{name}"), None) is not None for name in ("tab", "hyperlink", "instrText")):
        return True
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t")).rstrip()[-1:].isdigit()


def _is_contents(node: Element) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and value(gallery, "") == "Table of Contents"
