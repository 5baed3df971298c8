"""Heading paths of a segment as trees: one node for each section of each document, under the node of what it stands in.

sections.parents    node above, plus 1; 0 of a document's root, which stands for its passages above all headings
sections.owners     document of each node
sections.headings   heading of each node, plus 1; 0 of a root
sections.texts      JSON of the distinct headings: as they are, and folded
sections.places, sections.sizes
                    of each node (``preorder``)
sections.lengths    folded characters of the headings of each node from the top
sections.passages, sections.words, sections.chars
                    how many passages stand right under each node, their words and folded characters

What stands below the texts is derived where older programs wrote, and passed over by these.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import (
    NO_ROWS,
    Mask,
    Numbers,
    Weights,
    as_signed,
    numbers_between,
)
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.preorder import Preorder, levels_of
from indexer.engines.whoosh.segments.ranges import Ranges
from indexer.engines.whoosh.segments.value_tables import Numbering, PlaceTest, ValueTexts
from indexer.model import Glob, Literal
from indexer.model.records import record

_Path = tuple[str, ...]

# The arrays of how many passages, words and folded characters stand right under each node.
TOTALS = {counted: f"sections.{counted}" for counted in (layout.PASSAGES, layout.WORDS, layout.CHARS)}
_PLACES, _SIZES, _LENGTHS = "sections.places", "sections.sizes", "sections.lengths"


@record
class SectionTree:
    """The sections of one document, numbered from its root, 0, as they are met.

    Attributes:
        parents: node above each, plus 1; 0 of the root.
        headings: number of each one's heading in ``texts``, plus 1; 0 of the root.
        texts: distinct headings: as they are, and folded.
    """

    parents: list[int]
    headings: list[int]
    texts: list[tuple[str, str]]

    @classmethod
    def of(cls, originals: Iterable[_Path], folded: Iterable[_Path]) -> tuple[SectionTree, list[int]]:
        """The sections of heading paths, as they are and folded, and the node of each path."""
        maker = _TreeMaker()
        nodes = list(map(maker.node, originals, folded))
        return cls(maker.parents, maker.headings, list(maker.texts)), nodes


class _TreeMaker:
    """Adds node after node; what another process needs of it is a ``SectionTree``."""

    def __init__(self) -> None:
        self.parents: list[int] = [0]
        self.headings: list[int] = [0]
        self.texts: Numbering[tuple[str, str]] = Numbering()
        self._nodes: dict[tuple[_Path, _Path], int] = {((), ()): 0}

    def node(self, original: _Path, folded: _Path) -> int:
        """The node of a heading path."""
        found = self._nodes.get((original, folded))
        return self._new_node(original, folded) if found is None else found

    def _new_node(self, original: _Path, folded: _Path) -> int:
        parent = self.node(original[:-1], folded[:-1])
        self.parents.append(parent + 1)
        self.headings.append(self.texts[original[-1], folded[-1]] + 1)
        self._nodes[original, folded] = len(self.parents) - 1
        return len(self.parents) - 1


class SectionWriter:
    """Writes the sections of documents one after the other."""

    def __init__(self) -> None:
        self._parents = array("q")
        self._owners = array("q")
        self._headings = array("q")
        self._texts: Numbering[tuple[str, str]] = Numbering()
        self._documents = 0

    def add(self, tree: SectionTree) -> int:
        """Append the sections of the next document; the node of its root."""
        root = len(self._parents)
        numbers = [0, *(self._texts[text] + 1 for text in tree.texts)]
        self._parents.extend([parent and parent + root for parent in tree.parents])
        self._owners.extend([self._documents] * len(tree.parents))
        self._headings.extend([numbers[heading] for heading in tree.headings])
        self._documents += 1
        return root

    def __len__(self) -> int:
        return len(self._parents)

    @property
    def parents(self) -> np.ndarray:
        """As of ``Sections``."""
        return _parents(np.array(self._parents, dtype=np.int32))

    def write(self, writer: ArrayWriter) -> None:
        """Write all of them."""
        headings = np.array(self._headings, dtype=np.int64)
        writer.add("sections.parents", np.array(self._parents, dtype=np.int64))
        writer.add("sections.owners", np.array(self._owners, dtype=np.int64))
        writer.add("sections.headings", headings)
        writer.add("sections.texts", zlib.compress(layout.encode_json(list(self._texts))))
        preorder = Preorder.of(self.parents)
        writer.add(_PLACES, preorder.places)
        writer.add(_SIZES, preorder.sizes)
        writer.add(_LENGTHS, _lengths(self.parents, headings, list(self._texts)))


class Sections:
    """The nodes of a segment.

    Attributes:
        parents: node above each; of a root itself.
        owners: document of each.
        headings: number of each one's heading, from 1; 0 of a root.

    All of them, and what is derived from them, in few bytes: there may be half as many nodes as passages.
    """

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.parents = _parents(file["sections.parents"])
        self.owners: Numbers = file["sections.owners"].astype(np.int32)
        self.headings = file["sections.headings"]

    def __len__(self) -> int:
        return len(self.owners)

    def prepare(self) -> None:
        """Derive what headings are found by."""
        self._heading_texts.prepare()
        self.listed(Ranges(NO_ROWS, NO_ROWS))
        self._nodes_of(NO_ROWS)

    def path(self, node: int) -> _Path:
        """The headings of a node from the top."""
        return self._path(node, 0)

    def paths(self, nodes: np.ndarray) -> list[_Path]:
        """The headings of each of some nodes from the top."""
        texts, numbers = self._texts, self.headings[nodes]
        columns: list[list[int]] = []
        while numbers.any():
            columns.append(numbers.tolist())
            nodes = self.parents[nodes]
            numbers = self.headings[nodes]
        if not columns:
            return [()] * len(nodes)
        return [
            tuple(texts[number - 1][0] for number in path if number) for path in zip(*reversed(columns), strict=True)
        ]

    def headings_of(self, nodes: np.ndarray) -> list[str]:
        """The own heading of each of some nodes that are no roots."""
        texts = self._texts
        return [texts[number - 1][0] for number in self.headings[nodes].tolist()]

    def heading(self, number: int) -> str:
        """The heading of a number from 1."""
        return self._texts[number - 1][0]

    def at_path(self, nodes: Numbers, path: _Path) -> list[int]:
        """Those of ``nodes`` that are at a path."""
        numbers = self._by_original.get(path[-1], ()) if path else (0,)
        alike = nodes[equal_to_any(self.headings[nodes], numbers)].tolist()
        return [node for node in alike if self.path(node) == path]

    def folded_path(self, node: int) -> _Path:
        """The same, folded."""
        return self._path(node, 1)

    def containing(self, spelling: str, test: PlaceTest | None = None) -> Ranges:
        """The places of the nodes with a heading, own or above, that contains ``spelling`` where ``test`` lets it."""
        return self._having(self._heading_texts.containing(spelling, test))

    def holding(self, chars: str) -> Mask:
        """The headings, by their numbers from 0, that contain ``chars``."""
        return self._heading_texts.containing(chars)

    def that_hold(self, leaf: Literal | Glob) -> Ranges:
        """The places of the nodes with a heading, own or above, that holds ``leaf``."""
        return self._having(self._heading_texts.holding(leaf))

    def below(self, path: _Path) -> Mask:
        """The nodes at a path and below it."""
        below = np.zeros(len(self), dtype=bool)
        below[self.listed(self._topped_by(self._at(path)))] = True
        return below

    def _at(self, path: _Path) -> Numbers:
        """The nodes at a path: of those that are called as its last heading the ones under all others."""
        if not path:
            return np.flatnonzero(self.headings == 0)
        *others, last = [self._by_original.get(heading, ()) for heading in path]
        nodes = above = self._nodes_of(np.array(last, dtype=np.intp))
        for numbers in reversed(others):
            above = self.parents.take(above)
            is_under = equal_to_any(self.headings.take(above), numbers)
            nodes, above = nodes[is_under], above[is_under]
        found: Numbers = nodes[self.headings.take(self.parents.take(above)) == 0]
        return found

    def named(self, names: Sequence[str], nodes: Numbers) -> Weights:
        """1.0 for each of some nodes whose own folded heading is one of ``names``, else 0.0."""
        numbers = [number for name in names for number in self._by_folded.get(name, ())]
        return equal_to_any(self.headings.take(nodes), numbers).astype(np.float64)

    @property
    def lengths(self) -> np.ndarray:
        """Folded characters of the headings of each node from the top; not kept."""
        return self._file[_LENGTHS] if _LENGTHS in self._file else _lengths(self.parents, self.headings, self._texts)

    @cached_property
    def depths(self) -> np.ndarray:
        """How many headings each node has."""
        levels = levels_of(self.parents)
        depths = np.zeros(len(self), dtype=np.min_scalar_type(len(levels)))
        for depth, level in enumerate(levels, 1):
            depths[level] = depth
        return depths

    def at_depth(self, depth: int) -> Numbers:
        """For each node itself, or the node above it at ``depth`` headings if it lies deeper."""
        nodes = np.arange(len(self))
        for level in range(int(self.depths.max(initial=0)), depth, -1):
            deeper = self.depths[nodes] >= level
            nodes[deeper] = self.parents[nodes[deeper]]
        return nodes

    def _path(self, node: int, which: int) -> _Path:
        headings: list[str] = []
        while number := int(self.headings[node]):
            headings.append(self._texts[number - 1][which])
            node = int(self.parents[node])
        return tuple(reversed(headings))

    # ── preorder ─────────────────────────────────────────────────────────────────────────────────────────────────

    def under(self, headings: Mask, documents: Mask) -> Ranges:
        """The nodes that have one of ``headings`` themselves or above, or are of one of ``documents``, by their places
        in preorder.
        """
        return self._topped_by(np.concatenate([self._nodes_of(np.flatnonzero(headings) + 1), self._roots[documents]]))

    def listed(self, places: Ranges) -> Numbers:
        """The nodes at places in preorder."""
        nodes: Numbers = self.in_preorder[places.numbers]
        return nodes

    def _having(self, headings: Mask) -> Ranges:
        """The places of the nodes that have one of ``headings`` themselves or above."""
        return self._topped_by(self._nodes_of(np.flatnonzero(headings) + 1))

    def _topped_by(self, tops: Numbers) -> Ranges:
        """The places of some nodes and of all that lie below them."""
        begins = self.places.take(tops)
        return Ranges.outermost(begins, begins + self._preorder.sizes.take(tops))

    @cached_property
    def _preorder(self) -> Preorder:
        if _PLACES not in self._file:
            return Preorder.of(self.parents)
        return Preorder(*(as_signed(self._file[name], len(self)) for name in (_PLACES, _SIZES)))

    @property
    def places(self) -> Numbers:
        """Where each node stands in preorder: what lies below one follows it at once."""
        return self._preorder.places

    @cached_property
    def in_preorder(self) -> np.ndarray:
        """The nodes by their places in preorder."""
        nodes = np.empty(len(self), dtype=np.int32)
        nodes[self.places] = np.arange(len(self), dtype=np.int32)
        return nodes

    @cached_property
    def _roots(self) -> Numbers:
        """The root of each document."""
        return np.flatnonzero(self.headings == 0)

    def _nodes_of(self, headings: Numbers) -> Numbers:
        """The nodes whose own heading is one of ``headings``, which are counted from 1."""
        order, firsts = self._by_heading
        nodes: Numbers = order.take(numbers_between(firsts.take(headings), firsts.take(headings + 1)))
        return nodes

    @cached_property
    def _by_heading(self) -> tuple[np.ndarray, Numbers]:
        """The nodes by their own heading, and where those of each heading begin."""
        firsts = np.concatenate(([0], np.cumsum(np.bincount(self.headings))))
        return np.argsort(self.headings, kind="stable").astype(np.int32), firsts

    @cached_property
    def _texts(self) -> Sequence[tuple[str, str]]:
        return layout.decode_headings(layout.decode_json(zlib.decompress(self._file.bytes("sections.texts"))))

    @cached_property
    def _by_folded(self) -> dict[str, tuple[int, ...]]:
        """The numbers, from 1, of the headings that fold alike."""
        return _numbered(folded for _, folded in self._texts)

    @cached_property
    def _by_original(self) -> dict[str, tuple[int, ...]]:
        """The numbers, from 1, of the headings that are written alike."""
        return _numbered(original for original, _ in self._texts)

    @cached_property
    def _heading_texts(self) -> ValueTexts:
        return ValueTexts([original for original, _ in self._texts], [folded for _, folded in self._texts])


def _parents(above: np.ndarray) -> np.ndarray:
    """The node above each, of a root itself, from what is written of them."""
    return np.where(above == 0, np.arange(len(above), dtype=np.int32), above.astype(np.int32) - 1)


def _lengths(parents: np.ndarray, headings: np.ndarray, texts: Sequence[tuple[str, str]]) -> Numbers:
    """Folded characters of the headings of each node from the top."""
    own = np.array([0, *(len(folded) for _, folded in texts)], dtype=np.int64)[headings]
    lengths: Numbers = own.copy()
    for level in levels_of(parents):
        lengths[level] += lengths[parents[level]]
    return lengths


def totals_of(nodes: np.ndarray, counts: np.ndarray | None, size: int) -> Numbers:
    """What stands right under each of ``size`` nodes: passages, of which ``nodes`` are, or what these count."""
    return np.bincount(nodes, counts, minlength=size).astype(np.int64)


def chapters_of(parents: Numbers) -> tuple[Numbers, Numbers]:
    """The nodes that name a chapter, in order, and the number of each node's own among them.

    Args:
        parents: as of ``Sections``.
    """
    is_name = np.zeros(len(parents), dtype=bool)
    is_name[parents] = True
    return np.flatnonzero(is_name).astype(np.int32), (np.cumsum(is_name, dtype=np.int32) - 1)[parents]


def equal_to_any(values: np.ndarray, few: Sequence[int]) -> Mask:
    """Which of ``values`` are one of a few numbers, mostly one: ``np.isin`` without its preparations."""
    found = np.zeros(len(values), dtype=bool)
    for number in few:
        found |= values == number
    return found


def _numbered(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The numbers, from 1, of texts that are the same."""
    numbers: dict[str, tuple[int, ...]] = {}  # the garbage collector passes over tuples of numbers, not over lists
    for number, text in enumerate(texts, 1):
        numbers[text] = (*numbers.get(text, ()), number)
    return numbers
