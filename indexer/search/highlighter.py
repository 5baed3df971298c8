"""Passage + tree → the character ranges that put it into its tier. No markup.

Ranges are half open, in code points of the original text, in order and not touching each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap

from indexer.analysis import Analyzer, fold
from indexer.engines.budget import pieces
from indexer.model import (
    Document,
    Glob,
    Literal,
    OfDocuments,
    OnePassage,
    Passage,
    QueryNode,
    Range,
    TextLeaf,
    Within,
    Years,
    Zone,
    leaves,
)
from indexer.model.records import record
from indexer.query.spans import Spelling, Value, spans

# Where highlights are shown.
_ZONES = (Zone.TEXT, Zone.SECTION, Zone.TITLE)


@record
class Highlights:
    """What is matched in a passage's text, in its headings (by index), and in its document's title and work."""

    text: tuple[Range, ...]
    path: tuple[tuple[int, int, int], ...]
    title: tuple[Range, ...]
    work: tuple[Range, ...]


class Highlighter:
    """Highlights passages for one tree: every leaf of it that is not under a negation.

    A query may have hundreds of leaves and an answer a thousand hits, so that a text is asked only for the leaves of
    which it holds a spelling, and a heading or a title only once.
    """

    def __init__(self, tree: QueryNode, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._sought = {zone: _Sought() for zone in _ZONES}
        self._headings: dict[str, tuple[Range, ...]] = {}
        self._titles: dict[str, tuple[tuple[Range, ...], tuple[Range, ...]]] = {}
        for leaf in leaves(tree):
            match leaf:
                case Literal() | Glob():
                    for zone in leaf.zones:
                        if zone in self._sought:
                            self._sought[zone].add(leaf)
                case Within():
                    self._sought[Zone.TEXT].add(leaf)
                case Years() | OfDocuments() | OnePassage():
                    pass

    def highlight(self, passage: Passage, document: Document) -> Highlights:
        """The ranges in a passage of a document."""
        path: list[tuple[int, int, int]] = []
        if not self._sought[Zone.SECTION].is_empty:
            path = [(at, *span) for at, heading in enumerate(passage.section) for span in self._of_heading(heading)]
        title, work = ((), ()) if self._sought[Zone.TITLE].is_empty else self._of_titles(document)
        return Highlights(self.highlight_text(passage), tuple(path), title, work)

    def highlight_text(self, passage: Passage) -> tuple[Range, ...]:
        """The ranges in a passage's text alone."""
        return self._ranges(Zone.TEXT, passage.text)

    def _of_heading(self, heading: str) -> tuple[Range, ...]:
        found = self._headings.get(heading)
        if found is None:
            found = self._headings[heading] = self._ranges(Zone.SECTION, heading)
        return found

    def _of_titles(self, document: Document) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
        """The ranges in a document's title and in its work.

        The title is sought as it is matched, after the work where ``document.titles`` names it: what straddles the two
        is marked in both, each to its end.
        """
        found = self._titles.get(document.id)
        if found is None:
            full_title = document.full_title
            ranges, start = self._ranges(Zone.TITLE, full_title), len(full_title) - len(document.title)
            before = max(0, start - 1)  # a space is between them
            found = _inside(ranges, start, len(full_title)), _inside(ranges, 0, before)
            self._titles[document.id] = found
        return found

    def _ranges(self, zone: Zone, text: str) -> tuple[Range, ...]:
        """Where any of the leaves stands in ``text``, a value of ``zone``."""
        sought = self._sought[zone]
        folded = fold(text)
        chars = folded.text
        spellings, others = sought.spellings_in(chars), sought.others_in(chars)
        if not (spellings or others):
            return ()
        bound = zone is Zone.TEXT and any(isinstance(leaf, Glob) and leaf.is_bound for leaf in others)
        lengths = [len(piece) for piece in self._analyzer.cut(chars)] if bound else (len(chars),)
        value = Value(chars, text, lengths, folded)
        found: list[Range] = []
        for spelling in spellings:
            found += spelling.spans(value)
        for leaf in others:
            found += spans(value, leaf)
        found.sort()
        return _merged(found if folded.offsets is None else starmap(folded.original, found))


class _Sought:
    """What leaves seek: the distinct spellings of literals, of which the tiers of a query have most in common, by what
    they begin with; and other leaves.
    """

    def __init__(self) -> None:
        self._begun: dict[str, dict[Spelling, None]] = {}
        self._others: dict[Glob | Within, None] = {}

    def add(self, leaf: TextLeaf) -> None:
        """Seek a leaf too."""
        if isinstance(leaf, Literal):
            for spelling in Spelling.all_of(leaf):
                self._begun.setdefault(spelling.chars[:1], {})[spelling] = None
        else:
            self._others[leaf] = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self._begun or self._others)

    def spellings_in(self, chars: str) -> list[Spelling]:
        """The spellings that folded characters hold, whole or written as typed or not."""
        begun = [spellings for first, spellings in self._begun.items() if first in chars]
        return [spelling for spellings in begun for spelling in spellings if spelling.chars in chars]

    def others_in(self, chars: str) -> list[Glob | Within]:
        """The other leaves that folded characters may hold."""
        return [leaf for leaf in self._others if all(_any_in(piece, chars) for piece in pieces(leaf))]


def _any_in(spellings: Iterable[str], chars: str) -> bool:
    return any(spelling in chars for spelling in spellings)


def _inside(ranges: Iterable[Range], start: int, end: int) -> tuple[Range, ...]:
    """The parts of ranges that are between two offsets, counted from the first."""
    parts = [(max(a, start) - start, min(b, end) - start) for a, b in ranges]
    return tuple([(a, b) for a, b in parts if a < b])


def _merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Ordered ranges with those that overlap or touch made one."""
    merged: list[Range] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
