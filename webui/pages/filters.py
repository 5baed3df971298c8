"""Make the filters of the page from the facet counts of a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import indexer
from indexer import FACETS, FILTERS
from webui.urls.state import SearchState

# Levels of the chapter tree, and values of each level or list, beside the hits.
DEPTH = 2
MOST = 12
# The same where all values of one filter are asked for, and values listed of them.
ALL_DEPTH = 100
ALL_MOST = 10_000
LISTED = 300
# Values from which on a list has a box to find them by.
LONG = 10


@dataclass(frozen=True, slots=True)
class FilterValue:
    """One value that can be chosen.

    Attributes:
        count: passages it would leave; of partial matches, where there are no others.
        is_open: whether what is below it is shown.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    is_open: bool
    children: tuple[FilterValue, ...]


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """One filter with its values.

    Attributes:
        is_long: whether finding a value in it takes a box of its own.
        may_have_more: whether there may be more values, or deeper ones.
        left_out: values that are listed, where there are more than these; else 0.
        unlisted: chosen values that are not listed, which the form has to carry along.
    """

    name: str
    choices: tuple[FilterValue, ...]
    is_long: bool = False
    may_have_more: bool = False
    left_out: int = 0
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value and the address of the page without it."""

    name: str
    value: str
    label: str
    url: str


def beside_hits(results: indexer.Results, state: SearchState) -> list[FilterPanel]:
    """Make the filters of a page of hits: those that part them, and those that are chosen."""
    facets = []
    for name in FACETS:
        chosen = frozenset(state.filters.get(name, ()))
        choices = _choices(results.facets[name], chosen, by_some=results.total == 0)
        if choices and (len(choices) > 1 or name in ("section", "topic") or chosen):
            is_full = name in results.truncated and len(choices) >= MOST
            is_deep = any(choice.children for choice in choices)
            is_long = is_full or sum(1 for _ in _walk(choices)) > LONG
            choices = _with_one_open(choices)
            carried = _unlisted(choices, state, name)
            facets.append(FilterPanel(name, choices, is_long, is_full or is_deep, MOST if is_full else 0, carried))
    return facets


def all_values(results: indexer.Results, state: SearchState, name: str, find: str) -> FilterPanel:
    """Make one filter with all its values, or with those whose label holds ``find``, under what is above them."""
    chosen = frozenset(state.filters.get(name, ()))
    choices = _choices(results.facets[name], chosen, by_some=results.total == 0)
    sought = find.strip().casefold()
    left = [LISTED]
    listed = tuple(_first(tuple(_holding(choices, sought)) if sought else choices, left))
    is_cut, carried = left[0] < 0, _unlisted(listed, state, name)
    return FilterPanel(name, listed, is_long=True, left_out=LISTED if is_cut else 0, unlisted=carried)


def without_list(facets: Sequence[FilterPanel], state: SearchState) -> list[tuple[str, str]]:
    """List chosen values of filters that have no list, which the form has to carry along."""
    shown = {facet.name for facet in facets}
    return [(name, value) for name in FILTERS if name not in shown for value in state.filters.get(name, ())]


def chips(results: indexer.Results, state: SearchState) -> list[Chip]:
    """Make a chip for each chosen value."""
    return [
        Chip(name, value, _label(results, name, value), state.toggled(name, value).url())
        for name in FILTERS
        for value in state.filters.get(name, ())
    ]


def _unlisted(choices: Sequence[FilterValue], state: SearchState, name: str) -> tuple[str, ...]:
    listed = {choice.value for choice in _walk(choices)}
    return tuple(value for value in state.filters.get(name, ()) if value not in listed)


def _label(results: indexer.Results, name: str, value: str) -> str:
    if name == "section":
        return " › ".join(indexer.section_path(value))
    return next((each.label for each in results.facets.get(name, ()) if each.value == value), value)


def _choices(values: Sequence[indexer.FacetValue], chosen: frozenset[str], *, by_some: bool) -> tuple[FilterValue, ...]:
    """Take values that would leave something, and those that are chosen; opened down to these."""
    choices = []
    for value in values:
        count, is_chosen = value.some if by_some else value.count, value.value in chosen
        if count or is_chosen:
            children = _choices(value.children, chosen, by_some=by_some)
            is_open = any(child.is_chosen or child.is_open for child in children)
            choices.append(FilterValue(value.value, value.label, count, is_chosen, is_open, children))
    return tuple(choices)


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


def _first(choices: Sequence[FilterValue], left: list[int]) -> Iterator[FilterValue]:
    """Take as many as ``left[0]`` says, counted down; below 0 where there were more."""
    for choice in choices:
        left[0] -= 1
        if left[0] < 0:
            return
        yield replace(choice, children=tuple(_first(choice.children, left)))
