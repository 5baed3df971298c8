"""Documents and passages, as they are indexed and shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from indexer.model.records import record

Range: TypeAlias = tuple[int, int]


class Kind(StrEnum):
    """What a passage is to a reader."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    SOURCE = "source"
    TABLE = "table"


class Role(StrEnum):
    """What a block is beside the run of the text: it is found and shown, and names no section of it."""

    BODY = "body"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"
    SLIDE_NOTE = "slide_note"


class DateSource(StrEnum):
    """Where the date of a document was read."""

    TABLE = "metadata"
    FRONT_MATTER = "front_matter"
    PAGE = "page"
    FILE_NAME = "file_name"
    LABEL = "label"
    PROMULGATION = "promulgation"
    LINE = "line"


DATE_SOURCE_NAMES = {
    DateSource.TABLE: "metadata.csv",
    DateSource.FRONT_MATTER: "文件头",
    DateSource.PAGE: "网页、电子书或邮件自己写的日期",
    DateSource.FILE_NAME: "文件名",
    DateSource.LABEL: "“发布日期”“签订日期”一类的标注",
    DateSource.PROMULGATION: "通过、公布、修正的说明",
    DateSource.LINE: "单独成行的日期（落款）",
}

KIND_NAMES = {
    Kind.TITLE: "标题",
    Kind.HEADING: "章节标题",
    Kind.BODY: "正文",
    Kind.CAPTION: "图表题",
    Kind.SOURCE: "来源",
    Kind.TABLE: "表格行",
}

ROLE_NAMES = {
    Role.BODY: "",
    Role.FOOTNOTE: "脚注",
    Role.TEXT_BOX: "文本框",
    Role.SLIDE_NOTE: "备注",
}


@record
class Picture:
    """A picture that a paragraph shows.

    Attributes:
        at: code points of the paragraph's text that come before it.
        source: where its file is: a path from the folder of the document's file, ``/`` between names; of a file that
            holds its pictures itself (EPUB, Word), from the top of what is in it.
        alt: what it shows in words, where its author says so.
        alone: whether it stands by itself before the paragraph, or after it if that is the last.
    """

    at: int
    source: str
    alt: str = ""
    alone: bool = False


# ── what is indexed ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Document:
    """One input file.

    Attributes:
        id: stable key, hexadecimal.
        path: name of the root folder and the path below it, ``/`` between, in NFC.
        title: front matter, else ``<title>``, a sole h1, a centred first line, the file's name.
        date: ISO 8601 calendar date of the version at hand, as written; ``YYYY-MM`` where no day is written.
        content_hash: hexadecimal digest of the file's bytes.
        date_source: where ``date`` was read.
        issued, amended, effective: dates of the first version, of the version at hand if it is a later one, and from
            when on it is in force, where the text tells them apart.
        amendment: what ``amended`` is the date of: 修正 or 修订.
        work: the work that the document is a part of, such as a law in several files.
        fields: names and values of the columns that the user's own ``metadata.csv`` has for it.
        declared_hash: hexadecimal digest of what its folder says about it, empty where that is nothing.
        recognized_pages: pages whose text was recognised from images and may be wrong, as ``1-3,8``; None for none.
        recognition: the languages that it was read with where recognition was asked for.
    """

    id: str
    path: str
    title: str
    url: str | None = None
    date: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    content_hash: str = ""
    date_source: DateSource | None = None
    issued: str | None = None
    amended: str | None = None
    amendment: str | None = None
    effective: str | None = None
    work: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    declared_hash: str = ""
    recognized_pages: str | None = None
    recognition: str | None = None

    def is_recognized(self, passage: Passage) -> bool:
        """Whether the text of a passage of this document was recognised from an image."""
        pages = {passage.page, passage.page_end} - {None}
        ranges = [part.partition("-") for part in (self.recognized_pages or "").split(",") if part]
        return any(int(first) <= page <= int(last or first) for first, _, last in ranges for page in pages if page)

    @property
    def titles(self) -> tuple[str, ...]:
        """The title, after that of the work where it does not hold it."""
        return _titles(self.title, self.work)

    @property
    def full_title(self) -> str:
        """``titles`` in one."""
        return full_title(self.title, self.work)

    @property
    def field_values(self) -> tuple[str, ...]:
        """``名=值`` for each of ``fields``, as the filter ``field`` takes it."""
        return tuple(f"{name}={value}" for name, value in self.fields)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that it lies in, from the top down, each with those above it: ``a``, ``a/b``."""
        parts = self.path.split("/")[:-1]
        return tuple("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))

    @property
    def type(self) -> str:
        """The ending of its file's name, in lower case and without the dot; empty where it has none."""
        stem, dot, ending = self.path.rpartition("/")[2].rpartition(".")
        return ending.lower() if stem and dot else ""

    @property
    def year(self) -> str | None:
        """The four digits of the year of ``date``, or None."""
        return self.date[:4] if self.date else None


def full_title(title: str, work: str | None) -> str:
    """Return ``Document.full_title`` of a document of that title and work."""
    return " ".join(_titles(title, work))


def _titles(title: str, work: str | None) -> tuple[str, ...]:
    return (work, title) if work and work not in title else (title,)


def page_ranges(pages: Iterable[int]) -> str | None:
    """Return pages in order as ``1-3,8``; None for none."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in ranges) or None


def columns_of(documents: Iterable[Document]) -> tuple[str, ...]:
    """The names of the user's own columns that documents have, in order."""
    return tuple(sorted({name for document in documents for name, _ in document.fields}))


@record
class Passage:
    """One paragraph: the unit that is indexed, ranked and shown.

    Attributes:
        document_id: the id of its document.
        ordinal: its number in the document, from 0.
        section: headings from the top down; a heading's own passage includes itself.
        topics: run-in headings, else the deepest heading without its numbering.
        page: page number from 1, where the format has pages.
        page_end: the page it ends on, where that is another.
        anchor: what follows ``#`` in a link to this heading on the site of the document, where its file says so.
        role: what it is where it stands beside the run of the text.
        emphasis: ranges of ``text`` that its file shows bold, in order, not touching; of headings and titles none.
        pictures: what its file shows beside its text, in order.
        fields: the user's own values, kept and returned as they are.
    """

    document_id: str
    ordinal: int
    text: str
    section: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kind: Kind = Kind.BODY
    page: int | None = None
    page_end: int | None = None
    anchor: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    role: Role = Role.BODY
    emphasis: tuple[Range, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def id(self) -> str:
        """``document-ordinal``."""
        return f"{self.document_id}-{self.ordinal}"

    @property
    def pages(self) -> str:
        """``5``, ``5-6`` where it goes on to another page, nothing where there are no pages."""
        return "-".join(str(number) for number in (self.page, self.page_end) if number)


@record
class Reference:
    """Words of a passage that refer to another passage; ``start`` and ``end`` are their range in its text."""

    start: int
    end: int
    target: Passage


@record
class Original:
    """The file that a document was read from: its name and its bytes."""

    name: str
    content: bytes


@record
class OutlineNode:
    """A heading with what stands under it.

    Attributes:
        level: depth from the top, 1 for a chapter.
        passages: how many passages stand under it, its own and those of its children included.
        first: ordinal of its first passage.
    """

    heading: str
    level: int
    passages: int
    first: int
    children: tuple[OutlineNode, ...] = ()
