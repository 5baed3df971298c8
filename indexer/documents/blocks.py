"""Collects what a format parser meets on its way, text and breaks, into paragraphs. Knows neither HTML nor Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.documents import lines
from indexer.documents.pictures import above, below, picture
from indexer.model import Block, Kind, Picture, Range, Role

# A break the author set inside a paragraph on purpose (Markdown's two spaces); never ends a paragraph.
_HARD = "\x1e"
_COLLAPSIBLE = " \t\r\n\f"
_COLLAPSE = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*|[ \t\r\f]{2,}|[\t\r\f]")
_BREAKS = "\n" + _HARD
_WORD = re.compile(r"[^\W\d_]")
_CELL_EDGE = " \n\r\f\v\u3000\xa0\u200b\ufeff"


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it was written: a line feed is a break of the page (``<br>``), ``_HARD`` one set on purpose."""

    text: str
    bold: list[Range]
    level: int | None
    centered: bool
    kind: Kind
    topics: tuple[str, ...]
    verbatim: bool
    item: bool
    code: bool
    anchor: str | None
    role: Role
    linked: bool
    pictures: list[Picture]


class BlockBuilder:
    """Takes text and breaks in reading order, gives blocks.

    White space collapses as in a browser, except that a line end of the source between two Han characters vanishes.

    Attributes:
        folder: what the addresses of pictures count from, see ``pictures.picture``.
        bold, linked, reading, level, centered, kind, topics, verbatim, item, code, anchor, role: the state of what
            comes next; ``bold``, ``linked``, ``reading`` (how the text beside it is read aloud) and ``verbatim`` (white
            space as typed) hold for the next piece of text, the others are read when a paragraph ends.
    """

    def __init__(self, folder: str = "") -> None:
        self.folder = folder
        self.bold = False
        self.linked = False
        self.reading = False
        self.level: int | None = None
        self.centered = False
        self.kind = Kind.BODY
        self.topics: tuple[str, ...] = ()
        self.verbatim = False
        self.item = False
        self.code = False
        self.anchor: str | None = None
        self.role = Role.BODY
        self._done: list[_Paragraph | Block] = []
        self._parts: list[str] = []
        self._ranges: list[Range] = []
        self._length = 0
        self._last = ""
        self._pending = ""
        self._has_links = self._has_other_words = False
        self._readings: list[str] = []
        self._pictures: list[Picture] = []
        self._in_row = False
        self._cells = 0

    def text(self, piece: str) -> None:
        """Add visible text; a reading waits for the end of its line or cell, since words would fall apart at it."""
        if self.reading:
            self._readings.append(piece)
            return
        if self.verbatim and not self._in_row:
            self._append(piece.replace("\r\n", "\n").replace("\r", "\n"))
            return
        core = piece.strip(_COLLAPSIBLE)
        if not core:
            if "\n" not in self._pending:
                self._pending = piece or self._pending
            return
        if len(core) != len(piece):
            start = piece.find(core[0])
            self._pending += piece[:start]
            after = piece[start + len(core) :]
        else:
            after = ""
        if self._pending:
            self._append_gap(core[0])
        self._append(_collapse(core))
        self._pending = after

    def picture(self, address: str, alt: str = "") -> bool:
        """Add a picture; return whether it is a file beside the document: others are left out."""
        found = picture(address, alt, self._length, self.folder)
        if found is not None:
            self._pictures.append(found)
        return found is not None

    def line_break(self, *, hard: bool = False) -> None:
        """Add a line break; ``hard`` for one that never ends a paragraph. In a table row it is white space."""
        if self._in_row:
            self._pending = self._pending or " "
            return
        self._end_line()
        self._append(_HARD if hard else "\n")

    def end_paragraph(self) -> None:
        """End the paragraph that is open, if any; in a table row it is white space."""
        if self._in_row:
            self._pending = self._pending or " "
            return
        self._end_line()
        if self._parts or self._pictures:
            self._done.append(self._take())

    def start_row(self) -> None:
        """Begin a table row."""
        self.end_paragraph()
        self._in_row = True
        self._cells = 0

    def start_cell(self) -> None:
        """Begin a cell of the row."""
        if self._cells:
            self._end_line()
            self._append("\t")
        self._cells += 1

    def end_row(self) -> None:
        """End the row; a row without text leaves nothing."""
        self._in_row = False
        self._end_line()
        if self._parts or self._pictures:
            row = self._take()
            row.kind = Kind.TABLE
            self._done.append(row)

    def insert(self, blocks: Iterable[Block]) -> None:
        """Add blocks that another format gave, between paragraphs."""
        self.end_paragraph()
        self._done += blocks

    @property
    def is_open(self) -> bool:
        """Whether a paragraph has begun to hold text."""
        return bool(self._parts)

    @property
    def count(self) -> int:
        """How many paragraphs have ended."""
        return len(self._done)

    def paragraph(self, index: int) -> str:
        """Return the text of a paragraph as it was written; empty where so many have not ended."""
        return self._done[index].text if index < len(self._done) else ""

    def finish(self, *, single_ends: bool = True) -> list[Block]:
        """Return all blocks, paragraphs split where only line breaks part them, by the habit of the document.

        Args:
            single_ends: whether a single break may end a paragraph, in a document that has no doubles.
        """
        self.end_paragraph()
        typed = (one for one in self._done if isinstance(one, _Paragraph) and not one.verbatim)
        single_ends &= not any(lines.has_double_break(one.text) for one in typed)
        return _with_pictures(self._done, single_ends=single_ends)

    def _append(self, piece: str) -> None:
        if not piece:
            return
        if self.bold:
            self._mark_bold(self._length, self._length + len(piece))
        if self.linked:
            self._has_links = True
        elif not self._has_other_words:
            self._has_other_words = _WORD.search(piece) is not None
        self._parts.append(piece)
        self._length += len(piece)
        self._last = piece[-1]

    def _end_line(self) -> None:
        """Drop the white space at the end of a line or cell and adds the readings of what stands in it."""
        self._pending = ""
        readings = " ".join("".join(self._readings).split())
        if readings:
            bold, self.bold, self._readings = self.bold, False, []
            self._append(f" {readings}" if self._last and self._last not in _BREAKS + "\t" else readings)
            self.bold = bold

    def _mark_bold(self, start: int, end: int) -> None:
        if self._ranges and self._ranges[-1][1] == start:
            self._ranges[-1] = (self._ranges[-1][0], end)
        else:
            self._ranges.append((start, end))

    def _append_gap(self, following: str) -> None:
        if not self._parts or self._last in _BREAKS or self._last == "\t":
            return
        if not self._in_row and "\n" in self._pending and lines.joins_without_space(self._last, following):
            return
        self._append(" ")

    def _take(self) -> _Paragraph:
        paragraph = _Paragraph(
            "".join(self._parts),
            self._ranges,
            self.level,
            self.centered,
            self.kind,
            self.topics,
            self.verbatim,
            self.item,
            self.code,
            self.anchor,
            self.role,
            self._has_links and not self._has_other_words,
            self._pictures,
        )
        self._has_links = self._has_other_words = False
        self._parts, self._ranges, self._length, self._last, self._pending = [], [], 0, "", ""
        self._pictures = []
        return paragraph


def line_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text each line of which is a paragraph by itself, without emphasis."""
    for line in text.split("\n"):
        core = _collapse(line.strip(_COLLAPSIBLE)).strip(lines.EDGE)
        if core:
            yield Block(core.replace(_HARD, "\n"))


def _collapse(core: str) -> str:
    """Return ``core`` with its white space as a browser shows it; most paragraphs hold none that changes."""
    if "\n" in core or "  " in core or "\t" in core or "\r" in core or "\f" in core:
        return _COLLAPSE.sub(lambda gap: _collapsed(gap, core), core)
    return core


def _collapsed(gap: re.Match[str], core: str) -> str:
    """Return what stands for white space inside ``core``."""
    before, after = core[gap.start() - 1], core[gap.end()]
    return "" if "\n" in gap.group() and lines.joins_without_space(before, after) else " "


def _with_pictures(done: Iterable[_Paragraph | Block], *, single_ends: bool) -> list[Block]:
    """Part paragraphs into blocks; a picture that stands by itself is above the next block, or below the last."""
    blocks: list[Block] = []
    waiting: Sequence[Picture] = ()
    for paragraph in done:
        if isinstance(paragraph, Block):
            blocks.append(above(paragraph, waiting))
            waiting = ()
            continue
        left = [*waiting, *paragraph.pictures] if waiting or paragraph.pictures else None
        for start, block in _blocks(paragraph, single_ends=single_ends):
            blocks.append(block)
            if left:
                blocks[-1], left = _taking(block, start, left, len(waiting))
                waiting = ()
        waiting = left or ()
    if blocks:
        blocks[-1] = below(blocks[-1], waiting)
    return blocks


def _taking(block: Block, start: int, pictures: Sequence[Picture], alone: int) -> tuple[Block, list[Picture]]:
    """Give a block the pictures up to its end, the first ``alone`` of which, and those before ``start``, its beginning
    in the paragraph, stand by themselves; return those after it too.
    """
    end = start + len(block.text)
    lone = [each for index, each in enumerate(pictures) if index < alone or each.at < start]
    rest = pictures[len(lone) :]
    own = [replace(each, at=each.at - start) for each in rest if each.at <= end]
    return above(replace(block, pictures=tuple(own)), lone), [*rest[len(own) :]]


def _blocks(paragraph: _Paragraph, *, single_ends: bool) -> Iterable[tuple[int, Block]]:
    """Part a paragraph at its breaks and trim the pieces; each with where it begins."""
    for start, end in _pieces(paragraph, single_ends=single_ends):
        text = paragraph.text[start:end]
        if paragraph.kind is Kind.TABLE:
            core = text.strip(_CELL_EDGE)
            if not core.strip():
                continue
        else:
            core = text.strip(lines.EDGE)
            if not core:
                continue
        offset = start + text.index(core)
        yield (
            offset,
            Block(
                text=core.replace(_HARD, "\n"),
                level=paragraph.level,
                bold=_shifted(paragraph.bold, offset, offset + len(core)),
                centered=paragraph.centered,
                kind=paragraph.kind,
                topics=paragraph.topics,
                item=paragraph.item,
                code=paragraph.code,
                anchor=paragraph.anchor,
                role=paragraph.role,
                linked=paragraph.linked,
            ),
        )


def _pieces(paragraph: _Paragraph, *, single_ends: bool) -> list[Range]:
    text = paragraph.text
    if "\n" not in text or paragraph.level is not None or paragraph.kind is not Kind.BODY:
        return [(0, len(text))]
    if paragraph.verbatim:
        return lines.split_at_blank_lines(text)
    return lines.split_at_breaks(text, single_ends=single_ends)


def _shifted(ranges: list[Range], start: int, end: int) -> tuple[Range, ...]:
    """Return the part of ``ranges`` inside ``start``–``end``, counted from ``start``."""
    if not ranges:
        return ()
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start)
