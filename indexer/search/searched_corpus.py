"""What a plan asks about the texts of an index, answered by its engine and kept for one commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from indexer.analysis.abbreviations import FOR_SHORT, abbreviations_in
from indexer.engines.contract import Engine, Titled, count_matching
from indexer.engines.per_commit import PerCommit
from indexer.engines.requests import Request
from indexer.model import Literal, Passage, QueryNode, Tier
from indexer.model.tokens import Abbreviations
from indexer.query.names import Names, collect, title_keys

# Counts that are kept; articles, and passages that are read for what documents are called for short.
_KEPT = 10_000
_READ = 1_000
# Passages that articles of one number are read to, in all documents of one name.
_OF_ARTICLES = 500


class SearchedCorpus:
    """One engine's texts, as ``query.corpus.Corpus``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counts: PerCommit[dict[QueryNode, int]] = PerCommit(engine, dict)
        self._passages: PerCommit[dict[QueryNode, Sequence[Passage]]] = PerCommit(engine, dict)
        self._names = PerCommit(engine, lambda: document_names(engine))

    def count(self, tree: QueryNode) -> int:
        """How many passages a tree is true for."""
        counts = self._counts()
        count = counts.get(tree)
        if count is None:
            if len(counts) >= _KEPT:
                counts.clear()
            count = counts[tree] = count_matching(self._engine, tree)
        return count

    def passages(self, tree: QueryNode) -> Sequence[Passage]:
        """The first passages that a tree is true for, in the order of their documents."""
        kept = self._passages()
        found = kept.get(tree)
        if found is None:
            if len(kept) >= _READ:
                kept.clear()
            found = kept[tree] = _first(self._engine, tree, _OF_ARTICLES)
        return found

    @property
    def names(self) -> Names:
        """What its documents are called."""
        return self._names()


def document_names(engine: Engine) -> Names:
    """The names of all documents of an engine."""
    kept = engine.abbreviations(_READ)
    return names_of(engine.titled(), _read_abbreviations(engine) if kept is None else kept)


def _read_abbreviations(engine: Engine) -> Iterator[Abbreviations]:
    """What the first passages that may say so say that something is called for short."""
    told = Literal(FOR_SHORT)
    if count_matching(engine, told):
        yield from (abbreviations_in(passage.text) for passage in _first(engine, told, _READ))


def _first(engine: Engine, tree: QueryNode, limit: int) -> Sequence[Passage]:
    answer = engine.search(Request(((Tier.EXACT, tree),), sort="order", limit=limit))
    return [hit.passage for hit in answer.hits]


def names_of(documents: Iterable[Titled], told: Iterable[Abbreviations]) -> Names:
    """What documents are called: their titles, their works, and what texts call these for short.

    Of the passages of which it is ``told`` the first ``_READ`` are looked at.
    """
    documents = tuple(documents)
    names = collect(
        ((each.title, each.document_id) for each in documents),
        ((each.work, each.document_id) for each in documents if each.work),
        {each.title: each.folded for each in documents},
    )
    for full, short in chain.from_iterable(islice(told, _READ)):
        meant = next((names[key] for key in title_keys(full) if key in names), ())
        for key in title_keys(short) if meant else ():
            names.setdefault(key, meant)
    return Names(names)
