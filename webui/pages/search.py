"""The search page: hits with their filters, and all values of one filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, abort, request

import indexer
from webui.pages import chapter_chart, filters
from webui.pages.document_order import Documents
from webui.pages.filters import FilterMaker
from webui.pages.lookup import find_passage
from webui.pages.named import Part, cards, first_levels
from webui.pages.paging import page_links
from webui.rendering.templates import render
from webui.urls.state import SearchState

_FULL = ("exact", "all")


def add_routes(
    routes: Blueprint,
    index: indexer.Index,
    all_documents: Callable[[], Documents],
    first_page: Callable[[SearchState], str],
    *,
    offers_originals: bool,
) -> None:
    """Add ``/``, which is ``first_page`` as long as nothing is asked for, and ``/filters/…``."""
    sources = _Sources(FilterMaker(index, all_documents), index.per_commit(first_levels), offers_originals)

    @routes.get("/")
    def home() -> str:
        """Show the first page, or a page of hits."""
        state = SearchState.read(request.args)
        if state.q.strip():  # what is typed takes the place of an example that the form carries along
            state = replace(state, like="")
        with index.one_commit():
            return first_page(state) if state.is_blank else _results_page(index, sources, state)

    @routes.get("/filters/<name>")
    def values(name: str) -> str:
        """Show all values of one filter, or those that hold ``find``."""
        if name not in indexer.FACETS:
            abort(404)
        state = SearchState.read(request.args, others=("find",))
        with index.one_commit():
            return _values_page(index, sources.maker, state, name, request.args.get("find", ""))


@dataclass(frozen=True, slots=True)
class _Sources:
    """What pages are made of beside an answer, kept for each commit."""

    maker: FilterMaker
    first_levels: Callable[[], Callable[[str], tuple[Part, ...]]]
    offers_originals: bool


def _results_page(index: indexer.Index, sources: _Sources, state: SearchState) -> str:
    example = find_passage(index, state.like) if state.like else None
    results = index.search(
        state.q,
        **state.arguments(),
        facets=indexer.FACETS,
        facet_depth=filters.DEPTH,
        facet_limit=filters.COUNTED,
        chapters=chapter_chart.MOST,
    )
    reachable = min(results.entries, indexer.MAX_OFFSET)
    found = sources.maker.filters(results, state)
    panels = found.beside_hits()
    return render(
        "results.html",
        state=state,
        address=state.query_string(),
        results=results,
        found=results.entries,
        example=example and indexer.Place(index.document(example.document_id), example),
        diagnosis=None if results.entries or example else index.diagnose(state.q, **state.conditions()),
        relaxed=0 if results.entries or example else _relaxed(index, state),
        chart=chapter_chart.chart(results, state),
        cards=cards(results.named, sources.first_levels()),
        panels=panels,
        originals=sources.offers_originals,
        carried_along=[*filters.without_panel(panels, state), *_without_field(state)],
        chips=found.chips(),
        one_document=len(state.filters.get("document", ())) == 1,
        faults=_faults(results.warnings),
        asks_words=results.has_runs,
        hit_groups=_grouped(results, state.choices["sort"]),
        pages=page_links(state.offset, state.limit, reachable, lambda offset: state.at(offset).url()),
    )


def _values_page(index: indexer.Index, maker: FilterMaker, state: SearchState, name: str, find: str) -> str:
    arguments = {**state.from_the_start().arguments(), "limit": 0}
    results = index.search(
        state.q,
        **arguments,
        facets=tuple({"document", name}),
        facet_depth=filters.ALL_DEPTH,
        facet_limit=filters.ALL_MOST,
    )
    facet = maker.filters(results, state).all_values(name, find)
    others = [(other, value) for other, value in state.pairs() if other not in (name, "q", "offset")]
    return render(
        "facet.html",
        state=state,
        facet=facet,
        find=find,
        carried_along=others,
    )


def _relaxed(index: indexer.Index, state: SearchState) -> int:
    """Count what there would be if quotations need not be literal; 0 where they need not."""
    if state.choices["match"] != "auto":
        return 0
    return index.search(state.q, **state.from_the_start().choosing("match", "relax").arguments(), facets=()).entries


def _without_field(state: SearchState) -> list[tuple[str, str]]:
    """Return what the form has no field for: an example, and the length of a page where it is not the usual one."""
    return [(name, value) for name, value in state.pairs() if name in ("like", "limit")]


def _faults(warnings: Sequence[indexer.QueryWarning]) -> list[tuple[int, int]]:
    """Merge the ranges of the query that warnings are about, in order, not overlapping."""
    ranges: list[tuple[int, int]] = []
    for start, end in sorted((warning.start, warning.end) for warning in warnings if warning.end):
        if ranges and start < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits under one line.

    Attributes:
        tiers: the tiers they belong to.
        count: passages of these tiers on all pages.
    """

    tiers: tuple[str, ...]
    count: int
    hits: Sequence[indexer.Hit]


def _grouped(results: indexer.Results, sort: str) -> list[HitGroup]:
    """Group hits by tier; only by relevance do whole matches come tier by tier."""

    def tiers(hit: indexer.Hit) -> tuple[str, ...]:
        tier = hit.tier.value
        return (tier,) if sort == "relevance" or tier not in _FULL else _FULL

    return [
        HitGroup(names, sum(results.tiers[name] for name in names), list(hits))
        for names, hits in groupby(results.hits, key=tiers)
    ]
