"""A parsed query, rewritten by what the analyzer knows: runs of which nothing is visible are left out, and adjacent
runs that together are a word of the user's dictionary (``big data``) become one run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.analysis import Analyzer
from indexer.analysis.fold import fold_key
from indexer.model import EVERYTHING, And, Field, Near, Not, Or, QueryWarning, Run, SyntaxNode, Wildcard, Years


def rewrite(query: str, tree: SyntaxNode, analyzer: Analyzer) -> tuple[SyntaxNode, tuple[QueryWarning, ...]]:
    """Return the tree to be analysed, and warnings about what was left out of it."""
    rewriting = _Rewriting(query, analyzer.spaced_words)
    return rewriting.node(tree) or EVERYTHING, tuple(rewriting.warnings)


class _Rewriting:
    def __init__(self, query: str, spaced_words: frozenset[str]) -> None:
        self._query = query
        self._words = spaced_words
        self._most_runs = max((word.count(" ") + 1 for word in spaced_words), default=1)
        self.warnings: list[QueryWarning] = []

    def node(self, node: SyntaxNode) -> SyntaxNode | None:
        """Return ``node`` without what is invisible; None if nothing is left of it."""
        match node:
            case And(children):
                kept = tuple(self._merge_words(self._visible(children)))
                return And(kept) if len(kept) > 1 else next(iter(kept), None)
            case Or(children):
                kept = tuple(self._visible(children))
                return Or(kept) if len(kept) > 1 else next(iter(kept), None)
            case Not(child):
                inner = self.node(child)
                return inner and Not(inner)
            case Near(left, right):
                kept = tuple(self._visible((left, right)))
                return node if len(kept) > 1 else next(iter(kept), None)
            case Field(_, value):
                return self.node(value) and node
            case Run():
                return self._run(node)
            case Wildcard() | Years():
                return node

    def _run(self, run: Run) -> Run | None:
        if fold_key(run.text):
            return run
        self.warnings.append(QueryWarning("invisible", "这里只有看不见的字符，已略去。", run.start, run.end))
        return None

    def _visible(self, children: Sequence[SyntaxNode]) -> Iterator[SyntaxNode]:
        return filter(None, map(self.node, children))

    def _merge_words(self, children: Iterator[SyntaxNode]) -> Iterator[SyntaxNode]:
        """Return ``children`` with those made one that together are a word, longer words first."""
        rest = list(children)
        while rest:
            sizes = range(min(self._most_runs, len(rest)), 1, -1)
            merged = next(((size, run) for size in sizes if (run := self._as_word(rest[:size]))), (1, rest[0]))
            yield merged[1]
            del rest[: merged[0]]

    def _as_word(self, nodes: Sequence[SyntaxNode]) -> Run | None:
        """Return plain runs with nothing but white space between them as one run, if it is a word."""
        runs = [node for node in nodes if isinstance(node, Run) and not node.quoted]
        parted = (self._query[one.end : other.start].isspace() for one, other in pairwise(runs))
        if len(runs) < len(nodes) or not all(parted):
            return None
        run = Run(self._query[runs[0].start : runs[-1].end], start=runs[0].start, end=runs[-1].end)
        return run if fold_key(run.text) in self._words else None
