"""Which segments are put together at a commit, and how. Deleted rows are left behind on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from whoosh.codec.whoosh3 import W3Segment

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.files import MappedStorage, require_sums
from indexer.engines.whoosh.reader import SegmentReader
from indexer.engines.whoosh.writer import Commit, SegmentWriter

# As many segments of one order of magnitude are put together; tiered as in Lucene's TieredMergePolicy.
TIER_WIDTH = 6
TIER_BASE = 8
# A segment above this is left alone, unless most of it is gone: putting it together would cost more than it saves.
LARGEST = 200_000
DEAD_SHARE = 0.5


def merge(storage: MappedStorage, commit: Commit) -> None:
    """Put together what ``choose`` names, as part of ``commit``.

    Raises:
        ValueError: a file has changed since it was written; copied, it would get a checksum that vouches for it.
    """
    for chosen in choose(commit.segments):
        writer = commit.new_segment()
        for segment in chosen:
            reader = SegmentReader(storage, segment)
            require_sums(reader.sums)
            _copy(reader, writer)
            reader.close()
        commit.segments = [segment for segment in commit.segments if segment not in chosen]
        if writer.size:
            commit.add_segment(writer)
        else:
            writer.discard()


def choose(segments: Sequence[W3Segment]) -> list[list[W3Segment]]:
    """Groups of segments to put together; a segment of which most is deleted may stand alone in its group."""
    wasted = [segment for segment in segments if segment.deleted_count() > DEAD_SHARE * segment.doc_count_all()]
    tiers: dict[int, list[W3Segment]] = {}
    for segment in segments:
        if segment not in wasted and segment.doc_count() <= LARGEST:
            tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    return [[segment] for segment in wasted] + [tier for tier in tiers.values() if len(tier) >= TIER_WIDTH]


def _tier(rows: int) -> int:
    tier = 0
    while rows >= TIER_BASE ** (tier + 1):
        tier += 1
    return tier


def _copy(reader: SegmentReader, writer: SegmentWriter) -> None:
    """Append the live rows of a segment and their postings."""
    keep = reader.live.copy()
    for owned in reader.documents:
        if owned is not None:
            keep[owned.rows.start] = True
    keep[reader.manifest_rows()] = True
    target = np.cumsum(keep) - 1 + writer.size
    for row in np.flatnonzero(keep):
        writer.add_row(reader.row_values(int(row)))
    for field in (layout.GRAMS, layout.WORDS):
        for term in reader.terms(field):
            rows, counts = reader.stored_posting(field, term)
            kept = keep[rows]
            if kept.any():
                writer.add_posting(field, term, target[rows[kept]], counts[kept])
