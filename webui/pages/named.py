"""Cards for the documents that a query names: what they are, and the parts they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import indexer

# Cards shown, and parts of the first of them; documents whose parts are kept.
CARDS = 3
PARTS = 16
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the outline's first level, or a document of a work, and the address it leads to, below the root."""

    heading: str
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """A document, or a work of which a query names several.

    Attributes:
        document: the one it is, or the first of the work.
        work: its name, where the card is for a work.
        parts: the first level of a document's outline, or the documents of a work; empty on all cards but the first.
        left_out: how many parts there are beside these.
    """

    document: indexer.Document
    work: str | None = None
    parts: tuple[Part, ...] = ()
    left_out: int = 0


def first_levels(index: indexer.Index) -> Callable[[str], tuple[Part, ...]]:
    """Make what tells the first level of a document's outline; that of the last few is kept."""

    @lru_cache(maxsize=_KEPT)
    def first_level(document_id: str) -> tuple[Part, ...]:
        passages = index.passages(document_id)
        by_ordinal = {passage.ordinal: passage for passage in passages}
        return tuple(
            Part(node.heading, f"d/{document_id}#{indexer.permalink(by_ordinal[node.first])}")
            for node in indexer.outline_of(passages)
        )

    return first_level


def cards(named: Sequence[indexer.Document], first_level: Callable[[str], tuple[Part, ...]]) -> list[Card]:
    """Make the cards of the documents that a query names, in its order; those of one work share a card."""
    of_work: dict[str, list[indexer.Document]] = {}
    for document in named:
        of_work.setdefault(document.work or document.id, []).append(document)
    made = [Card(documents[0], documents[0].work if documents[1:] else None) for documents in of_work.values()]
    if not made:
        return []
    documents = next(iter(of_work.values()))
    parts = _documents(documents) if documents[1:] else first_level(documents[0].id)
    first = replace(made[0], parts=parts[:PARTS], left_out=max(0, len(parts) - PARTS))
    return [first, *made[1:CARDS]]


def _documents(documents: Sequence[indexer.Document]) -> tuple[Part, ...]:
    return tuple(Part(document.title, f"d/{document.id}") for document in documents)
