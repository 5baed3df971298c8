"""The words of a query: as the analyzer cuts them, but that the name of a document is one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from indexer.analysis import Analyzer
from indexer.analysis.fold import fold_key
from indexer.model import And, Run, SyntaxNode
from indexer.query.compounds import Parts, parts_of
from indexer.query.corpus import Corpus
from indexer.query.names import Name, without_marks

# What counts only as a whole: one or two letters or digits, and a number with a point.
_WHOLE = re.compile(r"[a-z0-9]{1,2}|[0-9]+\.[0-9]+")


class QueryWords:
    """Cuts the runs of one query, knowing what the corpus holds."""

    def __init__(self, analyzer: Analyzer, corpus: Corpus) -> None:
        self._analyzer = analyzer
        self._corpus = corpus
        self._names: dict[str, tuple[Name, ...]] = {}
        self._parts: dict[str, Parts] = {}

    def cut(self, text: str) -> list[str]:
        """All pieces of a folded text."""
        return [piece for piece, _ in self.cut_with_names(text)]

    def cut_with_names(self, text: str) -> Iterator[tuple[str, Name | None]]:
        """All pieces of a folded text; those that are a name with what it names."""
        position = 0
        for name in self.names(text):
            yield from ((piece, None) for piece in self._cut(text[position : name.start]))
            yield text[name.start : name.end], name
            position = name.end
        yield from ((piece, None) for piece in self._cut(text[position:]))

    def outside_names(self, text: str) -> list[str]:
        """What is left of a folded text beside the names in it."""
        cut = list(self.cut_with_names(text))
        rests = "".join(piece if name is None else "\n" for piece, name in cut).split("\n")
        return [kept for rest in rests if (kept := without_marks(rest))]

    def names(self, text: str) -> tuple[Name, ...]:
        """The names of documents in a folded text."""
        if text not in self._names:
            names = self._corpus.names
            edges = frozenset(accumulate(map(len, self._cut(text)), initial=0)) if names.documents else ()
            self._names[text] = tuple(names.inside(text, edges))
        return self._names[text]

    def titled(self, query: str, tree: SyntaxNode) -> tuple[str, ...]:
        """The documents whose title a query is, which then asks for nothing else."""
        runs = tree.children if isinstance(tree, And) else (tree,)
        is_plain = bool(runs) and all(isinstance(run, Run) for run in runs)
        return self._corpus.names.of_title(query) if is_plain else ()

    def parts(self, word: str) -> Parts:
        """What stands for a word that the corpus does not hold."""
        if word not in self._parts:
            self._parts[word] = parts_of(word, self._analyzer, self._corpus)
        return self._parts[word]

    def _cut(self, text: str) -> list[str]:
        return self._analyzer.cut(text) if text else []


def is_whole(word: str) -> bool:
    """Tell whether a folded word counts only where it stands by itself."""
    return _WHOLE.fullmatch(word) is not None


def touches_latin(text: str) -> bool:
    """Tell whether a run begins or ends with a letter or digit, so that it may stand inside a longer token."""
    folded = fold_key(text)
    return bool(re.match("[a-z0-9]", folded) or re.search("[a-z0-9]$", folded))
