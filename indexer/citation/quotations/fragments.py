"""A quotation as it may be written: in quotation marks, over several lines, with something left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from indexer.analysis import fold
from indexer.analysis.fold import keeps_space
from indexer.citation.quotations.folded_text import Text
from indexer.errors import BadParameter, QueryTooLong
from indexer.model.choices import MAX_QUOTE

_MARKS = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "«": "»"}
# What stands for words left out; brackets around it belong to it.
_LEFT_OUT = re.compile(
    r"[\[［【（(]\s*(?:…+|⋯+|\.{3,}|(?:以?[上下中前后後]?)[略]|下同)\s*[\]］】）)]|…+|⋯+|\.{3,}|。{3,}|·{6,}"
)
_CLAUSE_ENDS = "\n。！？；：，、,.!?;:"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a quotation that is to stand in the source without a gap.

    Attributes:
        text: its characters as they were given.
        offset: where they begin in the quotation.
        folded: the same folded, without white space.
    """

    text: str
    offset: int
    folded: Text = field(repr=False)

    @classmethod
    def of(cls, text: str, offset: int) -> Fragment:
        """Fold what stands at ``offset`` of a quotation."""
        return cls(text, offset, Text.of([text]))

    @property
    def chars(self) -> str:
        """The folded characters."""
        return self.folded.chars

    def joined(self) -> tuple[str, ...]:
        """Folded pieces of it between which a source may have white space: Latin words, numbers, and the rest."""
        words = fold(self.text).text.split(" ")
        return tuple("".join(piece) for word in words for _, piece in groupby(word, keeps_space) if word)

    def clauses(self) -> tuple[str, ...]:
        """Folded pieces of it that a paragraph rarely ends inside of."""
        ended = re.split(f"(?<=[{_CLAUSE_ENDS}])", self.text)
        return tuple(piece for clause in ended for piece in Fragment.of(clause, 0).joined())


def readings(quote: str) -> tuple[tuple[Fragment, ...], ...]:
    """The ways to read a quotation, the most literal first: as it is, without the marks around it, with gaps.

    Raises:
        QueryTooLong: more than ``MAX_QUOTE`` code points.
        BadParameter: nothing is quoted.
    """
    if len(quote) > MAX_QUOTE:
        raise QueryTooLong(f"引文有 {len(quote)} 个字，最多 {MAX_QUOTE} 个。", "请分成几段核对。")
    bare = _without_marks(quote)
    ways = [((quote, 0),), (bare,), tuple(_parts(*bare))]
    found = [tuple(Fragment.of(*part) for part in way) for way in dict.fromkeys(ways)]
    kept = tuple(way for way in found if way and all(part.chars for part in way))
    if not kept:
        raise BadParameter("引文是空的。", "请给出要核对的原话。")
    return kept


def _without_marks(quote: str) -> tuple[str, int]:
    """A quotation without white space and quotation marks that enclose all of it, and where it begins."""
    offset = len(quote) - len(quote.lstrip())
    text = quote.strip()
    while len(text) > 1 and _MARKS.get(text[0]) == text[-1] and not {text[0], text[-1]} & set(text[1:-1]):
        inner = text[1:-1]
        offset += 1 + len(inner) - len(inner.lstrip())
        text = inner.strip()
    return text, offset


def _parts(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """What stands between marks of omission."""
    start = 0
    for gap in _LEFT_OUT.finditer(text):
        if text[start : gap.start()].strip():
            yield text[start : gap.start()], offset + start
        start = gap.end()
    if text[start:].strip():
        yield text[start:], offset + start
