"""The page of an answer: hits, or entries that stand for several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.engines.contract import Group, Request, Scored
from indexer.engines.whoosh.collecting import segment_matches
from indexer.engines.whoosh.collecting.entries import Entries, put_together
from indexer.engines.whoosh.collecting.segment_matches import Order, SegmentMatches
from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.model import Document, Place, Tier
from indexer.model.choices import MAX_COPIES

_SOME = segment_matches.TIERS.index(Tier.SOME)


@dataclass(frozen=True, slots=True)
class Page:
    """What an ``Answer`` says of its list."""

    hits: tuple[Scored, ...]
    entries: int
    groups: tuple[Group, ...] = ()


def page(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> Page:
    """The page asked for."""
    found = sum(int(each.tier_counts.sum()) for each in matches)
    if request.collapse == request.group == "none":
        hits = segment_matches.page(snapshot, matches, request)
        return Page(tuple(placed.scored() for placed in hits), found)
    order = segment_matches.ordered(snapshot, matches, request, 0, found)
    return _Listing(matches, order, request).page()


class _Listing:
    """All hits in order, put together as a request wants it."""

    def __init__(self, matches: Sequence[SegmentMatches], order: Order, request: Request) -> None:
        self._matches, self._order, self._request = matches, order, request
        places = np.arange(len(order.rows))
        self._texts = put_together(places, [self._column("digests")]) if request.collapse == "text" else None
        self._listed: Numbers = places if self._texts is None else self._texts.firsts

    def page(self) -> Page:
        """The page asked for."""
        first, last = self._request.offset, self._request.offset + self._request.limit
        if self._request.group == "none":
            return Page(self._scored(self._listed[first:last]), len(self._listed))
        documents = self._column("owners")
        keys = [self._order.owners[self._listed], documents[self._listed]]
        together = put_together(self._listed, keys)
        shown = [together[at][: self._request.group_limit] for at in range(first, min(last, len(together)))]
        groups = tuple(self._group(members, documents) for members in shown)
        return Page(self._scored(np.concatenate(shown) if shown else self._listed[:0]), len(together), groups)

    def _group(self, members: Numbers, documents: Numbers) -> Group:
        """A document with the number of its hits, whether they are listed or not."""
        segment, number = self._order.owners[members[0]], documents[members[0]]
        tiers = self._order.tiers[(self._order.owners == segment) & (documents == number)]
        some = int(np.count_nonzero(tiers == _SOME))
        return Group(self._document(int(members[0])), len(tiers) - some, some, len(members))

    def _scored(self, places: Numbers) -> tuple[Scored, ...]:
        hits = [placed.scored() for placed in segment_matches.placed(self._matches, self._order, places.tolist())]
        if self._texts is None:
            return tuple(hits)
        entries = np.searchsorted(self._texts.firsts, places)
        return tuple(self._with_copies(hit, self._texts, at) for hit, at in zip(hits, entries.tolist(), strict=True))

    def _with_copies(self, hit: Scored, texts: Entries, entry: int) -> Scored:
        copies = texts[entry][1:]
        shown = tuple(self._place(at) for at in copies[:MAX_COPIES].tolist())
        return replace(hit, copies=shown, copy_count=len(copies))

    def _place(self, at: int) -> Place:
        reader = self._matches[int(self._order.owners[at])].reader
        return Place(self._document(at), reader.passage(int(self._order.rows[at])))

    def _document(self, at: int) -> Document:
        reader, row = self._matches[int(self._order.owners[at])].reader, int(self._order.rows[at])
        owned = reader.documents[int(reader.owners[row])]
        if owned is None:
            raise ValueError(f"row {row} has no document")
        return owned.document

    def _column(self, name: str) -> Numbers:
        """A column of the readers, for every hit."""
        values = np.zeros(len(self._order.rows), dtype=np.int64)
        for at, each in enumerate(self._matches):
            own = self._order.owners == at
            values[own] = getattr(each.reader, name)[self._order.rows[own]]
        return values
