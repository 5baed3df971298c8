"""An engine's facet counts → the values a caller sees, with labels."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from indexer.engines.requests import FacetCount
from indexer.model import Document, FacetValue
from indexer.model.headings import section_value

# Sections are named again in every answer.
_section_value = lru_cache(maxsize=20_000)(section_value)


def facet_value(name: str, counted: FacetCount, document_of: Callable[[str], Document | None]) -> FacetValue:
    """A value as a filter takes it and a person reads it.

    Args:
        name: which facet.
        counted: what an engine counted.
        document_of: tells the document of an id, for its title.
    """
    key = counted.key
    if isinstance(key, tuple):
        return FacetValue(
            value=_section_value(key),
            label=key[-1],
            count=counted.count,
            some=counted.some,
            path=key,
            children=tuple(facet_value(name, child, document_of) for child in counted.children),
            truncated=counted.truncated,
        )
    if name == "document" and (document := document_of(key)):
        return FacetValue(document.path, document.title, counted.count, counted.some)
    return FacetValue(key, key, counted.count, counted.some)
