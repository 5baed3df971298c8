"""Scores of rows by the formulas of ``scoring``, whatever the cluster ranked them by.

What a passage says itself is counted here; what its section, chapter and document say is counted in the cluster, by a
script with the same formula. The statistics are those of the records that count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.engines import scoring
from indexer.engines.definition.rows import Row
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.queries import one_of
from indexer.engines.opensearch.records import chapter_key, section_key
from indexer.engines.opensearch.snapshot import BATCH, Snapshot
from indexer.engines.requests import Request

# BM25 of terms in a record, as ``scoring.bm25`` has it.
_SCRIPT = """
double norm = params.k1 * (1 - params.b + params.b * doc[params.length].value / params.average);
double sum = 0;
for (int i = 0; i < params.terms.size(); i++) {
  double count = termFreq(params.field, params.terms[i]);
  if (count > 0) { sum += params.weights[i] * count * (params.k1 + 1) / (count + norm); }
}
return sum;
"""


class Terms:
    """The terms of a request in one commit.

    Attributes:
        tokens: field that they are looked for in → term → its token.
        frequencies: field → term → how many records hold it.
        weights: field → term → what it counts: its idf, of a synonym's a part.
    """

    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        terms, totals = request.terms, snapshot.totals
        records = {
            "words": totals.passages,
            "chars": totals.passages,
            "pairs": totals.passages,
            "section_words": totals.sections,
            "section_characters": totals.sections,
            "chapter_words": totals.chapters,
            "document_pairs": totals.documents,
            "headings": totals.sections,
        }
        words, characters, pairs = map(_tokens, (terms.words, terms.characters, terms.pairs))
        self.tokens = {
            "words": words,
            "chars": characters,
            "pairs": pairs,
            "section_words": words,
            "section_characters": characters,
            "chapter_words": words,
            "document_pairs": pairs,
            "headings": _tokens(scoring.heading_pairs(terms.pairs)),
        }
        found = snapshot.frequencies((field, token) for field, own in self.tokens.items() for token in own.values())
        self.frequencies = {
            field: {term: found[field, token] for term, token in own.items()} for field, own in self.tokens.items()
        }
        self.weights = {
            field: {
                term: scoring.idf(records[field], frequency) * terms.factor(term) for term, frequency in own.items()
            }
            for field, own in self.frequencies.items()
        }


class Scores:
    """The first stage for rows, the second for those that ask; ``definition.answers.RowScores``."""

    def __init__(self, snapshot: Snapshot, rows: Sequence[Row], request: Request, terms: Terms) -> None:
        self._request = request
        self._terms = terms
        self._parts = _first_stage(snapshot, rows, request, terms)
        known = terms.frequencies["pairs"]
        self._pair_weights = {pair: weight for pair, weight in terms.weights["pairs"].items() if known[pair]}

    def __getitem__(self, row: Row) -> float:
        """The score of a row from the parts that are known of it."""
        request = self._request
        return scoring.row_score(
            self._parts[row], request.weights, row.tokens.passage.kind, rank_headings=request.rank_headings
        )

    def parts(self, row: Row) -> Mapping[str, float]:
        """See ``RowScores``."""
        return self._parts[row]

    def rescore(self, rows: Iterable[Row]) -> None:
        """See ``RowScores``."""
        for row in rows if self._pair_weights else ():
            chars = row.tokens.chars
            positions = sorted(
                (at, pair) for pair in self._pair_weights for at in range(len(chars) - 1) if chars.startswith(pair, at)
            )
            found = scoring.proximity(positions, self._pair_weights)
            amount = float(any(each in chars for each in self._request.terms.amounts))
            self._parts[row] |= dict(zip(scoring.OF_WORDS, (*found, amount), strict=True))

    def add_dense(self, values: Mapping[Row, float]) -> None:
        """See ``RowScores``."""
        for row, value in values.items():
            self._parts[row]["dense"] = value


def _tokens(terms: Iterable[str]) -> dict[str, str]:
    return {term: mapping.word(term) for term in terms}


def _first_stage(
    snapshot: Snapshot, rows: Sequence[Row], request: Request, terms: Terms
) -> dict[Row, dict[str, float]]:
    switched_on = {name for name in scoring.FIRST_STAGE if getattr(request.weights, name)}
    if not (request.terms.words or request.terms.characters):
        switched_on = set()
    context = _context(snapshot, rows, terms) if switched_on & {*scoring.CONTEXT} else {}
    totals = snapshot.totals
    parts = {}
    for row in rows:
        tokens = row.tokens
        own = {
            "words": _bm25(Counter(tokens.words), len(tokens.words), totals.words, totals.passages,
                           terms.weights["words"], scoring.PASSAGE_SHAPE),
            "characters": _bm25(Counter(tokens.chars), len(tokens.chars), totals.characters, totals.passages,
                                terms.weights["chars"], scoring.PASSAGE_SHAPE),
            **context.get(row, {}),
            "headings": _headings(row, totals.headings, totals.sections, terms),
            "named": float(tokens.section[-1:] != () and tokens.section[-1] in request.terms.names),
        }  # fmt: skip
        parts[row] = {name: own[name] for name in scoring.FIRST_STAGE if name in switched_on}
    return parts


def _bm25(
    counts: Mapping[str, int], length: int, total: int, records: int, weights: Mapping[str, float], shape: scoring.Shape
) -> float:
    present = (term for term in weights if counts.get(term))
    return sum(
        (scoring.bm25(counts[term], length, total / records, weights[term], shape) for term in present), start=0.0
    )


def _headings(row: Row, total: int, sections: int, terms: Terms) -> float:
    headings = (row.owner.title, *row.tokens.section)
    present = {pair: 1 for pair in terms.tokens["headings"] if any(pair in heading for heading in headings)}
    return _bm25(present, sum(map(len, headings)), total, sections, terms.weights["headings"], scoring.WIDE_SHAPE)


@dataclass(frozen=True, slots=True)
class _Level:
    """What surrounds a passage, and is counted in the cluster.

    Attributes:
        record: the kind of record, and the field that names it.
        length: the field that says how long a record is.
        shape: of its BM25.
    """

    record: str
    length: str
    shape: scoring.Shape


# Field of terms → where it is.
_LEVELS = {
    "section_words": _Level(mapping.SECTION, "words_count", scoring.SECTION_SHAPE),
    "section_characters": _Level(mapping.SECTION, "chars_count", scoring.SECTION_SHAPE),
    "chapter_words": _Level(mapping.CHAPTER, "words_count", scoring.WIDE_SHAPE),
    "document_pairs": _Level(mapping.DOCUMENT, "chars_count", scoring.WIDE_SHAPE),
}
_PART_NAMES = {"document_pairs": "document"}


def _context(snapshot: Snapshot, rows: Sequence[Row], terms: Terms) -> dict[Row, dict[str, float]]:
    """What stands around rows, where their documents have sections to tell apart."""
    owners = snapshot.document_records({mapping.keyword(row.owner.document.id) for row in rows})
    inside = [row for row in rows if owners[mapping.keyword(row.owner.document.id)]["stored"]["sections"] > 1]
    keys = {
        mapping.SECTION: {row: section_key(*row.group) for row in inside},
        mapping.CHAPTER: {row: chapter_key(*row.group) for row in inside},
        mapping.DOCUMENT: {row: mapping.keyword(row.owner.document.id) for row in inside},
    }
    found = _level_scores(snapshot, terms, {kind: [*dict.fromkeys(own.values())] for kind, own in keys.items()})
    return {
        row: {
            _PART_NAMES.get(field, field): found[field].get(keys[level.record].get(row, ""), 0.0)
            for field, level in _LEVELS.items()
        }
        for row in rows
    }


def _level_scores(
    snapshot: Snapshot, terms: Terms, keys: Mapping[str, Sequence[str]]
) -> Mapping[str, Mapping[str, float]]:
    """Field → record → the BM25 of the terms in it, of the records that hold any."""
    asked = [
        (field, level, part)
        for field, level in _LEVELS.items()
        if terms.tokens[field]
        for part in _parts_of(keys[level.record])
    ]
    answers = snapshot.searches([_level_body(snapshot, terms, *each) for each in asked])
    found: dict[str, dict[str, float]] = {field: {} for field in _LEVELS}
    for (field, level, _), said in zip(asked, answers, strict=True):
        found[field].update((hit["fields"][level.record][0], hit["_score"]) for hit in said["hits"]["hits"])
    return found


def _parts_of(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


def _level_body(snapshot: Snapshot, terms: Terms, field: str, level: _Level, keys: Sequence[str]) -> Json:
    tokens, weights, totals = terms.tokens[field], terms.weights[field], snapshot.totals
    length = totals.words if level.length == "words_count" else totals.characters
    records = {
        mapping.SECTION: totals.sections,
        mapping.CHAPTER: totals.chapters,
        mapping.DOCUMENT: totals.documents,
    }[level.record]
    parameters = {
        "field": field,
        "length": level.length,
        "average": length / records,
        "k1": level.shape.k1,
        "b": level.shape.b,
        "terms": [*tokens.values()],
        "weights": [weights[term] for term in tokens],
    }
    wanted = snapshot.records(level.record, one_of(level.record, keys), one_of(field, [*tokens.values()]))
    scored = {"query": wanted, "script": {"source": _SCRIPT, "params": parameters}}
    return {
        "query": {"script_score": scored},
        "size": BATCH,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": [level.record],
    }


def ranking(terms: Terms, request: Request) -> list[Json]:
    """Queries whose scores, summed, are about those of the first stage: what decides which rows are looked at."""
    weights = request.weights
    queries: list[Json] = [
        {"term": {field: {"value": token, "boost": weight * (scoring.PASSAGE_SHAPE.k1 + 1)}}}
        for field, tokens, weight in (
            ("words", terms.tokens["words"], weights.words),
            ("chars", terms.tokens["chars"], weights.characters),
        )
        for token in tokens.values()
        if weight
    ]
    for pair, token in terms.tokens["headings"].items() if weights.headings else ():
        stands = {"bool": {"should": [{"term": {field: token}} for field in ("in_title", "in_section")]}}
        boost = weights.headings * terms.weights["headings"][pair]
        queries.append({"constant_score": {"filter": stands, "boost": boost}})
    if request.terms.names and weights.named:
        names = one_of("name", [*map(mapping.keyword, request.terms.names)])
        queries.append({"constant_score": {"filter": names, "boost": weights.named}})
    return queries


class NoScores:
    """The scores of no rows."""

    def __getitem__(self, row: Row) -> float:
        raise KeyError(row)

    def parts(self, row: Row) -> Mapping[str, float]:
        """See ``RowScores``."""
        raise KeyError(row)

    def rescore(self, rows: Iterable[Row]) -> None:
        """See ``RowScores``."""

    def add_dense(self, values: Mapping[Row, float]) -> None:
        """See ``RowScores``."""
