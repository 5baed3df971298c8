"""The formulas of ``scoring`` on the arrays of one segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from indexer.engines import scoring
from indexer.engines.base import Request
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.reader import SegmentReader
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.engines.whoosh.units import CHAPTERS, DOCUMENTS, HEADINGS, PASSAGES, SECTIONS

_KIND_WEIGHTS = np.array([scoring.KIND_WEIGHTS[kind] for kind in layout.KINDS])
_IS_HEADING = np.array([kind in scoring.HEADING_KINDS for kind in layout.KINDS])
_CONTEXTS = (SECTIONS, CHAPTERS, DOCUMENTS)
_SHAPES = {
    PASSAGES: scoring.PASSAGE_SHAPE,
    SECTIONS: scoring.SECTION_SHAPE,
    CHAPTERS: scoring.WIDE_SHAPE,
    DOCUMENTS: scoring.WIDE_SHAPE,
    HEADINGS: scoring.WIDE_SHAPE,
}


class SegmentScores:
    """Scores of a segment's rows for one request.

    Attributes:
        parts: name of a part → its unweighted value for each row; parts that are switched off are left out.
    """

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self._reader = reader
        self._snapshot = snapshot
        self._request = request
        self.parts = dict(self._first_stage())

    def first_stage(self) -> np.ndarray:
        """The score of each row without the second stage."""
        total = scoring.stage_sum(self.parts, self._request.weights)
        kinds = np.minimum(self._reader.kinds, len(_KIND_WEIGHTS) - 1)
        if not self.parts:
            return np.zeros(self._reader.size)
        return self._with_kind(total, kinds)

    def rescored(self, row: int, pair_weights: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        """The score of a row with the second stage, and the parts of it."""
        found = scoring.closeness(self._reader.chars(row), pair_weights)
        parts = self.parts_of(row) | dict(zip(scoring.SECOND_STAGE, found, strict=True))
        total = np.array([scoring.stage_sum(parts, self._request.weights)])
        return float(self._with_kind(total, self._reader.kinds[row : row + 1])[0]), parts

    def parts_of(self, row: int) -> dict[str, float]:
        """The parts of a row's first stage."""
        return {name: float(values[row]) for name, values in self.parts.items()}

    def _with_kind(self, total: np.ndarray, kinds: np.ndarray) -> np.ndarray:
        if not self._request.weights.kind:
            return total
        scores: np.ndarray = scoring.body_score(total, _KIND_WEIGHTS[kinds])
        if not self._request.headings_asked:
            scores = np.where(_IS_HEADING[kinds], scoring.heading_score(total), scores)
        return scores

    def _first_stage(self) -> Iterator[tuple[str, np.ndarray]]:
        terms, weights = self._request.terms, self._request.weights
        if not (terms.words or terms.characters):
            return
        for name, unit, field_name, asked, counted in (
            ("words", PASSAGES, layout.WORDS, terms.words, "word_count"),
            ("characters", PASSAGES, layout.GRAMS, terms.characters, "char_count"),
            ("section_words", SECTIONS, layout.WORDS, terms.words, "word_count"),
            ("section_characters", SECTIONS, layout.GRAMS, terms.characters, "char_count"),
            ("chapter_words", CHAPTERS, layout.WORDS, terms.words, "word_count"),
            ("document", DOCUMENTS, layout.GRAMS, terms.pairs, "char_count"),
            ("headings", HEADINGS, layout.GRAMS, terms.pairs, "headings"),
        ):
            if getattr(weights, name):
                yield name, self._bm25(unit, field_name, asked, counted)
        if weights.named:
            yield "named", self._reader.sections.ending_in(terms.names)[self._reader.sections.numbers]

    def _bm25(self, unit: str, field_name: str, terms: Sequence[str], counted: str) -> np.ndarray:
        """BM25 of ``terms`` in each passage, or in the section or document around it, for each row."""
        reader, snapshot = self._reader, self._snapshot
        lengths, average = reader.units.lengths(unit, counted), snapshot.average(unit, counted)
        scores = np.zeros(len(lengths))
        for term in terms:
            units, counts = reader.units.posting(unit, field_name, term)
            weight = snapshot.idf(unit, field_name, term)
            found: np.ndarray = scoring.bm25(counts.astype(np.float64), lengths[units], average, weight, _SHAPES[unit])
            scores[units] += found
        if unit == PASSAGES:
            return scores
        spread: np.ndarray = scores[reader.units.of_rows(unit)]
        return np.where(reader.units.has_context, spread, 0.0) if unit in _CONTEXTS else spread
