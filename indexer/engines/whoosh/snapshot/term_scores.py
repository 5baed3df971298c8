"""What one term adds to one part of the score, in every unit of a segment that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Numbers, Weights
from indexer.engines.whoosh.snapshot.levels import CHAPTERS, DOCUMENTS, HEADINGS, PASSAGES, SECTIONS
from indexer.model import Terms

# A term in more than this share of the units is kept as a value for each unit.
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
    def unit(self) -> str:
        """What its terms are counted in."""
        return _COUNTED[self][0]

    @property
    def field(self) -> str:
        """What its terms are, and what the lengths of its units are counted in."""
        return _COUNTED[self][1]

    @property
    def shape(self) -> scoring.Shape:
        """How repetition and length count."""
        return _COUNTED[self][2]

    @property
    def is_context(self) -> bool:
        """Whether it counts only in documents of several sections."""
        return self.unit in (SECTIONS, CHAPTERS, DOCUMENTS)

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
class Contribution:
    """The weighted BM25 of a term.

    Attributes:
        units: the units that hold it, in order; None if there is a value for each unit.
        values: what it adds to each of those.
    """

    units: Numbers | None
    values: Weights

    def looked_up(self, wanted: Numbers) -> Weights:
        """What it adds to each of a few ``wanted`` units."""
        if self.units is None:
            return self.values.take(wanted)
        if not len(self.units):
            return np.zeros(len(wanted))
        at = np.minimum(np.searchsorted(self.units, wanted), len(self.units) - 1)
        return np.where(self.units[at] == wanted, self.values[at], 0.0)


def make_contribution(units: Numbers, values: Weights, size: int) -> Contribution:
    """What is added to ``units`` of ``size``."""
    if len(units) <= _DENSE * size:
        return Contribution(units, values)
    every = np.zeros(size)
    every[units] = values
    return Contribution(None, every)
