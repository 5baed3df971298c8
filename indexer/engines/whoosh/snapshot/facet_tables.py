"""Facets of a snapshot: every value has a number, so that hits are counted by adding up arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from indexer.engines.definition.facets import document_values
from indexer.engines.requests import CountedFacet, FacetCount, FacetKey
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, Weights, nth_largest
from indexer.engines.whoosh.segments.reader import SegmentReader

# The hits of each segment: of ``exact`` and ``all``, and of ``some``.
_Found: TypeAlias = "Iterable[tuple[SegmentReader, tuple[Numbers, Numbers]]]"

_NO_PARENT = -1


@dataclass(frozen=True)
class _RowGroups:
    """The rows of a segment in groups with the same values of a facet.

    Attributes:
        of_rows: row → number of its group.
        count: how many groups there are.
        groups, values: the number of a group as often as it has values, beside the number of the value.
    """

    of_rows: np.ndarray
    count: int
    groups: Numbers
    values: Numbers

    @classmethod
    def of(cls, of_rows: np.ndarray, count: int, groups: Numbers, values: Numbers) -> _RowGroups:
        """The same with the groups of all rows, which are read at random, in as few bytes as they need."""
        return cls(of_rows.astype(np.min_scalar_type(-max(1, count))), count, groups, values)

    def add_to(self, counts: Weights, rows: Numbers) -> None:
        """Count the hits of each value."""
        if len(rows) and self.count:
            own = np.bincount(self.of_rows.take(rows), minlength=self.count)
            counts += np.bincount(self.values, weights=own[self.groups], minlength=len(counts))


@dataclass(frozen=True)
class FacetTable:
    """The values of a facet in all segments.

    Attributes:
        keys: value number → key.
        parents: value number → that of the section above, ``_NO_PARENT`` at the top.
        ranks: value number → its rank among all, which breaks ties.
        levels: the numbers of the values that stand under none, under one other, and so on.
        groups: of each segment (by ``id``). A group counts for its values alone, not for what these stand under.
    """

    keys: Sequence[FacetKey]
    parents: Numbers
    ranks: Numbers
    levels: Sequence[Numbers]
    groups: Mapping[int, _RowGroups]

    def facet(self, found: _Found, limit: int) -> CountedFacet:
        """The ``limit`` largest values of each level.

        Args:
            found: the hits of each segment: of ``exact`` and ``all``, and of ``some``.
            limit: values of each level that are listed.
        """
        return self._facet(self._counts(found), limit)

    def facet_in_order(self, found: _Found, limit: int) -> CountedFacet:
        """The ``limit`` largest values, in the order that breaks ties; of values without levels."""
        count, some = self._counts(found)
        listed = np.flatnonzero(count + some)
        largest = listed[np.lexsort((self.ranks[listed], -some[listed], -count[listed]))[:limit]]
        values = largest[np.argsort(self.ranks[largest])].tolist()
        counted = (FacetCount(self.keys[value], int(count[value]), int(some[value])) for value in values)
        return CountedFacet(tuple(counted), len(listed) > limit)

    def _counts(self, found: _Found) -> Numbers:
        """Hits of each value, with those below it: of ``exact`` and ``all``, and of ``some``."""
        counts = np.zeros((2, len(self.keys)))
        for reader, parts in found:
            for line, rows in zip(counts, parts, strict=True):
                self.groups[id(reader)].add_to(line, rows)
        for level in reversed(self.levels[1:]):
            for line in counts:
                line += np.bincount(self.parents[level], weights=line[level], minlength=len(line))
        return counts.astype(np.int64)

    def _facet(self, counts: Numbers, limit: int) -> CountedFacet:
        """The listed values, level by level, those below what is not listed left out."""
        count, some = counts
        counted, counted_some = counts.tolist()
        children: dict[int, tuple[list[int], bool]] = {}
        is_listed = np.zeros(len(self.keys) + 1, dtype=bool)
        is_listed[_NO_PARENT] = True
        for level in self.levels:
            values = level[is_listed[self.parents[level]] & (count[level] + some[level] > 0)]
            largest = self._largest(values, count, some, limit)
            children |= largest
            for listed, _ in largest.values():
                is_listed[listed] = True

        def level_under(parent: int) -> CountedFacet:
            values, truncated = children.get(parent, ([], False))
            return CountedFacet(tuple(map(value_of, values)), truncated)

        def value_of(value: int) -> FacetCount:
            if value not in children:
                return FacetCount(self.keys[value], counted[value], counted_some[value])
            inner = level_under(value)
            return FacetCount(self.keys[value], counted[value], counted_some[value], inner.values, inner.truncated)

        return level_under(_NO_PARENT)

    def _largest(self, values: Numbers, count: Numbers, some: Numbers, limit: int) -> dict[int, tuple[list[int], bool]]:
        """Of each parent its ``limit`` largest values in order, and whether there are more."""
        parents = self.parents[values]
        found = np.unique(parents)
        if len(found) == 1:
            kept = _leading(count[values], some[values], limit)
            total, values, parents = len(values), values[kept], parents[kept]
        else:
            total = 0
        order = np.lexsort((self.ranks[values], -some[values], -count[values], parents))
        firsts, ends = np.searchsorted(parents[order], found), np.searchsorted(parents[order], found, side="right")
        ordered = values[order].tolist()
        return {
            parent: (ordered[first : min(end, first + limit)], max(total, end - first) > limit)
            for parent, first, end in zip(found.tolist(), firsts.tolist(), ends.tolist(), strict=True)
        }


def _leading(count: Numbers, some: Numbers, wanted: int) -> Numbers:
    """Where the ``wanted`` largest stand, by count, then by some; those as large as the last included."""
    if len(count) <= wanted:
        return np.arange(len(count))
    size = count * (int(some.max()) + 1) + some
    return np.flatnonzero(size >= nth_largest(size, wanted))


def make_table(readers: Sequence[SegmentReader], name: str, depth: int) -> FacetTable:
    """The table of a facet; of sections ``depth`` levels."""
    numbering = _Numbering()
    groups = {
        id(reader): _by_tree(reader, name, depth, numbering) if name in _OF_TREE else _by_keys(reader, name, numbering)
        for reader in sorted(readers, key=lambda reader: -reader.size)  # what is numbered first is numbered fastest
    }
    parents = np.array(numbering.parents, dtype=np.int64)
    return FacetTable(numbering.keys, parents, numbering.ranks(), _levels(parents), groups)


def _levels(parents: Numbers) -> list[Numbers]:
    """The values at the top, those right under them, and so on."""
    levels = [np.flatnonzero(parents == _NO_PARENT)]
    while len(below := np.flatnonzero(np.isin(parents, levels[-1]))):
        levels.append(below)
    return levels


class _Numbering:
    """Numbers the values of a facet as they are met.

    Attributes:
        keys, parents: as ``FacetTable`` wants them.
        ties: what breaks ties, of each.
    """

    def __init__(self) -> None:
        self.keys: list[FacetKey] = []
        self.parents: list[int] = []
        self._numbers: dict[FacetKey, int] = {}
        self.ties: list[Any] = []
        self._ordered: list[int] = []

    def number(self, key: FacetKey, tie: object, parent: int = _NO_PARENT) -> int:
        """The number of a value; ``tie`` breaks them between equal counts."""
        if key not in self._numbers:
            self._numbers[key] = len(self.keys)
            self.keys.append(key)
            self.parents.append(parent)
            self.ties.append(tie)
        return self._numbers[key]

    def number_all(self, values: _TreeValues, kept: Mask) -> Numbers:
        """The numbers of those values of a segment that are kept; ``_NO_PARENT`` of the others."""
        if not self.keys and kept.all() and values.are_distinct:
            self.keys, self.parents = list(values.keys), list(values.parents)
            self.ties, self._ordered = list(values.ties), list(values.ordered)
            self._numbers = dict(zip(self.keys, range(len(self.keys)), strict=True))
            return np.arange(len(self.keys))
        numbers = [_NO_PARENT] * len(values.keys)
        for at in np.flatnonzero(kept).tolist():
            parent = values.parents[at]
            above = _NO_PARENT if parent == _NO_PARENT else numbers[parent]
            numbers[at] = self.number(values.keys[at], values.ties[at], above)
        return np.array(numbers, dtype=np.int64)

    def in_order(self) -> list[int]:
        """The numbers of all values, as ties are broken."""
        numbers = [*self._ordered, *range(len(self._ordered), len(self.ties))]  # those in order already cost nothing
        return sorted(numbers, key=self.ties.__getitem__)

    def ranks(self) -> Numbers:
        """The rank of each value among all."""
        order = self.in_order()
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks


def _by_keys(reader: SegmentReader, name: str, numbering: _Numbering) -> _RowGroups:
    """The groups of a segment for a facet without levels."""
    keys = _keys(reader, name)
    both = [(group, numbering.number(key, tie)) for group, own in enumerate(keys) for key, tie in own]
    groups, values = np.array(both, dtype=np.int64).reshape(-1, 2).T
    return _RowGroups.of(_groups_of_rows(reader, name), len(keys), groups, values)


@dataclass(frozen=True)
class _TreeValues:
    """What a segment's tree of headings has of a facet, whichever of its rows are deleted.

    Attributes:
        keys, ties, parents: of each value, those above before those below; parents by their place in these.
        ordered: the places, as ties are broken.
        owners: the document that each is of; empty where they are of no one document.
        of_rows: row → place of its value; that after the last for none.
        are_distinct: whether no key is there twice, as is one of a document that was replaced within the segment.
    """

    keys: Sequence[FacetKey]
    ties: Sequence[Any]
    parents: Sequence[int]
    ordered: Sequence[int]
    owners: Numbers
    of_rows: np.ndarray
    are_distinct: bool = True


def _by_tree(reader: SegmentReader, name: str, depth: int, numbering: _Numbering) -> _RowGroups:
    """The groups of a segment for sections or chapters: a row counts for what it stands under."""
    key = name, depth if name == "section" else 0
    if key not in reader.tables:
        reader.tables[key] = _OF_TREE[name](reader, depth)
    values: _TreeValues = reader.tables[key]
    kept = np.ones(len(values.keys), dtype=bool)
    if len(values.owners):
        kept = np.array([owned is not None for owned in reader.documents], dtype=bool)[values.owners]
    groups, numbers = np.flatnonzero(kept), numbering.number_all(values, kept)
    return _RowGroups(values.of_rows, len(kept) + 1, groups, numbers[groups])


def _narrow(of_rows: np.ndarray, count: int) -> np.ndarray:
    """Places of ``count`` values, and the one after the last, in as few bytes as they need."""
    return of_rows.astype(np.min_scalar_type(-max(1, count + 1)))


def _section_values(reader: SegmentReader, depth: int) -> _TreeValues:
    """Every path, cut off at ``depth``."""
    sections, numbering = reader.sections, _Numbering()
    values = np.full(len(sections), _NO_PARENT)
    for level in range(1, min(depth, int(sections.depths.max(initial=0))) + 1):
        at_level = sections.at_depth(level)
        deep = np.flatnonzero(sections.depths >= level)
        # many sections are called alike, under parents that are: "第一章 总则 / 第一条"
        alike = np.stack((values[deep], sections.headings[at_level[deep]]))
        distinct_pairs, own = np.unique(alike, axis=1, return_inverse=True)
        numbers = []
        for parent, heading in distinct_pairs.T.tolist():
            above = () if parent == _NO_PARENT else tuple(numbering.keys[parent])
            path = (*above, sections.heading(heading))
            numbers.append(numbering.number(path, path, parent))
        values[deep] = np.array(numbers, dtype=np.int64)[own]
    values[values == _NO_PARENT] = len(numbering.keys)
    of_rows = _narrow(values[reader.nodes], len(numbering.keys))
    return _TreeValues(numbering.keys, numbering.ties, numbering.parents, numbering.in_order(), NO_ROWS, of_rows)


def _chapter_values(reader: SegmentReader, _: int) -> _TreeValues:
    """Every chapter of each document, in reading order: its rank is that of its node."""
    chapters, places = np.unique(reader.sections.at_depth(1), return_inverse=True)
    owners = reader.sections.owners[chapters]
    keys: list[FacetKey] = []
    ties: list[Any] = []
    for node, owner in zip(chapters.tolist(), owners.tolist(), strict=True):
        about = reader.every_document[owner].document
        keys.append((about.id, *reader.sections.path(node)))
        ties.append((about.path, about.id, node))
    ordered = sorted(range(len(keys)), key=ties.__getitem__)
    of_rows = _narrow(places[reader.nodes], len(keys))
    return _TreeValues(keys, ties, [_NO_PARENT] * len(keys), ordered, owners, of_rows, len(set(keys)) == len(keys))


_OF_TREE = {"section": _section_values, "chapter": _chapter_values}


def _groups_of_rows(reader: SegmentReader, name: str) -> np.ndarray:
    """A group for each row of a segment, for a facet without levels."""
    match name:
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
    return [document_values(owned.document, name) if owned else [] for owned in reader.documents]
