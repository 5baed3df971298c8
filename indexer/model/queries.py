"""Queries as trees: what was typed (``SyntaxNode``), and what is asked (``QueryNode``); filters; warnings."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Generic, Never, TypeAlias, TypeVar

from indexer.model.documents import Kind
from indexer.model.records import record
from indexer.model.weights import SYNONYM_WEIGHT

# ── what was typed: leaves made by ``query``, pure syntax ────────────────────────────────────────────────────────────


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
    WORK = "work"
    FIELD = "field"


@record
class Run:
    """Characters that stand together in a query; ``start``/``end`` are its range in the query, quotes included."""

    text: str
    quoted: bool = False
    start: int = 0
    end: int = 0


@record
class Wildcard:
    """A run with wildcards: literal pieces and ``Wild`` members in order (test for ``Wild`` first, it is a ``str``).

    Attributes:
        text: the run as typed: where it stands literally, it is found too.
    """

    pieces: tuple[str | Wild, ...]
    text: str
    start: int = 0
    end: int = 0


@record
class Near:
    """Two runs with at most ``distance`` characters between their nearest ends, in either order."""

    left: Run
    right: Run
    distance: int
    start: int = 0
    end: int = 0


@record
class Field:
    """A run or wildcard that must stand in a field, not in the passage.

    Attributes:
        column: with ``FieldName.FIELD`` the name of the user's own column.
    """

    name: FieldName
    value: Run | Wildcard
    start: int = 0
    end: int = 0
    column: str = ""


@record
class Years:
    """Years from ``first`` to ``last``, both included, open where None; ``undated`` asks for no date at all.

    A leaf of both kinds of tree; ``start`` and ``end`` are its range in the query, 0 in what is asked.
    """

    first: int | None = None
    last: int | None = None
    undated: bool = False
    start: int = 0
    end: int = 0


# ── what is asked: leaves made by ``tier_trees``, read by engines, ``highlighter`` and ``explain`` ────────────────────


class Zone(StrEnum):
    """Where characters may stand."""

    TEXT = "text"
    SECTION = "section"
    TITLE = "title"
    TOPIC = "topic"
    DOCUMENT = "document"
    TAG = "tag"
    WORK = "work"
    FIELD = "field"

    # Leaves are looked up by thousands; that of enumerations is a function in Python.
    __hash__ = str.__hash__


@record
class Literal:
    """Folded characters next to each other, any of ``alternatives`` or ``whole``, in any of ``zones``.

    Attributes:
        whole: further alternatives, which count only where neither of their ends goes on: a digit or numeral there
            touches no other of the text (``五年`` does not stand whole in ``十五年``), a Latin letter no other letter.
        original: if not empty, the very characters that it must be written with, before folding (white space aside).
        column: which of the user's own columns ``Zone.FIELD`` is.
    """

    alternatives: tuple[str, ...]
    zones: tuple[Zone, ...] = (Zone.TEXT,)
    original: str = ""
    column: str = ""
    whole: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All alternatives, whole or not."""
        return self.alternatives + self.whole


@record
class Glob:
    """Folded characters with gaps: ``Wild.ONE`` is one word character, ``Wild.MANY`` none to ``GLOB_GAP`` of them.

    ``starts_word`` and ``ends_word`` bind an end of the match to the boundary of a segmented word (``税*``, ``*税``).

    Attributes:
        originals: if not empty, the very characters, before folding, that each literal piece must be written with.
        column: which of the user's own columns ``Zone.FIELD`` is.
    """

    pieces: tuple[str | Wild, ...]
    starts_word: bool = False
    ends_word: bool = False
    zones: tuple[Zone, ...] = (Zone.TEXT,)
    originals: tuple[str, ...] = ()
    column: str = ""

    @property
    def is_bound(self) -> bool:
        """Whether an end of the match is bound to the boundary of a word."""
        return self.starts_word or self.ends_word

    def __str__(self) -> str:
        """As it is typed."""
        return f"{Wild.MANY * self.ends_word}{''.join(self.pieces)}{Wild.MANY * self.starts_word}"


@record
class Within:
    """Two literals of the text with at most ``distance`` folded characters between their nearest ends."""

    left: Literal
    right: Literal
    distance: int


@record
class OfDocuments:
    """A passage of one of some documents.

    Attributes:
        ids: of the documents.
        opening: whether it must be the one that opens its document: the first of its titles, else its first passage.
    """

    ids: tuple[str, ...]
    opening: bool = False


@record
class OnePassage:
    """That very passage of a document."""

    document_id: str
    ordinal: int


@record
class Terms:
    """The terms of a query that rank, each once, in query order.

    Attributes:
        words, characters, pairs: folded words, their characters, and pairs of them.
        names: the runs in all their spellings: what a heading may be called.
        amounts: what tells of a number of the sort that is asked for.
        lighter: those words, characters and pairs that only synonyms bring: each counts ``SYNONYM_WEIGHT`` of its idf.
    """

    words: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    lighter: frozenset[str] = frozenset()

    def factor(self, term: str) -> float:
        """Return what a term counts of its idf."""
        return SYNONYM_WEIGHT if term in self.lighter else 1.0


# ── trees: the same operators over either kind of leaf, never over both ──────────────────────────────────────────────

SyntaxLeaf: TypeAlias = Run | Wildcard | Near | Field | Years
# What stands in characters, and so has ranges in them.
TextLeaf: TypeAlias = Literal | Glob | Within
QueryLeaf: TypeAlias = TextLeaf | Years | OfDocuments | OnePassage

# The bound tells mypy that an operator is no leaf.
Leaf = TypeVar("Leaf", bound=SyntaxLeaf | QueryLeaf, covariant=True)


@record
class And(Generic[Leaf]):
    """All of them; of none at all, everything."""

    children: tuple[Tree[Leaf], ...]


@record
class Or(Generic[Leaf]):
    """At least one of them; of none at all, nothing."""

    children: tuple[Tree[Leaf], ...]


@record
class Not(Generic[Leaf]):
    """Without it."""

    child: Tree[Leaf]


Tree: TypeAlias = And[Leaf] | Or[Leaf] | Not[Leaf] | Leaf
SyntaxNode: TypeAlias = Tree[SyntaxLeaf]
QueryNode: TypeAlias = Tree[QueryLeaf]

NOTHING: Or[Never] = Or(())
EVERYTHING: And[Never] = And(())


def leaves(tree: Tree[Leaf]) -> Iterator[Leaf]:
    """The leaves that are asked for, in order: all but those under a negation."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Not():
            return
        case leaf:
            yield leaf


def required_leaves(tree: Tree[Leaf]) -> Iterator[Leaf]:
    """The leaves that each must be true by itself, in order: those that are asked for but stand under no ``Or``."""
    match tree:
        case And(children):
            for child in children:
                yield from required_leaves(child)
        case Or() | Not():
            return
        case leaf:
            yield leaf


def text_runs(tree: SyntaxNode) -> Iterator[Run | Wildcard]:
    """The runs that are asked for in the text, in order, both sides of a ``Near`` too; those in fields are not."""
    for leaf in leaves(tree):
        match leaf:
            case Run() | Wildcard():
                yield leaf
            case Near(left, right):
                yield from (left, right)
            case Field() | Years():
                pass


@record
class QueryWarning:
    """Something the lenient parser or an engine did otherwise than typed.

    Attributes:
        code: stable name for programs.
        start, end: range in the query, or ``(0, 0)`` where it belongs to no part of it.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0


@record
class Filters:
    """Values of one filter are OR, different filters AND; an empty tuple filters nothing.

    Attributes:
        section: paths as tuples of headings; each matches itself and all below.
        document: document ids or paths.
        year: four digits, ``2020..2021`` (either end may be left out), or ``none``.
        work: works that documents are parts of.
        field: ``名=值``: documents with that value in a column of the user's own.
        path: folders, as documents' paths begin; each matches all below.
        type: endings of files, as ``Document.type`` says them.
    """

    section: tuple[tuple[str, ...], ...] = ()
    topic: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    year: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
