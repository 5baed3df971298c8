"""The pages: search, and a document to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

import indexer
from indexer.errors import NotFound
from webui.parameters import FILTERS, SearchState
from webui.strings import say

FACETS = ("section", "topic", "document", "tag", "year", "kind")
FACET_DEPTH = 3
FACET_LIMIT = 20
# Hits marked in a document, documents and examples listed on the first page, page numbers shown around the current one.
MARKED_HITS = indexer.MAX_LIMIT
HOME_DOCUMENTS = 30
HOME_EXAMPLES = 6
PAGES_AROUND = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of text and whether it is highlighted."""

    text: str
    mark: bool


def marked(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[Marked]:
    """``text`` in pieces, those in ``ranges`` (ordered, not overlapping) marked."""
    position = 0
    for start, end in ranges:
        if position < start:
            yield Marked(text[position:start], mark=False)
        yield Marked(text[start:end], mark=True)
        position = end
    if position < len(text):
        yield Marked(text[position:], mark=False)


def blueprint(index: indexer.Index) -> Blueprint:
    """Routes of the pages."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    def home() -> str:
        """The first page, or a page of hits."""
        state = SearchState.read(request.args)
        if state.is_blank:
            return render_template("home.html", state=state, **_home(index))
        results = index.search(
            state.q, **state.arguments(), facets=FACETS, facet_depth=FACET_DEPTH, facet_limit=FACET_LIMIT
        )
        return render_template("results.html", state=state, results=results, facets=FACETS, **_results(state, results))

    @routes.get("/d/<document_id>")
    def document(document_id: str) -> str:
        """A document to read, with the hits of ``q`` marked."""
        found = index.document(document_id)
        passages = index.passages(found.id)
        state = SearchState.read(request.args)
        return render_template(
            "document.html",
            state=state,
            document=found,
            outline=indexer.outline_of(passages),
            groups=_reading_groups(passages),
            **_hits_in(index, state, found),
        )

    @routes.get("/p/<permalink>")
    def passage(permalink: str) -> Response:
        """Lead a permalink to its passage, wherever it stands in its document by now."""
        document_id, _, rest = permalink.partition("-")
        found = _find_passage(index.passages(document_id), permalink, rest)
        return redirect(f"/d/{document_id}#{indexer.permalink(found)}")

    for function in (marked, heading_ranges, cell_ranges, indexer.permalink):
        routes.add_app_template_global(function)
    return routes


# ── the first page ───────────────────────────────────────────────────────────────────────────────────────────────────


def _home(index: indexer.Index) -> dict[str, Any]:
    documents = index.documents()
    results = index.search("", limit=0, facets=("topic",), facet_limit=40)
    topics = [value.value for value in results.facets["topic"] if 2 <= len(value.value) <= 12]
    return {
        "documents": documents[:HOME_DOCUMENTS],
        "more_documents": max(0, len(documents) - HOME_DOCUMENTS),
        "document_count": len(documents),
        "passage_count": results.total,
        "examples": topics[:HOME_EXAMPLES],
    }


# ── hits ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _results(state: SearchState, results: indexer.Results) -> dict[str, Any]:
    return {
        "tier_groups": [(tier, list(hits)) for tier, hits in groupby(results.hits, key=lambda hit: hit.tier.value)],
        "chips": [
            (name, value, _label(results, name, value)) for name in FILTERS for value in state.filters.get(name, ())
        ],
        "pages": _pages(state, sum(results.tiers.values())),
        "context": SearchState(q=state.q).url("") if state.q else "",
    }


def _label(results: indexer.Results, name: str, value: str) -> str:
    """What a person reads for a chosen value."""
    if name == "section":
        return " › ".join(indexer.section_path(value))
    return next((each.label for each in results.facets.get(name, ()) if each.value == value), value)


def _pages(state: SearchState, reachable: int) -> dict[str, Any]:
    """Links to other pages: previous, next, and numbered ones around the current one."""
    size = max(1, state.limit)
    current, last = state.offset // size, max(0, (min(reachable, indexer.MAX_OFFSET) - 1) // size)
    first_shown, last_shown = max(0, current - PAGES_AROUND), min(last, current + PAGES_AROUND)
    return {
        "current": current,
        "last": last,
        "numbers": [(number + 1, state.at(number * size).url()) for number in range(first_shown, last_shown + 1)],
        "previous": state.at((current - 1) * size).url() if current else "",
        "next": state.at((current + 1) * size).url() if current < last else "",
    }


def heading_ranges(hit: indexer.Hit, index: int) -> list[tuple[int, int]]:
    """The highlighted ranges of one heading of a hit's path."""
    return [(start, end) for at, start, end in hit.path_highlights if at == index]


def cell_ranges(ranges: Sequence[tuple[int, int]], start: int, length: int) -> list[tuple[int, int]]:
    """The parts of ``ranges`` inside one cell of a table row, counted from the cell's start."""
    end = start + length
    return [(max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start]


# ── a document ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _hits_in(index: indexer.Index, state: SearchState, document: indexer.Document) -> dict[str, Any]:
    """Highlights by ordinal of the best hits of a query in one document."""
    if not state.q.strip():
        return {"highlights": {}, "hit_count": 0}
    results = index.search(state.q, document=[document.id], limit=MARKED_HITS, facets=())
    best = [hit for hit in results.hits if hit.tier is not indexer.Tier.SOME] or results.hits
    return {
        "highlights": {hit.passage.ordinal: hit.highlights for hit in best},
        "hit_count": sum(1 for hit in best if hit.highlights),
    }


def _reading_groups(passages: Sequence[indexer.Passage]) -> list[tuple[str, list[indexer.Passage]]]:
    """Runs of passages of one kind, so that the rows of a table become one table."""
    return [(kind, list(group)) for kind, group in groupby(passages, key=lambda passage: passage.kind.value)]


def _find_passage(passages: Sequence[indexer.Passage], permalink: str, rest: str) -> indexer.Passage:
    """The passage of a permalink: at its place with its content, else anywhere with its content, else at its place.

    Raises:
        NotFound: neither.
    """
    ordinal, _, digest = rest.partition(".")
    at_place = [passage for passage in passages if str(passage.ordinal) == ordinal]
    same = [passage for passage in passages if digest and indexer.permalink(passage).endswith(f".{digest}")]
    for passage in same:
        if passage in at_place:
            return passage
    if same:
        return min(same, key=lambda passage: abs(passage.ordinal - int(ordinal) if ordinal.isdigit() else 0))
    if at_place and not digest:
        return at_place[0]
    raise NotFound(say("passage_gone"), say("passage_gone_hint"))
