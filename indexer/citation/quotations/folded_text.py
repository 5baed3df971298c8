"""Texts joined and folded without white space: what quotations are compared in."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import fold
from indexer.model import Range


@dataclass(frozen=True, slots=True)
class Text:
    """Folded characters of one or several texts joined, without white space, and where each came from.

    Attributes:
        chars: the folded characters.
        offsets: for each the offset of its original in its own text.
        starts: for each text the index of its first character in ``chars``.
    """

    chars: str
    offsets: Sequence[int]
    starts: Sequence[int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Text:
        """Fold texts that stand one after the other."""
        chars: list[str] = []
        offsets, starts, length = array("I"), array("I"), 0
        for text in texts:
            folded = fold(text)
            starts.append(length)
            kept = [at for at, char in enumerate(folded.text) if char != " "]
            offsets.extend(kept if folded.offsets is None else (folded.offsets[at] for at in kept))
            chars.append(folded.text.replace(" ", ""))
            length += len(kept)
        return cls("".join(chars), offsets, starts)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, Range]]:
        """The texts that ``chars[start:end]`` comes from: the number of each, and the range in its original."""
        while start < end:
            number = bisect_right(self.starts, start) - 1
            stop = min(end, self.starts[number + 1]) if number + 1 < len(self.starts) else end
            yield number, (self.offsets[start], self.offsets[stop - 1] + 1)
            start = stop

    def spans(self, start: int, end: int) -> list[tuple[int, Range]]:
        """As ``pieces``; of an empty range where it is in the original, as an empty range."""
        if start < end:
            return list(self.pieces(start, end))
        if start < len(self.chars):
            number, offset = self.point(start)
            return [(number, (offset, offset))]
        number, offset = self.point(start - 1) if start else (0, -1)
        return [(number, (offset + 1, offset + 1))]

    def span(self, start: int, end: int) -> Range:
        """``spans`` of a text that is only one."""
        return self.spans(start, end)[0][1]

    def point(self, at: int) -> tuple[int, int]:
        """The text that the character at ``at`` comes from, and the offset of its original there."""
        return bisect_right(self.starts, at) - 1, self.offsets[at]


def occurrences(text: str, piece: str) -> Iterator[int]:
    """Where a piece, which is not empty, begins in a text; those that overlap an earlier one are left out."""
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + len(piece))
