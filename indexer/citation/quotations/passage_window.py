"""Passages of a document one after the other, in which a quotation may stand, or nearly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.analysis.fold import visible
from indexer.citation.quotations.alignment import Edit, align, nearest_end
from indexer.citation.quotations.folded_text import Text, occurrences
from indexer.citation.quotations.fragments import Fragment
from indexer.model import Difference, DifferenceKind, Document, Nearest, Occurrence, Passage, QuotedPassage, Range

# Folded characters that a quotation may leave out of its source, all its gaps together.
MAX_GAP = 5_000


class PassageWindow:
    """Some passages of a document in order.

    Attributes:
        document: whose passages they are.
        passages: the passages.
    """

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        self.document = document
        self.passages = passages
        self._text = Text.of(passage.text for passage in passages)

    def occurrences(self, parts: Sequence[Fragment]) -> Iterator[Occurrence]:
        """Where all parts stand in their order, the gaps between them not too wide; as tight as they can."""
        tightest: tuple[int, ...] = ()
        for starts in self._starts([part.chars for part in parts]):
            if tightest and starts[1:] != tightest[1:]:
                yield self._occurrence(parts, tightest)
            tightest = starts
            if len(parts) == 1:
                yield self._occurrence(parts, starts)
                tightest = ()
        if tightest:
            yield self._occurrence(parts, tightest)

    def similarity(self, parts: Sequence[Fragment]) -> float:
        """How alike the parts and what they are likest to here are, wherever each may stand: 1 for the same."""
        return _similarity(parts, (nearest_end(part.chars, self._text.chars)[0] for part in parts))

    def nearest(self, parts: Sequence[Fragment]) -> Nearest:
        """What the parts are likest to here."""
        aligned = [align(part.chars, self._text.chars) for part in parts]
        pairs = zip(parts, aligned, strict=True)
        return Nearest(
            self.document,
            self._quoted(each.text for each in aligned),
            _similarity(parts, (each.distance for each in aligned)),
            tuple(found for part, each in pairs for edit in each.edits for found in self._differences(part, edit)),
        )

    def _starts(self, parts: Sequence[str]) -> Iterator[tuple[int, ...]]:
        """Where each part begins, for every occurrence of the first."""
        chars, most = self._text.chars, sum(map(len, parts)) + MAX_GAP
        for first in occurrences(chars, parts[0]):
            starts, end = [first], first + len(parts[0])
            for part in parts[1:]:
                at = chars.find(part, end, first + most)
                if at < 0:
                    break
                starts.append(at)
                end = at + len(part)
            else:
                yield tuple(starts)

    def _occurrence(self, parts: Sequence[Fragment], starts: Sequence[int]) -> Occurrence:
        spans = [(start, start + len(part.chars)) for part, start in zip(parts, starts, strict=True)]
        exact = all(
            visible(self._original(span)) == visible(part.text) for part, span in zip(parts, spans, strict=True)
        )
        variants = (each for part, start in zip(parts, starts, strict=True) for each in self._variants(part, start))
        return Occurrence(self.document, self._quoted(spans), exact, () if exact else tuple(variants))

    def _original(self, span: Range) -> str:
        return "".join(self.passages[number].text[start:end] for number, (start, end) in self._text.pieces(*span))

    def _quoted(self, spans: Iterable[Range]) -> tuple[QuotedPassage, ...]:
        """The passages that folded ranges are in, each once, in order."""
        ranges: dict[int, list[Range]] = {}
        for span in spans:
            for number, piece in self._text.pieces(*span):
                ranges.setdefault(number, []).append(piece)
        return tuple(QuotedPassage(self.passages[number], tuple(sorted(ranges[number]))) for number in sorted(ranges))

    def _variants(self, part: Fragment, start: int) -> Iterator[Difference]:
        """Where the characters of the source are not those of a part that stands at ``start`` after folding."""
        begun: Edit | None = None
        for at in range(len(part.chars)):
            number, offset = self._text.point(start + at)
            same = part.text[part.folded.offsets[at]] == self.passages[number].text[offset]
            if begun and (same or self._text.point(begun.text[0])[0] != number):
                yield from self._differences(part, begun, DifferenceKind.VARIANT)
                begun = None
            if not same:
                first = begun or Edit((at, at), (start + at, start + at))
                begun = Edit((first.pattern[0], at + 1), (first.text[0], start + at + 1))
        if begun:
            yield from self._differences(part, begun, DifferenceKind.VARIANT)

    def _differences(self, part: Fragment, edit: Edit, kind: DifferenceKind | None = None) -> Iterator[Difference]:
        """An edit as differences, one for each passage it reaches into; the first has all that is quoted."""
        quote = part.folded.span(*edit.pattern)
        for number, source in self._text.spans(*edit.text):
            text = self.passages[number].text[slice(*source)]
            quoted = part.text[slice(*quote)]
            yield Difference(
                kind=kind or _kind(quoted, text),
                quote=(quote[0] + part.offset, quote[1] + part.offset),
                quoted=quoted,
                passage_id=self.passages[number].id,
                source=source,
                text=text,
            )
            quote = (quote[1], quote[1])


def _kind(quoted: str, text: str) -> DifferenceKind:
    if quoted and text:
        return DifferenceKind.REPLACED
    return DifferenceKind.ADDED if quoted else DifferenceKind.MISSING


def _similarity(parts: Sequence[Fragment], distances: Iterable[int]) -> float:
    return round(1 - sum(distances) / sum(len(part.chars) for part in parts), 4)
