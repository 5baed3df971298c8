"""A query's tree after analysis: one tree for each tier, and the terms that rank.

    exact   every run stands in the passage literally, or the whole string as typed does
    all     every word of every run is present in the passage, its title or its headings, at least one in the passage
    some    at least one informative word is present in the passage

Negations, fields and years bind in every tier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.analysis import Analyzer, expand
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold_key, is_rare, is_word_character
from indexer.analysis.number_spellings import as_ordinal, ranking_spellings
from indexer.analysis.spellings import LIMIT, has_more
from indexer.model import (
    Field,
    FieldName,
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
from indexer.query.pieces import Piece, pieces_of
from indexer.query.rewriter import minus_as_text, rewrite
from indexer.query.tier_trees import TierTrees, pairs


@dataclass(frozen=True, slots=True)
class Plan:
    """A query after analysis, see above.

    Attributes:
        tiers: analysed trees, best tier first; of ``exact`` its grades, best first (``query.grades``).
        runs: folded runs that must stand or count, in order.
        words: distinct words of those runs and their spellings, in order.
        regional: words of those runs, and what other regions call them.
        terms: what ranks: the informative words, their characters and pairs.
        names_headings: whether the query names headings.
        warnings: what of the query was left out.
    """

    tiers: tuple[tuple[Tier, QueryNode], ...]
    runs: tuple[str, ...]
    words: tuple[str, ...]
    regional: Mapping[str, tuple[str, ...]]
    terms: Terms
    names_headings: bool = False
    warnings: tuple[QueryWarning, ...] = ()


def make_plan(
    query: str, tree: SyntaxNode, analyzer: Analyzer, match: str = "auto", script: str = DEFAULTS["script"]
) -> Plan:
    """Analyse a parsed query.

    Args:
        query: as it was typed.
        tree: as it was parsed.
        analyzer: of the index.
        match: a key of ``choices.MATCHES``.
        script: one of ``choices.SCRIPTS``: whether only the characters that were typed match, not those they fold
            together with (``exact``), and whether words of other regions may stand for those typed (``any``).
    """
    script_exact, regional = script == "exact", script == "any"
    tree, warnings = rewrite(query, tree, analyzer)
    as_text, minuses = minus_as_text(tree, query)
    runs = tuple(dict.fromkeys(filter(None, map(fold_key, _texts(as_text)))))
    spellings = runs if script_exact else tuple(spelling for run in runs for spelling in expand(run))
    ranking = runs if script_exact else tuple(spelling for run in runs for spelling in ranking_spellings(run))
    pieces = [analyzer.cut(spelling) for spelling in ranking]  # what commas leave of a number is no word: 10, 000
    words = tuple(dict.fromkeys(piece for cut in pieces for piece in cut if any(map(is_word_character, piece))))
    kept = frozenset(informative(words))
    if len(kept) > MAX_RANKED:
        message = f"查询很长：找的是全部的词，排序只看前 {MAX_RANKED} 个。"
        warnings = (*warnings, QueryWarning("ranking_bounded", message))
    sought = [piece for run in runs for piece in pieces_of(run, analyzer, regional=regional)]
    synonyms = () if script_exact else {other for run in runs for other in analyzer.synonyms.within(run, words)}
    tier_trees = TierTrees(analyzer, partial_words(sought), script_exact=script_exact, regional=regional)
    trees: Mapping[Tier, Callable[[], tuple[QueryNode, ...]]] = {
        Tier.EXACT: lambda: tier_trees.exact_or_whole(query, tree, as_text),
        Tier.ALL: lambda: (tier_trees.anchored(tree),),
        Tier.SOME: lambda: (tier_trees.some(tree),),
    }
    wanted = MATCHES[match] if runs else (Tier.EXACT,)  # without a run there is nothing to fit less well
    return Plan(
        tiers=tuple((tier, grade) for tier in wanted for grade in trees[tier]()),
        runs=runs,
        words=words,
        regional={piece.text: piece.others for piece in sought if piece.others},
        terms=replace(
            _terms([*pieces, *map(analyzer.cut, sorted(synonyms))], kept.union(*map(analyzer.words, synonyms))),
            names=tuple(dict.fromkeys((*spellings, *(_unit_names(sought) if not script_exact else ())))),
        ),
        names_headings=_names_headings(tree),
        warnings=(*warnings, *minuses, *(() if script_exact else _cut_short(runs))),
    )


def _terms(pieces: Sequence[Sequence[str]], kept: Collection[str]) -> Terms:
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
