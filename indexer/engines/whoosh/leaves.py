"""A leaf of an analysed tree → the live rows of a segment for which it is true; trees → masks over its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import TypeAlias

import numpy as np

from indexer.engines.base import year_matches
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import Mask, Rows
from indexer.engines.whoosh.reader import NO_ROWS, OwnedDocument, SegmentReader
from indexer.matching import contains, glob_spans, is_as_typed, within_spans
from indexer.model import And, Glob, Literal, Node, Not, Or, QueryWarning, Within, Years, Zone

# Candidates of one wildcard that are looked at in one segment at most.
GLOB_LIMIT = 20_000
# With this few candidates left, looking at them costs less than another posting.
_FEW = 32

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

    def mask(self, node: Node) -> Mask:
        """For every row whether ``node`` is true for it; deleted rows and documents may be either."""
        size = self._reader.size
        match node:
            case And(children):
                return reduce(np.logical_and, map(self.mask, children), np.ones(size, dtype=bool))
            case Or(children):
                return reduce(np.logical_or, map(self.mask, children), np.zeros(size, dtype=bool))
            case Not(child):
                return np.logical_not(self.mask(child))
        mask = np.zeros(size, dtype=bool)
        mask[self.leaf_rows(node)] = True
        return self._spread(mask) if self._by_section else mask

    def leaf_rows(self, leaf: Node) -> Rows:
        """Live rows for which a leaf is true by themselves, in order."""
        (rows,) = self._reader.cache.get(leaf, lambda: (self._live(self._rows(leaf)).astype(np.int32),))
        return rows

    def _rows(self, leaf: Node) -> Rows:
        match leaf:
            case Literal(spellings, zones):
                parts = [self._text_rows(spelling, leaf) for spelling in spellings] if Zone.TEXT in zones else []
                return self._union([*parts, *(self._holding(zone, leaf) for zone in zones if zone is not Zone.TEXT)])
            case Glob(_, _, _, zones):
                parts = [self._glob_rows(leaf)] if Zone.TEXT in zones else []
                return self._union([*parts, *self._elsewhere(zones, lambda values: _any_globs(values, leaf))])
            case Within(left, right):
                both = np.intersect1d(self.leaf_rows(left), self.leaf_rows(right), assume_unique=True)
                return self._verified(both, lambda row: bool(within_spans(self._reader.chars(row), leaf)))
            case Years(first, last, undated):
                return self._document_rows(
                    lambda owned: year_matches(owned.document.year, first, last, undated=undated)
                )
        raise TypeError(f"not a leaf of an analysed tree: {leaf!r}")

    def _elsewhere(self, zones: Sequence[Zone], test: Test) -> list[Rows]:
        """Rows that pass ``test`` by a zone other than their text."""
        return [self._zone_rows(zone, test) for zone in zones if zone is not Zone.TEXT]

    def _text_rows(self, spelling: str, literal: Literal) -> Rows:
        """Rows whose text holds one spelling of ``literal``."""
        rows = literal_rows(self._reader, spelling)
        if not literal.original:
            return rows
        return self._verified(rows, lambda row: is_as_typed(self._reader.passage(row).text, literal))

    def _holding(self, zone: Zone, literal: Literal) -> Rows:
        """Rows of which a zone other than the text holds ``literal``."""
        if literal.original:
            return self._holding_as_typed(zone, literal)
        if zone in (Zone.SECTION, Zone.TOPIC):
            table = self._reader.sections if zone is Zone.SECTION else self._reader.topics
            return table.rows_containing(literal.alternatives)
        return self._zone_rows(zone, lambda values: _any_contains(values, literal))

    def _holding_as_typed(self, zone: Zone, literal: Literal) -> Rows:
        reader = self._reader

        def holds(values: Iterable[tuple[str, str]]) -> bool:
            return any(contains(folded, literal) and is_as_typed(original, literal) for folded, original in values)

        if zone in (Zone.SECTION, Zone.TOPIC):
            table = reader.sections if zone is Zone.SECTION else reader.topics
            both = [tuple(zip(*value, strict=True)) for value in zip(table.folded, table.originals, strict=True)]
            return np.flatnonzero(np.fromiter(map(holds, both), dtype=bool, count=len(both))[table.numbers])
        return self._document_rows(lambda owned: holds(_document_values(owned, zone)))

    def _zone_rows(self, zone: Zone, test: Test) -> Rows:
        reader = self._reader
        match zone:
            case Zone.SECTION:
                return reader.sections.rows_where(test, reader.sections.folded)
            case Zone.TOPIC:
                return reader.topics.rows_where(test, reader.topics.folded)
            case Zone.TITLE:
                return self._document_rows(lambda owned: test((owned.title,)))
            case Zone.DOCUMENT:
                return self._document_rows(lambda owned: test((owned.path, owned.title)))
        return self._document_rows(lambda owned: test(owned.tags))

    def _document_rows(self, test: Callable[[OwnedDocument], bool]) -> Rows:
        ranges = [
            np.arange(owned.rows.start, owned.rows.stop) for owned in self._reader.documents if owned and test(owned)
        ]
        return np.concatenate(ranges) if ranges else NO_ROWS

    def _glob_rows(self, glob: Glob) -> Rows:
        literals = [piece for piece in glob.pieces if type(piece) is str]
        candidates = intersection([literal_rows(self._reader, literal) for literal in literals])
        if len(candidates) > GLOB_LIMIT:
            candidates = candidates[:GLOB_LIMIT]
            message = (
                f"通配符“{''.join(glob.pieces)}”匹配的范围太大，只检查了前 {GLOB_LIMIT} 个候选段落；请多写几个字。"
            )
            self.warnings.append(QueryWarning("wildcard_bounded", message))
        reader, bound = self._reader, glob.starts_word or glob.ends_word
        return self._verified(
            candidates, lambda row: bool(glob_spans(reader.chars(row), glob, reader.lengths(row) if bound else ()))
        )

    def _verified(self, rows: Rows, test: Callable[[int], bool]) -> Rows:
        kept: Rows = rows[np.fromiter(map(test, rows.tolist()), dtype=bool, count=len(rows))]
        return kept

    def _live(self, rows: Rows) -> Rows:
        kept: Rows = rows[self._reader.live[rows]]
        return kept

    def _union(self, parts: Sequence[Rows]) -> Rows:
        union: Rows = reduce(np.union1d, parts, NO_ROWS)
        return union

    def _spread(self, mask: Mask) -> Mask:
        """True for every row of a section as soon as it is true for one of them."""
        groups = self._reader.units.groups
        present = np.zeros(int(groups.max(initial=-1)) + 1, dtype=bool)
        present[groups[mask]] = True
        spread: Mask = present[groups]
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


def literal_rows(reader: SegmentReader, chars: str) -> Rows:
    """Live rows whose text holds ``chars``: its pairs bring the candidates, the folded text verifies longer ones."""
    if len(chars) <= 2:
        return reader.posting(layout.GRAMS, chars)[0]
    postings = [reader.posting(layout.GRAMS, chars[at : at + 2])[0] for at in range(len(chars) - 1)]
    return reader.holding(intersection(postings), chars)


def intersection(lists: Sequence[Rows]) -> Rows:
    """Rows in all of ``lists``, shortest first; it may stop early and return more when few are left to verify."""
    shortest, *others = sorted(lists, key=len)
    for other in others:
        if len(shortest) <= _FEW:
            return shortest
        at = np.minimum(np.searchsorted(other, shortest), len(other) - 1)
        shortest = shortest[other[at] == shortest]
    return shortest


def _any_contains(values: Sequence[str], literal: Literal) -> bool:
    return any(contains(value, literal) for value in values)


def _any_globs(values: Sequence[str], glob: Glob) -> bool:
    return any(glob_spans(value, glob, (len(value),)) for value in values)
