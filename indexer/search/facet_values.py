"""An engine's facet counts → the values a caller sees, with labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from indexer.engines.requests import CountedFacet, FacetCount
from indexer.model import Document, FacetValue
from indexer.model.headings import heading_value

_DOCUMENT = "document"


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
            values = self._counted[name].values
            self._made[name] = _of_documents(values, self._documents) if name == _DOCUMENT else _values(values)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted)

    def __len__(self) -> int:
        return len(self._counted)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, tuple[FacetValue, ...]]], tuple[dict[str, tuple[FacetValue, ...]]]]:
        """Return what another process, or a copy, has instead: all values."""
        return dict, (dict(self),)


def _values(counted: Iterable[FacetCount]) -> tuple[FacetValue, ...]:
    """Values as a filter takes them and a person reads them."""
    return tuple([_section(each, "") if isinstance(each.key, tuple) else _value(each, each.key) for each in counted])


def _section(counted: FacetCount, above: str) -> FacetValue:
    """A section under ``above``, the value of the one it is in and what parts it from its own: each heading is written
    out once, not again for every path through it.
    """
    label = counted.key[-1]
    value = above + heading_value(label)
    children = tuple([_section(each, f"{value}/") for each in counted.children]) if counted.children else ()
    return FacetValue(value, label, counted.count, counted.some, tuple(counted.key), children, counted.truncated)


def _value(counted: FacetCount, key: str) -> FacetValue:
    return FacetValue(key, key, counted.count, counted.some)


def _of_documents(counted: Iterable[FacetCount], documents: Iterable[Document | None]) -> tuple[FacetValue, ...]:
    """Documents by their path and their title."""
    return tuple(map(_of_document, counted, documents))


def _of_document(counted: FacetCount, document: Document | None) -> FacetValue:
    if document is None:  # a commit made meanwhile has taken it out
        return _value(counted, str(counted.key))
    return FacetValue(document.path, document.title, counted.count, counted.some)
