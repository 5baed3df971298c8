"""A query's tree after analysis: one tree for each tier, and the terms that rank.

    exact   every run stands in the passage literally, or the whole string as typed does
    all     every word of every run is present in the passage, its title or its headings, at least one in the passage
    some    at least one informative word is present in the passage

Negations, fields and years bind in every tier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from indexer.analysis import Analyzer, expand
from indexer.analysis.analyze import uninformative_words
from indexer.analysis.fold import fold_key, is_word_character
from indexer.model import (
    EVERYTHING,
    And,
    Field,
    FieldName,
    Glob,
    Literal,
    Near,
    Node,
    Not,
    Or,
    Run,
    Terms,
    Tier,
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
}
MATCHES: Mapping[str, tuple[Tier, ...]] = {
    "auto": (Tier.EXACT, Tier.ALL, Tier.SOME),
    "all": (Tier.EXACT, Tier.ALL),
    "exact": (Tier.EXACT,),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is asked for a query.

    Attributes:
        tiers: analysed trees, best tier first.
        runs: folded runs that are asked for, in order.
        words: distinct words of those runs and their spellings, in order.
        terms: what ranks: the informative words, their characters and pairs.
        headings_asked: whether the query names headings.
    """

    tiers: tuple[tuple[Tier, Node], ...]
    runs: tuple[str, ...]
    words: tuple[str, ...]
    terms: Terms
    headings_asked: bool = False


def make_plan(query: str, tree: Node, analyzer: Analyzer, match: str = "auto") -> Plan:
    """Analyse a parsed query; ``match`` is a key of ``MATCHES``."""
    runs = tuple(dict.fromkeys(filter(None, map(fold_key, _asked(tree)))))
    pieces = [analyzer.cut(spelling) for run in runs for spelling in expand(run)]
    words = tuple(dict.fromkeys(piece for cut in pieces for piece in cut if any(map(is_word_character, piece))))
    kept = frozenset(informative(words))
    lowering = _Lowering(analyzer, kept)
    trees = {
        Tier.EXACT: lambda: lowering.exact_or_whole(query, tree),
        Tier.ALL: lambda: lowering.anchored(tree),
        Tier.SOME: lambda: lowering.some(tree),
    }
    wanted = MATCHES[match] if runs else (Tier.EXACT,)  # without a run there is nothing to fit less well
    return Plan(
        tiers=tuple((tier, trees[tier]()) for tier in wanted),
        runs=runs,
        words=words,
        terms=_terms(pieces, kept),
        headings_asked=_names_headings(tree),
    )


def _terms(pieces: Iterable[Sequence[str]], kept: Collection[str]) -> Terms:
    """The terms of segmented spellings; what is not in ``kept`` parts characters that would else be pairs."""
    stretches = [
        "".join(piece for piece in stretch)
        for cut in pieces
        for informative_ones, stretch in groupby(cut, kept.__contains__)
        if informative_ones
    ]
    return Terms(
        words=tuple(dict.fromkeys(piece for cut in pieces for piece in cut if piece in kept)),
        characters=tuple(dict.fromkeys(char for stretch in stretches for char in stretch if is_word_character(char))),
        pairs=tuple(dict.fromkeys(pair for stretch in stretches for pair in _pairs(stretch))),
    )


def _names_headings(tree: Node) -> bool:
    """Whether a field that is not negated asks for headings."""
    match tree:
        case And(children) | Or(children):
            return any(map(_names_headings, children))
    return isinstance(tree, Field) and tree.name is FieldName.SECTION


def informative(words: Iterable[str]) -> tuple[str, ...]:
    """The words that make a partial match: all but the uninformative, or all if nothing else is there."""
    every = tuple(words)
    return tuple(word for word in every if word not in uninformative_words()) or every


class _Lowering:
    """Turns syntax into analysed trees, one method for each way of matching."""

    def __init__(self, analyzer: Analyzer, kept: Collection[str]) -> None:
        self._analyzer = analyzer
        self._informative = kept

    def exact_or_whole(self, query: str, tree: Node) -> Node:
        """``exact``, or the string as typed, so that no operator in it can hide a passage."""
        exact = self.exact(tree)
        whole = _literal(query, _TEXT)
        return exact if whole in (EVERYTHING, exact) else Or((exact, whole))

    def exact(self, node: Node) -> Node:
        """Every run literally in the passage."""
        return self._lower(node, lambda run: _literal(run.text, _TEXT), _TEXT)

    def present(self, node: Node) -> Node:
        """Every word in the passage or above it."""
        return self._lower(node, self._present_run, _ANYWHERE)

    def anchored(self, node: Node) -> Node:
        """Every word present, at least one of them in the passage itself."""
        match node:
            case And(children):
                anchors = tuple(self.anchored(child) for child in children if _anchorable(child))
                present = tuple(map(self.present, children))
                return And((*present, Or(anchors)) if anchors else present)
            case Or(children):
                return Or(tuple(map(self.anchored, children)))
            case Run(text, quoted):
                return _literal(text, _TEXT) if quoted else self._anchored_words(text)
        return self.exact(node)

    def some(self, node: Node) -> Node:
        """At least one informative word in the passage."""
        match node:
            case And(children):
                asked = tuple(self.some(child) for child in children if _anchorable(child))
                bound = tuple(self.exact(child) for child in children if not _anchorable(child))
                return And((*bound, Or(asked)) if asked else bound)
            case Or(children):
                return Or(tuple(map(self.some, children)))
            case Run(text):
                kept = [word for word in self._words(text) if word in self._informative]
                return Or((_literal(text, _TEXT), *(Literal(self._forms(word)) for word in kept)))
            case Near(left, right):
                return Or((self.some(left), self.some(right)))
        return self.exact(node)

    def _lower(self, node: Node, lower_run: Callable[[Run], Node], zones: tuple[Zone, ...]) -> Node:
        match node:
            case And(children):
                return And(tuple(self._lower(child, lower_run, zones) for child in children))
            case Or(children):
                return Or(tuple(self._lower(child, lower_run, zones) for child in children))
            case Not(child):
                return Not(self.exact(child))
            case Run():
                return lower_run(node)
            case Wildcard(pieces):
                return _glob(pieces, zones)
            case Near(left, right, distance):
                return _within(left, right, distance)
            case Field(name, value):
                return self._lower_field(value, (_FIELD_ZONES[name],))
            case Years(first, last, undated):
                return Years(first, last, undated)
        raise TypeError(f"not a node of a parsed query: {node!r}")

    def _lower_field(self, value: Run | Wildcard, zones: tuple[Zone, ...]) -> Node:
        return _literal(value.text, zones) if isinstance(value, Run) else _glob(value.pieces, zones)

    def _present_run(self, run: Run) -> Node:
        literal = _literal(run.text, _ANYWHERE)
        words = () if run.quoted else self._words(run.text)
        return Or((literal, And(_each_present(words)))) if words else literal

    def _anchored_words(self, text: str) -> Node:
        literal, words = _literal(text, _TEXT), self._words(text)
        if not words or literal is EVERYTHING:
            return literal
        anchors = Or(tuple(Literal((word,)) for word in words))
        return Or((literal, And((*_each_present(words), anchors))))

    def _forms(self, word: str) -> tuple[str, ...]:
        """A word; one that the segmenter guessed (``史继偕著``) may be half a name, so its pairs too."""
        return (word, *_pairs(word)) if self._analyzer.guessed(word) else (word,)

    def _words(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._analyzer.words(fold_key(text))))


def _each_present(words: Iterable[str]) -> tuple[Node, ...]:
    return tuple(Literal((word,), _ANYWHERE) for word in words)


def _literal(text: str, zones: tuple[Zone, ...]) -> Node:
    """A literal in all its spellings; of characters that fold to nothing, everything."""
    folded = fold_key(text)
    return Literal(expand(folded), zones) if folded else EVERYTHING


def _glob(pieces: tuple[str | Wild, ...], zones: tuple[Zone, ...]) -> Node:
    """``税*`` begins a word, ``*税`` ends one, ``*税*`` stands anywhere."""
    leading, trailing = pieces[0] is Wild.MANY, pieces[-1] is Wild.MANY
    inner = tuple(piece if isinstance(piece, Wild) else fold_key(piece) for piece in pieces)[leading:]
    inner = inner[:-1] if trailing else inner
    if not any((leading != trailing, *(isinstance(piece, Wild) for piece in inner))):
        return Literal(("".join(inner),), zones)
    return Glob(inner, starts_word=trailing and not leading, ends_word=leading and not trailing, zones=zones)


def _within(left: Run, right: Run, distance: int) -> Node:
    sides = _literal(left.text, _TEXT), _literal(right.text, _TEXT)
    if isinstance(sides[0], Literal) and isinstance(sides[1], Literal):
        return Within(sides[0], sides[1], distance)
    return And(sides)


def _anchorable(node: Node) -> bool:
    """Whether a passage can answer the node by its own text."""
    match node:
        case And(children) | Or(children):
            return any(map(_anchorable, children))
    return isinstance(node, Run | Wildcard | Near)


def _asked(node: Node) -> Iterator[str]:
    """The texts asked for, those under negations and fields left out."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _asked(child)
        case Run(text):
            yield text
        case Wildcard(pieces):
            yield from (piece for piece in pieces if not isinstance(piece, Wild))
        case Near(left, right):
            yield left.text
            yield right.text


def _pairs(text: str) -> Iterator[str]:
    """Adjacent word characters, in order."""
    for first, second in pairwise(text):
        if is_word_character(first) and is_word_character(second):
            yield first + second
