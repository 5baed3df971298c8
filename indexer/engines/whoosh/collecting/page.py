"""The page of an answer: hits, or entries that stand for several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indexer.engines.requests import GroupedDocument, Request, Scored
from indexer.engines.whoosh.collecting.segment_matches import SegmentMatches, merged_tiers
from indexer.engines.whoosh.collecting.top_hits import RankedRows, hits_at, ranked, top_hits
from indexer.engines.whoosh.segments.array_cache import Numbers
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.model import Document, Place
from indexer.model.choices import MAX_COPIES
from indexer.model.records import record


@record
class Page:
    """What an ``Answer`` says of its list."""

    hits: tuple[Scored, ...]
    entries: int
    groups: tuple[GroupedDocument, ...] = ()


def make_page(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> Page:
    """The page asked for."""
    found = sum(each.listed for each in matches)
    if request.collapse == request.group == "none":
        hits = top_hits(snapshot, matches, request) if request.offset < found else []  # what is past all is in no order
        return Page(tuple(hits), found)
    order = ranked(snapshot, matches, request, 0, found)
    return _Listing(matches, order, request).page()


class _Listing:
    """All hits in order, collapsed and grouped as a request wants it."""

    def __init__(self, matches: Sequence[SegmentMatches], order: RankedRows, request: Request) -> None:
        self._matches, self._order, self._request = matches, order, request
        every = np.arange(len(order.rows))
        self._folded = None if request.collapse == "none" else group_by(every, self._fold_keys(request.collapse))
        self._listed: Numbers = every if self._folded is None else self._folded.firsts

    def _fold_keys(self, collapse: str) -> list[np.ndarray]:
        """What the hits share that are one: their text, or their section if they have one."""
        if collapse == "text":
            return [self._column("digests")]
        return [self._order.segments, self._order.rows * ~self._in_section(), self._column("nodes"), self._in_section()]

    def _in_section(self) -> np.ndarray:
        """Whether each hit stands under a heading."""
        inside = np.zeros(len(self._order.rows), dtype=bool)
        for at, each in enumerate(self._matches):
            own = self._order.segments == at
            inside[own] = each.reader.sections.depths[each.reader.nodes[self._order.rows[own]]] > 0
        return inside

    def page(self) -> Page:
        """The page asked for."""
        first, last = self._request.offset, self._request.offset + self._request.limit
        if self._request.group == "none":
            return Page(self._scored(self._listed[first:last]), len(self._listed))
        documents = self._column("owners")
        keys = [self._order.segments[self._listed], documents[self._listed]]
        entries = group_by(self._listed, keys)
        shown = [entries[at][: self._request.group_limit] for at in range(first, min(last, len(entries)))]
        groups = tuple(self._group(members, documents) for members in shown)
        return Page(self._scored(np.concatenate(shown) if shown else self._listed[:0]), len(entries), groups)

    def _group(self, members: Numbers, documents: Numbers) -> GroupedDocument:
        """A document with the number of its hits, whether they are listed or not."""
        segment, number = self._order.segments[members[0]], documents[members[0]]
        grades = self._order.grades[(self._order.segments == segment) & (documents == number)]
        some = int(np.count_nonzero(merged_tiers(grades, self._request)))
        return GroupedDocument(self._document(int(members[0])), len(grades) - some, some, len(members))

    def _scored(self, wanted: Numbers) -> tuple[Scored, ...]:
        hits = hits_at(self._matches, self._order, wanted)
        if self._folded is None:
            return tuple(hits)
        entries = np.searchsorted(self._folded.firsts, wanted)
        return tuple(self._with_copies(hit, self._folded, at) for hit, at in zip(hits, entries.tolist(), strict=True))

    def _with_copies(self, hit: Scored, texts: Entries, entry: int) -> Scored:
        copies = texts[entry][1:]
        shown = tuple(self._place(at) for at in copies[:MAX_COPIES].tolist())
        return replace(hit, copies=shown, copy_count=len(copies))

    def _place(self, at: int) -> Place:
        reader = self._matches[int(self._order.segments[at])].reader
        return Place(self._document(at), reader.passage(int(self._order.rows[at])))

    def _document(self, at: int) -> Document:
        reader, row = self._matches[int(self._order.segments[at])].reader, int(self._order.rows[at])
        owned = reader.documents[reader.owner_of(row)]
        if owned is None:
            raise ValueError(f"row {row} has no document")
        return owned.document

    def _column(self, name: str) -> Numbers:
        """A column of the readers, for every hit."""
        values = np.zeros(len(self._order.rows), dtype=np.int64)
        for at, each in enumerate(self._matches):
            own = self._order.segments == at
            values[own] = getattr(each.reader, name)[self._order.rows[own]]
        return values


@record
class Entries:
    """Hits, by their number in the order of all, grouped by a key.

    Attributes:
        starts: where the members of each entry begin in ``members``, and where the last one's end; entries in the order
            of their first members.
        members: the numbers of hits, entry by entry, those of one entry in order.
    """

    starts: Numbers
    members: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, entry: int) -> Numbers:
        return self.members[self.starts[entry] : self.starts[entry + 1]]

    @property
    def firsts(self) -> Numbers:
        """The first member of each."""
        return self.members[self.starts[:-1]]


def group_by(hits: Numbers, keys: Sequence[np.ndarray]) -> Entries:
    """Hits, by their number in the order of all, grouped by ``keys``, one value of each key for every hit."""
    if not len(hits):
        return Entries(np.zeros(1, dtype=np.int64), hits)
    by_key = np.lexsort((np.arange(len(hits)), *keys))
    changes = np.zeros(len(hits), dtype=bool)
    changes[0] = True
    for key in keys:
        changes[1:] |= key[by_key][1:] != key[by_key][:-1]
    entry_of = np.empty(len(hits), dtype=np.int64)
    entry_of[by_key] = np.cumsum(changes) - 1
    firsts = by_key[changes]  # the first of each entry, since equal keys stay in order
    ranks = np.empty(len(firsts), dtype=np.int64)
    ranks[np.argsort(firsts)] = np.arange(len(firsts))
    entry_of = ranks[entry_of]
    order = np.argsort(entry_of, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(entry_of))))
    return Entries(starts, hits[order])
