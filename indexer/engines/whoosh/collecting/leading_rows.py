"""Which rows of a segment can lead: what the characters of a query could add to a score at most tells of most rows that
they cannot, so that characters, which stand in more passages than words, are counted for the others only.
"""

from __future__ import annotations

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.collecting.segment_scores import SegmentScores
from indexer.engines.whoosh.segments.array_cache import Numbers, least_of_largest

# Of fewer rows all are scored.
_MANY = 1_000
# Of more characters the bound is too high to leave few rows, and scoring all at once is faster.
_CHARACTERS = 8
_LAST = ("characters", "section_characters")
# Bounds are sums in another order than scores are.
_SLACK = 1e-6


def leading_rows(scores: SegmentScores, rows: Numbers, wanted: int) -> Numbers:
    """Those of ``rows`` that may be among the first ``wanted`` by the first stage, ties with the last one included."""
    if len(rows) <= max(_MANY, 2 * wanted) or not scores.are_bounded or scores.characters > _CHARACTERS:
        return rows
    known = scores.sums(rows, [name for name in scoring.FIRST_STAGE if name not in _LAST])
    promising = scores.with_kind(known, rows)
    tried = np.flatnonzero(promising >= least_of_largest(promising, 2 * wanted))[: 2 * wanted]
    reached = scores.first_stage(rows[tried]).scores
    least = float(np.partition(reached, len(tried) - wanted)[len(tried) - wanted])
    leading: Numbers = rows[scores.with_kind(known + scores.most(_LAST) + _SLACK, rows) >= least]
    return leading
