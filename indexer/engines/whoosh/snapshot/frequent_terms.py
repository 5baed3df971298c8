"""What most queries ask for, decoded before the first of them does: the most frequent words of a segment, and the
characters that words are written with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_cache import CacheBudget
from indexer.engines.whoosh.segments.layout import PASSAGES, SECTIONS
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.snapshot.level_postings import LevelPostings

# Terms of which it is looked at how often they occur.
_LOOKED_AT = 2_000
# So many words are decoded, and characters, the most frequent ones.
_WORDS, _CHARACTERS = 300, 24
# The part of the cache's budget that either take at most; no more is decoded after so much of it is taken.
_SHARE, _FULL = 1 / 3, 0.9


def decode_frequent(reader: SegmentReader, postings: LevelPostings, share: float) -> Iterator[None]:
    """Decode them one after the other, as far as they have room in the ``share`` of the cache that is the segment's."""
    words = [(word, count) for word, count in reader.words.most_frequent(_LOOKED_AT) if len(word) > 1]
    for steps in (_characters(postings, words), _words(reader, words)):
        yield from _within(reader.stored.budget, share * _SHARE, steps)


def _within(budget: CacheBudget, share: float, steps: Iterator[None]) -> Iterator[None]:
    """The steps that fit into a share of a budget."""
    end = min(budget.bytes + share * budget.limit, _FULL * budget.limit)
    for _ in steps:
        if budget.bytes >= end:
            return
        yield


def _characters(postings: LevelPostings, words: list[tuple[str, int]]) -> Iterator[None]:
    """What scores count: those that stand most often in words."""
    counts: Counter[str] = Counter()
    for word, count in words:
        counts.update(dict.fromkeys(word, count))
    for char, _ in counts.most_common(_CHARACTERS):
        for level in (PASSAGES, SECTIONS):
            postings.posting(level, layout.CHARS, char)
        yield


def _words(reader: SegmentReader, words: list[tuple[str, int]]) -> Iterator[None]:
    """What passages are found by."""
    for word, _ in words[:_WORDS]:
        for at in range(len(word) - 1):
            reader.rows_holding(word[at : at + 2])
        yield
