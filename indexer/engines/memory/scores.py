"""The formulas of ``scoring`` written out, one passage after the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeAlias, TypeVar

from indexer.engines import scoring
from indexer.engines.definition.rows import Row
from indexer.engines.definition.scores import PartScores
from indexer.engines.requests import Request

# A passage, a section or a document: its terms, and its length.
Bag: TypeAlias = "tuple[Counter[str], int]"
Level = TypeVar("Level", bound=Hashable)


def score(rows: Sequence[Row], request: Request) -> PartScores:
    """The scores of all rows."""
    has_terms = request.terms.words or request.terms.characters
    switched_on = {name for name in scoring.FIRST_STAGE if has_terms and getattr(request.weights, name)}
    parts = {
        row: {name: value for name, value in parts.items() if name in switched_on}
        for row, parts in _first_stage(rows, request).items()
    }
    pairs = {row: Counter(map("".join, pairwise(row.tokens.chars))) for row in rows}
    pair_weights = {
        pair: scoring.idf(len(rows), frequency) * request.terms.factor(pair)
        for pair in request.terms.pairs
        if (frequency := sum(pair in pairs[row] for row in rows))
    }
    return PartScores(request, parts, pair_weights)


def _first_stage(rows: Sequence[Row], request: Request) -> dict[Row, dict[str, float]]:
    words = {row: (Counter(row.tokens.words), len(row.tokens.words)) for row in rows}
    chars = {row: (Counter(row.tokens.chars), len(row.tokens.chars)) for row in rows}
    pairs = {row: (Counter(map("".join, pairwise(row.tokens.chars))), len(row.tokens.chars)) for row in rows}
    sections = {row: row.group for row in rows}
    chapters = {row: row.chapter for row in rows}
    documents = {row: row.owner.document.id for row in rows}
    terms = request.terms
    bm25 = partial(_bm25, factor=terms.factor)
    section_words = bm25(_merged(words, sections), terms.words, scoring.SECTION_SHAPE)
    section_characters = bm25(_merged(chars, sections), terms.characters, scoring.SECTION_SHAPE)
    chapter_words = bm25(_merged(words, chapters), terms.words, scoring.WIDE_SHAPE)
    by_document = bm25(_merged(pairs, documents), terms.pairs, scoring.WIDE_SHAPE)
    named_pairs = scoring.heading_pairs(terms.pairs)
    by_heading = bm25({row.group: _heading_bag(row, named_pairs) for row in rows}, named_pairs, scoring.WIDE_SHAPE)
    by_word = bm25(words, terms.words, scoring.PASSAGE_SHAPE)
    by_character = bm25(chars, terms.characters, scoring.PASSAGE_SHAPE)
    has_context = _has_context(rows)
    return {
        row: {
            "words": by_word[row],
            "characters": by_character[row],
            "section_words": section_words[row.group] if has_context[row] else 0.0,
            "section_characters": section_characters[row.group] if has_context[row] else 0.0,
            "chapter_words": chapter_words[row.chapter] if has_context[row] else 0.0,
            "document": by_document[documents[row]] if has_context[row] else 0.0,
            "headings": by_heading[row.group],
            "named": float(row.tokens.section[-1:] != () and row.tokens.section[-1] in terms.names),
        }
        for row in rows
    }


def _has_context(rows: Iterable[Row]) -> dict[Row, bool]:
    """Whether a row's document has sections to tell apart."""
    sections: dict[str, set[object]] = defaultdict(set)
    for row in rows:
        sections[row.owner.document.id].add(row.group)
    return {row: len(sections[row.owner.document.id]) > 1 for row in rows}


def _merged(bags: Mapping[Row, Bag], levels: Mapping[Row, Level]) -> dict[Level, Bag]:
    """The bags of sections, chapters or documents, from those of their rows."""
    merged: dict[Level, Bag] = {}
    for row, (terms, length) in bags.items():
        others, total = merged.get(levels[row], (Counter[str](), 0))
        merged[levels[row]] = others + terms, total + length
    return merged


def _heading_bag(row: Row, pairs: Iterable[str]) -> Bag:
    """Which of ``pairs`` stand in the title or a heading above, each once; length in folded characters."""
    headings = (row.owner.title, *row.tokens.section)
    return Counter(pair for pair in pairs if any(pair in heading for heading in headings)), sum(map(len, headings))


def _bm25(
    bags: Mapping[Level, Bag], terms: Sequence[str], shape: scoring.Shape, factor: Callable[[str], float]
) -> dict[Level, float]:
    """BM25 of ``terms`` in each bag, summed in their order; ``factor`` is what a term counts of its idf."""
    if not bags:
        return {}
    average = sum(length for _, length in bags.values()) / len(bags)
    frequencies = {term: sum(term in bag for bag, _ in bags.values()) for term in terms}
    weights = {term: scoring.idf(len(bags), held) * factor(term) for term, held in frequencies.items()}
    scores = {}
    for level, (bag, length) in bags.items():
        scores[level] = 0.0
        for term in filter(bag.__contains__, terms):
            scores[level] += scoring.bm25(float(bag[term]), float(length), average, weights[term], shape)
    return scores
