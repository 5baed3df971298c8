"""What is asked of one run of a query, in each way of matching: its characters, its words, what may stand for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.analysis import Analyzer, Folded, Synonyms, expand, fold
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold_key, has_word_character, is_word_character
from indexer.analysis.patterns import lazy
from indexer.model import And, Literal, OfDocuments, Or, QueryNode, Within, Zone
from indexer.query.grades import distinct
from indexer.query.pieces import Piece
from indexer.query.query_words import QueryWords, counts_whole

# Two characters of words beside each other; the second may be the first of the next.
_PAIR = lazy(r"(?=(\w\w))")
ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
TEXT = (Zone.TEXT,)


@dataclass(slots=True, eq=False)
class Word:
    """A word of the query, and where it must stand.

    Attributes:
        piece: what it is of its run.
        original: it as typed, where that matters; else empty.
        in_text: it in the passage itself.
        present: it in the passage or above it; the name of a document stands above all of its passages.
        forms: what it may stand as in a partial match, once that was asked for.
    """

    piece: Piece
    original: str
    in_text: Literal
    present: QueryNode
    forms: tuple[Literal | Within, ...] = ()

    @classmethod
    def of(cls, piece: Piece, original: str = "") -> Word:
        """Return a piece as a word."""
        anywhere, whole = _spellings_of(piece, original)
        present: QueryNode = Literal(anywhere, ANYWHERE, original, whole=whole)
        if piece.documents:
            present = Or((present, OfDocuments(piece.documents)))
        return cls(piece, original, Literal(anywhere, TEXT, original, whole=whole), present)

    @property
    def folded(self) -> str:
        """Its folded characters."""
        return self.piece.text


@dataclass(slots=True, eq=False)
class _Run:
    """A run of the query, as it counts beside others.

    Attributes:
        literal: it in the passage: one that is only a letter or two counts whole.
        words: its words, each once.
        partial: the same; of a query that is nothing but a title those in it, which say what else may be meant.
        informative: those of ``partial`` that each make a partial match.
    """

    literal: Literal
    words: Sequence[Word]
    partial: Sequence[Word]
    informative: Sequence[Word]


class RunTrees:
    """Makes the trees of single runs. What several tiers and grades ask of a run is made once.

    Args:
        analyzer: of the index.
        words: of the query.
        informative: those that each make a partial match.
        synonyms: what else may stand for words, in a partial match.
        script_exact: whether only the characters that were typed match.
        is_title: whether the query is nothing but a title.
        named: ids of the documents that it names; none of a query that is a title.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        words: QueryWords,
        informative: Collection[str],
        synonyms: Synonyms,
        *,
        script_exact: bool,
        is_title: bool,
        named: tuple[str, ...],
    ) -> None:
        self._analyzer = analyzer
        self._query_words = words
        self._informative = informative
        self._synonyms = synonyms
        self._script_exact = script_exact
        self._is_title = is_title
        self._named = named
        self._runs: dict[str, _Run] = {}
        self._literals: dict[tuple[str, tuple[Zone, ...]], Literal] = {}

    def literal(self, text: str, zones: tuple[Zone, ...] = TEXT) -> Literal:
        """Return a run literally, in all its spellings."""
        key = text, zones
        literal = self._literals.get(key)
        if literal is None:
            folded = fold_key(text)
            literal = Literal((folded,), zones, text) if self._script_exact else spelled(folded, zones)
            self._literals[key] = literal
        return literal

    def present(self, text: str) -> QueryNode:
        """Require a run, or each of its words, in the passage or above it."""
        run = self._run(text)
        literal = Literal(run.literal.alternatives, ANYWHERE, run.literal.original, whole=run.literal.whole)
        return any_of((literal, all_of([word.present for word in run.words]))) if run.words else literal

    def anchored(self, text: str) -> QueryNode:
        """Require a run in the passage, or each of its words there or above it and at least one of them there."""
        run = self._run(text)
        anchor = self._anchor(run.words)
        if not run.words or anchor == run.literal:
            return run.literal
        return Or((run.literal, And((*[word.present for word in run.words], anchor))))

    def some(self, text: str) -> QueryNode:
        """Require an informative word of a run, or what may stand for one, in the passage."""
        run = self._run(text)
        forms = [form for word in run.informative for form in self.forms(word)]
        return any_of([run.literal, *forms, *self._pairs_of_singles(text, run.partial), *self._standing_for(text)])

    def informative_words(self, text: str) -> Sequence[Word]:
        """Return the words of a run that each make a partial match."""
        return self._run(text).informative

    def forms(self, word: Word) -> tuple[Literal | Within, ...]:
        """Return what a word may stand as: itself, where the segmenter guessed it (``史继偕著`` may be half a name) its
        pairs, where the corpus does not hold it its parts.
        """
        if not word.forms:
            word.forms = self._find_forms(word)
        return word.forms

    def _find_forms(self, word: Word) -> tuple[Literal | Within, ...]:
        if self._script_exact or word.piece.documents or word.piece.is_unit:
            return (word.in_text,)
        parts = self._query_words.parts(word.folded)
        guessed = pairs(word.folded) if self._analyzer.guessed(word.folded) else ()
        if not (parts.words or guessed):
            return (word.in_text, *parts.close)
        anywhere, whole = _spellings_of(word.piece, "", tuple(dict.fromkeys((word.folded, *parts.words, *guessed))))
        return (Literal(anywhere, whole=whole), *parts.close)

    def _anchor(self, words: Sequence[Word]) -> QueryNode:
        """Require any word in the passage itself; of a named document a heading says as much (``刑法第二十条``)."""
        anchors: list[QueryNode] = [word.in_text for word in words]
        if self._named:
            own = [word for word in words if not word.piece.documents]
            headings = [replace(word.in_text, zones=(Zone.SECTION,)) for word in own]
            anchors += [And((OfDocuments(self._named), any_of(headings)))] if headings else []
        return any_of(anchors)

    def _run(self, text: str) -> _Run:
        run = self._runs.get(text)
        if run is None:
            run = self._runs[text] = self._find_run(text)
        return run

    def _find_run(self, text: str) -> _Run:
        literal = self.literal(text)
        if counts_whole(literal.alternatives[0]):
            literal = Literal((), TEXT, literal.original, whole=literal.spellings)
        words = self._cut(text)
        partial = self._cut(text, names=False) if self._is_title else words
        return _Run(literal, words, partial, [word for word in partial if word.folded in self._informative])

    def _cut(self, text: str, *, names: bool = True) -> Sequence[Word]:
        folded = fold(text)
        pieces = (self._query_words.pieces if names else self._query_words.plain_pieces)(folded.text)
        if self._script_exact:
            return self._as_typed(text, folded, pieces)
        return [Word.of(piece) for piece in dict.fromkeys(pieces) if has_word_character(piece.text)]

    @staticmethod
    def _as_typed(text: str, folded: Folded, pieces: Iterable[Piece]) -> Sequence[Word]:
        """Return the words of a run with the very characters that each was typed with."""
        start = 0
        typed: dict[tuple[Piece, str], None] = {}
        for piece in pieces:
            if has_word_character(piece.text):
                begin, end = folded.original(start, start + len(piece.text))
                typed[piece, text[begin:end]] = None
            start += len(piece.text)
        return [Word.of(piece, original) for piece, original in typed]

    def _pairs_of_singles(self, text: str, words: Sequence[Word]) -> Iterator[Literal]:
        """Yield the pairs of what the segmenter left as single characters: a name that it does not know."""
        for one, other in () if self._script_exact else pairwise(words):
            both = one.folded + other.folded
            adjacent = len(both) == 2 and both in fold_key(text) and all(map(is_word_character, both))
            if adjacent and uninformative_words().isdisjoint(both):
                yield Literal((both,))

    def _standing_for(self, text: str) -> Iterator[Literal]:
        """Yield what the user lets stand for words of a run; with ``script_exact`` nothing but what was typed does."""
        if self._synonyms.entries and not self._script_exact:
            folded = fold_key(text)
            for synonym in self._synonyms.within(folded, self._analyzer.words(folded)):
                yield Literal((synonym,))


def _spellings_of(piece: Piece, original: str, forms: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a word stands as anywhere, and what only whole: a number with its measure whole, in all spellings; a
    word as regions call it, one of few letters whole.

    Args:
        piece: the word.
        original: it as typed, where only that counts; else empty.
        forms: what it may stand as; without any itself.
    """
    forms = forms or (piece.text,)
    if original:
        return ((), forms) if piece.is_unit or counts_whole(piece.text) else (forms, ())
    if piece.is_unit:
        spellings = (*_in_all_spellings(filter(None, (piece.text, piece.article))), *_in_all_spellings(piece.equals))
        return (), tuple(dict.fromkeys(spellings))
    if counts_whole(piece.text):
        return (), (*forms, *piece.others)
    return (*forms, *piece.others), _in_all_spellings(piece.equals)


def _in_all_spellings(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spelling for text in texts for spelling in expand(text)))


def spelled(folded: str, zones: tuple[Zone, ...] = TEXT) -> Literal:
    """Return a folded run anywhere, or any other spelling of it that is no part of a longer number."""
    typed, *others = expand(folded)
    return Literal((typed,), zones, whole=tuple(others))


def pairs(text: str) -> list[str]:
    """Return adjacent word characters, in order."""
    return _PAIR.findall(text)


def any_of(nodes: Iterable[QueryNode]) -> QueryNode:
    """Return one tree that is true where any of some is."""
    found = distinct(nodes)
    return found[0] if len(found) == 1 else Or(found)


def all_of(nodes: Iterable[QueryNode]) -> QueryNode:
    """Return one tree that is true where all of some are."""
    found = distinct(nodes)
    return found[0] if len(found) == 1 else And(found)
