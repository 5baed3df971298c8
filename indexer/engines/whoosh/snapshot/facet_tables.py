"""Facets of a snapshot: every value has a number, so that hits are counted by adding up arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from indexer.engines.definition.facets import document_values
from indexer.engines.requests import CountedFacet, FacetCount, FacetKey
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, nth_largest, numbers_between
from indexer.engines.whoosh.segments.reader import SegmentReader

# The hits of each segment: of ``exact`` and ``all``, and of ``some``.
Found: TypeAlias = "Sequence[tuple[SegmentReader, tuple[Numbers, Numbers]]]"

_NO_PARENT = -1


class HitCounts:
    """The hits of one request by groups of rows: facets that group rows alike have them counted once."""

    def __init__(self) -> None:
        # an array is known by its ``id``, which is its own as long as it is kept here
        self._known: dict[tuple[int, int], tuple[Numbers, np.ndarray, Numbers]] = {}

    def by_group(self, rows: Numbers, of_rows: np.ndarray, count: int) -> Numbers:
        """How many of ``rows`` are in each of ``count`` groups, ``of_rows`` telling each row's."""
        key = id(rows), id(of_rows)
        if key not in self._known:
            self._known[key] = rows, of_rows, np.bincount(of_rows.take(rows), minlength=count)
        return self._known[key][2]


@dataclass(frozen=True)
class _RowGroups:
    """The rows of a segment in groups with the same values of a facet.

    Attributes:
        of_rows: row → number of its group.
        count: how many groups there are.
        groups, values: the number of a group as often as it has values, beside the number of the value.
        are_values: whether the first groups are the first values, one each, and the others have none.
    """

    of_rows: np.ndarray
    count: int
    groups: Numbers
    values: Numbers
    are_values: bool = False

    def renumbered(self, numbers: Numbers) -> _RowGroups:
        """The same with the values numbered otherwise: ``numbers`` are the new ones."""
        values = numbers[self.values]
        every = np.arange(len(values))
        are_values = np.array_equal(values, every) and np.array_equal(self.groups, every)
        return replace(self, values=values, are_values=are_values)

    def add_to(self, counts: Numbers, rows: Numbers, hits: HitCounts) -> None:
        """Count the hits of each value."""
        if not len(rows) or not self.count:
            return
        own = hits.by_group(rows, self.of_rows, self.count)
        if self.are_values:
            counts[: len(self.values)] += own[: len(self.values)]
        else:
            weighed = np.bincount(self.values, weights=own[self.groups], minlength=len(counts))
            counts += weighed.astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The values of one level that are listed.

    Attributes:
        values: those under one value after those under the one before, each in order.
        ends: for each value that they may stand under where in ``values`` those under it end.
        truncated: for each of those whether there are more.
    """

    values: Numbers
    ends: Numbers
    truncated: Mask


@dataclass(frozen=True)
class FacetTable:
    """The values of a facet in all segments: level by level, in each those under one value after those under the one
    before, and what stands under the same as ties are broken.

    Attributes:
        keys: value number → key.
        levels: where the values that stand under none, under one other, and so on, begin; and where the last ones end.
        begins: value number → the first value under it; those under the next one follow.
        groups: of each segment (by ``id``). A group counts for its values alone, not for what these stand under.
    """

    keys: Sequence[FacetKey]
    levels: Sequence[int]
    begins: Numbers
    groups: Mapping[int, _RowGroups]

    def facet(self, found: Found, hits: HitCounts, limit: int) -> CountedFacet:
        """The ``limit`` largest values of each level.

        Args:
            found: the hits of each segment: of ``exact`` and ``all``, and of ``some``.
            hits: what of them has been counted.
            limit: values of each level that are listed.
        """
        if not self.keys:
            return CountedFacet(())
        count, some = self._counts(found, hits)
        listed = [self._largest(np.zeros(1, dtype=np.int64), np.array(self.levels[1:2]), count, some, limit)]
        for _ in self.levels[2:]:
            above = listed[-1].values
            listed.append(self._largest(self.begins[above], self.begins[above + 1], count, some, limit))
        return self._facet(listed, count, some)

    def facet_in_order(self, found: Found, hits: HitCounts, limit: int) -> CountedFacet:
        """The ``limit`` largest values, in the order that breaks ties; of values without levels."""
        count, some = self._counts(found, hits)
        every = np.zeros(1, dtype=np.int64), np.array(self.levels[1:2])
        listed = self._largest(*every, count, some, limit)
        values = np.sort(listed.values)
        return self._facet([replace(listed, values=values)], count, some)

    def _counts(self, found: Found, hits: HitCounts) -> Numbers:
        """Hits of each value, with those below it: of ``exact`` and ``all``, and of ``some``."""
        counts = np.zeros((2, len(self.keys)), dtype=np.int64)
        for line, part in zip(counts, (0, 1), strict=True):
            for reader, parts in found:
                self.groups[id(reader)].add_to(line, parts[part], hits)
        for first, end in reversed(list(pairwise(self.levels[:-1]))):
            parents = first + np.flatnonzero(np.diff(self.begins[first : end + 1]))  # that have any value below them
            if len(parents):
                below = slice(end, int(self.begins[end]))
                counts[:, parents] += np.add.reduceat(counts[:, below], self.begins[parents] - end, axis=1)
        return counts

    def _largest(self, begins: Numbers, ends: Numbers, count: Numbers, some: Numbers, limit: int) -> _Listed:
        """Of the values from each of ``begins`` on the ``limit`` largest, by ``count``, then ``some``."""
        widths = ends - begins
        above = np.repeat(np.arange(len(widths)), widths)
        values = numbers_between(begins, ends)
        sizes = count[values] * (int(some.max(initial=0)) + 1) + some[values]
        found = np.flatnonzero(sizes)
        totals = np.bincount(above[found], minlength=len(widths))
        if len(widths) == 1 and len(found) > limit:
            found = found[sizes[found] >= nth_largest(sizes[found], limit)]
        found = found[np.lexsort((-sizes[found], above[found]))]
        parts = above[found]
        places = np.arange(len(parts)) - np.searchsorted(parts, parts)
        kept = places < limit
        ends = np.cumsum(np.minimum(totals, limit))
        return _Listed(values[found[kept]], ends, totals > limit)

    def _facet(self, listed: Sequence[_Listed], count: Numbers, some: Numbers) -> CountedFacet:
        """The listed values with those below them, made from the lowest level up."""
        made: list[FacetCount] = []
        below: _Listed | None = None
        for level in reversed(listed):
            keys = map(self.keys.__getitem__, level.values.tolist())
            columns: list[Iterable[Any]] = [keys, count[level.values].tolist(), some[level.values].tolist()]
            if below is not None:
                ends = below.ends.tolist()
                columns += [[tuple(made[a:b]) for a, b in pairwise([0, *ends])], below.truncated.tolist()]
            made, below = list(map(FacetCount, *columns)), level
        return CountedFacet(tuple(made), bool(listed[0].truncated[0]))


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
        begins=order.begins,
        groups={segment: own.renumbered(numbers) for segment, own in groups.items()},
    )


@dataclass(frozen=True, slots=True)
class _Levels:
    """The values of a numbering, level by level, as ``FacetTable`` has them.

    Attributes:
        values: their numbers as they were met.
        levels, begins: as of ``FacetTable``.
    """

    values: Numbers
    levels: Sequence[int]
    begins: Numbers


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
            return _Levels(np.arange(len(parents)), _level_ends(parents), _begins(parents))
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
        return _Levels(values, _level_ends(parents), _begins(parents))

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
    for node, owner in zip(chapters.tolist(), owners.tolist(), strict=True):
        about = reader.every_document[owner].document
        keys.append((about.id, *reader.sections.path(node)))
        ties.append((about.path, about.id, node))
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
