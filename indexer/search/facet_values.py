"""An engine's facet counts → the values a caller sees, with labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from indexer.engines.requests import CountedFacet, FacetCount
from indexer.model import Document, FacetValue
from indexer.model.headings import section_value

T = TypeVar("T")

_DOCUMENT, _SECTION = "document", "section"


class FacetValues(Mapping[str, tuple[FacetValue, ...]]):
    """The values of each facet of an answer, made when they are first looked at: there are hundreds, and most callers
    look at few facets.

    Args:
        counted: what an engine counted.
        document_of: tells the document of an id, for its title. It is asked now, while the commit is the one that
            answered.
    """

    def __init__(self, counted: Mapping[str, CountedFacet], document_of: Callable[[str], Document | None]) -> None:
        self._counted = counted
        self._made: dict[str, tuple[FacetValue, ...]] = {}
        documents = counted[_DOCUMENT].values if _DOCUMENT in counted else ()
        self._documents = [document_of(str(each.key)) for each in documents]

    def __getitem__(self, name: str) -> tuple[FacetValue, ...]:
        if name not in self._made:
            self._made[name] = tuple(self._all(name, FacetValue))
        return self._made[name]

    def made_by(self, make: Callable[..., T]) -> dict[str, list[T]]:
        """All values as ``make`` makes them of what a ``FacetValue`` is made of: for whoever writes all of them down in
        another form.
        """
        return {name: self._all(name, make) for name in self}

    def _all(self, name: str, make: Callable[..., T]) -> list[T]:
        counted = self._counted[name]
        if name == _DOCUMENT:
            return [_of_document(*each, make) for each in zip(counted.values, self._documents, strict=True)]
        return counted.made_by(partial(_section if name == _SECTION else _named, make))

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted)

    def __len__(self) -> int:
        return len(self._counted)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, tuple[FacetValue, ...]]], tuple[dict[str, tuple[FacetValue, ...]]]]:
        """Return what another process, or a copy, has instead: all values."""
        return dict, (dict(self),)


def _section(
    make: Callable[..., T],
    path: tuple[str, ...],
    count: int,
    some: int,
    children: Sequence[T] = (),
    truncated: bool = False,
) -> T:
    return make(section_value(path), path[-1], count, some, path, children, truncated)


def _named(make: Callable[..., T], key: str, count: int, some: int, *_: object) -> T:
    return make(key, key, count, some)


def _of_document(counted: FacetCount, document: Document | None, make: Callable[..., T]) -> T:
    """A document by its path and its title."""
    if document is None:  # a commit made meanwhile has taken it out
        return _named(make, str(counted.key), counted.count, counted.some)
    return make(document.path, document.title, counted.count, counted.some)
