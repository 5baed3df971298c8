"""What of a paragraph is visible: text, breaks and symbols, given to a builder; what stands beside it is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formats.docx.contents import Entry
from indexer.documents.formats.docx.fields import Fields
from indexer.documents.formats.docx.styles import Styles
from indexer.documents.formulas import linear
from indexer.documents.graphics import C
from indexer.documents.ooxml import DGM, MC, A, M, R, W, one_alternative
from indexer.documents.picture_fonts import character, shown
from indexer.documents.superscripts import lowered, raised
from indexer.documents.xml_parts import Element

# What was deleted or moved away.
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
# What is no text: properties, instructions of fields.
_UNSEEN = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "tblPr")
)
# Pictures: of DrawingML, which says in words what they show, and of VML before it.
_ABOUT_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass(slots=True)
class Beside:
    """What a paragraph leads to, to be read after it.

    Attributes:
        boxes: the contents of text boxes.
        notes: kind (``footnote``, ``endnote``) and id of notes.
        graphics: diagrams and charts.
    """

    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    graphics: list[Element] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.boxes or self.notes or self.graphics)


class Runs:
    """Reads the runs of paragraphs.

    Args:
        builder: takes the text.
        styles: of the document.
        fields: of the document, in whose order the paragraphs are read.
        pictures: id of the relationship of a picture → the name of its part.

    Attributes:
        breaks: how many line breaks there were.
        left_out: entries of tables of contents, without their white space at either end.
        tabs_part_cells: whether a tab between words parts two cells of a row.
    """

    def __init__(
        self, builder: BlockBuilder, styles: Styles, fields: Fields, pictures: Mapping[str, str] | None = None
    ) -> None:
        self.breaks = 0
        self.left_out: list[Entry] = []
        self.tabs_part_cells = False
        self._in_cell = False
        self._entry: list[str] = []
        self._builder = builder
        self._styles = styles
        self._fields = fields
        self._parts = pictures or {}
        self._about_drawing = ""
        self._style = self._before = self._font = ""
        self._beside = Beside()
        self._bold = self._hidden = False
        self._script: Callable[[str], str] | None = None
        self._pieces: dict[str, Callable[[Element], None]] = {
            f"{W}t": self._text,
            f"{M}oMath": lambda formula: self._show(linear(formula)),
            f"{W}tab": self._tab,
            f"{W}ptab": self._tab,
            f"{W}br": self._break,
            f"{W}cr": self._break,
            f"{W}noBreakHyphen": lambda _: self._show("-"),
            f"{W}sym": self._symbol,
            f"{W}fldChar": self._fields.meet,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{W}txbxContent": self._box,
            f"{DGM}relIds": self._graphic,
            f"{C}chart": self._graphic,
            _ABOUT_DRAWING: self._drawing,
            f"{A}blip": lambda node: self._picture(node.get(f"{R}embed", "")),
            _VML_PICTURE: lambda node: self._picture(node.get(f"{R}id", "")),
            f"{W}r": self._run,
            f"{W}rt": self._reading,
        }

    def read(self, paragraphs: Iterable[Element], before: str = "") -> Beside:
        """Give the visible text of paragraphs to the builder as that of one, and return what it leads to.

        Args:
            paragraphs: one, and before it those whose ends were deleted.
            before: what stands before the text, if there is any.
        """
        self._before = before
        self._beside = Beside()
        self._in_cell = False
        for paragraph in paragraphs:
            self._style = self._styles.style_id(paragraph)
            self._inside(paragraph)
        self._end_entry()
        return self._beside

    def is_bold(self, paragraph: Element) -> bool:
        """Tell whether all words of a paragraph are bold."""
        style = self._styles.style_id(paragraph)
        words = [run for run in paragraph.iter(f"{W}r") if any((text.text or "").strip() for text in run.iter(f"{W}t"))]
        properties = (run.find(f"{W}rPr") for run in words)
        given = ({each.tag: each for each in one} if one is not None else {} for one in properties)
        return bool(words) and all(self._styles.run(each, style, "b") for each in given)

    def skip(self, element: Element) -> None:
        """Leave out what is in an element."""
        for mark in element.iter(f"{W}fldChar"):
            self._fields.meet(mark)

    def leave_out(self, element: Element) -> None:
        """Leave out a table of contents, or an entry of one, and remember what it says."""
        self.skip(element)
        for paragraph in element.iter(f"{W}p"):
            self._style = self._styles.style_id(paragraph)
            self._entry += [
                node.text or "" if node.tag == f"{W}t" else " " for node in paragraph.iter(f"{W}t", f"{W}tab")
            ]
            self._end_entry()

    def _end_entry(self) -> None:
        if text := " ".join("".join(self._entry).split()):
            self.left_out.append(Entry(text, self._styles.contents_level(self._style)))
        self._entry = []

    def _inside(self, parent: Iterable[Element]) -> None:
        for node in parent:
            tag = node.tag
            if piece := self._pieces.get(tag):
                piece(node)
            elif tag == f"{MC}AlternateContent":
                self._inside(one_alternative(node))
            elif tag in _GONE:
                self.skip(node)
            elif self._is_hidden_field(node):
                self.skip(node)
                self._entry += [text.text or "" for text in node.iter(f"{W}t")]
            elif tag not in _UNSEEN and len(node):
                self._inside(node)

    def _is_hidden_field(self, node: Element) -> bool:
        return node.tag == f"{W}fldSimple" and self._fields.is_hidden(node.get(f"{W}instr", ""))

    def _run(self, run: Element) -> None:
        before = self._bold, self._hidden, self._script, self._font
        properties = run.find(f"{W}rPr")
        given = {each.tag: each for each in properties} if properties is not None else {}
        self._bold = self._styles.run(given, self._style, "b")
        self._hidden = self._styles.run(given, self._style, "vanish")
        self._script, self._font = _script(given), _font(given)
        self._inside(run)
        self._bold, self._hidden, self._script, self._font = before

    def _text(self, node: Element) -> None:
        text = shown((node.text or "").replace("\n", " "), self._font)
        self._show(self._script(text) if self._script else text)

    def _show(self, text: str) -> None:
        if self._hidden or not text:
            return
        if self._fields.hides():
            self._entry += [text] if self._fields.leaves_out() else []
            return
        self._builder.bold = self._bold
        if self._before and text.strip() and not self._builder.reading:
            self._builder.text(self._before)
            self._before = ""
        self._builder.text(text)
        self._builder.bold = False
        self._in_cell |= bool(text.strip())

    def _tab(self, _: Element) -> None:
        if self.tabs_part_cells and self._in_cell and not self._hidden:
            self._builder.start_cell()
            self._in_cell = False
        else:
            self._show(" ")

    def _symbol(self, node: Element) -> None:
        try:
            self._show(character(node.get(f"{W}font", ""), int(node.get(f"{W}char", ""), 16)))
        except (ValueError, OverflowError):  # no number of a character
            return

    def _break(self, node: Element) -> None:
        if not self._hidden and not self._fields.hides():
            self._builder.line_break()
            self.breaks += 1

    def _note(self, node: Element) -> None:
        if not self._hidden:
            self._beside.notes.append((_NOTES[node.tag], node.get(f"{W}id", "")))

    def _box(self, node: Element) -> None:
        self._beside.boxes.append(node)

    def _graphic(self, node: Element) -> None:
        self._beside.graphics.append(node)

    def _drawing(self, node: Element) -> None:
        self._about_drawing = node.get("descr", "")

    def _picture(self, relationship: str) -> None:
        if relationship in self._parts and not self._hidden and not self._fields.hides():
            self._builder.picture(quote(self._parts[relationship]), self._about_drawing)
        self._about_drawing = ""

    def _reading(self, node: Element) -> None:
        """Read how the characters beside it are read aloud."""
        self._builder.reading = True
        self._builder.text(" ")
        self._inside(node)
        self._builder.reading = False


def _script(given: Mapping[str, Element]) -> Callable[[str], str] | None:
    """Return what makes text raised or lowered that has these properties."""
    place = given.get(f"{W}vertAlign")
    return _SCRIPTS.get(place.get(f"{W}val", "")) if place is not None else None


def _font(given: Mapping[str, Element]) -> str:
    fonts = given.get(f"{W}rFonts")
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""


_SCRIPTS = {"superscript": raised, "subscript": lowered}
