"""RTF tokens → paragraphs and rows."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

from indexer.documents.formats.rtf.charsets import decode, page_codec
from indexer.documents.formats.rtf.destinations import DESTINATIONS, Destination
from indexer.documents.formats.rtf.story import Item, Story
from indexer.documents.formats.rtf.stylesheet import Font, Style, Stylesheet
from indexer.documents.formats.rtf.tokens import Token, TokenKind, tokens
from indexer.documents.picture_fonts import shown
from indexer.documents.superscripts import lowered, raised
from indexer.model import Role

_CHARACTERS = {
    "tab": " ", "line": "\n", "softline": "\n", "lbr": "\n", "bullet": "•", "endash": "–", "emdash": "—", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u3000", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\xa0", "_": "-"}
_BESIDE = {"footnote": Role.FOOTNOTE, "shptxt": Role.TEXT_BOX, "dptxbxtext": Role.TEXT_BOX}
_NO_FONT = Font()
_CONTENTS = ("TOC", "TOA", "INDEX")
# Groups in groups; no word processor writes more than some dozens.
_DEEPEST = 5_000
_DEEPEST_TABLE = 100


@dataclass(slots=True)
class _Field:
    instruction: str = ""

    @property
    def is_contents(self) -> bool:
        return (self.instruction.split() or [""])[0].upper() in _CONTENTS


@dataclass(slots=True)
class _State:
    """What holds until the end of a group."""

    destination: Destination = Destination.SHOWN
    role: Role | None = None  # of a note or box that ends with the group
    font: int | None = None
    skipped: int = 1  # characters behind each ``\\u`` that stand for it where Unicode is not known
    bold: bool = False
    hidden: bool = False
    is_asian: bool = False  # whether what is said of an associated font is said of that of Han
    raised: Callable[[str], str] | None = None
    centered: bool = False
    style: int = 0
    outline: int | None = None
    in_table: bool = False
    depth: int = 1
    field: _Field | None = None


class Parser:
    """One pass over the tokens of a file.

    Attributes:
        sheet: fonts and styles.
        title: what the properties of the file call it.
        depth: groups that are open: none at the end of a whole file.
    """

    def __init__(self) -> None:
        self.sheet = Stylesheet()
        self.title = ""
        self._states: list[_State] = []
        self._state = _State()
        self._stories = [Story()]
        self._page = page_codec(None)
        self._default_font: int | None = None
        self._bytes = bytearray()
        self._units: list[int] = []
        self._skip = 0
        self._number = ""
        self._entry = 0
        self._name = ""
        self._spanned: list[bool] = []
        self._is_spanned = False
        self._is_starred = False
        self._words = self._word_table()

    @property
    def is_cut(self) -> bool:
        """Whether the file ended in a group that is not shown, so that text may be lost."""
        return bool(self._states) and self._state.destination is not Destination.SHOWN

    def parse(self, content: bytes) -> list[Item]:
        """Return the body of a file."""
        for token in tokens(content):
            if token.kind is TokenKind.BYTES:
                self._take_bytes(token.content)
                continue
            if token.kind is not TokenKind.WORD or token.word != "u":
                self._flush()
            if token.kind is TokenKind.OPEN:
                self._open()
            elif token.kind is TokenKind.CLOSE:
                self._close()
                if not self._states:  # what follows the end is none of it
                    break
            else:
                self._control(token)
        self._flush()
        while len(self._stories) > 1:
            self._end_story(Role.FOOTNOTE)
        return self._stories[0].finish()

    # ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self) -> None:
        self._skip = 0
        if len(self._states) > _DEEPEST:
            raise RecursionError("groups nest too deep")
        self._states.append(self._state)
        self._state = copy(self._state)
        self._state.role = None

    def _close(self) -> None:
        self._skip = 0
        state = self._state
        if state.role is not None:
            self._end_story(state.role)
        if state.destination is Destination.STYLES:
            self._end_entry()
        if self._states:
            self._state = self._states.pop()
        if state.destination is Destination.NUMBER and self._state.destination is not Destination.NUMBER:
            self._end_number()

    def _end_story(self, role: Role) -> None:
        items = self._stories.pop().finish()
        if items:
            self._stories[-1].paragraph.beside.append((role, items))

    def _control(self, token: Token) -> None:
        if token.kind is TokenKind.SYMBOL:
            self._symbol(token.word)
            return
        starred, self._is_starred = self._is_starred, False
        if self._skip and token.word not in ("u", "uc"):  # a control word may be what stands for a character
            self._skip -= 1
        state = self._state
        if state.destination is Destination.HIDDEN:
            return
        if token.word in _BESIDE:
            self._start_story(_BESIDE[token.word])
        elif token.word in DESTINATIONS:
            self._enter(DESTINATIONS[token.word])
        elif token.word in self._words:
            self._words[token.word](token.number)
        elif token.word in _CHARACTERS:
            self._show(_CHARACTERS[token.word])
        elif starred:
            state.destination = Destination.HIDDEN

    def _symbol(self, symbol: str) -> None:
        self._is_starred = symbol == "*"
        if symbol in "\r\n":
            self._end_paragraph(None)
        elif symbol in _SYMBOLS:
            self._show(_SYMBOLS[symbol])
        elif symbol in "\\{}":
            self._take_bytes(symbol.encode())

    def _start_story(self, role: Role) -> None:
        state = self._state
        state.destination, state.role = Destination.SHOWN, role
        state.in_table, state.depth, state.centered, state.outline, state.style = False, 1, False, None, 0
        self._stories.append(Story())

    def _enter(self, destination: Destination) -> None:
        self._state.destination = destination
        if destination is Destination.NUMBER:
            self._number = ""
        elif destination is Destination.STYLES:
            self._entry, self._name = 0, ""

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _take_bytes(self, content: bytes) -> None:
        self._is_starred = False
        if self._skip:
            dropped = min(self._skip, len(content))
            self._skip -= dropped
            content = content[dropped:]
        if content:
            if self._units:
                self._flush()
            self._bytes += content

    def _unicode(self, number: int | None) -> None:
        if self._bytes:
            self._flush()
        if number is not None:
            self._units.append(number & 0xFFFF)
        self._skip = self._state.skipped

    def _flush(self) -> None:
        """Give on the text that was collected, now that its end is known."""
        if self._units:
            units, self._units = self._units, []
            self._show(b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace"))
        if self._bytes:
            content, self._bytes = bytes(self._bytes), bytearray()
            self._show(decode(content, self._current_font().charset, self._page))

    def _current_font(self) -> Font:
        if self._state.destination is Destination.FONTS:  # names of fonts are set in none of them
            return _NO_FONT
        number = self._default_font if self._state.font is None else self._state.font
        return self.sheet.fonts.get(-1 if number is None else number, _NO_FONT)

    def _show(self, text: str) -> None:
        state = self._state
        match state.destination:
            case Destination.SHOWN:
                if not state.hidden:
                    run = shown(text, self._current_font().name)
                    self._stories[-1].paragraph.runs.append((state.raised(run) if state.raised else run, state.bold))
            case Destination.NUMBER:
                self._number += text
            case Destination.FONTS:
                self._name_font(text)
            case Destination.STYLES:
                self._name += text
            case Destination.INSTRUCTION if state.field is not None:
                state.field.instruction += text
            case Destination.TITLE:
                self.title += text

    def _end_number(self) -> None:
        """Give the number of a list to its paragraph; one without letters or digits is a bullet."""
        paragraph, number = self._stories[-1].paragraph, self._number.strip()
        if any(character.isalnum() for character in number) and number != "o":  # an o of Courier is a ring
            paragraph.number = f"{number} "
        else:
            paragraph.item = bool(number)

    # ── fonts and styles ─────────────────────────────────────────────────────────────────────────────────────────────

    def _font(self, number: int | None) -> None:
        if self._state.destination is Destination.FONTS:
            self._entry = number or 0
        self._state.font = number

    def _set_charset(self, number: int | None) -> None:
        if self._state.destination is Destination.FONTS:
            self.sheet.fonts.setdefault(self._entry, Font()).charset = number

    def _name_font(self, text: str) -> None:
        font = self.sheet.fonts.setdefault(self._entry, Font())
        font.name += text.partition(";")[0]

    def _style(self, number: int | None) -> None:
        if self._state.destination is Destination.STYLES:
            self._entry = number or 0
        self._state.style = number or 0

    def _not_of_paragraphs(self, number: int | None) -> None:
        if self._state.destination is Destination.STYLES:
            self._state.destination = Destination.HIDDEN

    def _outline(self, number: int | None) -> None:
        self._state.outline = number if number is not None and 0 <= number < 9 else None

    def _end_entry(self) -> None:
        """Remember the style whose group ends."""
        name = self._name.strip().rstrip(";").strip()
        if name:
            self.sheet.styles.setdefault(self._entry, Style(name.lower(), self._state.outline))
        self._entry, self._name = 0, ""

    # ── paragraphs and rows ──────────────────────────────────────────────────────────────────────────────────────────

    def _reset_paragraph(self, number: int | None) -> None:
        state = self._state
        state.centered, state.style, state.outline, state.in_table, state.depth = False, 0, None, False, 1

    def _reset_run(self, number: int | None) -> None:
        state = self._state
        state.bold, state.hidden, state.raised, state.font = False, False, None, None

    def _end_paragraph(self, number: int | None) -> None:
        if self._state.destination is Destination.SHOWN:
            self._stories[-1].end_paragraph(self._close_paragraph())

    def _end_cell(self, number: int | None) -> None:
        if self._state.destination is Destination.SHOWN:
            self._close_paragraph()
            self._stories[-1].end_cell(self._state.depth if self._state.depth > 1 else 1)

    def _close_paragraph(self) -> int:
        """Give the paragraph what holds for it at its end; return the depth of the table it is in."""
        state, paragraph = self._state, self._stories[-1].paragraph
        paragraph.centered, paragraph.style, paragraph.outline = state.centered, state.style, state.outline
        return max(state.depth, 1) if state.in_table else 0

    def _start_row(self, number: int | None) -> None:
        self._spanned, self._is_spanned = [], False

    def _span(self, number: int | None) -> None:
        self._is_spanned = True

    def _define_cell(self, number: int | None) -> None:
        self._spanned.append(self._is_spanned)
        self._is_spanned = False

    def _end_row(self, number: int | None) -> None:
        if self._state.destination is Destination.SHOWN:
            self._stories[-1].end_row(1, self._spanned)

    def _end_nested_row(self, number: int | None) -> None:
        self._stories[-1].end_row(max(self._state.depth, 2), self._spanned)

    def _set(self, name: str, value: object) -> Callable[[int | None], None]:
        return lambda number: setattr(self._state, name, value)

    def _switch(self, name: str, *, reverse: bool = False) -> Callable[[int | None], None]:
        """Return what turns a property of the state on, or off where a 0 stands behind the word."""
        return lambda number: setattr(self._state, name, (number != 0) != reverse)

    def _associated_bold(self, number: int | None) -> None:
        if self._state.is_asian:
            self._state.bold = number != 0

    def _set_number(self, name: str, default: int) -> Callable[[int | None], None]:
        return lambda number: setattr(self._state, name, default if number is None else number)

    def _set_depth(self, number: int | None) -> None:
        self._state.depth = min(max(number or 1, 1), _DEEPEST_TABLE)

    def _set_page(self, number: int | None) -> None:
        self._page = page_codec(number)

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = number

    def _start_field(self, number: int | None) -> None:
        self._state.field = _Field()

    def _start_field_result(self, number: int | None) -> None:
        state = self._state
        if state.field is not None and state.field.is_contents:
            state.destination = Destination.HIDDEN

    def _word_table(self) -> dict[str, Callable[[int | None], None]]:
        return {
            "u": self._unicode, "uc": self._set_number("skipped", 1),
            "ansicpg": self._set_page, "deff": self._set_default_font,
            "f": self._font, "fcharset": self._set_charset,
            "s": self._style, "cs": self._not_of_paragraphs, "ts": self._not_of_paragraphs,
            "outlinelevel": self._outline,
            "par": self._end_paragraph, "sect": self._end_paragraph,
            "cell": self._end_cell, "nestcell": self._end_cell,
            "row": self._end_row, "nestrow": self._end_nested_row, "nesttableprops": lambda _: None,
            "trowd": self._start_row, "clmrg": self._span, "cellx": self._define_cell,
            "pard": self._reset_paragraph, "plain": self._reset_run,
            "intbl": self._switch("in_table"), "itap": self._set_depth,
            "qc": self._switch("centered"),
            **{word: self._switch("centered", reverse=True) for word in ("ql", "qr", "qj", "qd")},
            **{word: self._set("is_asian", word == "dbch") for word in ("dbch", "loch", "hich", "ltrch", "rtlch")},
            "b": self._switch("bold"), "ab": self._associated_bold,
            "v": self._switch("hidden"), "deleted": self._switch("hidden"),
            "super": self._set("raised", raised), "sub": self._set("raised", lowered),
            "nosupersub": self._set("raised", None),
            "field": self._start_field, "fldrslt": self._start_field_result,
        }  # fmt: skip
