"""Where in a document the hits are: a strip beside it with a tick for each, drawn by the server."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import indexer

# The strip's length, in units of its drawing.
LENGTH = 1_000
# A tick's height, so that the last one too is within the strip.
TICK = 3
# What a passage takes beside its characters, in characters: even an empty line has a height.
_LEAST = 20


@dataclass(frozen=True, slots=True)
class Tick:
    """A hit: its permalink, and how far down the strip it is, of ``LENGTH``."""

    link: str
    offset: int


def ticks(passages: Sequence[indexer.Passage], hits: Collection[int]) -> Iterator[Tick]:
    """Make a tick for each passage whose ordinal is among ``hits``, placed by the text before it."""
    total = sum(len(passage.text) + _LEAST for passage in passages) or 1
    before = 0
    for passage in passages:
        if passage.ordinal in hits:
            yield Tick(indexer.permalink(passage), before * (LENGTH - TICK) // total)
        before += len(passage.text) + _LEAST
