"""A search's facet counts → the filters of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import indexer
from webui.parameters import FILTERS, SearchState

FACETS = ("section", "topic", "document", "tag", "year", "kind")
# Levels of the chapter tree, and values of each level or list, beside the hits.
DEPTH = 2
MOST = 20
# The same where all values of one filter are asked for, and values listed of them.
ALL_DEPTH = 100
ALL_MOST = 10_000
LISTED = 300
# Values from which on a list has a box to find them by.
LONG = 10


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values.

    Attributes:
        chosen: values that are chosen, listed or not.
        unfolded: sections whose children are shown.
        is_cut: whether there are more values than these.
        most: values that are listed at most.
    """

    name: str
    values: Sequence[indexer.FacetValue]
    chosen: frozenset[str]
    unfolded: frozenset[str] = frozenset()
    is_cut: bool = False
    most: int = MOST

    @property
    def is_full(self) -> bool:
        """Whether values were left out of the list, deeper levels aside."""
        return self.is_cut and sum(1 for _ in _walk(self.values)) >= self.most

    @property
    def is_long(self) -> bool:
        """Whether finding a value in it takes a box of its own."""
        return self.is_cut or sum(1 for _ in _walk(self.values)) > LONG


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value and the address of the page without it."""

    name: str
    value: str
    label: str
    url: str


def beside_hits(results: indexer.Results, state: SearchState) -> list[Facet]:
    """The filters of a page of hits: those that part them, and those that are chosen."""
    by_some = results.total == 0
    facets = []
    for name in FACETS:
        values = [value for value in results.facets[name] if by_some or value.count]
        chosen = frozenset(state.filters.get(name, ()))
        if values and (len(values) > 1 or name in ("section", "topic") or chosen):
            facets.append(Facet(name, values, chosen, _unfolded(values, chosen), _is_cut(values)))
    return facets


def _is_cut(values: Sequence[indexer.FacetValue]) -> bool:
    """Whether there may be more values or levels than are listed; of a list that is not full, all others have none."""
    return len(values) >= MOST or any(value.children for value in values)


def all_values(results: indexer.Results, state: SearchState, name: str, find: str) -> Facet:
    """One filter with all its values, or with those whose label holds ``find``, under what is above them."""
    by_some = results.total == 0
    found = list(_holding(results.facets[name], find.strip().casefold(), by_some=by_some))
    left = [LISTED]
    values = list(_first(found, left))
    everything = frozenset(value.value for value in _walk(values))
    chosen = frozenset(state.filters.get(name, ()))
    return Facet(name, values, chosen, everything if find else frozenset(), left[0] < 0, LISTED)


def unlisted(facets: Sequence[Facet], state: SearchState) -> list[tuple[str, str]]:
    """Chosen values that no list shows, which the form has to carry along."""
    listed = {(facet.name, value.value) for facet in facets for value in _walk(facet.values)}
    return [(name, value) for name in FILTERS for value in state.filters.get(name, ()) if (name, value) not in listed]


def chips(results: indexer.Results, state: SearchState) -> list[Chip]:
    """The chosen filters."""
    return [
        Chip(name, value, _label(results, name, value), state.toggled(name, value).url())
        for name in FILTERS
        for value in state.filters.get(name, ())
    ]


def _label(results: indexer.Results, name: str, value: str) -> str:
    if name == "section":
        return " › ".join(indexer.section_path(value))
    return next((each.label for each in results.facets.get(name, ()) if each.value == value), value)


def _walk(values: Sequence[indexer.FacetValue]) -> Iterator[indexer.FacetValue]:
    for value in values:
        yield value
        yield from _walk(value.children)


def _unfolded(values: Sequence[indexer.FacetValue], chosen: frozenset[str]) -> frozenset[str]:
    """Sections above a chosen one; of a short tree with nothing chosen, the first."""
    above = {value.value for value in _walk(values) if any(child.value in chosen for child in _walk(value.children))}
    return frozenset(above or {value.value for value in values[:1]})


def _holding(values: Sequence[indexer.FacetValue], find: str, *, by_some: bool) -> Iterator[indexer.FacetValue]:
    for value in values:
        if by_some or value.count:
            if find in value.label.casefold():
                yield value
            elif children := tuple(_holding(value.children, find, by_some=by_some)):
                yield replace(value, children=children)


def _first(values: Sequence[indexer.FacetValue], left: list[int]) -> Iterator[indexer.FacetValue]:
    """As many values as ``left[0]`` says, counted down; below 0 where there were more."""
    for value in values:
        left[0] -= 1
        if left[0] < 0:
            return
        yield replace(value, children=tuple(_first(value.children, left)))
