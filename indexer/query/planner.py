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
from indexer.model.choices import MATCHES
from indexer.query.corpus import UNKNOWN, Corpus
from indexer.query.query_words import QueryWords
from indexer.query.rewriter import rewrite
from indexer.query.tier_trees import TierTrees, is_quoted, pairs


@dataclass(frozen=True, slots=True)
class Plan:
    """A query after analysis, see above.

    Attributes:
        tiers: analysed trees, best tier first.
        runs: folded runs that must stand or count, in order.
        words: distinct words of those runs and their spellings, in order.
        terms: what ranks: the informative words, their characters and pairs.
        names_headings: whether the query names headings.
        precedence: what leads within a tier: passages of a document that is named, whole tokens of letters and digits.
        named: ids of the documents that the query names.
        warnings: what of the query was left out.
    """

    tiers: tuple[tuple[Tier, QueryNode], ...]
    runs: tuple[str, ...]
    words: tuple[str, ...]
    terms: Terms
    names_headings: bool = False
    precedence: tuple[QueryNode, ...] = ()
    named: tuple[str, ...] = ()
    warnings: tuple[QueryWarning, ...] = ()


def make_plan(
    query: str,
    tree: SyntaxNode,
    analyzer: Analyzer,
    match: str = "auto",
    *,
    script_exact: bool = False,
    corpus: Corpus = UNKNOWN,
) -> Plan:
    """Analyse a parsed query.

    Args:
        query: as it was typed.
        tree: as it was parsed.
        analyzer: of the index.
        match: a key of ``choices.MATCHES``.
        script_exact: whether only the characters that were typed match, not those they fold together with.
        corpus: what is searched.
    """
    tree, warnings = rewrite(query, tree, analyzer)
    runs = tuple(dict.fromkeys(filter(None, map(fold_key, _texts(tree)))))
    query_words = QueryWords(analyzer, corpus)
    titled = query_words.titled(query, tree)
    named = titled or _named(tree, query_words)
    spellings = runs if script_exact else tuple(spelling for run in runs for spelling in expand(run))
    ranking = [spelling for spelling in spellings if spelling in runs or not has_grouped_digits(spelling)]
    pieces = [query_words.cut(spelling) for spelling in ranking]  # what commas leave of a number is no word: 10, 000
    words = _distinct_words(pieces)
    ranked = (not titled and _without_names(ranking, query_words)) or list(map(analyzer.cut, ranking))
    kept = frozenset((*informative(words), *informative(_distinct_words(ranked))))
    synonyms = () if script_exact else {other for run in runs for other in analyzer.synonyms.within(run, words)}
    tier_trees = TierTrees(analyzer, query_words, kept, script_exact=script_exact, is_title=bool(titled))
    opening = (OfDocuments(titled, opening=True),) if titled else ()
    trees = {
        Tier.EXACT: lambda: _either(tier_trees.exact_or_whole(query, tree), *opening),
        Tier.ALL: lambda: tier_trees.anchored(tree),
        Tier.SOME: lambda: tier_trees.some(tree),
    }
    wanted = MATCHES[match] if runs else (Tier.EXACT,)  # without a run there is nothing to fit less well
    if match == "auto" and is_quoted(tree):
        wanted = MATCHES["all"]
    beside = [] if script_exact else [[part] for word in sorted(kept) for part in query_words.parts(word).words]
    others = [*map(analyzer.cut, sorted(synonyms)), *beside]
    return Plan(
        tiers=tuple((tier, trees[tier]()) for tier in wanted),
        runs=runs,
        words=words,
        terms=replace(
            _terms([*ranked, *others], kept.union(*others)),
            names=tuple(dict.fromkeys([*spellings, *_rests(ranking, query_words)])),
        ),
        names_headings=_names_headings(tree),
        precedence=(*opening, *((OfDocuments(named),) if named else ()), *tier_trees.whole(tree)),
        named=named,
        warnings=warnings,
    )


def _distinct_words(pieces: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The pieces that hold a word character, each once."""
    return tuple(dict.fromkeys(piece for cut in pieces for piece in cut if any(map(is_word_character, piece))))


def _either(node: QueryNode, *others: QueryNode) -> QueryNode:
    return Or((node, *others)) if others else node


def _named(tree: SyntaxNode, words: QueryWords) -> tuple[str, ...]:
    """The documents that runs name, those of quotations aside."""
    texts = (fold_key(run.text) for run in text_runs(tree) if isinstance(run, Run) and not run.quoted)
    return tuple(dict.fromkeys(found for text in texts for name in words.names(text) for found in name.documents))


def _rests(spellings: Iterable[str], words: QueryWords) -> Iterator[str]:
    """What is left of spellings beside the names in them: it may be a heading's."""
    for spelling in spellings:
        if words.names(spelling):
            yield from words.outside_names(spelling)


def _without_names(spellings: Iterable[str], words: QueryWords) -> list[list[str]]:
    """The pieces of spellings beside the names in them; none if nothing informative is left.

    A name tells which document is meant, whose own passages hardly mention it.
    """
    pieces = [words.cut(rest) for spelling in spellings for rest in words.outside_names(spelling)]
    return pieces if set(_distinct_words(pieces)) - uninformative_words() else []


def _terms(pieces: Iterable[Sequence[str]], kept: Collection[str]) -> Terms:
    """Return the terms of segmented spellings; what is not in ``kept`` parts characters that would else be pairs."""
    phrases = ["".join(group) for cut in pieces for is_kept, group in groupby(cut, kept.__contains__) if is_kept]
    return Terms(
        words=tuple(dict.fromkeys(piece for cut in pieces for piece in cut if piece in kept)),
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
