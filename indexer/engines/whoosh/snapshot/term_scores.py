"""The parts of the score that count terms, for the members of a level that are asked for, never for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from indexer.engines import scoring
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import Weights
from indexer.engines.whoosh.segments.layout import CHAPTERS, DOCUMENTS, PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.posting import Posting
from indexer.engines.whoosh.snapshot.level_postings import LevelPostings
from indexer.engines.whoosh.snapshot.levels import HEADINGS
from indexer.engines.whoosh.snapshot.members import Members
from indexer.model import Terms
from indexer.model.records import record


class Part(NamedTuple):
    """A part of the first stage that counts terms (``scoring``).

    Attributes:
        level: where its terms are counted.
        field: what its terms are, and what lengths are counted in.
        shape: how repetition and length count.
    """

    name: str
    level: str
    field: str
    shape: scoring.Shape

    def terms(self, terms: Terms) -> Sequence[str]:
        """Those of a request that it counts."""
        if self.field == layout.PAIRS:
            return scoring.heading_pairs(terms.pairs) if self.level == HEADINGS else terms.pairs
        return terms.words if self.field == layout.WORDS else terms.characters


PARTS = (
    Part("words", PASSAGES, layout.WORDS, scoring.PASSAGE_SHAPE),
    Part("characters", PASSAGES, layout.CHARS, scoring.PASSAGE_SHAPE),
    Part("section_words", SECTIONS, layout.WORDS, scoring.SECTION_SHAPE),
    Part("section_characters", SECTIONS, layout.CHARS, scoring.SECTION_SHAPE),
    Part("chapter_words", CHAPTERS, layout.WORDS, scoring.WIDE_SHAPE),
    Part("document", DOCUMENTS, layout.PAIRS, scoring.WIDE_SHAPE),
    Part("headings", HEADINGS, layout.PAIRS, scoring.WIDE_SHAPE),
)


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


# A term of a query, its idf among the members of a level, which is what it counts, and how many of these hold it.
WeighedTerm: TypeAlias = tuple[str, float, int]


@record
class CountedPart:
    """A part of the score in one segment, for one request.

    Attributes:
        terms: those that count.
        norms: the ``length_norm`` of each member of the level.
    """

    part: Part
    terms: Sequence[WeighedTerm]
    norms: LengthNorms

    def of(self, members: Members, postings: LevelPostings) -> Weights:
        """The unweighted part of each of some live members."""
        _, level, field, shape = self.part
        total, norms = np.zeros(len(members.numbers)), self.norms.take(members.numbers)
        if not len(total):
            return total
        found = postings.postings_for(
            len(total), level, field, [(term, frequency) for term, _, frequency in self.terms]
        )
        unknown = [term for (term, _, _), posting in zip(self.terms, found, strict=True) if posting is None]
        counted = iter(postings.counts_in(members, level, field, unknown) if unknown else ())
        few: list[tuple[float, Posting]] = []
        for (_, idf, _), posting in zip(self.terms, found, strict=True):
            if posting and not posting.is_full:
                few.append((idf, posting))
                continue
            held = posting.counts.take(members.numbers) if posting else next(counted)
            total += scoring.saturated(held.astype(np.float64), norms, idf, shape)
        if few:
            total += self._of_few(few, members, norms)
        return total

    def _of_few(self, few: Sequence[tuple[float, Posting]], members: Members, norms: Weights) -> Weights:
        """The same by terms that few hold, each with its idf."""
        places = members.places_of(np.concatenate([posting.members for _, posting in few]))
        (held,) = (places >= 0).nonzero()
        places = places.take(held)
        counts = np.concatenate([posting.counts for _, posting in few]).take(held).astype(np.float64)
        idfs = np.repeat([idf for idf, _ in few], [len(posting.members) for _, posting in few]).take(held)
        values = scoring.saturated(counts, norms.take(places), idfs, self.part.shape)
        return np.bincount(places, weights=values, minlength=len(norms)).astype(np.float64, copy=False)
