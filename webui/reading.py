"""A document to read: its title, its passages, the hits in it and the way from one to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

import indexer
from indexer.errors import NotFound
from webui.parameters import SearchState
from webui.strings import say

# Hits marked in a document.
MARKED_HITS = indexer.MAX_LIMIT

_PERMALINK = re.compile(r"(?P<document>[^-]+)-(?P<ordinal>[0-9]{1,9})(?:\.(?P<digest>[0-9a-f]+))?")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the passages of a document stand on the page.

    Attributes:
        titles: the passages that open the document and are its title.
        names_itself: whether the document's title stands in it, so that it need not be said above.
        groups: the other passages in order, in runs of one kind, so that the rows of a table become one table.
    """

    titles: tuple[indexer.Passage, ...]
    names_itself: bool
    groups: tuple[tuple[str, tuple[indexer.Passage, ...]], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A hit's place among the hits of a document.

    Attributes:
        number: from 1.
        previous: permalink of the hit before; empty at the first.
        following: permalink of the hit after; empty at the last.
    """

    number: int
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits of a query in one document.

    Attributes:
        highlights: ordinal of a passage → highlighted ranges of its text.
        steps: ordinal of a passage → its place among those with highlights.
        first: permalink of the first of these; empty where there is none.
        left_out: hits that are not marked, since there are too many.
    """

    highlights: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    steps: Mapping[int, Step] = field(default_factory=dict)
    first: str = ""
    left_out: int = 0


def lay_out(document: indexer.Document, passages: Sequence[indexer.Passage]) -> Layout:
    """Arrange a document's passages."""
    titles = tuple(takewhile(lambda passage: passage.kind is indexer.Kind.TITLE, passages))
    rest = groupby(passages[len(titles) :], key=lambda passage: passage.kind.value)
    return Layout(titles, _names_itself(document, passages), tuple((kind, tuple(run)) for kind, run in rest))


def _names_itself(document: indexer.Document, passages: Sequence[indexer.Passage]) -> bool:
    """Whether a title, the lines of a title put together, or the heading at the top read as the document's title."""
    titles = [_compact(each.text) for each in passages if each.kind is indexer.Kind.TITLE]
    top = [_compact(each.text) for each in passages[:1] if each.kind is indexer.Kind.HEADING]
    return _compact(document.title) in (*titles, "".join(titles), *top)


def _compact(text: str) -> str:
    return "".join(text.split())


def hits_in(
    index: indexer.Index, state: SearchState, document: indexer.Document, passages: Sequence[indexer.Passage]
) -> Hits:
    """Mark the best hits of a query in one document; partial matches only where there are no better ones."""
    if not state.q.strip():
        return Hits()
    alone = replace(state.from_the_start(), filters={"document": (document.id,)}, limit=MARKED_HITS)
    results = index.search(state.q, **alone.arguments(), facets=())
    best = [hit for hit in results.hits if hit.tier is not indexer.Tier.SOME] or results.hits
    highlights = {other.passage.ordinal: other.highlights for hit in best for other in hit.others}
    highlights |= {hit.passage.ordinal: hit.highlights for hit in best}
    marked = [passage for passage in passages if highlights.get(passage.ordinal)]
    return Hits(
        highlights,
        steps=_steps(marked),
        first=indexer.permalink(marked[0]) if marked else "",
        left_out=max(0, (results.total or results.tiers["some"]) - len(best)),
    )


def _steps(marked: Sequence[indexer.Passage]) -> dict[int, Step]:
    """Ordinal → place of each of the passages with highlights, given in reading order."""
    links = ["", *map(indexer.permalink, marked), ""]
    return {passage.ordinal: Step(at, links[at - 1], links[at + 1]) for at, passage in enumerate(marked, 1)}


def find_passage(index: indexer.Index, permalink: str) -> indexer.Passage:
    """The passage of a permalink: at its place with its content, else nearest with its content, else at its place.

    Raises:
        NotFound: none of these, or no permalink at all.
    """
    parts = _PERMALINK.fullmatch(permalink)
    if parts is None:
        raise _gone()
    ordinal, digest = int(parts["ordinal"]), parts["digest"]
    passages = index.passages(find_document(index, parts["document"]).id)
    if digest:
        fitting = [passage for passage in passages if indexer.permalink(passage).endswith(f".{digest}")]
    else:
        fitting = [passage for passage in passages if passage.ordinal == ordinal]
    if not fitting:
        raise _gone()
    return min(fitting, key=lambda passage: abs(passage.ordinal - ordinal))


def _gone() -> NotFound:
    return NotFound(say("passage_gone"), say("passage_gone_hint"))


def find_document(index: indexer.Index, document_id: str) -> indexer.Document:
    """The document of that id.

    Raises:
        NotFound: there is none; the hint is for those who read the page, who have no command line.
    """
    try:
        return index.document(document_id)
    except NotFound as error:
        raise NotFound(say("document_gone"), say("document_gone_hint")) from error
