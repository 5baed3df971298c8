"""The parts of the score that count terms, for the members of a level that are asked for, never for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Weights, concatenated
from indexer.engines.whoosh.segments.layout import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.postings import Posting
from indexer.engines.whoosh.snapshot.levels import FEW, HEADINGS, Levels, Members
from indexer.model import Terms
from indexer.model.records import record


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
    Part.CHARACTERS: (PASSAGES, layout.CHARS, scoring.PASSAGE_SHAPE),
    Part.SECTION_WORDS: (SECTIONS, layout.WORDS, scoring.SECTION_SHAPE),
    Part.SECTION_CHARACTERS: (SECTIONS, layout.CHARS, scoring.SECTION_SHAPE),
    Part.CHAPTER_WORDS: (CHAPTERS, layout.WORDS, scoring.WIDE_SHAPE),
    Part.DOCUMENT: (DOCUMENTS, layout.PAIRS, scoring.WIDE_SHAPE),
    Part.HEADINGS: (HEADINGS, layout.PAIRS, scoring.WIDE_SHAPE),
}


@record
class LengthNorms:
    """The ``length_norm`` of each member of a level, in few bytes: there are many more members than lengths.

    Attributes:
        norms: of each length up to the longest; where that is beyond the number of members, of each of these.
        lengths: of each member; None where ``norms`` are of members.
    """

    norms: Weights
    lengths: np.ndarray | None

    @classmethod
    def of(cls, lengths: np.ndarray, average: float, shape: scoring.Shape) -> LengthNorms:
        """Of the length of each member; ``average`` is 0 where there are none."""
        longest = int(lengths.max(initial=0))
        told = np.arange(longest + 1) if longest < len(lengths) else lengths
        norms = scoring.length_norm(told, average, shape) if average else told.astype(np.float64)
        return cls(norms, None if told is lengths else lengths)

    def take(self, members: np.ndarray) -> Weights:
        """Those of some members."""
        return self.norms.take(members if self.lengths is None else self.lengths.take(members))


@record
class CountedPart:
    """A part of the score in one segment, for one request.

    Attributes:
        terms, idfs, frequencies: those that count, what each counts, and in how many members it is.
        norms: the ``length_norm`` of each member of the level.
    """

    part: Part
    terms: Sequence[str]
    idfs: Sequence[float]
    frequencies: Sequence[int]
    norms: LengthNorms

    def of(self, members: Members, levels: Levels) -> Weights:
        """The unweighted part of each of some live members."""
        norms, total = self.norms.take(members.numbers), np.zeros(len(members.numbers))
        few: list[tuple[float, Posting]] = []
        for term, idf, frequency in zip(self.terms, self.idfs, self.frequencies, strict=True):
            if self.part.level != HEADINGS and len(members.numbers) * FEW < frequency:
                counts = levels.counts_in(members, self.part.field, term)
            else:
                posting = levels.posting(self.part.level, self.part.field, term)
                if not posting.is_full:
                    few.append((idf, posting))
                    continue
                counts = posting.counts.take(members.numbers)
            total += scoring.saturated(counts.astype(np.float64), norms, idf, self.part.shape)
        if few:
            total += self._of_few(few, members.place_of, norms)
        level = self.part.level
        return total * levels.has_context(level, members.numbers) if self.part.is_context else total

    def _of_few(self, few: Sequence[tuple[float, Posting]], place_of: np.ndarray, norms: Weights) -> Weights:
        """The same by terms that few hold, each with its idf."""
        ends = np.cumsum([len(posting.members) for _, posting in few])
        places = place_of.take(concatenated([posting.members for _, posting in few]))
        kept = np.flatnonzero(places >= 0)
        places = places.take(kept)
        counts = concatenated([posting.counts for _, posting in few]).take(kept).astype(np.float64)
        idfs = np.repeat([idf for idf, _ in few], np.diff(kept.searchsorted(ends), prepend=0))
        values = scoring.saturated(counts, norms.take(places), idfs, self.part.shape)
        total = np.bincount(places, weights=values, minlength=len(norms))
        return np.asarray(total, dtype=np.float64)
