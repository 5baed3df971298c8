"""A leaf of an analysed tree → the live rows of a segment for which it is true; trees → masks over its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

import numpy as np

from indexer.engines.base import year_matches
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import NO_ROWS, Mask, Numbers
from indexer.engines.whoosh.postings import distinct
from indexer.engines.whoosh.reader import OwnedDocument, SegmentReader
from indexer.matching import contains, glob_spans, is_as_typed, within_spans
from indexer.model import And, Glob, Literal, Node, Not, Or, QueryWarning, Within, Years, Zone

# Candidates of one wildcard that are looked at in one segment at most.
GLOB_LIMIT = 20_000

Test: TypeAlias = Callable[[Sequence[str]], bool]


class TreeEvaluator:
    """Evaluates trees on one segment.

    Attributes:
        warnings: what was bounded while doing so.
    """

    def __init__(self, reader: SegmentReader, scope: str) -> None:
        self._reader = reader
        self._by_section = scope == "section"
        self.warnings: list[QueryWarning] = []
        self._masks: dict[Node, Mask] = {}  # the tiers of a query share most of their leaves

    def mask(self, node: Node) -> Mask:
        """For every row whether ``node`` is true for it; deleted rows and documents may be either."""
        size = self._reader.size
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                return reduce(np.logical_or, map(self.mask, children), np.zeros(size, dtype=bool))
            case Not(child):
                return np.logical_not(self.mask(child))
        if node not in self._masks:
            mask = self._leaf_mask(node)
            self._masks[node] = self._spread(mask) if self._by_section else mask
        return self._masks[node]

    def _all(self, children: Sequence[Node]) -> Mask:
        """Where all of them are true; those after nothing is left need not be looked at."""
        mask = np.ones(self._reader.size, dtype=bool)
        for child in children:
            mask &= self.mask(child)
            if not mask.any():
                break
        return mask

    def _leaf_mask(self, leaf: Node) -> Mask:
        """Live rows for which a leaf is true by themselves."""
        mask = np.zeros(self._reader.size, dtype=bool)
        for rows in self._rows(leaf):
            mask[rows] = True
        mask &= self._reader.live
        return mask

    def _rows(self, leaf: Node) -> list[Numbers]:
        """Rows for which a leaf is true, those of each spelling and zone by themselves."""
        match leaf:
            case Literal(spellings, zones):
                parts = [self._text_rows(spelling, leaf) for spelling in spellings] if Zone.TEXT in zones else []
                return [*parts, *(self._holding(zone, leaf) for zone in zones if zone is not Zone.TEXT)]
            case Glob(_, _, _, zones):
                parts = [self._glob_rows(leaf)] if Zone.TEXT in zones else []
                return [*parts, *self._elsewhere(zones, lambda values: _any_globs(values, leaf))]
            case Within(left, right):
                both = np.flatnonzero(self._leaf_mask(left) & self._leaf_mask(right))
                return [self._verified(both, lambda row: bool(within_spans(self._reader.chars(row), leaf)))]
            case Years(first, last, undated):
                return [
                    self._document_rows(lambda owned: year_matches(owned.document.year, first, last, undated=undated))
                ]
        raise TypeError(f"not a leaf of an analysed tree: {leaf!r}")

    def _elsewhere(self, zones: Sequence[Zone], test: Test) -> list[Numbers]:
        """Rows that pass ``test`` by a zone other than their text."""
        return [self._zone_rows(zone, test) for zone in zones if zone is not Zone.TEXT]

    def _text_rows(self, spelling: str, literal: Literal) -> Numbers:
        """Rows whose text holds one spelling of ``literal``."""
        rows = literal_rows(self._reader, spelling)
        if not literal.original:
            return rows
        return self._verified(rows, lambda row: is_as_typed(self._reader.text(row), literal))

    def _holding(self, zone: Zone, literal: Literal) -> Numbers:
        """Rows of which a zone other than the text holds ``literal``."""
        reader = self._reader
        if literal.original:
            return self._holding_as_typed(zone, literal)
        if zone is Zone.SECTION:
            return self._of_nodes(reader.sections.containing(literal.alternatives))
        if zone is Zone.TOPIC:
            return reader.topics.rows_containing(literal.alternatives)
        if zone is Zone.TITLE:
            return self._of_documents(reader.titles.containing(literal.alternatives))
        return self._zone_rows(zone, lambda values: _any_contains(values, literal))

    def _holding_as_typed(self, zone: Zone, literal: Literal) -> Numbers:
        reader = self._reader

        def holds(original: str, folded: str) -> bool:
            return contains(folded, literal) and is_as_typed(original, literal)

        if zone is Zone.SECTION:
            return self._of_nodes(reader.sections.where(holds))
        if zone is Zone.TOPIC:
            values = zip(reader.topics.originals, reader.topics.folded, strict=True)
            kept = [any(map(holds, originals, folded)) for originals, folded in values]
            return np.flatnonzero(np.array(kept, dtype=bool)[reader.topics.numbers])
        return self._document_rows(lambda owned: any(holds(*value) for value in _document_values(owned, zone)))

    def _zone_rows(self, zone: Zone, test: Test) -> Numbers:
        reader = self._reader
        match zone:
            case Zone.SECTION:
                return self._of_nodes(reader.sections.where(lambda _, folded: test((folded,))))
            case Zone.TOPIC:
                return reader.topics.rows_where(test, reader.topics.folded)
            case Zone.TITLE:
                return self._document_rows(lambda owned: test((owned.title,)))
            case Zone.DOCUMENT:
                return self._document_rows(lambda owned: test((owned.path, owned.title)))
        return self._document_rows(lambda owned: test(owned.tags))

    def _of_nodes(self, nodes: Mask) -> Numbers:
        """The rows in any of ``nodes``."""
        return np.flatnonzero(nodes[self._reader.nodes]) if nodes.any() else NO_ROWS

    def _document_rows(self, test: Callable[[OwnedDocument], bool]) -> Numbers:
        documents = self._reader.documents
        return self._of_documents(np.array([owned is not None and test(owned) for owned in documents], dtype=bool))

    def _of_documents(self, documents: Mask) -> Numbers:
        """The rows of documents; a manifest before all of them has none."""
        if not documents.any():
            return NO_ROWS
        return np.flatnonzero(np.append(documents, False)[self._reader.owners])

    def _glob_rows(self, glob: Glob) -> Numbers:
        literals = [piece for piece in glob.pieces if type(piece) is str]
        candidates = intersection([literal_rows(self._reader, literal) for literal in literals])
        sure = self._by_words(glob)
        candidates = candidates[~members(sure, candidates)] if self._needs_a_look(glob) else NO_ROWS
        if len(candidates) > GLOB_LIMIT:
            candidates = candidates[:GLOB_LIMIT]
            message = (
                f"通配符“{''.join(glob.pieces)}”匹配的范围太大，只检查了前 {GLOB_LIMIT} 个候选段落；请多写几个字。"
            )
            self.warnings.append(QueryWarning("wildcard_bounded", message))
        reader, bound = self._reader, glob.starts_word or glob.ends_word
        looked_at = self._verified(
            candidates, lambda row: bool(glob_spans(reader.chars(row), glob, reader.lengths(row) if bound else ()))
        )
        return np.union1d(sure, looked_at)

    def _by_words(self, glob: Glob) -> Numbers:
        """Rows with a word that by itself begins (``税*``) or ends (``*税``) as asked; no text need be looked at."""
        if len(glob.pieces) != 1 or not (glob.starts_word or glob.ends_word):
            return NO_ROWS
        words = self._reader.words
        piece = str(glob.pieces[0])
        numbers = words.starting_with(piece) if glob.starts_word else words.ending_with(piece)
        rows = [words.of_number(number) for number in numbers]
        return np.unique(np.concatenate(rows)) if rows else NO_ROWS

    @staticmethod
    def _needs_a_look(glob: Glob) -> bool:
        """Whether other rows may match: all but a single word character at an end of a word stands in several words."""
        single = len(glob.pieces) == 1 and len(glob.pieces[0]) == 1 and glob.pieces[0].isalnum()
        return not (single and (glob.starts_word or glob.ends_word))

    def _verified(self, rows: Numbers, test: Callable[[int], bool]) -> Numbers:
        kept: Numbers = rows[np.fromiter(map(test, rows.tolist()), dtype=bool, count=len(rows))]
        return kept

    def _spread(self, mask: Mask) -> Mask:
        """True for every row of a section as soon as it is true for one of them."""
        nodes = self._reader.nodes
        present = np.zeros(int(nodes.max(initial=0)) + 1, dtype=bool)
        present[nodes[mask]] = True
        spread: Mask = present[nodes]
        return spread


def _document_values(owned: OwnedDocument, zone: Zone) -> Sequence[tuple[str, str]]:
    """The values of a document in a zone, folded and original."""
    document = owned.document
    match zone:
        case Zone.TITLE:
            return ((owned.title, document.title),)
        case Zone.DOCUMENT:
            return ((owned.path, document.path), (owned.title, document.title))
    return tuple(zip(owned.tags, document.tags, strict=True))


def literal_rows(reader: SegmentReader, chars: str) -> Numbers:
    """Live rows whose text holds ``chars``: what is longer than a pair is found by the positions of its pairs."""
    if len(chars) <= 2:
        return reader.posting(layout.PAIRS, chars)[0]
    offsets = sorted({*range(0, len(chars) - 1, 2), len(chars) - 2})
    lists = sorted(((reader.positions(chars[at : at + 2]), at) for at in offsets), key=lambda pair: len(pair[0]))
    begins = lists[0][0] - lists[0][1]
    for positions, offset in lists[1:]:
        begins = begins[members(positions, begins + offset)]
    rows, _ = distinct(reader.rows_at(begins))
    return rows if reader.all_live else rows[reader.live[rows]]


def intersection(lists: Sequence[Numbers]) -> Numbers:
    """Rows in all of ``lists``, shortest first."""
    shortest, *others = sorted(lists, key=len)
    for other in others:
        shortest = shortest[members(other, shortest)]
    return shortest


def members(ascending: Numbers, wanted: Numbers) -> Mask:
    """Which of ``wanted`` stand in ``ascending``."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=bool)
    found: Mask = ascending[np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)] == wanted
    return found


def _any_contains(values: Sequence[str], literal: Literal) -> bool:
    return any(contains(value, literal) for value in values)


def _any_globs(values: Sequence[str], glob: Glob) -> bool:
    return any(glob_spans(value, glob, (len(value),)) for value in values)
