"""``scoring.proximity`` for many rows at once, from the positions of pairs; no text is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engines.scoring import LEAD, WINDOW
from indexer.engines.whoosh.segments.array_cache import Numbers, Weights, concatenated, numbers_between
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.model.records import record


def proximity(reader: SegmentReader, rows: Numbers, weights: Mapping[str, float]) -> dict[str, Weights]:
    """The parts ``window`` and ``lead`` of each of ``rows``; ``weights`` are those of the query's pairs, in order."""
    order = rows.argsort()  # what is looked up in order is found in less time
    in_order = rows.take(order)
    starts, ends = reader.starts.take(in_order), reader.starts.take(in_order + 1)
    found = _occurrences([reader.positions(pair) for pair in weights], starts, ends)
    idfs = np.array([*weights.values()])
    leading, (is_leading,) = np.zeros((len(weights), len(rows))), (found.offsets <= LEAD - 2).nonzero()
    pairs = found.pairs.take(is_leading)
    leading[pairs, order.take(found.places.take(is_leading))] = idfs.take(pairs)
    # So far apart that no window reaches from one row into the next.
    keys = found.offsets + found.places * (int((ends - starts).max(initial=0)) + WINDOW + 1)
    best, by_key = np.zeros(len(rows)), keys.argsort(kind="stable")
    np.maximum.at(best, order.take(found.places.take(by_key)), _windows(keys, by_key, found, idfs))
    return {"window": best, "lead": leading.sum(axis=0)}


@record
class _Occurrences:
    """Where pairs stand in rows, the first pair's occurrences before those of the next, each pair's in order.

    Attributes:
        pairs, places: the number of the pair of each, and of the row.
        offsets: of each in its row.
        counts: of each pair.
    """

    pairs: np.ndarray
    places: np.ndarray
    offsets: Numbers
    counts: Numbers


def _occurrences(positions: Sequence[Numbers], starts: Numbers, ends: Numbers) -> _Occurrences:
    """Those of the positions of some pairs that are between starts and ends."""
    pairs, rows, bounds = len(positions), len(starts), np.concatenate([starts, ends])
    before = np.array([own.searchsorted(bounds) for own in positions], dtype=np.int64).reshape(pairs, 2, rows)
    firsts, lasts = before[:, 0].ravel(), before[:, 1].ravel()
    counts = (lasts - firsts).reshape(pairs, rows).sum(axis=1)
    parts = np.split(numbers_between(firsts, lasts), counts.cumsum()[:-1])
    found = concatenated([every.take(own) for every, own in zip(positions, parts, strict=False)])
    places = np.repeat(np.arange(len(firsts)) % rows, lasts - firsts)
    return _Occurrences(np.repeat(np.arange(pairs), counts), places, found - starts.take(places), counts)


def _windows(keys: Numbers, order: Numbers, found: _Occurrences, idfs: Weights) -> Weights:
    """For each occurrence, in the ``order`` of its key, the summed idfs of the pairs that stand in the ``WINDOW`` that
    ends there: each of them counts where it stands and on to before its pair stands again, as far as a window reaches.
    """
    begins = np.empty_like(order)
    begins[order] = np.arange(len(order))
    ends = np.append(begins[1:], 0)
    ends[found.counts.cumsum() - 1] = len(order)
    ends = np.minimum(ends, keys.take(order).searchsorted(keys + WINDOW, side="right"))
    weights = np.repeat(idfs.take(found.pairs), ends - begins)  # which are summed pair by pair
    return np.bincount(numbers_between(begins, ends), weights, minlength=len(order)).astype(np.float64, copy=False)
