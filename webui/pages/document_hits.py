"""The hits of a query in one document, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import indexer
from webui.urls.state import SearchState

# Hits marked in a document.
MARKED_HITS = 5 * indexer.MAX_LIMIT


@dataclass(frozen=True, slots=True)
class Step:
    """Where a hit stands among the hits of a document.

    Attributes:
        number: from 1.
        previous: permalink of the hit before; empty at the first.
        following: permalink of the hit after; empty at the last.
    """

    number: int
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """The hits of a query in one document.

    Attributes:
        highlights: ordinal of a passage → highlighted ranges of its text.
        steps: ordinal of a passage → where it stands among those with highlights.
        first: permalink of the first of these; empty where there is none.
        left_out: hits that are not marked, since there are too many.
    """

    highlights: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    steps: Mapping[int, Step] = field(default_factory=dict)
    first: str = ""
    left_out: int = 0


def hits_in(
    index: indexer.Index, state: SearchState, document: indexer.Document, passages: Sequence[indexer.Passage]
) -> DocumentHits:
    """Mark the best hits of a query in one document; partial matches only where there are no better ones."""
    if not state.q.strip():
        return DocumentHits()
    results, found = _search_document(index, state, document)
    best = [hit for hit in found if hit.tier.is_whole] or found
    highlights = {other.passage.ordinal: other.highlights for hit in best for other in hit.others}
    highlights |= {hit.passage.ordinal: hit.highlights for hit in best}
    marked = [passage for passage in passages if highlights.get(passage.ordinal)]
    return DocumentHits(
        highlights,
        steps=_steps(marked),
        first=indexer.permalink(marked[0]) if marked else "",
        left_out=max(0, (results.total or results.partial) - len(best)),
    )


def _search_document(
    index: indexer.Index, state: SearchState, document: indexer.Document
) -> tuple[indexer.Results, list[indexer.Hit]]:
    """Search one document: the first answer, and the hits of as many as it takes."""
    alone = replace(state.from_the_start(), filters={"document": (document.id,)}, limit=indexer.MAX_LIMIT)
    arguments = alone.arguments() | {"collapse": "none", "group": "none", "facets": ()}
    results = index.search(state.q, **arguments)
    wanted = min(results.total or results.partial, MARKED_HITS)
    hits = list(results.hits)
    for offset in range(indexer.MAX_LIMIT, wanted, indexer.MAX_LIMIT):
        hits += index.search(state.q, **arguments | {"offset": offset}).hits
    return results, hits


def _steps(marked: Sequence[indexer.Passage]) -> dict[int, Step]:
    """Ordinal → step of each of the passages with highlights, given in reading order."""
    links = ["", *map(indexer.permalink, marked), ""]
    return {passage.ordinal: Step(at, links[at - 1], links[at + 1]) for at, passage in enumerate(marked, 1)}
