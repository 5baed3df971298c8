"""Passage + tree → the character ranges that put it into its tier. No markup.

Ranges are half open, in code points of the original text, in order and not touching each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
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
        sought = dict.fromkeys(leaf for leaf in leaves(tree) if not isinstance(leaf, Years | OfDocuments | OnePassage))
        self._sought = {zone: _Sought([leaf for leaf in sought if zone in _zones(leaf)]) for zone in _ZONES}
        # many passages share these
        self._in_heading, self._in_title = (cache(partial(self._ranges, zone)) for zone in (Zone.SECTION, Zone.TITLE))

    def highlight(self, passage: Passage, document: Document) -> Highlights:
        """The ranges in a passage of a document.

        The title is sought as it is matched, after the work where ``document.titles`` names it: what straddles the two
        is marked in both, each to its end.
        """
        full_title = document.full_title
        titles, start = self._in_title(full_title), len(full_title) - len(document.title)
        path = enumerate(passage.section)
        return Highlights(
            text=self.highlight_text(passage),
            path=tuple([(index, *span) for index, heading in path for span in self._in_heading(heading)]),
            title=_inside(titles, start, len(full_title)),
            work=_inside(titles, 0, max(0, start - 1)),  # a space is between them
        )

    def highlight_text(self, passage: Passage) -> tuple[Range, ...]:
        """The ranges in a passage's text alone."""
        return self._ranges(Zone.TEXT, passage.text)

    def _ranges(self, zone: Zone, text: str) -> tuple[Range, ...]:
        """Where any of the leaves stands in ``text``, a value of ``zone``."""
        sought = self._sought[zone]
        if sought.is_empty:
            return ()
        folded = fold(text)
        spellings, others = sought.spellings_in(folded.text), sought.others_in(folded.text)
        if not (spellings or others):
            return ()
        bound = zone is Zone.TEXT and any(isinstance(leaf, Glob) and leaf.is_bound for leaf in others)
        lengths = [len(piece) for piece in self._analyzer.cut(folded.text)] if bound else (len(folded.text),)
        value = Value(folded.text, text, lengths, folded)
        found = [span for spelling in spellings for span in spelling.spans(value)]
        found += [span for leaf in others for span in spans(value, leaf)]
        return _merged(sorted(starmap(folded.original, found)))


class _Sought:
    """What leaves seek: the distinct spellings of literals, of which the tiers of a query have most in common, by what
    they begin with; and other leaves.
    """

    def __init__(self, sought: Iterable[TextLeaf]) -> None:
        self._begun: dict[str, list[Spelling]] = {}
        self._others: list[Glob | Within] = []
        literals: list[Literal] = []
        for leaf in sought:
            if isinstance(leaf, Literal):
                literals.append(leaf)
            else:
                self._others.append(leaf)
        for spelling in dict.fromkeys(spelling for literal in literals for spelling in Spelling.all_of(literal)):
            self._begun.setdefault(spelling.chars[:1], []).append(spelling)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self._begun or self._others)

    def spellings_in(self, chars: str) -> list[Spelling]:
        """The spellings that folded characters hold, whole or written as typed or not."""
        begun = (spellings for first, spellings in self._begun.items() if first in chars)
        return [spelling for spellings in begun for spelling in spellings if spelling.chars in chars]

    def others_in(self, chars: str) -> list[Glob | Within]:
        """The other leaves that folded characters may hold."""
        return [leaf for leaf in self._others if all(_any_in(piece, chars) for piece in pieces(leaf))]


def _any_in(spellings: Iterable[str], chars: str) -> bool:
    return any(spelling in chars for spelling in spellings)


def _zones(leaf: TextLeaf) -> tuple[Zone, ...]:
    match leaf:
        case Literal() | Glob():
            return leaf.zones
        case Within():
            return (Zone.TEXT,)


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
