"""Why a query finds little: how often each of its words occurs, what each filter costs, and a query that asks less."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from indexer.analysis import Analyzer
from indexer.analysis.fold import fold_key
from indexer.engines.contract import Engine, count_matching
from indexer.engines.requests import Counts
from indexer.model import (
    Diagnosis,
    FilterCount,
    Filters,
    Run,
    Tier,
    WordCount,
    required_leaves,
)
from indexer.model.choices import FILTER_NAMES
from indexer.query.pieces import pieces_of
from indexer.query.planner import Plan
from indexer.query.ranking import informative
from indexer.query.run_trees import spelled
from indexer.query.syntax import parse

# Words that are counted, and words that are left out for a shorter query, at most.
WORDS = 32
_LEFT_OUT = 4


class Totals:
    """Counts the ``exact`` and ``all`` hits of queries under filters.

    Attributes:
        at_least: whether any of the counts so far is a lower bound.
    """

    def __init__(self, counts: Callable[[str, Filters], Counts]) -> None:
        self._counts = counts
        self.at_least = False

    def __call__(self, query: str, filters: Filters) -> int:
        """The hits of one query."""
        counted = self._counts(query, filters)
        self.at_least |= counted.at_least
        return counted.tiers[Tier.EXACT] + counted.tiers[Tier.ALL]


def diagnose(
    engine: Engine,
    analyzer: Analyzer,
    query: str,
    columns: Collection[str],
    plan: Plan,
    filters: Filters,
    total: Totals,
) -> Diagnosis:
    """See ``Index.diagnose``."""
    words = dict.fromkeys(word for run in plan.runs for word in _words(analyzer, run))
    counts = {word: _count(engine, word, Filters()) for word in islice(words, WORDS)}
    shorter = _shorter(analyzer, columns, query, counts, lambda other: total(other, filters))
    return Diagnosis(
        query=query,
        total=total(query, filters),
        words=tuple(WordCount(word, count, _count(engine, word, filters)) for word, count in counts.items()),
        filters=tuple(
            FilterCount(name, total(query, replace(filters, **{name: ()})))
            for name in FILTER_NAMES
            if getattr(filters, name)
        ),
        shorter=shorter[0],
        shorter_total=shorter[1],
        at_least=total.at_least,  # after all that is counted
    )


def _words(analyzer: Analyzer, run: str) -> Iterator[str]:
    """The words of a run, a number with its measure being one: 第15条, of which 15 by itself says nothing."""
    for piece in pieces_of(run, analyzer, regional=False):
        yield from [piece.text] if piece.is_unit else analyzer.words(piece.text)


def _count(engine: Engine, word: str, filters: Filters) -> int:
    """Passages in which a word stands, in any of its spellings."""
    return count_matching(engine, spelled(word), filters)


def _shorter(
    analyzer: Analyzer, columns: Collection[str], query: str, counts: Mapping[str, int], total: Callable[[str], int]
) -> tuple[str, int]:
    """The query without the fewest of its rarest words that finds something, and how much; else nothing."""
    for _ in range(_LEFT_OUT):
        query = _without_rarest(analyzer, columns, query, counts)
        if not query:
            break
        if found := total(query):
            return query, found
    return "", 0


def _without_rarest(analyzer: Analyzer, columns: Collection[str], query: str, counts: Mapping[str, int]) -> str:
    """The query without its rarest word; empty where that is all of it, or where none can be left out."""
    runs = [leaf for leaf in required_leaves(parse(query, columns)[0]) if isinstance(leaf, Run)]
    cuts = {run: [piece.text for piece in pieces_of(fold_key(run.text), analyzer, regional=False)] for run in runs}
    words = informative(dict.fromkeys(word for cut in cuts.values() for word in cut if word in counts))
    if len(words) < 2:
        return ""
    rarest = min(words, key=lambda word: counts[word])
    run = next(run for run in runs if rarest in cuts[run])
    left = " ".join(_pieces(run.text, cuts[run], cuts[run].index(rarest)))
    return " ".join(f"{query[: run.start]}{left}{query[run.end :]}".split())


def _pieces(text: str, cut: Sequence[str], without: int) -> Iterator[str]:
    """What stands before and after one of the pieces of a text, as it was typed where folding left its length."""
    folded = "".join(cut)
    shown = text if len(text) == len(folded) else folded
    start = sum(map(len, cut[:without]))
    yield from filter(None, (shown[:start].strip(), shown[start + len(cut[without]) :].strip()))
