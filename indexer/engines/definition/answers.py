"""The answer to a request, from rows and their scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.engines import budget, filters, scoring
from indexer.engines.definition.facets import count_chapters, count_facet
from indexer.engines.definition.nearest import (
    NearSection,
    best_cosine,
    confined,
    is_near,
    meaning_of,
    nearest_sections,
    rows_in,
)
from indexer.engines.definition.page import copies_of, entries, group_of
from indexer.engines.definition.rows import Row, Section, by_section
from indexer.engines.definition.scores import RowScores
from indexer.engines.definition.trees import Beyond, beyond_budget, grades_of, ranks_of
from indexer.engines.requests import Answer, CountedFacet, Counts, Request, Scored
from indexer.model import Tier


def answer(rows: Sequence[Row], request: Request, scores: RowScores) -> Answer:
    """What a request finds among rows, which are whole sections with ``scope="section"``."""
    beyond = beyond_budget(rows, request.tiers)
    nearest = _nearest(rows, request)
    grades = confined(_grades(rows, request, beyond), request, nearest)
    tiers = _tiers_of(grades, request)

    def found(without: str = "") -> list[Row]:
        kept = [row for row in tiers if _passes(row, request, without)]
        return _best_of_sections(kept, scores) if request.scope == "section" else kept

    def listed_of(found: Iterable[Row]) -> list[Row]:
        return [row for row in found if request.lists_near or tiers[row] is not Tier.NEAR]

    # before the second stage, which must not change what a section's best passage is
    facets = {name: count_facet(name, listed_of(found(without=name)), tiers, request) for name in request.facets}
    counts = _counts(found(), tiers)
    hits = listed_of(found())
    return replace(
        arrange(hits, request, grades, scores, nearest),
        counts=counts,
        facets=facets,
        chapters=count_chapters(hits, tiers, request.chapters) if request.chapters else CountedFacet(()),
        warnings=(budget.WARNING,) if beyond else (),
        at_least=bool(beyond),
    )


def arrange(
    rows: Sequence[Row],
    request: Request,
    grades: Mapping[Row, int],
    scores: RowScores,
    nearest: Sequence[NearSection] = (),
) -> Answer:
    """The answer as far as it is the list that hits make.

    Args:
        rows: the hits.
        request: what was asked.
        grades: of the hits, with ``scope="section"`` of all rows of their sections, which tree is true for them.
        scores: of the hits.
        nearest: the sections that are nearest in meaning.
    """
    tiers = _tiers_of(grades, request)
    hits = _in_order(rows, request, grades, scores, nearest)
    listed = entries(hits, request)
    page = listed[request.offset : request.offset + request.limit]
    return Answer(
        counts={},
        hits=tuple(_scored(row, scores, tiers, hits, request) for shown in page for row in shown),
        facets={},
        entries=len(listed),
        groups=tuple(group_of(shown, hits, tiers) for shown in page) if request.group == "document" else (),
    )


def count(rows: Sequence[Row], request: Request) -> Counts:
    """What ``answer`` counts, of which no score is asked for."""
    beyond = beyond_budget(rows, request.tiers)
    tiers = _tiers_of(confined(_grades(rows, request, beyond), request, _nearest(rows, request)), request)
    kept = [row for row in tiers if _passes(row, request)]
    # all rows of a section are of one tier, and one of them is a hit
    counted = {row.group: row for row in kept}.values() if request.scope == "section" else kept
    return Counts(_counts(counted, tiers), bool(beyond))


def _nearest(rows: Iterable[Row], request: Request) -> list[NearSection]:
    return nearest_sections((row for row in rows if _passes(row, request)), request.vector)


def _grades(rows: Sequence[Row], request: Request, beyond: Beyond) -> dict[Row, int]:
    return grades_of(rows, request.tiers, by_section(rows) if request.scope == "section" else None, beyond)


def _tiers_of(grades: Mapping[Row, int], request: Request) -> dict[Row, Tier]:
    return {row: request.tiers[grade][0] for row, grade in grades.items()}


def _passes(row: Row, request: Request, without: str = "") -> bool:
    return filters.passes(row.owner.document, row.tokens.passage, request.filters, without)


def _counts(hits: Iterable[Row], tiers: Mapping[Row, Tier]) -> Mapping[Tier, int]:
    counted = Counter(tiers[row] for row in hits)
    return {tier: counted[tier] for tier in Tier}


def _best_of_sections(rows: Iterable[Row], scores: RowScores) -> list[Row]:
    best: dict[Section, Row] = {}
    for row in rows:
        rival = best.get(row.group)
        if rival is None or (-scores[row], row.reading_order) < (-scores[rival], rival.reading_order):
            best[row.group] = row
    return list(best.values())


def _in_order(
    rows: Sequence[Row],
    request: Request,
    grades: Mapping[Row, int],
    scores: RowScores,
    nearest: Sequence[NearSection],
) -> list[Row]:
    whole_sections = by_section(grades) if request.scope == "section" else None
    key = _sort_key(request, grades, ranks_of(rows, request.precedence, whole_sections), scores)
    hits = sorted(rows, key=key)
    if request.sort == "relevance":
        leading = hits[: scoring.RESCORED]
        if request.vector and request.weights.dense:
            near = rows_in(nearest)
            leading += [row for row in hits[scoring.RESCORED :] if row in near]
            scores.rescore(leading)
            scores.add_dense(_meanings(leading, request, grades, scores, nearest))
            return sorted(hits, key=key)
        scores.rescore(leading)
        hits[: scoring.RESCORED] = sorted(leading, key=key)
    return hits


def _meanings(
    leading: Sequence[Row],
    request: Request,
    grades: Mapping[Row, int],
    scores: RowScores,
    nearest: Sequence[NearSection],
) -> Mapping[Row, float]:
    """The part ``dense`` of the hits that take part in the second stage."""
    best: dict[Section, float] = {}
    for row in leading:
        if not is_near(grades[row], request):
            best[row.group] = max(best.get(row.group, 0.0), scores[row])
    of_hits, of_near = scoring.meaning_scales(sorted(best.values(), reverse=True), best_cosine(nearest))
    return {
        row: meaning_of(row, request.vector) * (of_near if request.tiers[grades[row]][0] is Tier.NEAR else of_hits)
        for row in leading
    }


def _sort_key(
    request: Request, grades: Mapping[Row, int], leading: Mapping[Row, tuple[bool, ...]], scores: RowScores
) -> Callable[[Row], tuple[object, ...]]:
    sort = request.sort

    def key(row: Row) -> tuple[object, ...]:
        document, ordinal = row.owner.document, row.tokens.passage.ordinal
        if sort == "relevance":
            return grades[row], leading[row], -scores[row], document.id, ordinal
        date = document.date or ""
        dated = (tuple(-ord(char) for char in date) if sort == "-date" else date) if sort != "order" else ""
        return _set(request.tiers[grades[row]][0]), sort != "order" and not date, dated, *row.reading_order

    return key


def _set(tier: Tier) -> int:
    """What tiers are merged into where the order is not by relevance."""
    return 0 if tier.is_whole else 1 if tier is Tier.SOME else 2


def _scored(row: Row, scores: RowScores, tiers: Mapping[Row, Tier], hits: Sequence[Row], request: Request) -> Scored:
    copies = copies_of(row, hits, request.collapse) if request.collapse != "none" else ((), 0)
    return Scored(row.owner.document, row.tokens.passage, scores[row], tiers[row], scores.parts(row), *copies)
