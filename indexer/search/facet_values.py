"""An engine's facet counts → the values a caller sees, with labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from indexer.engines.requests import FacetCount
from indexer.model import Document, FacetValue
from indexer.model.headings import heading_value


def facet_values(
    name: str, counts: Iterable[FacetCount], document_of: Callable[[str], Document | None]
) -> tuple[FacetValue, ...]:
    """Values as a filter takes them and a person reads them.

    Args:
        name: which facet.
        counts: what an engine counted.
        document_of: tells the document of an id, for its title.
    """
    if name == "section":
        return _sections(counts, "")
    if name == "document":
        return tuple(_document(each, document_of(str(each.key))) for each in counts)
    return tuple(_plain(each) for each in counts)


def _sections(counts: Iterable[FacetCount], above: str) -> tuple[FacetValue, ...]:
    """The sections right under one, whose value is ``above`` and what parts it from theirs: each heading is written
    out once, not again for every path through it.
    """
    return tuple(_section(each, above) for each in counts)


def _section(counted: FacetCount, above: str) -> FacetValue:
    label = counted.key[-1]
    value = above + heading_value(label)
    children = _sections(counted.children, f"{value}/") if counted.children else ()
    path = tuple(counted.key)
    return FacetValue(value, label, counted.count, counted.some, path, children, counted.truncated)


def _document(counted: FacetCount, document: Document | None) -> FacetValue:
    """A document; of a commit made meanwhile its id."""
    if document is None:
        return _plain(counted)
    return FacetValue(document.path, document.title, counted.count, counted.some)


def _plain(counted: FacetCount) -> FacetValue:
    key = str(counted.key)
    return FacetValue(key, key, counted.count, counted.some)
