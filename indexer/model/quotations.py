"""Quotations checked: where one stands in the corpus, or what comes nearest and how it differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.model.documents import Document, Passage, Range


class DifferenceKind(StrEnum):
    """How a quotation differs from its source at one point, seen from the quotation."""

    REPLACED = "replaced"  # other characters stand in the source
    MISSING = "missing"  # the source has more here
    ADDED = "added"  # the source has nothing like it
    VARIANT = "variant"  # other characters that fold alike: simplified and traditional, full and half width, case


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a quotation and a passage.

    Attributes:
        quote: range in the quotation as it was given; empty where ``kind`` is ``missing``.
        quoted: the characters there.
        passage_id: the passage that ``source`` is a range of.
        source: range in that passage's text; empty where ``kind`` is ``added``.
        text: the characters there.
    """

    kind: DifferenceKind
    quote: Range
    quoted: str
    passage_id: str
    source: Range
    text: str


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage and the ranges of its text that a quotation covers, several where something was left out."""

    passage: Passage
    ranges: tuple[Range, ...]

    @property
    def text(self) -> str:
        """The covered characters, ``……`` between ranges."""
        return "……".join(self.passage.text[start:end] for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a quotation stands.

    Attributes:
        passages: those it covers, in order; mostly one.
        exact: whether its very characters stand there, white space aside; else only after folding.
        differences: of kind ``variant``, where it is not exact.
    """

    document: Document
    passages: tuple[QuotedPassage, ...]
    exact: bool
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to a quotation that stands nowhere.

    Attributes:
        passages: those that it is likest to, and their ranges.
        similarity: 1 − edit distance ÷ length of the folded quotation, white space aside.
        differences: in the order of the quotation; none if all its parts stand in the document, but in another order
            or too far from each other.
    """

    document: Document
    passages: tuple[QuotedPassage, ...]
    similarity: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a quotation stands in the corpus.

    Attributes:
        places: where it stands, exact ones first, then in order of documents; no more than the limit.
        total: how many occurrences there are.
        truncated: whether ``total`` counts only those that were looked at.
        nearest: only where nothing was found; None where nothing is alike either.
    """

    quote: str
    places: tuple[Occurrence, ...] = ()
    total: int = 0
    truncated: bool = False
    nearest: Nearest | None = None

    @property
    def found(self) -> bool:
        """Whether it stands anywhere, after folding."""
        return bool(self.total)

    @property
    def exact(self) -> bool:
        """Whether its very characters stand in one of ``places``."""
        return any(occurrence.exact for occurrence in self.places)

    @property
    def compared(self) -> tuple[tuple[DifferenceKind | None, str, str], ...]:
        """The quotation beside what is nearest, piece by piece: how the two differ (None: not at all), and both."""
        pieces: list[tuple[DifferenceKind | None, str, str]] = []
        position = 0
        for difference in self.nearest.differences if self.nearest else ():
            start, end = difference.quote
            if position < start:
                pieces.append((None, self.quote[position:start], self.quote[position:start]))
            pieces.append((difference.kind, difference.quoted, difference.text))
            position = end
        if self.nearest and position < len(self.quote):
            pieces.append((None, self.quote[position:], self.quote[position:]))
        return tuple(pieces)
