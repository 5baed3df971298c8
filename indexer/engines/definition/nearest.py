"""What is nearest to a query in meaning, told by looking at every vector."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.engines import scoring
from indexer.engines.definition.rows import Row
from indexer.engines.requests import Request
from indexer.model import SectionVector
from indexer.model.vectors import cosine


@dataclass(frozen=True, slots=True)
class NearSection:
    """A section with a vector, and those of its passages that pass the filters."""

    rows: Sequence[Row]
    vector: SectionVector
    cosine: float


def nearest_sections(rows: Iterable[Row], query: bytes) -> list[NearSection]:
    """The sections of ``rows``, which pass all filters, that are nearest to the query; those before others lead."""
    by_document: dict[str, list[Row]] = {}
    for row in rows if query else ():
        by_document.setdefault(row.owner.document.id, []).append(row)
    found = []
    for _, own in sorted(by_document.items()):
        for each in own[0].owner.vectors:
            inside = [row for row in own if tells_of(each, row)]
            if inside:
                found.append(NearSection(inside, each, cosine(each.vector, query)))
    return sorted(found, key=lambda section: -section.cosine)[: scoring.NEAREST]


def best_cosine(nearest: Sequence[NearSection]) -> float:
    """The cosine of the nearest of sections in their order; 0 of none."""
    return nearest[0].cosine if nearest else 0.0


def confined(grades: Mapping[Row, int], request: Request, nearest: Sequence[NearSection]) -> dict[Row, int]:
    """``grades`` without rows that words do not find and that stand for none of the nearest sections near enough."""
    if request.by_meaning is None:
        return dict(grades)
    least = scoring.NEAR_SHARE * best_cosine(nearest)
    near = (section for section in nearest if section.cosine >= least)
    kept = {row for section in near for row in _standing_for(section, grades, request)}
    return {row: grade for row, grade in grades.items() if not is_near(grade, request) or row in kept}


def is_near(grade: int, request: Request) -> bool:
    """Whether passages of a grade are hits by their meaning alone."""
    return grade == request.by_meaning


def _standing_for(section: NearSection, grades: Mapping[Row, int], request: Request) -> Sequence[Row]:
    """The passage that stands for a section of which none is in a better tier: the first that is no heading."""
    found = [row for row in section.rows if row in grades]
    if any(not is_near(grades[row], request) for row in found):
        return ()
    return sorted(found, key=_is_heading)[:1]


def _is_heading(row: Row) -> bool:
    return row.tokens.passage.kind in scoring.HEADING_KINDS


def rows_in(nearest: Iterable[NearSection]) -> Collection[Row]:
    """The rows of sections."""
    return {row for section in nearest for row in section.rows}


def meaning_of(row: Row, query: bytes) -> float:
    """How near to the query the section is that a row stands in: the nearest of its windows that tell of the row."""
    return max((cosine(each.vector, query) for each in row.owner.vectors if tells_of(each, row)), default=0.0)


def tells_of(vector: SectionVector, row: Row) -> bool:
    """Whether a row is one of those that a vector tells of."""
    return vector.first <= row.tokens.passage.ordinal <= vector.last
