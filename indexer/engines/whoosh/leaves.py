"""A leaf of an analysed tree → the live rows of a segment for which it is true; trees → masks over its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import numpy as np

from indexer.engines.base import year_matches
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.columns import NO_ROWS, Mask, Numbers
from indexer.engines.whoosh.postings import distinct
from indexer.engines.whoosh.reader import OwnedDocument, SegmentReader
from indexer.matching import Value, holds, is_typed
from indexer.model import And, Glob, Literal, Node, Not, Or, QueryWarning, Within, Years, Zone

# Candidates of one wildcard that are looked at in one segment at most.
GLOB_LIMIT = 20_000


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
                return [*parts, *self._elsewhere(zones, leaf)]
            case Glob(_, _, _, zones):
                parts = [self._glob_rows(leaf)] if Zone.TEXT in zones else []
                return [*parts, *self._elsewhere(zones, leaf)]
            case Within(left, right):
                both = np.flatnonzero(self._leaf_mask(left) & self._leaf_mask(right))
                return [self._verified(both, leaf)]
            case Years(first, last, undated):
                return [
                    self._document_rows(lambda owned: year_matches(owned.document.year, first, last, undated=undated))
                ]
        raise TypeError(f"not a leaf of an analysed tree: {leaf!r}")

    def _text_rows(self, spelling: str, literal: Literal) -> Numbers:
        """Rows whose text holds one spelling of ``literal``."""
        rows = literal_rows(self._reader, spelling)
        return self._verified(rows, literal) if is_typed(literal) else rows

    def _elsewhere(self, zones: Sequence[Zone], leaf: Literal | Glob) -> list[Numbers]:
        """Rows of which a zone other than their text holds ``leaf``."""
        found = self._zone_rows if isinstance(leaf, Glob) or is_typed(leaf) else self._folded_zone_rows
        return [found(zone, leaf) for zone in zones if zone is not Zone.TEXT]

    def _folded_zone_rows(self, zone: Zone, leaf: Literal | Glob) -> Numbers:
        """The same as ``_zone_rows`` for literals of folded characters: all values are searched at once."""
        reader = self._reader
        match leaf, zone:
            case Literal(spellings), Zone.SECTION:
                return self._of_nodes(reader.sections.containing(spellings))
            case Literal(spellings), Zone.TOPIC:
                return reader.topics.rows_containing(spellings)
            case Literal(spellings), Zone.TITLE:
                return self._of_documents(reader.titles.containing(spellings))
        return self._zone_rows(zone, leaf)

    def _zone_rows(self, zone: Zone, leaf: Literal | Glob) -> Numbers:
        """Rows of which ``zone``, not the text, holds ``leaf``: value by value."""
        reader = self._reader
        match zone:
            case Zone.SECTION:
                return self._of_nodes(reader.sections.where(lambda original, folded: _holds(original, folded, leaf)))
            case Zone.TOPIC:
                values = zip(reader.topics.originals, reader.topics.folded, strict=True)
                kept = [any(_holds(*both, leaf) for both in zip(*value, strict=True)) for value in values]
                return np.flatnonzero(np.array(kept, dtype=bool)[reader.topics.numbers])
        return self._document_rows(lambda owned: any(_holds(*both, leaf) for both in _document_values(owned, zone)))

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
            message = f"通配符“{glob}”的范围太大，只检查了前 {GLOB_LIMIT} 个候选段落；请多写几个字。"
            self.warnings.append(QueryWarning("wildcard_bounded", message))
        return np.union1d(sure, self._verified(candidates[:GLOB_LIMIT], glob))

    def _by_words(self, glob: Glob) -> Numbers:
        """Rows with a word that by itself begins (``税*``) or ends (``*税``) as asked; no text need be looked at."""
        if len(glob.pieces) != 1 or not glob.is_bound or is_typed(glob):
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
        return is_typed(glob) or not (single and glob.is_bound)

    def _verified(self, rows: Numbers, leaf: Literal | Glob | Within) -> Numbers:
        """Those of ``rows`` whose text holds ``leaf``."""
        found = (holds(self._text(row, leaf), leaf) for row in rows.tolist())
        kept: Numbers = rows[np.fromiter(found, dtype=bool, count=len(rows))]
        return kept

    def _text(self, row: int, leaf: Literal | Glob | Within) -> Value:
        """The text of a row, as far as ``leaf`` needs it decoded."""
        reader = self._reader
        original = reader.text(row) if is_typed(leaf) else ""
        is_bound = isinstance(leaf, Glob) and leaf.is_bound
        return Value(reader.chars(row), original, reader.lengths(row) if is_bound else ())

    def _spread(self, mask: Mask) -> Mask:
        """True for every row of a section as soon as it is true for one of them."""
        nodes = self._reader.nodes
        present = np.zeros(int(nodes.max(initial=0)) + 1, dtype=bool)
        present[nodes[mask]] = True
        spread: Mask = present[nodes]
        return spread


def _holds(original: str, folded: str, leaf: Literal | Glob) -> bool:
    """Whether a value that is not segmented holds ``leaf``."""
    return holds(Value(folded, original, (len(folded),)), leaf)


def _document_values(owned: OwnedDocument, zone: Zone) -> Iterable[tuple[str, str]]:
    """The values of a document in a zone, original and folded."""
    document = owned.document
    match zone:
        case Zone.TITLE:
            return ((document.title, owned.title),)
        case Zone.DOCUMENT:
            return ((document.path, owned.path), (document.title, owned.title))
    return zip(document.tags, owned.tags, strict=True)


def literal_rows(reader: SegmentReader, chars: str) -> Numbers:
    """Live rows whose text holds ``chars``: what is longer than a pair is found by the positions of its pairs."""
    if not chars:
        return np.flatnonzero(reader.live)
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
