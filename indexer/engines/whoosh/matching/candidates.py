"""The candidates of the leaves that a budget bounds, over all segments of a snapshot (``engines.budget``)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.engines import budget
from indexer.engines.budget import BoundedLeaf
from indexer.engines.requests import Request
from indexer.engines.whoosh.matching.positions import begins_of, distinct_rows
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.row_sets import RowSet, intersection, union
from indexer.engines.whoosh.snapshot.snapshot import Snapshot

# A document's rank and a passage's ordinal as one number.
_ORDINAL_BITS = 32


class Candidates:
    """What of each leaf lies beyond the budget of a request."""

    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        self._snapshot = snapshot
        leaves = budget.bounded_leaves(request.tiers)
        share = budget.share(leaves)
        # no leaf has more candidates than there are passages
        counted = leaves if snapshot.passages > share else ()
        self._beyond = {leaf: beyond for leaf in counted if (beyond := self._beyond_share(leaf, share))}

    @property
    def exceeded(self) -> bool:
        """Whether anything lies beyond it."""
        return bool(self._beyond)

    def beyond(self, reader: SegmentReader, leaf: BoundedLeaf) -> Numbers:
        """Live rows of a segment that count as not looked at."""
        return self._beyond[leaf][id(reader)] if leaf in self._beyond else NO_ROWS

    def _beyond_share(self, leaf: BoundedLeaf, share: int) -> Mapping[int, Numbers]:
        """By segment (its ``id``) what comes after the first candidates, by document id and ordinal."""
        found = {id(reader): _candidates(reader, leaf) for reader in self._snapshot.searched}
        if sum(map(len, found.values())) <= share:
            return {}
        keys = {id(reader): self._keys(reader, found[id(reader)]) for reader in self._snapshot.searched}
        first_beyond = np.partition(np.concatenate(list(keys.values())), share)[share]
        return {segment: rows[keys[segment] >= first_beyond] for segment, rows in found.items()}

    def _keys(self, reader: SegmentReader, rows: Numbers) -> Numbers:
        ranks = self._snapshot.order("relevance")[id(reader)][reader.owners_of(rows)]
        keys: Numbers = (ranks << _ORDINAL_BITS) + reader.ordinals[rows]
        return keys


def literal_rows(reader: SegmentReader, chars: str) -> RowSet:
    """Live rows whose text holds ``chars``: what is longer than a pair is found by the positions of its pairs."""
    if not chars:
        return RowSet(reader.size, mask=reader.live)
    if len(chars) <= 2:
        return reader.rows_holding(chars)
    (array,) = reader.cache.get(("rows", chars), lambda: (_rows_of_pairs(reader, chars).as_array(),))
    return RowSet.of_array(reader.size, array)


def _rows_of_pairs(reader: SegmentReader, chars: str) -> RowSet:
    rows = distinct_rows(reader, begins_of(reader, chars))
    return RowSet(reader.size, rows=rows if reader.all_live else rows[reader.live[rows]])


def _candidates(reader: SegmentReader, leaf: BoundedLeaf) -> Numbers:
    """Live rows whose text holds one of the spellings of each piece."""
    pieces = [
        union([literal_rows(reader, each) for each in spellings], reader.size) for spellings in budget.pieces(leaf)
    ]
    return intersection(pieces).rows if pieces else np.flatnonzero(reader.live)
