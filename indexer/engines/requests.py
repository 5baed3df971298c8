"""What engines are asked, and what they answer: plain values without behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Protocol, TypeAlias, TypeVar

from indexer.model import Document, Filters, Passage, Place, QueryNode, QueryWarning, Terms, Tier, Weights
from indexer.model.choices import BOUNDS, DEFAULTS
from indexer.model.records import record

T = TypeVar("T")

FacetKey: TypeAlias = "str | tuple[str, ...]"


@record
class Request:
    """What an engine is asked.

    Attributes:
        tiers: trees, best tier first; a passage is in the first whose tree is true for it. A tier may have several
            trees in a row, its grades: hits of a better one come first, whatever their scores.
        terms: what ranks.
        precedence: trees; by relevance, of the passages of one grade those lead for which the first of them is true, of
            equals those for which the second is, and so on; the score comes after.
        weights: what each part of the score counts (``scoring``).
        vector: what the query means, in the components of ``SectionVector``; empty where that is not known. Then, of
            the passages that no better tier has, those are in ``near`` that stand for one of the nearest sections, as
            far as its tree is true for them (``definition.nearest``); without a vector its tree alone decides.
        lists_near: whether the hits of ``near`` are in the list, and in all that is counted but ``Answer.counts``.
        rank_headings: whether titles and headings rank like other passages.
        scope: ``passage``, or ``section``: a leaf is true for a passage as soon as it is true for any passage of the
            same document and section path, and only the best-scored passage of each matching section is a hit.
        sort: ``relevance`` (tier, grade, ``precedence``, score), else by ``order`` (document path, ordinal), ``date``
            or ``-date`` (then order; undated last), with the tiers ``exact`` and ``all`` merged before ``some``, and
            that before ``near``. Ties break by document id, then ordinal.
        facets: which of ``choices.FACETS`` to count.
        facet_depth: levels of sections to count, at least 1.
        facet_limit: values of each facet, and of each section's children, at most.
        collapse: ``text``: hits with the same folded text are one entry of the list, the first of them in its order; it
            names the others as its copies. ``section``: so are the hits of one deepest section; what stands under no
            heading is in none.
        group: ``document``: all hits of a document are one entry, which shows ``group_limit`` of them, the first ones;
            entries are in the order of their first hits. With ``collapse`` texts are collapsed first, and a document
            has the hits that are left of it.
        offset, limit: entries to skip, and to return at most: hits, or with ``group`` documents.
        chapters: chapters to count hits in, at most; 0 for none.
    """

    tiers: tuple[tuple[Tier, QueryNode], ...]
    terms: Terms = field(default_factory=Terms)
    precedence: tuple[QueryNode, ...] = ()
    weights: Weights = field(default_factory=Weights)
    vector: bytes = b""
    lists_near: bool = True
    rank_headings: bool = False
    filters: Filters = field(default_factory=Filters)
    scope: str = DEFAULTS["scope"]
    sort: str = DEFAULTS["sort"]
    offset: int = BOUNDS["offset"].default
    limit: int = BOUNDS["limit"].default
    facets: tuple[str, ...] = ()
    facet_depth: int = BOUNDS["facet_depth"].default
    facet_limit: int = BOUNDS["facet_limit"].default
    chapters: int = BOUNDS["chapters"].default
    collapse: str = DEFAULTS["collapse"]
    group: str = DEFAULTS["group"]
    group_limit: int = BOUNDS["group_limit"].default

    @property
    def by_meaning(self) -> int | None:
        """The number of the grade whose passages are hits by their meaning alone: the last, of ``near``, of a request
        with a vector. A tree of ``near`` before it is one of words, like those of other tiers.
        """
        last = len(self.tiers) - 1
        return last if self.vector and self.tiers and self.tiers[last][0] is Tier.NEAR else None


@record
class FacetCount:
    """One value of a facet and its hits.

    Attributes:
        key: a heading path as a tuple, a document's id, a topic, a tag, a kind, a year (``none`` for undated).
        count: hits of ``exact`` and ``all``.
        some: hits of the other tiers that are listed.
        children: of a section those right under it, as values of their own.
        truncated: whether some of those are not listed.
    """

    key: FacetKey
    count: int
    some: int
    children: tuple[FacetCount, ...] = ()
    truncated: bool = False


class MakeValues(Protocol):
    """Makes the values of a facet."""

    def __call__(self, make: Callable[..., T], /) -> list[T]:
        """Make them by ``make``."""


class CountedFacet:
    """The values of a facet, largest first: by ``count``, then ``some``, then key (documents by path, then id).

    Args:
        values: these; or what makes them, of what a ``FacetCount`` is made of those below first, when somebody looks at
            them, since most callers look at few facets.
        truncated: whether there are more of them.
    """

    __slots__ = ("_values", "truncated")

    def __init__(self, values: tuple[FacetCount, ...] | MakeValues, truncated: bool = False) -> None:
        self._values = values
        self.truncated = truncated

    @property
    def values(self) -> tuple[FacetCount, ...]:
        """The values."""
        if callable(self._values):
            self._values = tuple(self._values(FacetCount))
        return self._values

    def made_by(self, make: Callable[..., T]) -> list[T]:
        """The values as ``make`` makes them of what a ``FacetCount`` is made of, those below first."""
        if callable(self._values):
            return self._values(make)
        return [_remade(each, make) for each in self._values]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CountedFacet):
            return NotImplemented
        return (self.values, self.truncated) == (other.values, other.truncated)

    def __repr__(self) -> str:
        return f"CountedFacet({self.values!r}, {self.truncated!r})"


def _remade(counted: FacetCount, make: Callable[..., T]) -> T:
    below = tuple(_remade(each, make) for each in counted.children)
    return make(counted.key, counted.count, counted.some, below, counted.truncated)


@record
class GroupedDocument:
    """A document as an entry of the list: how many passages of it are hits, of ``exact`` and ``all``, and of the other
    tiers, whether collapsed or not; and how many of ``Answer.hits`` it shows.
    """

    document: Document
    count: int
    some: int
    hits: int


@record
class Scored:
    """One passage of an answer.

    Attributes:
        parts: the unweighted parts of its score by the names of ``scoring.PARTS``.
        copies: with ``collapse`` the hits that it stands for beside itself, in order, at most ``MAX_COPIES``.
        copy_count: how many there are of these.
    """

    document: Document
    passage: Passage
    score: float
    tier: Tier
    parts: Mapping[str, float] = field(default_factory=dict)
    copies: tuple[Place, ...] = ()
    copy_count: int = 0


@record
class Counts:
    """How much a request finds, without its list: ``Answer.counts`` and ``Answer.at_least``."""

    tiers: Mapping[Tier, int]
    at_least: bool = False


@record
class Answer:
    """What an engine answers.

    Attributes:
        counts: passages in each tier, exact unless ``at_least``, over all pages, collapsed or not; every tier has its
            key.
        hits: those of the page, in order; with ``group`` those of one document after those of the other.
        entries: entries of the whole list, over all pages.
        groups: with ``group`` the documents of the page.
        facets: each facet asked for, counted with every filter but its own; a section with all below it; values
            without hits are left out.
        chapters: the chapters of each document with the hits in each, under all filters; those with most, ties going
            to the earlier, in reading order: documents by path, then id; in each what stands above all headings, then
            its chapters as they begin. The key is the document's id and the heading, of what stands above all headings
            the id alone.
        at_least: whether ``counts`` and what else is counted are lower bounds, as the budget was spent (``budget``).
    """

    counts: Mapping[Tier, int]
    hits: tuple[Scored, ...]
    facets: Mapping[str, CountedFacet]
    entries: int = 0
    groups: tuple[GroupedDocument, ...] = ()
    chapters: CountedFacet = field(default_factory=lambda: CountedFacet(()))
    warnings: tuple[QueryWarning, ...] = ()
    at_least: bool = False
