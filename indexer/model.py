"""The words of the project as frozen dataclasses. Imports nothing of ours; everyone may import it.

All offsets and lengths are code points of the original text unless a docstring says otherwise; ranges are half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]


class Kind(StrEnum):
    """What a passage is to a reader."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    SOURCE = "source"
    TABLE = "table"


# ── what the parsers give ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Block:
    r"""One paragraph as a format parser saw it, before anyone asked what it means.

    Attributes:
        text: the visible text; a line break inside the paragraph is ``"\n"``.
        level: the level the format itself gave (``h1``–``h6``, ``#``), else None.
        bold: ranges of ``text`` that are shown bold, in order, not touching each other.
        centered: whether the paragraph is centred.
        kind: from the format ``TABLE`` (a row, cells parted by a tab), ``CAPTION`` or ``BODY``; after the analysis of
            structure what the block is to a reader.
        page: the page the block begins on, counted from 1, where the format has pages.
        heading: name of the section this block opens: the text of a heading, the number of an article; else None.
        depth: depth of that section, 1 for a chapter; 0 where none is opened.
        label: ``heading`` without its numbering; may be empty.
        topics: run-in headings of the block.
    """

    text: str
    level: int | None = None
    bold: tuple[Range, ...] = ()
    centered: bool = False
    kind: Kind = Kind.BODY
    page: int | None = None
    heading: str | None = None
    depth: int = 0
    label: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself, front matter before ``<title>``; ``None`` or empty where it is silent.

    Attributes:
        title: the title of the front matter.
        head_title: the ``<title>`` of an HTML page.
        date: ISO 8601 calendar date as written, never shifted by a zone.
    """

    title: str | None = None
    head_title: str | None = None
    date: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What a format parser makes of one file."""

    metadata: Metadata
    blocks: tuple[Block, ...]


# ── what is indexed ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Document:
    """One input file.

    Attributes:
        id: stable key, hexadecimal.
        path: name of the root folder and the path below it, ``/`` between, in NFC.
        title: front matter, else ``<title>``, a sole h1, a centred first line, the file's name.
        content_hash: hexadecimal digest of the file's bytes.
    """

    id: str
    path: str
    title: str
    url: str | None = None
    date: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    content_hash: str = ""

    @property
    def year(self) -> str | None:
        """The four digits of the year of ``date``, or None."""
        return self.date[:4] if self.date else None


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: the unit that is indexed, ranked and shown.

    Attributes:
        document_id: the id of its document.
        ordinal: its place in the document, from 0.
        section: headings from the top down; a heading's own passage includes itself.
        topics: run-in headings, else the deepest heading without its numbering.
        page: page number from 1, where the format has pages.
        fields: the user's own values, kept and returned as they are.
    """

    document_id: str
    ordinal: int
    text: str
    section: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kind: Kind = Kind.BODY
    page: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``document-ordinal``."""
        return f"{self.document_id}-{self.ordinal}"


@dataclass(frozen=True, slots=True)
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


# ── what engines receive (made by ``analysis``) ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class AnalyzedPassage:
    """A passage as tokens.

    Attributes:
        passage: what an engine gives back; it never looks into its text.
        chars: the folded characters; the one at index i is the character token at position i.
        lengths: lengths of all segmented pieces of ``chars`` in order, marks included; their sum is ``len(chars)``.
        words: the pieces that hold a word character, in order.
        section: folded headings from the top.
        topics: folded topics.
    """

    passage: Passage
    chars: str
    lengths: tuple[int, ...]
    words: tuple[str, ...]
    section: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document as tokens: ``title``, ``path`` and ``tags`` folded, and its passages in order."""

    document: Document
    title: str
    path: str
    tags: tuple[str, ...]
    passages: tuple[AnalyzedPassage, ...]


# ── a query as it was written (made by ``query``, pure syntax) ───────────────────────────────────────────────────────


class Wild(StrEnum):
    """A wildcard inside a word."""

    ONE = "?"
    MANY = "*"


class FieldName(StrEnum):
    """The fields a query may name; Chinese and English spellings lead to the same value."""

    SECTION = "section"
    TOPIC = "topic"
    TITLE = "title"
    DOCUMENT = "document"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together in a query; ``start``/``end`` are its range in the query, quotes included."""

    text: str
    quoted: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A run with wildcards: literal pieces and ``Wild`` members in order (test for ``Wild`` first, it is a ``str``)."""

    pieces: tuple[str | Wild, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """Two runs with at most ``distance`` characters between their nearest ends, in either order."""

    left: Run
    right: Run
    distance: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A run or wildcard that must stand in a field, not in the passage."""

    name: FieldName
    value: Run | Wildcard
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Years:
    """Years from ``first`` to ``last``, both included, open where None; ``undated`` asks for no date at all."""

    first: int | None = None
    last: int | None = None
    undated: bool = False
    start: int = 0
    end: int = 0


# ── the same query after analysis (made by ``search``, read by engines and ``highlight``) ────────────────────────────


class Zone(StrEnum):
    """Where characters may stand."""

    TEXT = "text"
    SECTION = "section"
    TITLE = "title"
    TOPIC = "topic"
    DOCUMENT = "document"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Literal:
    """Folded characters next to each other, any of ``alternatives``, in any of ``zones``."""

    alternatives: tuple[str, ...]
    zones: tuple[Zone, ...] = (Zone.TEXT,)


@dataclass(frozen=True, slots=True)
class Glob:
    """Folded characters with gaps: ``Wild.ONE`` is one word character, ``Wild.MANY`` none to ``GLOB_GAP`` of them.

    ``starts_word`` and ``ends_word`` bind an end of the match to the boundary of a segmented word (``税*``, ``*税``).
    """

    pieces: tuple[str | Wild, ...]
    starts_word: bool = False
    ends_word: bool = False
    zones: tuple[Zone, ...] = (Zone.TEXT,)


@dataclass(frozen=True, slots=True)
class Within:
    """Two literals of the text with at most ``distance`` folded characters between their nearest ends."""

    left: Literal
    right: Literal
    distance: int


# ── boolean operators, the same before and after analysis ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class And:
    """All of them; of none at all, everything."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them; of none at all, nothing."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Without it."""

    child: Node


SyntaxLeaf: TypeAlias = Run | Wildcard | Near | Field | Years
Leaf: TypeAlias = Literal | Glob | Within | Years
Node: TypeAlias = And | Or | Not | SyntaxLeaf | Leaf

NOTHING = Or(())
EVERYTHING = And(())


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something the lenient parser or an engine did otherwise than typed.

    Attributes:
        code: stable name for programs.
        start, end: range in the query, or ``(0, 0)`` where it belongs to no place.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Tier(StrEnum):
    """How a passage fits a query, best first."""

    EXACT = "exact"
    ALL = "all"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of one filter are OR, different filters AND; an empty tuple filters nothing.

    Attributes:
        section: paths as tuples of headings; each matches itself and all below.
        document: document ids or paths.
        year: four digits, ``2020..2021`` (either end may be left out), or ``none``.
    """

    section: tuple[tuple[str, ...], ...] = ()
    topic: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    year: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, counted without the facet's own filter.

    Attributes:
        value: what a filter takes: a section's path joined by ``/``, a document's path, a topic, a tag, a year.
        label: what a person reads: the heading, the document's title, else ``value``.
        path: the headings of a section, else empty.
        count: passages of the tiers ``exact`` and ``all``.
        some: passages of the tier ``some``.
    """

    value: str
    label: str
    count: int
    some: int
    path: tuple[str, ...] = ()
    children: tuple[FacetValue, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a passage that is shown at a glance; ``parts`` are its pieces and whether each is highlighted."""

    start: int
    end: int
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query.

    Attributes:
        highlights: ranges of ``passage.text``, in order, not overlapping.
        path_highlights: ``(index of the heading, start, end)`` in ``passage.section``.
        title_highlights: ranges of ``document.title``.
    """

    document: Document
    passage: Passage
    score: float
    tier: Tier
    highlights: tuple[Range, ...]
    path_highlights: tuple[tuple[int, int, int], ...]
    title_highlights: tuple[Range, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query.

    Attributes:
        total: ``exact`` + ``all``.
        tiers: passages in each tier, over all pages.
        truncated: facets of which not all values are listed.
        generation: changes with every commit of the index.
        took_ms: milliseconds.
    """

    query: str
    total: int
    tiers: Mapping[str, int]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    truncated: tuple[str, ...] = ()
    warnings: tuple[QueryWarning, ...] = ()
    suggestions: tuple[str, ...] = ()
    generation: str = ""
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query is understood, for a person to read.

    Attributes:
        runs: its runs, folded.
        words: what they segment into.
        uninformative: those of ``words`` that alone make no partial match.
        expansions: run → its other spellings, runs without any left out.
        tree: the three analysed trees, indented.
    """

    query: str
    folded: str
    runs: tuple[str, ...]
    words: tuple[str, ...]
    uninformative: tuple[str, ...]
    expansions: Mapping[str, tuple[str, ...]]
    tree: str
    warnings: tuple[QueryWarning, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is.

    Attributes:
        path: the file being read.
        files: files looked at so far, of ``total``.
        passages: passages read so far.
    """

    path: str
    files: int
    total: int
    passages: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What one update did, as paths of documents.

    Attributes:
        passages: live passages in the index afterwards.
        seconds: wall time.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    passages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class IndexStats:
    """Figures of an index as a whole.

    Attributes:
        kinds: passages of each kind.
        characters: folded characters of all passages.
        bytes: on disk, 0 where there is nothing on disk.
    """

    engine: str
    documents: int
    passages: int
    kinds: Mapping[str, int]
    characters: int
    bytes: int
    generation: str
    fingerprint: Mapping[str, str]
