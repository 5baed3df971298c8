"""Values of facets, made when they are first looked at, from what an engine counted."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from indexer.engines.requests import CountedFacet, FacetCount
from indexer.model import Document, FacetValue
from indexer.model.headings import section_value
from indexer.search.facet_values import FacetValues

BELOW = FacetCount(("总则", "第1/2条"), 1, 2)
COUNTED = {
    "section": CountedFacet((FacetCount(("总则",), 3, 4, (BELOW,), truncated=True),)),
    "document": CountedFacet((FacetCount("a", 5, 0), FacetCount("gone", 1, 0))),
    "tag": CountedFacet(()),
}
DOCUMENTS = {"a": Document("a", "法/甲.md", "甲法")}


def values() -> FacetValues:
    return FacetValues(COUNTED, DOCUMENTS.get)


def test_they_are_what_a_filter_takes_and_a_person_reads() -> None:
    below = FacetValue(r"总则/第1\/2条", "第1/2条", 1, 2, ("总则", "第1/2条"))
    assert values()["section"] == (FacetValue("总则", "总则", 3, 4, ("总则",), (below,), truncated=True),)
    assert values()["document"] == (FacetValue("法/甲.md", "甲法", 5, 0), FacetValue("gone", "gone", 1, 0))
    assert values()["tag"] == ()


def test_whoever_writes_them_down_makes_what_is_written() -> None:
    assert values().made_by(FacetValue) == {name: list(made) for name, made in values().items()}
    labels = values().made_by(lambda value, label, *others: label)
    assert labels == {"section": ["总则"], "document": ["甲法", "gone"], "tag": []}


def test_they_are_a_mapping_of_the_facets_asked_for() -> None:
    assert list(values()) == list(COUNTED)
    assert values() == values() == dict(values())
    assert values() != {}
    with pytest.raises(KeyError):
        values()["year"]


def test_documents_are_those_of_the_commit_that_answered() -> None:
    documents = dict(DOCUMENTS)
    found = FacetValues(COUNTED, documents.get)
    del documents["a"]
    assert found["document"][0].label == "甲法"


@pytest.mark.parametrize("handed_over", [copy.deepcopy, lambda found: pickle.loads(pickle.dumps(found))])
def test_a_copy_has_all_values(handed_over: object) -> None:
    found = handed_over(FacetValues(COUNTED, lambda document_id: DOCUMENTS.get(document_id)))  # type: ignore[operator]
    assert found == values()
    assert repr(found) == repr(values())


INNER = (FacetCount(("总/则", "一\\"), 2, 0, (FacetCount(("总/则", "一\\", "甲"), 1, 1),), truncated=True),)
SECTIONS = {"section": CountedFacet((FacetCount(("总/则",), 3, 1, INNER), FacetCount(("附则",), 0, 1)))}


def test_a_section_is_called_by_its_whole_path() -> None:
    first, second = FacetValues(SECTIONS, DOCUMENTS.get)["section"]
    (inner,) = first.children
    (deepest,) = inner.children
    for value in (first, inner, deepest, second):
        assert value.value == section_value(value.path)
        assert value.label == value.path[-1]
    assert (inner.count, inner.some, inner.truncated, deepest.path) == (2, 0, True, ("总/则", "一\\", "甲"))


def test_values_are_made_once_in_the_form_that_is_asked_for() -> None:
    asked: list[object] = []

    def make_values(make: Callable[..., Any]) -> list[Any]:
        asked.append(make)
        return [make(("总则",), 3, 1, (make(("总则", "第一条"), 1, 0),), True)]

    found = FacetValues({"section": CountedFacet(make_values)}, DOCUMENTS.get)
    written = found.made_by(lambda *parts: parts)
    below = ("总则/第一条", "第一条", 1, 0, ("总则", "第一条"), (), False)
    assert written == {"section": [("总则", "总则", 3, 1, ("总则",), (below,), True)]}
    assert len(asked) == 1
    assert FacetCount not in asked
