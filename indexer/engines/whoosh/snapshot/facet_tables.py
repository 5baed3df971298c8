"""Facets of a snapshot: every value has a number, so that hits are counted by adding up arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from indexer.engines.definition.facets import document_values
from indexer.engines.requests import CountedFacet, FacetCount, FacetKey
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, numbers_between
from indexer.engines.whoosh.segments.reader import SegmentReader

# Rows of a segment: hits of ``exact`` and ``all``, and of the other tiers. And those of each segment.
Hits: TypeAlias = "tuple[Numbers, Numbers]"
Found: TypeAlias = "Sequence[tuple[SegmentReader, Hits]]"

# Bits of a size (``FacetTable``) that hits of the other tiers have, and a mask of these; the size of one of ``Hits``.
_SOME_BITS = 32
_OF_SOME = (1 << _SOME_BITS) - 1
_SIZES = (1 << _SOME_BITS, 1)

_NO_PARENT = -1


class HitCounts:
    """The hits of one request by groups of rows: facets that group rows alike have them counted once."""

    def __init__(self) -> None:
        # an array is known by its ``id``, which is its own as long as it is kept here
        self._known: dict[tuple[int, int], tuple[Hits, np.ndarray, Numbers]] = {}

    def by_group(self, hits: Hits, of_rows: np.ndarray, count: int) -> Numbers:
        """How many hits are in each of ``count`` groups, as sizes, ``of_rows`` telling the group of each row."""
        key = id(hits), id(of_rows)
        if key not in self._known:
            sizes = np.zeros(count, dtype=np.int64)
            for rows, size in zip(hits, _SIZES, strict=True):
                np.add.at(sizes, of_rows.take(rows), size)
            self._known[key] = hits, of_rows, sizes
        return self._known[key][2]


@dataclass(frozen=True)
class _RowGroups:
    """The rows of a segment in groups with the same values of a facet.

    Attributes:
        of_rows: row → number of its group.
        count: how many groups there are.
        groups, values: the number of a group as often as it has values, beside the number of the value.
        same: instead of these, how many of the first groups have the value of their own number; the others have none.
    """

    of_rows: np.ndarray
    count: int
    groups: Numbers
    values: Numbers
    same: int = 0

    def renumbered(self, numbers: Numbers) -> _RowGroups:
        """The same with the values numbered otherwise: ``numbers`` are the new ones."""
        values = numbers[self.values]
        every = np.arange(len(values))
        if np.array_equal(values, every) and np.array_equal(self.groups, every):
            return replace(self, groups=NO_ROWS, values=NO_ROWS, same=len(values))
        return replace(self, values=values)

    def add_to(self, sizes: Numbers, hits: Hits, counted: HitCounts) -> None:
        """Count the hits of each value."""
        own = counted.by_group(hits, self.of_rows, self.count)
        sizes[: self.same] += own[: self.same]
        if len(self.values):
            np.add.at(sizes, self.values, own[self.groups])


@dataclass(frozen=True, slots=True)
class _Listed:
    """The values of one level that are listed.

    Attributes:
        values: those under one value after those under the one before, each in order.
        sizes: of each.
        ends: for each value that they may stand under where in ``values`` those under it end.
        truncated: for each of those whether there are more.
    """

    values: Numbers
    sizes: Numbers
    ends: Numbers
    truncated: Mask

    def in_order(self) -> _Listed:
        """The same in the order that breaks ties, of values that stand under none."""
        order = np.argsort(self.values)
        return replace(self, values=self.values[order], sizes=self.sizes[order])


@dataclass(frozen=True)
class FacetTable:
    """The values of a facet in all segments: level by level, in each those under one value after those under the one
    before, and what stands under the same as ties are broken.

    How many hits a value has is one number, its size: those of ``exact`` and ``all``, times 2 to the power of
    ``_SOME_BITS``, and the others. So sizes are added, and put in order, as facets want it.

    Attributes:
        keys: value number → key.
        levels: where the values that stand under none, under one other, and so on, begin; and where the last ones end.
        parents: value number → that of the value above, of any but the first level.
        begins: value number → the first value under it; those under the next one follow.
        groups: of each segment (by ``id``). A group counts for its values alone, not for what these stand under.
    """

    keys: Sequence[FacetKey]
    levels: Sequence[int]
    parents: Numbers
    begins: Numbers
    groups: Mapping[int, _RowGroups]

    def facet(self, found: Found, counted: HitCounts, limit: int) -> CountedFacet:
        """The ``limit`` largest values of each level.

        Args:
            found: the hits of each segment.
            counted: what of them has been counted.
            limit: values of each level that are listed.
        """
        if not self.keys:
            return CountedFacet(())
        return self._facet(self._listed(found, counted, limit))

    def facet_in_order(self, found: Found, counted: HitCounts, limit: int) -> CountedFacet:
        """The ``limit`` largest values, in the order that breaks ties; of values without levels."""
        return self._facet([each.in_order() for each in self._listed(found, counted, limit)])

    def _listed(self, found: Found, counted: HitCounts, limit: int) -> list[_Listed]:
        """The ``limit`` largest values of each level."""
        sizes = np.zeros(len(self.keys), dtype=np.int64)
        for reader, hits in found:
            self.groups[id(reader)].add_to(sizes, hits, counted)
        first, *others = self._found_by_level(sizes)
        listed = [_largest(first, sizes, limit)]
        for values in others:
            above = listed[-1].values
            begins, ends = (values.searchsorted(self.begins[parent]) for parent in (above, above + 1))
            listed.append(_largest_of_each(values, begins, ends, sizes, limit))
        return listed

    def _found_by_level(self, sizes: Numbers) -> list[Numbers]:
        """The values of each level with any hits; to the ``sizes`` of their parents theirs are added."""
        found: list[Numbers] = []
        for first, end in reversed(list(pairwise(self.levels))):
            values = np.flatnonzero(sizes[first:end] > 0) + first
            if first:
                np.add.at(sizes, self.parents[values], sizes[values])
            found.append(values)
        return found[::-1]

    def _facet(self, listed: Sequence[_Listed]) -> CountedFacet:
        """The listed values; they are made when somebody looks at them."""
        return CountedFacet(partial(_made, self.keys, listed), bool(listed[0].truncated[0]))


def _largest(values: Numbers, sizes: Numbers, limit: int) -> _Listed:
    """Of values that stand under none the ``limit`` largest, the first of equals."""
    own, count = sizes[values], len(values)
    if count > limit:
        least = np.partition(own, count - limit)[count - limit]
        larger, equal = np.flatnonzero(own > least), np.flatnonzero(own == least)
        kept = np.concatenate((larger, equal[: limit - len(larger)]))
        values, own = values[kept], own[kept]
    order = np.argsort(-own, kind="stable")
    return _Listed(values[order], own[order], np.array([len(order)]), np.array([count > limit]))


def _largest_of_each(values: Numbers, begins: Numbers, ends: Numbers, sizes: Numbers, limit: int) -> _Listed:
    """Of ``values`` from each begin to its end the ``limit`` largest, the first of equals."""
    widths = ends - begins
    values = values[numbers_between(begins, ends)]
    own = sizes[values]
    order = np.lexsort((-own, np.repeat(np.arange(len(widths)), widths)))
    places = np.arange(len(order)) - np.repeat(np.cumsum(widths) - widths, widths)
    order = order[places < limit]
    return _Listed(values[order], own[order], np.cumsum(np.minimum(widths, limit)), widths > limit)


def _made(keys: Sequence[FacetKey], listed: Sequence[_Listed]) -> tuple[FacetCount, ...]:
    """The listed values with those below them, made from the lowest level up."""
    made: tuple[FacetCount, ...] = ()
    below: _Listed | None = None
    for level in reversed(listed):
        own = map(keys.__getitem__, level.values.tolist())
        count, some = level.sizes >> _SOME_BITS, level.sizes & _OF_SOME
        columns: list[Iterable[Any]] = [own, count.tolist(), some.tolist()]
        if below is not None:
            columns += [[made[a:b] for a, b in pairwise([0, *below.ends.tolist()])], below.truncated.tolist()]
        made, below = tuple(map(FacetCount, *columns)), level
    return made


def make_table(readers: Sequence[SegmentReader], name: str, depth: int) -> FacetTable:
    """The table of a facet; of sections ``depth`` levels."""
    numbering = _Numbering()
    groups = {
        id(reader): _by_tree(reader, name, depth, numbering) if name in _OF_TREE else _by_keys(reader, name, numbering)
        for reader in sorted(readers, key=lambda reader: -reader.size)  # what is numbered first is numbered fastest
    }
    order = numbering.in_levels()
    numbers = np.empty(len(order.values), dtype=np.int64)
    numbers[order.values] = np.arange(len(order.values))
    return FacetTable(
        keys=[numbering.keys[value] for value in order.values.tolist()],
        levels=order.levels,
        parents=order.parents,
        begins=_begins(order.parents),
        groups={segment: own.renumbered(numbers) for segment, own in groups.items()},
    )


@dataclass(frozen=True, slots=True)
class _Levels:
    """The values of a numbering, level by level, as ``FacetTable`` has them.

    Attributes:
        values: their numbers as they were met.
        levels, parents: as of ``FacetTable``.
    """

    values: Numbers
    levels: Sequence[int]
    parents: Numbers


class _Numbering:
    """Numbers the values of a facet as they are met.

    Attributes:
        keys: of each.
        parents: of each the number of the value above, ``_NO_PARENT`` at the top.
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

    def in_levels(self) -> _Levels:
        """All values, level by level."""
        parents = np.array(self.parents, dtype=np.int64)
        if self._ordered and len(self._ordered) == len(self.keys):  # one segment has all of them, and in levels
            return _Levels(np.arange(len(parents)), _level_ends(parents), parents)
        ranks, numbers = self.ranks(), np.full(len(parents) + 1, _NO_PARENT)
        levels = [NO_ROWS]
        level = np.flatnonzero(parents == _NO_PARENT)
        while len(level):
            level = level[np.lexsort((ranks[level], numbers[parents[level]]))]
            numbers[level] = np.arange(len(level)) + sum(map(len, levels))
            levels.append(level)
            level = np.flatnonzero(np.isin(parents, level))
        values = np.concatenate(levels)
        parents = numbers[parents[values]]
        return _Levels(values, _level_ends(parents), parents)

    def ranks(self) -> Numbers:
        """The rank of each value among all."""
        numbers = [*self._ordered, *range(len(self._ordered), len(self.ties))]  # those in order already cost nothing
        order = sorted(numbers, key=self.ties.__getitem__)
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks


def _level_ends(parents: Numbers) -> list[int]:
    """Where levels begin, and where the last one ends; ``parents`` are those of values that stand in levels."""
    ends = [0, int(np.searchsorted(parents, _NO_PARENT, side="right"))]
    while (end := int(np.searchsorted(parents, ends[-1]))) > ends[-1]:
        ends.append(end)
    return ends


def _begins(parents: Numbers) -> Numbers:
    """The first value under each; ``parents`` are those of values that stand in levels."""
    begins: Numbers = np.searchsorted(parents, np.arange(len(parents) + 1))
    return begins


def _by_keys(reader: SegmentReader, name: str, numbering: _Numbering) -> _RowGroups:
    """The groups of a segment for a facet without levels."""
    keys = _keys(reader, name)
    both = [(group, numbering.number(key, tie)) for group, own in enumerate(keys) for key, tie in own]
    groups, values = np.array(both, dtype=np.int64).reshape(-1, 2).T
    return _RowGroups(_groups_of_rows(reader, name), len(keys), groups, values)


@dataclass(frozen=True)
class _TreeValues:
    """What a segment's tree of headings has of a facet, whichever of its rows are deleted.

    Attributes:
        keys, ties, parents: of each value, in the order of ``FacetTable``; parents by their place in these.
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
        kept = reader.live_documents[values.owners]
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
        span = int(sections.headings.max(initial=0)) + 1
        alike = values[deep] * span + sections.headings[at_level[deep]]  # of both one number
        distinct_pairs, own = np.unique(alike, return_inverse=True)
        numbers = []
        for parent, heading in zip(*(each.tolist() for each in np.divmod(distinct_pairs, span)), strict=True):
            above = () if parent == _NO_PARENT else tuple(numbering.keys[parent])
            path = (*above, sections.heading(heading))
            numbers.append(numbering.number(path, path, parent))
        values[deep] = np.array(numbers, dtype=np.int64)[own]
    order, places = numbering.in_levels(), np.full(len(numbering.keys) + 1, len(numbering.keys))
    places[order.values] = np.arange(len(order.values))  # and of no value the last
    listed = order.values.tolist()
    parents = places[np.array(numbering.parents, dtype=np.int64)[order.values]]
    return _TreeValues(
        keys=[numbering.keys[value] for value in listed],
        ties=[numbering.ties[value] for value in listed],
        parents=np.where(parents == len(listed), _NO_PARENT, parents).tolist(),
        ordered=np.argsort(numbering.ranks()[order.values]).tolist(),
        owners=NO_ROWS,
        of_rows=_narrow(places[values][reader.nodes], len(listed)),
    )


def _chapter_values(reader: SegmentReader, _: int) -> _TreeValues:
    """Every chapter of each document, in reading order: its rank is that of its node."""
    chapters, places = np.unique(reader.sections.at_depth(1), return_inverse=True)
    owners = reader.sections.owners[chapters]
    keys: list[FacetKey] = []
    ties: list[Any] = []
    ids, paths = reader.every_document.columns[:2]
    for node, owner in zip(chapters.tolist(), owners.tolist(), strict=True):
        keys.append((ids[owner], *reader.sections.path(node)))
        ties.append((paths[owner], ids[owner], node))
    order = sorted(range(len(keys)), key=ties.__getitem__)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return _TreeValues(
        keys=[keys[at] for at in order],
        ties=[ties[at] for at in order],
        parents=[_NO_PARENT] * len(keys),
        ordered=list(range(len(keys))),
        owners=owners[order],
        of_rows=_narrow(ranks[places[reader.nodes]], len(keys)),
        are_distinct=len(set(keys)) == len(keys),
    )


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
