"""Small queries in the cluster's language, of which trees, filters and facets are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.engines.filters import active
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.model import Filters, Years, Zone
from indexer.model.years import parse_years

EVERYTHING: Json = {"match_all": {}}
NOTHING: Json = {"match_none": {}}

# Values of one ``terms`` query; the cluster takes 65,536.
TERMS = 65_000


def all_of(queries: Sequence[Json], *, but: Sequence[Json] = ()) -> Json:
    """What all of ``queries`` find and none of ``but``; without any everything."""
    if not but and len(queries) < 2:
        return queries[0] if queries else EVERYTHING
    return {"bool": {"filter": [*queries], **({"must_not": [*but]} if but else {})}}


def any_of(queries: Iterable[Json]) -> Json:
    """What at least one finds; without any nothing. Terms of one field are one query, so that few clauses are many."""
    terms: dict[str, list[object]] = {}
    others = []
    for query in queries:
        if "term" in query:
            ((field, value),) = query["term"].items()
            terms.setdefault(field, []).append(value)
        else:
            others.append(query)
    merged = [*others, *(one_of(field, values) for field, values in terms.items())]
    if len(merged) < 2:
        return merged[0] if merged else NOTHING
    return {"bool": {"should": merged, "minimum_should_match": 1}}


def none_of(query: Json) -> Json:
    """What a query does not find."""
    return {"bool": {"must_not": [query]}}


def same_score(query: Json, score: float) -> Json:
    """What a query finds, with one score for all."""
    return {"constant_score": {"filter": query, "boost": score}}


def term(field: str, value: object) -> Json:
    """What has that very value."""
    return {"term": {field: value}}


def one_of(field: str, values: Sequence[object]) -> Json:
    """What has one of the values."""
    if len(values) == 1:
        return term(field, values[0])
    parts = [values[at : at + TERMS] for at in range(0, len(values), TERMS)]
    queries: list[Json] = [{"terms": {field: [*part]}} for part in parts]
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def in_text(spelling: str) -> Json:
    """Passages whose text holds a spelling."""
    return _holding("pairs", "chars", spelling) if spelling else EVERYTHING


def whole_in_text(spelling: str) -> Json:
    """Passages whose text holds a spelling neither end of which goes on."""
    return _holding("pairs", "chars", spelling, *mapping.edges(spelling)) if spelling else EVERYTHING


def in_zone(zone: Zone, spelling: str) -> Json:
    """Passages of which a value of a zone holds a spelling."""
    field = mapping.field_in(zone)
    return _holding(field, field, spelling) if spelling else {"exists": {"field": mapping.field_of(zone)}}


def _holding(pairs: str, characters: str, spelling: str, first: str = "", last: str = "") -> Json:
    tokens = mapping.pairs(spelling) or mapping.characters(spelling)
    tokens[0] = f"{first}{tokens[0]}"
    tokens[-1] = f"{tokens[-1]}{last}"
    if len(tokens) == 1:
        return term(pairs if len(spelling) > 1 else characters, tokens[0])
    # every second pair holds all characters, so that the others need not be looked up
    end = len(tokens) - 1
    sparse = (token if at % 2 == 0 or at == end else mapping.HOLE for at, token in enumerate(tokens))
    return {"match_phrase": {pairs: {"query": mapping.joined(sparse), "analyzer": "holes"}}}


def in_years(years: Years) -> Json:
    """What is of those years."""
    undated = term("year", "none")
    if years.undated:
        return undated
    ends = {"gte": years.first, "lte": years.last}
    wanted = {name: f"{year:04}" for name, year in ends.items() if year is not None}
    return all_of([{"range": {"year": wanted}}] if wanted else [EVERYTHING], but=[undated])


def filter_queries(filters: Filters, without: str = "") -> list[Json]:
    """What passes all filters but one."""
    return [_filter_query(name, filters) for name in active(filters, without)]


def _filter_query(name: str, filters: Filters) -> Json:
    match name:
        case "section":
            return any_of(_under(path) for path in filters.section)
        case "document":
            known = [mapping.keyword(each) for each in filters.document]
            return any_of([one_of("document", known), one_of("path", known)])
        case "year":
            return any_of(in_years(years) for years in map(parse_years, filters.year) if years)
        case "kind":
            return one_of("kind", [kind.value for kind in filters.kind])
    return one_of(FIELDS[name], [mapping.keyword(each) for each in getattr(filters, name)])


def _under(path: tuple[str, ...]) -> Json:
    return term(f"levels.{len(path)}", mapping.path_key(path)) if path else EVERYTHING


# Facet or filter → the field of its values, where these are keywords as they are.
FIELDS = {
    "topic": "topics",
    "tag": "tags",
    "year": "year",
    "kind": "kind",
    "work": "work",
    "field": "fields",
    "path": "folders",
    "type": "type",
}
