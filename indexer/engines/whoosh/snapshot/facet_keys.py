"""Keys of the values of facets, by number: how each is named, what stands under what, and what breaks ties.

Of sections and chapters there may be more than a hundred thousand, of which an answer lists a few. So they are known by
a node of the tree of headings, and named when somebody looks at them, or another segment may have the same ones.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeVar

import numpy as np

from indexer.engines.requests import FacetKey
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.model.records import record

NO_PARENT = -1
T = TypeVar("T")


class Keys(Protocol):
    """The keys of values, by their numbers."""

    def __len__(self) -> int: ...

    def of(self, values: Numbers) -> list[FacetKey]:
        """Those of some values."""

    def under(self, values: Numbers, above: Iterable[FacetKey]) -> list[FacetKey]:
        """The same of values that stand under others, whose keys are known."""


@record
class ListedKeys:
    """Keys that are there."""

    keys: Sequence[FacetKey]

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, values: Numbers) -> list[FacetKey]:
        """See ``Keys``."""
        return [self.keys[value] for value in values.tolist()]

    def under(self, values: Numbers, above: Iterable[FacetKey]) -> list[FacetKey]:
        """See ``Keys``."""
        return self.of(values)


@record
class TreeKeys:
    """Keys that are made when they are asked for.

    Attributes:
        trees: what segments have.
        segments, nodes: of each value one segment that has it, and its node there.
    """

    trees: Sequence[TreeValues]
    segments: np.ndarray
    nodes: np.ndarray

    def __len__(self) -> int:
        return len(self.nodes)

    def of(self, values: Numbers) -> list[FacetKey]:
        """See ``Keys``."""
        return self._of_each(values, lambda tree, nodes: tree.named(nodes))

    def under(self, values: Numbers, above: Iterable[FacetKey]) -> list[FacetKey]:
        """See ``Keys``."""
        headings = self._of_each(values, lambda tree, nodes: tree.reader.sections.headings_of(nodes))
        return [(*path, heading) for path, heading in zip(above, headings, strict=True)]

    def _of_each(self, values: Numbers, named: Callable[[TreeValues, np.ndarray], list[T]]) -> list[T]:
        """What each value is called by a segment that has it."""
        segments, nodes = self.segments[values], self.nodes[values]
        if len(self.trees) == 1:
            return named(self.trees[0], nodes)
        names: dict[int, T] = {}
        for segment, tree in enumerate(self.trees):
            own = np.flatnonzero(segments == segment)
            names.update(zip(own.tolist(), named(tree, nodes[own]), strict=True))
        return [names[at] for at in range(len(values))]


@record
class Levels:
    """The values of a numbering, level by level, as ``FacetTable`` has them.

    Attributes:
        values: their numbers as they were met.
        levels, parents: as of ``FacetTable``.
    """

    values: Numbers
    levels: Sequence[int]
    parents: Numbers


class Numbering:
    """Numbers the values of a facet as they are met.

    Attributes:
        keys: of each.
        parents: of each the number of the value above, ``NO_PARENT`` at the top.
        ties: what breaks ties, of each.
    """

    def __init__(self) -> None:
        self.keys: list[FacetKey] = []
        self.parents: list[int] = []
        self._numbers: dict[FacetKey, int] = {}
        self.ties: list[Any] = []
        self._ordered: list[int] = []

    def number(self, key: FacetKey, tie: object, parent: int = NO_PARENT) -> int:
        """The number of a value; ``tie`` breaks them between equal counts."""
        if key not in self._numbers:
            self._numbers[key] = len(self.keys)
            self.keys.append(key)
            self.parents.append(parent)
            self.ties.append(tie)
        return self._numbers[key]

    def number_all(self, values: TreeValues) -> Numbers:
        """The numbers of those values of a segment that are kept; ``NO_PARENT`` of the others."""
        tree, parents = values.tree, values.tree.parents.tolist()
        keys = values.named(tree.nodes)
        ties = values.ties(keys)
        if not self.keys and values.are_kept_and_distinct:
            self.keys, self.parents, self.ties, self._ordered = keys, parents, [*ties], tree.ordered.tolist()
            self._numbers = dict(zip(self.keys, range(len(self.keys)), strict=True))
            return np.arange(len(self.keys))
        numbers = [NO_PARENT] * len(keys)
        for at in np.flatnonzero(values.are_kept).tolist():
            above = NO_PARENT if parents[at] == NO_PARENT else numbers[parents[at]]
            numbers[at] = self.number(keys[at], ties[at], above)
        return np.array(numbers, dtype=np.int64)

    def in_levels(self) -> Levels:
        """All values, level by level."""
        parents = np.array(self.parents, dtype=np.int64)
        if self._ordered and len(self._ordered) == len(self.keys):  # one segment has all of them, and in levels
            return Levels(np.arange(len(parents)), level_ends(parents), parents)
        ranks, numbers = self.ranks(), np.full(len(parents) + 1, NO_PARENT)
        levels = [NO_ROWS]
        level = np.flatnonzero(parents == NO_PARENT)
        while len(level):
            level = level[np.lexsort((ranks[level], numbers[parents[level]]))]
            numbers[level] = np.arange(len(level)) + sum(map(len, levels))
            levels.append(level)
            level = np.flatnonzero(np.isin(parents, level))
        values = np.concatenate(levels)
        parents = numbers[parents[values]]
        return Levels(values, level_ends(parents), parents)

    def ranks(self) -> Numbers:
        """The rank of each value among all."""
        numbers = [*self._ordered, *range(len(self._ordered), len(self.ties))]  # those in order already cost nothing
        order = sorted(numbers, key=self.ties.__getitem__)
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks


def level_ends(parents: Numbers) -> list[int]:
    """Where levels begin, and where the last one ends; ``parents`` are those of values that stand in levels."""
    ends = [0, int(np.searchsorted(parents, NO_PARENT, side="right"))]
    while (end := int(np.searchsorted(parents, ends[-1]))) > ends[-1]:
        ends.append(end)
    return ends


@record
class Tree:
    """What a segment's tree of headings has of a facet, whichever of its rows are deleted.

    Attributes:
        nodes, parents: of each value, in the order of ``FacetTable``: a node that has it, the place of the value above.
        ordered: the places, as ties are broken.
        of_rows: row → place of its value; that after the last for none.
        are_distinct: whether no key is there twice, as is one of a document that was replaced within the segment.
    """

    nodes: np.ndarray
    parents: Numbers
    ordered: np.ndarray
    of_rows: np.ndarray
    are_distinct: bool = True

    def cut_off(self, depth: int) -> Tree:
        """The same to a depth, as ``find`` would make it: values below count for those that they stand under."""
        levels = level_ends(self.parents)
        size = levels[: depth + 1][-1]
        shown = np.arange(len(self.nodes) + 1)
        for begin, end in pairwise(levels[depth:]):
            shown[begin:end] = shown[self.parents[begin:end]]
        shown[-1] = size
        return Tree(
            nodes=self.nodes[:size].copy(),
            parents=self.parents[:size].copy(),
            ordered=self.ordered[self.ordered < size],
            of_rows=_narrow(shown[self.of_rows], size),
        )


class TreeValues(ABC):
    """The same, named, with the rows that are deleted now.

    Args:
        reader: the segment.
        tree: what it has.
    """

    def __init__(self, reader: SegmentReader, tree: Tree) -> None:
        self.reader, self.tree = reader, tree

    @staticmethod
    @abstractmethod
    def find(reader: SegmentReader, depth: int) -> Tree:
        """What a segment has of a facet, in sections to a ``depth``."""

    @abstractmethod
    def named(self, nodes: np.ndarray) -> list[FacetKey]:
        """The keys of nodes that have values."""

    @abstractmethod
    def ties(self, keys: list[FacetKey]) -> Sequence[Any]:
        """What breaks ties, of each of all values, whose ``keys`` are known."""

    @property
    def are_kept(self) -> Mask:
        """Which values may still have hits."""
        return np.ones(len(self.tree.nodes), dtype=bool)

    @property
    def are_kept_and_distinct(self) -> bool:
        """Whether all of them may, and each is there once."""
        return self.tree.are_distinct and bool(self.are_kept.all())


class _Sections(TreeValues):
    """Every path, cut off at a depth."""

    @staticmethod
    def find(reader: SegmentReader, depth: int) -> Tree:
        """See ``TreeValues``."""
        sections, numbering = reader.sections, Numbering()
        values = np.full(len(sections), NO_PARENT)
        nodes: list[int] = []
        for level in range(1, min(depth, int(sections.depths.max(initial=0))) + 1):
            deep = np.flatnonzero(sections.depths >= level)
            at_level = sections.at_depth(level)[deep]
            # many sections are called alike, under parents that are: "第一章 总则 / 第一条"
            span = int(sections.headings.max(initial=0)) + 1
            alike = values[deep] * span + sections.headings[at_level]  # of both one number
            distinct_pairs, firsts, own = np.unique(alike, return_index=True, return_inverse=True)
            numbers = []
            columns = (*np.divmod(distinct_pairs, span), at_level[firsts])
            for parent, heading, node in zip(*(each.tolist() for each in columns), strict=True):
                above = () if parent == NO_PARENT else tuple(numbering.keys[parent])
                path = (*above, sections.heading(heading))
                numbers.append(numbering.number(path, path, parent))
                if numbers[-1] == len(nodes):
                    nodes.append(node)
            values[deep] = np.array(numbers, dtype=np.int64)[own]
        order, places = numbering.in_levels(), np.full(len(nodes) + 1, len(nodes))
        places[order.values] = np.arange(len(nodes))  # and of no value the last
        return Tree(
            nodes=np.array(nodes, dtype=np.int32)[order.values],
            parents=order.parents,
            ordered=np.argsort(numbering.ranks()[order.values]).astype(np.int32),
            of_rows=_narrow(places[values][reader.nodes], len(nodes)),
        )

    def named(self, nodes: np.ndarray) -> list[FacetKey]:
        """See ``TreeValues``."""
        return [*self.reader.sections.paths(nodes)]

    def ties(self, keys: list[FacetKey]) -> Sequence[Any]:
        """See ``TreeValues``."""
        return keys


class _Chapters(TreeValues):
    """Every chapter of each document, in reading order: its rank is that of its node."""

    @staticmethod
    def find(reader: SegmentReader, depth: int) -> Tree:
        """See ``TreeValues``."""
        chapters, places = np.unique(reader.sections.at_depth(1), return_inverse=True)
        columns = reader.every_document.columns
        documents = list(zip(columns.paths, columns.ids, strict=True))
        ranks_of_documents = {both: rank for rank, both in enumerate(sorted(set(documents)))}
        owners = reader.sections.owners[chapters]
        order = np.lexsort((chapters, np.array([ranks_of_documents[both] for both in documents])[owners]))
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        nodes = chapters[order].astype(np.int32)
        return Tree(
            nodes=nodes,
            parents=np.full(len(nodes), NO_PARENT),
            ordered=np.arange(len(nodes), dtype=np.int32),
            of_rows=_narrow(ranks[places[reader.nodes]], len(nodes)),
            are_distinct=_are_distinct(columns.ids, reader.sections.owners[nodes], reader.sections.headings[nodes]),
        )

    def named(self, nodes: np.ndarray) -> list[FacetKey]:
        """See ``TreeValues``."""
        return _chapter_keys(self.reader, nodes)

    def ties(self, keys: list[FacetKey]) -> Sequence[Any]:
        """See ``TreeValues``."""
        columns, owners = self.reader.every_document.columns, self.reader.sections.owners[self.tree.nodes].tolist()
        paths, ids = ([column[owner] for owner in owners] for column in (columns.paths, columns.ids))
        return list(zip(paths, ids, self.tree.nodes.tolist(), strict=True))

    @property
    def are_kept(self) -> Mask:
        """See ``TreeValues``."""
        kept: Mask = self.reader.live_documents[self.reader.sections.owners[self.tree.nodes]]
        return kept


TREES: Mapping[str, type[TreeValues]] = {"section": _Sections, "chapter": _Chapters}


def tree_values(reader: SegmentReader, name: str, depth: int) -> TreeValues:
    """What a segment has of sections, to a ``depth``, or of chapters."""
    key = name, depth if name == "section" else 0
    if key not in reader.tables:
        deeper = next((reader.tables[each] for each in [*reader.tables] if each[0] == name and each[1] > depth), None)
        reader.tables[key] = deeper.cut_off(depth) if deeper else TREES[name].find(reader, depth)
    return TREES[name](reader, reader.tables[key])


def _are_distinct(ids: Sequence[str], owners: Numbers, headings: np.ndarray) -> bool:
    """Whether no two chapters have one heading and documents of one id, some of which are gone."""
    numbers: dict[str, int] = {}
    of_owners = np.array([numbers.setdefault(each, len(numbers)) for each in ids], dtype=np.int64)
    keys = of_owners[owners] * (int(headings.max(initial=0)) + 1) + headings
    return len(np.unique(keys)) == len(keys)


def _chapter_keys(reader: SegmentReader, nodes: np.ndarray) -> list[FacetKey]:
    ids, owners = reader.every_document.columns.ids, reader.sections.owners[nodes].tolist()
    return [(ids[owner], *path) for owner, path in zip(owners, reader.sections.paths(nodes), strict=True)]


def _narrow(of_rows: np.ndarray, count: int) -> np.ndarray:
    """Places of ``count`` values, and the one after the last, in as few bytes as they need."""
    return of_rows.astype(np.min_scalar_type(-max(1, count + 1)))
