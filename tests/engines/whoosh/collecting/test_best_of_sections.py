"""Which passage stands for its section: the best of all scores, though most of these are not computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.engines import scoring
from indexer.engines.whoosh.collecting.best_of_sections import best_of_sections
from indexer.engines.whoosh.segments.row_sets import RowSet
from indexer.model import Kind

# What stands in one section: each passage's own sum and its kind. The sums are often equal, or nearly so.
_SUMS = st.sampled_from([0.0, 1.0, 1.0 + 0.2 / scoring.SCALE, 1.0 + 3 / scoring.SCALE, 1.3, 2.0])
_KINDS = st.sampled_from([Kind.BODY, Kind.BODY, Kind.TABLE, Kind.HEADING, Kind.CAPTION])
_SECTION = st.lists(st.tuples(_SUMS, _KINDS), min_size=1, max_size=5)
_ADDED = 0.7  # what each section adds to all of its passages


@dataclass
class _Scores:
    """What ``SegmentScores`` says of passages, and which of them it computed whole."""

    sums: np.ndarray
    kinds: list[Kind]
    whole: list[int] = field(default_factory=list)

    def own_sums(self, rows: np.ndarray) -> np.ndarray:
        """See ``SegmentScores``."""
        return np.array([self._own(row) for row in rows.tolist()])

    def _own(self, row: int) -> float:
        if self.kinds[row] in scoring.HEADING_KINDS:
            return -1.0
        return float(self.sums[row]) if scoring.KIND_WEIGHTS[self.kinds[row]] == 1 else np.nan

    def first_stage(self, rows: np.ndarray) -> SimpleNamespace:
        """See ``SegmentScores``."""
        self.whole += rows.tolist()
        return SimpleNamespace(scores=np.array(list(map(self.score, rows.tolist()))))

    def score(self, row: int) -> float:
        """The score of a passage."""
        total = float(self.sums[row]) + _ADDED
        weighted = scoring.body_score(total, scoring.KIND_WEIGHTS[self.kinds[row]])
        score: float = scoring.heading_score(total) if self.kinds[row] in scoring.HEADING_KINDS else weighted
        return round(score * scoring.SCALE) / scoring.SCALE


def _found(sections: list[list[tuple[float, Kind]]], nodes: list[int]) -> tuple[list[int], _Scores]:
    """The rows that are the best, section by section of ``nodes``, the sections being found in two grades."""
    passages = [each for section in sections for each in section]
    scores = _Scores(np.array([own for own, _ in passages]), [kind for _, kind in passages])
    is_first = np.array(nodes) % 2 == 0
    found = [RowSet(len(nodes), mask=is_first), RowSet(len(nodes), mask=~is_first)]
    reader = SimpleNamespace(size=len(nodes), nodes=np.array(nodes, dtype=np.int32))
    best = best_of_sections(reader, scores, found)  # type: ignore[arg-type]  # what it needs of both
    assert all((np.array(nodes)[each.rows] % 2 == grade).all() for grade, each in enumerate(best))
    return sorted(row for each in best for row in each.rows.tolist()), scores


@given(sections=st.lists(_SECTION, min_size=1, max_size=6), apart=st.booleans())
@example(sections=[[(1.0, Kind.BODY), (1.0 + 0.2 / scoring.SCALE, Kind.BODY)]], apart=False)  # rounding makes them one
@example(sections=[[(0.0, Kind.HEADING), (2.0, Kind.HEADING)]], apart=False)
@example(sections=[[(2.0, Kind.CAPTION), (1.3, Kind.BODY)]], apart=False)
def test_the_best_is_the_first_of_the_largest_scores(sections: list[list[tuple[float, Kind]]], apart: bool) -> None:
    nodes = [number for number, section in enumerate(sections) for _ in section]
    if apart:  # passages of a section stand before and after those of another one
        nodes = [number % 2 for number in nodes]
    rows, scores = _found(sections, nodes)
    expected = [
        max((row for row, own in enumerate(nodes) if own == node), key=lambda row: (scores.score(row), -row))
        for node in set(nodes)
    ]
    assert rows == sorted(expected)


def test_what_a_section_adds_is_computed_only_where_it_may_tell() -> None:
    clear = [(1.0, Kind.BODY), (2.0, Kind.TABLE), (2.0, Kind.BODY), (0.0, Kind.HEADING)]
    near = [(1.0, Kind.BODY), (1.0 + 3 / scoring.SCALE, Kind.BODY)]
    rows, scores = _found([clear, near, [(1.0, Kind.CAPTION)]], [0, 0, 0, 0, 1, 1, 2])
    assert (rows, scores.whole) == ([1, 5, 6], [4, 5])
