"""The JSON objects of API v1 as types: ``objects`` makes them, and the OpenAPI document is made from them.

Their names are public, as ``indexer.shapes.Hit``, and name the schemas of the API: ``shapes.Hit`` is what is written of
a ``model.Hit``. So this module is imported whole, never its names, and nothing else takes a name of ``model`` again.

Ranges are ``[start, end)`` in code points. A key here is a promise: within v1 keys are added, never removed or changed.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict

Range: TypeAlias = list[int]
TierName: TypeAlias = Literal["exact", "all", "some", "near"]
KindName: TypeAlias = Literal["title", "heading", "body", "caption", "source", "table"]
RoleName: TypeAlias = Literal["body", "footnote", "text_box", "slide_note"]
DifferenceName: TypeAlias = Literal["replaced", "missing", "added", "variant"]


# ── what is found ────────────────────────────────────────────────────────────────────────────────────────────────────


class Document(TypedDict):
    """A document as hits name it; ``fields`` are the columns of the user's own.

    ``recognized_pages`` are those whose text was recognised from images, as ``1-3,8``.
    """

    id: str
    title: str
    path: str
    url: str | None
    date: str | None
    work: str | None
    fields: dict[str, str]
    recognized_pages: str | None


class Snippet(TypedDict):
    """What is shown at a glance: ``parts`` are texts and whether each is highlighted."""

    start: int
    end: int
    parts: list[tuple[str, bool]]


class Place(TypedDict):
    """Another passage with the same text."""

    id: str
    permalink: str
    document: Document
    section: list[str]


class Other(TypedDict):
    """Another passage of a hit's section."""

    id: str
    permalink: str
    text: str
    emphasis: list[Range]
    highlights: list[Range]
    snippet: Snippet


class Hit(TypedDict):
    """A passage that answers a query; ``emphasis`` are the ranges of ``text`` that its document shows bold."""

    id: str
    permalink: str
    document: Document
    section: list[str]
    topics: list[str]
    kind: KindName
    page: int | None
    page_end: int | None
    role: RoleName
    recognized: bool
    text: str
    emphasis: list[Range]
    highlights: list[Range]
    snippet: Snippet
    path_highlights: list[list[int]]
    title_highlights: list[Range]
    work_highlights: list[Range]
    score: float
    tier: TierName
    parts: dict[str, float]
    others: list[Other]
    copies: list[Place]
    copy_count: int


class Group(TypedDict):
    """A document with the ids of its hits on this page."""

    document: Document
    count: int
    some: int
    hits: list[str]


class Chapter(TypedDict):
    """The hits in one chapter; ``document`` is an id."""

    document: str
    chapter: str | None
    count: int
    some: int


class Facet(TypedDict):
    """One value of a facet; the last three keys are a section's."""

    value: str
    label: str
    count: int
    some: int
    path: NotRequired[list[str]]
    children: NotRequired[list[Facet]]
    truncated: NotRequired[bool]


class Warning(TypedDict):  # noqa: A001
    """Something in a query that was understood in another way than it may have been meant."""

    code: str
    message: str
    start: int
    end: int


class Tiers(TypedDict):
    """Passages of each tier; those of ``near`` are in the list only with ``match=near``."""

    exact: int
    all: int
    some: int
    near: int


class Results(TypedDict):
    """The answer to a search."""

    query: str
    total: int
    at_least: bool
    tiers: Tiers
    generation: str
    took_ms: float
    warnings: list[Warning]
    suggestions: list[str]
    hits: list[Hit]
    facets: dict[str, list[Facet]]
    truncated: list[str]
    entries: int
    next_offset: int | None
    groups: list[Group]
    chapters: list[Chapter]
    named: list[Document]
    like: str | None
    synonyms: dict[str, list[str]]


class Facets(TypedDict):
    """The facets of a search by themselves."""

    query: str
    total: int
    at_least: bool
    tiers: Tiers
    generation: str
    facets: dict[str, list[Facet]]
    truncated: list[str]


# ── documents and passages ───────────────────────────────────────────────────────────────────────────────────────────


class Picture(TypedDict):
    """A picture of a passage: how much of the text is before it, where its file is from the folder of the document's,
    what it shows in words.
    """

    at: int
    source: str
    alt: str


class Passage(TypedDict):
    """A passage by itself; ``emphasis`` are the ranges of its text that its document shows bold."""

    id: str
    permalink: str
    section: list[str]
    topics: list[str]
    kind: KindName
    page: int | None
    page_end: int | None
    role: RoleName
    text: str
    emphasis: list[Range]
    pictures: list[Picture]


class Context(TypedDict):
    """Passages of one document, in reading order."""

    document: Document
    passages: list[Passage]


class PassageInContext(Context):
    """A passage with its neighbours; ``passage`` is the id of the one that was requested."""

    passage: str


DateSource: TypeAlias = Literal["metadata", "front_matter", "page", "file_name", "label", "promulgation", "line"]


class Node(TypedDict):
    """A heading; ``first`` is the ordinal of its first passage."""

    heading: str
    level: int
    passages: int
    first: int
    children: list[Node]


class Outline(TypedDict):
    """A document with its headings and topics; ``date_source`` says where its date was read."""

    id: str
    path: str
    title: str
    date: str | None
    date_source: DateSource | None
    issued: str | None
    amended: str | None
    effective: str | None
    work: str | None
    fields: dict[str, str]
    author: str | None
    tags: list[str]
    passages: int
    outline: list[Node]
    topics: list[tuple[str, int]]


class Outlines(TypedDict):
    """Outlines of documents."""

    documents: list[Outline]


class WholeDocument(TypedDict):
    """A document and some of its passages, in order."""

    document: Outline
    generation: str
    total: int
    next_offset: int | None
    passages: list[Passage]


class Citations(TypedDict):
    """A passage's citation in every style."""

    gbt7714: str
    plain: str
    markdown: str
    law: str


class Cited(TypedDict):
    """A passage's address that lasts, and its citations."""

    url: str
    citations: Citations


# ── queries ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Suggestion(TypedDict):
    """How a query may go on; ``matched`` is the range in ``completed`` that was typed."""

    text: str
    kind: Literal["document", "topic", "heading", "word"]
    count: int
    value: str
    completed: str
    matched: Range


class Suggestions(TypedDict):
    """How a query that is being typed may go on."""

    query: str
    suggestions: list[Suggestion]


class Word(TypedDict):
    """A word and the passages it stands in: all, and those that pass the filters."""

    word: str
    count: int
    filtered: int


class FilterTotal(TypedDict):
    """A filter, and what is found without it."""

    name: str
    total: int


class Diagnosis(TypedDict):
    """Why a query finds what it finds."""

    query: str
    total: int
    words: list[Word]
    filters: list[FilterTotal]
    shorter: str
    shorter_total: int
    at_least: bool


# ── quotations ───────────────────────────────────────────────────────────────────────────────────────────────────────


class QuotedPassage(Passage):
    """A passage and what a quotation covers of it; ``text`` is only that, all ranges are in the whole passage."""

    ranges: list[Range]


class QuoteSide(TypedDict):
    """One side of a difference: the quotation's."""

    start: int
    end: int
    text: str


class SourceSide(QuoteSide):
    """The other: the passage's, by its id."""

    passage: str


class Difference(TypedDict):
    """How a quotation differs from its source at one point."""

    kind: DifferenceName
    quote: QuoteSide
    source: SourceSide


class Occurrence(TypedDict):
    """Where a quotation stands."""

    exact: bool
    document: Document
    passages: list[QuotedPassage]
    differences: list[Difference]


class Compared(TypedDict):
    """A piece of a quotation beside its source."""

    kind: Literal["same", "replaced", "missing", "added", "variant"]
    quoted: str
    text: str


class Nearest(TypedDict):
    """What comes nearest to a quotation that stands nowhere."""

    document: Document
    passages: list[QuotedPassage]
    similarity: float
    differences: list[Difference]
    compared: list[Compared]


class Verification(TypedDict):
    """Whether a quotation stands in the corpus."""

    quote: str
    found: bool
    exact: bool
    total: int
    truncated: bool
    places: list[Occurrence]
    nearest: Nearest | None


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Health(TypedDict):
    """That the index answers."""

    status: Literal["ok"]
    generation: str
    documents: int
    passages: int


class ErrorBody(TypedDict):
    """What is wrong and the way out; ``position`` only where the fault of a query has one."""

    code: str
    message: str
    hint: str
    position: NotRequired[int]


class Error(TypedDict):
    """The envelope of every error."""

    error: ErrorBody
