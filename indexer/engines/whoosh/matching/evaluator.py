"""Evaluates an analysed tree on a segment: the rows for which it is true, leaf by leaf."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.matching.candidates import Candidates, literal_rows
from indexer.engines.whoosh.matching.positions import (
    Begins,
    TypedBegins,
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

# What a wildcard or NEAR costs, in spellings of literals, about.
_COST_OF_BOUNDED = 20
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
        self._costs: dict[int, int] = {}  # by ``id``: the trees are the request's

    def rows(self, node: QueryNode) -> RowSet:
        """The live rows for which ``node`` is true."""
        found = self._find(node)
        if not self._by_section:
            return found
        return RowSet(self._reader.size, mask=found.mask[self._reader.nodes] & self._reader.live)

    def _find(self, node: QueryNode, within: RowSet | None = None, *, negated: bool = False) -> RowSet:
        """Where ``node`` is true; told need be only where ``within`` is, if that is given."""
        match node:
            case And(children):
                return self._all(children, within, negated)
            case Or(children):
                return self._any(children, within, negated)
            case Not():
                return self._all((node,), within, negated)
            case leaf:
                return self._find_leaf(leaf, within, negated)

    def _find_leaf(self, leaf: QueryLeaf, within: RowSet | None, negated: bool) -> RowSet:
        if (leaf, negated) in self._found:
            return self._found[leaf, negated]
        if within is not None and isinstance(leaf, Literal) and Zone.TEXT in leaf.zones and len(leaf.zones) > 1:
            in_text = self._find_leaf(replace(leaf, zones=(Zone.TEXT,)), None, negated)
            if difference(within, in_text).is_empty:  # whatever stands above it
                return in_text
        rows = self._leaf(leaf, negated)
        self._found[leaf, negated] = self._sections_of(rows) if self._by_section else rows
        return self._found[leaf, negated]

    def _any(self, children: Sequence[QueryNode], within: RowSet | None, negated: bool) -> RowSet:
        """Where one of them is true; those after a few are all found need not be looked at."""
        if within is None or not within.is_short:
            return union([self._find(child, within, negated=negated) for child in children], self._size)
        found: list[RowSet] = []
        for child in children:
            if within.is_empty:
                break
            found.append(self._find(child, within, negated=negated))
            within = difference(within, found[-1])
        return union(found, self._size)

    def _all(self, children: Sequence[QueryNode], within: RowSet | None, negated: bool) -> RowSet:
        """Where all of them are true, the cheapest first; those after nothing is left need not be looked at."""
        left = within
        for child in sorted((each for each in children if not isinstance(each, Not)), key=self._cost):
            found = self._find(child, left, negated=negated)
            left = found if left is None else intersection([left, found])
            if left.is_empty:
                return left
        left = self._everything if left is None else left
        for negation in children:
            if isinstance(negation, Not):
                left = difference(left, self._find(negation.child, left, negated=not negated))
        return left

    def _cost(self, node: QueryNode) -> int:
        """How many values of how many zones are sought for a tree, about."""
        if id(node) not in self._costs:
            self._costs[id(node)] = self._sum_cost(node)
        return self._costs[id(node)]

    def _sum_cost(self, node: QueryNode) -> int:
        match node:
            case And(children) | Or(children):
                return sum(map(self._cost, children))
            case Not(child):
                return self._cost(child)
            case Literal(zones=zones):
                return len(node.spellings) * len(zones)
            case Glob() | Within():
                return _COST_OF_BOUNDED
            case Years() | OfDocuments() | OnePassage():
                return 1

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
        return union(self._parts(leaf, negated), self._reader.size)

    def _parts(self, leaf: QueryLeaf, negated: bool) -> list[RowSet]:
        """Live rows for which a leaf is true, those of each spelling and zone by themselves."""
        match leaf:
            case Literal(zones=zones):
                in_text = self._literal_rows(leaf) if Zone.TEXT in zones else []
                return [*map(self._listed, in_text), *self._elsewhere(zones, leaf)]
            case Glob(_, _, _, zones):
                in_text = self._bounded_rows(leaf, negated) if Zone.TEXT in zones else []
                return [*map(self._listed, in_text), *self._elsewhere(zones, leaf)]
            case Within():
                return [*map(self._listed, self._bounded_rows(leaf, negated))]
            case Years():
                return [self._document_rows(lambda owned: is_in_years(owned.document.year, leaf))]
            case OfDocuments(ids, True):
                return [self._listed(self._opening_rows(ids))]
            case OfDocuments(ids):
                return [self._document_rows(lambda owned: owned.document.id in ids)]
            case OnePassage(document_id, ordinal):
                rows = self._document_rows(lambda owned: owned.document.id == document_id).rows
                return [self._listed(rows[self._reader.ordinals[rows] == ordinal])]

    def _listed(self, rows: Numbers) -> RowSet:
        return RowSet(self._reader.size, rows=rows)

    def _masked(self, rows: Mask) -> RowSet:
        """Those of ``rows`` that are live."""
        return RowSet(self._reader.size, mask=rows & self._reader.live)

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
        begins = TypedBegins(self._reader)
        sure = self._live(self._rows_where(leaf, begins.sure))
        if begins.are_sure:
            return sure
        # a literal stands at one place, of which it is enough to look at those that are not sure
        others = begins.unsure if isinstance(leaf, Literal) else begins.possible
        possible = self._live(self._rows_where(leaf, others))
        verified = self._verified(possible[~members(sure, possible)], leaf)
        return in_order([sure, verified]) if len(verified) else sure

    def _rows_where(self, leaf: TextLeaf, begins: Begins) -> Numbers:
        reader = self._reader
        match leaf:
            case Literal():
                positions = [each for each, _ in begins_of_spellings(reader, leaf, begins)]
                return distinct_rows(reader, in_order(positions))
            case Glob():
                return glob_rows(reader, leaf, begins)
            case Within():
                return within_rows(reader, leaf, begins)

    def _elsewhere(self, zones: Sequence[Zone], leaf: Literal | Glob) -> list[RowSet]:
        """Rows of which a zone other than their text holds ``leaf``."""
        others = [zone for zone in zones if zone is not Zone.TEXT]
        if isinstance(leaf, Glob) or is_typed(leaf) or leaf.column:
            return [self._zone_rows(zone, leaf) for zone in others]
        spellings = [*((each, False) for each in leaf.alternatives), *((each, True) for each in leaf.whole)]
        return [self._folded_zone_rows(zone, *spelling) for zone in others for spelling in spellings]

    def _folded_zone_rows(self, zone: Zone, spelling: str, whole: bool) -> RowSet:
        """The same as ``_zone_rows`` for one spelling in folded characters, kept like any posting list."""
        key = "zone", zone, spelling, whole
        (rows,) = self._reader.cache.get(key, lambda: (self._spelling_rows(zone, spelling, whole).as_array(),))
        return RowSet.of_array(self._reader.size, rows)

    def _spelling_rows(self, zone: Zone, spelling: str, whole: bool) -> RowSet:
        reader = self._reader
        test = is_whole if whole else None
        match zone:
            case Zone.SECTION:
                return self._of_nodes(reader.sections.containing(spelling, test))
            case Zone.TITLE:
                return self._of_documents(reader.titles.containing(spelling, test))
            case Zone.TOPIC:
                return self._of_topics(reader.topics.containing(spelling, test))
        return self._of_documents(reader.values(zone, "").containing(spelling, test))

    def _zone_rows(self, zone: Zone, leaf: Literal | Glob) -> RowSet:
        """Rows of which ``zone``, not the text, holds ``leaf``."""
        reader = self._reader
        match zone:
            case Zone.SECTION:
                return self._of_nodes(reader.sections.that_hold(leaf))
            case Zone.TITLE:
                return self._of_documents(reader.titles.holding(leaf))
            case Zone.TOPIC:
                return self._of_topics(reader.topics.holding(leaf))
        return self._of_documents(reader.values(zone, leaf.column).holding(leaf))

    def _of_topics(self, topics: Mask) -> RowSet:
        """The live rows with any of ``topics``."""
        return self._masked(topics[self._reader.topics.numbers]) if topics.any() else self._listed(NO_ROWS)

    def _of_nodes(self, nodes: Mask) -> RowSet:
        """The live rows in any of ``nodes``."""
        numbers = np.flatnonzero(nodes)
        if len(numbers) * _FEW_NODES >= len(nodes):
            return self._masked(nodes[self._reader.nodes])
        return self._listed(self._live(self._levels.rows_of_sections(numbers)) if len(numbers) else NO_ROWS)

    def _document_rows(self, test: Callable[[OwnedDocument], bool]) -> RowSet:
        documents = self._reader.documents
        return self._of_documents(np.array([owned is not None and test(owned) for owned in documents], dtype=bool))

    def _of_documents(self, documents: Mask) -> RowSet:
        """The live rows of documents; a manifest before all of them has none."""
        if not documents.any():
            return self._listed(NO_ROWS)
        return self._masked(np.append(documents, False)[self._reader.owners])

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
