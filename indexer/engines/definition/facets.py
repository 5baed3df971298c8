"""Facets counted one passage after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from indexer.engines.definition.rows import Row
from indexer.engines.requests import CountedFacet, FacetCount, FacetKey, Request
from indexer.model import Document, Tier

# Value → what breaks ties, hits of ``exact`` and ``all``, hits of the other tiers.
_Counts: TypeAlias = "dict[FacetKey, tuple[object, int, int]]"


def count_facet(name: str, rows: Iterable[Row], tiers: Mapping[Row, Tier], request: Request) -> CountedFacet:
    """A facet over ``rows``."""
    counts: _Counts = {}
    for row in rows:
        for key, tie in _values(row, name, request.facet_depth):
            _, count, some = counts.get(key, (tie, 0, 0))
            is_some = not tiers[row].is_whole
            counts[key] = tie, count + (not is_some), some + is_some
    if name == "section":
        return _sections(counts, request.facet_limit)
    values = _largest(counts)
    return CountedFacet(tuple(values[: request.facet_limit]), len(values) > request.facet_limit)


def count_chapters(rows: Iterable[Row], tiers: Mapping[Row, Tier], limit: int) -> CountedFacet:
    """Hits in each chapter, in reading order."""
    counts: _Counts = {}
    for row in rows:
        key = row.owner.document.id, *row.tokens.passage.section[:1]
        _, count, some = counts.get(key, (None, 0, 0))
        is_some = not tiers[row].is_whole
        counts[key] = _rank_of_chapter(row), count + (not is_some), some + is_some
    ordered = sorted(counts.items(), key=lambda item: (-item[1][1], -item[1][2], item[1][0]))[:limit]
    in_order = sorted(ordered, key=lambda item: item[1][0])  # type: ignore[arg-type, return-value]
    return CountedFacet(tuple(FacetCount(key, count, some) for key, (_, count, some) in in_order), len(counts) > limit)


def _rank_of_chapter(row: Row) -> tuple[str, str, int]:
    document, chapter = row.owner.document, row.tokens.passage.section[:1]
    begun = dict.fromkeys(((), *(tokens.passage.section[:1] for tokens in row.owner.passages)))
    return document.path, document.id, list(begun).index(chapter)


def _values(row: Row, name: str, depth: int) -> list[tuple[FacetKey, object]]:
    """The values that a passage counts for, each with what breaks ties."""
    passage = row.tokens.passage
    match name:
        case "section":
            paths = (passage.section[: at + 1] for at in range(min(depth, len(passage.section))))
            return [(path, path) for path in paths]
        case "topic":
            return [(topic, topic) for topic in dict.fromkeys(passage.topics)]
        case "kind":
            return [(passage.kind.value, passage.kind.value)]
    return document_values(row.owner.document, name)


def document_values(document: Document, name: str) -> list[tuple[FacetKey, object]]:
    """The values that all passages of a document count for in a facet of documents, each with what breaks ties."""
    match name:
        case "document":
            return [(document.id, (document.path, document.id))]
        case "tag":
            return [(tag, tag) for tag in dict.fromkeys(document.tags)]
        case "work":
            return [(document.work, document.work)] if document.work else []
        case "field":
            return [(value, value) for value in dict.fromkeys(document.field_values)]
        case "path":
            return [(folder, folder) for folder in document.folders]
        case "type":
            return [(document.type, document.type)] if document.type else []
    year = document.year or "none"
    return [(year, year)]


def _sections(counts: _Counts, limit: int) -> CountedFacet:
    below: dict[tuple[str, ...], _Counts] = defaultdict(dict)
    for path, counted in counts.items():
        below[tuple(path)[:-1]][path] = counted

    def level(above: tuple[str, ...]) -> CountedFacet:
        values = _largest(below[above])
        inner = [(value, level(tuple(value.key))) for value in values[:limit]]
        return CountedFacet(
            tuple(FacetCount(v.key, v.count, v.some, under.values, under.truncated) for v, under in inner),
            len(values) > limit,
        )

    return level(())


def _largest(counts: _Counts) -> list[FacetCount]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1][1], -item[1][2], item[1][0]))
    return [FacetCount(key, count, some) for key, (_, count, some) in ordered]
