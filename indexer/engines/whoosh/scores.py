"""The formulas of ``scoring`` on the arrays of one segment, for the rows that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.base import Request
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.closeness import closeness
from indexer.engines.whoosh.columns import Numbers, Weights
from indexer.engines.whoosh.reader import SegmentReader
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.engines.whoosh.units import CHAPTERS, DOCUMENTS, HEADINGS, PASSAGES, SECTIONS

_KIND_WEIGHTS = np.array([scoring.KIND_WEIGHTS[kind] for kind in layout.KINDS])
_IS_HEADING = np.array([kind in scoring.HEADING_KINDS for kind in layout.KINDS])
# For every part that counts terms: what it counts them in, which terms, and what its lengths are counted in.
_COUNTED = {
    "words": (PASSAGES, layout.WORDS, "words"),
    "characters": (PASSAGES, layout.PAIRS, "characters"),
    "section_words": (SECTIONS, layout.WORDS, "words"),
    "section_characters": (SECTIONS, layout.PAIRS, "characters"),
    "chapter_words": (CHAPTERS, layout.WORDS, "words"),
    "document": (DOCUMENTS, layout.PAIRS, "pairs"),
    "headings": (HEADINGS, layout.PAIRS, "pairs"),
}
_CONTEXT_UNITS = (SECTIONS, CHAPTERS, DOCUMENTS)
# Fewer units than this share of all are each looked up in the postings; else postings are spread out over all units.
_SPARSE = 1 / 32


class SegmentScores:
    """Scores of a segment's rows for one request."""

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self._reader = reader
        self._snapshot = snapshot
        self._request = request
        self._scoring = bool(request.terms.words or request.terms.characters)

    def first_stage(self, rows: Numbers) -> Weights:
        """The score of each of ``rows`` without the second stage."""
        return self._with_kind(self._first_sum(rows), rows) if self._parts else np.zeros(len(rows))

    def parts(self, rows: Numbers) -> list[dict[str, float]]:
        """The unweighted parts of the first stage for each of ``rows``; parts that are switched off are left out."""
        columns = self._local(rows) | self._context(self._reader.nodes[rows])
        ordered = {name: columns[name].tolist() for name in self._parts}
        return [{name: values[at] for name, values in ordered.items()} for at in range(len(rows))]

    def rescored(self, rows: Numbers, weights: Mapping[str, float]) -> tuple[Weights, list[dict[str, float]]]:
        """The score of each of ``rows`` after the second stage, and the unweighted parts of that stage.

        ``weights`` are those of the query's pairs.
        """
        close = closeness(self._reader, rows, weights)
        total = self._first_sum(rows) + scoring.weighted_sum(scoring.SECOND_STAGE, close, self._request.weights)
        columns = zip(*(close[name].tolist() for name in scoring.SECOND_STAGE), strict=True)
        return self._with_kind(total, rows), [dict(zip(scoring.SECOND_STAGE, each, strict=True)) for each in columns]

    def _first_sum(self, rows: Numbers) -> Weights:
        """The sum of the first stage, before the kind of a passage counts."""
        if not self._parts:
            return np.zeros(len(rows))
        nodes = self._reader.nodes[rows]
        local = scoring.weighted_sum(scoring.LOCAL, self._local(rows), self._request.weights)
        if len(rows) < len(self._reader.sections):
            context = scoring.weighted_sum(scoring.CONTEXT, self._context(nodes), self._request.weights)
        else:
            context = self._context_of_all[nodes]
        total: Weights = np.zeros(len(rows)) + local + context
        return total

    @cached_property
    def _parts(self) -> Sequence[str]:
        """The parts of the first stage that count in this request."""
        return [name for name in scoring.FIRST_STAGE if self._scoring and getattr(self._request.weights, name)]

    def _with_kind(self, total: Weights, rows: Numbers) -> Weights:
        if not self._request.weights.kind:
            return total
        kinds = self._reader.kinds[rows]
        scores: Weights = scoring.body_score(total, _KIND_WEIGHTS[kinds])
        if not self._request.headings_asked:
            scores = np.where(_IS_HEADING[kinds], scoring.heading_score(total), scores)
        return scores

    def _local(self, rows: Numbers) -> dict[str, Weights]:
        """The parts that the passages themselves hold, for each of ``rows``."""
        size = self._reader.size
        return {name: self._gathered(name, rows, size) for name in scoring.LOCAL if name in self._parts}

    def _context(self, nodes: Numbers) -> dict[str, Weights]:
        """The parts of what stands around them, for each of ``nodes``."""
        return {name: self._of_nodes(name, nodes) for name in scoring.CONTEXT if name in self._parts}

    @cached_property
    def _context_of_all(self) -> Weights:
        """The weighted sum of ``CONTEXT`` for every node."""
        nodes = np.arange(len(self._reader.sections))
        total = scoring.weighted_sum(scoring.CONTEXT, self._context(nodes), self._request.weights)
        return np.broadcast_to(total, nodes.shape)

    def _of_nodes(self, part: str, nodes: Numbers) -> Weights:
        reader = self._reader
        if part == "named":
            return reader.sections.named(self._request.terms.names)[nodes]
        unit = _COUNTED[part][0]
        size = len(reader.units.live(SECTIONS if unit == HEADINGS else unit))
        values = self._gathered(part, reader.units.of_nodes(unit)[nodes], size)
        return values * reader.units.has_context[nodes] if unit in _CONTEXT_UNITS else values

    def _gathered(self, part: str, wanted: Numbers, size: int) -> Weights:
        """BM25 of the terms of a part in each of the ``wanted`` of ``size`` units."""
        contributions = self._contributions(part)
        if len(wanted) >= _SPARSE * size:
            spread = np.zeros(size)
            for found, values in contributions:
                spread[found] += values
            return spread[wanted]
        scores = np.zeros(len(wanted))
        for found, values in contributions:
            if len(found):
                at = np.minimum(np.searchsorted(found, wanted), len(found) - 1)
                scores += np.where(found[at] == wanted, values[at], 0.0)
        return scores

    # ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _contributions(self, part: str) -> Iterator[tuple[Numbers, Weights]]:
        """For each term of a part the units that hold it and what it adds to each."""
        unit, field, kind = _COUNTED[part]
        terms = getattr(self._request.terms, kind)
        for term in scoring.heading_pairs(terms) if unit == HEADINGS else terms:
            yield self._snapshot.contribution(self._reader, unit, field, term)
