"""A parsed and rewritten query → an analysed tree for each tier: what must stand where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.analysis.fold import fold_key
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
    Or,
    QueryNode,
    Run,
    SyntaxNode,
    Wild,
    Wildcard,
    Within,
    Years,
    Zone,
    leaves,
)
from indexer.query.contents import Contents
from indexer.query.grades import distinct, grades
from indexer.query.latin_words import MOST_JOINED
from indexer.query.query_words import QueryWords
from indexer.query.run_trees import ANYWHERE, TEXT, RunTrees, Word, all_of, any_of

_FIELD_ZONES = {
    FieldName.SECTION: Zone.SECTION,
    FieldName.TOPIC: Zone.TOPIC,
    FieldName.TITLE: Zone.TITLE,
    FieldName.DOCUMENT: Zone.DOCUMENT,
    FieldName.TAG: Zone.TAG,
    FieldName.WORK: Zone.WORK,
    FieldName.FIELD: Zone.FIELD,
}


class TierTrees:
    """Makes analysed trees of one query, one method for each way of matching.

    Args:
        tree: the query.
        asked: what it holds.
        words: its words.
        runs: makes the trees of its runs.
        script_exact: whether only the characters that were typed match.
    """

    def __init__(
        self, tree: SyntaxNode, asked: Contents, words: QueryWords, runs: RunTrees, *, script_exact: bool
    ) -> None:
        self._tree = tree
        self._asked = asked
        self._query_words = words
        self._runs = runs
        self._script_exact = script_exact

    def exact(self, query: str, as_text: SyntaxNode) -> tuple[QueryNode, ...]:
        """Require every run literally, or the string as typed, so that no operator in it can hide a passage; grade by
        grade.

        Args:
            query: the string.
            as_text: the tree with what may be no operator as text, which is better.
        """
        exact = self._exact(self._tree)
        folded = fold_key(query)
        if not folded:
            return (exact,)
        whole = self._runs.literal(query)
        if whole == exact:
            return grades(exact)
        better: QueryNode | None = whole if is_parted(folded) and _is_row_of_runs(self._tree) else None
        if as_text != self._tree:
            better = Or((self._exact(as_text), whole))
        elif joined := self._joined(query):
            better = any_of([joined, *([better] if better else [])])
        return grades(any_of([exact, whole, *([better] if better else [])]), better)

    def all(self) -> QueryNode:
        """Require every word present, at least one of them in the passage itself."""
        return self._anchored(self._tree)

    def some(self) -> tuple[QueryNode, ...]:
        """Return the grades of ``some``: passages that answer every run of a plain query by all of its informative
        words, by at least one of them, and those that answer any run.
        """
        runs = self._runs_of_words()
        if len(runs) < 2:
            return (self._some(self._tree),)
        of_several = any(len(words) > 1 for words in runs)  # else one word of each run is every word
        wanted = [self._every_run(runs, every_word=each) for each in ((True, False) if of_several else (True,))]
        return distinct((*wanted, self._some(self._tree)))

    def near(self) -> QueryNode:
        """Require what binds even where no word is asked for: negations, fields, years, and what is meant literally."""
        return self._analyse(self._tree, lambda run: self._runs.literal(run.text) if run.quoted else EVERYTHING, TEXT)

    def sorted_by_headings(self) -> Iterator[QueryNode]:
        """Yield for each run that asks for a compound alone which stands nowhere: its words in the passage, what sort
        of thing it is above that.
        """
        if self._script_exact:
            return
        words = (word.folded for run in self._asked.free for word in self._runs.informative_words(run.text))
        for parts in (self._query_words.parts(word) for word in words if word in self._query_words.alone):
            if parts.suffix:
                yield And((Literal(parts.words), Literal((parts.suffix,), (Zone.SECTION, Zone.TITLE))))

    def _joined(self, query: str) -> QueryNode | None:
        """Require every run literally, those beside each other together that some text joins (``config map``); None
        where there are none.
        """
        if self._script_exact or not _is_row_of_runs(self._tree):
            return None
        runs = [run for run in leaves(self._tree) if isinstance(run, Run)]
        found: list[QueryNode] = []
        at = 0
        while at < len(runs):
            sizes = range(min(MOST_JOINED, len(runs) - at), 1, -1)
            words = next(filter(None, (self._as_word(query, runs[at : at + size]) for size in sizes)), None)
            found.append(words or self._runs.literal(runs[at].text))
            at += len(words.alternatives[0].split(" ")) if words else 1
        return all_of(found) if len(found) < len(runs) else None

    def _as_word(self, query: str, runs: Sequence[Run]) -> Literal | None:
        """Return runs with nothing but white space between them as one word, if some text has it."""
        if any(run.quoted for run in runs) or not all(
            query[one.end : other.start].isspace() for one, other in pairwise(runs)
        ):
            return None
        return self._query_words.joined([fold_key(run.text) for run in runs])

    def _exact(self, node: SyntaxNode) -> QueryNode:
        """Require every run literally in the passage."""
        return self._analyse(node, lambda run: self._runs.literal(run.text), TEXT)

    def _present(self, node: SyntaxNode) -> QueryNode:
        """Require every word in the passage or above it."""
        return self._analyse(node, self._present_run, ANYWHERE)

    def _present_run(self, run: Run) -> QueryNode:
        return self._runs.literal(run.text, ANYWHERE) if run.quoted else self._runs.present(run.text)

    def _analyse(self, node: SyntaxNode, of_run: Callable[[Run], QueryNode], zones: tuple[Zone, ...]) -> QueryNode:
        match node:
            case Run():
                return of_run(node)
            case And(children):
                return And(tuple([self._analyse(child, of_run, zones) for child in children]))
            case Or(children):
                return Or(tuple([self._analyse(child, of_run, zones) for child in children]))
            case Not(child):
                return Not(self._exact(child))
            case Wildcard():
                return self._wildcard(node, zones)
            case Near(left, right, distance):
                return Within(self._runs.literal(left.text), self._runs.literal(right.text), distance)
            case Field(name, value, column=column):
                return _in_column(self._field_value(value, (_FIELD_ZONES[name],)), column)
            case Years(first, last, undated):
                return Years(first, last, undated)

    def _anchored(self, node: SyntaxNode) -> QueryNode:
        match node:
            case And(children):
                anchors = [self._anchored(child) for child in children if _anchorable(child)]
                present = [self._present(child) for child in children]
                return And((*present, any_of(anchors)) if anchors else tuple(present))
            case Or(children):
                return Or(tuple([self._anchored(child) for child in children]))
            case Run(text, quoted):
                return self._runs.literal(text) if quoted else self._runs.anchored(text)
            case Not() | Wildcard() | Near() | Field() | Years():
                return self._exact(node)

    def _some(self, node: SyntaxNode) -> QueryNode:
        """Require at least one informative word in the passage."""
        match node:
            case And(children):
                relaxed = [child for child in children if _anchorable(child)]
                if not all(map(is_quoted, relaxed)):  # what is quoted beside other words is meant as it stands
                    relaxed = [child for child in relaxed if not is_quoted(child)]
                wanted = any_of([self._some(child) for child in relaxed])
                bound = [self._present(child) for child in children if child not in relaxed]
                return all_of((*bound, wanted) if relaxed else bound)
            case Or(children):
                return Or(tuple([self._some(child) for child in children]))
            case Run(text):
                return self._runs.some(text)
            case Near(left, right):
                return Or((self._runs.some(left.text), self._runs.some(right.text)))
            case Not() | Wildcard() | Field() | Years():
                return self._exact(node)

    def _every_run(self, runs: Sequence[Sequence[Word]], *, every_word: bool) -> QueryNode:
        """Require every word of each run, or one, in the passage or above it, and any word in the passage."""
        together = all_of if every_word else any_of
        wanted = [together(map(self._anywhere, words)) for words in runs]
        return And((*wanted, any_of(form for words in runs for word in words for form in self._runs.forms(word))))

    def _runs_of_words(self) -> list[Sequence[Word]]:
        """Return the informative words of each run that has any, of a query that is nothing but unquoted runs."""
        if self._script_exact or not self._asked.is_free:
            return []
        return [words for run in self._asked.free if (words := self._runs.informative_words(run.text))]

    def _anywhere(self, word: Word) -> QueryNode:
        """Require a word, or what stands for it, in the passage, or itself above it."""
        return Or((*self._runs.forms(word), word.present))

    def _field_value(self, value: Run | Wildcard, zones: tuple[Zone, ...]) -> QueryNode:
        match value:
            case Run(text):
                return self._runs.literal(text, zones)
            case Wildcard():
                return self._wildcard(value, zones)

    def _wildcard(self, wildcard: Wildcard, zones: tuple[Zone, ...]) -> QueryNode:
        """Return what a run with wildcards means, or the run as typed, so that no wildcard in it can hide a passage."""
        return Or((self._glob(wildcard.pieces, zones), self._runs.literal(wildcard.text, zones)))

    def _glob(self, pieces: Sequence[str | Wild], zones: tuple[Zone, ...]) -> QueryNode:
        """``税*`` begins a word, ``*税`` ends one, ``*税*`` stands anywhere."""
        kept = [piece for piece in pieces if isinstance(piece, Wild) or fold_key(piece)]
        leading, trailing = kept[0] is Wild.MANY, kept[-1] is Wild.MANY
        inner = kept[leading : len(kept) - trailing]
        typed = tuple(piece for piece in inner if not isinstance(piece, Wild))
        if leading == trailing and len(typed) == len(inner):
            return self._runs.literal("".join(typed), zones)
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


def _is_row_of_runs(tree: SyntaxNode) -> bool:
    return isinstance(tree, And) and all(isinstance(child, Run) for child in tree.children)


def _anchorable(node: SyntaxNode) -> bool:
    """Tell whether a passage can answer the node by its own text."""
    match node:
        case And(children) | Or(children):
            return any(map(_anchorable, children))
        case Run() | Wildcard() | Near():
            return True
        case Not() | Field() | Years():
            return False


def _in_column(node: QueryNode, column: str) -> QueryNode:
    """Give a column to the leaves of a field's value."""
    match node:
        case Literal() | Glob() if column:
            return replace(node, column=column)
        case Or(children) if column:
            return Or(tuple(_in_column(child, column) for child in children))
    return node
