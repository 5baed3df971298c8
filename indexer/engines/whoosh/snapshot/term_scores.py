"""What one term adds to one part of the score, in each passage, section, chapter or document that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers, Weights
from indexer.engines.whoosh.snapshot.levels import (
    CHAPTERS,
    DOCUMENTS,
    HEADINGS,
    PASSAGES,
    SECTIONS,
    Counter,
    FewMembers,
)
from indexer.model import Terms

# A term in more than this share of a level's members is kept as a value for each of them.
_DENSE = 1 / 4


class Part(StrEnum):
    """The parts of the first stage that count terms (``scoring``)."""

    WORDS = "words"
    CHARACTERS = "characters"
    SECTION_WORDS = "section_words"
    SECTION_CHARACTERS = "section_characters"
    CHAPTER_WORDS = "chapter_words"
    DOCUMENT = "document"
    HEADINGS = "headings"

    @property
    def level(self) -> str:
        """Where its terms are counted."""
        return _COUNTED[self][0]

    @property
    def field(self) -> str:
        """What its terms are, and what lengths are counted in."""
        return _COUNTED[self][1]

    @property
    def shape(self) -> scoring.Shape:
        """How repetition and length count."""
        return _COUNTED[self][2]

    @property
    def is_context(self) -> bool:
        """Whether it counts only in documents of several sections."""
        return self.level in (SECTIONS, CHAPTERS, DOCUMENTS)

    def terms(self, terms: Terms) -> Sequence[str]:
        """Those of a request that it counts."""
        match self:
            case Part.HEADINGS:
                return scoring.heading_pairs(terms.pairs)
            case Part.DOCUMENT:
                return terms.pairs
        return terms.words if self.field == layout.WORDS else terms.characters


_COUNTED = {
    Part.WORDS: (PASSAGES, layout.WORDS, scoring.PASSAGE_SHAPE),
    Part.CHARACTERS: (PASSAGES, layout.PAIRS, scoring.PASSAGE_SHAPE),
    Part.SECTION_WORDS: (SECTIONS, layout.WORDS, scoring.SECTION_SHAPE),
    Part.SECTION_CHARACTERS: (SECTIONS, layout.PAIRS, scoring.SECTION_SHAPE),
    Part.CHAPTER_WORDS: (CHAPTERS, layout.WORDS, scoring.WIDE_SHAPE),
    Part.DOCUMENT: (DOCUMENTS, layout.PAIRS, scoring.WIDE_SHAPE),
    Part.HEADINGS: (HEADINGS, layout.PAIRS, scoring.WIDE_SHAPE),
}


@dataclass(frozen=True, slots=True)
class PartOfFew:
    """A part of the score in one segment, for one request, ready to be told for a few members at a time.

    Attributes:
        counters, idfs: of each term.
        norms: the ``length_norm`` of each member of the level.
        context: what each member's context counts; None where it is none.
    """

    shape: scoring.Shape
    counters: Sequence[Counter]
    idfs: Weights
    norms: Weights
    context: Weights | None

    def of(self, wanted: FewMembers) -> Weights:
        """The unweighted part of each of a few live members."""
        counts = np.empty((len(self.counters), len(wanted.numbers)))
        for line, counter in zip(counts, self.counters, strict=True):
            line[:] = counter(wanted)
        values = scoring.saturated(counts, self.norms.take(wanted.numbers), self.idfs, self.shape)
        total: Weights = values.sum(axis=0)
        return total if self.context is None else total * self.context.take(wanted.numbers)


@dataclass(frozen=True, slots=True)
class Contribution:
    """The weighted BM25 of a term.

    Attributes:
        members: those of its level that hold it, in order; None if there is a value for each.
        values: what it adds to each of those.
    """

    members: Numbers | None
    values: Weights


def make_contribution(members: Numbers, values: Weights, size: int) -> Contribution:
    """What is added to ``members``, of ``size``."""
    if len(members) <= _DENSE * size:
        return Contribution(members, values)
    every = np.zeros(size)
    every[members] = values
    return Contribution(None, every)
