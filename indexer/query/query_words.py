"""The words of a query: as its runs are pieces, but that the name of a document is one word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from indexer.analysis import Analyzer
from indexer.analysis.patterns import lazy
from indexer.analysis.wordings import other_wordings
from indexer.model import Literal
from indexer.query.article_parts import Steps
from indexer.query.compounds import Parts, parts_of, runs_on
from indexer.query.contents import Contents
from indexer.query.corpus import Corpus
from indexer.query.latin_words import is_joined_in_texts, joined, parted_at_capitals, parted_in_texts
from indexer.query.lookups import ISSUERS, Numbered, articles, looked_up, numbered, steps_into_article
from indexer.query.names import Name, without_marks
from indexer.query.pieces import Piece, pieces_of

# What counts only as a whole: one or two letters or digits, and a number with a point.
_TOKEN = lazy(r"[a-z0-9]{1,2}|[0-9]+\.[0-9]+")


class _CutOnce:
    """An analyzer that cuts each text of a query once."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._cuts: dict[str, list[str]] = {}

    def cut(self, chars: str) -> list[str]:
        cut = self._cuts.get(chars)
        if cut is None:
            cut = self._cuts[chars] = self._analyzer.cut(chars)
        return cut

    def knows(self, word: str) -> bool:
        return self._analyzer.knows(word)


class QueryWords:
    """Cuts the runs of one query, knowing what the corpus holds.

    Args:
        analyzer: of the index.
        corpus: what is searched.
        query: as it was typed.
        regional: whether words of other regions may stand for those typed.

    Attributes:
        alone: words each of which is all that a run asks for.
        plain_cut: gives the segmented words of a folded text in which no name is seen, marks included.
    """

    def __init__(self, analyzer: Analyzer, corpus: Corpus, query: str = "", *, regional: bool = True) -> None:
        self._analyzer = analyzer
        self._corpus = corpus
        self._known_names = corpus.names
        self._regional = regional
        self._at_capitals = parted_at_capitals(query)
        self._segmenter = _CutOnce(analyzer)
        self.alone: Collection[str] = ()
        self.plain_cut = self._segmenter.cut
        # Runs are asked for by every tier, and again by what ranks.
        self._names: dict[str, tuple[Name, ...]] = {}
        self._parts: dict[str, Parts] = {}
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._plain_pieces: dict[str, tuple[Piece, ...]] = {}

    def cut(self, text: str) -> Sequence[str]:
        """The segmented words of a folded text, marks included."""
        if not self.names(text):
            return self.plain_cut(text)
        return [each for part, name in self._parted(text) for each in ([part] if name else self.plain_cut(part))]

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a folded text, marks included."""
        pieces = self._pieces.get(text)
        if pieces is None:
            pieces = tuple(self._find_pieces(text)) if self.names(text) else self.plain_pieces(text)
            self._pieces[text] = pieces
        return pieces

    def _find_pieces(self, text: str) -> Iterator[Piece]:
        for part, name in self._parted(text):
            if name:
                yield Piece(part, documents=name.documents)
            else:
                yield from self.plain_pieces(part)

    def plain_pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a folded text in which no name is seen."""
        pieces = self._plain_pieces.get(text)
        if pieces is None:
            found = pieces_of(text, self._segmenter, regional=self._regional)
            pieces = self._plain_pieces[text] = tuple(map(self._as_parted, found))
        return pieces

    def _as_parted(self, piece: Piece) -> Piece:
        """Return a piece, if it is a Latin word with how others part it."""
        if piece.is_unit or not piece.text.isascii():
            return piece
        forms = self._at_capitals.get(piece.text) or parted_in_texts(piece.text, self._corpus)
        return replace(piece, equals=(*piece.equals, *forms)) if forms else piece

    def joined(self, runs: Sequence[str]) -> Literal | None:
        """Folded runs beside each other that are Latin words, which some text joins; None of others."""
        words = joined(runs)
        return words if words and is_joined_in_texts(words, self._corpus) else None

    def outside_names(self, text: str) -> list[str]:
        """What is left of a folded text beside the names in it."""
        return [rest for part, name in self._parted(text) if name is None and (rest := without_marks(part))]

    def names(self, text: str) -> tuple[Name, ...]:
        """The names of documents in a folded text."""
        names = self._names.get(text)
        if names is None:
            names = self._names[text] = tuple(self._find_names(text))
        return names

    def _find_names(self, text: str) -> Iterator[Name]:
        if not (text and self._known_names.may_be_in(text)):
            return iter(())
        edges = frozenset(accumulate(map(len, self.plain_cut(text)), initial=0))
        return self._known_names.inside(text, edges, self._analyzer.knows)

    def titled(self, query: str, asked: Contents) -> tuple[str, ...]:
        """The documents whose title a query is, which then asks for nothing else."""
        return self._known_names.of_title(query) if asked.is_plain else ()

    def called(self, asked: Contents) -> tuple[str, ...]:
        """The documents that a query calls by a short name, and which it asks for alone."""
        if not (asked.is_free and len(asked.free) == 1):
            return ()
        pieces = [piece for piece in self.pieces(asked.meant[0]) if piece.text not in ISSUERS]
        return pieces[0].documents if len(pieces) == 1 else ()

    def named(self, asked: Contents) -> tuple[str, ...]:
        """The documents that runs of a query name, those of quotations aside."""
        return tuple(dict.fromkeys(each for run in asked.meant for name in self.names(run) for each in name.documents))

    def looked_up(self, asked: Contents) -> tuple[str, ...]:
        """The numbers that a query looks up in the documents it names, and which it asks for alone."""
        if not asked.is_free:
            return ()
        return looked_up(self._pieces_apart(asked))

    def numbered(self, asked: Contents) -> Numbered | None:
        """What a query looks up by numbers in documents that it does not name; None where it looks up nothing so."""
        if not asked.is_free or not any(piece.is_unit for run in asked.meant for piece in self.pieces(run)):
            return None
        return numbered(self._pieces_apart(asked))

    def _pieces_apart(self, asked: Contents) -> list[Piece]:
        """The pieces of all runs, a space behind each run."""
        return [piece for run in asked.meant for piece in (*self.pieces(run), Piece(" "))]

    def steps_into_article(self, asked: Contents) -> Steps | None:
        """Where within an article a query asks; None where it asks for all of it, or for none."""
        if not asked.is_free:
            return None
        return steps_into_article(self._pieces_apart(asked))

    def articles(self, asked: Contents) -> tuple[str, ...]:
        """The articles within which a query asks, as headings are called."""
        return articles(piece for run in asked.meant for piece in self.pieces(run))

    def runs_on(self, asked: Contents) -> bool:
        """Tell whether a query is a compound whose last character, wherever it stands, begins another word."""
        is_one = asked.is_free and len(asked.free) == 1
        return is_one and runs_on(asked.meant[0], self._analyzer, self._corpus)

    def parts(self, word: str) -> Parts:
        """What stands for a word that the corpus does not hold: what it is called otherwise, else what is in it."""
        parts = self._parts.get(word)
        if parts is None:
            parts = self._parts[word] = self._find_parts(word)
        return parts

    def _find_parts(self, word: str) -> Parts:
        others = other_wordings().get(word, ()) if self._regional else ()
        if others and not self._corpus.count(Literal((word,))):
            found = tuple(other for other in others if self._corpus.count(Literal((other,))))
            if found:
                return Parts(found)
        return parts_of(word, self._analyzer, self._corpus, alone=word in self.alone)

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
