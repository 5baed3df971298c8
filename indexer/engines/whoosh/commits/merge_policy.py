"""Which segments are merged at a commit, and how. Deleted rows are left behind on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer.engines.whoosh.commits.commit import Commit
from indexer.engines.whoosh.library import Segment
from indexer.engines.whoosh.segments.array_cache import CacheBudget
from indexer.engines.whoosh.segments.reader import SegmentReader

# As many segments of one order of magnitude are merged; tiered as in Lucene's TieredMergePolicy.
TIER_WIDTH = 6
TIER_BASE = 8
# A segment above this is left alone, unless most of it is gone: merging it would cost more than it saves.
LARGEST = 200_000
DEAD_SHARE = 0.5
# Every text is read once, in order: hardly anything decoded is needed twice.
_CACHE_BYTES = 16 << 20


def merge(folder: Path, commit: Commit) -> None:
    """Merge what ``choose`` names, as part of ``commit``.

    Raises:
        ValueError: a file has changed since it was written; copied, it would get a checksum that vouches for it.
    """
    for chosen in choose(commit.segments):
        writer, budget = commit.new_segment(), CacheBudget(_CACHE_BYTES)
        for segment in chosen:
            reader = SegmentReader(folder, segment, budget)
            if damaged := next(reader.file.differing(), None):
                raise ValueError(f"{reader.file.name}: {damaged} is not what was written")
            writer.copy(reader)
        commit.segments = [segment for segment in commit.segments if segment not in chosen]
        if writer.size:
            commit.add_segment(writer)


def choose(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Groups of segments to merge; a segment of which most is deleted may stand alone in its group."""
    wasted = [segment for segment in segments if segment.deleted_count() > DEAD_SHARE * segment.doc_count_all()]
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment not in wasted and segment.doc_count() <= LARGEST:
            tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    return [[segment] for segment in wasted] + [tier for tier in tiers.values() if len(tier) >= TIER_WIDTH]


def _tier(rows: int) -> int:
    tier = 0
    while rows >= TIER_BASE ** (tier + 1):
        tier += 1
    return tier
