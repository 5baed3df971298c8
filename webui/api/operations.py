"""The operations of the API: parameters → an object of ``indexer.serialize.shapes``. Nothing of HTTP is known here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from werkzeug.datastructures import MultiDict

import indexer
from indexer.serialize import shapes
from webui.api import parameters as given
from webui.api.parameters import Parameter
from webui.urls import permalinks
from webui.urls.state import SearchState

Values: TypeAlias = MultiDict[str, str]
_LAST_RUN = re.compile(r"(.*\s)?(\S*)\s*", re.S)


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API; what it does is said by ``api_<name>``.

    Attributes:
        result: type of the object that it answers.
        may_lack: whether it asks for something that there may not be (404).
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Any
    answer: Callable[[indexer.Index, Values], Mapping[str, Any]]
    may_lack: bool = False

    @property
    def path(self) -> str:
        """Its path within the site."""
        return f"/api/v1/{self.name}"


# ── queries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_COUNTING = (given.COUNTED, given.FACET_DEPTH, given.FACET_LIMIT)
_SEARCH = (*given.STATE, given.LIKE, given.CHAPTERS, *_COUNTING, given.FIELDS)


def _search(index: indexer.Index, values: Values) -> Mapping[str, Any]:
    state = SearchState.read(values, others=[each.name for each in _SEARCH])
    fields = given.FIELDS.names(values)
    chapters = given.CHAPTERS.number(values)
    found = indexer.results_to_dict(index.search(state.q, **state.arguments(), **_counting(values), chapters=chapters))
    if not fields:
        return found
    wanted = {"id", *fields}
    return {**found, "hits": [{name: each for name, each in hit.items() if name in wanted} for hit in found["hits"]]}


def _counting(values: Values) -> dict[str, Any]:
    chosen = given.COUNTED.names(values)
    depth, limit = given.FACET_DEPTH.number(values), given.FACET_LIMIT.number(values)
    return {"facet_depth": depth, "facet_limit": limit} | ({"facets": chosen} if chosen else {})


def _facets(index: indexer.Index, values: Values) -> shapes.Facets:
    state = SearchState.read(values, others=[each.name for each in _COUNTING])
    found = indexer.results_to_dict(index.search(state.q, **state.conditions(), **_counting(values), limit=0))
    return {
        "query": found["query"],
        "total": found["total"],
        "tiers": found["tiers"],
        "generation": found["generation"],
        "facets": found["facets"],
        "at_least": found["at_least"],
        "truncated": found["truncated"],
    }


def _diagnose(index: indexer.Index, values: Values) -> shapes.Diagnosis:
    state = SearchState.read(values)
    return indexer.diagnosis_to_dict(index.diagnose(state.q, **state.conditions()))


def _suggest(index: indexer.Index, values: Values) -> shapes.Suggestions:
    query = values.get("q", "")
    found = complete_query(index, query, given.SUGGESTED.number(values))
    return {"query": query, "suggestions": [_suggestion(text, completion) for text, completion in found]}


def complete_query(index: indexer.Index, query: str, limit: int) -> list[tuple[str, indexer.Completion]]:
    """Complete a query as a whole, else its last run: what the query may become, best first.

    Raises:
        BadParameter: ``limit`` is out of its range.
        QueryTooLong: ``query`` is longer than a query may be.
    """
    index.explain(query)  # refuses what is too long
    before, last = _LAST_RUN.fullmatch(query).groups()  # type: ignore[union-attr]
    if whole := index.complete(query.strip(), limit):
        return [(completion.text, completion) for completion in whole]
    return [(before + completion.text, completion) for completion in index.complete(last, limit)] if before else []


def _suggestion(text: str, completion: indexer.Completion) -> shapes.Suggestion:
    return {
        "text": text,
        "kind": completion.kind,
        "count": completion.count,
        "value": completion.value,
        "completed": completion.text,
        "matched": list(completion.matched),
    }


# ── documents and passages ───────────────────────────────────────────────────────────────────────────────────────────


def _outline(index: indexer.Index, values: Values) -> shapes.Outlines:
    wanted = values.getlist("document")
    documents = [index.document(each) for each in wanted] if wanted else index.documents()
    return indexer.outline_to_dict((each, index.passages(each.id)) for each in documents)


def _document(index: indexer.Index, values: Values) -> shapes.WholeDocument:
    offset, limit = given.OFFSET.number(values), given.PASSAGES.number(values)
    document = index.document(values.get("id", ""))
    passages = index.passages(document.id)
    following = offset + limit
    return {
        "document": indexer.document_outline(document, passages),
        "generation": index.generation,
        "total": len(passages),
        "next_offset": following if limit and following < len(passages) else None,
        "passages": [indexer.passage_to_dict(passage) for passage in passages[offset:following]],
    }


def _passage(index: indexer.Index, values: Values) -> shapes.PassageInContext:
    before, after = given.BEFORE.number(values), given.AFTER.number(values)
    found = index.passage(values.get("id", ""))
    context = indexer.context_to_dict(index.document(found.document_id), index.around(found.id, before, after))
    return {**context, "passage": found.id}


def _cite(index: indexer.Index, values: Values) -> shapes.Cited:
    passage = index.passage(values.get("id", ""))
    url, document = permalinks.of_passage(passage), index.document(passage.document_id)
    siblings = [each for each in index.passages(document.id) if each.section == passage.section]
    cited = {style: indexer.cite(document, passage, style, url, siblings=siblings) for style in indexer.CITATION_STYLES}
    return {"url": url, "citations": shapes.Citations(**cited)}  # type: ignore[typeddict-item]


def _verify(index: indexer.Index, values: Values) -> shapes.Verification:
    filters = {name: tuple(values.getlist(name)) for name in indexer.DOCUMENT_FILTERS}
    limit = given.PLACES.number(values)
    return indexer.verification_to_dict(index.verify(values.get("quote", ""), **filters, limit=limit))


_SOME_DOCUMENTS = tuple(given.FILTERING[name] for name in indexer.DOCUMENT_FILTERS)
OPERATIONS = (
    Operation("search", _SEARCH, shapes.Results, _search, may_lack=True),
    Operation("facets", (*given.STATE, *_COUNTING), shapes.Facets, _facets),
    Operation("suggest", (given.Q, given.SUGGESTED), shapes.Suggestions, _suggest),
    Operation("diagnose", given.STATE, shapes.Diagnosis, _diagnose),
    Operation("verify", (given.QUOTE, *_SOME_DOCUMENTS, given.PLACES), shapes.Verification, _verify),
    Operation("passage", (given.ID, given.BEFORE, given.AFTER), shapes.PassageInContext, _passage, may_lack=True),
    Operation("cite", (given.ID,), shapes.Cited, _cite, may_lack=True),
    Operation("document", (given.ID, given.OFFSET, given.PASSAGES), shapes.WholeDocument, _document, may_lack=True),
    Operation("outline", (given.FILTERING["document"],), shapes.Outlines, _outline, may_lack=True),
)
