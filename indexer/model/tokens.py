"""What engines receive, made by ``analysis``: documents as tokens."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, compress, count
from typing import TypeAlias, overload

from indexer.model.documents import Document, Passage
from indexer.model.records import record
from indexer.model.vectors import SectionVector

# What a passage calls something, in full and for short.
Abbreviations: TypeAlias = tuple[tuple[str, str], ...]


@record
class AnalyzedPassage:
    """A passage as tokens.

    Attributes:
        passage: what an engine gives back; it never looks into its text.
        chars: the folded characters; the one at index i is the character token at position i.
        lengths: lengths of all segmented pieces of ``chars`` in order, marks included; their sum is ``len(chars)``.
        words: the pieces that hold a word character, in order.
        section: folded headings from the top.
        topics: folded topics.
    """

    passage: Passage
    chars: str
    lengths: tuple[int, ...]
    words: tuple[str, ...]
    section: tuple[str, ...]
    topics: tuple[str, ...]


@record
class Pieces:
    """The segmented pieces of many texts, as numbers: a text has a few times as many as there are distinct ones.

    Attributes:
        distinct: each once; the first, number 0, stands for no piece.
        is_word: for each of them 1 where it holds a word character, else 0.
        numbers: those of one text after those of the other, in order; 0 ends a text. C ints.
    """

    distinct: tuple[str, ...] = ("",)
    is_word: bytes = b"\0"
    numbers: array[int] = field(default_factory=lambda: array("i"))

    @classmethod
    def of(cls, passages: Sequence[AnalyzedPassage]) -> Pieces:
        """Return those of passages that are at hand."""
        numbered: defaultdict[str, int] = defaultdict(count(1).__next__)
        numbers = array("i")
        for each in passages:
            ends = zip(each.lengths, accumulate(each.lengths), strict=True)
            numbers.extend(numbered[each.chars[end - length : end]] for length, end in ends)
            numbers.append(0)
        words = frozenset(chain.from_iterable(each.words for each in passages))
        distinct = ("", *numbered)
        return cls(distinct, bytes(map(words.__contains__, distinct)), numbers)

    def of_each(self) -> Iterator[array[int]]:
        """Yield the numbers of each text."""
        start = 0
        while start < len(self.numbers):
            end = self.numbers.index(0, start)
            yield self.numbers[start:end]
            start = end + 1


@dataclass(frozen=True)
class AnalyzedPassages(Sequence[AnalyzedPassage]):
    """The passages of a document as tokens, those of all in one go; each by itself is made when one is asked for.

    Attributes:
        passages, chars, sections, topics: of each what ``AnalyzedPassage`` has.
        pieces: those of all.
    """

    passages: tuple[Passage, ...]
    chars: tuple[str, ...]
    pieces: Pieces
    sections: tuple[tuple[str, ...], ...]
    topics: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, passages: Sequence[AnalyzedPassage]) -> AnalyzedPassages:
        """Return passages that are at hand one by one."""
        return cls(
            passages=tuple(each.passage for each in passages),
            chars=tuple(each.chars for each in passages),
            pieces=Pieces.of(passages),
            sections=tuple(each.section for each in passages),
            topics=tuple(each.topics for each in passages),
        )

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.passages)

    @overload
    def __getitem__(self, at: int) -> AnalyzedPassage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[AnalyzedPassage, ...]: ...

    def __getitem__(self, at: int | slice) -> AnalyzedPassage | tuple[AnalyzedPassage, ...]:
        """Return one or several."""
        return self._each[at]

    def __iter__(self) -> Iterator[AnalyzedPassage]:
        """Yield each."""
        return iter(self._each)

    @cached_property
    def _each(self) -> tuple[AnalyzedPassage, ...]:
        cut = map(self._cut, self.pieces.of_each())
        rows = zip(self.passages, self.chars, cut, self.sections, self.topics, strict=True)
        return tuple(
            AnalyzedPassage(passage, chars, *lengths_and_words, section, topics)
            for passage, chars, lengths_and_words, section, topics in rows
        )

    def _cut(self, numbers: array[int]) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Return the lengths of pieces, and those that are words."""
        cut = list(map(self.pieces.distinct.__getitem__, numbers))
        return tuple(map(len, cut)), tuple(compress(cut, map(self.pieces.is_word.__getitem__, numbers)))


@record
class AnalyzedDocument:
    """A document as tokens: ``full_title``, ``path``, ``tags`` and ``work`` folded, and its passages in order.

    Attributes:
        passages: from ``analysis`` as ``AnalyzedPassages``.
        fields: the folded values of the document's ``fields``, in their order.
        vectors: what its sections mean, where the index has an embedder.
        abbreviations: of the passages that may say what something is called for short, by their place, what they say;
            None where nobody has looked.
    """

    document: Document
    title: str
    path: str
    tags: tuple[str, ...]
    passages: Sequence[AnalyzedPassage]
    work: str = ""
    fields: tuple[str, ...] = ()
    vectors: tuple[SectionVector, ...] = ()
    abbreviations: tuple[tuple[int, Abbreviations], ...] | None = None
