"""Evaluates the forms of trees on a segment: the rows for which they are true, atom by atom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.matching.candidates import Candidates, literal_rows
from indexer.engines.whoosh.matching.forms import AllOf, AnyOf, Forms, Other, Spelled, numbers_of
from indexer.engines.whoosh.matching.positions import (
    Begins,
    TypedBegins,
    begins_of_spellings,
    distinct_rows,
    glob_rows,
    whole_begins_of,
    within_rows,
)
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Mask, Numbers, in_order, mark
from indexer.engines.whoosh.segments.layout import SECTIONS
from indexer.engines.whoosh.segments.ranges import Ranges
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import RowSet, difference, intersection, members, union
from indexer.engines.whoosh.segments.stored_documents import OwnedDocument
from indexer.engines.whoosh.snapshot.levels import Levels
from indexer.model import Glob, Kind, Literal, OfDocuments, OnePassage, QueryLeaf, TextLeaf, Within, Years, Zone
from indexer.model.years import is_in_years
from indexer.query.spans import Value, holds, is_whole

# Fewer nodes, or rows of documents, than a segment has to this number have their rows listed; of more, all rows are
# gone through.
_FEW = 30
# More than anything has.
_MOST_OCCURRENCES = 1 << 60


class Evaluator:
    """Evaluates forms on one segment.

    With ``scope="section"`` an atom is true for a section as soon as it is for one of its rows, and forms are evaluated
    on sections.

    Args:
        reader: the segment.
        levels: its sections.
        scope: as in a request.
        forms: what made the forms.
        candidates: what lies beyond the request's budget. It counts as what makes fewer hits: as not there where a leaf
            is asked for, as there where it is negated.
    """

    def __init__(self, reader: SegmentReader, levels: Levels, scope: str, forms: Forms, candidates: Candidates) -> None:
        self._reader, self._levels, self._forms, self._candidates = reader, levels, forms, candidates
        self._by_section = scope == "section"
        self._size = len(reader.sections) if self._by_section else reader.size
        self._found: dict[AnyOf, RowSet] = {}
        self._atoms: dict[int, RowSet] = {}
        self._known_occurrences: dict[int, int] = {}

    def grades(self, forms: Collection[AnyOf]) -> list[RowSet]:
        """The live rows of each form for which none before it is true."""
        found: dict[AnyOf, RowSet] = {}
        taken = nothing = RowSet(self._size)
        for form in dict.fromkeys(forms):
            taken = union([taken, *list(found.values())[-1:]], self._size)
            found[form] = difference(self._where(form), taken)
        sets = [found.pop(form, nothing) for form in forms]
        return self._rows_of_each(sets) if self._by_section else sets

    def rows(self, form: AnyOf) -> RowSet:
        """The live rows for which ``form`` is true."""
        return self._rows_of(self._where(form))

    def _rows_of(self, found: RowSet) -> RowSet:
        if not self._by_section:
            return found
        if found.is_short:
            return self._listed(self._live(self._levels.rows_of_sections(found.rows)))
        return self._masked(found.mask.take(self._reader.nodes))

    def _rows_of_each(self, found: Sequence[RowSet]) -> list[RowSet]:
        """The same of several sets of sections, none of which is in two of them: all rows are gone through once."""
        several = [each for each in found if not each.is_short]
        if len(several) < 2:
            return list(map(self._rows_of, found))
        numbers = np.zeros(self._size, dtype=np.min_scalar_type(len(several)))
        for number, each in enumerate(several, 1):
            numbers[each.mask] = number
        of_rows = numbers.take(self._reader.nodes)
        rows = iter([self._masked(of_rows == number) for number in range(1, len(several) + 1)])
        return [self._rows_of(each) if each.is_short else next(rows) for each in found]

    def _where(self, form: AnyOf) -> RowSet:
        if form not in self._found:
            sets = [*map(self._atom, numbers_of(form.atoms)), *map(self._where_all, form.conjunctions)]
            self._found[form] = union(sets, self._size)
        return self._found[form]

    def _where_all(self, conjunction: AllOf, left: RowSet | None = None) -> RowSet:
        """Where ``conjunction`` is true, of ``left`` if that is given; what is rarest comes first, and after nothing is
        left nothing is looked for.
        """
        for part in sorted(conjunction.parts, key=self._occurrences):
            left = self._where(part) if left is None else self._with(left, part)
            if left.is_empty:
                return left
        left = self._everything if left is None else left
        for part in conjunction.without:
            left = self._outside(left, part)
        return left

    def _with(self, rows: RowSet, form: AnyOf) -> RowSet:
        """Those of ``rows`` for which a form is true."""
        if rows.is_short:
            return RowSet(self._size, rows=rows.rows[self._holding(form, rows.rows)])
        return intersection([rows, self._where(form)])

    def _outside(self, rows: RowSet, form: AnyOf) -> RowSet:
        """Those of ``rows`` for which a form is not true."""
        if rows.is_short:
            return RowSet(self._size, rows=rows.rows[~self._holding(form, rows.rows)])
        return difference(rows, self._where(form))

    def _holding(self, form: AnyOf, rows: Numbers) -> Mask:
        """For which of a few ``rows`` a form is true; nothing is looked for after all are found."""
        found = np.zeros(len(rows), dtype=bool)
        for number in numbers_of(form.atoms):
            found |= self._atom(number).holding(rows)
            if found.all():
                return found
        for conjunction in form.conjunctions:
            found |= self._where_all(conjunction, RowSet(self._size, rows=rows[~found])).holding(rows)
        return found

    def _occurrences(self, form: AnyOf) -> int:
        """How often what a form asks for stands in the texts at most, as far as the dictionary tells."""
        own = sum(map(self._occurrences_of_atom, numbers_of(form.atoms)))
        return own + sum(min(map(self._occurrences, each.parts), default=self._size) for each in form.conjunctions)

    def _occurrences_of_atom(self, number: int) -> int:
        if number not in self._known_occurrences:
            self._known_occurrences[number] = self._look_up_occurrences(number)
        return self._known_occurrences[number]

    def _look_up_occurrences(self, number: int) -> int:
        match self._forms.atoms[number]:
            case Spelled(Zone.TEXT, chars, _) if chars:
                return self._reader.occurrences(chars[:2])
            case Other(Glob() | Within(), _):  # take longest to be found
                return _MOST_OCCURRENCES
        return 0

    @cached_property
    def _everything(self) -> RowSet:
        live = self._levels.live(SECTIONS) if self._by_section else self._reader.live
        return RowSet(self._size, mask=live)

    def _atom(self, number: int) -> RowSet:
        if number not in self._atoms:
            find = self._sections_of_atom if self._by_section else self._rows_of_atom
            self._atoms[number] = find(number)
        return self._atoms[number]

    def _sections_of_atom(self, number: int) -> RowSet:
        """The sections of the rows for which an atom is true; of characters they are kept like any posting list."""
        atom = self._forms.atoms[number]
        if isinstance(atom, Other):
            return self._sections_of(self._rows_of_atom(number))
        key = "sections of", atom
        (sections,) = self._reader.cache.get(key, lambda: (self._sections_of(self._rows_of_atom(number)).as_array(),))
        return RowSet.of_array(self._size, sections)

    def _sections_of(self, rows: RowSet) -> RowSet:
        nodes = self._reader.nodes.take(rows.rows)
        return RowSet(self._size, mask=mark(np.zeros(self._size, dtype=bool), nodes))

    def _rows_of_atom(self, number: int) -> RowSet:
        """Live rows for which an atom is true by themselves."""
        match self._forms.atoms[number]:
            case Spelled(Zone.TEXT, chars, whole):
                return self._whole_rows(chars) if whole else literal_rows(self._reader, chars)
            case Spelled(zone, chars, whole):
                return self._folded_zone_rows(zone, chars, whole)
            case Other(leaf, negated):
                return self._rows_of_leaf(leaf, negated)

    def _rows_of_leaf(self, leaf: QueryLeaf, negated: bool) -> RowSet:
        match leaf:
            case Literal(zones=(Zone.TEXT,)):
                return self._listed(self._typed_rows(leaf))
            case Glob(zones=(Zone.TEXT,)) | Within():
                return self._bounded_rows(leaf, negated)
            case Literal(zones=zones) | Glob(zones=zones):
                return self._zone_rows(zones[0], leaf)
            case Years():
                return self._document_rows(lambda owned: is_in_years(owned.document.year, leaf))
            case OfDocuments(ids, True):
                return self._listed(self._opening_rows(ids))
            case OfDocuments(ids):
                return self._of_documents(self._with_ids(ids))
            case OnePassage(document_id, ordinal):
                return self._listed(
                    self._live(np.array([*self._rows_of_passage(document_id, ordinal)], dtype=np.int64))
                )

    def _listed(self, rows: Numbers) -> RowSet:
        return RowSet(self._reader.size, rows=rows)

    def _masked(self, rows: Mask) -> RowSet:
        """Those of ``rows`` that are live."""
        return RowSet(self._reader.size, mask=rows & self._reader.live)

    def _rows_of_passage(self, document_id: str, ordinal: int) -> Iterator[int]:
        """Rows with that ordinal in documents of that id."""
        documents = self._reader.every_document
        for number in documents.numbers_of((document_id,)):
            first, until = self._reader.document_bounds[number : number + 2].tolist()
            yield from (np.flatnonzero(self._reader.ordinals[first:until] == ordinal) + first).tolist()

    def _opening_rows(self, ids: Collection[str]) -> Numbers:
        """The rows that open documents."""
        rows_of = self._reader.every_document.rows
        named = [rows_of[number][1:] for number in np.flatnonzero(self._with_ids(ids)).tolist()]
        rows = [self._opening_row(own) for own in named if own]
        return self._live(np.array(sorted(rows), dtype=np.int64))

    def _opening_row(self, rows: range) -> int:
        """The first title of a document's rows, else the first of them."""
        titles = np.flatnonzero(self._reader.kinds[rows.start : rows.stop] == layout.KIND_CODES[Kind.TITLE])
        return rows[int(titles[0])] if len(titles) else rows[0]

    def _typed_rows(self, literal: Literal) -> Numbers:
        """Rows whose text holds a literal as it was typed."""
        return self._reader.cache.get(("as typed", literal), lambda: (self._rows_at_positions(literal),))[0]

    def _whole_rows(self, spelling: str) -> RowSet:
        """Live rows in which a spelling stands whole."""

        def make() -> tuple[np.ndarray]:
            rows = self._live(distinct_rows(self._reader, whole_begins_of(self._reader, spelling)))
            return (self._listed(rows).as_array(),)

        return RowSet.of_array(self._reader.size, *self._reader.cache.get(("whole", spelling), make))

    def _bounded_rows(self, leaf: Glob | Within, negated: bool) -> RowSet:
        """Rows whose text holds a leaf, as far as the budget reaches."""
        rows = self._listed(self._rows_at_positions(leaf))
        beyond = self._listed(self._candidates.beyond(self._reader, leaf))
        return union([rows, beyond], self._reader.size) if negated else difference(rows, beyond)

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
                return self._in_ranges(self._levels.rows_at_places(reader.sections.containing(spelling, test)))
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
                return self._in_ranges(self._levels.rows_at_places(reader.sections.that_hold(leaf)))
            case Zone.TITLE:
                return self._of_documents(reader.titles.holding(leaf))
            case Zone.TOPIC:
                return self._of_topics(reader.topics.holding(leaf))
        return self._of_documents(reader.values(zone, leaf.column).holding(leaf))

    def _of_topics(self, topics: Mask) -> RowSet:
        """The live rows with any of ``topics``."""
        return self._masked(topics.take(self._reader.topics.numbers)) if topics.any() else self._listed(NO_ROWS)

    def _with_ids(self, ids: Collection[str]) -> Mask:
        """Which documents are live and have one of some ids."""
        numbers = np.array(self._reader.every_document.numbers_of(ids), dtype=np.int64)
        live = self._reader.live_documents
        return mark(np.zeros(len(live), dtype=bool), numbers) & live

    def _document_rows(self, test: Callable[[OwnedDocument], bool]) -> RowSet:
        documents = self._reader.documents
        return self._of_documents(np.array([owned is not None and test(owned) for owned in documents], dtype=bool))

    def _of_documents(self, documents: Mask) -> RowSet:
        """The live rows of documents."""
        numbers, bounds = np.flatnonzero(documents), self._reader.document_bounds
        return self._in_ranges(Ranges(bounds[numbers], bounds[numbers + 1]))

    def _in_ranges(self, rows: Ranges) -> RowSet:
        """Those of ``rows`` that are live."""
        if len(rows) * _FEW < self._reader.size:
            return self._listed(self._live(rows.numbers))
        return self._masked(rows.mask(self._reader.size))

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
        return rows[self._reader.live.take(rows)]
