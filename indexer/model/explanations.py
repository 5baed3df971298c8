"""What is told of a query beside its answer: how it is understood, why it finds what it finds, how it may go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.model.documents import Range
from indexer.model.queries import QueryWarning
from indexer.model.weights import SYNONYM_WEIGHT

CompletionKind: TypeAlias = Literal["document", "topic", "heading", "word"]


@dataclass(frozen=True, slots=True)
class Completion:
    """A text of the corpus that what is typed may go on to.

    Attributes:
        text: the title, topic, heading or word.
        count: passages of the document, of the topic, or under the heading (wherever it stands); of a word, how often
            it occurs.
        value: what a filter takes: the document's id, the topic, or the path of the heading's largest section; of a
            word nothing.
        matched: the range of ``text`` that was typed, wholly or by its sounds.
    """

    text: str
    kind: CompletionKind
    count: int
    value: str = ""
    matched: Range = (0, 0)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query is understood, for a person to read.

    Attributes:
        runs: its runs, folded.
        words: what they segment into.
        uninformative: those of ``words`` that alone make no partial match.
        expansions: run → its other spellings, runs without any left out.
        regional: word → what it is called otherwise, as ``all`` and ``some`` take it.
        synonyms: word → what the user lets stand for it in ``some``, at ``synonym_weight`` of what it counts itself.
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
    regional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonym_weight: float = SYNONYM_WEIGHT


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word as it was understood, and in how many passages it stands: of all, and of those that pass the filters."""

    word: str
    count: int
    filtered: int


@dataclass(frozen=True, slots=True)
class FilterCount:
    """A filter in force, and what the query finds (``exact`` and ``all``) without it, the others staying."""

    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a query finds what it finds.

    Attributes:
        total: what it finds: ``exact`` and ``all``.
        words: its words in order.
        filters: the filters in force.
        shorter: the query without the fewest of its rarest words that finds something under the same filters; empty
            where there is none.
        shorter_total: what that finds.
        at_least: whether ``total``, those of the filters and ``shorter_total`` are lower bounds (``Results.at_least``).
    """

    query: str
    total: int
    words: tuple[WordCount, ...]
    filters: tuple[FilterCount, ...]
    shorter: str
    shorter_total: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class UnfoundWord:
    """A word that was asked for and stands nowhere.

    Attributes:
        word: folded.
        times: how many of the queries asked for it.
        example: one of these, as it was typed.
    """

    word: str
    times: int
    example: str
