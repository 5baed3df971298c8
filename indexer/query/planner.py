"""A query's tree after analysis: one tree for each tier, and the terms that rank.

    exact   every run stands in the passage literally, or the whole string as typed does
    all     every word of every run is present in the passage, its title or its headings, at least one in the passage
    some    at least one informative word is present in the passage

Negations, fields and years bind in every tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain
from typing import TypeAlias

from indexer.analysis import Analyzer, Synonyms
from indexer.analysis.spellings import LIMIT, has_more
from indexer.model import (
    NOTHING,
    And,
    Not,
    OfDocuments,
    Or,
    QueryNode,
    QueryWarning,
    SyntaxNode,
    Terms,
    Tier,
)
from indexer.model.choices import DEFAULTS, MATCHES
from indexer.model.records import record
from indexer.query.article_parts import Steps
from indexer.query.article_trees import Articles, articles_below, articles_of, mentioned_in
from indexer.query.contents import Contents, contents_of
from indexer.query.corpus import UNKNOWN, Corpus
from indexer.query.lookups import Numbered
from indexer.query.query_words import QueryWords
from indexer.query.ranking import Ranking, partial_words
from indexer.query.rewriter import minus_as_text, rewrite
from indexer.query.run_trees import RunTrees
from indexer.query.tier_trees import TierTrees, is_quoted

_Tiers: TypeAlias = tuple[tuple[Tier, QueryNode], ...]


@record
class Plan:
    """A query after analysis, see above.

    Attributes:
        tiers: analysed trees, best tier first; of ``exact`` its grades, best first (``query.grades``), of ``some``
            those that answer every run before those that answer one. ``exact`` comes last where a query stands only
            across the words of texts (``compounds.runs_on``); before all of them what is looked up by its number.
        runs: folded runs that must stand or count, in order.
        words: distinct words of those runs and their spellings, in order.
        regional: words of those runs, and what they are called otherwise.
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
    tree, invisible = rewrite(query, tree, analyzer)
    as_text, minuses = minus_as_text(tree, query)
    asked = contents_of(tree)
    runs = asked.runs if as_text is tree else contents_of(as_text).runs
    words = QueryWords(analyzer, corpus, query, regional=script == "any")
    pieces = [words.pieces(run) for run in runs]
    words.alone = frozenset(chain.from_iterable(each for each in map(partial_words, pieces) if len(each) == 1))
    sought = list(chain.from_iterable(pieces))
    named = _names_of(query, asked, words, corpus, script_exact=script_exact)
    plain = [piece for run in runs for piece in words.plain_pieces(run)] if named.is_title else []
    run_trees = RunTrees(
        analyzer,
        words,
        partial_words([*sought, *plain]),
        synonyms,
        script_exact=script_exact,
        is_title=named.is_title,
        named=() if named.is_title else named.documents,
    )
    trees = TierTrees(tree, asked, words, run_trees, script_exact=script_exact)
    ranking = Ranking(runs, words, analyzer, synonyms, script_exact=script_exact, is_title=named.is_title)
    tiers = _led(
        tuple(_tiers(_wanted(match, runs, tree), query, as_text, trees, named)),
        named.looked_up.leading if named.leads else (),
    )
    return Plan(
        tiers=_behind(tiers) if not script_exact and words.runs_on(asked) else tiers,
        runs=runs,
        words=ranking.words,
        regional={piece.text: piece.others for piece in sought if piece.others},
        synonyms=ranking.synonyms,
        terms=ranking.terms(sought),
        names_headings=asked.names_headings,
        precedence=(*named.precedence, *_either_of(trees.sorted_by_headings())),
        named=named.documents,
        warnings=(*invisible, *ranking.warnings(), *minuses, *(() if script_exact else _cut_short(runs))),
        near=trees.near(),
        meant="" if script_exact else " ".join(asked.meant),
    )


@record
class _Named:
    """What a query names.

    Attributes:
        documents: ids of the documents that it names.
        is_title: whether it is the title of these, and asks for nothing else.
        opening: what opens the documents that it names alone, if it does.
        looked_up: what it looks up by numbers, if it does.
        leads: whether that comes before whatever else holds the query as it stands.
        mentioned: what it asks for within articles, if it asks for something else too.
    """

    documents: tuple[str, ...]
    is_title: bool
    opening: tuple[QueryNode, ...]
    looked_up: Articles = Articles(())
    leads: bool = False
    mentioned: tuple[QueryNode, ...] = ()

    @property
    def precedence(self) -> tuple[QueryNode, ...]:
        """What of it leads within a grade, see ``Plan``."""
        return (
            *self.opening,
            *self.looked_up.all,
            *self.mentioned,
            *((OfDocuments(self.documents),) if self.documents else ()),
        )


def _names_of(query: str, asked: Contents, words: QueryWords, corpus: Corpus, *, script_exact: bool) -> _Named:
    titled = words.titled(query, asked)
    documents = titled or words.named(asked)
    if script_exact:
        return _Named(documents, bool(titled), _opening_of(titled))
    named = _Named(documents, bool(titled), _opening_of(titled or words.called(asked)))
    if not documents:
        return _below(named, words.numbered(asked), words.steps_into_article(asked), corpus)
    numbers, steps = words.looked_up(asked), words.steps_into_article(asked)
    if not numbers:
        mentioned = mentioned_in(documents, words.articles(asked), steps, corpus) if steps else ()
        return replace(named, mentioned=tuple(mentioned))
    return replace(named, looked_up=articles_of(documents, numbers, steps, corpus), leads=True)


def _below(named: _Named, numbered: Numbered | None, steps: Steps | None, corpus: Corpus) -> _Named:
    """Return what a query names that looks something up in documents of no name, if it does."""
    if numbered is None:
        return named
    return replace(named, looked_up=articles_below(numbered, steps, corpus), leads=not numbered.subjects)


def _opening_of(documents: tuple[str, ...]) -> tuple[QueryNode, ...]:
    return (OfDocuments(documents, opening=True),) if documents else ()


def _tiers(
    wanted: Iterable[Tier], query: str, as_text: SyntaxNode, trees: TierTrees, named: _Named
) -> Iterator[tuple[Tier, QueryNode]]:
    """Yield the trees of each tier: of ``exact`` the opening of what is named too, of ``all`` what is looked up; of
    ``near`` the words say nothing (``Plan.near``).
    """
    for tier in wanted:
        match tier:
            case Tier.EXACT:
                yield from ((tier, _either(grade, *named.opening)) for grade in trees.exact(query, as_text))
            case Tier.ALL:
                yield tier, _either(trees.all(), *named.looked_up.all)
            case Tier.SOME:
                yield from ((tier, grade) for grade in trees.some())
            case Tier.NEAR:
                pass


def _led(tiers: _Tiers, leading: tuple[QueryNode, ...]) -> _Tiers:
    """Put what is looked up before the tiers, of which it stays: a passage that only mentions an article, in the very
    words of the query, says less than the article.
    """
    if not leading or all(tier is not Tier.ALL for tier, _ in tiers):
        return tiers
    looked_up = Or(leading)
    literal = ((tier, And((looked_up, tree))) for tier, tree in tiers if tier is Tier.EXACT)
    return (*literal, (Tier.ALL, looked_up), *tiers)


def _wanted(match: str, runs: Sequence[str], tree: SyntaxNode) -> Sequence[Tier]:
    """Return the tiers that are looked for; without a run there is nothing to fit less well."""
    if not runs:
        return (Tier.EXACT,)
    return MATCHES["all" if match == "auto" and is_quoted(tree) else match]


def _behind(tiers: _Tiers) -> _Tiers:
    """Put ``exact`` behind the other tiers, whose passages then are those that do not hold the query."""
    literal = tuple(each for each in tiers if each[0] is Tier.EXACT)
    others = [(tier, And((tree, Not(literal[-1][1])))) for tier, tree in tiers if tier is not Tier.EXACT]
    return (*others, *literal)


def _either_of(nodes: Iterable[QueryNode]) -> tuple[QueryNode, ...]:
    """One tree that is true where any of some is; none of none."""
    found = tuple(nodes)
    return (Or(found),) if found else ()


def _either(node: QueryNode, *others: QueryNode) -> QueryNode:
    return Or((node, *others)) if others else node


def _cut_short(runs: Iterable[str]) -> Iterator[QueryWarning]:
    """Yield a warning for each run that is not looked for in every spelling."""
    for run in filter(has_more, runs):
        message = f"“{run[:20]}”可以有很多种写法，只找了前 {LIMIT} 种；请把它拆成几串，分别查。"
        yield QueryWarning("spellings_bounded", message)
