"""The leading hits over the segments of a snapshot, in order, as arrays: what cannot lead is not put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from indexer.engines import scoring
from indexer.engines.requests import Request, Scored
from indexer.engines.whoosh.collecting.segment_matches import SegmentMatches, merged_tiers
from indexer.engines.whoosh.collecting.segment_scores import FirstStage
from indexer.engines.whoosh.segments.array_cache import Mask, Numbers, Weights, concatenated, nth_largest
from indexer.engines.whoosh.snapshot.snapshot import Snapshot
from indexer.model import Tier
from indexer.model.records import record

# More scores than the first number are not put in order before a sample of about the second has told which can lead.
_SAMPLED = 4_000
_SAMPLE = 1_000


@record
class RankedRows:
    """Hits in order, as columns.

    Attributes:
        segments: which segment each is of, by its number in the snapshot's list.
        bands: within what grades and ``precedence`` make of the list, less being better; what the scores put in order.
        ranks, ordinals: what breaks ties: of their document, and their own.
        places: where each stands in what the first stage says of its segment.
        stages: what that is, by segment.
        second_places: likewise of the second stage; -1 of hits that took no part in it.
        seconds: the unweighted parts of that, by segment.
    """

    segments: np.ndarray
    rows: Numbers
    grades: np.ndarray
    bands: Numbers
    scores: np.ndarray
    ranks: Numbers
    ordinals: Numbers
    places: Numbers
    stages: Mapping[int, FirstStage]
    second_places: Numbers
    seconds: Mapping[int, Mapping[str, Weights]]

    def taken(self, order: np.ndarray) -> RankedRows:
        """The hits whose numbers ``order`` lists."""
        return RankedRows(
            segments=self.segments[order],
            rows=self.rows[order],
            grades=self.grades[order],
            bands=self.bands[order],
            scores=self.scores[order],
            ranks=self.ranks[order],
            ordinals=self.ordinals[order],
            places=self.places[order],
            stages=self.stages,
            second_places=self.second_places[order],
            seconds=self.seconds,
        )


def top_hits(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request) -> list[Scored]:
    """The hits of the page asked for, in order."""
    if not request.limit:
        return []
    end = request.offset + request.limit
    order = ranked(snapshot, matches, request, request.offset, end)
    return hits_at(matches, order, np.arange(request.offset, min(end, len(order.rows))))


def ranked(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request, start: int, end: int) -> RankedRows:
    """Hits in order, right from ``start`` to ``end`` at least."""
    by_relevance = request.sort == "relevance"
    order = _order(snapshot, matches, request, end)
    pairs = snapshot.pair_weights(request.terms) if by_relevance else {}
    if _ranks_by_meaning(request):
        return _ranked_by_meaning(matches, order, pairs, request)
    return _rescored(matches, order, pairs) if pairs and start < scoring.RESCORED else order


def _ranks_by_meaning(request: Request) -> bool:
    return bool(request.vector and request.weights.dense) and request.sort == "relevance"


def _rescored(matches: Sequence[SegmentMatches], order: RankedRows, pairs: Mapping[str, float]) -> RankedRows:
    """The same after the second stage."""
    first = np.arange(min(scoring.RESCORED, len(order.rows)))
    rescored = _Rescored(matches, order, first)
    for segment, own in rescored.by_segment():
        rescored.take(own, matches[segment].scores.second_parts(order.rows[own], pairs))
    return rescored.in_order(len(first))


def _ranked_by_meaning(
    matches: Sequence[SegmentMatches], order: RankedRows, pairs: Mapping[str, float], request: Request
) -> RankedRows:
    """The same after the second stage with the part ``dense``, in which the hits of the nearest sections take part."""
    is_first = np.arange(len(order.rows)) < scoring.RESCORED
    first = np.flatnonzero(is_first | _are_nearest(matches, order))
    rescored = _Rescored(matches, order, first)
    columns = {
        segment: matches[segment].scores.second_parts(order.rows[own], pairs) for segment, own in rescored.by_segment()
    }
    for segment, own in rescored.by_segment():
        rescored.take(own, columns[segment])
    by_words = order.grades != (-1 if request.by_meaning is None else request.by_meaning)
    near = np.array([tier is Tier.NEAR for tier, _ in request.tiers], dtype=bool)[order.grades.astype(np.int64)]
    best_cosine = max((each.nearest.best for each in matches if each.nearest), default=0.0)
    of_hits, of_near = scoring.meaning_scales(rescored.best_of_sections(first[by_words[first]]), best_cosine)
    scales = np.where(near, of_near, of_hits)
    for segment, own in rescored.by_segment():
        if nearest := matches[segment].nearest:
            dense = {"dense": nearest.meanings(order.rows[own]) * scales[own]}
            rescored.take(own, columns[segment] | dense)
    return rescored.in_order(len(order.rows))


def _are_nearest(matches: Sequence[SegmentMatches], order: RankedRows) -> Mask:
    """Whether each hit stands in one of the nearest sections."""
    found = np.zeros(len(order.rows), dtype=bool)
    for segment, each in enumerate(matches):
        own = order.segments == segment
        if each.nearest:
            found[own] = each.nearest.rows[order.rows[own]]
    return found


class _Rescored:
    """Hits whose scores change: ``numbers`` of an order."""

    def __init__(self, matches: Sequence[SegmentMatches], order: RankedRows, numbers: Numbers) -> None:
        self._matches, self._order, self._numbers = matches, order, numbers
        self._scores, self._places = order.scores.copy(), order.second_places.copy()
        self._parts: dict[int, Mapping[str, Weights]] = {}

    def by_segment(self) -> Iterator[tuple[int, Numbers]]:
        """The numbers of the hits of each segment that has any."""
        for segment in range(len(self._matches)):
            own = self._numbers[self._order.segments[self._numbers] == segment]
            if len(own):
                yield segment, own

    def take(self, own: Numbers, columns: Mapping[str, Weights]) -> None:
        """Score hits of one segment by these parts too."""
        segment, order = int(self._order.segments[own[0]]), self._order
        sums = order.stages[segment].sums[order.places[own]]
        self._scores[own] = self._matches[segment].scores.rescored(sums, order.rows[own], columns)
        self._places[own] = np.arange(len(own))
        self._parts[segment] = columns

    def best_of_sections(self, numbers: Numbers) -> list[float]:
        """The best score of each section of some hits, best first."""
        segments, rows = self._order.segments[numbers], self._order.rows[numbers]
        best: dict[tuple[int, int], float] = {}
        for segment, row, score in zip(segments.tolist(), rows.tolist(), self._scores[numbers].tolist(), strict=True):
            section = segment, int(self._matches[segment].reader.nodes[row])
            best[section] = max(best.get(section, 0.0), score)
        return sorted(best.values(), reverse=True)

    def in_order(self, count: int) -> RankedRows:
        """The order with its first ``count`` hits put in order anew."""
        first, order = np.arange(count), self._order
        keys = (order.ordinals[first], order.ranks[first], -self._scores[first], order.bands[first])
        moved = np.concatenate((np.lexsort(keys), np.arange(count, len(order.rows))))
        return replace(order, scores=self._scores, second_places=self._places, seconds=self._parts).taken(moved)


def hits_at(matches: Sequence[SegmentMatches], order: RankedRows, wanted: Numbers) -> list[Scored]:
    """Some hits of an order, with all parts of their scores."""
    chosen = order.taken(wanted)
    columns = (chosen.segments, chosen.rows, chosen.grades, chosen.scores)
    hits = zip(*(column.tolist() for column in columns), _parts(chosen), strict=True)
    return [_scored(matches[segment], *hit) for segment, *hit in hits]


def _scored(matches: SegmentMatches, row: int, grade: int, score: float, parts: Mapping[str, float]) -> Scored:
    reader = matches.reader
    owned = reader.documents[reader.owner_of(row)]
    if owned is None:
        raise ValueError(f"row {row} has no document")
    return Scored(owned.document, reader.passage(row), score, matches.tier_of(grade), parts)


def _parts(order: RankedRows) -> list[dict[str, float]]:
    """All unweighted parts of the score of each hit."""
    parts: list[dict[str, float]] = [{} for _ in order.rows]
    for segment, stage in order.stages.items():
        own = np.flatnonzero(order.segments == segment)
        rescored = own[order.second_places[own] >= 0]
        second = order.seconds[segment] if len(rescored) else {}
        columns = {name: values[order.second_places[rescored]] for name, values in second.items()}
        for members, values in ((own, stage.parts(order.places[own])), (rescored, columns)):
            lines = zip(*(each.tolist() for each in values.values()), strict=True)  # none where nothing counts
            for at, line in zip(members.tolist(), lines, strict=False):
                parts[at].update(zip(values, line, strict=True))
    return parts


def _order(snapshot: Snapshot, matches: Sequence[SegmentMatches], request: Request, wanted: int) -> RankedRows:
    """The first ``wanted`` hits by the first stage, with the others of their grades that the second may put among them;
    or by the order asked for.
    """
    if request.sort == "relevance":
        order = _leading_hits(snapshot, matches, wanted, request)
        keys = [-order.scores, order.bands]
        wanted = max(wanted, scoring.RESCORED)
    else:
        rows = [concatenated([found.rows for found in each.hits]) for each in matches]
        grades = [_repeated(enumerate(map(len, each.hits))) for each in matches]
        order = _columns(snapshot, matches, request.sort, rows, grades)
        keys = [merged_tiers(order.grades, request)]
    numbers = np.lexsort((order.ordinals, order.ranks, *keys))
    if _ranks_by_meaning(request):
        numbers = numbers[(np.arange(len(numbers)) < wanted) | _are_nearest(matches, order)[numbers]]
    else:
        numbers = numbers[:wanted]
    ordered = order.taken(numbers)
    return ordered if request.sort == "relevance" else _with_scores(matches, ordered)


def _leading_hits(snapshot: Snapshot, matches: Sequence[SegmentMatches], wanted: int, request: Request) -> RankedRows:
    """A superset of the first ``wanted`` hits by band and score; of their bands, and of no worse one, also of the first
    ``RESCORED``. All ties with the last one are included, and where meaning ranks all hits of the nearest sections.
    """
    by_meaning = _ranks_by_meaning(request)
    nearest = [each.nearest.rows if each.nearest and by_meaning else None for each in matches]
    bands = list(_leading_bands(matches, len(request.tiers), wanted, nearest if by_meaning else None))
    rows = [concatenated([found[at] for _, found, _ in bands]) for at in range(len(matches))]
    stages = [each.scores.first_stage(own) for each, own in zip(matches, rows, strict=True)]
    taken: list[list[Numbers]] = [[] for _ in matches]
    begins = [0] * len(matches)
    for _, found, missing in bands:
        ends = [begin + len(own) for begin, own in zip(begins, found, strict=True)]
        scores = [stage.scores[begin:end] for stage, begin, end in zip(stages, begins, ends, strict=True)]
        least = -np.inf if missing <= 0 else _least_of_largest(concatenated(scores), missing)
        for at, (own, mask) in enumerate(zip(scores, nearest, strict=True)):
            kept = np.flatnonzero(own >= least if mask is None else (own >= least) | mask[found[at]])
            taken[at].append(begins[at] + kept)
        begins = ends
    places = list(map(concatenated, taken))
    kept_rows = [own.take(part) for own, part in zip(rows, places, strict=True)]
    grades = [_repeated((band[0], len(part)) for band, part in zip(bands, own, strict=True)) for own in taken]
    return replace(
        _columns(snapshot, matches, "relevance", kept_rows, grades),
        scores=concatenated([stage.scores.take(own) for stage, own in zip(stages, places, strict=True)]),
        places=concatenated(places),
        stages=dict(enumerate(stages)),
    )


def _leading_bands(
    matches: Sequence[SegmentMatches], grades: int, wanted: int, nearest: Sequence[Mask | None] | None
) -> Iterator[tuple[int, list[Numbers], int]]:
    """The bands that hold the first ``wanted`` hits, with their grade, and how many of each must be kept; with
    ``nearest`` also what the other bands have of these.
    """
    counted = 0
    for grade, found in _bands(matches, grades):
        if counted < wanted:
            yield grade, found, max(wanted, scoring.RESCORED) - counted
        elif nearest is not None:
            yield grade, [own if mask is None else own[mask[own]] for own, mask in zip(found, nearest, strict=True)], 0
        counted += sum(map(len, found))
        if nearest is None and counted >= wanted:  # the rows of a band take time to be listed
            return


def _bands(matches: Sequence[SegmentMatches], grades: int) -> Iterator[tuple[int, list[Numbers]]]:
    """The hits of each segment band by band, the best first, with the number of their grade."""
    for grade in range(grades):
        rows = [each.hits_of(grade).rows for each in matches]
        if not any(each.trees_of_precedence for each in matches):
            yield grade, rows
            continue
        ranks = [each.ranks(own) for each, own in zip(matches, rows, strict=True)]
        for rank in np.unique(concatenated(ranks)):
            yield grade, [own[at == rank] for own, at in zip(rows, ranks, strict=True)]


def _columns(
    snapshot: Snapshot,
    matches: Sequence[SegmentMatches],
    sort: str,
    rows: Sequence[Numbers],
    grades: Sequence[Numbers],
) -> RankedRows:
    """Hits of each segment and their grades as columns; without scores."""
    by_document = snapshot.order(sort)
    of_each = list(zip(matches, rows, grades, strict=True))
    every = concatenated(rows)
    return RankedRows(
        segments=_repeated(enumerate(map(len, rows))),
        rows=every,
        grades=concatenated(grades),
        bands=concatenated([_bands_of(each, own, graded) for each, own, graded in of_each]),
        scores=np.zeros(len(every)),
        ranks=concatenated([by_document[id(each.reader)].take(each.reader.owners_of(own)) for each, own, _ in of_each]),
        ordinals=concatenated([each.reader.ordinals.take(own) for each, own, _ in of_each]),
        places=np.zeros_like(every),
        stages={},
        second_places=np.full(len(every), -1),
        seconds={},
    )


def _repeated(numbers: Iterable[tuple[int, int]]) -> Numbers:
    """Numbers, each as often as the count beside it says."""
    values, counts = np.array([*numbers], dtype=np.int64).reshape(-1, 2).T
    return np.repeat(values, counts)


def _bands_of(matches: SegmentMatches, rows: Numbers, grades: Numbers) -> Numbers:
    """The band of each hit of a segment."""
    trees = matches.trees_of_precedence
    return (grades << trees) + matches.ranks(rows) if trees else grades


def _with_scores(matches: Sequence[SegmentMatches], order: RankedRows) -> RankedRows:
    """The same with the scores of its hits, which had no part in it."""
    scores, places = np.zeros(len(order.rows)), np.zeros(len(order.rows), dtype=np.int64)
    stages: dict[int, FirstStage] = {}
    for segment, each in enumerate(matches):
        own = np.flatnonzero(order.segments == segment)
        stages[segment] = each.scores.first_stage(order.rows[own])
        scores[own], places[own] = stages[segment].scores, np.arange(len(own))
    return replace(order, scores=scores, places=places, stages=stages)


def _least_of_largest(scores: Weights, wanted: int) -> float:
    """A number that at least ``wanted`` of the scores reach, if there are so many, and not many more."""
    if wanted >= len(scores):
        return -np.inf
    if len(scores) <= _SAMPLED:
        return nth_largest(scores, wanted)
    # A bound from a sample leaves few to be put in order; too high a one is told by its count.
    sample = np.sort(scores[:: len(scores) // _SAMPLE])
    for share in (2, 8):
        bound = float(sample[max(0, len(sample) - 2 - share * wanted * len(sample) // len(scores))])
        kept = scores[scores >= bound]
        if wanted <= len(kept):
            return nth_largest(kept, wanted)
    return nth_largest(scores, wanted)
