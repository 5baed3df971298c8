"""Which segments are put together at a commit, and how. Deleted rows are left behind on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment

from indexer.engines.whoosh.commits.commit import Commit
from indexer.engines.whoosh.library import FolderStorage
from indexer.engines.whoosh.segments.reader import SegmentReader

# As many segments of one order of magnitude are put together; tiered as in Lucene's TieredMergePolicy.
TIER_WIDTH = 6
TIER_BASE = 8
# A segment above this is left alone, unless most of it is gone: putting it together would cost more than it saves.
LARGEST = 200_000
DEAD_SHARE = 0.5


def merge(storage: FolderStorage, commit: Commit) -> None:
    """Put together what ``choose`` names, as part of ``commit``.

    Raises:
        ValueError: a file has changed since it was written; copied, it would get a checksum that vouches for it.
    """
    for chosen in choose(commit.segments):
        writer = commit.new_segment()
        for segment in chosen:
            reader = SegmentReader(Path(storage.folder), segment)
            if damaged := next(reader.file.differing(), None):
                raise ValueError(f"{reader.file.name}: {damaged} is not what was written")
            writer.copy(reader)
        commit.segments = [segment for segment in commit.segments if segment not in chosen]
        if writer.size:
            commit.add_segment(writer)


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
