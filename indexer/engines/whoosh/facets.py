"""Facets of a snapshot: every value has a number, so that hits are counted by adding up arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.base import Facet, FacetCount, FacetKey
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Numbers
from indexer.engines.whoosh.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.sections import Sections

_NO_PARENT = -1


@dataclass(frozen=True)
class FacetTable:
    """The values of a facet in all segments.

    Attributes:
        keys: value number → key.
        parents: value number → that of the section above, ``_NO_PARENT`` at the top.
        ranks: value number → its place among all, which breaks ties.
        pairs: for each segment (by ``id``) groups of rows with the same values, and the values of each: the number of a
            group as often as it has values, beside the number of the value.
    """

    keys: Sequence[FacetKey]
    parents: Numbers
    ranks: Numbers
    pairs: Mapping[int, tuple[Numbers, Numbers]]

    def counts(self, found: Iterable[tuple[SegmentReader, Numbers]], name: str) -> Numbers:
        """Hits of each value, of rows found in each segment."""
        totals = np.zeros(len(self.keys))
        for reader, rows in found:
            groups, values = self.pairs[id(reader)]
            if len(rows) and len(groups):
                own = np.bincount(groups_of_rows(reader, name)[rows], minlength=int(groups.max()) + 1)
                totals += np.bincount(values, weights=own[groups], minlength=len(self.keys))
        return totals.astype(np.int64)

    def facet(self, count: Numbers, some: Numbers, limit: int) -> Facet:
        """The largest values of hits counted."""
        listed = np.flatnonzero(count + some)
        listed = listed[np.lexsort((self.ranks[listed], -some[listed], -count[listed], self.parents[listed]))]
        parents, firsts, sizes = np.unique(self.parents[listed], return_index=True, return_counts=True)
        children = dict(zip(parents.tolist(), zip(firsts.tolist(), sizes.tolist(), strict=True), strict=True))

        def level(parent: int) -> Facet:
            first, size = children.get(parent, (0, 0))
            values = listed[first : first + min(size, limit)]
            counts = zip(values.tolist(), count[values].tolist(), some[values].tolist(), strict=True)
            return Facet(tuple(value_of(*each) for each in counts), size > limit)

        def value_of(value: int, own_count: int, own_some: int) -> FacetCount:
            if value not in children:
                return FacetCount(self.keys[value], own_count, own_some)
            inner = level(value)
            return FacetCount(self.keys[value], own_count, own_some, inner.values, inner.truncated)

        return level(_NO_PARENT)

    def facet_in_order(self, count: Numbers, some: Numbers, limit: int) -> Facet:
        """The largest values of hits counted, in the order that breaks ties; of values without parents."""
        listed = np.flatnonzero(count + some)
        largest = listed[np.lexsort((self.ranks[listed], -some[listed], -count[listed]))[:limit]]
        values = largest[np.argsort(self.ranks[largest])]
        counts = zip(values.tolist(), count[values].tolist(), some[values].tolist(), strict=True)
        return Facet(tuple(FacetCount(self.keys[value], *each) for value, *each in counts), len(listed) > limit)


def make_table(readers: Sequence[SegmentReader], name: str, depth: int) -> FacetTable:
    """The table of a facet; of sections ``depth`` levels."""
    numbering = _Numbering()
    pairs = {}
    for reader in readers:
        found = _paths(reader.sections, depth, numbering) if name == "section" else _values(reader, name, numbering)
        both = np.array(list(found), dtype=np.int64).reshape(-1, 2)
        pairs[id(reader)] = both[:, 0], both[:, 1]
    return FacetTable(numbering.keys, np.array(numbering.parents, dtype=np.int64), numbering.ranks(), pairs)


class _Numbering:
    """Numbers the values of a facet as they are met.

    Attributes:
        keys, parents: as ``FacetTable`` wants them.
    """

    def __init__(self) -> None:
        self.keys: list[FacetKey] = []
        self.parents: list[int] = []
        self._numbers: dict[FacetKey, int] = {}
        self._places: list[object] = []

    def number(self, key: FacetKey, place: object, parent: int = _NO_PARENT) -> int:
        """The number of a value; ``place`` breaks ties."""
        if key not in self._numbers:
            self._numbers[key] = len(self.keys)
            self.keys.append(key)
            self.parents.append(parent)
            self._places.append(place)
        return self._numbers[key]

    def ranks(self) -> Numbers:
        """The place of each value among all."""
        order = sorted(range(len(self._places)), key=self._places.__getitem__)  # type: ignore[arg-type]
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks


def _values(reader: SegmentReader, name: str, numbering: _Numbering) -> Iterator[tuple[int, int]]:
    """Each group of rows with each value it counts for."""
    for group, keys in enumerate(_keys(reader, name)):
        for key, place in keys:
            yield group, numbering.number(key, place)


def _paths(sections: Sections, depth: int, numbering: _Numbering) -> Iterator[tuple[int, int]]:
    """Each node with each value it counts for: its own path and those above, ``depth`` levels down."""
    above = np.full(len(sections), _NO_PARENT)
    for level in range(1, min(depth, int(sections.depths.max(initial=0))) + 1):
        at_level = sections.at_depth(level)
        deep = np.flatnonzero(sections.depths >= level)
        own: dict[int, int] = {}
        for node in np.unique(at_level[deep]).tolist():
            path = sections.path(node)
            own[node] = numbering.number(path, path, int(above[node]))
        above = np.full(len(sections), _NO_PARENT)
        above[deep] = [own[node] for node in at_level[deep].tolist()]
        yield from zip(deep.tolist(), above[deep].tolist(), strict=True)


def groups_of_rows(reader: SegmentReader, name: str) -> np.ndarray:
    """A group for each row of a segment: rows of one group have the same values of a facet."""
    match name:
        case "section" | "chapter":
            return reader.nodes
        case "topic":
            return reader.topics.numbers
        case "kind":
            return reader.kinds
    return reader.owners


def _keys(reader: SegmentReader, name: str) -> list[list[tuple[FacetKey, object]]]:
    """For each group its values, each with what breaks ties."""
    match name:
        case "topic":
            return [[(topic, topic) for topic in dict.fromkeys(topics)] for topics in reader.topics.originals]
        case "kind":
            return [[(kind.value, kind.value)] for kind in layout.KINDS]
        case "chapter":
            return _chapters(reader)
    return [_document_keys(owned, name) if owned else [] for owned in reader.documents]


def _chapters(reader: SegmentReader) -> list[list[tuple[FacetKey, object]]]:
    """For each node its document and chapter, and its place in reading order; of deleted documents nothing."""
    found: list[list[tuple[FacetKey, object]]] = []
    for node in reader.sections.at_depth(1).tolist():
        owned = reader.documents[int(reader.sections.owners[node])]
        about = owned.document if owned else None
        key = about and (about.id, *reader.sections.path(node))
        found.append([(key, (about.path, about.id, node))] if about and key else [])
    return found


def _document_keys(owned: OwnedDocument, name: str) -> list[tuple[FacetKey, object]]:
    document = owned.document
    match name:
        case "document":
            return [(document.id, (document.path, document.id))]
        case "tag":
            return [(tag, tag) for tag in dict.fromkeys(document.tags)]
    year = document.year or "none"
    return [(year, year)]
