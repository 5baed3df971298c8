"""Facets of a snapshot: every value has a number, so that hits are counted by adding up arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import chain, pairwise, repeat
from typing import TypeAlias, TypeVar

import numpy as np

from indexer.engines.definition.facets import document_values
from indexer.engines.requests import CountedFacet, FacetKey
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, numbers_between
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import marked
from indexer.engines.whoosh.snapshot.facet_keys import (
    TREES,
    Keys,
    ListedKeys,
    Numbering,
    TreeKeys,
    TreeValues,
    level_ends,
    tree_values,
)
from indexer.model.records import record

# Rows of a segment: hits of ``exact`` and ``all``, and of the other tiers. And those of each segment.
Hits: TypeAlias = "tuple[Numbers, Numbers]"
Found: TypeAlias = "Sequence[tuple[SegmentReader, Hits]]"
T = TypeVar("T")

# Bits of a size (``FacetTable``) that hits of the other tiers have, and a mask of these; the size of one of ``Hits``.
_SOME_BITS = 32
_OF_SOME = (1 << _SOME_BITS) - 1
_SIZES = (1 << _SOME_BITS, 1)


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
                if len(rows):
                    np.add.at(sizes, of_rows.take(rows), size)
            self._known[key] = hits, of_rows, sizes
        return self._known[key][2]


@record
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

    def sizes(self, hits: Hits, counted: HitCounts, count: int) -> Numbers:
        """The hits of each of ``count`` values."""
        own = counted.by_group(hits, self.of_rows, self.count)
        if self.same == count:
            return own[:count].copy()
        sizes = np.zeros(count, dtype=np.int64)
        sizes[: self.same] = own[: self.same]
        np.add.at(sizes, self.values, own[self.groups])
        return sizes


@record
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


@record
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

    keys: Keys
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
        sizes = self._sizes(found, counted)
        first, *others = self._found_by_level(sizes)
        listed = [_largest(first, sizes, limit)]
        for values in others:
            above = listed[-1].values
            begins, ends = (values.searchsorted(self.begins[parent]) for parent in (above, above + 1))
            listed.append(_largest_of_each(values, begins, ends, sizes, limit))
        return listed

    def _sizes(self, found: Found, counted: HitCounts) -> Numbers:
        """The hits of each value, but not of those under it."""
        count = len(self.keys)
        sizes = [self.groups[id(reader)].sizes(hits, counted, count) for reader, hits in found]
        return reduce(np.add, sizes) if sizes else np.zeros(count, dtype=np.int64)

    def _found_by_level(self, sizes: Numbers) -> list[Numbers]:
        """The values of each level with any hits; to the ``sizes`` of their parents theirs are added."""
        found: list[Numbers] = []
        for first, end in reversed(list(pairwise(self.levels))):
            values = marked(sizes[first:end] > 0) + first
            if first:
                np.add.at(sizes, self.parents.take(values), sizes.take(values))
            found.append(values)
        return found[::-1]

    def _facet(self, listed: Sequence[_Listed]) -> CountedFacet:
        """The listed values; they are made when somebody looks at them."""
        return CountedFacet(partial(_made, self.keys, listed), bool(listed[0].truncated[0]))


def _largest(values: Numbers, sizes: Numbers, limit: int) -> _Listed:
    """Of values that stand under none the ``limit`` largest, the first of equals."""
    own, count = sizes.take(values), len(values)
    if count > limit:
        (kept,) = (own >= np.partition(own, count - limit)[count - limit]).nonzero()
        values, own = values.take(kept), own.take(kept)
    order = (-own).argsort(kind="stable")[:limit]
    return _Listed(values[order], own[order], np.array([len(order)]), np.array([count > limit]))


def _largest_of_each(values: Numbers, begins: Numbers, ends: Numbers, sizes: Numbers, limit: int) -> _Listed:
    """Of ``values`` from each begin to its end the ``limit`` largest, the first of equals."""
    widths = ends - begins
    values = values.take(numbers_between(begins, ends))
    own = sizes.take(values)
    order = (-own).argsort(kind="stable")
    # then by what they stand under: numbers of 16 bits are put in order without being compared
    owners = np.repeat(np.arange(len(widths)).astype(np.min_scalar_type(len(widths))), widths)
    order = order.take(owners.take(order).argsort(kind="stable"))
    if len(order) and int(widths.max()) > limit:
        places = np.arange(len(order)) - np.repeat(np.cumsum(widths) - widths, widths)
        order = order[places < limit]
    return _Listed(values[order], own[order], np.cumsum(np.minimum(widths, limit)), widths > limit)


def _made(keys: Keys, listed: Sequence[_Listed], make: Callable[..., T]) -> list[T]:
    """The listed values with those below them, made from the lowest level up."""
    made: list[T] = []
    below: _Listed | None = None
    for level, of_level in zip(reversed(listed), reversed(_keys_by_level(keys, listed)), strict=True):
        count, some = level.sizes >> _SOME_BITS, level.sizes & _OF_SOME
        columns: list[Sequence[object]] = [of_level, count.tolist(), some.tolist()]
        if below is not None:
            children = tuple(made)
            columns += [[children[a:b] for a, b in pairwise([0, *below.ends.tolist()])], below.truncated.tolist()]
        made, below = list(map(make, *columns)), level
    return made


def _keys_by_level(keys: Keys, listed: Sequence[_Listed]) -> list[list[FacetKey]]:
    """The keys of the listed values, from the highest level down."""
    first, *others = listed
    found = [keys.of(first.values)]
    for level in others:
        above = chain.from_iterable(map(repeat, found[-1], np.diff(level.ends, prepend=0).tolist()))
        found.append(keys.under(level.values, above))
    return found


def make_table(readers: Sequence[SegmentReader], name: str, depth: int) -> FacetTable:
    """The table of a facet; of sections ``depth`` levels."""
    ordered = sorted(readers, key=lambda reader: -reader.size)  # what is numbered first is numbered fastest
    if name not in TREES:
        return _by_keys_of(ordered, name)
    values = [tree_values(reader, name, depth) for reader in ordered]
    if len(values) == 1 and values[0].are_kept_and_distinct:
        return _as_in_tree(values[0])
    return _by_trees(values)


def _by_keys_of(readers: Sequence[SegmentReader], name: str) -> FacetTable:
    """The table of a facet without levels."""
    numbering = Numbering()
    groups = {id(reader): _by_keys(reader, name, numbering) for reader in readers}
    return _in_levels(numbering, groups, lambda order: ListedKeys([numbering.keys[value] for value in order.tolist()]))


def _as_in_tree(values: TreeValues) -> FacetTable:
    """The table of a facet of which one segment has all values, each once, and in levels."""
    tree, size = values.tree, len(values.tree.nodes)
    groups = {id(values.reader): _RowGroups(tree.of_rows, size + 1, NO_ROWS, NO_ROWS, same=size)}
    keys = TreeKeys([values], np.zeros(size, dtype=np.uint8), tree.nodes)
    return FacetTable(keys, level_ends(tree.parents), tree.parents, _begins(tree.parents), groups)


def _by_trees(trees: Sequence[TreeValues]) -> FacetTable:
    """The table of a facet with values in several segments."""
    numbering = Numbering()
    numbers = [numbering.number_all(values) for values in trees]
    groups = {}
    segments, nodes = np.zeros((2, len(numbering.keys)), dtype=np.int32)
    for segment, (values, own) in enumerate(zip(trees, numbers, strict=True)):
        kept = np.flatnonzero(values.are_kept)
        groups[id(values.reader)] = _RowGroups(values.tree.of_rows, len(own) + 1, kept, own[kept])
        segments[own[kept]], nodes[own[kept]] = segment, values.tree.nodes[kept]
    return _in_levels(numbering, groups, lambda order: TreeKeys(trees, segments[order], nodes[order]))


def _in_levels(
    numbering: Numbering, groups: Mapping[int, _RowGroups], keys_in_order: Callable[[Numbers], Keys]
) -> FacetTable:
    """The table of values that were numbered as they were met."""
    order = numbering.in_levels()
    numbers = np.empty(len(order.values), dtype=np.int64)
    numbers[order.values] = np.arange(len(order.values))
    return FacetTable(
        keys=keys_in_order(order.values),
        levels=order.levels,
        parents=order.parents,
        begins=_begins(order.parents),
        groups={segment: own.renumbered(numbers) for segment, own in groups.items()},
    )


def _begins(parents: Numbers) -> Numbers:
    """The first value under each; ``parents`` are those of values that stand in levels."""
    begins: Numbers = np.searchsorted(parents, np.arange(len(parents) + 1))
    return begins


def _by_keys(reader: SegmentReader, name: str, numbering: Numbering) -> _RowGroups:
    """The groups of a segment for a facet without levels."""
    keys = _keys(reader, name)
    both = [(group, numbering.number(key, tie)) for group, own in enumerate(keys) for key, tie in own]
    groups, values = np.array(both, dtype=np.int64).reshape(-1, 2).T
    return _RowGroups(_groups_of_rows(reader, name), len(keys), groups, values)


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
