"""A query's tree after analysis: one tree for each tier, and the terms that rank.

    exact   every run stands in the passage literally, or the whole string as typed does
    all     every word of every run is present in the passage, its title or its headings, at least one in the passage
    some    at least one informative word is present in the passage

Negations, fields and years bind in every tier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain, groupby
from typing import TypeAlias

from indexer.analysis import Analyzer, Synonyms, expand
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold_key, is_rare, is_word_character
from indexer.analysis.number_spellings import as_ordinal, ranking_spellings
from indexer.analysis.spellings import LIMIT, has_more
from indexer.model import (
    NOTHING,
    And,
    Field,
    FieldName,
    Not,
    OfDocuments,
    Or,
    QueryNode,
    QueryWarning,
    Run,
    SyntaxNode,
    Terms,
    Tier,
    Wild,
    Wildcard,
    leaves,
    text_runs,
)
from indexer.model.choices import DEFAULTS, MATCHES, MAX_RANKED
from indexer.model.records import record
from indexer.query.amounts import asked_amounts
from indexer.query.corpus import UNKNOWN, Corpus
from indexer.query.pieces import Piece
from indexer.query.query_words import QueryWords
from indexer.query.rewriter import minus_as_text, rewrite
from indexer.query.tier_trees import TierTrees, article_of, is_quoted, pairs

_Tiers: TypeAlias = tuple[tuple[Tier, QueryNode], ...]


@record
class Plan:
    """A query after analysis, see above.

    Attributes:
        tiers: analysed trees, best tier first; of ``exact`` its grades, best first (``query.grades``), of ``some``
            those that answer every run before those that answer one. ``exact`` comes last where a query stands only
            across the words of texts (``compounds.runs_on``).
        runs: folded runs that must stand or count, in order.
        words: distinct words of those runs and their spellings, in order.
        regional: words of those runs, and what other regions call them.
        synonyms: words of those runs, and what the user lets stand for them.
        terms: what ranks: the informative words, their characters and pairs.
        names_headings: whether the query names headings.
        precedence: what leads within a grade: the opening of a document whose title the query is, the articles that it
            looks up by name and number, the passages of the documents that it names, those under a heading that
            says what sort of thing a compound of the query is.
        named: ids of the documents that the query names.
        warnings: what of the query was left out.
        near: what binds a passage that is only near in meaning.
        meant: the folded runs that say what is meant, quotations and wildcards aside; empty where nothing can be near.
    """

    tiers: tuple[tuple[Tier, QueryNode], ...]
    runs: tuple[str, ...]
    words: tuple[str, ...]
    regional: Mapping[str, tuple[str, ...]]
    terms: Terms
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names_headings: bool = False
    precedence: tuple[QueryNode, ...] = ()
    named: tuple[str, ...] = ()
    warnings: tuple[QueryWarning, ...] = ()
    near: QueryNode = NOTHING
    meant: str = ""


def make_plan(
    query: str,
    tree: SyntaxNode,
    analyzer: Analyzer,
    match: str = "auto",
    script: str = DEFAULTS["script"],
    corpus: Corpus = UNKNOWN,
    synonyms: Synonyms | None = None,
) -> Plan:
    """Analyse a parsed query.

    Args:
        query: as it was typed.
        tree: as it was parsed.
        analyzer: of the index.
        match: a key of ``choices.MATCHES``.
        script: one of ``choices.SCRIPTS``: whether only the characters that were typed match, not those they fold
            together with (``exact``), and whether words of other regions may stand for those typed (``any``).
        corpus: what is searched.
        synonyms: what else may stand for words of the query; None for those of the analyzer. None does where only the
            characters that were typed match.
    """
    script_exact = script == "exact"
    synonyms = Synonyms() if script_exact else analyzer.synonyms if synonyms is None else synonyms
    tree, warnings = rewrite(query, tree, analyzer)
    as_text, minuses = minus_as_text(tree, query)
    runs = tuple(dict.fromkeys(filter(None, map(fold_key, _texts(as_text)))))
    query_words = QueryWords(analyzer, corpus, regional=script == "any")
    query_words.alone = frozenset(_alone(query_words.pieces(run) for run in runs))
    titled = query_words.titled(query, tree)
    named = titled or _named(tree, query_words)
    alone = titled or (() if script_exact else query_words.called(tree))
    opening = (OfDocuments(alone, opening=True),) if alone else ()
    numbers = () if script_exact else query_words.looked_up(tree)
    article = (article_of(named, numbers),) if numbers else ()
    sought = [piece for run in runs for piece in query_words.pieces(run)]
    plain = [piece for run in runs for piece in query_words.plain_pieces(run)] if titled else []
    partial = partial_words([*sought, *plain])
    tier_trees = TierTrees(
        analyzer,
        query_words,
        partial,
        script_exact=script_exact,
        synonyms=synonyms,
        titled=titled,
        named=named,
    )
    trees: Mapping[Tier, Callable[[], tuple[QueryNode, ...]]] = {
        Tier.EXACT: lambda: tuple(
            _either(grade, *opening) for grade in tier_trees.exact_or_whole(query, tree, as_text)
        ),
        Tier.ALL: lambda: (_either(tier_trees.anchored(tree), *article),),
        Tier.SOME: lambda: tier_trees.some_grades(tree),
        Tier.NEAR: lambda: (),  # of which the words say nothing: see ``Plan.near``
    }
    ranking = _Ranking(runs, query_words, analyzer, synonyms, script_exact=script_exact, is_title=bool(titled))
    tiers = tuple((tier, grade) for tier in _wanted(match, runs, tree) for grade in trees[tier]())
    return Plan(
        tiers=_behind(tiers) if not script_exact and query_words.runs_on(tree) else tiers,
        runs=runs,
        words=ranking.words,
        regional={piece.text: piece.others for piece in sought if piece.others},
        synonyms=ranking.synonyms,
        terms=ranking.terms(sought),
        names_headings=_names_headings(tree),
        precedence=(
            *opening,
            *article,
            *((OfDocuments(named),) if named else ()),
            *_either_of(tier_trees.sorted_by_headings(tree)),
        ),
        named=named,
        warnings=(*warnings, *ranking.warnings(), *minuses, *(() if script_exact else _cut_short(runs))),
        near=tier_trees.near(tree),
        meant="" if script_exact else " ".join(_meant(tree)),
    )


def _meant(tree: SyntaxNode) -> Iterator[str]:
    """Yield the folded runs that need not stand literally."""
    for run in text_runs(tree):
        if isinstance(run, Run) and not run.quoted and (folded := fold_key(run.text)):
            yield folded


def _wanted(match: str, runs: Collection[str], tree: SyntaxNode) -> Sequence[Tier]:
    """Return the tiers that are looked for; without a run there is nothing to fit less well."""
    if not runs:
        return (Tier.EXACT,)
    return MATCHES["all" if match == "auto" and is_quoted(tree) else match]


def _behind(tiers: _Tiers) -> _Tiers:
    """Put ``exact`` behind the other tiers, whose passages then are those that do not hold the query."""
    literal = tuple(each for each in tiers if each[0] is Tier.EXACT)
    others = [(tier, And((tree, Not(literal[-1][1])))) for tier, tree in tiers if tier is not Tier.EXACT]
    return (*others, *literal)


def _alone(runs: Iterable[Iterable[Piece]]) -> Iterator[str]:
    """Yield the informative word of each run that has but one."""
    for pieces in runs:
        words = partial_words(pieces)
        if len(words) == 1:
            yield from words


def _either_of(nodes: Iterable[QueryNode]) -> tuple[QueryNode, ...]:
    """One tree that is true where any of some is; none of none."""
    found = tuple(nodes)
    return (Or(found),) if found else ()


def _either(node: QueryNode, *others: QueryNode) -> QueryNode:
    return Or((node, *others)) if others else node


def _named(tree: SyntaxNode, words: QueryWords) -> tuple[str, ...]:
    """Return the documents that runs name, those of quotations aside."""
    texts = (fold_key(run.text) for run in text_runs(tree) if isinstance(run, Run) and not run.quoted)
    return tuple(dict.fromkeys(found for text in texts for name in words.names(text) for found in name.documents))


class _Ranking:
    """What of some folded runs ranks."""

    def __init__(
        self,
        runs: Sequence[str],
        query_words: QueryWords,
        analyzer: Analyzer,
        synonyms: Synonyms,
        *,
        script_exact: bool,
        is_title: bool,
    ) -> None:
        self._runs = runs
        self._query_words = query_words
        self._analyzer = analyzer
        self._script_exact = script_exact
        self._is_title = is_title
        self._spellings = self._spelled(ranking_spellings)
        self.words = _distinct_words(map(query_words.cut, self._spellings))
        self.synonyms = {word: others for run in runs for word, others in synonyms.applied(run, self.words).items()}

    def warnings(self) -> Iterator[QueryWarning]:
        """Yield a warning if not all words rank."""
        if len(informative(self.words)) > MAX_RANKED:
            message = f"查询很长：找的是全部的词，排序只看前 {MAX_RANKED} 个。"
            yield QueryWarning("ranking_bounded", message)

    def terms(self, sought: Iterable[Piece]) -> Terms:
        """Return the terms; ``sought`` are the pieces of the runs."""
        cuts = self._cuts()
        kept = {*informative(self.words), *informative(_distinct_words(cuts))}
        others = [] if self._script_exact else list(self._parts(kept))
        standing = list(map(self._analyzer.cut, sorted(set(chain.from_iterable(self.synonyms.values())))))
        asked = every = terms_of([*cuts, *others], kept.union(_distinct_words(others)))
        if standing:
            every = terms_of([*cuts, *standing, *others], kept.union(_distinct_words([*standing, *others])))
        return replace(
            every,
            names=tuple(dict.fromkeys(self._names(sought))),
            amounts=asked_amounts(self._runs),
            lighter=_every_term(every) - _every_term(asked) if standing else frozenset(),
        )

    def _spelled(self, spell: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
        if self._script_exact:
            return tuple(self._runs)
        return tuple(spelling for run in self._runs for spelling in spell(run))

    def _cuts(self) -> Sequence[Sequence[str]]:
        """Return the spellings as words, without names if something informative is left beside them.

        A name tells which document is meant, whose own passages hardly mention it.
        """
        words = self._query_words
        if not self._is_title:
            rests = [words.cut(rest) for spelling in self._spellings for rest in words.outside_names(spelling)]
            if set(_distinct_words(rests)) - uninformative_words():
                return rests
        return list(map(words.plain_cut, self._spellings))

    def _parts(self, kept: Iterable[str]) -> Iterator[list[str]]:
        """Yield what stands for words that the corpus does not hold."""
        return ([part] for word in sorted(kept) for part in self._query_words.parts(word).words)

    def _names(self, sought: Iterable[Piece]) -> Iterator[str]:
        """Yield what a heading may be called: a spelling, what is left of it beside names, a number in the query."""
        yield from self._spelled(expand)
        for spelling in self._spellings:
            if self._query_words.names(spelling):
                yield from self._query_words.outside_names(spelling)
        if not self._script_exact:
            yield from _unit_names(sought)


def _distinct_words(cuts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the pieces that hold a word character, each once."""
    return tuple(dict.fromkeys(piece for cut in cuts for piece in cut if any(map(is_word_character, piece))))


def terms_of(pieces: Sequence[Sequence[str]], kept: Collection[str]) -> Terms:
    """Return the terms of segmented spellings: their first words in ``kept``. The others part characters that would
    else be pairs.
    """
    words = tuple(dict.fromkeys(piece for cut in pieces for piece in cut if piece in kept))[:MAX_RANKED]
    kept = frozenset(words)
    phrases = ["".join(group) for cut in pieces for is_kept, group in groupby(cut, kept.__contains__) if is_kept]
    return Terms(
        words=words,
        characters=tuple(dict.fromkeys(char for phrase in phrases for char in phrase if is_word_character(char))),
        pairs=tuple(dict.fromkeys(pair for phrase in phrases for pair in pairs(phrase))),
    )


def _every_term(terms: Terms) -> frozenset[str]:
    return frozenset((*terms.words, *terms.characters, *terms.pairs))


def _unit_names(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield what a heading may be called by the numbers in a query: 第三十九条 by 39条."""
    for piece in pieces:
        if piece.is_unit:
            for text in filter(None, (piece.text, piece.article, as_ordinal(piece.article or piece.text))):
                yield from expand(text)


def _cut_short(runs: Iterable[str]) -> Iterator[QueryWarning]:
    """Yield a warning for each run that is not looked for in every spelling."""
    for run in filter(has_more, runs):
        message = f"“{run[:20]}”可以有很多种写法，只找了前 {LIMIT} 种；请把它拆成几串，分别查。"
        yield QueryWarning("spellings_bounded", message)


def partial_words(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the pieces that each make a partial match: no common single character where there are longer ones."""
    found = informative(piece.text for piece in pieces if any(map(is_word_character, piece.text)))
    return frozenset(word for word in found if len(word) > 1 or is_rare(word)) or frozenset(found)


def _names_headings(tree: SyntaxNode) -> bool:
    """Tell whether a field that is not negated asks for headings."""
    return any(isinstance(leaf, Field) and leaf.name is FieldName.SECTION for leaf in leaves(tree))


def informative(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that make a partial match: all but the uninformative, or all if nothing else is there."""
    every = tuple(words)
    return tuple(word for word in every if word not in uninformative_words()) or every


def _texts(tree: SyntaxNode) -> Iterator[str]:
    """Yield the literal texts of the runs outside negations."""
    for run in text_runs(tree):
        match run:
            case Run(text):
                yield text
            case Wildcard(pieces):
                yield from (piece for piece in pieces if not isinstance(piece, Wild))
