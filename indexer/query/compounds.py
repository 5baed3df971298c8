"""What stands for a compound that stands nowhere: the words inside it, else its characters close to each other.

``盗窃罪`` counts by ``盗窃``; ``醉驾``, in which there is no other word, by 醉 and 驾 a few characters apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.analysis import Analyzer
from indexer.analysis.analyzer import uninformative_words
from indexer.analysis.fold import HAN
from indexer.analysis.numerals import NUMERALS
from indexer.model import And, Literal, Within
from indexer.query.corpus import Corpus

_COMPOUND = re.compile(rf"(?![第{NUMERALS}])[{HAN}]{{2,}}")
# Characters between two that stand for a word; and passages that hold both at most, beyond which they say nothing.
_GAP = 6
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands for a compound: words in it, or if there are none pairs of its characters close to each other."""

    words: tuple[str, ...] = ()
    close: tuple[Within, ...] = ()


def parts_of(word: str, analyzer: Analyzer, corpus: Corpus) -> Parts:
    """What stands for ``word``, folded; nothing for one that the corpus holds, or that is no compound."""
    if not _COMPOUND.fullmatch(word) or corpus.count(Literal((word,))):
        return Parts()
    words = tuple(_inner_words(word, analyzer, corpus))
    return Parts(words) if words else Parts(close=tuple(_close(word, corpus)))


def _inner_words(word: str, analyzer: Analyzer, corpus: Corpus) -> Iterator[str]:
    """The words of the dictionary in ``word`` that the corpus holds, but for those inside a longer one of them."""
    covered: list[tuple[int, int]] = []
    for length in range(len(word) - 1, 1, -1):
        for start in range(len(word) - length + 1):
            inner = word[start : start + length]
            inside = any(a <= start and start + length <= b for a, b in covered)
            if inside or inner in uninformative_words() or not analyzer.segmenter.knows(inner):
                continue
            if corpus.count(Literal((inner,))):
                covered.append((start, start + length))
                yield inner


def _close(word: str, corpus: Corpus) -> Iterator[Within]:
    for one, other in pairwise(word):
        if one == other or {one, other} & uninformative_words():
            continue
        left, right = Literal((one,)), Literal((other,))
        if 0 < corpus.count(And((left, right))) <= _MOST:
            yield Within(left, right, _GAP)
