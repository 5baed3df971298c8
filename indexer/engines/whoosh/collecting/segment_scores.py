"""The formulas of ``scoring`` on the arrays of one segment, for the rows that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engines import scoring
from indexer.engines.requests import Request
from indexer.engines.whoosh.collecting.proximity import proximity
from indexer.engines.whoosh.matching.candidates import literal_rows
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers, Weights, as_index
from indexer.engines.whoosh.segments.layout import PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.snapshot.members import Members
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.engines.whoosh.snapshot.term_scores import PARTS, CountedPart
from indexer.model import Kind
from indexer.model.records import record

_BODY, _BODY_WEIGHT = layout.KIND_CODES[Kind.BODY], scoring.KIND_WEIGHTS[Kind.BODY]
_KIND_WEIGHTS = np.array([scoring.KIND_WEIGHTS[kind] for kind in layout.KINDS])
_IS_HEADING = np.array([kind in scoring.HEADING_KINDS for kind in layout.KINDS])


@record
class FirstStage:
    """What the first stage says of some rows.

    Attributes:
        local: the unweighted parts ``LOCAL`` of each row, without those that are switched off.
        context: likewise those of ``CONTEXT``, of each section that some of the rows stand in.
        sections: for each row the place of its section among those.
        sums: the weighted sum of each row, before the kind of a passage counts.
        scores: the score of each row without the second stage.
    """

    local: Mapping[str, Weights]
    context: Mapping[str, Weights]
    sections: np.ndarray
    sums: Weights
    scores: Weights

    def parts(self, places: Numbers) -> dict[str, Weights]:
        """All parts of the rows at some places."""
        sections = self.sections[places]
        local = {name: values[places] for name, values in self.local.items()}
        return local | {name: values[sections] for name, values in self.context.items()}


class SegmentScores:
    """Scores of a segment's rows for one request."""

    def __init__(self, reader: SegmentReader, snapshot: Snapshot, request: Request) -> None:
        self._reader, self._levels = reader, snapshot.levels_of(reader)
        self._postings = snapshot.postings_of(reader)
        self._snapshot = snapshot
        self._request = request
        self._scoring = bool(request.terms.words or request.terms.characters)

    def first_stage(self, rows: Numbers) -> FirstStage:
        """The first stage of each of ``rows``, all of which are live."""
        weights, rows = self._request.weights, as_index(rows)
        members = self._levels.members_of(SECTIONS, self._reader.nodes.take(rows))
        local, context = self._local(rows, members), self._context(members)
        sums = np.zeros(len(rows)) + scoring.weighted_sum(scoring.LOCAL, local, weights)
        if context:
            sums += members.spread(scoring.weighted_sum(scoring.CONTEXT, context, weights))
        scores = self._with_kind(sums, rows) if self._parts else np.zeros(len(rows))
        return FirstStage(local, context, members.places, sums, scores)

    def own_sums(self, rows: Numbers) -> Weights:
        """What tells passages of one section apart: where it is larger in one of ``rows`` than in another, so is the
        score, but for what rounding makes equal. -1 for headings that rank below every other passage; no number for
        passages of whose kind the same sum makes another score. All the same where nothing ranks: kinds neither.
        """
        weights = self._request.weights
        sums = np.zeros(len(rows))
        if not self._parts:
            return sums
        sums += scoring.weighted_sum(scoring.LOCAL, self._local(as_index(rows)), weights)
        if weights.kind:
            kinds = self._reader.kinds.take(rows)
            (others,) = (kinds != _BODY).nonzero()
            sums[others] = np.where(_KIND_WEIGHTS.take(kinds.take(others)) == _BODY_WEIGHT, sums.take(others), np.nan)
            if not self._request.rank_headings:
                sums[others[_IS_HEADING.take(kinds.take(others))]] = -1.0
        return sums

    def second_parts(self, rows: Numbers, weights: Mapping[str, float]) -> dict[str, Weights]:
        """The unweighted parts of the second stage, but for ``dense``, for each of ``rows``.

        ``weights`` are those of the query's pairs; without any there is no second stage.
        """
        return proximity(self._reader, rows, weights) | {"amount": self._amount(rows)} if weights else {}

    def rescored(self, sums: Weights, rows: Numbers, second: Mapping[str, Weights]) -> Weights:
        """The score of each of ``rows`` by its ``sums`` of the first stage and its unweighted parts of the second."""
        if not self._parts and not second:
            return np.zeros(len(rows))
        return self._with_kind(sums + scoring.weighted_sum(scoring.SECOND_STAGE, second, self._request.weights), rows)

    @cached_property
    def _parts(self) -> Sequence[str]:
        """The parts of the first stage that count in this request."""
        return [name for name in scoring.FIRST_STAGE if self._scoring and getattr(self._request.weights, name)]

    @cached_property
    def _counted(self) -> Sequence[CountedPart]:
        """Those of them that count terms."""
        return [
            self._snapshot.part(self._reader, part, self._request.terms) for part in PARTS if part.name in self._parts
        ]

    def _amount(self, rows: Numbers) -> Weights:
        """1.0 for each of ``rows`` that holds what tells of an amount."""
        if not self._request.terms.amounts:
            return np.zeros(len(rows))
        found = [literal_rows(self._reader, each).holding(rows) for each in self._request.terms.amounts]
        return np.asarray(np.logical_or.reduce(found), dtype=np.float64)

    def _with_kind(self, total: Weights, rows: Numbers) -> Weights:
        scores = total
        if self._request.weights.kind:
            kinds = self._reader.kinds.take(rows)
            scores = scoring.body_score(total, _BODY_WEIGHT)
            (others,) = (kinds != _BODY).nonzero()  # most are paragraphs
            scores[others] = self._with_other_kind(total.take(others), kinds.take(others))
        rounded: Weights = np.rint(scores * scoring.SCALE) / scoring.SCALE
        return rounded

    def _with_other_kind(self, total: Weights, kinds: np.ndarray) -> Weights:
        scores: Weights = scoring.body_score(total, _KIND_WEIGHTS.take(kinds))
        if self._request.rank_headings:
            return scores
        return np.where(_IS_HEADING.take(kinds), scoring.heading_score(total), scores)

    def _local(self, rows: Numbers, sections: Members | None = None) -> dict[str, Weights]:
        """The parts of each of ``rows`` by itself; ``sections`` are those they stand in, if these are scored too."""
        counted = [each for each in self._counted if each.part.level == PASSAGES]
        if not counted:
            return {}
        members = self._levels.rows_as_members(rows, sections)
        return {each.part.name: each.of(members, self._postings) for each in counted}

    def _context(self, sections: Members) -> dict[str, Weights]:
        """The parts of each of some sections."""
        found: dict[str, Weights] = {}
        has_context = self._levels.have_context(sections.numbers)
        for each in self._counted:
            match each.part.level:
                case "sections":
                    found[each.part.name] = each.of(sections, self._postings) * has_context
                case "chapters" | "documents" as level:
                    wider = self._levels.members_of(level, self._levels.of_nodes(level).take(sections.numbers))
                    found[each.part.name] = wider.spread(each.of(wider, self._postings)) * has_context
                case "headings":
                    found[each.part.name] = each.of(sections, self._postings)
        if "named" in self._parts:
            found["named"] = self._reader.sections.named(self._request.terms.names, sections.numbers)
        return found
