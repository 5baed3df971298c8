"""Make the filters of the page from the facet counts of a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import indexer
from indexer import FACETS, FILTERS
from indexer.errors import NotFound
from webui.pages.chapter_order import ReadingOrder, reading_orders
from webui.pages.document_order import Documents
from webui.pages.year_chart import YearChart, year_chart
from webui.urls.state import SearchState

# The filters from top to bottom: which document first, then where in it.
ORDER = ("document", "work", "section", "topic", "year", "tag", "path", "type", "kind", "field")
# Levels of the chapter tree, values of each level or list that are counted, and that are shown beside the hits.
DEPTH = 2
COUNTED = 60
SHOWN = 8
# The same of the top level of chapters, which make sense together.
CHAPTERS = 12
# Levels and values where all values of one filter are asked for, and values listed of each level of them.
ALL_DEPTH = 100
ALL_MOST = 10_000
LISTED = 300


@dataclass(frozen=True, slots=True)
class FilterValue:
    """One value that can be chosen.

    Attributes:
        count: passages it would leave; of partial matches, where there are no others.
        path: the headings of a section, else empty.
        is_open: whether what is below it is shown.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    is_open: bool = False
    path: tuple[str, ...] = ()
    children: tuple[FilterValue, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether it or something below it is chosen."""
        return self.is_chosen or self.is_open


@dataclass(frozen=True, slots=True)
class Shelf:
    """Values under one name: the documents of a work, else what has no name above it.

    Attributes:
        work: its name; empty where there is none.
        url: the page with the whole work alone.
    """

    work: str
    url: str
    choices: tuple[FilterValue, ...]


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """One filter with its values.

    Attributes:
        shelves: its values; documents by work.
        is_long: whether finding a value in it takes a box of its own.
        may_have_more: whether there may be more values, or deeper ones.
        left_out: values that are listed of each level, where there are more than these; else 0.
        is_mixed: whether a chapter of it is that of several documents.
        years: the drawing of years with hits, where there are several.
    """

    name: str
    shelves: tuple[Shelf, ...]
    is_long: bool = False
    may_have_more: bool = False
    left_out: int = 0
    is_mixed: bool = False
    years: YearChart | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value and the address of the page without it."""

    name: str
    value: str
    label: str
    url: str


class FilterMaker:
    """Makes the filters of answers of one index."""

    def __init__(self, index: indexer.Index, all_documents: Callable[[], Documents]) -> None:
        """Keep what is looked up once for each commit."""
        self._index = index
        self._order_of = index.per_commit(reading_orders)
        self._by_path = index.per_commit(
            lambda _: {name: document for document in all_documents() for name in (document.id, document.path)}
        )

    def filters(self, results: indexer.Results, state: SearchState) -> Filters:
        """Make the filters of an answer, whose facet of documents was counted."""
        return Filters(results, state, self._by_path(), self._count, self._order(results, state))

    def _count(self, state: SearchState) -> int:
        results = self._index.search(state.q, **{**state.arguments(), "offset": 0, "limit": 0}, facets=())
        return results.total or results.partial

    def _order(self, results: indexer.Results, state: SearchState) -> ReadingOrder | None:
        """Return the order of the chapters, if they are those of one document."""
        documents = state.filters.get("document") or [value.value for value in results.facets["document"]]
        try:
            return self._order_of()(documents[0]) if len(documents) == 1 else None
        except NotFound:  # a document that a query names and the index does not have
            return None


class Filters:
    """The filters of one answer.

    Args:
        results: the answer, with its facets.
        state: what was asked.
        documents: by id and by path.
        count: how many passages a state finds, for chosen values that are not among those counted.
        order: of the chapters, where they are of one document.
    """

    def __init__(
        self,
        results: indexer.Results,
        state: SearchState,
        documents: Mapping[str, indexer.Document],
        count: Callable[[SearchState], int],
        order: ReadingOrder | None,
    ) -> None:
        self._results = results
        self._state = state
        self._documents = documents
        self._count = count
        self._order = order

    def beside_hits(self) -> list[FilterPanel]:
        """Make the filters of a page of hits: those that part them, and those that are chosen."""
        return [panel for name in ORDER if name in FACETS for panel in self._panel(name)]

    def all_values(self, name: str, find: str) -> FilterPanel:
        """Make one filter with all its values, or with those whose label holds ``find``, under what is above them."""
        sought = find.strip().casefold()
        choices = self._taken(self._values(name), self._chosen(name), ALL_MOST, ALL_MOST)
        seen = Counter[int]()
        listed = tuple(_first(tuple(_holding(choices, sought)) if sought else choices, seen))
        is_cut = max(seen.values(), default=0) > LISTED
        shelves = self._shelves(name, (*self._not_among(listed, choices, name), *self._in_order(name, listed)))
        return FilterPanel(name, shelves, is_long=True, left_out=LISTED if is_cut else 0)

    def chips(self) -> list[Chip]:
        """Make a chip for each chosen value."""
        return [
            Chip(name, value, self._label(name, value), self._state.toggled(name, value).url())
            for name in FILTERS
            for value in self._state.filters.get(name, ())
        ]

    def _panel(self, name: str) -> Iterator[FilterPanel]:
        values, chosen = self._values(name), self._state.filters.get(name, ())
        if not (chosen or len(values) > 1 or (values and name in ("section", "topic"))):
            return
        most = CHAPTERS if name == "section" else SHOWN
        is_full = name in self._results.truncated or len(values) > most
        is_deep = any(self._standing(value.children, self._chosen(name)) for value in values)
        choices = self._taken(values, self._chosen(name), most, SHOWN)
        shown = self._in_order(name, choices)
        is_mixed = name == "section" and self._order is None and len(self._results.facets["document"]) > 1
        if not is_mixed:
            shown = _with_one_open(shown)
        yield FilterPanel(
            name,
            self._shelves(name, (*self._not_among(shown, choices, name), *shown)),
            is_long=is_full or sum(1 for _ in _walk(shown)) > SHOWN,
            may_have_more=is_full or is_deep,
            is_mixed=is_mixed,
            years=year_chart([(each.value, self._size(each)) for each in values], chosen) if name == "year" else None,
        )

    def _values(self, name: str) -> list[indexer.FacetValue]:
        """Take values that would leave something, and those that are chosen; these, and what they are in, first."""
        chosen = self._chosen(name)
        values = self._results.facets[name]
        if name == "path":  # those that hold all others part nothing
            values = tuple(
                value
                for value in values
                if value.value in chosen or not all(f"{other.value}/".startswith(f"{value.value}/") for other in values)
            )
        return self._standing(values, chosen)

    def _standing(self, values: Sequence[indexer.FacetValue], chosen: frozenset[str]) -> list[indexer.FacetValue]:
        standing = [value for value in values if self._size(value) or value.value in chosen]
        return sorted(standing, key=lambda value: not self._is_kept(value, chosen)) if chosen else standing

    def _is_kept(self, value: indexer.FacetValue, chosen: frozenset[str]) -> bool:
        return value.value in chosen or any(
            self._is_kept(child, chosen) for child in value.children if self._size(child) or child.value in chosen
        )

    def _size(self, value: indexer.FacetValue) -> int:
        return value.count if self._results.total else value.some

    def _chosen(self, name: str) -> frozenset[str]:
        return frozenset(self._state.filters.get(name, ()))

    def _taken(
        self, standing: Sequence[indexer.FacetValue], chosen: frozenset[str], most: int, inside: int
    ) -> tuple[FilterValue, ...]:
        """Make choices of the first ``most``, of what is below them the first ``inside``, and of all that are chosen,
        opened down to them.
        """
        choices = []
        for at, value in enumerate(standing):
            if at >= most and not (chosen and self._is_kept(value, chosen)):
                break  # those that are kept stand first
            below = self._taken(self._standing(value.children, chosen), chosen, inside, inside)
            is_open, is_chosen = any(child.is_kept for child in below), value.value in chosen
            size = self._size(value)
            choices.append(FilterValue(value.value, value.label, size, is_chosen, is_open, value.path, below))
        return tuple(choices)

    def _not_among(
        self, listed: Sequence[FilterValue], choices: Sequence[FilterValue], name: str
    ) -> Iterator[FilterValue]:
        """Chosen values that are not listed; those that are not among ``choices`` either are counted one by one."""
        known = {choice.value: choice.count for choice in _walk(choices)}
        shown = {choice.value for choice in _walk(listed)}
        for value in islice((each for each in self._state.filters.get(name, ()) if each not in shown), LISTED):
            count = known[value] if value in known else self._count(self._state.only(name, value))
            yield FilterValue(value, self._label(name, value), count, is_chosen=True)

    def _in_order(self, name: str, choices: tuple[FilterValue, ...]) -> tuple[FilterValue, ...]:
        """Sort the chapters of one document as they are read; all else stays as it is."""
        return _in_reading_order(choices, self._order) if name == "section" and self._order is not None else choices

    def _shelves(self, name: str, choices: Sequence[FilterValue]) -> tuple[Shelf, ...]:
        if name != "document":
            return (Shelf("", "", tuple(choices)),)
        marks = self._marks(choices)
        shelves: dict[str, list[FilterValue]] = {}
        for choice in choices:
            document = self._documents.get(choice.value)
            work = document.work if document and len(document.titles) > 1 and not choice.is_chosen else None
            title = document.title if document and work else self._label(name, choice.value)
            shelves.setdefault(work or "", []).append(replace(choice, label=title + marks.get(choice.value, "")))
        return tuple(
            Shelf(work, self._state.without("document").only("work", work).url() if work else "", tuple(held))
            for work, held in shelves.items()
        )

    def _marks(self, choices: Sequence[FilterValue]) -> dict[str, str]:
        """For documents of the same title, what tells them apart: their dates, else their files' names or paths."""
        alike: dict[str, dict[str, indexer.Document]] = {}  # by id: one may be chosen by it and listed by its path
        for choice in choices:
            if document := self._documents.get(choice.value):
                alike.setdefault(self._label("document", choice.value), {})[document.id] = document
        groups = (tuple(group.values()) for group in alike.values() if len(group) > 1)
        return {path: f"（{mark}）" for group in groups for path, mark in _told_apart(group).items()}

    def _label(self, name: str, value: str) -> str:
        if name == "section":
            return " › ".join(indexer.section_path(value))
        if name == "document" and (document := self._documents.get(value)):
            return " › ".join(document.titles)
        return value


def _told_apart(documents: Sequence[indexer.Document]) -> dict[str, str]:
    """By path, the first of date, file name and path that no two of the documents share."""
    dates = [document.date or "" for document in documents]
    paths = [document.path for document in documents]
    names = [path.rpartition("/")[2] for path in paths]
    told = next(each for each in (dates, names, paths) if len(set(each)) == len(each))
    return {path: mark for path, mark in zip(paths, told, strict=True) if mark}


def without_panel(panels: Sequence[FilterPanel], state: SearchState) -> list[tuple[str, str]]:
    """List chosen values of filters that have no panel, which the form has to carry along."""
    shown = {panel.name for panel in panels}
    return [(name, value) for name in FILTERS if name not in shown for value in state.filters.get(name, ())]


def _in_reading_order(choices: Sequence[FilterValue], order: ReadingOrder) -> tuple[FilterValue, ...]:
    """Sort the chapters as they are read, those that are chosen before the others."""

    def key(choice: FilterValue) -> tuple[bool, int]:
        return not choice.is_kept, order.get(choice.path, len(order))

    return tuple(
        replace(choice, children=_in_reading_order(choice.children, order)) for choice in sorted(choices, key=key)
    )


def _with_one_open(choices: tuple[FilterValue, ...]) -> tuple[FilterValue, ...]:
    """Open the first where nothing is open, to show that there is more inside."""
    if not choices or any(choice.is_open for choice in choices):
        return choices
    return (replace(choices[0], is_open=True), *choices[1:])


def _walk(choices: Sequence[FilterValue]) -> Iterator[FilterValue]:
    for choice in choices:
        yield choice
        yield from _walk(choice.children)


def _holding(choices: Sequence[FilterValue], sought: str) -> Iterator[FilterValue]:
    """Keep those whose label holds what is sought, with all below them, and what leads to them, opened."""
    for choice in choices:
        if sought in choice.label.casefold():
            yield choice
        elif children := tuple(_holding(choice.children, sought)):
            yield replace(choice, children=children, is_open=True)


def _first(choices: Sequence[FilterValue], seen: Counter[int], level: int = 0) -> Iterator[FilterValue]:
    """Take ``LISTED`` of each level; ``seen`` says how many of it there were, one more where some are left out."""
    for choice in choices:
        seen[level] += 1
        if seen[level] > LISTED:
            return
        yield replace(choice, children=tuple(_first(choice.children, seen, level + 1)))
