"""What a word is called otherwise: how it is spelled too (帐户 and 账户), what it is short for (发改委), and what other
regions call it (``regional``). Never used in the index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from indexer.analysis.regional import regional_words
from indexer.analysis.tables import entries

# Characters of a word that is looked up, at most.
LONGEST = 8


@cache
def other_wordings() -> Mapping[str, tuple[str, ...]]:
    """Return folded words and what they are called otherwise; what is short leads to what is not, not back: names in
    full are of several words, each of which counts by itself.
    """
    found = dict(regional_words())
    for word, others in _wordings():
        found[word] = tuple(dict.fromkeys((*found.get(word, ()), *others)))
    return found


@cache
def beginnings_of_wordings() -> frozenset[str]:
    """Return the first two characters of each of these words: most of what is looked up begins otherwise."""
    return frozenset(word[:2] for word in other_wordings())


def _wordings() -> Iterator[tuple[str, list[str]]]:
    for entry in entries("wordings.txt"):
        short, _, full = entry.partition(" → ")
        if full:
            yield short, full.split()
        else:
            group = entry.split()
            yield from ((word, [other for other in group if other != word]) for word in group)
