"""What the parsers make of files: blocks, and what a file says about itself."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model.documents import DateSource, Kind, Picture, Range, Role
from indexer.model.records import record


@record
class Block:
    r"""One paragraph as a format parser saw it, before anyone asked what it means.

    Attributes:
        text: the visible text; a line break inside the paragraph is ``"\n"``.
        level: the level the format itself gave (``h1``–``h6``, ``#``), else None.
        bold: ranges of ``text`` that are shown bold, in order, not touching each other.
        centered: whether the paragraph is centred.
        kind: from the format ``TABLE`` (a row, cells parted by a tab), ``CAPTION`` or ``BODY``; after the analysis of
            structure what the block is to a reader.
        item: whether it is in an item of a list, which is no heading by its looks.
        code: whether it is a listing, shown as typed; whatever stands in one says nothing about the document.
        linked: whether its words lead elsewhere, all of them.
        anchor: what a link names to lead to this block, where the format says so (``{#id}``, ``id``).
        page: the page the block begins on, counted from 1, where the format has pages.
        page_end: the page it ends on.
        heading: name of the section this block opens: the text of a heading, the number of an article; else None.
        depth: depth of that section, 1 for a chapter; 0 where none is opened.
        label: ``heading`` without its numbering; may be empty.
        topics: run-in headings of the block.
        role: what it is where it stands beside the run of the text.
        pictures: what it shows beside its text, in order.
        apart: whether it is a line of plain text that is indented unlike the paragraphs around it, as titles are.
    """

    text: str
    level: int | None = None
    bold: tuple[Range, ...] = ()
    centered: bool = False
    kind: Kind = Kind.BODY
    item: bool = False
    code: bool = False
    linked: bool = False
    page: int | None = None
    page_end: int | None = None
    anchor: str | None = None
    heading: str | None = None
    depth: int = 0
    label: str = ""
    topics: tuple[str, ...] = ()
    role: Role = Role.BODY
    pictures: tuple[Picture, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself, front matter before ``<title>``; ``None`` or empty where it is silent.

    Attributes:
        title: the title of the front matter.
        head_title: the ``<title>`` of an HTML page; empty where it says no more than whose the page is.
        date: ISO 8601 calendar date as written, never shifted by a zone; ``YYYY-MM`` where no day is written.
        date_source: where ``date`` was read.
        issued: when the first version came out; as ``amended`` and ``effective`` a date like ``date``.
        amended: when the version at hand came out, if it is not the first.
        amendment: what made it: 修正 or 修订.
        effective: since when, or from when on, it is in force.
        work: the work that the file is a part of.
    """

    title: str | None = None
    head_title: str | None = None
    date: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    url: str | None = None
    date_source: DateSource | None = None
    issued: str | None = None
    amended: str | None = None
    amendment: str | None = None
    effective: str | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """How text is recognised from images of it (OCR), where that is asked for.

    Attributes:
        languages: names of Tesseract's, with ``+`` between them.
        page_seconds: what one page may take.
        seconds: what all pages of a file may take together; the rest of them stays unread, which is said.
    """

    languages: str = "chi_sim"
    page_seconds: float = 60.0
    seconds: float = 1800.0


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What a format parser makes of one file.

    Attributes:
        cuts: how many times a block was cut because it was longer than a passage may be.
        dropped: texts that were left out as parts of the page, not of the document.
        recognized: pages, from 1, whose text was recognised from images, by us or whoever made the file.
        notes: what was not read, and why, as sentences for the user.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    cuts: int = 0
    dropped: tuple[str, ...] = ()
    recognized: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
