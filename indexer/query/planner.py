"""A query's tree after analysis: one tree for each tier, and the terms that rank.

    exact   every run stands in the passage literally, or the whole string as typed does
    all     every word of every run is present in the passage, its title or its headings, at least one in the passage
    some    at least one informative word is present in the passage

Negations, fields and years bind in every tier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.analysis import Analyzer, expand
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold_key, is_word_character
from indexer.analysis.spellings import has_grouped_digits
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
from indexer.model.choices import MATCHES, MAX_RANKED
from indexer.query.rewriter import rewrite
from indexer.query.tier_trees import TierTrees, pairs


@dataclass(frozen=True, slots=True)
class Plan:
    """A query after analysis, see above.

    Attributes:
        tiers: analysed trees, best tier first.
        runs: folded runs that must stand or count, in order.
        words: distinct words of those runs and their spellings, in order.
        terms: what ranks: the informative words, their characters and pairs.
        names_headings: whether the query names headings.
        warnings: what of the query was left out.
    """

    tiers: tuple[tuple[Tier, QueryNode], ...]
    runs: tuple[str, ...]
    words: tuple[str, ...]
    terms: Terms
    names_headings: bool = False
    warnings: tuple[QueryWarning, ...] = ()


def make_plan(
    query: str, tree: SyntaxNode, analyzer: Analyzer, match: str = "auto", *, script_exact: bool = False
) -> Plan:
    """Analyse a parsed query.

    Args:
        query: as it was typed.
        tree: as it was parsed.
        analyzer: of the index.
        match: a key of ``choices.MATCHES``.
        script_exact: whether only the characters that were typed match, not those they fold together with.
    """
    tree, warnings = rewrite(query, tree, analyzer)
    runs = tuple(dict.fromkeys(filter(None, map(fold_key, _texts(tree)))))
    spellings = runs if script_exact else tuple(spelling for run in runs for spelling in expand(run))
    ranking = (spelling for spelling in spellings if spelling in runs or not has_grouped_digits(spelling))
    pieces = [analyzer.cut(spelling) for spelling in ranking]  # what commas leave of a number is no word: 10, 000
    words = tuple(dict.fromkeys(piece for cut in pieces for piece in cut if any(map(is_word_character, piece))))
    kept = frozenset(informative(words))
    if len(kept) > MAX_RANKED:
        message = f"查询很长：找的是全部的词，排序只看前 {MAX_RANKED} 个。"
        warnings = (*warnings, QueryWarning("ranking_bounded", message))
    synonyms = () if script_exact else {other for run in runs for other in analyzer.synonyms.within(run, words)}
    tier_trees = TierTrees(analyzer, kept, script_exact=script_exact)
    trees = {
        Tier.EXACT: lambda: tier_trees.exact_or_whole(query, tree),
        Tier.ALL: lambda: tier_trees.anchored(tree),
        Tier.SOME: lambda: tier_trees.some(tree),
    }
    wanted = MATCHES[match] if runs else (Tier.EXACT,)  # without a run there is nothing to fit less well
    return Plan(
        tiers=tuple((tier, trees[tier]()) for tier in wanted),
        runs=runs,
        words=words,
        terms=replace(
            _terms([*pieces, *map(analyzer.cut, sorted(synonyms))], kept.union(*map(analyzer.words, synonyms))),
            names=tuple(dict.fromkeys(spellings)),
        ),
        names_headings=_names_headings(tree),
        warnings=warnings,
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
