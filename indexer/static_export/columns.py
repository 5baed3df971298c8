"""The passages of an index as rows in reading order: their columns, the tree of their headings, their folded text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np

from indexer.analysis import Analyzer
from indexer.model import AnalyzedPassage, Document, Kind, Passage
from indexer.static_export.shards import Numbers

KINDS = tuple(Kind)


@dataclass
class Rows:
    """All passages, document after document by path, then id.

    A node is a section of a document, one for the document itself first; every heading above a section has one, also
    if no passage stands right under it.

    Attributes:
        documents: in order.
        first_rows: of each document the row of its first passage.
        passages: by row; so are ``nodes``, ``topics`` (numbers in ``topic_sets``), ``chars``, ``lengths``, ``words``.
        parents: of each node its parent; a document's own node is its own parent.
        headings: of each node the number in ``names`` of its deepest heading.
    """

    documents: list[Document] = field(default_factory=list)
    first_rows: list[int] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    chars: list[str] = field(default_factory=list)
    lengths: list[Sequence[int]] = field(default_factory=list)
    words: list[Sequence[str]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    topic_sets: dict[tuple[str, ...], int] = field(default_factory=dict)

    def add(self, document: Document, passages: Iterable[AnalyzedPassage]) -> None:
        """Append a document."""
        nodes: dict[tuple[str, ...], int] = {(): len(self.parents)}
        self.parents.append(len(self.parents))
        self.headings.append(self._name(""))
        self.documents.append(document)
        self.first_rows.append(len(self.passages))
        for tokens in passages:
            passage = tokens.passage
            self.passages.append(passage)
            self.nodes.append(self._node(passage.section, nodes))
            self.topics.append(self.topic_sets.setdefault(passage.topics, len(self.topic_sets)))
            self.chars.append(tokens.chars)
            self.lengths.append(tokens.lengths)
            self.words.append(tokens.words)

    def _node(self, path: tuple[str, ...], nodes: dict[tuple[str, ...], int]) -> int:
        if path not in nodes:
            parent = self._node(path[:-1], nodes)
            nodes[path] = len(self.parents)
            self.parents.append(parent)
            self.headings.append(self._name(path[-1]))
        return nodes[path]

    @cached_property
    def paths(self) -> list[tuple[str, ...]]:
        """Of each node its headings."""
        names, paths = list(self.names), list[tuple[str, ...]]()
        for node, parent in enumerate(self.parents):
            paths.append(() if parent == node else (*paths[parent], names[self.headings[node]]))
        return paths

    @cached_property
    def copies(self) -> dict[int, int]:
        """Rows whose folded text an earlier row has → the first such row."""
        firsts: dict[str, int] = {}
        found = {row: firsts.setdefault(chars, row) for row, chars in enumerate(self.chars)}
        return {row: first for row, first in found.items() if row != first}

    def _name(self, heading: str) -> int:
        return self.names.setdefault(heading, len(self.names))

    @cached_property
    def labels(self) -> dict[str, tuple[int, int]]:
        """Topics that end a heading → the number of such a heading, and where in it (in code points) they begin."""
        wanted = {topics[0] for topics in self.topic_sets if len(topics) == 1}
        found: dict[str, tuple[int, int]] = {}
        for heading, number in self.names.items():
            for start in range(len(heading)):
                if heading[start:] in wanted:
                    found.setdefault(heading[start:], (number, start))
        return found

    @property
    def starts(self) -> Numbers:
        """Of each row the position of its first folded character, and one more: how many there are."""
        return np.concatenate(([0], np.cumsum(list(map(len, self.chars)), dtype=np.int64)))

    @property
    def code_points(self) -> Numbers:
        """The folded characters of all rows, one after the other."""
        joined = "".join(self.chars).encode("utf-32-le", "surrogatepass")
        return np.frombuffer(joined, dtype=np.uint32).astype(np.int64)

    def word_positions(self) -> dict[str, list[int]]:
        """Every word → the positions at which it begins, in order."""
        found: dict[str, list[int]] = {}
        for start, chars, lengths, words in zip(
            self.starts.tolist(), self.chars, self.lengths, self.words, strict=False
        ):
            at, left = 0, iter((*words, ""))
            word = next(left)
            for length in lengths:
                if chars[at : at + length] == word:
                    found.setdefault(word, []).append(start + at)
                    word = next(left)
                at += length
        return found


def gather(documents: Iterable[tuple[Document, Sequence[Passage]]], analyzer: Analyzer) -> Rows:
    """Analyse documents, which come in order."""
    rows = Rows()
    for document, passages in documents:
        rows.add(document, analyzer.analyze(document, passages).passages)
    return rows


def characters(rows: Rows) -> frozenset[str]:
    """Every character, before folding, that a reader of the export can be shown."""
    titles = (text for document in rows.documents for text in (document.title, document.path, *document.tags))
    topics = chain.from_iterable(rows.topic_sets)
    return frozenset(chain.from_iterable(chain((p.text for p in rows.passages), rows.names, topics, titles)))
