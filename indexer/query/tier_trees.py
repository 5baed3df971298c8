"""A parsed and rewritten query → an analysed tree for each tier: what must stand where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.analysis import Analyzer, expand
from indexer.analysis.fold import fold, fold_key, is_word_character
from indexer.model import (
    And,
    Field,
    FieldName,
    Glob,
    Literal,
    Near,
    Not,
    Or,
    QueryNode,
    Run,
    SyntaxNode,
    Wild,
    Wildcard,
    Within,
    Years,
    Zone,
)

_ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
_TEXT = (Zone.TEXT,)
_FIELD_ZONES = {
    FieldName.SECTION: Zone.SECTION,
    FieldName.TOPIC: Zone.TOPIC,
    FieldName.TITLE: Zone.TITLE,
    FieldName.DOCUMENT: Zone.DOCUMENT,
    FieldName.TAG: Zone.TAG,
    FieldName.WORK: Zone.WORK,
    FieldName.FIELD: Zone.FIELD,
}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query, folded, and as typed where that matters."""

    folded: str
    original: str = ""

    def literal(self, zones: tuple[Zone, ...], forms: tuple[str, ...] = ()) -> Literal:
        return Literal(forms or (self.folded,), zones, self.original)


class TierTrees:
    """Makes analysed trees of syntax, one method for each way of matching."""

    def __init__(self, analyzer: Analyzer, informative: Collection[str], *, script_exact: bool = False) -> None:
        self._analyzer = analyzer
        self._informative = informative
        self._script_exact = script_exact

    def exact_or_whole(self, query: str, tree: SyntaxNode) -> QueryNode:
        """Require ``exact``, or the string as typed, so that no operator in it can hide a passage."""
        exact = self.exact(tree)
        whole = self._literal(query, _TEXT) if fold_key(query) else exact
        return exact if whole == exact else Or((exact, whole))

    def exact(self, node: SyntaxNode) -> QueryNode:
        """Require every run literally in the passage."""
        return self._analyse(node, lambda run: self._literal(run.text, _TEXT), _TEXT)

    def present(self, node: SyntaxNode) -> QueryNode:
        """Require every word in the passage or above it."""
        return self._analyse(node, self._present_run, _ANYWHERE)

    def anchored(self, node: SyntaxNode) -> QueryNode:
        """Require every word present, at least one of them in the passage itself."""
        match node:
            case And(children):
                anchors = tuple(self.anchored(child) for child in children if _anchorable(child))
                present = tuple(map(self.present, children))
                return And((*present, Or(anchors)) if anchors else present)
            case Or(children):
                return Or(tuple(map(self.anchored, children)))
            case Run(text, quoted):
                return self._literal(text, _TEXT) if quoted else self._anchored_words(text)
            case Not() | Wildcard() | Near() | Field() | Years():
                return self.exact(node)

    def some(self, node: SyntaxNode) -> QueryNode:
        """Require at least one informative word in the passage."""
        match node:
            case And(children):
                wanted = tuple(self.some(child) for child in children if _anchorable(child))
                bound = tuple(self.exact(child) for child in children if not _anchorable(child))
                return And((*bound, Or(wanted)) if wanted else bound)
            case Or(children):
                return Or(tuple(map(self.some, children)))
            case Run(text):
                kept = [word for word in self._words(text) if word.folded in self._informative]
                forms = (word.literal(_TEXT, self._forms(word)) for word in kept)
                return Or((self._literal(text, _TEXT), *forms, *self._synonyms(text)))
            case Near(left, right):
                return Or((self.some(left), self.some(right)))
            case Not() | Wildcard() | Field() | Years():
                return self.exact(node)

    def _analyse(self, node: SyntaxNode, of_run: Callable[[Run], QueryNode], zones: tuple[Zone, ...]) -> QueryNode:
        match node:
            case And(children):
                return And(tuple(self._analyse(child, of_run, zones) for child in children))
            case Or(children):
                return Or(tuple(self._analyse(child, of_run, zones) for child in children))
            case Not(child):
                return Not(self.exact(child))
            case Run():
                return of_run(node)
            case Wildcard():
                return self._wildcard(node, zones)
            case Near(left, right, distance):
                return Within(self._literal(left.text, _TEXT), self._literal(right.text, _TEXT), distance)
            case Field(name, value, column=column):
                return _in_column(self._field_value(value, (_FIELD_ZONES[name],)), column)
            case Years(first, last, undated):
                return Years(first, last, undated)

    def _field_value(self, value: Run | Wildcard, zones: tuple[Zone, ...]) -> QueryNode:
        match value:
            case Run(text):
                return self._literal(text, zones)
            case Wildcard():
                return self._wildcard(value, zones)

    def _present_run(self, run: Run) -> QueryNode:
        literal = self._literal(run.text, _ANYWHERE)
        words = () if run.quoted else self._words(run.text)
        return Or((literal, And(_each_present(words)))) if words else literal

    def _anchored_words(self, text: str) -> QueryNode:
        literal, words = self._literal(text, _TEXT), self._words(text)
        if not words:
            return literal
        anchors = Or(tuple(word.literal(_TEXT) for word in words))
        return Or((literal, And((*_each_present(words), anchors))))

    def _forms(self, word: _Word) -> tuple[str, ...]:
        """Return a word and, where the segmenter guessed it (``史继偕著`` may be half a name), its pairs."""
        return (word.folded, *pairs(word.folded)) if self._analyzer.guessed(word.folded) else (word.folded,)

    def _words(self, text: str) -> tuple[_Word, ...]:
        folded, start = fold(text), 0
        words = []
        for piece in self._analyzer.cut(folded.text):
            if any(map(is_word_character, piece)):
                begin, end = folded.original(start, start + len(piece))
                words.append(_Word(piece, text[begin:end] if self._script_exact else ""))
            start += len(piece)
        return tuple(dict.fromkeys(words))

    def _synonyms(self, text: str) -> Iterator[Literal]:
        """Yield what the user lets stand for words of a run; with ``script_exact`` nothing but what was typed does."""
        if not self._script_exact:
            folded = fold_key(text)
            for synonym in self._analyzer.synonyms.within(folded, self._analyzer.words(folded)):
                yield Literal((synonym,))

    def _literal(self, text: str, zones: tuple[Zone, ...]) -> Literal:
        """Return a literal in all its spellings."""
        folded = fold_key(text)
        return Literal((folded,), zones, text) if self._script_exact else Literal(expand(folded), zones)

    def _wildcard(self, wildcard: Wildcard, zones: tuple[Zone, ...]) -> QueryNode:
        """Return what a run with wildcards means, or the run as typed, so that no wildcard in it can hide a passage."""
        return Or((self._glob(wildcard.pieces, zones), self._literal(wildcard.text, zones)))

    def _glob(self, pieces: Sequence[str | Wild], zones: tuple[Zone, ...]) -> QueryNode:
        """``税*`` begins a word, ``*税`` ends one, ``*税*`` stands anywhere."""
        kept = [piece for piece in pieces if isinstance(piece, Wild) or fold_key(piece)]
        leading, trailing = kept[0] is Wild.MANY, kept[-1] is Wild.MANY
        inner = kept[leading : len(kept) - trailing]
        typed = tuple(piece for piece in inner if not isinstance(piece, Wild))
        if leading == trailing and len(typed) == len(inner):
            return self._literal("".join(typed), zones)
        return Glob(
            tuple(piece if isinstance(piece, Wild) else fold_key(piece) for piece in inner),
            starts_word=trailing and not leading,
            ends_word=leading and not trailing,
            zones=zones,
            originals=typed if self._script_exact else (),
        )


def _each_present(words: Iterable[_Word]) -> tuple[Literal, ...]:
    return tuple(word.literal(_ANYWHERE) for word in words)


def _anchorable(node: SyntaxNode) -> bool:
    """Tell whether a passage can answer the node by its own text."""
    match node:
        case And(children) | Or(children):
            return any(map(_anchorable, children))
        case Run() | Wildcard() | Near():
            return True
        case Not() | Field() | Years():
            return False


def pairs(text: str) -> Iterator[str]:
    """Yield adjacent word characters, in order."""
    for first, second in pairwise(text):
        if is_word_character(first) and is_word_character(second):
            yield first + second


def _in_column(node: QueryNode, column: str) -> QueryNode:
    """Give a column to the leaves of a field's value."""
    match node:
        case Literal() | Glob() if column:
            return replace(node, column=column)
        case Or(children) if column:
            return Or(tuple(_in_column(child, column) for child in children))
    return node
