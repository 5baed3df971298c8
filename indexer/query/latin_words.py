"""Latin words that some writers join and others part: ``VSCode`` and VS Code, ``kubeproxy`` and kube-proxy, ``Config
Map`` and ConfigMap.

Capitals inside a word, and what the corpus holds, tell where: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.analysis.patterns import lazy
from indexer.model import Literal
from indexer.query.corpus import Corpus

# Letters of a part at least.
_SHORTEST = 2
# Words that one is made of, at most.
MOST_JOINED = 3
_WITH_CAPITALS = lazy("[A-Za-z]*[A-Za-z][a-z][A-Z][A-Za-z]*|[A-Z]+[A-Z][a-z]{2}[A-Za-z]*")
_AT_CAPITAL = lazy("(?<=[A-Za-z][a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_WORD = lazy("[a-z]{5,24}")
_PART = lazy("[a-z]{2,16}")


def parted_at_capitals(query: str) -> Mapping[str, tuple[str, ...]]:
    """The folded words of a query that have capitals inside, and how these part them."""
    words = _WITH_CAPITALS.findall(query) if query != query.lower() else ()
    return {word.lower(): tuple(_AT_CAPITAL.sub(mark, word).lower() for mark in (" ", "-")) for word in words}


def parted_in_texts(word: str, corpus: Corpus) -> tuple[str, ...]:
    """How a folded word that stands nowhere is parted where that does stand."""
    if not _WORD.fullmatch(word) or corpus.count(Literal((word,))):
        return ()
    ends = range(_SHORTEST, len(word) - _SHORTEST + 1)
    every = tuple(f"{word[:at]}{mark}{word[at:]}" for at in ends for mark in (" ", "-"))
    if not corpus.count(Literal((), whole=every)):
        return ()
    return tuple(each for each in every if corpus.count(Literal((), whole=(each,))))


def joined(parts: Sequence[str]) -> Literal | None:
    """Words of Latin letters beside each other, as they are typed or joined; None of other words."""
    if not all(map(_PART.fullmatch, parts)):
        return None
    return Literal((" ".join(parts),), whole=("".join(parts), "-".join(parts)))


def is_joined_in_texts(words: Literal, corpus: Corpus) -> bool:
    """Tell whether the corpus holds words of Latin letters joined."""
    return corpus.count(Literal((), whole=words.whole)) > 0
