"""A parsed and rewritten query → an analysed tree for each tier: what must stand where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from indexer.analysis import Analyzer, Synonyms, expand
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold, fold_key, is_word_character
from indexer.analysis.spellings import is_parted
from indexer.model import (
    EVERYTHING,
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
from indexer.query.grades import distinct, grades
from indexer.query.pieces import Piece
from indexer.query.query_words import QueryWords, counts_whole

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


@dataclass(frozen=True, eq=False)
class _Word:
    """A word of the query, and as typed where that matters; what all tiers ask of it is made once."""

    piece: Piece
    original: str = ""

    @property
    def folded(self) -> str:
        return self.piece.text

    @cached_property
    def in_text(self) -> Literal:
        """It in the passage itself."""
        return self.literal(_TEXT)

    @cached_property
    def present(self) -> QueryNode:
        """It in the passage or above it; the name of a document stands above all of its passages."""
        literal = self.literal(_ANYWHERE)
        return Or((literal, OfDocuments(self.piece.documents))) if self.piece.documents else literal

    def literal(self, zones: tuple[Zone, ...], forms: tuple[str, ...] = ()) -> Literal:
        """Return where it stands: a number with its measure whole, in all spellings; a word as regions call it, one of
        few letters whole.
        """
        if self.piece.is_unit:
            return Literal((), zones, self.original, whole=self._unit_spellings())
        others = () if self.original else self.piece.others
        forms = (*(forms or (self.folded,)), *others)
        if counts_whole(self.folded):
            return _whole(forms, zones, self.original)
        return Literal(forms, zones, self.original, whole=() if self.original else self._equal_spellings())

    def _unit_spellings(self) -> tuple[str, ...]:
        if self.original:
            return (self.folded,)
        texts = filter(None, (self.folded, self.piece.article))
        spellings = (spelling for text in texts for spelling in expand(text))
        return tuple(dict.fromkeys((*spellings, *self._equal_spellings())))

    def _equal_spellings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spelling for text in self.piece.equals for spelling in expand(text)))


class TierTrees:
    """Makes analysed trees of syntax, one method for each way of matching."""

    def __init__(
        self,
        analyzer: Analyzer,
        words: QueryWords,
        informative: Collection[str],
        *,
        script_exact: bool = False,
        synonyms: Synonyms | None = None,
        titled: tuple[str, ...] = (),
        named: tuple[str, ...] = (),
    ) -> None:
        self._analyzer = analyzer
        self._synonyms = synonyms or Synonyms()
        self._query_words = words
        self._informative = informative
        self._script_exact = script_exact
        self._is_title = bool(titled)
        self._named = () if titled else named
        # Every tier and every grade asks for the words of a run, and for what each may stand as.
        self._words_of: dict[tuple[str, bool], tuple[_Word, ...]] = {}
        self._forms_of: dict[_Word, tuple[Literal | Within, ...]] = {}
        self._literals: dict[tuple[str, tuple[Zone, ...]], Literal] = {}

    def exact_or_whole(self, query: str, tree: SyntaxNode, as_text: SyntaxNode) -> tuple[QueryNode, ...]:
        """Require ``exact``, or the string as typed, so that no operator in it can hide a passage; grade by grade.

        Args:
            query: the string.
            tree: the query.
            as_text: the same with what may be no operator as text, which is better.
        """
        exact = self.exact(tree)
        folded = fold_key(query)
        if not folded:
            return (exact,)
        whole = self._literal(query, _TEXT)
        if whole == exact:
            return grades(exact)
        better: QueryNode | None = whole if is_parted(folded) and _is_plain(tree) else None
        if as_text != tree:
            better = Or((self.exact(as_text), whole))
        return grades(_any([exact, whole, *([better] if better else [])]), better)

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
                anchors = [self.anchored(child) for child in children if _anchorable(child)]
                present = map(self.present, children)
                return And((*present, _any(anchors)) if anchors else tuple(present))
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
                wanted = _any(map(self.some, relaxed))
                bound = tuple(self.present(child) for child in children if child not in relaxed)
                return _all((*bound, wanted) if relaxed else bound)
            case Or(children):
                return Or(tuple(map(self.some, children)))
            case Run(text):
                forms = (leaf for word in self._informative_words(text) for leaf in self._forms(word))
                return _any((self._run(text, _TEXT), *forms, *self._pairs_of_singles(text), *self._standing_for(text)))
            case Near(left, right):
                return Or((self.some(left), self.some(right)))
            case Not() | Wildcard() | Field() | Years():
                return self.exact(node)

    def near(self, node: SyntaxNode) -> QueryNode:
        """Require what binds even where no word is asked for: negations, fields, years, and what is meant literally."""
        match node:
            case And(children):
                return And(tuple(map(self.near, children)))
            case Or(children):
                return Or(tuple(map(self.near, children)))
            case Run(_, quoted) if not quoted:
                return EVERYTHING
            case Run() | Not() | Wildcard() | Near() | Field() | Years():
                return self.exact(node)

    def some_grades(self, node: SyntaxNode) -> tuple[QueryNode, ...]:
        """Return the grades of ``some``: passages that answer every run of a plain query by all of its informative
        words, by at least one of them, and those that answer any run.
        """
        runs = self._runs_of_words(node)
        if len(runs) < 2:
            return (self.some(node),)
        of_several = any(len(words) > 1 for words in runs)  # else one word of each run is every word
        wanted = (self._every_run(runs, every_word=each) for each in ((True, False) if of_several else (True,)))
        return distinct((*wanted, self.some(node)))

    def sorted_by_headings(self, node: SyntaxNode) -> Iterator[QueryNode]:
        """Yield for each run that asks for a compound alone which stands nowhere: its words in the passage, what sort
        of thing it is above that.
        """
        runs = (run for run in text_runs(node) if isinstance(run, Run) and not run.quoted)
        words = (word.folded for run in runs for word in self._informative_words(run.text))
        for parts in (self._query_words.parts(word) for word in words if word in self._query_words.alone):
            if parts.suffix and not self._script_exact:
                yield And((Literal(parts.words), Literal((parts.suffix,), (Zone.SECTION, Zone.TITLE))))

    def _every_run(self, runs: Sequence[Sequence[_Word]], *, every_word: bool) -> QueryNode:
        """Require every word of each run, or one, in the passage or above it, and any word in the passage."""
        together = _all if every_word else _any
        wanted = (together(map(self._anywhere, words)) for words in runs)
        return And((*wanted, _any(form for words in runs for word in words for form in self._forms(word))))

    def _runs_of_words(self, node: SyntaxNode) -> list[list[_Word]]:
        """Return the informative words of each run that has any, of a query that is nothing but unquoted runs."""
        if self._script_exact or not isinstance(node, And) or not _is_plain(node) or any(map(is_quoted, node.children)):
            return []
        runs = (self._informative_words(run.text) for run in node.children if isinstance(run, Run))
        return list(filter(None, runs))

    def _anywhere(self, word: _Word) -> QueryNode:
        """Require a word, or what stands for it, in the passage, or itself above it."""
        return Or((*self._forms(word), word.present))

    def _informative_words(self, text: str) -> list[_Word]:
        return [word for word in self._partial_words(text) if word.folded in self._informative]

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
        literal = self._literal(run.text, _ANYWHERE) if run.quoted else self._run(run.text, _ANYWHERE)
        words = () if run.quoted else self._words(run.text)
        return _any((literal, _all(_each_present(words)))) if words else literal

    def _anchored_words(self, text: str) -> QueryNode:
        literal, words = self._run(text, _TEXT), self._words(text)
        anchor = self._anchor(words)
        if not words or anchor == literal:
            return literal
        return Or((literal, And((*_each_present(words), anchor))))

    def _anchor(self, words: Sequence[_Word]) -> QueryNode:
        """Require any word in the passage itself; of a named document a heading says as much (``刑法第二十条``)."""
        in_text = [word.in_text for word in words]
        in_headings = [word.literal((Zone.SECTION,)) for word in words if self._named and not word.piece.documents]
        return _any([*in_text, *([And((OfDocuments(self._named), _any(in_headings)))] if in_headings else [])])

    def _forms(self, word: _Word) -> tuple[Literal | Within, ...]:
        """Return what a word may stand as: itself, where the segmenter guessed it (``史继偕著`` may be half a name) its
        pairs, where the corpus does not hold it its parts.
        """
        if word not in self._forms_of:
            self._forms_of[word] = tuple(self._find_forms(word))
        return self._forms_of[word]

    def _find_forms(self, word: _Word) -> Iterator[Literal | Within]:
        if self._script_exact or word.piece.documents or word.piece.is_unit:
            yield word.in_text
            return
        parts = self._query_words.parts(word.folded)
        guessed = pairs(word.folded) if self._analyzer.guessed(word.folded) else ()
        forms = tuple(dict.fromkeys((word.folded, *parts.words, *guessed)))
        yield word.literal(_TEXT, forms) if len(forms) > 1 else word.in_text
        yield from parts.close

    def _partial_words(self, text: str) -> tuple[_Word, ...]:
        """Return the words of a run; of a query that is nothing but a title those in it say what else may be meant."""
        return self._words(text, names=not self._is_title)

    def _words(self, text: str, *, names: bool = True) -> tuple[_Word, ...]:
        """Return the words of a run, each once; the names of documents in it are words if ``names``."""
        key = text, names
        if key not in self._words_of:
            cut = self._cut(text, names=names)
            self._words_of[key] = tuple({(word.piece, word.original): word for word in cut}.values())
        return self._words_of[key]

    def _cut(self, text: str, *, names: bool) -> Iterator[_Word]:
        folded, start = fold(text), 0
        for piece in (self._query_words.pieces if names else self._query_words.plain_pieces)(folded.text):
            if any(map(is_word_character, piece.text)):
                begin, end = folded.original(start, start + len(piece.text))
                yield _Word(piece, text[begin:end] if self._script_exact else "")
            start += len(piece.text)

    def _pairs_of_singles(self, text: str) -> Iterator[Literal]:
        """Yield the pairs of what the segmenter left as single characters: a name that it does not know."""
        words = self._partial_words(text)
        for one, other in pairwise(words):
            both = one.folded + other.folded
            adjacent = len(both) == 2 and both in fold_key(text) and all(map(is_word_character, both))
            if adjacent and not self._script_exact and uninformative_words().isdisjoint(both):
                yield Literal((both,))

    def _standing_for(self, text: str) -> Iterator[Literal]:
        """Yield what the user lets stand for words of a run; with ``script_exact`` nothing but what was typed does."""
        if self._synonyms.entries and not self._script_exact:
            folded = fold_key(text)
            for synonym in self._synonyms.within(folded, self._analyzer.words(folded)):
                yield Literal((synonym,))

    def _run(self, text: str, zones: tuple[Zone, ...]) -> Literal:
        """Return the literal of a run that counts beside others: one that is only a letter or two counts whole."""
        literal = self._literal(text, zones)
        whole = literal.alternatives and counts_whole(literal.alternatives[0])
        return _whole(literal.spellings, zones, literal.original) if whole else literal

    def _literal(self, text: str, zones: tuple[Zone, ...]) -> Literal:
        """Return a literal in all its spellings."""
        key = text, zones
        if key not in self._literals:
            folded = fold_key(text)
            exact = self._script_exact
            self._literals[key] = Literal((folded,), zones, text) if exact else spelled(folded, zones)
        return self._literals[key]

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


def article_of(documents: tuple[str, ...], numbers: Iterable[str]) -> QueryNode:
    """Return what stands under a heading that is one of some numbers, in some documents."""
    spellings = dict.fromkeys(spelling for number in numbers for spelling in expand(number))
    return And((OfDocuments(documents), _whole(tuple(spellings), (Zone.SECTION,), "")))


def spelled(folded: str, zones: tuple[Zone, ...] = _TEXT) -> Literal:
    """Return a folded run anywhere, or any other spelling of it that is no part of a longer number."""
    typed, *others = expand(folded)
    return Literal((typed,), zones, whole=tuple(others))


def is_quoted(node: SyntaxNode) -> bool:
    """Tell whether a node asks for quotations and nothing else."""
    match node:
        case And(children) | Or(children):
            return bool(children) and all(map(is_quoted, children))
        case Run(_, quoted):
            return quoted
        case Not() | Wildcard() | Near() | Field() | Years():
            return False


def _whole(forms: tuple[str, ...], zones: tuple[Zone, ...], original: str) -> Literal:
    return Literal((), zones, original, whole=forms)


def _is_plain(tree: SyntaxNode) -> bool:
    """Tell whether a query is nothing but runs."""
    return isinstance(tree, And) and all(isinstance(child, Run) for child in tree.children)


def _each_present(words: Iterable[_Word]) -> tuple[QueryNode, ...]:
    return tuple(word.present for word in words)


def _any(nodes: Iterable[QueryNode]) -> QueryNode:
    """Return one tree that is true where any of some is."""
    found = distinct(nodes)
    return found[0] if len(found) == 1 else Or(found)


def _all(nodes: Iterable[QueryNode]) -> QueryNode:
    """Return one tree that is true where all of some are."""
    found = distinct(nodes)
    return found[0] if len(found) == 1 else And(found)


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
