"""Search by example: the weightiest words of a passage are what is asked for, which finds its parallels elsewhere; with
vectors also what it means.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from indexer.analysis import Analyzer
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import fold_key, has_word_character
from indexer.engines.contract import Engine
from indexer.engines.scoring import CONTEXT, idf
from indexer.model import EVERYTHING, And, Literal, Not, OnePassage, Or, Passage, QueryNode, Terms
from indexer.query.corpus import Corpus
from indexer.query.ranking import terms_of

# Distinct words of a passage that are weighed, the first ones, and those of them that are asked for, the weightiest:
# what a long passage costs at most.
_WEIGHED = 96
_ASKED = 48
# Parts of the score that say where a passage stands: the likes of it stand in documents about something else.
LEFT_OUT = (*CONTEXT, "amount")
# What the cosine counts beside the words.
WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """What is asked for by a passage.

    Attributes:
        tree: true for the passages that share a word with it.
        terms: what ranks them.
    """

    tree: QueryNode
    terms: Terms


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is asked for by what a passage means: a vector, and a tree that is true for what it does not tell of."""

    vector: bytes
    tree: QueryNode


def example(passage: Passage, analyzer: Analyzer, corpus: Corpus) -> Example:
    """Return what asks for the likes of a passage, without itself; another with the same text is one of them."""
    cut = analyzer.cut(fold_key(passage.text))
    kept = _weightiest(cut, corpus)
    shared = Or(tuple(Literal((word,)) for word in kept))
    return Example(And((shared, Not(OnePassage(passage.document_id, passage.ordinal)))), terms_of([cut], kept))


def meaning_of(passage: Passage, engine: Engine) -> Meaning | None:
    """Return what a passage says beside the others of its document: the first vector that tells of it less the mean of
    all. What all say is the subject of the document, and likes stand in those of other subjects.

    It is the vector itself where that is the only one, or all are the same; None where the index has none of it.
    """
    vectors = engine.vectors(passage.document_id)
    own = next((at for at, each in enumerate(vectors) if each.first <= passage.ordinal <= each.last), None)
    if own is None:
        return None
    from indexer.embedding.quantized import beside_mean  # what answers without vectors needs no numpy for it

    vector = beside_mean([each.vector for each in vectors], own)
    ordinals = range(vectors[own].first, vectors[own].last + 1)
    return Meaning(vector, And(tuple(Not(OnePassage(passage.document_id, ordinal)) for ordinal in ordinals)))


def _weightiest(cut: list[str], corpus: Corpus) -> list[str]:
    """Return the words of a passage by tf·idf (tf dampened as in BM25), without those that no other passage holds."""
    counts = Counter(word for word in cut if len(word) > 1 and has_word_character(word))
    words = list(islice((word for word in counts if word not in uninformative_words()), _WEIGHED))
    total, held = corpus.count(EVERYTHING), {word: corpus.count(Literal((word,))) for word in words}
    weights = {word: counts[word] / (counts[word] + 0.5) * idf(total, held[word]) for word in words if held[word] > 1}
    return sorted(weights, key=lambda word: -weights[word])[:_ASKED]
