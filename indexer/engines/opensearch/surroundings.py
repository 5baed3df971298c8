"""What stands around passages: sections, chapters and documents, scored in the cluster.

Its own similarities keep lengths roughly only, so that a script counts with the formula of ``scoring``; as that takes
its time, it sees no record that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from indexer.engines import scoring
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.queries import one_of
from indexer.engines.opensearch.snapshot import BATCH, Snapshot
from indexer.engines.opensearch.terms import Terms

Place = TypeVar("Place")

# Records of a level that are known to be its best before any passage is ranked.
BEST = 200

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


@dataclass(frozen=True, slots=True)
class _Level:
    """What surrounds a passage.

    Attributes:
        record: the kind of record, and the field that names it, there and in passages.
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
# The part of the score that each makes.
PARTS = {field: field for field in _LEVELS} | {"document_pairs": "document"}
# The parts of what is so wide that a passage may owe it more than it says itself.
WIDE = ("chapter_words", "document")


@dataclass(frozen=True, slots=True)
class Best:
    """The best records of a level.

    Attributes:
        name: the field of passages that names the record they belong to.
        scores: of those records, above what is the least.
    """

    name: str
    scores: Mapping[str, float]


class Surroundings:
    """The scores of sections, chapters and documents for one request, each asked for once."""

    def __init__(self, snapshot: Snapshot, terms: Terms) -> None:
        self._snapshot = snapshot
        self._terms = terms
        self._known: dict[str, dict[str, float]] = {field: {} for field in _LEVELS}

    def best(self, parts: Sequence[str]) -> Mapping[str, Best]:
        """The ``BEST`` records of all for each of some parts of the score."""
        asked = parts if self._snapshot.totals.passages else ()
        fields = [field for field, part in PARTS.items() if part in asked and self._terms.tokens[field]]
        best = {}
        for field, found in zip(fields, self._ask([self._best(field) for field in fields], fields), strict=True):
            self._known[field].update(found)
            least = min(found.values()) if len(found) >= BEST else 0.0
            above = {key: score - least for key, score in found.items() if score > least}
            best[PARTS[field]] = Best(_LEVELS[field].record, above)
        return best

    def scores(self, places: Mapping[Place, Mapping[str, str]]) -> Mapping[Place, Mapping[str, float]]:
        """The parts of the score of places, each given by the names of its records by their kind."""
        wanted = {
            record: dict.fromkeys(own[record] for own in places.values())
            for record in (mapping.SECTION, mapping.CHAPTER, mapping.DOCUMENT)
        }
        self._learn(wanted)
        return {
            place: {PARTS[field]: known.get(own[_LEVELS[field].record], 0.0) for field, known in self._known.items()}
            for place, own in places.items()
        }

    def _learn(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Ask for the scores of records that are not known yet."""
        asked = [
            (field, part)
            for field, level in _LEVELS.items()
            if self._terms.tokens[field]
            for part in _parts_of([key for key in wanted[level.record] if key not in self._known[field]])
        ]
        queries = [self._exact(field, one_of(_LEVELS[field].record, part)) for field, part in asked]
        for (field, _), found in zip(asked, self._ask(queries, [field for field, _ in asked]), strict=True):
            self._known[field].update(found)

    def _ask(self, queries: Sequence[Json], fields: Sequence[str]) -> list[dict[str, float]]:
        """The scores that queries give to records, by what names these."""
        names = [_LEVELS[field].record for field in fields]
        wanted = {"track_total_hits": False, "_source": False}
        answers = self._snapshot.searches(
            [query | wanted | {"docvalue_fields": [name]} for query, name in zip(queries, names, strict=True)]
        )
        return [
            {hit["fields"][name][0]: hit["_score"] for hit in answer["hits"]["hits"]}
            for answer, name in zip(answers, names, strict=True)
        ]

    def _exact(self, field: str, *queries: Json) -> Json:
        """The records of a level that pass queries and hold any term, by the formula."""
        scored = {"query": self._holding(field, *queries), "script": self._script(field)}
        return {"query": {"script_score": scored}, "size": BATCH}

    def _best(self, field: str) -> Json:
        """The best of a level, first by the cluster's own ranking, which knows no lengths, then by the formula."""
        factors = {token: self._terms.factor(term) for term, token in self._terms.tokens[field].items()}
        said = [{"term": {field: {"value": token, "boost": factor}}} for token, factor in factors.items()]
        exact = {"script_score": {"query": self._holding(field), "script": self._script(field)}}
        replaced = {"rescore_query": exact, "query_weight": 0, "rescore_query_weight": 1}
        return {
            "query": {"bool": {"filter": [self._holding(field)], "should": said}},
            "rescore": {"window_size": BEST, "query": replaced},
            "size": BEST,
        }

    def _holding(self, field: str, *queries: Json) -> Json:
        tokens = [*self._terms.tokens[field].values()]
        return self._snapshot.records(_LEVELS[field].record, *queries, one_of(field, tokens))

    def _script(self, field: str) -> Json:
        level, totals = _LEVELS[field], self._snapshot.totals
        tokens, weights = self._terms.tokens[field], self._terms.weights[field]
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
        return {"source": _SCRIPT, "params": parameters}


def _parts_of(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))
