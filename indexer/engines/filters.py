"""What filters mean: the values of one filter are alternatives, and a passage passes every filter that has values."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import Document, Filters, Passage
from indexer.model.choices import FILTER_NAMES
from indexer.model.years import passes_years


def active(filters: Filters, without: str = "") -> Sequence[str]:
    """The names of the filters that have values, but for ``without``."""
    return [name for name in FILTER_NAMES if name != without and getattr(filters, name)]


def passes(document: Document, passage: Passage, filters: Filters, without: str = "") -> bool:
    """Whether a passage of a document passes all filters but ``without``, which a facet leaves out as its own."""
    return all(passes_one(document, passage, name, filters) for name in active(filters, without))


def passes_one(document: Document, passage: Passage, name: str, filters: Filters) -> bool:
    """Whether a passage passes the filter called ``name``, which has values."""
    match name:
        case "section":
            return any(passage.section[: len(path)] == path for path in filters.section)
        case "topic":
            return has_any(passage.topics, filters.topic)
        case "kind":
            return passage.kind in filters.kind
    return document_passes(document, name, filters)


def document_passes(document: Document, name: str, filters: Filters) -> bool:
    """Whether all passages of a document pass one of ``choices.DOCUMENT_FILTERS``, which has values."""
    match name:
        case "document":
            return document.id in filters.document or document.path in filters.document
        case "tag":
            return has_any(document.tags, filters.tag)
        case "year":
            return passes_years(document.year, filters.year)
        case "work":
            return document.work in filters.work
        case "field":
            return has_any(document.field_values, filters.field)
        case "path":
            return has_any(document.folders, filters.path)
        case "type":
            return document.type in filters.type
    raise ValueError(f"no filter of documents: {name}")


def has_any(values: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether any of ``values`` is wanted."""
    return not set(wanted).isdisjoint(values)
