"""Scores of rows by the formulas of ``scoring``, whatever the cluster ranked them by.

What a passage says itself is counted here, what stands around it in the cluster (``surroundings``). The statistics are
those of the records that count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.engines import scoring
from indexer.engines.definition.rows import Row, Section
from indexer.engines.definition.scores import PartScores
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import Json
from indexer.engines.opensearch.mapping import field_in
from indexer.engines.opensearch.queries import any_of, one_of, same_score, term
from indexer.engines.opensearch.records import chapter_key, section_key
from indexer.engines.opensearch.snapshot import Snapshot
from indexer.engines.opensearch.surroundings import PARTS, WIDE, Surroundings
from indexer.engines.opensearch.terms import Terms
from indexer.engines.requests import Request
from indexer.model import Zone

# Steps that the scores of what stands around passages are told apart by when these are ranked.
_STEPS = 16
# Terms of each kind that passages are ranked by, those that tell most.
_RANKED_BY = 64
# What surrounds passages of documents that have no sections to tell apart.
_NOTHING_AROUND = dict.fromkeys(PARTS.values(), 0.0)


class Scorer:
    """Scores passages for one request to one commit."""

    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        self._snapshot = snapshot
        self._request = request
        self._terms = Terms(snapshot, request)
        self._surroundings = Surroundings(snapshot, self._terms)

    def score(self, rows: Sequence[Row]) -> PartScores:
        """The scores of rows."""
        known, weights = self._terms.frequencies["pairs"], self._terms.weights["pairs"]
        pair_weights = {pair: weight for pair, weight in weights.items() if known[pair]}
        return PartScores(self._request, self._first_stage(rows), pair_weights)

    # ── the first stage ──────────────────────────────────────────────────────────────────────────────────────────

    def _first_stage(self, rows: Sequence[Row]) -> dict[Row, dict[str, float]]:
        request = self._request
        has_terms = request.terms.words or request.terms.characters
        switched_on = {name for name in scoring.FIRST_STAGE if has_terms and getattr(request.weights, name)}
        around = self._around(rows) if switched_on & {*PARTS.values()} else {}
        headings = self._headings(rows)
        parts = {}
        for row in rows:
            section = row.tokens.section
            own = {**self._own(row), **around.get(row.group, _NOTHING_AROUND)}
            own["headings"] = headings[row.group]
            own["named"] = float(section[-1:] != () and section[-1] in request.terms.names)
            parts[row] = {name: own[name] for name in scoring.FIRST_STAGE if name in switched_on}
        return parts

    def _own(self, row: Row) -> dict[str, float]:
        """What a passage says itself."""
        tokens, totals, weights = row.tokens, self._snapshot.totals, self._terms.weights
        words, characters = totals.words / totals.passages, totals.characters / totals.passages
        return {
            "words": _bm25(Counter(tokens.words), len(tokens.words), words, weights["words"]),
            "characters": _bm25(Counter(tokens.chars), len(tokens.chars), characters, weights["chars"]),
        }

    def _headings(self, rows: Iterable[Row]) -> dict[Section, float]:
        """What the title and the headings above the passages of each section say."""
        totals, weights = self._snapshot.totals, self._terms.weights["headings"]
        found: dict[Section, float] = {}
        for row in rows:
            if row.group not in found:
                headings = (row.owner.title, *row.tokens.section)
                together = mapping.PARTER.join(headings)
                present = {pair: 1 for pair in weights if pair in together}
                average = totals.headings / totals.sections
                found[row.group] = _bm25(present, sum(map(len, headings)), average, weights, scoring.WIDE_SHAPE)
        return found

    def _around(self, rows: Iterable[Row]) -> Mapping[Section, Mapping[str, float]]:
        """What stands around the passages of each section, where their documents have sections to tell apart."""
        documents = {row.group: mapping.keyword(row.owner.document.id) for row in rows}
        owners = self._snapshot.owners(documents.values())
        return self._surroundings.scores(
            {
                group: {
                    mapping.SECTION: section_key(*group),
                    mapping.CHAPTER: chapter_key(*group),
                    mapping.DOCUMENT: key,
                }
                for group, key in documents.items()
                if owners[key].sections > 1
            }
        )

    # ── about the same, for all passages ─────────────────────────────────────────────────────────────────────────

    def ranking(self) -> list[Json]:
        """Queries whose scores, summed, are about those of the first stage: what decides which rows are looked at."""
        weights = self._request.weights
        return [
            *self._by_terms("words", weights.words),
            *self._by_terms("chars", weights.characters),
            *self._by_headings(weights.headings),
            *self._by_surroundings(),
        ]

    def _by_terms(self, field: str, weight: float) -> Iterator[Json]:
        for each in self._telling(field) if weight else ():
            boost = weight * (scoring.PASSAGE_SHAPE.k1 + 1) * self._terms.factor(each)
            yield {"term": {field: {"value": self._terms.tokens[field][each], "boost": boost}}}

    def _by_headings(self, weight: float) -> Iterator[Json]:
        for pair in self._telling("headings") if weight else ():
            token = self._terms.tokens["headings"][pair]
            stands = any_of([term(field_in(zone), token) for zone in (Zone.TITLE, Zone.SECTION)])
            yield same_score(stands, weight * self._terms.weights["headings"][pair])
        named = self._request.weights.named
        if self._request.terms.names and named:
            yield same_score(one_of("name", [*map(mapping.keyword, self._request.terms.names)]), named)

    def _telling(self, field: str) -> list[str]:
        """The terms that tell most, few enough for one query."""
        weights = self._terms.weights[field]
        return sorted(weights, key=lambda each: -weights[each])[:_RANKED_BY]

    def _by_surroundings(self) -> Iterator[Json]:
        wanted = [part for part in WIDE if getattr(self._request.weights, part)]
        for part, found in self._surroundings.best(wanted).items():
            step = max(found.scores.values(), default=0.0) / _STEPS
            steps: dict[int, list[str]] = defaultdict(list)
            for key, score in found.scores.items():
                steps[round(score / step)].append(key)
            for number, keys in steps.items():
                yield same_score(one_of(found.name, keys), getattr(self._request.weights, part) * number * step)


def _bm25(
    counts: Mapping[str, int],
    length: int,
    average: float,
    weights: Mapping[str, float],
    shape: scoring.Shape = scoring.PASSAGE_SHAPE,
) -> float:
    norm = scoring.length_norm(length, average, shape)
    present = ((counts[term], weight) for term, weight in weights.items() if term in counts)
    return sum((scoring.saturated(count, norm, weight, shape) for count, weight in present), start=0.0)
