"""An engine's facet counts → the values a caller sees, with labels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from indexer.engines.base import FacetCount
from indexer.model import Document, FacetValue
from indexer.outline import section_value

# Sections are named again in every answer.
_section_value = lru_cache(maxsize=20_000)(section_value)


def facet_value(name: str, counted: FacetCount, documents: Mapping[str, Document]) -> FacetValue:
    """A value as a filter takes it and a person reads it.

    Args:
        name: which facet.
        counted: what an engine counted.
        documents: by id, for their titles.
    """
    key = counted.key
    if isinstance(key, tuple):
        return FacetValue(
            value=_section_value(key),
            label=key[-1],
            count=counted.count,
            some=counted.some,
            path=key,
            children=tuple(facet_value(name, child, documents) for child in counted.children),
            truncated=counted.truncated,
        )
    if name == "document" and key in documents:
        return FacetValue(documents[key].path, documents[key].title, counted.count, counted.some)
    return FacetValue(key, key, counted.count, counted.some)
