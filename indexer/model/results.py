"""Answers: hits and facets, and figures of an index as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from indexer.model.documents import Document, Passage, Range
from indexer.model.queries import QueryWarning
from indexer.model.records import record


class Tier(StrEnum):
    """How a passage fits a query, best first."""

    EXACT = "exact"
    ALL = "all"
    SOME = "some"
    NEAR = "near"

    # Each query looks tiers up dozens of times; that of enumerations is a function in Python.
    __hash__ = str.__hash__

    @property
    def is_whole(self) -> bool:
        """Whether all that was asked for is there, so that ``total`` counts it."""
        return self in (Tier.EXACT, Tier.ALL)


TIER_NAMES = {Tier.EXACT: "原文包含", Tier.ALL: "包含全部词", Tier.SOME: "部分匹配", Tier.NEAR: "意思相近"}


@record
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


@record
class ChapterCount:
    """The hits in one chapter of one document.

    Attributes:
        chapter: its heading; None for what stands above all headings.
        count: passages of the tiers ``exact`` and ``all``.
        some: passages of the other tiers, as far as they are listed.
    """

    document: Document
    chapter: str | None
    count: int
    some: int


@record
class Snippet:
    """The part of a passage that is shown at a glance; ``parts`` are its pieces and whether each is highlighted."""

    start: int
    end: int
    parts: tuple[tuple[str, bool], ...]


@record
class OtherMatch:
    """Another passage of a hit's section."""

    passage: Passage
    highlights: tuple[Range, ...]
    snippet: Snippet


@record
class Place:
    """A passage and the document it stands in."""

    document: Document
    passage: Passage


@record
class Hit:
    """A passage that answers a query.

    Attributes:
        highlights: ranges of ``passage.text``, in order, not overlapping.
        path_highlights: ``(index of the heading, start, end)`` in ``passage.section``.
        title_highlights: ranges of ``document.title``.
        work_highlights: ranges of ``document.work``; empty without one, or where the title holds it.
        others: with ``scope="section"`` the other passages of the section that hold something of the query; with
            ``collapse="section"`` the other hits of the section, in their order, the first 20 of them.
        parts: what each part of the score adds to it, by the names of ``engines.scoring``.
        copies: with ``collapse="text"`` other hits with the same text, in order, the first 20 of them.
        copy_count: how many there are of these.
    """

    document: Document
    passage: Passage
    score: float
    tier: Tier
    highlights: tuple[Range, ...]
    path_highlights: tuple[tuple[int, int, int], ...]
    title_highlights: tuple[Range, ...]
    snippet: Snippet
    others: tuple[OtherMatch, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
    copies: tuple[Place, ...] = ()
    copy_count: int = 0
    work_highlights: tuple[Range, ...] = ()

    @property
    def marked_titles(self) -> tuple[tuple[str, tuple[Range, ...]], ...]:
        """``document.titles``, each with what is matched in it."""
        ranges = (self.work_highlights, self.title_highlights)
        titles = self.document.titles
        return tuple(zip(titles, ranges[-len(titles) :], strict=True))

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from indexer.model import notebook  # and html, which nobody else needs

        start = [("…", False)] if self.snippet.start else []
        end = [("…", False)] if self.snippet.end < len(self.passage.text) else []
        pieces = (*start, *self.snippet.parts, *end)
        return notebook.show_hit(self.document, self.passage, self.marked_titles, self.path_highlights, pieces)


@record
class DocumentGroup:
    """A document with its best hits.

    Attributes:
        count: passages of it in the tiers ``exact`` and ``all``, collapsed or not.
        some: passages of it in the other tiers, as far as they are listed.
        hits: the first of them in order, as many as the limit says.
    """

    document: Document
    count: int
    some: int
    hits: tuple[Hit, ...]


@record
class Results:
    """The answer to a query.

    Attributes:
        total: ``exact`` + ``all``.
        tiers: passages in each tier, over all pages, whether collapsed or not; those of ``near`` also where they are
            not listed.
        entries: length of the list that ``offset`` and ``limit`` walk: of hits of every tier that is listed; with
            ``collapse="text"`` of their distinct texts, with ``group="document"`` of their documents.
        next_offset: the ``offset`` of the page after this one; None after the last, and where no hits were asked for.
        groups: with ``group="document"`` the documents of the page; ``hits`` are then theirs, one document's after the
            other's.
        named: the documents that the query names, by title or for short: no hits, and in no count.
        truncated: facets of which not all values are listed, ``chapters`` among them.
        chapters: where the hits are, in reading order, if that was asked for: the chapters with most of them.
        generation: changes with every commit of the index.
        at_least: whether what is counted is a lower bound, as the query was too wide to be looked up everywhere
            (``engines.budget``); a warning says so.
        took_ms: milliseconds.
        synonyms: words of the query that the user's synonyms know → what was found for them too, in ``some``.
        lists_near: whether hits of ``near`` are in the list.
        has_runs: whether the query has text to be looked for, not fields and operators alone.
        like: the id of the passage whose likes were asked for; empty with a query.
    """

    query: str
    total: int
    tiers: Mapping[str, int]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    truncated: tuple[str, ...] = ()
    entries: int = 0
    next_offset: int | None = None
    groups: tuple[DocumentGroup, ...] = ()
    named: tuple[Document, ...] = ()
    chapters: tuple[ChapterCount, ...] = ()
    warnings: tuple[QueryWarning, ...] = ()
    suggestions: tuple[str, ...] = ()
    generation: str = ""
    took_ms: float = 0.0
    at_least: bool = False
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists_near: bool = False
    has_runs: bool = False
    like: str = ""

    @property
    def partial(self) -> int:
        """Passages that are listed and not in ``total``."""
        return self.tiers["some"] + (self.tiers["near"] if self.lists_near else 0)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from indexer.model import notebook

        hits = [hit._repr_html_() for hit in self.hits[: notebook.SHOWN]]
        asked, counts = self.query or self.like, (self.entries, self.total, self.partial)
        return notebook.show_results(asked, counts, hits, len(self.hits), self.suggestions, at_least=self.at_least)


@record
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
