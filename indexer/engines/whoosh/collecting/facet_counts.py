"""Facets and chapters of the hits of all segments."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engines.requests import CountedFacet, Request
from indexer.engines.whoosh.collecting.segment_matches import SegmentMatches
from indexer.engines.whoosh.snapshot.snapshot import Snapshot


def count_facet(snapshot: Snapshot, matches: Sequence[SegmentMatches], name: str, request: Request) -> CountedFacet:
    """A facet's counts over all segments."""
    table = snapshot.facet_table(name, request.facet_depth)
    return table.facet([(each.reader, each.counted(name)) for each in matches], request.facet_limit)


def count_chapters(snapshot: Snapshot, matches: Sequence[SegmentMatches], limit: int) -> CountedFacet:
    """Hits in each chapter over all segments, in reading order."""
    table = snapshot.facet_table("chapter", 1)
    return table.facet_in_order([(each.reader, each.counted("chapter")) for each in matches], limit)
