"""In which order the chapters of a document are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

import indexer

# Heading path → its number in the document.
ReadingOrder: TypeAlias = Mapping[tuple[str, ...], int]
# Documents whose order is kept.
_KEPT = 64


def reading_orders(index: indexer.Index) -> Callable[[str], ReadingOrder]:
    """Make what tells a document's order of chapters by its id or path; that of the last few is kept."""

    @lru_cache(maxsize=_KEPT)
    def order_of(document_id: str) -> ReadingOrder:
        paths = dict.fromkeys(_paths(index.outline(document_id), ()))
        return {path: number for number, path in enumerate(paths)}

    return order_of


def _paths(nodes: Iterable[indexer.OutlineNode], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        path = (*above, node.heading)
        yield path
        yield from _paths(node.children, path)
