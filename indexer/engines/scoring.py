"""The formulas behind every score. Plain arithmetic, so that they serve numbers and numpy arrays alike.

score(passage) = kind weight × ( Σ BM25(words) + ``GRAM_WEIGHT`` × Σ BM25(grams)
                                 + ``HEADING_WEIGHT`` × Σ idf(words in its title or headings) )

BM25 with the idf that never turns negative: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), with Lucene's ``log(1 + …)``. Statistics are those of live passages only. Sums run over the request's
words, then its grams, then the headings, in order, so that engines agree to the last bit.
"""

from __future__ import annotations

import math
from typing import TypeVar

from indexer.model import Kind

K1 = 1.2
B = 0.75
GRAM_WEIGHT = 0.5
HEADING_WEIGHT = 0.3

# A heading of three words would outrank every paragraph on its words by length alone.
KIND_WEIGHTS = {
    Kind.BODY: 1.0,
    Kind.TABLE: 1.0,
    Kind.CAPTION: 0.7,
    Kind.SOURCE: 0.5,
    Kind.HEADING: 0.4,
    Kind.TITLE: 0.4,
}


# A number, or an array of numbers.
N = TypeVar("N")


def idf(passages: int, frequency: int) -> float:
    """Weight of a term that stands in ``frequency`` of ``passages`` live passages."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def bm25(count: N, length: N, average: float, weight: float) -> N:
    """BM25 of one term.

    Args:
        count: occurrences in the passage, at least 1.
        length: terms of the passage.
        average: mean of ``length`` over live passages.
        weight: the term's idf.
    """
    norm = K1 * (1 - B + B * length / average)  # type: ignore[operator]
    return weight * count * (K1 + 1) / (count + norm)  # type: ignore[operator, return-value]
