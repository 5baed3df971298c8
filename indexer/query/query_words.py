"""The words of a query: as its runs are pieces, but that the name of a document is one word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from indexer.analysis import Analyzer
from indexer.analysis.fold import fold_key
from indexer.analysis.patterns import lazy
from indexer.model import And, Run, SyntaxNode
from indexer.query.compounds import Parts, parts_of, runs_on
from indexer.query.corpus import Corpus
from indexer.query.lookups import ISSUERS, looked_up
from indexer.query.names import Name, Names, without_marks
from indexer.query.pieces import Piece, pieces_of

# What counts only as a whole: one or two letters or digits, and a number with a point.
_TOKEN = lazy(r"[a-z0-9]{1,2}|[0-9]+\.[0-9]+")


class QueryWords:
    """Cuts the runs of one query, knowing what the corpus holds.

    Args:
        analyzer: of the index.
        corpus: what is searched.
        regional: whether words of other regions may stand for those typed.

    Attributes:
        alone: words each of which is all that a run asks for.
    """

    def __init__(self, analyzer: Analyzer, corpus: Corpus, *, regional: bool = True) -> None:
        self._analyzer = analyzer
        self._corpus = corpus
        self._regional = regional
        self.alone: Collection[str] = ()
        # Runs are asked for by every tier, and again by what ranks.
        self._cuts: dict[str, list[str]] = {}
        self._names: dict[str, tuple[Name, ...]] = {}
        self._parts: dict[str, Parts] = {}
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._plain_pieces: dict[str, tuple[Piece, ...]] = {}

    def cut(self, text: str) -> Sequence[str]:
        """The segmented words of a folded text, marks included."""
        if not self.names(text):
            return self.plain_cut(text)
        return [each for part, name in self._parted(text) for each in ([part] if name else self.plain_cut(part))]

    def plain_cut(self, text: str) -> Sequence[str]:
        """The segmented words of a folded text in which no name is seen."""
        if text not in self._cuts:
            self._cuts[text] = self._analyzer.cut(text)
        return self._cuts[text]

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a folded text, marks included."""
        if text not in self._pieces:
            self._pieces[text] = tuple(self._find_pieces(text)) if self.names(text) else self.plain_pieces(text)
        return self._pieces[text]

    def _find_pieces(self, text: str) -> Iterator[Piece]:
        for part, name in self._parted(text):
            if name:
                yield Piece(part, documents=name.documents)
            else:
                yield from self.plain_pieces(part)

    def plain_pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a folded text in which no name is seen."""
        if text not in self._plain_pieces:
            self._plain_pieces[text] = tuple(pieces_of(text, self._analyzer, regional=self._regional))
        return self._plain_pieces[text]

    def outside_names(self, text: str) -> list[str]:
        """What is left of a folded text beside the names in it."""
        return [rest for part, name in self._parted(text) if name is None and (rest := without_marks(part))]

    def names(self, text: str) -> tuple[Name, ...]:
        """The names of documents in a folded text."""
        if text not in self._names:
            cut = self.plain_cut(text) if self._known_names.documents and text else []
            edges = frozenset(accumulate(map(len, cut), initial=0))
            self._names[text] = tuple(self._known_names.inside(text, edges, self._analyzer.knows))
        return self._names[text]

    @cached_property
    def _known_names(self) -> Names:
        return self._corpus.names

    def titled(self, query: str, tree: SyntaxNode) -> tuple[str, ...]:
        """The documents whose title a query is, which then asks for nothing else."""
        return self._known_names.of_title(query) if _plain_runs(tree) else ()

    def called(self, tree: SyntaxNode) -> tuple[str, ...]:
        """The documents that a query calls by a short name, and which it asks for alone."""
        runs = _plain_runs(tree)
        if len(runs) != 1 or runs[0].quoted:
            return ()
        pieces = [piece for piece in self.pieces(fold_key(runs[0].text)) if piece.text not in ISSUERS]
        return pieces[0].documents if len(pieces) == 1 else ()

    def looked_up(self, tree: SyntaxNode) -> tuple[str, ...]:
        """The numbers that a query looks up in the documents it names, and which it asks for alone."""
        runs = _plain_runs(tree)
        if not runs or any(run.quoted for run in runs):
            return ()
        return looked_up([piece for run in runs for piece in (*self.pieces(fold_key(run.text)), Piece(" "))])

    def runs_on(self, tree: SyntaxNode) -> bool:
        """Tell whether a query is a compound whose last character, wherever it stands, begins another word."""
        runs = _plain_runs(tree)
        return len(runs) == 1 and not runs[0].quoted and runs_on(fold_key(runs[0].text), self._analyzer, self._corpus)

    def parts(self, word: str) -> Parts:
        """What stands for a word that the corpus does not hold."""
        if word not in self._parts:
            self._parts[word] = parts_of(word, self._analyzer, self._corpus, alone=word in self.alone)
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


def _plain_runs(tree: SyntaxNode) -> tuple[Run, ...]:
    """The runs of a query that is nothing else; none of any other."""
    nodes = tree.children if isinstance(tree, And) else (tree,)
    runs = tuple(node for node in nodes if isinstance(node, Run))
    return runs if len(runs) == len(nodes) else ()


def counts_whole(word: str) -> bool:
    """Tell whether a folded word counts only where it stands by itself."""
    return _TOKEN.fullmatch(word) is not None
