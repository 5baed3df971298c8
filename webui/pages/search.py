"""The search page: the first page, hits with their filters, and all values of one filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, abort, request

import indexer
from webui.pages import chapter_chart, filters
from webui.pages.document_order import Documents
from webui.pages.paging import page_links
from webui.rendering.templates import render
from webui.urls.state import SearchState, require_known

# Documents listed on the first page.
HOME_DOCUMENTS = 30
# Filters that the first page offers, and values of each.
BROWSED = ("tag", "year")
MOST_BROWSED = 16

_FULL = ("exact", "all")


def add_routes(routes: Blueprint, index: indexer.Index, all_documents: Callable[[], Documents]) -> None:
    """Routes of the search page."""
    overview = index.per_commit(_overview)

    @routes.get("/")
    def home() -> str:
        """The first page, or a page of hits."""
        state = SearchState.read(request.args)
        return _first_page(overview(), state, all_documents()) if state.is_blank else _results_page(index, state)

    @routes.get("/filters/<name>")
    def values(name: str) -> str:
        """All values of one filter, or those that hold ``find``."""
        if name not in indexer.FACETS:
            abort(404)
        state = SearchState.read(request.args, others=("find",))
        return _values_page(index, state, name, request.args.get("find", ""))

    @routes.get("/around/<passage_id>")
    def around(passage_id: str) -> str:
        """A passage with its neighbours."""
        require_known(request.args, ())
        passages = index.around(passage_id)
        return render(
            "around.html",
            document=index.document(passages[0].document_id),
            passages=passages,
            middle=next(passage for passage in passages if passage.id == passage_id),
        )


def _overview(index: indexer.Index) -> indexer.Results:
    """How many passages there are, and by what they can be browsed."""
    return index.search("", limit=0, facets=BROWSED, facet_limit=MOST_BROWSED)


def _first_page(overview: indexer.Results, state: SearchState, documents: Documents) -> str:
    return render(
        "home.html",
        state=state,
        focus=True,
        documents=documents[:HOME_DOCUMENTS],
        document_count=len(documents),
        passage_count=overview.total,
        browse=[(name, values) for name, values in overview.facets.items() if len(values) > 1],
    )


def _results_page(index: indexer.Index, state: SearchState) -> str:
    results = index.search(
        state.q,
        **state.arguments(),
        facets=indexer.FACETS,
        facet_depth=filters.DEPTH,
        facet_limit=filters.MOST,
        chapters=chapter_chart.MOST,
    )
    reachable = min(results.entries, indexer.MAX_OFFSET)
    shown = filters.beside_hits(results, state)
    return render(
        "results.html",
        state=state,
        address=state.query_string(),
        results=results,
        found=results.entries,
        diagnosis=None if results.entries else index.diagnose(state.q, **state.conditions()),
        chart=chapter_chart.chart(results, state),
        facets=shown,
        carried_along=[*filters.without_list(shown, state), *_length(state)],
        chips=filters.chips(results, state),
        one_document=len(state.filters.get("document", ())) == 1,
        faults=_faults(results.warnings),
        asks_words=bool(index.explain(state.q).runs),
        hit_groups=_grouped(results, state.choices["sort"]),
        pages=page_links(state.offset, state.limit, reachable, lambda offset: state.at(offset).url()),
    )


def _values_page(index: indexer.Index, state: SearchState, name: str, find: str) -> str:
    arguments = {**state.from_the_start().arguments(), "limit": 0}
    results = index.search(
        state.q, **arguments, facets=(name,), facet_depth=filters.ALL_DEPTH, facet_limit=filters.ALL_MOST
    )
    facet = filters.all_values(results, state, name, find)
    others = [(other, value) for other, value in state.pairs() if other not in (name, "q", "offset")]
    return render(
        "facet.html",
        state=state,
        facet=facet,
        find=find,
        carried_along=others,
    )


def _length(state: SearchState) -> list[tuple[str, str]]:
    """The length of a page, where it is not the usual one."""
    return [(name, value) for name, value in state.pairs() if name == "limit"]


def _faults(warnings: Sequence[indexer.QueryWarning]) -> list[tuple[int, int]]:
    """Ranges of the query that warnings are about, in order, not overlapping."""
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
    """Hits by tier; only by relevance do whole matches come tier by tier."""

    def tiers(hit: indexer.Hit) -> tuple[str, ...]:
        tier = hit.tier.value
        return (tier,) if sort == "relevance" or tier not in _FULL else _FULL

    return [
        HitGroup(names, sum(results.tiers[name] for name in names), list(hits))
        for names, hits in groupby(results.hits, key=tiers)
    ]
