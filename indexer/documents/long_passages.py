"""Blocks without bound → blocks of a bounded length, so that a passage is always something to read.

A cut passage is several: a literal across a cut is not found, which is why cuts are rare, counted, and made where the
text pauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.documents.pictures import within
from indexer.model import Block, Kind, Range

# Code points; the longest paragraph of the corpora is a quarter of it.
LONGEST = 4000
# No piece is shorter than this for the sake of a better place to cut.
_SHORTEST = LONGEST // 4
_LINE_END = re.compile(r"\n")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）)]*|\.(?=\s)")
_CLAUSE_END = re.compile(r"[；;：:，,、\t\s]")


def bounded(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], int]:
    """Return the blocks, longer ones than ``LONGEST`` cut, and how many cuts were made.

    A block is cut at the end of a sentence (of a line in a listing or table), else at a clause mark or white space,
    else after ``LONGEST`` code points; always in the last three quarters. Its first piece opens what the block opened.
    """
    result: list[Block] = []
    cuts = 0
    for block in blocks:
        pieces = [one for one in _pieces(block) if one.text.strip()] if len(block.text) > LONGEST else [block]
        result += pieces
        cuts += len(pieces) - 1
    return tuple(result), cuts


def _pieces(block: Block) -> Iterator[Block]:
    start = 0
    for end in (*_cuts(block.text, verbatim=block.code), len(block.text)):
        piece = replace(
            block,
            text=block.text[start:end],
            bold=_within(block.bold, start, end),
            pictures=within(block.pictures, start, end, last=end == len(block.text)),
        )
        yield piece if not start else _continued(piece)
        start = end


def _continued(piece: Block) -> Block:
    """Return a piece after the first: it goes on and opens nothing."""
    kind = Kind.BODY if piece.kind in (Kind.HEADING, Kind.TITLE) else piece.kind
    return replace(piece, kind=kind, level=None, heading=None, depth=0, label="", anchor=None)


def _cuts(text: str, *, verbatim: bool) -> Iterator[int]:
    order = (_LINE_END, _SENTENCE_END, _CLAUSE_END) if verbatim else (_SENTENCE_END, _LINE_END, _CLAUSE_END)
    start = 0
    while len(text) - start > LONGEST:
        start = _cut(text, start, order)
        yield start


def _cut(text: str, start: int, order: tuple[re.Pattern[str], ...]) -> int:
    first, last = start + _SHORTEST, start + LONGEST
    for pattern in order:
        ends = [match.end() for match in pattern.finditer(text, first, last)]
        if ends:
            return ends[-1]
    return last


def _within(ranges: Iterable[Range], start: int, end: int) -> tuple[Range, ...]:
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start)
