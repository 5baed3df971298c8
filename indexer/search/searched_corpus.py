"""What a plan asks about the texts of an index, answered by its engine and kept for one commit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from indexer.analysis.patterns import lazy
from indexer.engines.contract import Engine, Titled, count_matching
from indexer.engines.per_commit import PerCommit
from indexer.engines.requests import Request
from indexer.model import Literal, QueryNode, Tier
from indexer.query.names import Names, collect, title_keys

# Counts that are kept, and passages that are read for what documents are called for short.
_KEPT = 10_000
_READ = 1_000
# How what ``_ABBREVIATION`` finds stands in folded text.
_FOR_SHORT = ("》(以下简称", "》(以下称")
_ABBREVIATION = lazy(r"《([^《》]{2,60})》[（(]以下(?:简称|称)[《“\"]?([^《》“”\"（）()]{2,30})[》”\"]?[）)]")


class SearchedCorpus:
    """One engine's texts, as ``query.corpus.Corpus``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counts: PerCommit[dict[QueryNode, int]] = PerCommit(engine, dict)
        self._names = PerCommit(engine, lambda: document_names(engine))

    def count(self, tree: QueryNode) -> int:
        """How many passages a tree is true for."""
        counts = self._counts()
        if tree not in counts:
            if len(counts) >= _KEPT:
                counts.clear()
            counts[tree] = count_matching(self._engine, tree)
        return counts[tree]

    @property
    def names(self) -> Names:
        """What its documents are called."""
        return self._names()


def document_names(engine: Engine) -> Names:
    """The names of all documents of an engine."""
    told = Literal(_FOR_SHORT)
    if not count_matching(engine, told):
        return names_of(engine.titled(), ())
    answer = engine.search(Request(((Tier.EXACT, told),), sort="order", limit=_READ))
    return names_of(engine.titled(), (hit.passage.text for hit in answer.hits))


def tells_abbreviations(chars: str) -> bool:
    """Tell whether a folded passage may say what something is called for short."""
    return any(told in chars for told in _FOR_SHORT)


def names_of(documents: Iterable[Titled], texts: Iterable[str]) -> Names:
    """What documents are called: their titles, their works, and what texts call these for short.

    Of ``texts`` the first ``_READ`` are looked at.
    """
    documents = tuple(documents)
    names = collect(
        ((each.title, each.document_id) for each in documents),
        ((each.work, each.document_id) for each in documents if each.work),
        {each.title: each.folded for each in documents},
    )
    for full, short in (found for text in islice(texts, _READ) for found in _ABBREVIATION.findall(text)):
        meant = next((names[key] for key in title_keys(full) if key in names), ())
        for key in title_keys(short) if meant else ():
            names.setdefault(key, meant)
    return Names(names)
