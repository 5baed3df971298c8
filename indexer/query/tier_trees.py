"""A parsed and rewritten query → an analysed tree for each tier: what must stand where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
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
    OfDocuments,
    Or,
    QueryNode,
    Run,
    SyntaxNode,
    Wild,
    Wildcard,
    Within,
    Years,
    Zone,
    text_runs,
)
from indexer.query.query_words import QueryWords, is_whole, touches_latin

_ANYWHERE = (Zone.TEXT, Zone.SECTION, Zone.TITLE)
_TEXT = (Zone.TEXT,)
_FIELD_ZONES = {
    FieldName.SECTION: Zone.SECTION,
    FieldName.TOPIC: Zone.TOPIC,
    FieldName.TITLE: Zone.TITLE,
    FieldName.DOCUMENT: Zone.DOCUMENT,
    FieldName.TAG: Zone.TAG,
}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query, folded, and as typed where that matters; of a name the documents it names."""

    folded: str
    original: str = ""
    names: tuple[str, ...] = ()

    def literal(self, zones: tuple[Zone, ...], forms: tuple[str, ...] = ()) -> Literal:
        return Literal(forms or (self.folded,), zones, self.original, whole=is_whole(self.folded))

    def present(self) -> QueryNode:
        """Require it in the passage or above it; the name of a document stands above all of its passages."""
        literal = self.literal(_ANYWHERE)
        return Or((literal, OfDocuments(self.names))) if self.names else literal


class TierTrees:
    """Makes analysed trees of syntax, one method for each way of matching."""

    def __init__(
        self,
        analyzer: Analyzer,
        words: QueryWords,
        informative: Collection[str],
        *,
        script_exact: bool = False,
        is_title: bool = False,
    ) -> None:
        self._analyzer = analyzer
        self._query_words = words
        self._informative = informative
        self._script_exact = script_exact
        self._is_title = is_title

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
                relaxed = [child for child in children if _anchorable(child)]
                if not all(map(is_quoted, relaxed)):  # what is quoted beside other words is meant as it stands
                    relaxed = [child for child in relaxed if not is_quoted(child)]
                wanted = tuple(map(self.some, relaxed))
                bound = tuple(self.present(child) for child in children if child not in relaxed)
                return And((*bound, Or(wanted)) if wanted else bound)
            case Or(children):
                return Or(tuple(map(self.some, children)))
            case Run(text):
                # Of a query that is nothing but a title the words say what else may be meant.
                words = self._words(text, self._analyzer.cut) if self._is_title else self._words(text)
                kept = [word for word in words if word.folded in self._informative]
                forms = (leaf for word in kept for leaf in self._forms(word))
                return Or((self._run(text, _TEXT), *forms, *self._synonyms(text)))
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
            case Field(name, value):
                return self._field_value(value, (_FIELD_ZONES[name],))
            case Years(first, last, undated):
                return Years(first, last, undated)

    def _field_value(self, value: Run | Wildcard, zones: tuple[Zone, ...]) -> QueryNode:
        match value:
            case Run(text):
                return self._literal(text, zones)
            case Wildcard():
                return self._wildcard(value, zones)

    def _present_run(self, run: Run) -> QueryNode:
        literal = self._literal(run.text, _ANYWHERE) if run.quoted else self._run(run.text, _ANYWHERE)
        words = () if run.quoted else self._words(run.text)
        return Or((literal, And(tuple(word.present() for word in words)))) if words else literal

    def _anchored_words(self, text: str) -> QueryNode:
        literal, words = self._run(text, _TEXT), self._words(text)
        if not words:
            return literal
        anchors = Or(tuple(word.literal(_TEXT) for word in words))
        return Or((literal, And((*(word.present() for word in words), anchors))))

    def whole(self, tree: SyntaxNode) -> tuple[QueryNode, ...]:
        """Require the runs that begin or end with a letter or digit as whole tokens; nothing if there are none."""
        runs = [run for run in text_runs(tree) if isinstance(run, Run) and touches_latin(run.text)]
        literals = tuple(replace(self._literal(run.text, _TEXT), whole=True) for run in runs)
        return (And(literals),) if literals else ()

    def _forms(self, word: _Word) -> Iterator[Literal | Within]:
        """Yield what a word may stand as: itself, where the segmenter guessed it (``史继偕著`` may be half a name) its
        pairs, where the corpus does not hold it its parts.
        """
        if self._script_exact or word.names:
            yield word.literal(_TEXT)
            return
        parts = self._query_words.parts(word.folded)
        guessed = pairs(word.folded) if self._analyzer.guessed(word.folded) else ()
        yield word.literal(_TEXT, tuple(dict.fromkeys((word.folded, *parts.words, *guessed))))
        yield from parts.close

    def _words(self, text: str, cut: Callable[[str], list[str]] | None = None) -> tuple[_Word, ...]:
        folded, start = fold(text), 0
        words = []
        pieces = ((piece, None) for piece in cut(folded.text)) if cut else self._query_words.cut_with_names(folded.text)
        for piece, name in pieces:
            if any(map(is_word_character, piece)):
                begin, end = folded.original(start, start + len(piece))
                original = text[begin:end] if self._script_exact else ""
                words.append(_Word(piece, original, name.documents if name else ()))
            start += len(piece)
        return tuple(dict.fromkeys(words))

    def _synonyms(self, text: str) -> Iterator[Literal]:
        """Yield what the user lets stand for words of a run; with ``script_exact`` nothing but what was typed does."""
        if not self._script_exact:
            folded = fold_key(text)
            for synonym in self._analyzer.synonyms.within(folded, self._analyzer.words(folded)):
                yield Literal((synonym,))

    def _run(self, text: str, zones: tuple[Zone, ...]) -> Literal:
        """Return the literal of a run that counts beside others: one that is only a letter or two counts as a token."""
        return replace(self._literal(text, zones), whole=is_whole(fold_key(text)))

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


def is_quoted(node: SyntaxNode) -> bool:
    """Tell whether a node asks for quotations and nothing else."""
    match node:
        case And(children) | Or(children):
            return bool(children) and all(map(is_quoted, children))
        case Run(_, quoted):
            return quoted
        case Not() | Wildcard() | Near() | Field() | Years():
            return False


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
