"""Which passages stand for their sections where sections are what is found: the best-scored, the first of equals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.collecting.segment_scores import SegmentScores
from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, numbers_between
from indexer.engines.whoosh.segments.posting import changes
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import RowSet, marked

# What sums differ by where the scores, which are rounded, surely do.
_MARGIN = 10 / scoring.SCALE


def best_of_sections(reader: SegmentReader, scores: SegmentScores, found: Sequence[RowSet]) -> Sequence[RowSet]:
    """Of the rows of each grade the best in each section; all of a section are of one grade, so that those of all
    grades are scored in one go.
    """
    rivals, sizes = _rivals(reader, marked(reduce(np.logical_or, [each.mask for each in found])))
    if not len(rivals):
        return found
    kept = np.ones(reader.size, dtype=bool)
    kept[rivals] = False
    kept[rivals.take(_best_of_rivals(reader, scores, rivals, sizes))] = True
    return [RowSet(reader.size, mask=each.mask & kept) for each in found]


def _rivals(reader: SegmentReader, rows: Numbers) -> tuple[Numbers, Numbers]:
    """Those of ``rows``, which ascend, in whose section there are others, section by section; and how many each has."""
    nodes = reader.nodes.take(rows)
    if (nodes[1:] < nodes[:-1]).any():
        order = np.argsort(nodes, kind="stable")  # quick, for most are in order
        rows, nodes = rows.take(order), nodes.take(order)
    sizes = np.diff(changes(nodes), append=len(rows))
    has_others = sizes > 1
    return rows[np.repeat(has_others, sizes)], sizes[has_others]


def _best_of_rivals(reader: SegmentReader, scores: SegmentScores, rows: Numbers, sizes: Numbers) -> Numbers:
    """The places of the best of some rivals. What a section adds to the score of each of its passages is computed only
    where their own parts do not tell which is the best.
    """
    firsts, own = np.cumsum(sizes) - sizes, scores.own_sums(rows)
    largest = np.maximum.reduceat(own, firsts)
    behind = np.repeat(largest, sizes) - own
    best = _first_of_each(behind == 0, firsts)
    is_near = ~((behind == 0) | (behind > _MARGIN))  # of equal ones the first is the best; what is no number is near
    of_near = firsts.searchsorted(is_near.nonzero()[0], side="right") - 1
    unclear = np.union1d(of_near, (largest < 0).nonzero()[0])
    if len(unclear):
        begins, counts = firsts.take(unclear), sizes.take(unclear)
        rivals = numbers_between(begins, begins + counts)
        best[unclear] = rivals.take(_largest_of_each(scores.first_stage(rows.take(rivals)).scores, counts))
    return best


def _largest_of_each(scores: np.ndarray, sizes: Numbers) -> Numbers:
    """The place of the first of the largest of the scores of each section, of which there are so many."""
    firsts = np.cumsum(sizes) - sizes
    return _first_of_each(scores == np.repeat(np.maximum.reduceat(scores, firsts), sizes), firsts)


def _first_of_each(is_marked: Mask, firsts: Numbers) -> Numbers:
    """The first marked place from each of ``firsts`` on; any number if none is marked."""
    places = np.append(is_marked.nonzero()[0], 0)
    found: Numbers = places.take(places[:-1].searchsorted(firsts))
    return found
