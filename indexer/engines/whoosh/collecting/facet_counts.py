"""Facets and chapters of the hits of all segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.requests import CountedFacet, Request
from indexer.engines.whoosh.collecting.segment_matches import SegmentMatches
from indexer.engines.whoosh.snapshot.facet_tables import Found, HitCounts
from indexer.engines.whoosh.snapshot.snapshot import Snapshot

_CHAPTERS = "chapter"


class FacetCounts:
    """Counts what one request has found."""

    def __init__(self, snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> None:
        self._snapshot, self._matches, self._request = snapshot, matches, request
        self._hits = HitCounts()

    def facets(self) -> Mapping[str, CountedFacet]:
        """Each facet asked for, over all segments."""
        return {name: self._facet(name) for name in self._request.facets}

    def chapters(self) -> CountedFacet:
        """Hits in each chapter over all segments, in reading order."""
        if not self._request.chapters:
            return CountedFacet(())
        table = self._snapshot.facet_table(_CHAPTERS, 1)
        return table.facet_in_order(self._found(_CHAPTERS), self._hits, self._request.chapters)

    def _facet(self, name: str) -> CountedFacet:
        table = self._snapshot.facet_table(name, self._request.facet_depth)
        return table.facet(self._found(name), self._hits, self._request.facet_limit)

    def _found(self, name: str) -> Found:
        return [(each.reader, each.counted(name)) for each in self._matches]
