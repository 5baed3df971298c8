"""Facets of a snapshot: every value has a number, so that hits are counted by adding up arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.engines.base import Facet, FacetCount, FacetKey
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Numbers
from indexer.engines.whoosh.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.sections import Sections

_NO_PARENT = -1


@dataclass
class FacetTable:
    """The values of a facet in all segments.

    Attributes:
        keys: value number → key.
        parents: value number → that of the section above, ``_NO_PARENT`` at the top.
        ranks: value number → its place among all, which breaks ties.
        pairs: for each segment (by ``id``) groups of rows with the same values, and the values of each: the number of a
            group as often as it has values, beside the number of the value.
    """

    keys: list[FacetKey] = field(default_factory=list)
    parents: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    ranks: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    pairs: dict[int, tuple[Numbers, Numbers]] = field(default_factory=dict)

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


def make_table(readers: Sequence[SegmentReader], name: str, depth: int) -> FacetTable:
    """The table of a facet; of sections ``depth`` levels."""
    table = FacetTable()
    parents: list[int] = []
    numbers: dict[FacetKey, int] = {}
    places: dict[int, object] = {}

    def number(key: FacetKey, place: object, parent: int = _NO_PARENT) -> int:
        if key not in numbers:
            numbers[key] = len(table.keys)
            table.keys.append(key)
            parents.append(parent)
            places[numbers[key]] = place
        return numbers[key]

    def paths(sections: Sections) -> Iterator[tuple[int, int]]:
        """Each node with each value it counts for: its own path and those above, ``depth`` levels down."""
        levels = [np.full(len(sections), _NO_PARENT)]
        for level in range(1, depth + 1):
            at_level = sections.at_depth(level)
            deep = np.flatnonzero(sections.depths >= level)
            own: dict[int, int] = {}
            for node in np.unique(at_level[deep]).tolist():
                path = sections.path(node)
                own[node] = number(path, path, int(levels[-1][node]))
            values = np.full(len(sections), _NO_PARENT)
            values[deep] = [own[node] for node in at_level[deep].tolist()]
            levels.append(values)
            yield from zip(deep.tolist(), values[deep].tolist(), strict=True)

    for reader in readers:
        if name == "section":
            found = list(paths(reader.sections))
        else:
            groups = _keys(reader, name)
            found = [(at, number(key, place)) for at, keys in enumerate(groups) for key, place in keys]
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
        table.pairs[id(reader)] = pairs[:, 0], pairs[:, 1]
    table.parents = np.array(parents, dtype=np.int64)
    order = sorted(places, key=lambda value: places[value])  # type: ignore[arg-type,return-value]
    table.ranks = np.empty(len(order), dtype=np.int64)
    table.ranks[order] = np.arange(len(order))
    return table


def groups_of_rows(reader: SegmentReader, name: str) -> np.ndarray:
    """A group for each row of a segment: rows of one group have the same values of a facet."""
    match name:
        case "section":
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
    return [_document_keys(owned, name) if owned else [] for owned in reader.documents]


def _document_keys(owned: OwnedDocument, name: str) -> list[tuple[FacetKey, object]]:
    document = owned.document
    match name:
        case "document":
            return [(document.id, (document.path, document.id))]
        case "tag":
            return [(tag, tag) for tag in dict.fromkeys(document.tags)]
    year = document.year or "none"
    return [(year, year)]
