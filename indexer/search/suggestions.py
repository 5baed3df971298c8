"""Other queries to offer when few passages fit: never a silent correction, always something that the corpus holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from indexer.analysis import Analyzer
from indexer.analysis.confusables import LONGEST, SHORTEST, ConfusableWords
from indexer.analysis.fold import fold_key
from indexer.engines.contract import Engine, count_matching
from indexer.engines.per_commit import PerCommit
from indexer.model import SyntaxNode, Wildcard, text_runs
from indexer.query.tier_trees import spelled

# A run that stands in fewer passages than this may be mistyped; what is suggested stands in so many times more.
FEW = 10
_MORE = 3
# Suggestions at most, queries offered to choose them from, replacements tried for one run, and code points of a run
# that is looked at.
MOST = 3
_OFFERED = 10
_TRIED = 40
LONGEST_RUN = 12


class Suggester:
    """Makes suggestions from the words of one index; they are gathered at first need and after each commit."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._confusable = PerCommit(engine, lambda: ConfusableWords(word for word, _ in engine.vocabulary()))

    def suggest(self, query: str, tree: SyntaxNode) -> tuple[str, ...]:
        """Queries with one run replaced by a far more frequent one that sounds or looks alike, most frequent first.

        Only the run was counted: how much the whole query finds is for the caller to ask.
        """
        found: dict[str, int] = {}
        for run in text_runs(tree):
            if isinstance(run, Wildcard):
                continue
            for text, count in self._better(run.text):
                inside = query[run.start : run.end].replace(run.text, text)
                found[query[: run.start] + inside + query[run.end :]] = count
        return tuple(sorted(found, key=lambda suggestion: -found[suggestion])[:_OFFERED])

    def _better(self, text: str) -> Iterator[tuple[str, int]]:
        """What a rare run may have been typed for, and in how many passages that stands."""
        if not SHORTEST <= len(text) <= LONGEST_RUN or (own := self._count(text)) >= FEW:
            return
        for other in islice(dict.fromkeys(self._replaced(text)), _TRIED):
            count = self._count(other)
            if count > _MORE * own:
                yield other, count

    def _replaced(self, text: str) -> Iterator[str]:
        """``text`` with some adjacent characters replaced, longer replacements first."""
        folded = fold_key(text)
        if len(folded) != len(text):
            text = folded
        confusable = self._confusable()
        for length in range(LONGEST, SHORTEST - 1, -1):
            for start in range(len(folded) - length + 1):
                for other in confusable.of(folded[start : start + length]):
                    yield text[:start] + other + text[start + length :]

    def _count(self, text: str) -> int:
        """Passages that hold ``text``."""
        return count_matching(self._engine, spelled(fold_key(text)))
