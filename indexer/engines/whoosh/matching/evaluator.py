"""Evaluates an analysed tree on a segment: the rows for which it is true, leaf by leaf."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.matching.positions import begins_of, glob_rows, going_on, whole_begins_of, within_rows
from indexer.engines.whoosh.matching.row_sets import RowSet, difference, intersection, members, union
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers
from indexer.engines.whoosh.segments.postings import distinct
from indexer.engines.whoosh.segments.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.snapshot.levels import SECTIONS, Levels
from indexer.model import (
    And,
    Glob,
    Kind,
    Literal,
    Not,
    OfDocuments,
    Or,
    QueryLeaf,
    QueryNode,
    QueryWarning,
    TextLeaf,
    Within,
    Years,
    Zone,
)
from indexer.model.years import is_in_years
from indexer.query.spans import Value, holds, is_typed, is_whole

# Candidates of one wildcard that are looked at in one segment at most.
GLOB_LIMIT = 20_000


class TreeEvaluator:
    """Evaluates trees on one segment.

    With ``scope="section"`` a leaf is true for a section as soon as it is for one of its rows, and trees are evaluated
    on sections.

    Attributes:
        warnings: what was bounded while doing so.
    """

    def __init__(self, reader: SegmentReader, levels: Levels, scope: str) -> None:
        self._reader, self._levels = reader, levels
        self._by_section = scope == "section"
        self._size = len(reader.sections) if self._by_section else reader.size
        self.warnings: list[QueryWarning] = []
        self._found: dict[QueryLeaf, RowSet] = {}  # the tiers of a query share most of their leaves

    def rows(self, node: QueryNode) -> RowSet:
        """The live rows for which ``node`` is true."""
        found = self._find(node)
        if not self._by_section:
            return found
        return RowSet(self._reader.size, mask=found.mask[self._reader.nodes] & self._reader.live)

    def _find(self, node: QueryNode) -> RowSet:
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                return union(list(map(self._find, children)), self._size)
            case Not():
                return self._all((node,))
            case leaf:
                return self._find_leaf(leaf)

    def _find_leaf(self, leaf: QueryLeaf) -> RowSet:
        if leaf not in self._found:
            rows = self._leaf(leaf)
            self._found[leaf] = self._sections_of(rows) if self._by_section else rows
        return self._found[leaf]

    def _all(self, children: Sequence[QueryNode]) -> RowSet:
        """Where all of them are true; those after nothing is left need not be looked at."""
        found = None
        for child in children:
            if not isinstance(child, Not):
                other = self._find(child)
                found = other if found is None else intersection([found, other])
                if found.is_empty:
                    return found
        left = self._everything if found is None else found
        for child in children:
            if isinstance(child, Not):
                left = difference(left, self._find(child.child))
        return left

    @cached_property
    def _everything(self) -> RowSet:
        live = self._levels.live(SECTIONS) if self._by_section else self._reader.live
        return RowSet(self._size, mask=live)

    def _sections_of(self, rows: RowSet) -> RowSet:
        mask = np.zeros(self._size, dtype=bool)
        mask[self._reader.nodes[rows.rows]] = True
        return RowSet(self._size, mask=mask)

    def _leaf(self, leaf: QueryLeaf) -> RowSet:
        """Live rows for which a leaf is true by themselves."""
        size = self._reader.size
        return union([RowSet(size, rows=rows) for rows in self._parts(leaf)], size)

    def _parts(self, leaf: QueryLeaf) -> list[Numbers]:
        """Live rows for which a leaf is true, those of each spelling and zone by themselves."""
        match leaf:
            case Literal(zones=zones):
                parts = self._text_parts(leaf) if Zone.TEXT in zones else []
                return [*parts, *self._elsewhere(zones, leaf)]
            case Glob(_, _, _, zones):
                parts = [self._glob_rows(leaf)] if Zone.TEXT in zones else []
                return [*parts, *self._elsewhere(zones, leaf)]
            case Within():
                return [self._within_rows(leaf)]
            case Years():
                return [self._document_rows(lambda owned: is_in_years(owned.document.year, leaf))]
            case OfDocuments(ids, True):
                return [self._opening_rows(ids)]
            case OfDocuments(ids):
                return [self._document_rows(lambda owned: owned.document.id in ids)]

    def _opening_rows(self, ids: Collection[str]) -> Numbers:
        """The rows that open documents."""
        owned = (each for each in self._reader.documents if each is not None and each.document.id in ids)
        rows = [self._opening_row(each.rows[1:]) for each in owned if len(each.rows) > 1]
        return self._live(np.array(sorted(rows), dtype=np.int64))

    def _opening_row(self, rows: range) -> int:
        """The first title of a document's rows, else the first of them."""
        titles = np.flatnonzero(self._reader.kinds[rows.start : rows.stop] == layout.KIND_CODES[Kind.TITLE])
        return rows[int(titles[0])] if len(titles) else rows[0]

    def _text_parts(self, literal: Literal) -> list[Numbers]:
        """Rows whose text holds a spelling of ``literal``, those of each spelling by themselves."""
        if is_typed(literal):
            return [self._verified(literal_rows(self._reader, spelling), literal) for spelling in literal.spellings]
        anywhere = [literal_rows(self._reader, spelling) for spelling in literal.alternatives]
        return [*anywhere, *map(self._whole_rows, literal.whole)]

    def _whole_rows(self, spelling: str) -> Numbers:
        """Live rows in which a spelling stands whole."""
        if len(spelling) < 2:
            return self._whole_character_rows(spelling) if spelling else literal_rows(self._reader, spelling)
        rows, _ = distinct(self._reader.rows_at(whole_begins_of(self._reader, spelling)))
        return self._live(rows)

    def _whole_character_rows(self, char: str) -> Numbers:
        """Those that hold a character more often than it goes on."""
        rows, counts = self._reader.posting(layout.PAIRS, char)
        inside, touched = distinct(self._reader.rows_at(going_on(self._reader, char)))
        kept = np.zeros(self._reader.size, dtype=np.int64)
        kept[rows] = counts
        kept[inside] -= touched
        return rows[kept[rows] > 0]

    def _elsewhere(self, zones: Sequence[Zone], leaf: Literal | Glob) -> list[Numbers]:
        """Rows of which a zone other than their text holds ``leaf``."""
        others = [zone for zone in zones if zone is not Zone.TEXT]
        if isinstance(leaf, Glob) or is_typed(leaf) or leaf.column:
            return [self._zone_rows(zone, leaf) for zone in others]
        spellings = [*((each, False) for each in leaf.alternatives), *((each, True) for each in leaf.whole)]
        return [self._folded_zone_rows(zone, *spelling) for zone in others for spelling in spellings]

    def _folded_zone_rows(self, zone: Zone, spelling: str, whole: bool) -> Numbers:
        """The same as ``_zone_rows`` for one spelling in folded characters, kept like any posting list."""
        key = "zone", zone, spelling, whole
        (rows,) = self._reader.cache.get(key, lambda: (self._spelling_rows(zone, spelling, whole),))
        return rows

    def _spelling_rows(self, zone: Zone, spelling: str, whole: bool) -> Numbers:
        reader = self._reader
        test = is_whole if whole else None
        match zone:
            case Zone.SECTION:
                return self._of_nodes(reader.sections.containing(spelling, test))
            case Zone.TITLE:
                return self._of_documents(reader.titles.containing(spelling, test))
        return self._zone_rows(zone, Literal((), whole=(spelling,)) if whole else Literal((spelling,)))

    def _within_rows(self, within: Within) -> Numbers:
        if not is_typed(within) and (rows := within_rows(self._reader, within)) is not None:
            return self._live(rows)
        both = intersection([self._leaf(within.left), self._leaf(within.right)])
        return self._verified(both.rows, within)

    def _zone_rows(self, zone: Zone, leaf: Literal | Glob) -> Numbers:
        """Rows of which ``zone``, not the text, holds ``leaf``: value by value."""
        reader = self._reader
        match zone:
            case Zone.SECTION:
                return self._of_nodes(reader.sections.where(lambda original, folded: _holds(original, folded, leaf)))
            case Zone.TOPIC:
                values = zip(reader.topics.originals, reader.topics.folded, strict=True)
                kept = [any(_holds(*both, leaf) for both in zip(*value, strict=True)) for value in values]
                return self._live(np.flatnonzero(np.array(kept, dtype=bool)[reader.topics.numbers]))
        return self._document_rows(
            lambda owned: any(_holds(*both, leaf) for both in _document_values(owned, zone, leaf.column))
        )

    def _of_nodes(self, nodes: Mask) -> Numbers:
        """The live rows in any of ``nodes``."""
        return self._live(np.flatnonzero(nodes[self._reader.nodes])) if nodes.any() else NO_ROWS

    def _document_rows(self, test: Callable[[OwnedDocument], bool]) -> Numbers:
        documents = self._reader.documents
        return self._of_documents(np.array([owned is not None and test(owned) for owned in documents], dtype=bool))

    def _of_documents(self, documents: Mask) -> Numbers:
        """The live rows of documents; a manifest before all of them has none."""
        if not documents.any():
            return NO_ROWS
        return self._live(np.flatnonzero(np.append(documents, False)[self._reader.owners]))

    def _glob_rows(self, glob: Glob) -> Numbers:
        candidates, certain = self._glob_candidates(glob)
        if certain and not is_typed(glob):
            return candidates
        sure = self._by_words(glob)
        candidates = candidates[~members(sure, candidates)] if self._needs_a_look(glob) else NO_ROWS
        if len(candidates) > GLOB_LIMIT:
            message = f"通配符“{glob}”的范围太大，只检查了前 {GLOB_LIMIT} 个候选段落；请多写几个字。"
            self.warnings.append(QueryWarning("wildcard_bounded", message))
        return np.union1d(sure, self._verified(candidates[:GLOB_LIMIT], glob))

    def _glob_candidates(self, glob: Glob) -> tuple[Numbers, bool]:
        """Live rows that a wildcard can match, and whether it is certain that it does."""
        if (found := glob_rows(self._reader, glob)) is not None:
            return self._live(found[0]), found[1]
        sets = [literal_rows(self._reader, piece) for piece in glob.pieces if type(piece) is str]
        return intersection([RowSet(self._reader.size, rows=rows) for rows in sets]).rows, False

    def _by_words(self, glob: Glob) -> Numbers:
        """Rows with a word that by itself begins (``税*``) or ends (``*税``) as wanted; no text need be looked at."""
        if len(glob.pieces) != 1 or not glob.is_bound or is_typed(glob):
            return NO_ROWS
        words = self._reader.words
        piece = str(glob.pieces[0])
        numbers = words.starting_with(piece) if glob.starts_word else words.ending_with(piece)
        rows = [words.of_number(number) for number in numbers]
        return self._live(np.unique(np.concatenate(rows))) if rows else NO_ROWS

    @staticmethod
    def _needs_a_look(glob: Glob) -> bool:
        """Whether other rows may match: all but a single word character at an end of a word stands in several words."""
        single = len(glob.pieces) == 1 and len(glob.pieces[0]) == 1 and glob.pieces[0].isalnum()
        return is_typed(glob) or not (single and glob.is_bound)

    def _verified(self, rows: Numbers, leaf: TextLeaf) -> Numbers:
        """Those of ``rows`` whose text holds ``leaf``."""
        found = (holds(self._text(row, leaf), leaf) for row in rows.tolist())
        kept: Numbers = rows[np.fromiter(found, dtype=bool, count=len(rows))]
        return kept

    def _text(self, row: int, leaf: TextLeaf) -> Value:
        """The text of a row, as far as ``leaf`` needs it decoded."""
        reader = self._reader
        original = reader.text(row) if is_typed(leaf) else ""
        is_bound = isinstance(leaf, Glob) and leaf.is_bound
        return Value(reader.chars(row), original, reader.lengths(row) if is_bound else ())

    def _live(self, rows: Numbers) -> Numbers:
        return rows[self._reader.live[rows]]


def _holds(original: str, folded: str, leaf: Literal | Glob) -> bool:
    """Whether a value that is not segmented holds ``leaf``."""
    return holds(Value(folded, original, (len(folded),)), leaf)


def _document_values(owned: OwnedDocument, zone: Zone, column: str) -> Iterable[tuple[str, str]]:
    """The values of a document in a zone, original and folded."""
    document = owned.document
    match zone:
        case Zone.TITLE:
            return ((document.full_title, owned.title),)
        case Zone.DOCUMENT:
            return ((document.path, owned.path), (document.full_title, owned.title))
        case Zone.WORK:
            return ((document.work, owned.work),) if document.work else ()
        case Zone.FIELD:
            values = zip(document.fields, owned.fields, strict=True)
            return [(value, folded) for (name, value), folded in values if name == column]
    return zip(document.tags, owned.tags, strict=True)


def literal_rows(reader: SegmentReader, chars: str) -> Numbers:
    """Live rows whose text holds ``chars``: what is longer than a pair is found by the positions of its pairs."""
    if not chars:
        return np.flatnonzero(reader.live)
    if len(chars) <= 2:
        return reader.posting(layout.PAIRS, chars)[0]
    rows, _ = distinct(reader.rows_at(begins_of(reader, chars)))
    return rows if reader.all_live else rows[reader.live[rows]]
