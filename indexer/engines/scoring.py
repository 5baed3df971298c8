"""The formulas behind every score. Plain arithmetic, so that they serve numbers and numpy arrays alike.

First stage, for every hit, s = Σ over ``LOCAL`` + Σ over ``CONTEXT`` of weight × part (``model.weights``):

    words                BM25 of the query's informative words in the passage
    characters           BM25 of their characters in the passage: what the segmenter cut differently still counts
    section_words        BM25 of the words in the whole section (all its passages)
    section_characters   BM25 of the characters in the whole section
    chapter_words        BM25 of the words in all sections under the same parent heading
    document             BM25 of the pairs of adjacent characters in the whole document
    headings             BM25 of the pairs in the document's title and the headings above the passage, but for pairs of
                         digits, which there are parts of numbers and of file names
    named                1 where a run of the query is the deepest heading itself (``第十二条``, not ``第十二条之二``)

Sections, chapters and documents are context: they count only in documents of at least two sections, since a passage
that stands alone has nothing around it. Second stage, for the first ``RESCORED`` hits of the first:

    window               Σ idf of distinct pairs in the best ``WINDOW`` characters of the passage: what stands together
    lead                 Σ idf of distinct pairs in its first ``LEAD`` characters: what it is about
    amount               1 where the passage holds a number of the sort that is asked for (``几年``, ``多久``)
    dense                the cosine of query and section, where both are known as vectors, as a share of the nearest
                         section's (what is a high one depends on model and query), times the best score of the hits
                         so far (queries of many words have high ones), times ``openness``; this last but for hits of
                         ``near``, which have little else. The hits in the ``NEAREST`` sections take part too

score = kind weight × s + 1 for paragraphs, tables, captions and sources; s ÷ (s + 1), below all of those, for titles
and headings, unless the query asks for headings.

BM25 with the idf that never turns negative: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), with Lucene's ``log(1 + …)``; fields and contexts are summed, each with its own length normalisation,
as section 3.6 there discusses. Windows: Tao and Zhai, "An Exploration of Proximity Measures in Information
Retrieval" (2007).
A term that only a synonym of the user's brings counts with a part of its idf (``Terms.factor``) wherever an idf counts.
Statistics are those of live passages only. Scores are whole multiples of 1 ÷ ``SCALE``, so that engines agree on them
and on ties in whatever order they sum. How the weights were chosen: docs/11-排序与评测.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from indexer.model import Kind, Weights
from indexer.model.records import record


@record
class Shape:
    """How BM25 takes repetition (``k1``) and length (``b``)."""

    k1: float
    b: float


# A long section repeats what it is about, so that repetition says more there than in a paragraph.
PASSAGE_SHAPE = Shape(0.6, 0.5)
SECTION_SHAPE = Shape(2.0, 0.75)
WIDE_SHAPE = Shape(0.6, 0.5)

# Hits that the second stage looks at, and code points of folded text in its windows.
RESCORED = 100
WINDOW = 50
LEAD = 40

# Rounding a score to its multiples is rounding to nine decimals.
SCALE = 1e9

# Sections that are nearest to a query: as many as take part in the second stage.
NEAREST = 100
# Of the nearest cosine this share is near enough to be a hit of ``near``.
NEAR_SHARE = 0.9
# Which section's score, best first, is held against the best one's, and how sharply.
RIVAL, _SHARPNESS = 20, 3

KIND_WEIGHTS = {
    Kind.BODY: 1.0,
    Kind.TABLE: 1.0,
    Kind.CAPTION: 0.7,
    Kind.SOURCE: 0.5,
    Kind.HEADING: 1.0,
    Kind.TITLE: 1.0,
}
HEADING_KINDS = frozenset([Kind.HEADING, Kind.TITLE])


LOCAL = ("words", "characters")
CONTEXT = ("section_words", "section_characters", "chapter_words", "document", "headings", "named")
OF_WORDS = ("window", "lead", "amount")
SECOND_STAGE = (*OF_WORDS, "dense")
FIRST_STAGE = LOCAL + CONTEXT
PARTS = FIRST_STAGE + SECOND_STAGE


def heading_pairs(pairs: Iterable[str]) -> tuple[str, ...]:
    """Those of ``pairs`` that count in ``headings``."""
    return tuple(pair for pair in pairs if not pair.isdigit())


# A number, or an array of numbers.
Number: TypeAlias = Any


def idf(total: int, frequency: int) -> float:
    """Weight of a term that stands in ``frequency`` of ``total`` live passages (sections, documents)."""
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def bm25(count: Number, length: Number, average: float, weight: float, shape: Shape) -> Number:
    """BM25 of one term.

    Args:
        count: occurrences in the passage (section, document), at least 1.
        length: terms of the passage.
        average: mean of ``length`` over live passages.
        weight: the term's idf.
        shape: of the level that is counted at.
    """
    return saturated(count, length_norm(length, average, shape), weight, shape)


def length_norm(length: Number, average: float, shape: Shape) -> Number:
    """What a passage's length has to do with its BM25, whatever the term; parameters as ``bm25`` has them."""
    return shape.k1 * (1 - shape.b + shape.b * length / average)


def saturated(count: Number, norm: Number, weight: Number, shape: Shape) -> Number:
    """BM25 of one term from the ``length_norm`` of the passage; 0 where ``count`` is."""
    value = weight * (shape.k1 + 1) * count
    value /= count + norm  # in place where these are arrays, which may have a value for every passage
    return value


def weighted_sum(names: Iterable[str], parts: Mapping[str, Number], weights: Weights) -> Number:
    """Σ weight × part over ``names``; parts that are missing or switched off are left out."""
    total: Number = 0.0
    for name in names:
        if name in parts and getattr(weights, name):
            total = total + getattr(weights, name) * parts[name]
    return total


def weights_of_parts(weights: Weights) -> dict[str, float]:
    """The weight of each part that is not switched off."""
    return {name: weight for name in PARTS if (weight := getattr(weights, name))}


def contributions(parts: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """What each part adds to a score: weight × part; ``weights`` are those of ``weights_of_parts``."""
    return {name: weight * parts[name] for name, weight in weights.items() if name in parts}


def body_score(total: Number, kind_weight: Number) -> Number:
    """The score of a passage that is no heading."""
    return kind_weight * total + 1


def heading_score(total: Number) -> Number:
    """The score of a heading or title, in [0, 1) and so below every other."""
    return total / (total + 1)


def row_score(parts: Mapping[str, float], weights: Weights, kind: Kind, *, rank_headings: bool) -> float:
    """The score of one passage of a kind from its parts, rounded to ``SCALE``."""
    score: float = weighted_sum(PARTS, parts, weights)
    if weights.kind and parts:
        is_below = kind in HEADING_KINDS and not rank_headings
        score = heading_score(score) if is_below else body_score(score, KIND_WEIGHTS[kind])
    return round(score * SCALE) / SCALE


def openness(best: Sequence[float]) -> float:
    """How open it is, by the words alone, which section answers a query, from 0 to 1.

    It is (s₂₀ ÷ s₁)³: near 1 where the first twenty are as good as each other, and near 0 where one stands out. Where
    fewer than twenty answer, nothing is open: a page or two hold them all.

    Args:
        best: the best score of each section before what it means is counted, best first.
    """
    if len(best) < RIVAL or best[0] <= 0:
        return 0.0
    return float((best[RIVAL - 1] / best[0]) ** _SHARPNESS)


def meaning_scales(best: Sequence[float], nearest: float) -> tuple[float, float]:
    """What a cosine is multiplied by to be the part ``dense``: of hits, and of those of ``near``.

    Args:
        best: as of ``openness``; none where there are no hits but by meaning alone.
        nearest: the cosine of the nearest section that passes all filters; 0 where none is near at all.
    """
    strength = (max(best[0], 1.0) if best else 1.0) / nearest if nearest > 0 else 0.0
    return strength * openness(best), strength


def words_parts(chars: str, weights: Mapping[str, float], amounts: Iterable[str]) -> dict[str, float]:
    """The parts ``OF_WORDS`` of a passage.

    Args:
        chars: its folded characters.
        weights: the idf of each pair among passages, in query order.
        amounts: numbers of the sort that is asked for.
    """
    positions = sorted((at, pair) for pair in weights for at in _positions(chars, pair))
    amount = float(any(each in chars for each in amounts))
    return dict(zip(OF_WORDS, (*proximity(positions, weights), amount), strict=True))


def _positions(chars: str, pair: str) -> Iterator[int]:
    """Where a pair begins."""
    at = chars.find(pair)
    while at >= 0:
        yield at
        at = chars.find(pair, at + 1)


def proximity(positions: Sequence[tuple[int, str]], weights: Mapping[str, float]) -> tuple[float, float]:
    """The parts ``window`` and ``lead`` of a passage.

    Args:
        positions: where the query's pairs begin in its folded characters, in order.
        weights: the idf of each pair among passages, in query order, in which they are summed.
    """
    latest: dict[str, int] = {}
    best = 0.0
    for at, pair in positions:
        latest[pair] = at
        near = (weight for other, weight in weights.items() if latest.get(other, -1 - WINDOW) >= at - WINDOW)
        best = max(best, sum(near, 0.0))
    leading = {pair for at, pair in positions if at <= LEAD - 2}
    return best, sum((weight for pair, weight in weights.items() if pair in leading), 0.0)
