"""Hits in order → entries of the list, by looking at one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.definition.rows import Row
from indexer.engines.requests import GroupedDocument, Request
from indexer.model import Place, Tier
from indexer.model.choices import MAX_COPIES


def entries(hits: Sequence[Row], request: Request) -> list[list[Row]]:
    """The entries of the list: of each the hits that it shows."""
    listed = [copies[0] for copies in folded(hits, request.collapse).values()]
    if request.group == "none":
        return [[row] for row in listed]
    groups: dict[str, list[Row]] = {}
    for row in listed:
        groups.setdefault(row.owner.document.id, []).append(row)
    return [rows[: request.group_limit] for rows in groups.values()]


def folded(hits: Sequence[Row], collapse: str) -> dict[object, list[Row]]:
    """The hits that are one, in order."""
    found: dict[object, list[Row]] = {}
    for row in hits:
        found.setdefault(_fold_key(row, collapse), []).append(row)
    return found


def _fold_key(row: Row, collapse: str) -> object:
    """What a hit shares with those that it is one with."""
    if collapse == "text":
        return row.tokens.chars
    return row.group if collapse == "section" and row.tokens.passage.section else row


def copies_of(row: Row, hits: Sequence[Row], collapse: str) -> tuple[tuple[Place, ...], int]:
    """The other hits that a hit stands for, and how many there are of them."""
    others = folded(hits, collapse)[_fold_key(row, collapse)][1:]
    places = tuple(Place(other.owner.document, other.tokens.passage) for other in others[:MAX_COPIES])
    return places, len(others)


def group_of(rows: Sequence[Row], hits: Sequence[Row], tiers: Mapping[Row, Tier]) -> GroupedDocument:
    """The group that shows ``rows``."""
    document = rows[0].owner.document
    own = [tiers[row] for row in hits if row.owner.document.id == document.id]
    some = sum(not tier.is_whole for tier in own)
    return GroupedDocument(document, len(own) - some, some, len(rows))
