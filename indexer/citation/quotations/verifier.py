"""The facade that checks quotations: where does one stand, and if nowhere, what comes nearest and how does it differ.

A quotation may be written in characters that fold alike, may run over several paragraphs, and may leave something out
(``fragments``); white space never counts. The engine finds candidates by pieces that stand in one passage; whether all
of it stands there is decided on the folded characters of the passages around each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.analysis import Analyzer
from indexer.citation.quotations.folded_text import Text, occurrences
from indexer.citation.quotations.fragments import Fragment, readings
from indexer.citation.quotations.passage_window import MAX_GAP, PassageWindow
from indexer.engines.contract import Engine, count_matching
from indexer.engines.requests import Request, Scored
from indexer.model import (
    And,
    Document,
    Filters,
    Literal,
    Nearest,
    Occurrence,
    Or,
    Passage,
    Range,
    Run,
    Tier,
    Verification,
)
from indexer.model.choices import MAX_QUERY
from indexer.query.planner import make_plan

# Passages that hold all of a quotation and are looked at, at most.
MOST_PASSAGES = 500
# Passages likest to a quotation around which it is looked for when no single one holds it.
CANDIDATES = 30
# Occurrences over several paragraphs, at most.
MOST_SPANNING = 100
# What is less alike is not shown as nearest: any two Chinese sentences share a few characters in order.
LEAST_SIMILARITY = 0.4

# Characters of a piece of a quotation that finds a passage which holds part of it (a line of verse has five, and may
# begin anywhere), and how many such pieces there are.
_ANCHOR = 4
_MOST_ANCHORS = 64
# Characters of a quotation that is looked for over several paragraphs, at least.
_SHORTEST_SPANNING = 4
# Passages read on each side of a hit at first; more if they are short.
_NEIGHBOURS = 8


class Verifier:
    """Checks quotations against one engine, with the analyzer its index was built with."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer

    def verify(self, quote: str, filters: Filters, limit: int) -> Verification:
        """See ``Index.verify``."""
        ways = readings(quote)
        for parts in ways:
            found = self._in_one_passage(quote, parts, filters, limit)
            if found.found:
                return found
        likest = list(self._candidates(ways[-1], filters))
        for parts in ways:
            if _length(parts) >= _SHORTEST_SPANNING:
                matches = _matches(likest, parts) or self._by_rare_pieces(parts, filters)
                if matches:
                    return Verification(quote, _best(matches, limit), len(matches), len(matches) == MOST_SPANNING)
        return Verification(quote, nearest=_nearest(ways[-1], likest))

    def _in_one_passage(self, quote: str, parts: Sequence[Fragment], filters: Filters, limit: int) -> Verification:
        """The passages that hold all of a quotation, each once."""
        pieces = tuple(dict.fromkeys(piece for part in parts for piece in part.joined()))
        tree = And(tuple(Literal((piece,)) for piece in pieces))
        request = Request(((Tier.EXACT, tree),), filters=filters, sort="order", limit=MOST_PASSAGES)
        answer = self._engine.search(request)
        firsts = (next(PassageWindow(hit.document, (hit.passage,)).occurrences(parts), None) for hit in answer.hits)
        matches = [first for first in firsts if first]
        candidates = answer.counts[Tier.EXACT]
        known = candidates if len(pieces) == 1 else len(matches)  # one piece is all of it, wherever it stands
        truncated = len(pieces) > 1 and candidates > len(answer.hits)
        return Verification(quote, _best(matches, limit), known, truncated)

    def _candidates(self, parts: Sequence[Fragment], filters: Filters) -> Iterator[PassageWindow]:
        """Windows around the passages that are likest to a quotation, far enough to hold all of it."""
        quoted = "\n".join(part.text for part in parts)
        plan = make_plan("", Run(_sample(quoted), quoted=True), self._analyzer)
        anchored = Or(tuple(Literal((anchor,)) for anchor in _anchors(parts)))
        tiers = ((Tier.ALL, anchored), *(pair for pair in plan.tiers if pair[0] is Tier.SOME))
        answer = self._engine.search(Request(tiers, plan.terms, filters=filters, limit=CANDIDATES))
        yield from self._windows(answer.hits, _reach(parts))

    def _by_rare_pieces(self, parts: Sequence[Fragment], filters: Filters) -> list[Occurrence]:
        """Where a quotation stands over several paragraphs most of which stand, word for word, in many documents.

        The pieces that fewest passages hold lead to it; of those passages only the ones that go on as it does count.
        """
        left = MOST_PASSAGES
        pieces = {anchor: Literal((anchor,)) for anchor in _anchors(parts)}
        counts = {anchor: count_matching(self._engine, piece, filters) for anchor, piece in pieces.items()}
        for anchor, count in sorted(counts.items(), key=lambda counted: counted[::-1]):
            left -= count
            if left < 0:
                break
            if count:
                request = Request(((Tier.EXACT, pieces[anchor]),), filters=filters, sort="order", limit=count)
                hits = [hit for hit in self._engine.search(request).hits if _goes_on(hit.passage, parts, anchor)]
                if matches := _matches(self._windows(hits, _reach(parts)), parts):
                    return matches
        return []

    def _windows(self, hits: Iterable[Scored], reach: int) -> Iterator[PassageWindow]:
        """What stands within ``reach`` code points of each hit; what overlaps is joined."""
        documents: dict[str, Document] = {}
        windows: dict[str, list[tuple[Passage, ...]]] = {}
        for hit in hits:
            documents[hit.document.id] = hit.document
            windows.setdefault(hit.document.id, []).append(self._neighbours(hit.passage, reach))
        for key, found in windows.items():
            pool = {passage.ordinal: passage for window in found for passage in window}
            ranges = ((window[0].ordinal, window[-1].ordinal + 1) for window in found if window)
            for start, end in _united(ranges):
                yield PassageWindow(documents[key], [pool[ordinal] for ordinal in range(start, end)])

    def _neighbours(self, passage: Passage, reach: int) -> tuple[Passage, ...]:
        """A passage and those around it of which something stands within ``reach`` code points before or after it."""
        ordinal, many = passage.ordinal, _NEIGHBOURS
        while True:
            first = max(0, ordinal - many)
            found = self._engine.passages(passage.document_id, ordinals=range(first, ordinal + many + 1))
            at = next((at for at, each in enumerate(found) if each.ordinal == ordinal), None)
            if at is None:  # a commit has come in between
                return ()
            before = _within(found[:at][::-1], reach)
            after = _within(found[at + 1 :], reach)
            whole_before = before < at or first == 0
            whole_after = at + 1 + after < len(found) or len(found) < ordinal + many + 1 - first
            if whole_before and whole_after:
                return found[at - before : at + 1 + after]
            many *= 4


def _matches(windows: Iterable[PassageWindow], parts: Sequence[Fragment]) -> list[Occurrence]:
    return list(islice((occurrence for window in windows for occurrence in window.occurrences(parts)), MOST_SPANNING))


def _reach(parts: Sequence[Fragment]) -> int:
    """How far from any passage that holds some of a quotation the rest of it may stand, in code points."""
    return sum(len(part.text) for part in parts) + (MAX_GAP if len(parts) > 1 else 0)


def _goes_on(passage: Passage, parts: Sequence[Fragment], anchor: str) -> bool:
    """Whether a passage that holds a piece of a quotation goes on as the quotation does, up to the end of either."""
    text = Text.of([passage.text]).chars
    return any(
        _agree(text, at, part.chars, start)
        for part in parts
        for start in occurrences(part.chars, anchor)
        for at in occurrences(text, anchor)
    )


def _agree(text: str, at: int, other: str, start: int) -> bool:
    """Whether two texts are the same as far as both reach when ``at`` of one lies over ``start`` of the other."""
    before, after = min(at, start), min(len(text) - at, len(other) - start)
    return text[at - before : at + after] == other[start - before : start + after]


def _length(parts: Iterable[Fragment]) -> int:
    return sum(len(part.chars) for part in parts)


def _best(matches: Iterable[Occurrence], limit: int) -> tuple[Occurrence, ...]:
    """The first ``limit``, exact ones before the others."""
    return tuple(sorted(matches, key=lambda each: not each.exact)[:limit])


def _nearest(parts: Sequence[Fragment], windows: Sequence[PassageWindow]) -> Nearest | None:
    """The likest of all windows, if it is alike at all."""
    best = max(windows, key=lambda window: window.similarity(parts), default=None)
    return best.nearest(parts) if best and best.similarity(parts) >= LEAST_SIMILARITY else None


def _within(passages: Iterable[Passage], reach: int) -> int:
    """How many passages, one after the other, have something within ``reach`` code points."""
    left, count = reach, 0
    for passage in passages:
        if left <= 0:
            break
        left -= len(passage.text)
        count += 1
    return count


def _united(windows: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that overlap made one."""
    united: list[Range] = []
    for start, end in sorted(windows):
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


def _sample(text: str) -> str:
    """What of a quotation ranks: as much as a query may have, from both its ends."""
    return text if len(text) <= MAX_QUERY else f"{text[: MAX_QUERY // 2]}\n{text[1 - MAX_QUERY // 2 :]}"


def _anchors(parts: Sequence[Fragment]) -> tuple[str, ...]:
    """Pieces of a quotation, one of which at least stands in one passage if the quotation stands over several.

    Windows over its clauses, since paragraphs rarely end inside of one; smaller ones where there is little of it.
    """
    size = max(2, min(_ANCHOR, _length(parts) // 3))
    clauses = dict.fromkeys(clause for part in parts for clause in part.clauses())
    pieces = dict.fromkeys(piece for clause in clauses for piece in _pieces(clause, size) if len(piece) > 1)
    step = -(-len(pieces) // _MOST_ANCHORS) or 1
    return tuple(pieces)[::step]


def _pieces(clause: str, size: int) -> Iterator[str]:
    """A clause, or windows over a longer one, each of which overlaps the next by half."""
    for start in range(0, max(1, len(clause) - size // 2), size - size // 2):
        yield clause[start : start + size]
