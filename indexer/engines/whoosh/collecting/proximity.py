"""``scoring.proximity`` for many rows at once, from the positions of pairs; no text is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engines.scoring import LEAD, WINDOW
from indexer.engines.whoosh.segments.array_cache import Numbers, Weights
from indexer.engines.whoosh.segments.reader import SegmentReader


def proximity(reader: SegmentReader, rows: Numbers, weights: Mapping[str, float]) -> dict[str, Weights]:
    """The parts ``window`` and ``lead`` of each of ``rows``; ``weights`` are those of the query's pairs, in order."""
    starts, ends = reader.starts[rows], reader.starts[rows + 1]
    # So far apart that no window reaches from one row into the next.
    span = int((ends - starts).max(initial=0)) + WINDOW + 1
    found = [_keys_of(reader.positions(pair), starts, ends, span) for pair in weights]
    keys, numbers = _in_order(found)
    window, lead = np.zeros(len(keys)), np.zeros(len(rows))
    for number, weight in enumerate(weights.values()):
        latest = np.maximum.accumulate(np.where(numbers == number, keys, -1 - WINDOW))
        window += np.where(latest >= keys - WINDOW, weight, 0.0)
        leading = np.zeros(len(rows), dtype=bool)
        leading[found[number][found[number] % span <= LEAD - 2] // span] = True
        lead += np.where(leading, weight, 0.0)
    best = np.zeros(len(rows))
    np.maximum.at(best, keys // span, window)
    return {"window": best, "lead": lead}


def _keys_of(positions: Numbers, starts: Numbers, ends: Numbers, span: int) -> Numbers:
    """The positions between starts and ends, as number of the row × ``span`` + offset in it."""
    firsts, lasts = np.searchsorted(positions, starts), np.searchsorted(positions, ends)
    counts = lasts - firsts
    before = np.cumsum(counts) - counts
    found = positions[np.repeat(firsts - before, counts) + np.arange(int(counts.sum()))]
    return found + np.repeat(np.arange(len(starts)) * span - starts, counts)


def _in_order(found: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """All keys in order, and the number of the pair that stands at each."""
    keys = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    numbers = np.repeat(np.arange(len(found)), list(map(len, found)))
    order = np.argsort(keys, kind="stable")
    return keys[order], numbers[order]
