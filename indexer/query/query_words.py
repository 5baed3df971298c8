"""The words of a query: as its runs are pieces, but that the name of a document is one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from indexer.analysis import Analyzer
from indexer.model import And, Run, SyntaxNode
from indexer.query.compounds import Parts, parts_of
from indexer.query.corpus import Corpus
from indexer.query.names import Name, without_marks
from indexer.query.pieces import Piece, pieces_of

# What counts only as a whole: one or two letters or digits, and a number with a point.
_TOKEN = re.compile(r"[a-z0-9]{1,2}|[0-9]+\.[0-9]+")


class QueryWords:
    """Cuts the runs of one query, knowing what the corpus holds.

    Args:
        analyzer: of the index.
        corpus: what is searched.
        regional: whether words of other regions may stand for those typed.
    """

    def __init__(self, analyzer: Analyzer, corpus: Corpus, *, regional: bool = True) -> None:
        self._analyzer = analyzer
        self._corpus = corpus
        self._regional = regional
        self._names: dict[str, tuple[Name, ...]] = {}
        self._parts: dict[str, Parts] = {}

    def cut(self, text: str) -> list[str]:
        """The segmented words of a folded text, marks included."""
        return [each for part, name in self._parted(text) for each in ([part] if name else self._analyzer.cut(part))]

    def pieces(self, text: str) -> list[Piece]:
        """The pieces of a folded text, marks included."""
        found: list[Piece] = []
        for part, name in self._parted(text):
            found += [Piece(part, documents=name.documents)] if name else self.plain_pieces(part)
        return found

    def plain_pieces(self, text: str) -> list[Piece]:
        """The pieces of a folded text in which no name is seen."""
        return pieces_of(text, self._analyzer, regional=self._regional)

    def outside_names(self, text: str) -> list[str]:
        """What is left of a folded text beside the names in it."""
        return [rest for part, name in self._parted(text) if name is None and (rest := without_marks(part))]

    def names(self, text: str) -> tuple[Name, ...]:
        """The names of documents in a folded text."""
        if text not in self._names:
            names = self._corpus.names
            cut = self._analyzer.cut(text) if names.documents and text else []
            self._names[text] = tuple(names.inside(text, frozenset(accumulate(map(len, cut), initial=0))))
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

    def _parted(self, text: str) -> Iterator[tuple[str, Name | None]]:
        """Names, and what stands between them."""
        position = 0
        for name in self.names(text):
            if position < name.start:
                yield text[position : name.start], None
            yield text[name.start : name.end], name
            position = name.end
        if position < len(text):
            yield text[position:], None


def counts_whole(word: str) -> bool:
    """Tell whether a folded word counts only where it stands by itself."""
    return _TOKEN.fullmatch(word) is not None
