"""An engine's flat facet counts → the values a caller sees: trees of sections, labels, limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from indexer.engines.base import FacetKey
from indexer.model import Document, FacetValue
from indexer.outline import section_value

Counts: TypeAlias = Mapping[FacetKey, tuple[int, int]]


def facet_values(
    name: str, counts: Counts, documents: Mapping[str, Document], *, depth: int, limit: int
) -> tuple[FacetValue, ...]:
    """The ``limit`` largest values, sections ``depth`` levels deep.

    Args:
        name: which facet.
        counts: value → (hits of ``exact`` and ``all``, hits of ``some``).
        documents: by id, for their titles.
        depth: levels of sections to list, at least 1.
        limit: values to list at most, at each level.
    """
    if name == "section":
        paths = {path: both for path, both in counts.items() if isinstance(path, tuple)}
        return _sections((), paths, depth, limit)
    values = (_value(name, str(key), both, documents) for key, both in counts.items())
    return tuple(_largest(values, limit))


def is_truncated(name: str, counts: Counts, limit: int) -> bool:
    """Whether ``facet_values`` leaves values of the top level out."""
    keys = {key[0] if name == "section" and isinstance(key, tuple) else key for key in counts}
    return len(keys) > limit


def _value(name: str, key: str, both: tuple[int, int], documents: Mapping[str, Document]) -> FacetValue:
    if name == "document" and key in documents:
        return FacetValue(documents[key].path, documents[key].title, *both)
    return FacetValue(key, key, *both)


def _sections(
    above: tuple[str, ...], counts: Mapping[tuple[str, ...], tuple[int, int]], depth: int, limit: int
) -> tuple[FacetValue, ...]:
    """The sections right under ``above``, each counted with all below it."""
    level = len(above)
    below: dict[str, dict[tuple[str, ...], tuple[int, int]]] = defaultdict(dict)
    for path, both in counts.items():
        if len(path) > level:
            below[path[level]][path] = both
    values = [_section((*above, heading), inner) for heading, inner in below.items()]
    return tuple(
        FacetValue(
            value=node.value,
            label=node.label,
            count=node.count,
            some=node.some,
            path=node.path,
            children=_sections(node.path, below[node.label], depth - 1, limit) if depth > 1 else (),
            truncated=depth > 1
            and len({path[level + 1] for path in below[node.label] if len(path) > level + 1}) > limit,
        )
        for node in _largest(values, limit)
    )


def _section(path: tuple[str, ...], inner: Mapping[tuple[str, ...], tuple[int, int]]) -> FacetValue:
    count = sum(both[0] for both in inner.values())
    some = sum(both[1] for both in inner.values())
    return FacetValue(section_value(path), path[-1], count, some, path)


def _largest(values: Iterable[FacetValue], limit: int) -> list[FacetValue]:
    return sorted(values, key=lambda value: (-value.count, -value.some, value.value))[:limit]
