"""Cards for the documents that a query names: what they are, and the parts they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import indexer

# Cards shown, and parts of the first of them; documents whose parts are kept.
CARDS = 3
PARTS = 16
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the outline's first level, and the permalink it leads to."""

    heading: str
    link: str


@dataclass(frozen=True, slots=True)
class Card:
    """A document.

    Attributes:
        parts: the first level of its outline; empty on all cards but the first.
        left_out: how many parts there are beside these.
    """

    document: indexer.Document
    parts: tuple[Part, ...] = ()
    left_out: int = 0


def first_levels(index: indexer.Index) -> Callable[[str], tuple[Part, ...]]:
    """Make what tells the first level of a document's outline; that of the last few is kept."""

    @lru_cache(maxsize=_KEPT)
    def first_level(document_id: str) -> tuple[Part, ...]:
        passages = index.passages(document_id)
        by_ordinal = {passage.ordinal: passage for passage in passages}
        return tuple(
            Part(node.heading, indexer.permalink(by_ordinal[node.first])) for node in indexer.outline_of(passages)
        )

    return first_level


def cards(named: Sequence[indexer.Document], first_level: Callable[[str], tuple[Part, ...]]) -> list[Card]:
    """Make the cards of the documents that a query names, in its order."""
    if not named:
        return []
    parts = first_level(named[0].id)
    first = Card(named[0], parts[:PARTS], max(0, len(parts) - PARTS))
    return [first, *map(Card, named[1:CARDS])]
