"""Evaluates an analysed tree on a segment: the rows for which it is true, leaf by leaf."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, partial

import numpy as np

from indexer.engines import budget
from indexer.engines.whoosh.matching.candidates import Candidates, literal_rows
from indexer.engines.whoosh.matching.positions import (
    begins_as_typed,
    begins_of_spellings,
    distinct_rows,
    glob_rows,
    whole_begins_of,
    within_rows,
)
from indexer.engines.whoosh.matching.row_sets import RowSet, difference, intersection, members, union
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, in_order
from indexer.engines.whoosh.segments.reader import OwnedDocument, SegmentReader
from indexer.engines.whoosh.snapshot.levels import SECTIONS, Levels
from indexer.model import (
    And,
    Glob,
    Kind,
    Literal,
    Not,
    OfDocuments,
    OnePassage,
    Or,
    QueryLeaf,
    QueryNode,
    TextLeaf,
    Within,
    Years,
    Zone,
)
from indexer.model.years import is_in_years
from indexer.query.spans import Value, holds, is_typed, is_whole

# Fewer nodes than a segment has to this number have their rows listed; of more, all rows are gone through.
_FEW_NODES = 30


class TreeEvaluator:
    """Evaluates trees on one segment.

    With ``scope="section"`` a leaf is true for a section as soon as it is for one of its rows, and trees are evaluated
    on sections.

    Args:
        reader: the segment.
        levels: its sections.
        scope: as in a request.
        candidates: what lies beyond the request's budget. It counts as what makes fewer hits: as not there where a leaf
            is asked for, as there where it is negated.
    """

    def __init__(self, reader: SegmentReader, levels: Levels, scope: str, candidates: Candidates) -> None:
        self._reader, self._levels, self._candidates = reader, levels, candidates
        self._by_section = scope == "section"
        self._size = len(reader.sections) if self._by_section else reader.size
        self._found: dict[tuple[QueryLeaf, bool], RowSet] = {}  # the tiers of a query share most of their leaves

    def rows(self, node: QueryNode) -> RowSet:
        """The live rows for which ``node`` is true."""
        found = self._find(node)
        if not self._by_section:
            return found
        return RowSet(self._reader.size, mask=found.mask[self._reader.nodes] & self._reader.live)

    def _find(self, node: QueryNode, *, negated: bool = False) -> RowSet:
        match node:
            case And(children):
                return self._all(children, negated)
            case Or(children):
                return union([self._find(child, negated=negated) for child in children], self._size)
            case Not():
                return self._all((node,), negated)
            case leaf:
                return self._find_leaf(leaf, negated)

    def _find_leaf(self, leaf: QueryLeaf, negated: bool) -> RowSet:
        if (leaf, negated) not in self._found:
            rows = self._leaf(leaf, negated)
            self._found[leaf, negated] = self._sections_of(rows) if self._by_section else rows
        return self._found[leaf, negated]

    def _all(self, children: Sequence[QueryNode], negated: bool) -> RowSet:
        """Where all of them are true; those after nothing is left need not be looked at."""
        found = None
        for child in children:
            if not isinstance(child, Not):
                other = self._find(child, negated=negated)
                found = other if found is None else intersection([found, other])
                if found.is_empty:
                    return found
        left = self._everything if found is None else found
        for child in children:
            if isinstance(child, Not):
                left = difference(left, self._find(child.child, negated=not negated))
        return left

    @cached_property
    def _everything(self) -> RowSet:
        live = self._levels.live(SECTIONS) if self._by_section else self._reader.live
        return RowSet(self._size, mask=live)

    def _sections_of(self, rows: RowSet) -> RowSet:
        mask = np.zeros(self._size, dtype=bool)
        mask[self._reader.nodes[rows.rows]] = True
        return RowSet(self._size, mask=mask)

    def _leaf(self, leaf: QueryLeaf, negated: bool) -> RowSet:
        """Live rows for which a leaf is true by themselves."""
        size = self._reader.size
        return union([RowSet(size, rows=rows) for rows in self._parts(leaf, negated)], size)

    def _parts(self, leaf: QueryLeaf, negated: bool) -> list[Numbers]:
        """Live rows for which a leaf is true, those of each spelling and zone by themselves."""
        match leaf:
            case Literal(zones=zones):
                return [*(self._literal_rows(leaf) if Zone.TEXT in zones else ()), *self._elsewhere(zones, leaf)]
            case Glob(_, _, _, zones):
                return [
                    *(self._bounded_rows(leaf, negated) if Zone.TEXT in zones else ()),
                    *self._elsewhere(zones, leaf),
                ]
            case Within():
                return self._bounded_rows(leaf, negated)
            case Years():
                return [self._document_rows(lambda owned: is_in_years(owned.document.year, leaf))]
            case OfDocuments(ids, True):
                return [self._opening_rows(ids)]
            case OfDocuments(ids):
                return [self._document_rows(lambda owned: owned.document.id in ids)]
            case OnePassage(document_id, ordinal):
                rows = self._document_rows(lambda owned: owned.document.id == document_id)
                return [rows[self._reader.ordinals[rows] == ordinal]]

    def _opening_rows(self, ids: Collection[str]) -> Numbers:
        """The rows that open documents."""
        owned = (each for each in self._reader.documents if each is not None and each.document.id in ids)
        rows = [self._opening_row(each.rows[1:]) for each in owned if len(each.rows) > 1]
        return self._live(np.array(sorted(rows), dtype=np.int64))

    def _opening_row(self, rows: range) -> int:
        """The first title of a document's rows, else the first of them."""
        titles = np.flatnonzero(self._reader.kinds[rows.start : rows.stop] == layout.KIND_CODES[Kind.TITLE])
        return rows[int(titles[0])] if len(titles) else rows[0]

    def _literal_rows(self, literal: Literal) -> list[Numbers]:
        """Rows whose text holds a literal, those of each spelling by themselves."""
        reader = self._reader
        if is_typed(literal):
            return list(reader.cache.get(("as typed", literal), lambda: (self._rows_at_positions(literal),)))
        wholes = (self._whole_rows(spelling) for spelling in literal.whole)
        return [*(literal_rows(reader, each) for each in literal.alternatives), *wholes]

    def _whole_rows(self, spelling: str) -> Numbers:
        """Live rows in which a spelling stands whole."""

        def make() -> tuple[Numbers]:
            return (self._live(distinct_rows(self._reader, whole_begins_of(self._reader, spelling))),)

        return self._reader.cache.get(("whole", spelling), make)[0]

    def _bounded_rows(self, leaf: Glob | Within, negated: bool) -> list[Numbers]:
        """Rows whose text holds a leaf, as far as the budget reaches."""
        rows, beyond = self._rows_at_positions(leaf), self._candidates.beyond(self._reader, leaf)
        return [rows, beyond] if negated else [rows[~members(beyond, rows)]]

    def _rows_at_positions(self, leaf: TextLeaf) -> Numbers:
        """Rows whose text holds a leaf; looked at are only those of which positions do not tell how it is written."""
        sure = self._live(self._rows_where(leaf, unsure=False))
        if not is_typed(leaf):
            return sure
        possible = self._live(self._rows_where(leaf, unsure=True))
        verified = self._verified(possible[~members(sure, possible)], leaf)
        return in_order([sure, verified]) if len(verified) else sure

    def _rows_where(self, leaf: TextLeaf, *, unsure: bool) -> Numbers:
        reader = self._reader
        begins = partial(begins_as_typed, reader, unsure=unsure)
        match leaf:
            case Literal():
                positions = [each for each, _ in begins_of_spellings(reader, leaf, begins)]
                return distinct_rows(reader, in_order(positions))
            case Glob():
                return glob_rows(reader, leaf, begins)
            case Within():
                return within_rows(reader, leaf, begins)

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
            case Zone.TOPIC:
                return self._of_topics(reader.topics.containing(spelling, test))
            case Zone.DOCUMENT:
                return self._of_documents(reader.names.containing(spelling, test))
        return self._zone_rows(zone, Literal((), whole=(spelling,)) if whole else Literal((spelling,)))

    def _zone_rows(self, zone: Zone, leaf: Literal | Glob) -> Numbers:
        """Rows of which ``zone``, not the text, holds ``leaf``: value by value."""
        reader, pieces = self._reader, _pieces(leaf)
        match zone:
            case Zone.TITLE:
                return self._titled_rows(leaf, pieces)
            case Zone.SECTION:
                return self._of_nodes(
                    reader.sections.where(lambda original, folded: _holds(original, folded, leaf), pieces)
                )
            case Zone.TOPIC:
                values = zip(reader.topics.originals, reader.topics.folded, strict=True)
                kept = [any(_holds(*both, leaf) for both in zip(*value, strict=True)) for value in values]
                return self._of_topics(np.array(kept, dtype=bool))
        return self._document_rows(
            lambda owned: any(_holds(*both, leaf) for both in _document_values(owned, zone, leaf.column))
        )

    def _titled_rows(self, leaf: Literal | Glob, pieces: Sequence[Sequence[str]]) -> Numbers:
        """Rows of the documents whose title, which contains ``pieces``, holds ``leaf``."""
        passing = self._reader.titles.containing_all(pieces)
        for number in np.flatnonzero(passing).tolist():
            owned = self._reader.documents[number]
            passing[number] = owned is not None and _holds(owned.document.full_title, owned.title, leaf)
        return self._of_documents(passing)

    def _of_topics(self, topics: Mask) -> Numbers:
        """The live rows with any of ``topics``."""
        return self._live(np.flatnonzero(topics[self._reader.topics.numbers])) if topics.any() else NO_ROWS

    def _of_nodes(self, nodes: Mask) -> Numbers:
        """The live rows in any of ``nodes``."""
        numbers = np.flatnonzero(nodes)
        if len(numbers) * _FEW_NODES < len(nodes):
            return self._live(self._levels.rows_of_sections(numbers)) if len(numbers) else NO_ROWS
        return self._live(np.flatnonzero(nodes[self._reader.nodes]))

    def _document_rows(self, test: Callable[[OwnedDocument], bool]) -> Numbers:
        documents = self._reader.documents
        return self._of_documents(np.array([owned is not None and test(owned) for owned in documents], dtype=bool))

    def _of_documents(self, documents: Mask) -> Numbers:
        """The live rows of documents; a manifest before all of them has none."""
        if not documents.any():
            return NO_ROWS
        return self._live(np.flatnonzero(np.append(documents, False)[self._reader.owners]))

    def _verified(self, rows: Numbers, leaf: TextLeaf) -> Numbers:
        """Those of ``rows`` whose text holds ``leaf``."""
        found = (holds(self._text(row, leaf), leaf) for row in rows.tolist())
        kept: Numbers = rows[np.fromiter(found, dtype=bool, count=len(rows))]
        return kept

    def _text(self, row: int, leaf: TextLeaf) -> Value:
        """The text of a row, as far as ``leaf``, which is typed, needs it."""
        is_bound = isinstance(leaf, Glob) and leaf.is_bound
        lengths = self._reader.lengths(row) if is_bound else ()
        return Value(self._reader.chars(row), self._reader.text(row), lengths)

    def _live(self, rows: Numbers) -> Numbers:
        return rows[self._reader.live[rows]]


def _pieces(leaf: Literal | Glob) -> Sequence[Sequence[str]]:
    """What a value that holds ``leaf`` contains: of each piece one of its spellings."""
    return [leaf.spellings] if isinstance(leaf, Literal) else budget.pieces(leaf)


def _holds(original: str, folded: str, leaf: Literal | Glob) -> bool:
    """Whether a value that is not segmented holds ``leaf``."""
    return holds(Value(folded, original, (len(folded),)), leaf)


def _document_values(owned: OwnedDocument, zone: Zone, column: str) -> Iterable[tuple[str, str]]:
    """The values of a document in a zone, original and folded."""
    document = owned.document
    match zone:
        case Zone.DOCUMENT:
            return ((document.path, owned.path), (document.full_title, owned.title))
        case Zone.WORK:
            return ((document.work, owned.work),) if document.work else ()
        case Zone.FIELD:
            values = zip(document.fields, owned.fields, strict=True)
            return [(value, folded) for (name, value), folded in values if name == column]
    return zip(document.tags, owned.tags, strict=True)
