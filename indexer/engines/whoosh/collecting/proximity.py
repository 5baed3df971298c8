"""``scoring.proximity`` for many rows at once, from the positions of pairs; no text is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engines.scoring import LEAD, WINDOW
from indexer.engines.whoosh.segments.array_cache import Numbers, Weights, concatenated, numbers_between
from indexer.engines.whoosh.segments.reader import SegmentReader


def proximity(reader: SegmentReader, rows: Numbers, weights: Mapping[str, float]) -> dict[str, Weights]:
    """The parts ``window`` and ``lead`` of each of ``rows``; ``weights`` are those of the query's pairs, in order."""
    starts, ends = reader.starts[rows], reader.starts[rows + 1]
    positions, pairs, places = _occurrences([reader.positions(pair) for pair in weights], starts, ends)
    offsets = positions - starts[places]
    # So far apart that no window reaches from one row into the next.
    keys = offsets + places * (int((ends - starts).max(initial=0)) + WINDOW + 1)
    leading = np.zeros((len(weights), len(rows)))
    is_leading = np.flatnonzero(offsets <= LEAD - 2)
    leading[pairs[is_leading], places[is_leading]] = np.array([*weights.values()])[pairs[is_leading]]
    best = np.zeros(len(rows))
    order = np.argsort(keys, kind="stable")
    np.maximum.at(best, places[order], _windows(keys[order], pairs[order], [*weights.values()]))
    return {"window": best, "lead": leading.sum(axis=0)}


def _occurrences(
    positions: Sequence[Numbers], starts: Numbers, ends: Numbers
) -> tuple[Numbers, np.ndarray, np.ndarray]:
    """Those of the positions of some pairs that are between starts and ends, and of each the number of its pair, and of
    its start.
    """
    bounds = np.concatenate([starts, ends])
    before = np.array([own.searchsorted(bounds) for own in positions], dtype=np.int64).reshape(-1, len(bounds))
    firsts, lasts = before[:, : len(starts)], before[:, len(starts) :]
    counts = lasts - firsts
    own = np.split(numbers_between(firsts.ravel(), lasts.ravel()), np.cumsum(counts.sum(axis=1))[:-1])
    found = concatenated([every.take(at) for every, at in zip(positions, own, strict=False)])
    pairs = np.repeat(np.arange(len(positions)), counts.sum(axis=1))
    return found, pairs, np.repeat(np.tile(np.arange(len(starts)), len(positions)), counts.ravel())


def _windows(keys: Numbers, pairs: np.ndarray, weights: Sequence[float]) -> Weights:
    """For each of ascending keys the summed weights of the pairs that stand in the ``WINDOW`` that ends there."""
    windows = np.zeros(len(keys))
    for number, weight in enumerate(weights):
        latest = np.maximum.accumulate(np.where(pairs == number, keys, -1 - WINDOW))
        windows += np.where(latest >= keys - WINDOW, weight, 0.0)
    return windows
