"""The formulas of ``scoring`` on the arrays of one segment, for the rows that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from indexer.engines import scoring
from indexer.engines.requests import Request
from indexer.engines.whoosh.collecting.proximity import proximity
from indexer.engines.whoosh.matching.candidates import literal_rows
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import NO_ROWS, Numbers, Weights
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.snapshot.levels import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.engines.whoosh.snapshot.term_scores import Contribution, Part, PartOfFew

# The parts that are counted at each level, so that they are summed there before they are spread over the rows.
_PARTS = {
    PASSAGES: (Part.WORDS, Part.CHARACTERS),
    SECTIONS: (Part.SECTION_WORDS, Part.SECTION_CHARACTERS, Part.HEADINGS),
    CHAPTERS: (Part.CHAPTER_WORDS,),
    DOCUMENTS: (Part.DOCUMENT,),
}
_KIND_WEIGHTS = np.array([scoring.KIND_WEIGHTS[kind] for kind in layout.KINDS])
_IS_HEADING = np.array([kind in scoring.HEADING_KINDS for kind in layout.KINDS])
# Fewer members than this share of a level are each looked up in the postings; else postings are spread over all. Of
# chapters and documents there are so few that adding up all of them is as fast as telling which are wanted.
_SPARSE = {PASSAGES: 1 / 32, SECTIONS: 1 / 32, CHAPTERS: 0, DOCUMENTS: 0}


class SegmentScores:
    """Scores of a segment's rows for one request."""

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self._reader, self._levels = reader, snapshot.levels_of(reader)
        self._snapshot = snapshot
        self._request = request
        self._known: dict[Part, Sequence[Contribution]] = {}
        self._of_few: dict[Part, PartOfFew] = {}
        self._spread_over: dict[str, Weights] = {}
        self._scoring = bool(request.terms.words or request.terms.characters)

    def first_stage(self, rows: Numbers) -> Weights:
        """The score of each of ``rows`` without the second stage."""
        return self.scores(self.first_sums(rows), rows)

    def scores(self, sums: Weights, rows: Numbers) -> Weights:
        """The score of each of ``rows`` without the second stage, from its ``first_sums``."""
        return self._with_kind(sums, rows) if self._parts else np.zeros(len(rows))

    def first_sums(self, rows: Numbers) -> Weights:
        """The weighted sum of the first stage for each of ``rows``, before the kind of a passage counts."""
        total = np.zeros(len(rows))
        for level, parts in _PARTS.items():
            kept = [part for part in parts if part in self._parts]
            if kept:
                total += self._gathered(level, kept, rows)
        if "named" in self._parts and self._named is not None:
            total += self._request.weights.named * self._named[self._reader.nodes[rows]]
        return total

    def parts(self, rows: Numbers) -> dict[str, Weights]:
        """The unweighted parts of the first stage for each of a few ``rows``, without those that are switched off."""
        found: dict[str, Weights] = {}
        for level, parts in _PARTS.items():
            found |= self._of_level(level, [part for part in parts if part in self._parts], rows)
        if "named" in self._parts:
            found["named"] = np.zeros(len(rows)) if self._named is None else self._named[self._reader.nodes[rows]]
        return {name: found[name] for name in self._parts}

    def second_parts(self, rows: Numbers, weights: Mapping[str, float]) -> dict[str, Weights]:
        """The unweighted parts of the second stage, but for ``dense``, for each of ``rows``.

        ``weights`` are those of the query's pairs; without any there is no second stage.
        """
        return proximity(self._reader, rows, weights) | {"amount": self._amount(rows)} if weights else {}

    def rescored(self, sums: Weights, rows: Numbers, second: Mapping[str, Weights]) -> Weights:
        """The score of each of ``rows`` by its ``first_sums`` and its unweighted parts of the second stage."""
        if not self._parts and not second:
            return np.zeros(len(rows))
        return self._with_kind(sums + scoring.weighted_sum(scoring.SECOND_STAGE, second, self._request.weights), rows)

    @cached_property
    def _parts(self) -> Sequence[str]:
        """The parts of the first stage that count in this request."""
        return [name for name in scoring.FIRST_STAGE if self._scoring and getattr(self._request.weights, name)]

    def _amount(self, rows: Numbers) -> Weights:
        """1.0 for each of ``rows`` that holds what tells of an amount."""
        if not self._request.terms.amounts:
            return np.zeros(len(rows))
        found = [literal_rows(self._reader, each) for each in self._request.terms.amounts]
        return np.isin(rows, np.concatenate([NO_ROWS, *found])).astype(float)

    def _members_of(self, level: str, rows: Numbers) -> Numbers:
        """The number of the member that each row is, or is in."""
        return rows if level == PASSAGES else self._levels.of_rows(level).take(rows)

    @cached_property
    def _named(self) -> Weights | None:
        """1.0 for each node that is named in the request; None without any."""
        return self._reader.sections.named(self._request.terms.names)

    def _with_kind(self, total: Weights, rows: Numbers) -> Weights:
        scores = total
        if self._request.weights.kind:
            kinds = self._reader.kinds.take(rows)
            scores = scoring.body_score(total, _KIND_WEIGHTS.take(kinds))
            if not self._request.rank_headings:
                headings = np.flatnonzero(_IS_HEADING.take(kinds))
                scores[headings] = scoring.heading_score(total[headings])
        rounded: Weights = np.rint(scores * scoring.SCALE) / scoring.SCALE
        return rounded

    def _gathered(self, level: str, parts: Sequence[Part], rows: Numbers) -> Weights:
        """The weighted sum of parts that are counted at one level, for each of ``rows``."""
        size = self._levels.size(level)
        if len(rows) >= _SPARSE[level] * size:
            if level not in self._spread_over:  # else known from choosing the best of sections
                self._spread_over[level] = self._spread(parts, size)
            return self._spread_over[level].take(self._members_of(level, rows))
        total: Weights = scoring.weighted_sum(parts, self._of_level(level, parts, rows), self._request.weights)
        return total

    def _of_level(self, level: str, parts: Sequence[Part], rows: Numbers) -> dict[str, Weights]:
        """Unweighted parts that are counted at one level, for each of a few ``rows``."""
        members, places = self._members_of(level, rows), None
        if level != PASSAGES:
            members, places = np.unique(members, return_inverse=True)
        few = self._levels.few(level, members)
        found = {part: self._part_of_few(part).of(few) for part in parts}
        return {part: values if places is None else values[places] for part, values in found.items()}

    def _part_of_few(self, part: Part) -> PartOfFew:
        if part not in self._of_few:
            self._of_few[part] = self._snapshot.part(self._reader, part, self._request.terms)
        return self._of_few[part]

    def _spread(self, parts: Sequence[Part], size: int) -> Weights:
        """The weighted sum of parts for all members of a level."""
        spread = np.zeros(size)
        for contribution in chain.from_iterable(map(self._contributions, parts)):
            if contribution.members is None:
                spread += contribution.values
            else:
                spread[contribution.members] += contribution.values
        return spread

    def _contributions(self, part: Part) -> Sequence[Contribution]:
        """What each term of a part adds in this segment."""
        if part not in self._known:
            weight, terms = getattr(self._request.weights, part), self._request.terms
            self._known[part] = [
                self._snapshot.contribution(self._reader, part, term, weight * terms.factor(term))
                for term in part.terms(terms)
            ]
        return self._known[part]
